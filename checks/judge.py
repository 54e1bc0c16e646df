"""The judge: which reading of a table its own sums speak for, and what they prove of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checks import differences
from checks.doubted import doubted
from checks.short_rows import with_short_rows
from checks.signs import convention_name, orientation
from checks.total_rows import total_rows
from checks.weighing import Weighed, weigh
from schemas.records import (
    AmountKind,
    BudgetTable,
    ColumnRole,
    Equation,
    Finding,
    Judgement,
    Severity,
    TableReadings,
)

NEAR = 0.1  # readings whose costs differ less are equally likely before the sums speak
_MOST_NAMED = 6  # of the places where a sum fails
CLEAR = 0.05  # how much more of a table's cells a reading must prove to be taken instead of a likelier one


def judge(readings: TableReadings) -> Judgement:
    """The reading of a table that its sums leave standing, or the reason why it is set aside with all of them."""
    if not readings.readings:
        return Judgement(None, readings.reason, readings.message)
    settled = [with_short_rows(table) for table in readings.readings]
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
    findings = (*settled[best][1], *_note_findings(chosen.table), *_contradictions(chosen), *_doubts(chosen))
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
        totals=total_rows(chosen.grid, chosen.sums),
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


def _doubts(weighed: Weighed) -> Iterator[Finding]:
    """Sums that hold in some places and fail in others, too often to be believed."""
    table = weighed.table
    for equations in doubted(weighed.grid, weighed.across, weighed.down, weighed.sums):
        failed = [one for one in equations if not one.holds]
        places = [one.terms[0][:2] for one in failed]
        names = [f"{table.rows[row].label!r} under {table.columns[column].label!r}" for row, column in places]
        cell = table.rows[places[0][0]].cells[places[0][1]]
        yield Finding(
            "sums_hold_in_part",
            Severity.WARNING,
            f"{failed[0].rule} holds in {len(equations) - len(failed)} of {len(equations)} places, too few to prove or "
            f"contradict an amount; it fails for {', '.join(names[:_MOST_NAMED])}",
            cell.locator if cell else table.place,
            values="; ".join(shown(table, one) for one in failed[:_MOST_NAMED]),
        )


def shown(table: BudgetTable, one: Equation) -> str:
    """An equation as a person reads it: each term with its sign, as printed."""
    parts = []
    for row, column, sign in one.terms:
        cell = table.rows[row].cells[column]
        printed = cell.amount.printed if cell else "0"
        parts.append(f"{'+' if sign > 0 else '-'} ({printed})")
    return " ".join(parts) + " = 0"
