"""How a page sets its texts, and where each letter of them stands, for the second reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import MATRIX_IDENTITY, Matrix, mult_matrix

from schemas.records import Box

_ASKEW = 0.05  # the slope of letters that are neither upright nor turned by quarters
_SHORT = 4  # bytes of a text that is worth keeping: one letter or two

Letter = tuple[str, int | None, float, float, float, float]  # text, turn; left, foot, right, top from the page's foot
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


class Setting(NamedTuple):
    """What the letters of one instruction share, wherever on the page they stand."""

    a: float
    b: float
    c: float
    d: float
    turn: int | None
    level: bool  # upright, neither turned nor mirrored
    reach: float | None  # how far above and below its place a letter may come; None where not upright
    foot: float
    size: float
    scale: float
    between: float
    blank: float
    spelling: Spelling

    def put(self, parts: Iterable[float | bytes], e: float, f: float, x: float, found: list[Letter]) -> float:
        """Add the letters of a text that begins at `x` from a place on the page, and say how far it comes."""
        a, b, c, d, turn, level, _, foot, size, scale, between, blank, spelling = self
        low, up = d * foot + f, d * (foot + size) + f
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
                if level:
                    found.append((text, turn, a * x + e, low, a * end + e, up))
                else:
                    box = _box(a, b, c, d, x, foot, end, foot + size)
                    found.append((text, turn, box[0] + e, box[1] + f, box[2] + e, box[3] + f))
                x = end + blank if is_blank else end
                moved = True
        return x


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
        reach = 2 * abs(d) * (abs(size) + abs(self.rise)) if upright else None
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
