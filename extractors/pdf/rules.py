"""The lines and filled rectangles drawn on a page: support for what the words show, never proof of a table."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.pdf.frame import Box, PageText, shown_box
from extractors.pdf.quick import (
    Answers,
    address,
    draw_mode,
    fill_colour,
    inner_object_at,
    inner_object_count,
    object_at,
    object_bounds,
    object_matrix,
    object_type,
    reference,
    segment_at,
    segment_count,
    segment_is_closed,
    segment_point,
    segment_type,
    stroke_colour,
)

MOST_OBJECTS = 100_000
_MOST_SEGMENTS = 4000
_THIN = 2.5  # points: what is thinner is a line, not a surface
_SPECK = 1.0  # points: what is smaller both ways is not even kept
_PALEST = 250  # of 255: white lines and surfaces are not seen
_PATH, _FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
_FORM_DEPTH = 3
_TOUCHING = 2.5  # points between the pieces of one line

_MODES, _BOUNDS, _COLOURS = Answers("2i", 2), Answers("4f", 4), Answers("4I", 4)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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


def drawn_on(page: pdfium.PdfPage) -> list[Box]:
    """The boxes of what is drawn on a page, in the coordinates of the file; none where it holds more objects than any
    table needs."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        return []
    handle = reference(address(page.raw))
    boxes = _boxes_in(list(map(object_at, repeat(handle, count), range(count))), _IDENTITY, 0)
    return [box for box in boxes if box[2] - box[0] > _SPECK or box[3] - box[1] > _SPECK]


def rules_of(drawn: Iterable[Box], frame: PageText, turn: int) -> Rules:
    """The rules of a page that is read after quarter turns."""
    rules = Rules()
    as_it_is = not turn and not frame.rotation
    left, bottom, high = frame.left, frame.bottom, frame.height
    for box in drawn:
        if as_it_is:
            x0, y0, x1, y1 = box
            _add(rules, (x0 - left, high - (y1 - bottom), x1 - left, high - (y0 - bottom)))
        else:
            _add(rules, shown_box(frame, box, turn))
    rules.sort()
    return rules


def _boxes_in(objects: Sequence[int], matrix: Matrix, depth: int) -> Iterator[Box]:
    kinds = list(map(object_type, objects))
    boxes = _path_boxes(_of_kind(_PATH, objects, kinds))
    yield from boxes if matrix is _IDENTITY else (_moved(box, matrix) for box in boxes)
    forms = _of_kind(_FORM, objects, kinds)
    for item in forms if depth < _FORM_DEPTH else ():
        inner = [inner_object_at(item, at) for at in range(inner_object_count(item))]
        yield from _boxes_in(inner, _times(_matrix_of(item), matrix), depth + 1)


def _of_kind(kind: int, objects: Sequence[int], kinds: Sequence[int]) -> list[int]:
    return [item for item, own in zip(objects, kinds, strict=True) if own == kind] if kind in kinds else []


def _matrix_of(item: int) -> Matrix:
    found = raw.FS_MATRIX()
    if not object_matrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _path_boxes(paths: Sequence[int]) -> Iterator[Box]:
    """The boxes of paths that are seen: of a whole one where it is one line or rectangle, of each part of a grid."""
    modes = _MODES.of(draw_mode, paths, none=(0, 0))
    filled = [path for path, (fill, _) in zip(paths, modes, strict=True) if fill]
    stroked = [path for path, (fill, stroke) in zip(paths, modes, strict=True) if stroke and not fill]
    for some, ask in ((filled, fill_colour), (stroked, stroke_colour)):
        seen = [path for path, colour in zip(some, _COLOURS.of(ask, some), strict=True) if _is_seen(colour)]
        for path, box in zip(seen, _BOUNDS.of(object_bounds, seen), strict=True):
            if box is None:
                continue
            left, bottom, right, top = box
            if right - left < _THIN or top - bottom < _THIN:
                yield left, bottom, right, top
                continue
            count = segment_count(path)
            if count <= 2 or (some is filled and count <= 6):
                yield left, bottom, right, top
            elif count <= _MOST_SEGMENTS:
                yield from _part_boxes(path, count, filled=some is filled)


def _is_seen(colour: tuple[int, ...] | None) -> bool:
    """Whether a colour, where it is known, differs from white paper."""
    if colour is None:
        return True
    red, green, blue, alpha = colour
    return alpha > 0 and min(red, green, blue) < _PALEST


def _part_boxes(item: int, count: int, *, filled: bool) -> Iterator[Box]:
    """The straight parts of a path; a filled path gives one box for each closed part of it."""
    matrix = _matrix_of(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(count):
        segment = segment_at(item, at)
        segment_point(segment, ctypes.byref(x), ctypes.byref(y))
        kind = segment_type(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield from (_moved(box, matrix) for box in _drawn(points, filled=filled))
            points = []
        points.append((x.value, y.value))
        if segment_is_closed(segment) and len(points) > 2:
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
