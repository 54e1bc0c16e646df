"""A column that is the difference of two others, or the sum of others, in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from checks.grid import Grid, equation, non_zero, tolerance
from schemas.records import AmountKind, Column, Equation, Measure

RULE_DIFFERENCE = "difference"
RULE_SUM = "sum_across"
_ENOUGH = 0.9
MOST_COLUMNS = 30


def find(grid: Grid, used: frozenset[frozenset[int]]) -> list[Equation]:
    """The equations across columns; `used` are sets of columns that other rules have settled."""
    found: list[Equation] = []
    columns = grid.columns[:MOST_COLUMNS]
    settled: set[int] = set()
    for target in reversed(columns):
        if not _may_be_made(grid.table.columns[target], grid.table.columns, columns):
            continue
        terms = _difference(grid, target, columns, used)
        if terms is None or not all(one.holds for one in _each_row(grid, RULE_DIFFERENCE, terms)):
            effects = _effects(grid, target, columns, used)
            if effects:
                settled.add(target)
                found += effects
                continue
        terms = terms or _sum(grid, target, columns, settled)
        if terms is None:
            continue
        settled.add(target)
        rule = RULE_DIFFERENCE if len(terms) == 3 and terms[1][1] != terms[2][1] else RULE_SUM
        found += list(_each_row(grid, rule, terms))
    return found


def _may_be_made(column: Column, all_columns: Sequence[Column], amounts: Sequence[int]) -> bool:
    """Whether a column may be made of others: it says so, or others split it."""
    if column.kind in (AmountKind.VERSCHIL, AmountKind.KREDIET, AmountKind.OVERIG, AmountKind.MUTATIE):
        return True
    lower = column.label.lower()
    if any(word in lower for word in ("totaal", "saldo", "resultaat", "restant")):
        return True
    split = any(all_columns[at].duration is not None for at in amounts)
    return split and column.duration is None


def _difference(
    grid: Grid, target: int, columns: Sequence[int], used: frozenset[frozenset[int]]
) -> list[tuple[int, int]] | None:
    """(column, sign) of an equation that says target = a - b."""
    others = [c for c in columns if c != target]
    for a, b in combinations(others, 2):
        if frozenset((target, a, b)) in used or not _comparable(grid, target, a, b):
            continue
        for sign in (1, -1):
            terms = [(target, 1), (a, -sign), (b, sign)]
            if _holds(grid, terms):
                return terms
    return None


_EFFECT = {Measure.LASTEN: -1, Measure.BATEN: 1}


def _effects(grid: Grid, target: int, columns: Sequence[int], used: frozenset[frozenset[int]]) -> list[Equation] | None:
    """The equations of a difference printed as its effect on the result: more baten are good, and more lasten bad.

    The balance is printed either way. They must hold in every row of lasten, baten and saldo, of which there are
    several; nothing is said of other rows.
    """
    if grid.table.columns[target].kind is not AmountKind.VERSCHIL:
        return None
    for a, b in combinations([c for c in columns if c != target], 2):
        if frozenset((target, a, b)) in used or not _comparable(grid, target, a, b):
            continue
        for sign, saldo in product((1, -1), (1, -1)):
            factors = _EFFECT | {Measure.SALDO: saldo}
            found = [
                equation(RULE_DIFFERENCE, grid, ((at, target, 1), (at, a, -sign * factor), (at, b, sign * factor)))
                for at, row in enumerate(grid.rows())
                if grid.values[at][target] is not None and row.measure and (factor := factors[row.measure])
            ]
            told = [one for one in found if non_zero(grid, one.terms) == len(one.terms)]
            telling = {grid.rows()[one.terms[0][0]].measure for one in told}
            if all(one.holds for one in found) and {Measure.LASTEN, Measure.BATEN} <= telling:
                return found
    return None


def is_made(grid: Grid, target: int, used: frozenset[frozenset[int]]) -> bool:
    """Whether a column is the difference of two others in every row that can tell, of at least three.

    `used` are sets of columns that other rules have settled.
    """
    for a, b in combinations([c for c in grid.columns[:MOST_COLUMNS] if c != target], 2):
        if frozenset((target, a, b)) in used:
            continue
        terms = [(target, 1), (a, -1), (b, 1)]
        if any(
            _telling(grid, signed) >= 3 and _holds(grid, signed) for signed in (terms, [(target, 1), (a, 1), (b, -1)])
        ):
            return True
    return False


def _telling(grid: Grid, terms: Sequence[tuple[int, int]]) -> int:
    return sum(1 for row in grid.values if all(row[c] for c, _ in terms))


def _comparable(grid: Grid, target: int, a: int, b: int) -> bool:
    """Whether two columns show the same thing at two stages, or the target says it is their difference.

    Of a krediet there is a rest, whatever is spent on it is called: Krediet | Uitgaven | Restant.
    """
    first, second, made = (grid.table.columns[c] for c in (a, b, target))
    of_credit = AmountKind.KREDIET in (first.kind, second.kind)
    if made.kind is AmountKind.KREDIET or (made.kind is AmountKind.VERSCHIL and of_credit):
        return True
    return first.measure == second.measure and (
        made.kind is AmountKind.VERSCHIL or made.measure in (None, first.measure) or first.measure is None
    )


def _sum(grid: Grid, target: int, columns: Sequence[int], settled: set[int]) -> list[tuple[int, int]] | None:
    """(column, sign) of an equation that says target = the sum of neighbouring columns."""
    at = columns.index(target)
    runs = [columns[start:at] for start in range(at - 2, -1, -1)]
    runs += [columns[at + 1 : end] for end in range(at + 3, len(columns) + 1)]
    runs += [columns[start : at - 1] for start in range(at - 3, -1, -1)]
    for run in runs:
        if len(run) < 2 or any(c in settled for c in run):
            continue
        terms = [(target, 1), *((c, -1) for c in run)]
        if _holds(grid, terms):
            return terms
    return None


def _holds(grid: Grid, terms: Sequence[tuple[int, int]]) -> bool:
    """Whether an equation holds in nearly all rows that can tell, at least two of them."""
    telling = good = 0
    allowed = tolerance(len(terms))
    for row in grid.values:
        if row[terms[0][0]] is None:
            continue
        total = sum(sign * (row[c] or 0) for c, sign in terms)
        if sum(1 for c, _ in terms if row[c]) >= 3:
            telling += 1
            good += abs(total) <= allowed
            if telling - good > 1 + len(grid.values) * (1 - _ENOUGH):
                return False
        elif abs(total) > allowed:
            return False
    return good >= 2 and good >= telling * _ENOUGH - 1 and good * 2 > telling


def _each_row(grid: Grid, rule: str, terms: Sequence[tuple[int, int]]) -> Iterator[Equation]:
    for at, row in enumerate(grid.values):
        if row[terms[0][0]] is None:
            continue
        present = [(at, c, sign) for c, sign in terms if row[c] is not None]
        if len(present) >= 2:
            yield equation(rule, grid, present)
