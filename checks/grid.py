"""A table's amounts as whole numbers of its smallest printed step, so that sums are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import log10, sqrt

from schemas.records import BudgetTable, ColumnRole, Equation, Row

Term = tuple[int, int, int]


@dataclass(frozen=True)
class Grid:
    """`values[row][column]` in steps of the last printed decimal; None where no number stands."""

    table: BudgetTable
    values: tuple[tuple[int | None, ...], ...]
    columns: tuple[int, ...]  # the columns of amounts

    def number(self, row: int, column: int) -> int:
        """The amount, an empty cell as zero."""
        return self.values[row][column] or 0

    def rows(self) -> Sequence[Row]:
        """The rows of the table."""
        return self.table.rows


def grid_of(table: BudgetTable) -> Grid:
    """The grid of a reading."""
    decimals = 0
    for row in table.rows:
        for cell in row.cells:
            if cell is not None and cell.amount.value is not None:
                exponent = cell.amount.value.as_tuple().exponent
                if isinstance(exponent, int) and -exponent > decimals:
                    decimals = -exponent
    scale = Decimal(10) ** decimals
    values = tuple(
        tuple(
            None if cell is None or cell.amount.value is None else int(cell.amount.value * scale) for cell in row.cells
        )
        for row in table.rows
    )
    columns = tuple(n for n, column in enumerate(table.columns) if column.role is ColumnRole.AMOUNT)
    return Grid(table, values, columns)


@cache
def tolerance(terms: int) -> int:
    """How far a sum of so many rounded numbers may be off: three standard deviations of what rounding each to the
    printed step does, sqrt(terms / 12), and at least one step."""
    return max(1, int(3 * sqrt(terms / 12) + 0.3))


def evidence(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> float:
    """How little an accident explains that rows add up in all these columns, in powers of ten.

    A column whose largest number is m steps holds by accident once in m / (2 tolerance + 1) times; columns with the
    same numbers count once.
    """
    allowed = 2 * tolerance(len(rows)) + 1
    seen = {tuple(grid.number(row, column) for row in rows) for column in columns}
    return sum(log10(max(1.0, max(map(abs, numbers)) / allowed)) for numbers in seen)


def equation(rule: str, grid: Grid, terms: Iterable[Term]) -> Equation:
    """The equation that the signed terms add up to zero."""
    kept = tuple(terms)
    total = sum(sign * grid.number(row, column) for row, column, sign in kept)
    return Equation(rule, kept, total, tolerance(len(kept)))


def non_zero(grid: Grid, terms: Iterable[Term]) -> int:
    """How many terms are not zero."""
    return sum(1 for row, column, _ in terms if grid.values[row][column])
