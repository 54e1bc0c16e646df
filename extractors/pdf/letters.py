"""Where single letters of a page stand and how they are set, asked of pdfium through buffers that are made once."""

from __future__ import annotations

import ctypes
import struct
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as raw

from extractors.pdf.frame import Box, PageText
from extractors.pdf.quick import (
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
SIDES = struct.Struct("4f").unpack_from  # of the buffer of a rectangle: left, top, right, bottom


Sides = tuple[float, float, float, float]  # of a letter's box in the file: left, top, right, bottom
Rises = dict[
    str, tuple[float, float, float, float]
]  # of letters: between what their boxes reach down, and up, from their foot


class Setting(NamedTuple):
    """How a character is set: the left end of its foot, its size in points, its quarter turns clockwise."""

    x: float
    y: float
    size: float
    turn: int


class Letters:
    """The letters of a page, by their numbers. `sides` is the buffer of the rectangle `rect`."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.handle = reference(address(page.handle))
        self.sides = bytearray(16)
        self.rect = ctypes.byref((ctypes.c_char * 16).from_buffer(self.sides))
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix_at, self._x_at, self._y_at = map(ctypes.byref, (self._matrix, self._x, self._y))

        self._rises: dict[tuple[float, float, bool], Rises] = {}

    def rises(self, font_size: float, size: float, *, bold: bool) -> Rises:
        """What is known so far of the letters that are set so, to be added to."""
        return self._rises.setdefault((font_size, size, bold), {})

    def index(self, at: int) -> int:
        """The number of the letter at a place in the text."""
        return at if self.page.aligned else int(letter_index(self.handle, at))

    def box(self, index: int) -> Box:
        """Left, bottom, right and top in the coordinates of the file."""
        if not letter_box(self.handle, index, self.rect):
            return 0.0, 0.0, 0.0, 0.0
        left, top, right, bottom = SIDES(self.sides)
        return left, bottom, right, top

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
