"""Which section a row belongs to that only says Totaal: the one whose rows add up to it, or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from schemas.notation import plain
from schemas.records import Row

_BARE_TOTAL = re.compile(r"totaal|totalen|totaal[ -]generaal|generaal totaal|algemeen totaal|totaal alles", re.I)
_PART = re.compile(r"waarvan|w\.v\.", re.I)
_DEVIATIONS = Decimal("0.87")  # three standard deviations of a rounding to whole steps


def with_totals_of_all(rows: list[Row]) -> list[Row]:
    """The rows; a lone Totaal below the last of several sections stands outside those that its amounts exceed.

    A total that adds up in its own section stays there, and so does one that adds up in none.
    """
    out = list(rows)
    for at, row in enumerate(rows):
        if not row.path or not _BARE_TOTAL.fullmatch(plain(row.label).rstrip(":")):
            continue
        parts = [part for part in rows[:at] if not part.is_total and not _PART.match(part.label)]
        if any(len(part.options) > 1 for part in (row, *parts)):
            continue
        inside = next((path for path in _outwards(row.path) if _adds_up(row, _within(parts, path))), row.path)
        out[at] = replace(row, path=inside)
    return out


def _outwards(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[:depth] for depth in range(len(path), -1, -1)]


def _within(parts: Sequence[Row], path: tuple[str, ...]) -> list[Row]:
    return [part for part in parts if part.path[: len(path)] == path]


def _adds_up(total: Row, parts: Sequence[Row]) -> bool:
    """Whether each amount of a total is the sum of those above it."""
    for column, cell in enumerate(total.cells):
        if cell is None or cell.amount.value is None:
            continue
        terms = [part.cells[column] for part in parts]
        values = [term.amount.value for term in terms if term is not None and term.amount.value is not None]
        if abs(cell.amount.value - sum(values)) > _tolerance([cell.amount.value, *values]):
            return False
    return True


def _tolerance(values: Sequence[Decimal]) -> Decimal:
    """How far a sum of rounded amounts may be off, in printed units."""
    places = [exponent for value in values if isinstance(exponent := value.as_tuple().exponent, int)]
    step = Decimal(1).scaleb(min([0, *places]))
    return step * _DEVIATIONS * Decimal(len(values)).sqrt()
