"""Rows of a table: lines with amounts, with the lines of words that belong to their labels."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.pdf.columns import Column, Places, column_at, labels_before, places_of
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line
from extractors.pdf.wrapped import Wrapping, is_rest, lone_label
from schemas.notation import DASHES
from schemas.unfinished import is_unfinished

_TIGHT = 0.93  # of the distance between rows: lines closer than this are one cell
_WIDEST_LEADING = 1.75  # of the height of a line
_SIGNED = 1.4  # of the height of a line: how far below its minus a number may stand
_BEHIND = 1e9  # points: farther than any page reaches
_NEARER = 1.15  # times farther from the row below than from the one above
_SAME = 0.5  # how sure one must be that two lines are one label


@dataclass(slots=True)
class TableRow:
    """One row: the chunks in each column, from top to bottom, and the height of its first and last line."""

    cells: dict[int, list[Chunk]] = field(default_factory=dict)
    top: float = 0.0
    bottom: float = 0.0
    has_numbers: bool = False

    def add(self, chunks: Sequence[Chunk], places: Places) -> None:
        """Put chunks each at the end of its cell."""
        cells = self.cells
        for chunk in chunks:
            at = column_at(places, chunk)
            if at in cells:
                cells[at].append(chunk)
            else:
                cells[at] = [chunk]
            if chunk.bottom > self.bottom:
                self.bottom = chunk.bottom


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a table's rows before they are made."""

    columns: Sequence[Column]
    places: Places
    separators: tuple[tuple[float, float, float], ...]  # rules and edges of surfaces: height, left and right
    ruled: bool  # whether separators stand between most rows
    pitch: float  # the usual distance between rows
    edge: float  # where the numbers begin
    widest: float  # the right edge of the longest label
    wrapping: Wrapping


