"""Rows that lost empty cells: the places of their amounts that make the sums of the table hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checks.grid import Grid
from checks.weighing import weigh
from schemas.records import AmountCell, BudgetTable, Cells, ColumnRole, Equation, Finding, Row, Severity

MOST_OPTIONS = 60
MOST_SHORT_ROWS = 12


def with_short_rows(table: BudgetTable) -> tuple[BudgetTable, tuple[Finding, ...], tuple[Row, ...]]:
    """The reading with each short row where exactly one place makes the sums hold.

    The others are left out, with a finding for each; they are the third part of the answer.
    """
    short = [at for at, row in enumerate(table.rows) if row.options]
    if not short:
        return table, (), ()
    findings: list[Finding] = []
    rows: list[Row | None] = list(table.rows)
    for at in short:
        rows[at] = None
    for at in short:
        row = table.rows[at]
        cells = _placed(table, rows, at, row) if len(short) <= MOST_SHORT_ROWS else None
        if cells is None:
            findings.append(_not_placed(row, table))
        else:
            rows[at] = replace(row, cells=cells, options=())
    if len(short) <= MOST_SHORT_ROWS:
        open_rows = [at for at in short if rows[at] is None]
        for at, cells in _placed_alike(table, rows, open_rows).items():
            rows[at] = replace(table.rows[at], cells=cells, options=())
            findings = [one for one in findings if one.locator != _first(table.rows[at]).locator]
    kept = tuple(row for row in rows if row is not None)
    left = tuple(row for row, now in zip(table.rows, rows, strict=True) if now is None)
    return replace(table, rows=kept), tuple(findings), left


def _placed(table: BudgetTable, rows: Sequence[Row | None], at: int, row: Row) -> Cells | None:
    """The one option under which the table's sums hold and reach this row."""
    if len(row.options) > MOST_OPTIONS:
        return None
    if len(row.options) == 1:
        return row.options[0]
    scores = [_score(table, rows, {at: option}) for option in row.options]
    best = max(scores)
    if best[0] <= 0 or scores.count(best) > 1:
        return None
    return row.options[scores.index(best)]


def _placed_alike(table: BudgetTable, rows: Sequence[Row | None], short: Sequence[int]) -> dict[int, Cells]:
    """The places of short rows of the same size, where one pattern for all of them makes the table's sums hold.

    Rows that lost the same empty cells, such as the lasten of every tax, show it together and not one by one.
    """
    out: dict[int, Cells] = {}
    for size in {_size(table.rows[at]) for at in short}:
        alike = [at for at in short if _size(table.rows[at]) == size]
        options = table.rows[alike[0]].options
        if len(alike) < 2 or len(options) > MOST_OPTIONS * 2:
            continue
        scores = [_score(table, rows, {at: table.rows[at].options[n] for at in alike}) for n in range(len(options))]
        best = max(scores)
        if best[0] > 0 and scores.count(best) == 1:
            chosen = scores.index(best)
            out |= {at: table.rows[at].options[chosen] for at in alike}
    return out


def _size(row: Row) -> int:
    return sum(cell is not None for cell in row.cells)


def _first(row: Row) -> AmountCell:
    return next(cell for cell in row.cells if cell is not None)


def _score(table: BudgetTable, rows: Sequence[Row | None], places: dict[int, Cells]) -> tuple[int, int]:
    """How well the sums that reach the rows hold with their amounts in these places."""
    tried: list[Row] = []
    own: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        if at in places:
            own |= {(len(tried), n) for n, cell in enumerate(places[at]) if cell is not None}
            tried.append(replace(table.rows[at], cells=places[at], options=()))
        elif row is not None:
            tried.append(row)
    weighed = weigh(replace(table, rows=tuple(tried)))
    touching = [e for e in weighed.equations if any((r, c) in own for r, c, _ in e.terms) and _tells(weighed.grid, e)]
    held = sum(e.holds for e in touching)
    return held - 3 * (len(touching) - held), weighed.proved - 2 * weighed.contradicted


def _tells(grid: Grid, one: Equation) -> bool:
    """Whether an equation has at least two terms that are not zero."""
    return sum(1 for row, column, _ in one.terms if grid.values[row][column]) >= 2


def _not_placed(row: Row, table: BudgetTable) -> Finding:
    printed = [cell.amount.printed for cell in row.cells if cell is not None]
    return Finding(
        "short_row",
        Severity.WARNING,
        f"the row {row.label!r} has {len(printed)} amounts for {_amount_columns(table)} columns and no sum places them",
        _first(row).locator,
        values=f"{' | '.join(printed)}: {len(row.options)} places stay possible",
    )


def _amount_columns(table: BudgetTable) -> int:
    return sum(column.role is ColumnRole.AMOUNT for column in table.columns)
