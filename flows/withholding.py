"""What a document publishes of lines that may be about persons: nothing, unless its source's entry allows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checks.person_names import without_names
from checks.personal_data import (
    RULE,
    Split,
    finding_of,
    message_without_persons,
    reason_of,
    split_lines,
    without_persons,
    without_rows_of_persons,
)
from schemas.contract import TableState
from schemas.notation import count_tokens
from schemas.records import BudgetLine, BudgetTable, Finding, Source
from schemas.rows import TableRow


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines of a table that are published; `personal` also knows those that are about persons."""

    lines: tuple[BudgetLine, ...]
    personal: Split
    allowed: bool

    @property
    def withheld(self) -> tuple[BudgetLine, ...]:
        """The lines that are not published."""
        return () if self.allowed else self.personal.withheld

    @property
    def withheld_tokens(self) -> int:
        """Their amount-like tokens, which the ledger counts as set aside."""
        return sum(count_tokens(line.amount_printed) for line in self.withheld)


def may_be_personal(text: str) -> bool:
    """Whether a text may be about a person."""
    return reason_of(text) is not None


def shown(source: Source, lines: Iterable[BudgetLine]) -> Shown:
    """The lines of a table as the source's entry lets them be published."""
    all_lines = tuple(lines)
    personal = split_lines(all_lines)
    return Shown(all_lines if source.personal_data else personal.published, personal, source.personal_data)


def row_shown(row: TableRow, table: Shown) -> TableRow:
    """The row of a table without what it says of persons, and with the counts of what is published.

    A table of which nothing is left is set aside.
    """
    if table.allowed:
        return row
    message = None if row.message is None else message_without_persons(row.message)
    row = replace(row, table_title=without_names(row.table_title), message=message)
    if not table.withheld:
        return row
    rows = len({line.line_number for line in table.lines})
    columns = len({line.column_number for line in table.lines})
    row = replace(row, row_count=rows, column_count=columns)
    if table.lines:
        return row
    message = "all its lines may be about persons, and its source's entry has no `personal_data: true`"
    return replace(row, status=TableState.SET_ASIDE.value, reason=RULE, message=message)


def findings_shown(findings: Iterable[Finding], table: Shown, title: str, place: str) -> list[Finding]:
    """The findings of a table without what they show of persons, and the one that says what is withheld."""
    out = list(findings) if table.allowed else [without_persons(finding) for finding in findings]
    if table.personal.withheld:
        out.append(finding_of(table.personal, title, place, allowed=table.allowed))
    return out


def readings_without_persons(source: Source, readings: Sequence[BudgetTable]) -> list[BudgetTable]:
    """The readings of a table that was set aside, as they may be shown."""
    if source.personal_data:
        return list(readings)
    return [shown for one in readings if (shown := without_rows_of_persons(one)) is not None]
