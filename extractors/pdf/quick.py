"""The functions of pdfium that are called for each word or drawing, with integers in place of typed pointers.

pypdfium2's own prototypes make an object of each pointer they take or give; on pages with thousands of letters and
lines that is half of the time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2.raw as raw

_POINTER, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def address(handle: object) -> int:
    """The integer of one of pypdfium2's handles or functions."""
    return ctypes.cast(handle, _POINTER).value or 0  # type: ignore[arg-type]


def reference(place: int) -> object:
    """An address as the functions of letters take it, made once for many calls. What is there must stay alive."""
    return ctypes.byref(ctypes.c_char.from_address(place))


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
