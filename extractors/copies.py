"""Tables that a web page holds twice: the same again, or in parts for another size of screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.notation import parse_amount, parse_year
from schemas.records import RawCell, RawTable, RawText

_FEWEST_FIGURES = 2  # different amounts of two digits or more, in a part that can be no other table
Row = tuple[RawCell, ...]


def without_copies(blocks: Iterable[RawTable | RawText], copies: set[int]) -> Iterator[RawTable | RawText]:
    """The blocks, with each table marked that repeats another; a copy for other screens is `hidden_copy`.

    `copies` has the ids of the blocks that only some screens show. Such a table may also be a part of another: each of
    its columns has the labels, figures and headings of one there.
    """
    every = list(blocks)
    tables = [block for block in every if isinstance(block, RawTable)]
    wholes = _wholes(tables, copies)
    first: dict[tuple[tuple[str, ...], ...], tuple[int, bool]] = {}  # by the names around a table and its texts
    number = -1
    for block in every:
        if isinstance(block, RawText):
            yield block
            continue
        number += 1
        key = (block.within, *(tuple(cell.text for cell in row) for row in block.rows))
        earlier, was_copy = first.setdefault(key, (number, id(block) in copies))
        if earlier != number:
            yield replace(block, duplicate_of=earlier, hidden_copy=id(block) in copies or was_copy)
        elif number in wholes:
            yield replace(block, duplicate_of=wholes[number], hidden_copy=True)
        else:
            yield block


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: what stands over or around each, and its label and figure in each row with amounts."""

    heads: tuple[str, ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.cells))


def _wholes(tables: Sequence[RawTable], copies: set[int]) -> dict[int, int]:
    """Of each table for some screens that is a part of another: the number of that one, the largest and first."""
    if not any(id(table) in copies for table in tables):
        return {}
    columns = [_columns(table.rows, table.within) for table in tables]
    order = sorted(range(len(tables)), key=lambda n: (-columns[n].size, n))
    found: dict[int, int] = {}
    for place, number in enumerate(order):
        if id(tables[number]) in copies and _is_telling(columns[number]):
            whole = next((n for n in order[:place] if _is_part(columns[number], columns[n])), None)
            found |= {} if whole is None else {number: whole}
    return found


def _columns(rows: Sequence[Row], within: Sequence[str]) -> _Columns:
    first = next((at for at, row in enumerate(rows) if any(_is_figure(cell.text) for cell in row[1:])), len(rows))
    width = max((len(row) for row in rows), default=0)
    heads = [
        " ".join([*within, *(_one_line(row[at].text) for row in rows[:first] if at < len(row))]) for at in range(width)
    ]
    cells = [
        tuple(
            (_one_line(row[0].text), row[at].text) for row in rows[first:] if at < len(row) and _is_figure(row[at].text)
        )
        for at in range(1, width)
    ]
    return _Columns(tuple(heads[1:]), tuple(cells))


def _is_telling(part: _Columns) -> bool:
    figures = {text for column in part.cells for _, text in column if sum(map(str.isdigit, text)) > 1}
    return len(figures) >= _FEWEST_FIGURES


def _is_part(part: _Columns, whole: _Columns) -> bool:
    """Whether each column of a table with figures stands in another."""
    return all(
        not cells
        or any(
            _in_order(cells, others) and set(head.split()) <= set(other.split())
            for other, others in zip(whole.heads, whole.cells, strict=True)
        )
        for head, cells in zip(part.heads, part.cells, strict=True)
    )


def _in_order(some: Sequence[tuple[str, str]], all_of_them: Sequence[tuple[str, str]]) -> bool:
    left = iter(all_of_them)
    return all(one in left for one in some)


def _is_figure(text: str) -> bool:
    return parse_amount(text) is not None and parse_year(text) is None


def _one_line(text: str) -> str:
    return " ".join(text.split())
