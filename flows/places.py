"""Where the tables of a document stand on its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.document import TableResult
from schemas.places import box_in
from schemas.records import Box, RawTable


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell and its column of amounts; without a proof where its table was set aside."""

    box: Box
    column: int | None
    proof: str | None


def is_on(one: TableResult, raw_tables: Sequence[RawTable], page: int) -> bool:
    """Whether a table, or a part of it, stands on a page."""
    return one.readings.page == page or any(True for _ in cells_on(one, raw_tables, page))


def cells_on(one: TableResult, raw_tables: Sequence[RawTable], page: int) -> Iterator[DrawnCell]:
    """The amounts of a table on a page; of one that was set aside, all that stands in its region."""
    for line in one.lines:
        box = box_in(line.locator)
        if box is not None and line.page == page:
            yield DrawnCell(box, line.column_number, line.proof)
    if one.judgement.table is not None:
        return
    for cell in {id(cell): cell for row in raw_tables[one.readings.raw_index].rows for cell in row}.values():
        box = box_in(cell.locator)
        if box is not None and cell.page == page:
            yield DrawnCell(box, None, None)
