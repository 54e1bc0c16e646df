"""The first and the last row of a table on a page: where it goes on on the next page, one row may stand on both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pdf.columns import Column
from extractors.pdf.pieces import with_more
from extractors.pdf.rows import Layout, TableRow
from extractors.pdf.textlines import Chunk
from extractors.pdf.wrapped import Wrapping, is_alike, is_rest_over_page
from schemas.records import RawCell


@dataclass(frozen=True, slots=True)
class Ends:
    """What the rows at both ends of a table show."""

    first: tuple[int, Chunk, Chunk] | None  # the column and the words of a first row of words, and the next label
    last: dict[int, list[Chunk]] | None  # the cells of a last row of amounts
    named: bool  # whether each row of amounts but the last has a label
    wrapping: Wrapping


def ends_of(first: Sequence[TableRow], last: Sequence[TableRow], layout: Layout) -> Ends:
    """The ends of a table whose first and last runs of rows are known."""
    labels = {at for at, column in enumerate(layout.columns) if not column.is_number and column.left < layout.edge}
    opening = None
    if len(first) > 1 and not first[0].has_numbers and len(first[0].cells) == 1 and first[1].has_numbers:
        ((at, words),) = first[0].cells.items()
        if at in labels and at in first[1].cells:
            opening = (at, words[0], first[1].cells[at][0])
    rows = [row for row in (*first, *last) if row.has_numbers and row is not last[-1]]
    closing = last[-1].cells if last and last[-1].has_numbers else None
    return Ends(opening, closing, not any(map(labels.isdisjoint, (row.cells for row in rows))), layout.wrapping)


def split_at(before: Ends, after: Ends, columns: tuple[Sequence[Column], Sequence[Column]]) -> int | None:
    """The column in which the first row of a page holds the rest of a label that the page before ends with, or the
    label of a last row that has none there; None where no row stands on both pages.
    """
    if before.last is None or after.first is None:
        return None
    at, words, following = after.first
    if before.first is not None and before.first[1].text == words.text:
        return None  # the rest of a heading, on each page
    above = before.last.get(at)
    if above is None:
        bare = not any(not columns[0][other].is_number for other in before.last)
        headed = before.wrapping.headed or before.wrapping.opened or after.wrapping.headed
        return at if bare and before.named and after.named and not headed and is_alike(words, following) else None
    shift = next(two.right - one.right for one, two in zip(*columns, strict=True) if one.is_number)
    return at if is_rest_over_page(above[-1], words, before.wrapping, after.wrapping, shift) else None


def with_rest(rows: Sequence[tuple[RawCell, ...]], rest: RawCell, at: int) -> list[tuple[RawCell, ...]]:
    """The rows, with the rest of a label put to that of the last one."""
    last = rows[-1]
    own = last[at]
    whole = own._replace(text=with_more(own.text, rest.text)) if own.text else rest._replace(line=own.line)
    return [*rows[:-1], (*last[:at], whole, *last[at + 1 :])]
