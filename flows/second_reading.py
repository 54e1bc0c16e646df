"""Reads the tables of a PDF again that arithmetic did not prove."""

from __future__ import annotations

from collections.abc import Sequence

from checks.second_reading import is_proved, regions_of, with_second_reading
from schemas.records import Judgement, RawCell, RawDocument, RawTable, Region, Snapshot


def with_second_readings(judgements: Sequence[Judgement], raw: RawDocument, snapshot: Snapshot) -> list[Judgement]:
    """The judgements, with the word of a second reader on those tables that it can look at and that need it."""
    again = [at for at, judgement in enumerate(judgements) if not is_proved(judgement)]
    if not again or b"%PDF" not in snapshot.content[:1024]:
        return list(judgements)
    cells = _cells(raw)
    regions = {at: _regions(judgements[at], cells) for at in again}
    again = [at for at in again if regions[at]]
    if not again:
        return list(judgements)
    from extractors.pdf.second import read_again  # pdfplumber is loaded only where a table needs it

    out = list(judgements)
    readings = read_again(snapshot.content, [regions[at] for at in again])
    for at, reading in zip(again, readings, strict=True):
        pages = {region.page for region in regions[at]}
        out[at] = with_second_reading(out[at], reading, [cell for page in pages for cell in cells.get(page, ())])
    return out


def _cells(raw: RawDocument) -> dict[int, list[RawCell]]:
    """The cells of all tables by their page, each once."""
    cells: dict[int, dict[int, RawCell]] = {}
    for block in raw.blocks:
        if isinstance(block, RawTable):
            for row in block.rows:
                for cell in row:
                    if cell.page is not None and cell.text:
                        cells.setdefault(cell.page, {})[id(cell)] = cell
    return {page: list(found.values()) for page, found in cells.items()}


def _regions(judgement: Judgement, cells: dict[int, list[RawCell]]) -> tuple[Region, ...]:
    table = judgement.table
    if table is None:
        return ()
    pages = {cell.page for row in table.rows for cell in row.cells if cell is not None and cell.page is not None}
    return regions_of(table, (cell for page in pages for cell in cells.get(page, ())))
