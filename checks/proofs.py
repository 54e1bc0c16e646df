"""From the equations of a table to what each amount may call itself.

An equation speaks for a cell when it has at least two other terms that are not zero, when a turned sign would break
it, and when exchanging the cell with a neighbour in its row would. A sum across a row does not notice that two of
its parts changed places; then another equation, down the column, has to speak too, or the signs of the columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from checks.grid import Grid, Term
from schemas.records import Equation, Proof

Cell = tuple[int, int]


def proofs(grid: Grid, equations: Sequence[Equation]) -> dict[Cell, Proof]:
    """The proof of every cell with a number that an equation reaches."""
    signs = _column_signs(grid)
    spoken: dict[Cell, bool] = defaultdict(bool)
    failed: set[Cell] = set()
    for one in equations:
        cells = [(r, c) for r, c, _ in one.terms if grid.values[r][c] is not None]
        telling = [cell for cell in cells if grid.values[cell[0]][cell[1]]]
        if not one.holds:
            failed.update(cells)
            continue
        for term in one.terms:
            cell = term[:2]
            if cell in cells and len(telling) - (cell in telling) >= 2:
                spoken[cell] |= _notices(grid, one, term, signs)
    out: dict[Cell, Proof] = {}
    for cell in {*spoken, *failed}:
        if cell in failed:
            out[cell] = Proof.CONTRADICTED
        elif spoken[cell]:
            out[cell] = Proof.PROVED
    return out


def _column_signs(grid: Grid) -> dict[int, tuple[int, int]]:
    """Per column how many amounts are positive and how many negative."""
    counts: dict[int, tuple[int, int]] = {}
    for column in grid.columns:
        numbers = [row[column] for row in grid.values if row[column]]
        counts[column] = (sum(1 for n in numbers if n and n > 0), sum(1 for n in numbers if n and n < 0))
    return counts


def _notices(grid: Grid, one: Equation, term: Term, signs: dict[int, tuple[int, int]]) -> bool:
    """Whether the equation would break if the cell's sign were turned or it changed places in its row."""
    row, column, sign = term
    value = grid.number(row, column)
    if value and 2 * abs(value) <= one.tolerance:
        return False
    for other_row, other_column, other_sign in one.terms:
        if other_row != row or other_column == column or other_sign != sign:
            continue
        other = grid.number(other_row, other_column)
        if other != value and not _signs_tell(signs, column, other_column, value, other):
            return False
    return True


def _signs_tell(signs: dict[int, tuple[int, int]], column: int, other_column: int, value: int, other: int) -> bool:
    """Whether all amounts of the one column are positive and all of the other negative, so that a swap would show."""
    if value * other >= 0:
        return False
    up, down = (column, other_column) if value > 0 else (other_column, column)
    return signs[up][1] == 0 and signs[down][0] == 0 and min(signs[up][0], signs[down][1]) >= 2
