"""The statement of a unit that is broken over two lines, put together: `(x €` above `1.000)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.records import RawCell, RawTable, RawText
from transformers.units import UNIT_ENDS, UNIT_REST, is_unfinished, unit_in

_CLOSED_REST = re.compile(rf"{UNIT_REST}[^()]{{0,40}}\)", re.I)
_LONE_REST = re.compile(rf"{UNIT_REST}\W*", re.I)
_FIGURE = re.compile(r"[\d.,\s€-]*\d[\d.,\s€-]*")
_REACH = 2  # the rows below in which the rest may stand: headings beside it may have more lines

Row = tuple[RawCell, ...]


def whole_statements(blocks: Sequence[RawTable | RawText]) -> list[RawTable | RawText]:
    """The blocks, with the rest of each unfinished statement put behind it, where it stands directly below."""
    out: list[RawTable | RawText] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(block, RawTable):
            out.append(_whole_table(block))
        elif isinstance(before, RawText) and before.page == block.page and _is_whole(before.text, block.text):
            out[-1] = _joined(before, block)
        else:
            out.append(block)
    return out


def _joined(before: RawText, rest: RawText) -> RawText:
    return RawText(
        f"{before.text} {rest.text}", before.line, before.locator, before.is_heading, before.page, before.is_apart
    )


def _is_whole(text: str, rest: str, *, closed: bool = False) -> bool:
    """Whether a text goes on with the unit that it begins; `closed` asks for the bracket at its end."""
    opened = text.count("(") > text.count(")")
    begins = _CLOSED_REST.match(rest) if opened or closed else _LONE_REST.fullmatch(rest)
    return bool(begins) and opened >= closed and is_unfinished(text) and unit_in(f"{text} {rest}") is not None


def _whole_table(table: RawTable) -> RawTable:
    changed: dict[int, RawCell] = {}
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            text = cell.text
            if text[-1:] not in UNIT_ENDS or text[0].isdigit() or id(cell) in changed or not is_unfinished(text):
                continue
            rest = _rest_of(table.rows, at, column)
            if rest is not None:
                changed[id(cell)] = cell._replace(text=f"{cell.text} {rest.text}")
                changed[id(rest)] = rest._replace(text="")
    if not changed:
        return table
    rows = tuple(tuple(changed.get(id(cell), cell) for cell in row) for row in table.rows)
    return RawTable(
        table.form,
        rows,
        table.page,
        table.heading_rows,
        table.duplicate_of,
        table.exact,
        table.hidden_copy,
        table.within,
    )


def _rest_of(rows: Sequence[Row], at: int, column: int) -> RawCell | None:
    """The cell below one that begins a unit, where it holds the rest: never an amount under a heading in euros."""
    cell = rows[at][column]
    below = (row[column] for row in rows[at + 1 :] if column < len(row) and row[column] is not cell)
    near = [next(below, None) for _ in range(_REACH + 1)]
    place = next((n for n, one in enumerate(near[:_REACH]) if one is not None and one.text), None)
    rest = near[place] if place is not None else None
    if place is None or rest is None:
        return None
    after = near[place + 1]
    stands_alone = not column and not (after is not None and _FIGURE.fullmatch(after.text))
    return rest if _is_whole(cell.text, rest.text, closed=not stands_alone) else None
