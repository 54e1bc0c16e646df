"""Which sign makes an amount comparable: positive improves the balance, whatever the convention of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checks.grid import Grid
from checks.saldo import Saldo
from checks.totals import Sum
from schemas.records import AmountKind, ColumnRole, LineType, Measure

Cell = tuple[int, int]
_NAMES = {
    (-1, 1): "saldo = baten - lasten",
    (1, -1): "saldo = lasten - baten",
    (1, 1): "saldo = lasten + baten",
    (-1, -1): "saldo = - lasten - baten",
}
_FLOWS = (AmountKind.EXPLOITATIE, AmountKind.MUTATIE)


def orientation(grid: Grid, across: Saldo, down: Saldo, found: Sequence[Sum]) -> dict[Cell, int]:
    """Per cell what to multiply the amount as printed by; cells whose convention nothing shows are left out."""
    known: dict[Cell, int] = {}
    if across.convention is not None:
        _from_triples(grid, across, known)
    if down.convention is not None:
        _from_triples(grid, down, known)
        _rows_of_measures(grid, down, known)
    for one in found:
        _from_sum(grid, one, known)
    if known:
        _spread(grid, found, known)
    for cell in _marked(grid):
        known[cell] = 1
    return {cell: sign for cell, sign in known.items() if _counts(grid, cell)}


def convention_name(across: Saldo, down: Saldo, found: Sequence[Sum], grid: Grid) -> str:
    """The convention in words, for the table of tables."""
    convention = across.convention or down.convention
    for one in found:
        sides = {grid.rows()[part].measure: sign for part, sign in one.parts}
        if convention is None and Measure.LASTEN in sides and Measure.BATEN in sides:
            convention = sides[Measure.LASTEN], sides[Measure.BATEN]
    if convention is None:
        return "v_n" if any(True for _ in _marked(grid)) else ""
    return _NAMES[convention]


def _counts(grid: Grid, cell: Cell) -> bool:
    """Whether an amount is of a kind that improves or worsens a balance at all."""
    row, column = grid.rows()[cell[0]], grid.table.columns[cell[1]]
    if column.role is not ColumnRole.AMOUNT or row.stand:
        return False
    printed = row.cells[cell[1]]
    if printed is not None and printed.amount.mark:
        return column.kind is not AmountKind.STAND
    return column.kind in _FLOWS


def _from_triples(grid: Grid, saldo: Saldo, known: dict[Cell, int]) -> None:
    turn = _turn(grid, saldo)
    if turn == 0 or saldo.convention is None:
        return
    a, b = saldo.convention
    for lasten, baten, balance in saldo.triples:
        known[lasten], known[baten], known[balance] = a * turn, b * turn, turn


def _from_sum(grid: Grid, one: Sum, known: dict[Cell, int]) -> None:
    """A result of total income less total cost shows the convention too."""
    sides = {grid.rows()[part].measure: (part, sign) for part, sign in one.parts}
    if Measure.LASTEN not in sides or Measure.BATEN not in sides:
        return
    lasten, a = sides[Measure.LASTEN]
    baten, b = sides[Measure.BATEN]
    cost = a * sum(grid.number(lasten, column) for column in grid.columns)
    income = b * sum(grid.number(baten, column) for column in grid.columns)
    if cost * income >= 0:
        return  # cost and income pull the same way: the sum is not their balance
    turn = -1 if cost > 0 else 1
    for column in grid.columns:
        for cell, sign in (((one.row, column), 1), ((lasten, column), a), ((baten, column), b)):
            known.setdefault(cell, sign * turn)


def _turn(grid: Grid, saldo: Saldo) -> int:
    """+1 where a positive balance is an improvement, -1 where it is a cost: by the sign that lasten have as a whole."""
    a, b = saldo.convention or (0, 0)
    lasten = a * sum(grid.number(*triple[0]) for triple in saldo.triples)
    baten = b * sum(grid.number(*triple[1]) for triple in saldo.triples)
    if lasten and abs(lasten) >= abs(baten):
        return -1 if lasten > 0 else 1
    if baten:
        return 1 if baten > 0 else -1
    return 0


def _rows_of_measures(grid: Grid, down: Saldo, known: dict[Cell, int]) -> None:
    """Rows that say lasten, baten or saldo keep the convention of the triples of their table."""
    turn = _turn(grid, down)
    if turn == 0 or down.convention is None:
        return
    a, b = down.convention
    factors = {Measure.LASTEN: a * turn, Measure.BATEN: b * turn, Measure.SALDO: turn}
    for at, row in enumerate(grid.rows()):
        plain = row.line_type in (LineType.LASTEN, LineType.BATEN, LineType.SALDO)
        if plain and row.measure in factors:
            for column in grid.columns:
                known.setdefault((at, column), factors[row.measure])


def _spread(grid: Grid, found: Sequence[Sum], known: dict[Cell, int]) -> None:
    """Parts have the sign of their total, and a total that of its parts, until nothing changes."""
    for _ in range(len(found) + 1):
        before = len(known)
        for one in found:
            for column in grid.columns:
                _spread_one(one, column, known)
        if len(known) == before:
            return


def _spread_one(one: Sum, column: int, known: dict[Cell, int]) -> None:
    target = known.get((one.row, column))
    if target is None:
        votes = {known[part, column] * sign for part, sign in one.parts if (part, column) in known}
        if len(votes) != 1:
            return
        target = votes.pop()
        known[one.row, column] = target
    for part, sign in one.parts:
        known.setdefault((part, column), sign * target)


def _marked(grid: Grid) -> Iterable[Cell]:
    for at, row in enumerate(grid.rows()):
        for column, cell in enumerate(row.cells):
            if cell is not None and cell.amount.mark:
                yield at, column
