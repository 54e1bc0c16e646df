"""A reading of a table with all that its sums say of it."""

from __future__ import annotations

from dataclasses import dataclass

from checks import balances, differences, saldo, totals
from checks.grid import Grid, grid_of
from checks.proofs import proofs
from schemas.records import BudgetTable, Equation, Proof


@dataclass(frozen=True)
class Weighed:
    """A reading with all that its sums say."""

    table: BudgetTable
    grid: Grid
    equations: tuple[Equation, ...]
    proofs: dict[tuple[int, int], Proof]
    across: saldo.Saldo
    down: saldo.Saldo
    sums: tuple[totals.Sum, ...]

    @property
    def proved(self) -> int:
        """How many cells are proved."""
        return sum(proof is Proof.PROVED for proof in self.proofs.values())

    @property
    def contradicted(self) -> int:
        """How many cells are contradicted."""
        return sum(proof is Proof.CONTRADICTED for proof in self.proofs.values())

    @property
    def triples(self) -> frozenset[frozenset[int]]:
        """The columns that are lasten, baten and saldo of one another."""
        return _triples(self.across)

    @property
    def support(self) -> float:
        """The share of the table's cells that are proved, less the share contradicted."""
        cells = sum(cell is not None for row in self.table.rows for cell in row.cells)
        return (self.proved - self.contradicted) / cells if cells else 0.0


def weigh(table: BudgetTable) -> Weighed:
    """All equations of a reading and what they prove."""
    grid = grid_of(table)
    across, down = saldo.across(grid), saldo.down(grid)
    found = tuple(totals.sums(grid))
    used = _triples(across)
    equations = (
        *across.equations,
        *down.equations,
        *totals.equations(grid, found),
        *balances.across(grid),
        *balances.down(grid),
        *differences.find(grid, used),
    )
    return Weighed(table, grid, equations, proofs(grid, equations), across, down, found)


def _triples(across: saldo.Saldo) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(c for _, c, _ in e.terms) for e in across.equations)
