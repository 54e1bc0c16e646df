"""Which rows are sums of other lines, so that the lines of one measure add up without them.

A sum that the arithmetic found is one, with an exception: the balance of lasten and baten of which no balance is a part
is what there is of saldo, as where the arithmetic did not look for a sum. And where no sum reached it, a balance below
others without lasten and baten of its own is one: it is made of these (BBV art. 17 c and e), the same money twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.grid import Grid
from checks.totals import Sum
from schemas.records import LineType, Measure, Row

_SIDES = frozenset((Measure.LASTEN, Measure.BATEN))


def total_rows(grid: Grid, sums: Sequence[Sum]) -> frozenset[int]:
    """The rows that are sums of other lines of the table, by arithmetic or as a balance below others."""
    rows = grid.rows()
    parts = {one.row: tuple(part for part, _ in one.parts) for one in sums}
    found = set(parts)
    balance: int | None = None  # the last one above
    for at, row in enumerate(rows):
        if row.measure is not Measure.SALDO or row.stand:
            continue
        if at in parts and _is_first(rows, parts, at, balance):
            found.discard(at)
        elif balance is not None and _is_made_of_balances(rows, found, at, balance):
            found.add(at)
        balance = at
    return frozenset(found)


def _is_first(rows: Sequence[Row], parts: Mapping[int, tuple[int, ...]], at: int, balance: int | None) -> bool:
    """Whether a row is the balance of lasten and baten that no balance above it has taken in."""
    measures = {rows[part].measure for part in parts[at]}
    if not measures >= _SIDES or Measure.SALDO in measures:
        return False
    return balance is None or all(part > balance for part in _whole(rows, parts, at))


def _is_made_of_balances(rows: Sequence[Row], found: set[int], at: int, balance: int) -> bool:
    """Whether a row that no sum reached is made of the balance above it: a result always, a line with a code never."""
    row = rows[at]
    if row.line_type is LineType.RESULTAAT:
        return not row.label[:1].isdigit()
    own = any(rows[n].measure in _SIDES and not rows[n].is_total and n not in found for n in range(balance + 1, at))
    return row.line_type is LineType.SALDO_VAN_BATEN_EN_LASTEN and not own


def _whole(rows: Sequence[Row], parts: Mapping[int, tuple[int, ...]], at: int) -> list[int]:
    """The rows that a sum comes down to; -1 for a total whose parts are not known."""
    if at not in parts:
        return [-1 if rows[at].is_total else at]
    return [row for part in parts[at] for row in _whole(rows, parts, part)]
