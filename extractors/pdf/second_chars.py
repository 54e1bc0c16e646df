"""The characters of a band of a page by pdfplumber's engine (pdfminer), without what no table needs of the page.

pdfplumber makes an object of every letter, line and picture of a page, and pdfminer takes the instructions of a page
apart letter by letter: ten times the work of what a second reading asks. Here instructions are cut by one expression,
those that draw are passed over, and only letters at the heights of the band become objects. What the expression does
not know is left to pdfminer itself. Fonts, encodings and places are pdfminer's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import list_value, stream_value
from pdfminer.psparser import LIT
from pdfminer.utils import Matrix, mult_matrix

from extractors.pdf.second_words import Char

MOST_CHARACTERS = 40_000  # of one page's band
_MOST_INSTRUCTIONS = 400_000  # of one page; a dense page of a budget has 15,000
_MOST_FORMS = 12  # forms inside forms
_ASKEW = 0.05  # the slope of letters that are neither upright nor turned by quarters

_TOKEN = re.compile(
    rb"""[\s]*(?:(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?![\w.])
    |(?P<operator>[A-Za-z'"][A-Za-z0-9*]*)
    |/(?P<name>[^\s()<>\[\]{}/%]*)
    |\((?P<string>(?:[^()\\]|\\.)*)\)
    |(?P<open><<|\[)|(?P<close>>>|\])
    |<(?P<hex>[0-9A-Fa-f\s]*)>
    |%[^\r\n]*
    |(?P<end>\Z))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PICTURE = re.compile(rb"\s.*?\sEI(?=\s|\Z)", re.DOTALL)
_NEEDED = {
    b"q": ("do_q", 0), b"Q": ("do_Q", 0), b"cm": ("do_cm", 6), b"BT": ("do_BT", 0), b"ET": ("do_ET", 0),
    b"Tc": ("do_Tc", 1), b"Tw": ("do_Tw", 1), b"Tz": ("do_Tz", 1), b"TL": ("do_TL", 1), b"Tf": ("do_Tf", 2),
    b"Ts": ("do_Ts", 1), b"Td": ("do_Td", 2), b"TD": ("do_TD", 2), b"Tm": ("do_Tm", 6), b"T*": ("do_T_a", 0),
    b"Tj": ("do_Tj", 1), b"TJ": ("do_TJ", 1), b"'": ("do__q", 1), b'"': ("do__w", 3), b"Do": ("do_Do", 1),
}  # fmt: skip


def chars_of(page: pdfplumber.page.Page, top: float, bottom: float) -> list[Char]:
    """The letters whose middle stands between two heights, with places from the top left of the page as shown."""
    left, down = _visible_corner(page)
    high = float(page.height)
    device = _Band(page.pdf.rsrcmgr, high - bottom - down, high - top - down)
    _Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    out = []
    for item in device.found:
        x0, low, x1, up = item.bbox
        turn = _turn(item)
        char = Char(item.get_text(), (x0 - left, high - up - down, x1 - left, high - low - down), turn or 0)
        if turn is not None and top <= char.middle <= bottom:
            out.append(char)
    return out


def _turn(char: LTChar) -> int | None:
    """The quarter turns clockwise in which a character is set on the page as shown; None where it is set askew."""
    a, b = char.matrix[:2]
    if min(abs(a), abs(b)) > _ASKEW * max(abs(a), abs(b)):
        return None  # a word printed across the page, such as CONCEPT, is no part of a table
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


class _Band(PDFTextDevice):
    """Keeps the letters near a band of the page; `low` and `up` count from the foot of the page."""

    def __init__(self, resources: Any, low: float, up: float) -> None:  # noqa: ANN401 - pdfplumber is untyped
        super().__init__(resources)
        self.low, self.up = low, up
        self.found: list[LTChar] = []

    def begin_page(self, page: Any, ctm: Matrix) -> None:  # noqa: ANN401, ARG002
        """Take the page's own frame."""
        self.ctm = ctm

    def render_string(self, textstate: Any, seq: PDFTextSeq, ncs: Any, graphicstate: Any) -> None:  # noqa: ANN401
        """Pass over texts that stand upright above or below the band."""
        a, b, c, d, _, y = mult_matrix(textstate.matrix, self.ctm or (1, 0, 0, 1, 0, 0))
        reach = 2 * (abs(d * textstate.fontsize) + abs(d * textstate.rise))
        if b == c == 0 and a > 0 and not self.low - reach < y < self.up + reach and not textstate.linematrix[1]:
            return
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int,
        ncs: Any, graphicstate: Any,  # noqa: ANN401
    ) -> float:  # fmt: skip
        """Keep a letter; its width moves the next one."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = f"(cid:{cid})"
        width, shift = font.char_width(cid), font.char_disp(cid)
        item = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        self.found.append(item)
        if len(self.found) > MOST_CHARACTERS:
            raise ValueError("too many characters")
        return item.adv


class _Interpreter(PDFPageInterpreter):
    """Follows the instructions that place text, and passes over those that draw."""

    def execute(self, streams: Sequence[object]) -> None:
        """Follow the instructions of some streams."""
        parts = [stream_value(stream) for stream in list_value(streams)]
        numbers = {part.objid for part in parts if part.objid is not None}
        if numbers & self.parent_stream_ids or len(self.parent_stream_ids) > _MOST_FORMS:
            return  # a form that shows itself
        instructions = _instructions(b"\n".join(part.get_data() for part in parts))
        if instructions is None:
            super().execute(streams)
            return
        self.stream_ids = numbers
        for name, arguments in instructions:
            method, count = _NEEDED[name]
            if len(arguments) >= count:
                getattr(self, method)(*arguments[len(arguments) - count :])


def _instructions(content: bytes) -> list[tuple[bytes, list[Any]]] | None:
    """The instructions that matter with their arguments; None where the content holds what is not known here."""
    out: list[tuple[bytes, list[Any]]] = []
    arguments: list[Any] = []
    outer: list[list[Any]] = []
    at, count = 0, 0
    while found := _TOKEN.match(content, at):
        at = found.end()
        kind, count = found.lastgroup, count + 1
        if count > _MOST_INSTRUCTIONS * 4:
            raise ValueError("too many instructions")
        if kind == "number":
            arguments.append(float(found["number"]))
        elif kind == "operator":
            name = found["operator"]
            if name == b"BI":
                picture = _PICTURE.match(content, at)
                at = picture.end() if picture else len(content)
            elif name in _NEEDED and not outer:
                out.append((name, arguments))
            if not outer:
                arguments = []
        elif kind == "name":
            if b"#" in found["name"] or not found["name"].isascii():
                return None
            arguments.append(LIT(found["name"].decode()))
        elif kind == "string":
            text = found["string"]
            arguments.append(_ESCAPE.sub(_unescaped, text) if b"\\" in text else text)
        elif kind == "hex":
            digits = b"".join(found["hex"].split())
            arguments.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif kind == "open":
            outer.append(arguments)
            arguments = []
        elif kind == "close":
            if not outer:
                return None
            outer[-1].append(arguments)
            arguments = outer.pop()
        elif kind == "end":
            return out
    return None


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, broken, other = found.groups()
    if octal:
        return bytes((int(octal, 8) & 255,))
    return b"" if broken else _ESCAPED.get(other, other)