def layout_of(body: Sequence[Line], columns: Sequence[Column], rules: Rules, wrapping: Wrapping) -> Layout:
    """What the lines from the first row on and the rules around them show."""
    places = places_of(columns)
    edge = places.edge
    lines = [line for line in body if line.numbers]
    labels = [chunk for line in lines for chunk in line.chunks if chunk.x0 < edge - 1 and not chunk.number]
    labels += [label for line in body if (label := lone_label(line, edge))]
    before = [column for column in columns if not column.is_number and column.left < edge]
    left = before[-1].left if before else columns[0].left
    pairs = [(one.middle, two.middle) for one, two in itertools.pairwise(lines)]
    separators, ruled = _separators(lines, rules, pairs, left)
    steps = [low - high for high, low in pairs]
    short = sorted(steps)[: max(1, len(steps) * 3 // 4)] if steps else []
    widest = max((chunk.x1 for chunk in labels), default=edge)
    pitch = median(short) if short else 0.0
    return Layout(columns, places, separators, ruled, pitch, edge, widest, wrapping)


def _separators(
    lines: Sequence[Line], rules: Rules, pairs: Sequence[tuple[float, float]], left: float
) -> tuple[tuple[tuple[float, float, float], ...], bool]:
    """What parts rows, and whether it parts most of them: rules where they do, else the edges of surfaces as well.

    A surface may be drawn line by line inside one cell: where rules part the rows, its edges say nothing.
    """
    if not lines:
        return (), False
    top, bottom = lines[0].top - 10, lines[-1].bottom + 10
    drawn = sorted(rule for rule in rules.across if top < rule[0] < bottom)
    edges = [(y, x0, x1) for x0, high, x1, low in rules.fills for y in (high, low) if top < y < bottom]
    for found in (drawn, sorted([*drawn, *edges])):
        parted = sum(parted_at(found, high, low, left) for high, low in pairs)
        if pairs and parted * 10 >= len(pairs) * 6:
            return tuple(found), True
    return tuple(sorted([*drawn, *edges])), False


def parted_at(separators: Sequence[tuple[float, float, float]], high: float, low: float, x: float) -> bool:
    """Whether something drawn parts what stands at two heights, at a distance from the left; from top to bottom."""
    at = bisect_right(separators, (high, _BEHIND, _BEHIND))
    for y, x0, x1 in separators[at:]:
        if y >= low:
            return False
        if x0 <= x + 5 and x1 >= x + 8:
            return True
    return False


def rows_of(lines: Sequence[Line], layout: Layout) -> list[TableRow]:
    """The rows from top to bottom."""
    rows: list[TableRow] = []
    signs: list[Chunk] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if _is_sign_line(line, following, layout):
            signs += line.chunks
            continue
        current = rows[-1] if rows else None
        if current is None or not _belongs(current, line, following, layout):
            current = TableRow(top=line.top, bottom=line.bottom)
            rows.append(current)
        chunks = line.chunks
        if signs:
            chunks = sorted([*signs, *chunks], key=lambda c: (c.top > line.middle, c.x0))
        current.add(chunks, layout.places)
        current.has_numbers = current.has_numbers or bool(line.numbers)
        signs = []
    return rows


def _is_sign_line(line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether a line holds only the minus signs of the numbers on the next one."""
    if following is None or not following.numbers or not all(chunk.text in DASHES for chunk in line.chunks):
        return False
    if following.middle - line.middle > 1.4 * line.height or _parted(line.middle, following.middle, line, layout):
        return False
    return not any(
        chunk.text in DASHES and abs(chunk.x1 - sign.x1) < 6 for chunk in following.numbers for sign in line.chunks
    )


def _parted(high: float, low: float, line: Line, layout: Layout) -> bool:
    return parted_at(layout.separators, high, low, line.x0)


def _belongs(row: TableRow, line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether a line is part of the row above it."""
    labels = labels_before(line, layout.edge)
    step = line.middle - (row.bottom - line.height / 2)
    if line.numbers:
        if row.has_numbers:
            return not labels and _awaits(row, line, step, layout)
        if labels and _has_label(row, layout):
            return _same(row, labels[0], layout) > _SAME
        return step < 0.8 * line.height or (
            not _parted(row.bottom - line.height / 2, line.middle, line, layout)
            and step < min(_WIDEST_LEADING * line.height, _TIGHT * layout.pitch or 99)
        )
    if not labels:
        return step < _WIDEST_LEADING * line.height and not _parted(
            row.bottom - line.height / 2, line.middle, line, layout
        )
    if row.has_numbers and not _has_label(row, layout):
        return step < 0.8 * line.height
    if row.has_numbers and _is_rest(row, line, following, layout):
        return True
    own = _same(row, labels[0], layout)
    if own <= _SAME:
        return False
    if row.has_numbers and following is not None:
        below = _next(line, labels[0], following, layout)
        nearer = not layout.ruled and step > _NEARER * (following.middle - line.middle)
        return own > below or (own == below and not nearer)
    return True


def _is_rest(row: TableRow, line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether a line of words is the rest of the label of the row above, whatever it begins with: nothing drawn parts
    them, and it is neither nearer to what stands below nor the beginning of that.
    """
    label = lone_label(line, layout.edge)
    above = row.cells.get(column_at(layout.places, label)) if label else None
    if label is None or not above or not is_rest(above[-1], label, layout.wrapping):
        return False
    middle = (above[-1].top + above[-1].bottom) / 2
    step = line.middle - middle
    if step > min(_WIDEST_LEADING * line.height, layout.wrapping.reach) or _parted(middle, line.middle, line, layout):
        return False
    if following is None or _parted(line.middle, following.middle, following, layout):
        return True
    if step > _NEARER * (following.middle - line.middle) or (following.numbers and is_unfinished(label.text)):
        return False
    return _next(line, label, following, layout) <= _SAME or step * _NEARER < following.middle - line.middle


def _awaits(row: TableRow, line: Line, step: float, layout: Layout) -> bool:
    """Whether each number of a line stands close under a dash: the dashes of the row are the minus signs of these."""
    if step > _SIGNED * line.height or _parted(line.middle - step, line.middle, line, layout):
        return False
    places = [column_at(layout.places, chunk) for chunk in line.chunks]
    above = [row.cells.get(at, []) for at in places]
    return all(chunk.text not in DASHES for chunk in line.chunks) and all(
        len(signs) == 1 and signs[0].text in DASHES for signs in above
    )


def _has_label(row: TableRow, layout: Layout) -> bool:
    return any(not layout.columns[at].is_number and layout.columns[at].left < layout.edge for at in row.cells)


def _next(line: Line, label: Chunk, following: Line, layout: Layout) -> float:
    """How sure it is that a label goes on in the next line; for a line of numbers alone, whether it is near."""
    labels = labels_before(following, layout.edge)
    if labels:
        return _alike(label, labels[0], layout)
    near = following.middle - line.middle < 0.8 * line.height
    return 0.9 if near and following.numbers else 0.0


def _same(row: TableRow, label: Chunk, layout: Layout) -> float:
    """How sure it is that a label goes on from the row above."""
    at = column_at(layout.places, label)
    above = row.cells.get(at)
    return _alike(above[-1], label, layout) if above else 0.0


def _alike(upper: Chunk, lower: Chunk, layout: Layout) -> float:
    """How sure it is, from 0 to 1, that two lines of words are one cell."""
    high, low = (upper.top + upper.bottom) / 2, (lower.top + lower.bottom) / 2
    height = min(upper.bottom - upper.top, lower.bottom - lower.top)
    if parted_at(layout.separators, high, low, lower.x0):
        return 0.0
    if layout.ruled:
        return 1.0
    step = low - high
    if step > _WIDEST_LEADING * height:
        return 0.0
    first = lower.words[0]
    room = upper.x1 + 0.22 * height + first.x1 - first.x0
    sure = 0.0
    if layout.pitch and step < _TIGHT * layout.pitch:
        sure += 0.45
    if room > layout.edge - 2 or room > layout.widest + 1:
        sure += 0.3
    if lower.text[:1].islower() or lower.text[:1] in "(&":
        sure += 0.35
    elif lower.text[:1].isdigit():
        sure -= 0.4
    if upper.text[-1:] in "-\u00ad/":
        sure += 0.4
    if upper.bold != lower.bold:
        sure -= 0.5
    if lower.x0 < upper.x0 - 3:
        sure -= 0.3
    return sure
