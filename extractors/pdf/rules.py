"""The lines and filled rectangles drawn on a page: support for what the words show, never proof of a table."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.pdf.words import Box, PageText, shown_box

MOST_OBJECTS = 100_000
_MOST_SEGMENTS = 4000
_THIN = 2.5  # points: what is thinner is a line, not a surface
_PALEST = 250  # of 255: white lines and surfaces are not seen
_FORM_DEPTH = 3
_TOUCHING = 2.5  # points between the pieces of one line


@dataclass(slots=True)
class Rules:
    """Horizontal lines as (y, x0, x1), vertical ones as (x, top, bottom), surfaces as boxes; from the top left."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)

    def sort(self) -> None:
        """Put everything in the order of the page; pieces of one upright line become one."""
        self.across.sort()
        self.down = _whole(self.down)
        self.fills.sort(key=lambda box: (box[1], box[0]))


def _whole(pieces: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Upright lines from their pieces: borders of cells are drawn cell by cell."""
    out: list[tuple[float, float, float]] = []
    for x, top, bottom in sorted(pieces, key=lambda piece: (round(piece[0]), piece[1])):
        if out and abs(out[-1][0] - x) < 1.1 and top < out[-1][2] + _TOUCHING:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], bottom))
        else:
            out.append((x, top, bottom))
    return sorted(out)


def rules_of(page: pdfium.PdfPage, frame: PageText, turn: int) -> Rules:
    """The rules of a page; none where it holds more objects than any table needs."""
    rules = Rules()
    handle = page.raw
    if raw.FPDFPage_CountObjects(handle) > MOST_OBJECTS:
        return rules
    for box in _boxes(handle):
        _add(rules, shown_box(frame, box, turn))
    rules.sort()
    return rules


def _boxes(page: object) -> Iterator[Box]:
    objects = (raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page)))
    yield from _boxes_in(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)


Matrix = tuple[float, float, float, float, float, float]


def _boxes_in(objects: Iterator[object], matrix: Matrix, depth: int) -> Iterator[Box]:
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from (_moved(box, matrix) for box in _path_boxes(item))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inner = (raw.FPDFFormObj_GetObject(item, at) for at in range(raw.FPDFFormObj_CountObjects(item)))
            yield from _boxes_in(inner, _times(_matrix_of(item), matrix), depth + 1)


def _matrix_of(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0):
        return box
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _path_boxes(item: object) -> Iterator[Box]:
    """The boxes of a path: of the whole where it is one line or rectangle, of each part where it is a grid."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked))
    if not filled.value and not stroked.value:
        return
    if not _is_seen(item, stroke=bool(stroked.value) and not filled.value):
        return
    count = raw.FPDFPath_CountSegments(item)
    sides = ctypes.c_float, ctypes.c_float, ctypes.c_float, ctypes.c_float
    left, bottom, right, top = (side() for side in sides)
    found = raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    if not found:
        return
    whole = (left.value, bottom.value, right.value, top.value)
    thin = whole[2] - whole[0] < _THIN or whole[3] - whole[1] < _THIN
    if thin or count <= 2 or (filled.value and count <= 6):
        yield whole
    elif count <= _MOST_SEGMENTS:
        yield from _part_boxes(item, count, filled=bool(filled.value))


def _is_seen(item: object, *, stroke: bool) -> bool:
    """Whether a path's colour differs from white paper."""
    colours = [ctypes.c_uint() for _ in range(4)]
    ask = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
    if not ask(item, *(ctypes.byref(colour) for colour in colours)):
        return True
    red, green, blue, alpha = (colour.value for colour in colours)
    return alpha > 0 and min(red, green, blue) < _PALEST


def _part_boxes(item: object, count: int, *, filled: bool) -> Iterator[Box]:
    """The straight parts of a path; a filled path gives one box for each closed part of it."""
    matrix = _matrix_of(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield from (_moved(box, matrix) for box in _drawn(points, filled=filled))
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    yield from (_moved(box, matrix) for box in _drawn(points, filled=filled))


def _drawn(points: list[tuple[float, float]], *, filled: bool) -> Iterator[Box]:
    if filled and len(points) > 3:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        yield min(xs), min(ys), max(xs), max(ys)
        return
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _add(rules: Rules, box: Box) -> None:
    x0, top, x1, bottom = box
    if bottom - top < _THIN and x1 - x0 >= _THIN:
        rules.across.append(((top + bottom) / 2, x0, x1))
    elif x1 - x0 < _THIN and bottom - top >= _THIN:
        rules.down.append(((x0 + x1) / 2, top, bottom))
    elif x1 - x0 >= _THIN:
        rules.fills.append(box)
