"""The functions of pdfium that are called for each word or drawing, with integers in place of typed pointers.

pypdfium2's own prototypes make an object of each pointer they take or give; on pages with thousands of letters and
lines that is half of the time.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as raw

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def address(handle: object) -> int:
    """The integer of one of pypdfium2's handles or functions."""
    return ctypes.cast(handle, _POINTER).value or 0  # type: ignore[arg-type]


def reference(place: int) -> object:
    """An address as the functions of letters take it, made once for many calls. What is there must stay alive."""
    return ctypes.byref(ctypes.c_char.from_address(place))


class Answers:
    """Room for what pdfium answers about many things, which are asked in one go. It is made once, for one caller at a
    time: pdfium bears no more.

    `layout` is that of one answer, as `struct` writes it; `parts` the places that pdfium wants for it.
    """

    _AT_ONCE = 1024

    def __init__(self, layout: str, parts: int) -> None:
        self._one = struct.Struct(layout)
        self._room = bytearray(self._one.size * self._AT_ONCE)
        start = (ctypes.c_char * len(self._room)).from_buffer(self._room)
        steps = range(0, len(self._room), self._one.size)
        sizes = range(0, self._one.size, self._one.size // parts)
        self._places = [[ctypes.byref(start, step + size) for step in steps] for size in sizes]

    def of(
        self, ask: Callable[..., int], things: Sequence[int], *before: object, none: tuple[float, ...] | None = None
    ) -> list[Any]:
        """The answers about things, each a tuple, or `none` where there is none. `before` is passed before each."""
        out: list[Any] = []
        for at in range(0, len(things), self._AT_ONCE):
            some = things[at : at + self._AT_ONCE]
            there = list(map(ask, *map(repeat, before), some, *self._places))
            found = self._one.iter_unpack(memoryview(self._room)[: self._one.size * len(some)])
            out += found if all(there) else [one if ok else none for one, ok in zip(found, there, strict=True)]
        return out


def _plain(function: object, gives: type, *takes: type) -> Callable[..., int]:
    return ctypes.PYFUNCTYPE(gives, *takes)(address(function))


# Of letters: they take references and the numbers of letters, of which nothing is converted.
letter_box = _plain(raw.FPDFText_GetLooseCharBox, _INT)
letter_origin = _plain(raw.FPDFText_GetCharOrigin, _INT)
letter_matrix = _plain(raw.FPDFText_GetMatrix, _INT)
font_size = _plain(raw.FPDFText_GetFontSize, _DOUBLE)
font_weight = _plain(raw.FPDFText_GetFontWeight, _INT)
letter_index = _plain(raw.FPDFText_GetCharIndexFromTextIndex, _INT)
letter_is_unmapped = _plain(raw.FPDFText_HasUnicodeMapError, _INT)
letter_object = _plain(raw.FPDFText_GetTextObject, _POINTER)

# Of what is on a page: they take the address of an object as an integer, and references and numbers behind it.
object_at = _plain(raw.FPDFPage_GetObject, _POINTER)
object_type = _plain(raw.FPDFPageObj_GetType, _INT, _POINTER)
object_bounds = _plain(raw.FPDFPageObj_GetBounds, _INT, _POINTER)
inner_object_at = _plain(raw.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, _INT, _POINTER)
stroke_colour = _plain(raw.FPDFPageObj_GetStrokeColor, _INT, _POINTER)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor, _INT, _POINTER)
segment_count = _plain(raw.FPDFPath_CountSegments, _INT, _POINTER)
inner_object_count = _plain(raw.FPDFFormObj_CountObjects, _INT, _POINTER)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
object_matrix = _plain(raw.FPDFPageObj_GetMatrix, _INT, _POINTER)
segment_at = _plain(raw.FPDFPath_GetPathSegment, _POINTER, _POINTER)
segment_point = _plain(raw.FPDFPathSegment_GetPoint, _INT, _POINTER)
segment_type = _plain(raw.FPDFPathSegment_GetType, _INT, _POINTER)
segment_is_closed = _plain(raw.FPDFPathSegment_GetClose, _INT, _POINTER)
