"""The rows of headings of a grid: where they end, what they span, and what stands above a column."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.notation import parse_year
from schemas.records import RawCell, RawTable
from transformers.codes import may_head
from transformers.drafts import number_of
from transformers.headings import heading_of
from transformers.labels import one_line
from transformers.stream import is_columnar

Row = tuple[RawCell, ...]


def first_body_row(table: RawTable) -> int:
    """The row that the rows of a table begin with: all above it are headings."""
    for at, row in enumerate(table.rows):
        if at < table.heading_rows:
            continue
        numbers = [number for cell in row if cell.text and (number := number_of(cell))]
        if any(n.amount and n.year is None and not n.may_be_code for n in numbers) or _has_amount_behind_words(row):
            return _heading_rows_end(table.rows, at)
    return table.heading_rows


def _has_amount_behind_words(row: Row) -> bool:
    """Whether a number that is no year stands behind words: one before them may number the row."""
    words = next((at for at, cell in enumerate(row) if cell.text and number_of(cell) is None), len(row))
    behind = (number for cell in row[words + 1 :] if cell.text and (number := number_of(cell)))
    return any(number.amount and number.year is None for number in behind)


def _heading_rows_end(rows: Sequence[Row], body: int) -> int:
    """The first row after the last heading row: rows with one text between them are headings of sections."""
    end = body
    while end and not any(is_columnar(cell.text) or parse_year(cell.text) for cell in _tail(rows[end - 1])):
        end -= 1
    return end or min(body, _last_wide(rows, body))


def _last_wide(rows: Sequence[Row], body: int) -> int:
    return next((at for at in range(body, 0, -1) if len(distinct(rows[at - 1])) > 1), 0)


def _tail(row: Row) -> Row:
    """The cells that may head columns: not a row whose one text spans or begins it."""
    cells = distinct(row)
    return tuple(cells) if len(cells) > 1 or (cells and parse_year(cells[0].text)) else ()


def distinct(row: Row) -> list[RawCell]:
    """The cells of a row, each once, also where it spans columns."""
    out: list[RawCell] = []
    for cell in row:
        if cell.text and not any(cell is other for other in out):
            out.append(cell)
    return out


def row_key(row: Row) -> tuple[str, ...]:
    """The texts of a row, the same for rows that say the same."""
    return tuple(one_line(cell.text).lower() for cell in row)


def known_rows(head: Sequence[Row]) -> set[tuple[str, ...]]:
    """The heading rows that may be repeated; a title over the whole table is none."""
    return {row_key(row) for row in head if _tail(row)}


def repeats_heading(row: Row, columns: set[int]) -> bool:
    """Whether a row inside a table has headings where the amounts stand."""
    cells = distinct(tuple(row[at] for at in sorted(columns) if at < len(row)))
    if len(cells) < 2 or not may_head([year for cell in cells if (year := parse_year(cell.text))]):
        return False
    return all(cell.is_heading or parse_year(cell.text) or is_columnar(cell.text) for cell in cells) and not any(
        (number := number_of(cell)) and number.year is None for cell in cells
    )


def spanning(head: Sequence[Row], columns: set[int]) -> list[Row]:
    """The rows of headings in which one stands over several columns of amounts."""
    return [row for row in head if any(row[at].column_span > 1 for at in columns if at < len(row) and row[at].text)]


def goes_under(above: Sequence[Row], head: Sequence[Row], columns: set[int]) -> bool:
    """Whether headings inside a table stand under those over several columns before them: none names a year."""
    texts = [one_line(row[at].text) for row in head for at in columns if at < len(row)]
    named = [heading_of(text) for text in texts if text]
    plain = not spanning(head, columns) and not any(heading.years or heading.has_stage for heading in named)
    return bool(above) and bool(named) and plain


def has_one_full_row(head: Sequence[Row], columns: set[int]) -> bool:
    """Whether one row of headings has a cell of its own over every column: no span was lost."""
    wide = [row for row in head if len(distinct(row)) > 1]
    return len(wide) == 1 and all(at < len(wide[0]) and wide[0][at].text for at in columns)


def head_cells(head: Sequence[Row]) -> tuple[list[RawCell], frozenset[int]]:
    """The cells of the heading rows in order, each once, and where a new row begins."""
    cells: list[RawCell] = []
    breaks: set[int] = set()
    for row in head:
        fresh = [cell for cell in distinct(row) if not any(cell is other for other in cells)]
        if fresh and cells:
            breaks.add(len(cells))
        cells += fresh
    return cells, frozenset(breaks)


def stack(head: Sequence[Row], column: int) -> tuple[str, ...]:
    """The headings above a column, from top to bottom, each once."""
    texts: list[str] = []
    for row in head:
        if column < len(row):
            cell = row[column]
            text = one_line(cell.text)
            if len(distinct(row)) == 1 and not is_columnar(text) and len(row) > 1:
                continue  # a title over the whole table
            if text and (not texts or texts[-1] != text):
                texts.append(text)
    return tuple(texts)
