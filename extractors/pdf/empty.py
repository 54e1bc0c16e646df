"""Columns without any amount: only a heading shows that they are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.columns import Column, set_reach
from extractors.pdf.heading_levels import YEAR
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line

_ENDLESS = 1e9  # points: there is no distance between columns where there is one
_FAR = 0.6  # of the least distance between columns
_WHITE = 1.0  # points that stand free on both sides of the heading of an empty column


def with_empty_columns(
    columns: list[Column], heads: Sequence[Line], rows: Sequence[Line], rules: Rules
) -> list[Column]:
    """The columns of a table with those that its headings show beside them.

    A heading shows one where it stands over no column, while all others on its line stand over one column of amounts
    each, and each of these has one. It names a year, or stands about as far from the others as they do.
    """
    numbers = [column for column in columns if column.is_number]
    labels = max((column.right for column in columns if column.left < numbers[0].left), default=numbers[0].left)
    pitch = min((two.right - one.right for one, two in pairwise(numbers)), default=_ENDLESS)
    empty: list[Column] = []
    for line in heads:
        chunks = [chunk for chunk in line.chunks if chunk.x0 > labels + _WHITE]
        over = [[column for column in columns if _is_over(chunk, column)] for chunk in chunks]
        covered = [found[0].left for found in over if len(found) == 1 and found[0].is_number]
        if any(len(found) > 1 for found in over) or sorted(covered) != [column.left for column in numbers]:
            continue
        for chunk, found in zip(chunks, over, strict=True):
            far = min(abs(chunk.x1 - column.right) for column in numbers) > _FAR * pitch
            known = found or any(_is_over(chunk, column) for column in empty)
            if not known and (far or YEAR.search(chunk.text)):
                empty.append(Column(chunk.x0, chunk.x1, is_number=True))
    if not empty:
        return columns
    out = sorted([*columns, *empty], key=lambda column: column.left)
    set_reach(out, rows, rules)
    return out


def _is_over(chunk: Chunk, column: Column) -> bool:
    return chunk.x0 < column.right + _WHITE and chunk.x1 > column.left - _WHITE
