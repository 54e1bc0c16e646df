"""The characters in a band of a page: by pdfplumber, or the quick way with the same result.

pdfplumber makes an object of every letter, line and picture of a page, after its engine, pdfminer, took the page's
instructions apart byte by byte: ten times the work that a second reading needs. The quick way passes over what draws,
follows what places text, and takes fonts, encodings and widths from pdfminer. Whatever it does not know, it leaves
to pdfplumber (tests/extractors/pdf/test_second.py holds the one against the other).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from extractors.pdf.second_content import Unknown, instructions
from extractors.pdf.second_words import Char
from schemas.records import Box

MOST_CHARACTERS = 40_000  # of one page's band
_MOST_FORMS = 12  # forms inside forms
_ASKEW = 0.05  # the slope of letters that are neither upright nor turned by quarters


def chars_of(page: pdfplumber.page.Page, top: float, bottom: float) -> list[Char]:
    """The letters whose middle stands between two heights, with places from the top left of the page as shown.

    A word printed across the page, such as CONCEPT, is left out.
    """
    left, down = _visible_corner(page)
    high = float(page.height)
    try:
        placed = _quick(page, high - bottom - down, high - top - down)
    except Unknown:
        placed = [(c["text"], c["matrix"], (c["x0"], high - c["bottom"], c["x1"], high - c["top"])) for c in page.chars]
    out = []
    for text, matrix, (x0, low, x1, up) in placed:
        turn = _turn(matrix)
        middle = high - (low + up) / 2 - down
        if turn is not None and top <= middle <= bottom:
            out.append(Char(text, (x0 - left, high - up - down, x1 - left, high - low - down), turn))
    return out


def _turn(matrix: Matrix) -> int | None:
    """The quarter turns clockwise in which a letter is set on the page as shown; None where it is set askew."""
    a, b = matrix[:2]
    if min(abs(a), abs(b)) > _ASKEW * max(abs(a), abs(b)):
        return None
    if abs(b) > abs(a):
        return 3 if b > 0 else 1
    return 0 if a >= 0 else 2


def _visible_corner(page: pdfplumber.page.Page) -> tuple[float, float]:
    """How far the visible page begins to the right of the whole one and below it, as a viewer shows both."""
    mx0, my0, mx1, my1 = page.page_obj.mediabox
    cx0, cy0, cx1, cy1 = page.page_obj.cropbox
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    corners = {0: (x0 - mx0, my1 - y1), 90: (y0 - my0, x0 - mx0), 180: (mx1 - x1, y0 - my0), 270: (my1 - y1, mx1 - x1)}
    return corners.get(page.rotation, (0.0, 0.0))


Letter = tuple[str, Matrix, Box]  # the text, how it is set, and left, foot, right and top from the foot of the page


def _quick(page: pdfplumber.page.Page, low: float, up: float) -> list[Letter]:
    x0, y0, x1, y1 = page.page_obj.mediabox
    frames: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0),
    }  # fmt: skip
    reader = _Reader(page.pdf.rsrcmgr, low, up)
    reader.read(page.page_obj.resources, page.page_obj.contents, frames.get(page.rotation, (1, 0, 0, 1, -x0, -y0)), ())
    return reader.found


@dataclass(slots=True)
class _State:
    """How and where the next text is set. `x` is how far the texts since the last move have come."""

    frame: Matrix
    matrix: Matrix = MATRIX_IDENTITY
    x: float = 0.0
    font: PDFFont | None = None
    size: float = 0.0
    between: float = 0.0  # letters
    blank: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def move(self, x: float, y: float) -> None:
        """Go to another place, counted from the beginning of the line."""
        a, b, c, d, e, f = self.matrix
        self.matrix, self.x = (a, b, c, d, x * a + y * c + e, x * b + y * d + f), 0.0


@dataclass(slots=True)
class _Reader:
    """Follows the instructions of a page and keeps the letters near a band, which counts from the foot of the page."""

    resources: Any
    low: float
    up: float
    found: list[Letter] = field(default_factory=list)
    known: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)  # of font and code: letter, width

    def read(self, resources: Any, streams: Any, frame: Matrix, inside: tuple[int | None, ...]) -> None:  # noqa: ANN401
        """Follow some streams with the fonts and forms of their resources; `inside` are the forms around them."""
        parts = [stream_value(stream) for stream in list_value(streams)]
        if len(inside) > _MOST_FORMS:
            return
        names = PDFPageInterpreter(self.resources, PDFDevice(self.resources))
        names.init_resources(dict_value(resources))
        state = _State(frame)
        kept: list[_State] = []
        for name, given in instructions(b"\n".join(part.get_data() for part in parts)):
            if name == b"q":
                kept.append(replace(state))
            elif name == b"Q":
                state = kept.pop() if kept else state
            elif name == b"Do":
                self._form(names, given[0], resources, state.frame, inside)
            elif name == b"Tf":
                state.font, state.size = names.fontmap.get(given[0]), given[1]
            else:
                self._follow(name, given, state)

    def _form(
        self, names: PDFPageInterpreter, name: str, around: Any, frame: Matrix, inside: tuple[int | None, ...]  # noqa: ANN401
    ) -> None:  # fmt: skip
        if name not in names.xobjmap:
            return
        form = stream_value(names.xobjmap[name])
        if form.objid in inside or literal_name(form.get("Subtype")) != "Form":
            return
        a, b, c, d, e, f = (float(resolve1(each)) for each in list_value(form.get("Matrix", MATRIX_IDENTITY)))
        own = mult_matrix((a, b, c, d, e, f), frame)
        self.read(form.get("Resources") or around, [form], own, (*inside, form.objid))

    def _follow(self, name: bytes, given: list[Any], state: _State) -> None:
        match name:
            case b"Tj" | b"TJ":
                self._show(given[0] if name == b"TJ" else given, state)
            case b"Td" | b"TD":
                state.move(given[0], given[1])
                state.leading = given[1] if name == b"TD" else state.leading
            case b"Tm":
                state.matrix, state.x = _matrix(given), 0.0
            case b"BT":
                state.matrix, state.x = MATRIX_IDENTITY, 0.0
            case b"cm":
                state.frame = mult_matrix(_matrix(given), state.frame)
            case b"T*":
                state.move(0, state.leading)
            case b"TL":
                state.leading = -given[0]
            case b"Tc":
                state.between = given[0]
            case b"Tw":
                state.blank = given[0]
            case b"Tz":
                state.scale = given[0] / 100
            case b"Ts":
                state.rise = given[0]
            case b"'" | b'"':
                if name == b'"':
                    state.blank, state.between = given[0], given[1]
                state.move(0, state.leading)
                self._show(given[-1:], state)

    def _show(self, parts: Sequence[float | bytes], state: _State) -> None:
        """Keep the letters of a text, unless it stands upright above or below the band."""
        font, size = state.font, state.size
        if font is None or font.is_vertical():
            raise Unknown("a font that is not there, or that runs down the page")
        a, b, c, d, e, f = mult_matrix(state.matrix, state.frame)
        reach = 2 * abs(d) * (abs(size) + abs(state.rise))
        if b == c == 0 and a > 0 and not self.low - reach < f < self.up + reach:
            return
        foot = font.get_descent() * size + state.rise
        x, scale = state.x, state.scale
        blank = 0.0 if font.is_multibyte() else state.blank * scale
        moved = False
        for part in parts:
            if not isinstance(part, bytes):
                x -= part * 0.001 * size * scale
                moved = True
                continue
            for code in font.decode(part):
                x += state.between * scale if moved else 0.0
                text, width = self.known.get((id(font), code)) or self._letter(font, code)
                end = x + width * size * scale
                box = _box(a, b, c, d, x, foot, end, foot + size)
                place = (box[0] + e, box[1] + f, box[2] + e, box[3] + f)
                self.found.append((text, (a, b, c, d, e, f), place))
                x = end + (blank if code == 32 else 0.0)
                moved = True
        state.x = x
        if len(self.found) > MOST_CHARACTERS:
            raise ValueError("too many characters")

    def _letter(self, font: PDFFont, code: int) -> tuple[str, float]:
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        self.known[id(font), code] = (text, font.char_width(code))
        return self.known[id(font), code]


def _matrix(given: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = given
    return a, b, c, d, e, f


def _box(a: float, b: float, c: float, d: float, x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around a turned or stretched box."""
    if b == c == 0 and a > 0 and d > 0:
        return a * x0, d * y0, a * x1, d * y1
    xs = [a * x + c * y for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
