"""A balance at the end is the one at the begin with what was added and less what was taken (BBV art. 20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.grid import Grid, Term, equation
from schemas.records import Equation

RULE_ACROSS = "balance_across"
RULE_DOWN = "balance_down"
_BEGIN, _END = -2, 2


def across(grid: Grid) -> list[Equation]:
    """Columns from a first balance to a last one with movements between them."""
    parts = [(at, grid.table.columns[at].movement) for at in grid.columns]
    found: list[Equation] = []
    for run in _runs(parts):
        each = [equation(RULE_ACROSS, grid, _terms(run, row=row)) for row in range(len(grid.values))]
        found += _kept(grid, each)
    return found


def down(grid: Grid) -> list[Equation]:
    """Rows from a first balance to a last one with movements between them."""
    parts = [(at, row.movement) for at, row in enumerate(grid.rows())]
    found: list[Equation] = []
    for run in _runs(parts):
        each = [equation(RULE_DOWN, grid, _terms(run, column=column)) for column in grid.columns]
        found += _kept(grid, each)
    return found


def _runs(parts: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """From a begin to the next end, with at least one movement between."""
    run: list[tuple[int, int]] = []
    for at, part in parts:
        if part == _BEGIN:
            run = [(at, part)]
        elif run and part in (1, -1):
            run.append((at, part))
        elif run and part == _END:
            if len(run) > 1:
                yield [*run, (at, part)]
            run = []
        elif run:
            run = []


def _terms(run: Sequence[tuple[int, int]], *, row: int | None = None, column: int | None = None) -> Iterator[Term]:
    for at, part in run:
        sign = {_BEGIN: 1, _END: -1}.get(part, part)
        yield (row, at, sign) if row is not None else (at, column or 0, sign)


def _kept(grid: Grid, each: Sequence[Equation]) -> list[Equation]:
    """The equations, where most of those that can tell hold; movements may be printed with their own signs."""
    best: list[Equation] = []
    for turned in (False, True):
        tried = [equation(e.rule, grid, _turned(e.terms)) if turned else e for e in each]
        telling = [e for e in tried if sum(1 for r, c, _ in e.terms if grid.values[r][c]) >= 3]
        good = sum(e.holds for e in telling)
        if telling and good * 10 >= len(telling) * 6 and good > sum(e.holds for e in best):
            best = [e for e in tried if any(grid.values[r][c] for r, c, _ in e.terms)]
    return best


def _turned(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms with what is taken added: it is printed negative."""
    for at, (row, column, sign) in enumerate(terms):
        yield row, column, 1 if sign == -1 and at < len(terms) - 1 else sign
