"""The judge: which reading of a table its own sums speak for, and what they prove of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checks import balances, differences, saldo, totals
from checks.grid import Grid, grid_of
from checks.proofs import proofs
from checks.signs import convention_name, orientation
from schemas.records import (
    AmountCell,
    AmountKind,
    BudgetTable,
    Cells,
    ColumnRole,
    Equation,
    Finding,
    Judgement,
    Proof,
    Row,
    Severity,
    TableReadings,
)

MOST_OPTIONS = 60
MOST_SHORT_ROWS = 12
NEAR = 0.1  # readings whose costs differ less are equally likely before the sums speak
CLEAR = 0.05  # how much more of a table's cells a reading must prove to be taken instead of a likelier one


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


def judge(readings: TableReadings) -> Judgement:
    """The reading of a table that its sums leave standing, or the reason why it is set aside with all of them."""
    if not readings.readings:
        return Judgement(None, readings.reason, readings.message)
    settled = [_with_short_rows(table) for table in readings.readings]
    weighed = [weigh(table) for table, _, _ in settled]
    best = _best(weighed)
    if best is None:
        return Judgement(
            None,
            "ambiguous_headings",
            f"{len(weighed)} readings of its headings stay possible, and no sum speaks for one of them",
            alternatives=tuple(w.table for w in weighed),
        )
    if _is_misnamed(weighed[best]):
        rest = [
            n for n, one in enumerate(weighed) if not _is_misnamed(one) and one.support >= weighed[best].support - CLEAR
        ]
        if not rest:
            return Judgement(
                None,
                "misnamed_columns",
                "a column is the difference of two others, and the one that is called so is not",
                alternatives=tuple(w.table for w in weighed),
            )
        best = rest[0]
    chosen = weighed[best]
    findings = (*settled[best][1], *_note_findings(chosen.table), *_contradictions(chosen))
    if not chosen.table.rows:
        return Judgement(None, "no_amounts", "no row of amounts could be placed", findings=findings)
    if _is_doubtful(chosen):
        return Judgement(
            None,
            "contradicted",
            "its sums contradict most of its amounts: the reading may be wrong",
            findings=findings,
            equations=chosen.equations,
            alternatives=tuple(w.table for w in weighed),
        )
    return Judgement(
        chosen.table,
        proofs=chosen.proofs,
        orientation=orientation(chosen.grid, chosen.across, chosen.down, chosen.sums),
        equations=chosen.equations,
        totals=frozenset(one.row for one in chosen.sums),
        sign_convention=convention_name(chosen.across, chosen.down, chosen.sums, chosen.grid),
        findings=tuple(findings),
        unplaced=settled[best][2],
    )


def _best(weighed: Sequence[Weighed]) -> int | None:
    """The place of the reading to take; None where equally likely ones are equally well supported."""
    first = weighed[0]
    order = sorted(range(len(weighed)), key=lambda n: (-round(weighed[n].support, 6), weighed[n].table.cost))
    top = order[0]
    if weighed[top].support > first.support + CLEAR:
        return top
    rivals = [w for w in weighed[1:] if w.table.cost < first.table.cost + NEAR and w.support >= first.support - 1e-9]
    if any(_differs(first.table, rival.table) for rival in rivals):
        return None
    return 0


def _is_misnamed(weighed: Weighed) -> bool:
    """Whether a column that the headings call a difference is none, while one that they call otherwise is."""
    columns = weighed.table.columns
    called = {n for n in weighed.grid.columns if columns[n].kind is AmountKind.VERSCHIL}
    if not called or called & {e.terms[0][1] for e in weighed.equations if e.rule == differences.RULE_DIFFERENCE}:
        return False
    return any(differences.is_made(weighed.grid, n, weighed.triples) for n in weighed.grid.columns if n not in called)


def _differs(one: BudgetTable, other: BudgetTable) -> bool:
    """Whether two readings would publish something else, apart from the words of a heading."""
    return [replace(c, label="") for c in one.columns] != [replace(c, label="") for c in other.columns] or [
        r.cells for r in one.rows
    ] != [r.cells for r in other.rows]


def _is_doubtful(weighed: Weighed) -> bool:
    return weighed.contradicted > 6 and weighed.contradicted > 2 * weighed.proved and not weighed.proved


# ---------------------------------------------------------------------------------------------------- short rows


def _with_short_rows(table: BudgetTable) -> tuple[BudgetTable, tuple[Finding, ...], tuple[Row, ...]]:
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
    touching = [
        e for e in weighed.equations if any((r, c) in own for r, c, _ in e.terms) and _tells(weighed.grid, e)
    ]
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


# ------------------------------------------------------------------------------------------------------- findings


def _note_findings(table: BudgetTable) -> tuple[Finding, ...]:
    notes = [Finding(rule, Severity.WARNING, message, locator) for rule, message, locator in table.notes]
    for number, column in enumerate(table.columns, start=1):
        if column.role is ColumnRole.UNKNOWN:
            message = f"the heading {column.label!r} of column {number} is not known: its amounts are not published"
            notes.append(Finding("unknown_heading", Severity.WARNING, message, table.place))
    return tuple(notes)


def _contradictions(weighed: Weighed) -> tuple[Finding, ...]:
    found = []
    for one in weighed.equations:
        if one.holds:
            continue
        row, column, _ = one.terms[0]
        cell = weighed.table.rows[row].cells[column]
        found.append(
            Finding(
                "does_not_add_up",
                Severity.WARNING,
                f"{weighed.table.rows[row].label!r} under {weighed.table.columns[column].label!r}: "
                f"{one.rule} is off by {abs(one.difference)} (allowed: {one.tolerance})",
                cell.locator if cell else weighed.table.place,
                values=shown(weighed.table, one),
            )
        )
    return tuple(found)


def shown(table: BudgetTable, one: Equation) -> str:
    """An equation as a person reads it: each term with its sign, as printed."""
    parts = []
    for row, column, sign in one.terms:
        cell = table.rows[row].cells[column]
        printed = cell.amount.printed if cell else "0"
        parts.append(f"{'+' if sign > 0 else '-'} ({printed})")
    return " ".join(parts) + " = 0"
