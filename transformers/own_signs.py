"""Columns with signs of their own, on which V and N only comment, and columns of V or of N alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.notation import Token
from schemas.records import AmountCell, Cells, Column, Row
from transformers.drafts import Draft, Group

_MINUS = re.compile(r"[-−–(]")


def signed(rows: list[Row], columns: Sequence[Column], *, marks: bool) -> list[Row]:
    """The rows with the signs that V and N give their amounts, where these `marks` say voordeel and nadeel."""
    return with_sides(with_own_signs(rows if marks else without_marks(rows)), columns)


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


def without_marks(rows: list[Row]) -> list[Row]:
    """The rows without V and N, which say something else than the sign."""
    return [replace(row, cells=_unmarked(row.cells), options=tuple(map(_unmarked, row.options))) for row in rows]


def _unmarked(cells: Cells) -> Cells:
    printed = map(_as_printed, cells)
    return tuple(cell and replace(cell, amount=replace(cell.amount, mark="")) for cell in printed)


def _as_printed(cell: AmountCell | None) -> AmountCell | None:
    """The cell without the sign that its N gave it, where it prints none itself."""
    if cell is None or cell.amount.mark != "N" or cell.amount.value is None or _MINUS.search(cell.amount.printed):
        return cell
    return replace(cell, amount=replace(cell.amount, value=abs(cell.amount.value)))


_SIDES = {"voordeel": "V", "nadeel": "N"}


def with_sides(rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows, with V and N for amounts that have a column for each: under Nadeel they are negative."""
    sides = {n: side for n, column in enumerate(columns) if (side := _side_of(column.label))}
    sides = {n: side for n, side in sides.items() if not any(_is_signed(row.cells[n]) for row in rows)}
    if "N" not in sides.values():
        return rows
    return [
        replace(row, cells=tuple(_on_side(cell, sides[n]) if n in sides else cell for n, cell in enumerate(row.cells)))
        for row in rows
    ]


def _side_of(label: str) -> str:
    """V or N, where a heading ends in the one word and does not name the other too."""
    words = re.findall(r"\w+", label.lower())
    named = [side for word, side in _SIDES.items() if word in words]
    return named[0] if len(named) == 1 and words[-1] in _SIDES else ""


def _is_signed(cell: AmountCell | None) -> bool:
    return cell is not None and (bool(cell.amount.mark) or bool(cell.amount.value and cell.amount.value < 0))


def _on_side(cell: AmountCell | None, side: str) -> AmountCell | None:
    if cell is None or not cell.amount.value:
        return cell
    value = -cell.amount.value if side == "N" else cell.amount.value
    return replace(cell, amount=replace(cell.amount, value=value, mark=side))


def has_loose_signs(draft: Draft) -> bool:
    """Whether a plus or a minus stands in a cell behind each amount, the only one of its row."""
    rows = [group for group in draft.groups if group.numbers]
    plus = [len(group.numbers) == 1 and any(cell.text == "+" for cell in group.attributes) for group in rows]
    return (
        any(plus) and not all(plus) and all(one or _ends_in_dash(group) for one, group in zip(plus, rows, strict=True))
    )


def _ends_in_dash(group: Group) -> bool:
    amounts = [number.amount for number in group.numbers if number.amount]
    return len(amounts) == 2 and amounts[0].token is Token.NUMBER and amounts[1].token is Token.DASH
