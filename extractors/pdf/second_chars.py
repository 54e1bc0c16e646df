"""The characters in a band of a page: by pdfplumber, or the quick way with the same result.

pdfplumber makes an object of every letter, line and picture of a page, after its engine, pdfminer, took the page's
instructions apart byte by byte: ten times the work that a second reading needs. The quick way passes over what draws,
follows what places text, and takes fonts, encodings and widths from pdfminer. Whatever it does not know, it leaves
to pdfplumber (tests/extractors/pdf/test_second.py holds the one against the other).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from extractors.pdf.second_content import RUN, Unknown, instructions
from extractors.pdf.second_setting import Seen, Setting, Spelling, State, View, matrix_of, turn_of
from extractors.pdf.second_words import Char

MOST_CHARACTERS = 40_000  # of one page's band
_MOST_FORMS = 12  # forms inside forms


def chars_of(
    page: pdfplumber.page.Page, top: float, bottom: float, known: dict[PDFFont, Spelling] | None = None
) -> list[Char]:
    """The letters whose middle stands between two heights, with places from the top left of the page as shown.

    A word printed across the page, such as CONCEPT, is left out. `known` keeps what fonts spell from page to page.
    """
    high = float(page.height)
    view = View(*_visible_corner(page), high, top, bottom)
    try:
        return _quick(page, view, {} if known is None else known)
    except Unknown:
        placed = [
            (
                char["text"],
                turn_of(*char["matrix"][:2]),
                char["x0"],
                high - char["bottom"],
                char["x1"],
                high - char["top"],
            )
            for char in page.chars
        ]
    return [
        view.char(text, turn, x0, low, x1, up)
        for text, turn, x0, low, x1, up in placed
        if turn is not None and view.sees(low, up)
    ]


def _visible_corner(page: pdfplumber.page.Page) -> tuple[float, float]:
    """How far the visible page begins to the right of the whole one and below it, as a viewer shows both."""
    mx0, my0, mx1, my1 = page.page_obj.mediabox
    cx0, cy0, cx1, cy1 = page.page_obj.cropbox
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    corners = {0: (x0 - mx0, my1 - y1), 90: (y0 - my0, x0 - mx0), 180: (mx1 - x1, y0 - my0), 270: (my1 - y1, mx1 - x1)}
    return corners.get(page.rotation, (0.0, 0.0))


def _quick(page: pdfplumber.page.Page, view: View, known: dict[PDFFont, Spelling]) -> list[Char]:
    x0, y0, x1, y1 = page.page_obj.mediabox
    frames: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0),
    }  # fmt: skip
    reader = _Reader(page.pdf.rsrcmgr, Seen(view, []), known)
    reader.read(page.page_obj.resources, page.page_obj.contents, frames.get(page.rotation, (1, 0, 0, 1, -x0, -y0)), ())
    return reader.seen.found


@dataclass(slots=True)
class _Reader:
    """Follows the instructions of a page and keeps the letters of a band."""

    resources: Any
    seen: Seen
    known: dict[PDFFont, Spelling]

    def read(self, resources: Any, streams: Any, frame: Matrix, inside: tuple[int | None, ...]) -> None:  # noqa: ANN401
        """Follow some streams with the fonts and forms of their resources; `inside` are the forms around them."""
        parts = [stream_value(stream) for stream in list_value(streams)]
        if len(inside) > _MOST_FORMS:
            return
        names = PDFPageInterpreter(self.resources, PDFDevice(self.resources))
        names.init_resources(dict_value(resources))
        state = State(frame)
        kept: list[State] = []
        for name, given in instructions(b"\n".join(part.get_data() for part in parts)):
            if name in (b"Tj", b"TJ"):
                self._show(given[0] if name == b"TJ" else given, state)
            elif name == RUN:
                self._show_run(given, state)
            elif name == b"q":
                kept.append(state.copy())
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

    def _follow(self, name: bytes, given: list[Any], state: State) -> None:
        match name:
            case b"Td" | b"TD":
                state.move(given[0], given[1])
                state.leading = given[1] if name == b"TD" else state.leading
            case b"Tm":
                state.matrix, state.x = matrix_of(given), 0.0
            case b"BT":
                state.matrix, state.x = MATRIX_IDENTITY, 0.0
            case b"cm":
                state.frame = mult_matrix(matrix_of(given), state.frame)
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

    def _show(self, parts: Sequence[float | bytes], state: State) -> None:
        """Keep the letters of a text, unless it stands upright above or below the band."""
        setting, e, f = state.setting(self._spelling(state.font))
        low, up = self._near(setting)
        if low < f < up:
            state.x = setting.put(parts, e, f, state.x, self.seen)
        self._check_count()

    def _show_run(self, steps: Sequence[tuple[float, float, bytes]], state: State) -> None:
        """The same for texts that are each moved to."""
        setting, _, _ = state.setting(self._spelling(state.font))
        low, up = self._near(setting)
        a0, b0, c0, d0, e0, f0 = state.frame
        a, b, c, d, e, f = state.matrix
        for x, y, text in steps:
            e, f = x * a + y * c + e, x * b + y * d + f
            high = b0 * e + d0 * f + f0
            state.x = setting.put((text,), a0 * e + c0 * f + e0, high, 0.0, self.seen) if low < high < up else 0.0
        state.matrix = (a, b, c, d, e, f)
        self._check_count()

    def _near(self, setting: Setting) -> tuple[float, float]:
        """Between which heights from the foot of the page a text must begin for its letters to reach the band."""
        view, reach = self.seen.view, setting.reach
        return view.high - view.bottom - view.down - reach, view.high - view.top - view.down + reach

    def _check_count(self) -> None:
        if len(self.seen.found) > MOST_CHARACTERS:
            raise ValueError("too many characters")

    def _spelling(self, font: PDFFont | None) -> Spelling:
        if font is None or font.is_vertical():
            raise Unknown("a font that is not there, or that runs down the page")
        return self.known.get(font) or self.known.setdefault(font, Spelling(font))
