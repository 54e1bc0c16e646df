"""Sums that hold in some places and fail in others: too few hold to believe them, too many to say nothing.

They prove and contradict nothing, and their amounts are `not_covered` as if the table had no sums. Looked for are
saldo of lasten and baten, and the total of the rows above a row that calls itself one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

from checks.grid import Grid, equation
from checks.saldo import Saldo
from checks.totals import MOST_PARTS, RULE_TOTAL, Sum
from schemas.records import Equation

_BEYOND_ACCIDENT = 3.0  # how little an accident explains the equations that hold, in powers of ten


def doubted(grid: Grid, across: Saldo, down: Saldo, sums: Sequence[Sum]) -> Iterator[tuple[Equation, ...]]:
    """For each shape of sum that is not believed and yet no accident, its equations in all places that can tell."""
    yield from (one.doubted for one in (across, down) if _holds_in_part(grid, one.doubted))
    explained = {one.row for one in sums} | {one.terms[0][0] for one in down.equations}
    for at, row in enumerate(grid.rows()):
        if row.is_total and at not in explained:
            tried = [(sum(e.holds for e in one), one) for one in _totals(grid, at) if _holds_in_part(grid, one)]
            held, best = max(tried, key=lambda each: each[0], default=(0, ()))
            if 3 * held > len(best):
                yield best


def _holds_in_part(grid: Grid, equations: Sequence[Equation]) -> bool:
    """Whether several of the equations hold, by no accident, while others fail."""
    held = [e for e in equations if e.holds]
    if len(held) < 2 or len(held) == len(equations):
        return False
    numbers = {tuple(abs(grid.number(row, column)) for row, column, _ in e.terms) for e in held}
    allowed = 2 * held[0].tolerance + 1
    return sum(log10(max(1.0, max(each) / allowed)) for each in numbers) >= _BEYOND_ACCIDENT


def _totals(grid: Grid, at: int) -> Iterator[tuple[Equation, ...]]:
    """A row as the sum of the two rows above it, of the three, and so on, in every column that can tell."""
    for first in range(at - 2, max(-1, at - 1 - MOST_PARTS), -1):
        parts = range(first, at)
        telling = [c for c in grid.columns if grid.values[at][c] and sum(1 for p in parts if grid.values[p][c]) >= 2]
        yield tuple(
            equation(RULE_TOTAL, grid, ((at, c, 1), *((p, c, -1) for p in parts if grid.values[p][c] is not None)))
            for c in telling
        )
