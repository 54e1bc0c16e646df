"""Whether lines with numbers are the rows of a table: what must be seen before they are read as one."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line

NEAR_HEAD = 2.6  # times its height: how far above a line its headings may stand
_NUMBERED = 3  # rows and columns at least of a table whose rows are named by numbers


def is_table(lines: Sequence[Line], places: Sequence[int], rules: Rules) -> bool:
    """Whether rows are a table: labels before most of them, and more than one row or several numbers in a frame."""
    rows = [lines[at] for at in places]
    labelled = sum(_has_label(lines, at) for at in places)
    if labelled * 2 < len(rows):
        return _is_numbered(lines, places)
    if len(rows) > 1:
        return True
    return (
        len(rows[0].numbers) >= 2
        and not _is_sentence(rows[0])
        and (len(rows[0].numbers) > 2 or _is_ruled(rules, rows[0]))
    )


def _is_numbered(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether rows are named by numbers, as years are: equally many in each row, with words over them."""
    rows = [lines[at] for at in places]
    size = len(rows[0].numbers)
    if len(rows) < _NUMBERED or size < _NUMBERED or any(len(row.numbers) != size for row in rows) or not places[0]:
        return False
    head = lines[places[0] - 1]
    near = rows[0].middle - head.middle < NEAR_HEAD * max(head.height, rows[0].height)
    over = [c for c in head.chunks if not c.number and any(_overlap(c, number) for number in rows[0].numbers[1:])]
    return near and len(over) + 1 >= size


def _overlap(one: Chunk, other: Chunk) -> bool:
    """Whether two chunks share a part of their width."""
    return one.x0 < other.x1 and other.x0 < one.x1


def _has_label(lines: Sequence[Line], at: int) -> bool:
    """Whether words stand before the numbers of a row: on its line, or on the lines that reach into it."""
    row = lines[at]
    if len(row.numbers) < len(row.chunks):
        return True
    near = [lines[k] for k in (at - 1, at + 1) if 0 <= k < len(lines)]
    return any(
        abs(line.middle - row.middle) < row.height and line.x1 < row.x0 and not line.chunks[0].number for line in near
    )


def _is_sentence(line: Line) -> bool:
    """Whether most of a line is words."""
    return sum(len(chunk.text) for chunk in line.chunks if not chunk.number) > 80


def _is_ruled(rules: Rules, line: Line) -> bool:
    near = 1.5 * line.height
    return any(line.top - near < y < line.bottom + near and x0 < line.x1 and x1 > line.x0 for y, x0, x1 in rules.across)
