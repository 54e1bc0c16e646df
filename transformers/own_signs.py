"""Columns with signs of their own, on which V and N only comment."""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.records import AmountCell, Row

_MINUS = re.compile(r"[-−–(]")


def with_own_signs(rows: list[Row]) -> list[Row]:
    """The rows, where V and N only comment on a column with signs of its own: a printed minus is a voordeel there."""
    width = max((len(row.cells) for row in rows), default=0)
    own = set()
    for column in range(width):
        marked = [cell.amount for row in rows if (cell := row.cells[column]) is not None and cell.amount.mark]
        own |= {column} if any(amount.mark == "V" and amount.value and amount.value < 0 for amount in marked) else set()
    if not own:
        return rows
    return [
        replace(row, cells=tuple(_as_printed(c) if n in own else c for n, c in enumerate(row.cells))) for row in rows
    ]


def _as_printed(cell: AmountCell | None) -> AmountCell | None:
    """The cell without the sign that its N gave it, where it prints none itself."""
    if cell is None or cell.amount.mark != "N" or cell.amount.value is None or _MINUS.search(cell.amount.printed):
        return cell
    return replace(cell, amount=replace(cell.amount, value=abs(cell.amount.value)))
