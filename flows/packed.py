"""The result of a document as a run keeps it: its lines by column."""

from __future__ import annotations

from dataclasses import dataclass

from flows.document import DocumentResult
from schemas.columns import Columns, columns_of
from schemas.records import BudgetLine
from schemas.rows import DocumentRow, FindingRow, TableRow


@dataclass(frozen=True, slots=True)
class PackedResult:
    """All that one source publishes."""

    document: DocumentRow
    tables: tuple[TableRow, ...]
    lines: Columns
    findings: tuple[FindingRow, ...]


def packed(result: DocumentResult) -> PackedResult:
    """A result, packed."""
    return PackedResult(result.document, result.tables, columns_of(BudgetLine, result.lines), result.findings)
