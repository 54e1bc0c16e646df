"""Where single letters of a page stand and how they are set, asked of pdfium through buffers that are made once."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as raw

from extractors.pdf.frame import Box, PageText
from extractors.pdf.quick import (
    Answers,
    address,
    font_size,
    font_weight,
    letter_box,
    letter_index,
    letter_matrix,
    letter_origin,
    reference,
)

SLANTED = 4  # in place of quarter turns: set at an angle
_LEAST_SLANT = 0.08  # of the height of a letter: what leans less was meant to stand straight
_BOLD = 600  # font weight
_BOXES = Answers("4f", 1)  # left, top, right, bottom
_NOWHERE = (0.0, 0.0, 0.0, 0.0)

Sides = tuple[float, float, float, float]  # of a letter's box in the file: left, top, right, bottom
# Of letters: between what their boxes reach down, and up, from their foot.
Rises = dict[str, tuple[float, float, float, float]]
_MOST_SETTINGS = 256  # sizes and weights of which the rises are kept: a document has some twenty


class Setting(NamedTuple):
    """How a character is set: the left end of its foot, its size in points, its quarter turns clockwise."""

    x: float
    y: float
    size: float
    turn: int


class Known:
    """What the letters of a document have shown so far: how far they reach, by the sizes and weights they have."""

    def __init__(self) -> None:
        self._rises: dict[tuple[float, float, bool], Rises] = {}

    def rises(self, font_size: float, size: float, *, bold: bool) -> Rises:
        """What is known of the letters that are set so, to be added to."""
        if len(self._rises) > _MOST_SETTINGS:
            self._rises.clear()
        return self._rises.setdefault((font_size, size, bold), {})


class Letters:
    """The letters of a page, by their numbers."""

    def __init__(self, page: PageText, known: Known) -> None:
        self.page = page
        self.known = known
        self.handle = reference(address(page.handle))
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix_at, self._x_at, self._y_at = map(ctypes.byref, (self._matrix, self._x, self._y))

    def index(self, at: int) -> int:
        """The number of the letter at a place in the text."""
        return at if self.page.aligned else int(letter_index(self.handle, at))

    def sides(self, indexes: Sequence[int]) -> list[Sides]:
        """The boxes of letters in the coordinates of the file; all zero where there is none."""
        return _BOXES.of(letter_box, indexes, self.handle, none=_NOWHERE)

    def boxes(self, indexes: Sequence[int]) -> list[Box]:
        """Left, bottom, right and top of letters in the coordinates of the file."""
        return [(left, bottom, right, top) for left, top, right, bottom in self.sides(indexes)]

    def is_bold(self, index: int) -> bool:
        """Whether a letter's font is heavy."""
        return bool(font_weight(self.handle, index) >= _BOLD)

    def foot(self, index: int) -> float:
        """The height of a letter's foot in the coordinates of the file."""
        letter_origin(self.handle, index, self._x_at, self._y_at)
        return self._y.value

    def font_size(self, index: int) -> float:
        """The size of a letter's font, before anything stretches it."""
        return float(font_size(self.handle, index))

    def setting(self, index: int) -> Setting:
        """The foot of a letter, its size, and the quarter turns clockwise in which it is set."""
        letter_origin(self.handle, index, self._x_at, self._y_at)
        size = float(font_size(self.handle, index))
        turn = 0
        if letter_matrix(self.handle, index, self._matrix_at):
            matrix = self._matrix
            size *= hypot(matrix.c, matrix.d)
            if matrix.b or matrix.a < 0:
                turn = turn_of(matrix.a, matrix.b)
        return Setting(self._x.value, self._y.value, size, turn)


def turn_of(a: float, b: float) -> int:
    """The quarter turns clockwise of a line of text that runs in a direction, or that it is slanted."""
    if min(abs(a), abs(b)) > _LEAST_SLANT * max(abs(a), abs(b)):
        return SLANTED
    if abs(b) > abs(a):
        return 3 if b > 0 else 1
    return 2 if a < 0 else 0
