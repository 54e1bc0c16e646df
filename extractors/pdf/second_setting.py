"""How a page sets its texts, and where each letter of them stands, for the second reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from extractors.pdf.second_words import Char, char_at
from schemas.records import Box

_ASKEW = 0.05  # the slope of letters that are neither upright nor turned by quarters
_SHORT = 4  # bytes of a text that is worth keeping: one letter or two

_Glyph = tuple[str, float, bool]  # the text of a code, its width, and whether it is the code of a blank


@dataclass(slots=True)
class Spelling:
    """What the codes of a font say, kept for as long as the document is read."""

    font: Any
    codes: dict[int, _Glyph] = field(default_factory=dict)
    texts: dict[bytes, tuple[_Glyph, ...]] = field(default_factory=dict)

    def of(self, text: bytes) -> tuple[_Glyph, ...]:
        """The letters of a text."""
        known = self.codes
        spelled = tuple(known.get(code) or self._glyph(code) for code in self.font.decode(text))
        if len(text) <= _SHORT:
            self.texts[text] = spelled
        return spelled

    def _glyph(self, code: int) -> _Glyph:
        try:
            text = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        self.codes[code] = glyph = (text, self.font.char_width(code), code == 32)
        return glyph


class View(NamedTuple):
    """The band of a page that is looked at, and where the page as shown begins in the whole one."""

    left: float
    down: float
    high: float
    top: float
    bottom: float

    def sees(self, low: float, up: float) -> bool:
        """Whether the middle between two heights from the foot of the page stands in the band."""
        return self.top <= self.high - (low + up) / 2 - self.down <= self.bottom

    def char(self, text: str, turn: int, x0: float, low: float, x1: float, up: float) -> Char:
        """A letter, of a box that counts from the foot of the page."""
        return char_at(
            text, (x0 - self.left, self.high - up - self.down, x1 - self.left, self.high - low - self.down), turn
        )


class Seen(NamedTuple):
    """The letters found so far on what is looked at."""

    view: View
    found: list[Char]


class Setting(NamedTuple):
    """What the letters of one instruction share, wherever on the page they stand."""

    a: float
    b: float
    c: float
    d: float
    turn: int | None
    level: bool  # upright, neither turned nor mirrored
    reach: float  # how far above and below its place a letter may come
    foot: float
    size: float
    scale: float
    between: float
    blank: float
    spelling: Spelling

    def put(self, parts: Iterable[float | bytes], e: float, f: float, x: float, page: Seen) -> float:
        """Add the letters of a text that begins at `x` from a place on the page, and say how far it comes."""
        a, _, _, d, turn, level, _, foot, size, scale, between, blank, spelling = self
        (left, down, high, _, _), found = page
        low, up = d * foot + f, d * (foot + size) + f
        top, bottom = high - up - down, high - low - down
        middle, tall = (top + bottom) / 2, bottom - top
        seen = level and page.view.sees(low, up)
        known = spelling.texts
        moved = False
        for part in parts:
            if not isinstance(part, bytes):
                x -= part * 0.001 * size * scale
                moved = True
                continue
            for text, width, is_blank in known.get(part) or spelling.of(part):
                if moved:
                    x += between
                end = x + width * size * scale
                if seen:
                    found.append(Char(text, (a * x + e - left, top, a * end + e - left, bottom), 0, middle, tall))
                elif not level and turn is not None:
                    self._put_turned(text, (x, foot, end, foot + size), e, f, page)
                x = end + blank if is_blank else end
                moved = True
        return x

    def _put_turned(self, text: str, box: Box, e: float, f: float, page: Seen) -> None:
        """Add a letter that is set in any way."""
        x0, low, x1, up = _box(self.a, self.b, self.c, self.d, *box)
        if self.turn is not None and page.view.sees(low + f, up + f):
            page.found.append(page.view.char(text, self.turn, x0 + e, low + f, x1 + e, up + f))


@dataclass(slots=True)
class State:
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

    def copy(self) -> State:
        """The same, to come back to."""
        return State(
            self.frame, self.matrix, self.x, self.font, self.size, self.between, self.blank, self.scale, self.leading,
            self.rise,
        )  # fmt: skip

    def setting(self, spelling: Spelling) -> tuple[Setting, float, float]:
        """What the next letters share, and the place on the page from which they count."""
        a, b, c, d, e, f = mult_matrix(self.matrix, self.frame)
        size, scale, font = self.size, self.scale, spelling.font
        upright = b == c == 0 and a > 0
        reach = 2 * abs(d) * (abs(size) + abs(self.rise)) if upright else inf
        setting = Setting(
            a, b, c, d, turn_of(a, b), upright and d > 0, reach,
            font.get_descent() * size + self.rise, size, scale, self.between * scale,
            0.0 if font.is_multibyte() else self.blank * scale, spelling,
        )  # fmt: skip
        return setting, e, f


def turn_of(a: float, b: float) -> int | None:
    """The quarter turns clockwise in which a letter is set on the page as shown; None where it is set askew."""
    if min(abs(a), abs(b)) > _ASKEW * max(abs(a), abs(b)):
        return None
    if abs(b) > abs(a):
        return 3 if b > 0 else 1
    return 0 if a >= 0 else 2


def matrix_of(given: Sequence[float]) -> Matrix:
    """Six numbers as a matrix."""
    a, b, c, d, e, f = given
    return a, b, c, d, e, f


def _box(a: float, b: float, c: float, d: float, x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around a turned or stretched box."""
    xs = [a * x + c * y for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
