"""Findings as they are published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from schemas.records import BudgetTable, Finding, Severity, Snapshot, Source, UnreadablePage
from schemas.rows import FindingRow
from transformers.lines import digest

_MOST_SHOWN = 4000


def document_id_of(source: Source, address: str) -> str:
    """The identifier of a document: that of its source and its address, whatever its bytes."""
    return digest("document", source.source_id, address)


def address_of(source: Source) -> str:
    """The address of the one document of a source: where it is published, or the name of its file."""
    return source.url or (Path(source.path).name if source.path else "")


def page_finding(source: Source, snapshot: Snapshot, page: UnreadablePage) -> FindingRow:
    """The finding that says why a page is not read."""
    finding = Finding(f"page_{page.reason}", Severity.WARNING, page.message, f"page={page.page}")
    return finding_row(source, snapshot, None, finding, page.page)


def readings_shown(readings: Sequence[BudgetTable]) -> str:
    """The readings of a table that was set aside, as JSON: the columns, and the first rows under them."""
    shown = [
        {
            "columns": [
                {
                    "label": c.label,
                    "year": c.year,
                    "stage": c.stage.value,
                    "measure": c.measure.value if c.measure else None,
                }
                for c in table.columns
            ],
            "rows": [
                {"label": row.label, "values": [cell.amount.printed if cell else None for cell in row.cells]}
                for row in table.rows[:5]
            ],
        }
        for table in readings
    ]
    return json.dumps(shown, ensure_ascii=False)[:_MOST_SHOWN] if shown else ""


def finding_row(
    source: Source, snapshot: Snapshot | None, table_id: str | None, finding: Finding, page: int | None = None
) -> FindingRow:
    """A finding about a document as it is published."""
    snapshot_id = snapshot.snapshot_id if snapshot else None
    address = snapshot.address if snapshot else address_of(source)
    return FindingRow(
        digest(source.source_id, address, snapshot_id, finding.rule, page, finding.locator, finding.message),
        source.source_id,
        document_id_of(source, address),
        snapshot_id,
        table_id,
        finding.rule,
        finding.severity.value,
        page,
        finding.locator or None,
        finding.message,
        finding.values or None,
    )


def distinct(rows: Sequence[FindingRow]) -> tuple[FindingRow, ...]:
    """The findings, each once."""
    return tuple({row.finding_id: row for row in rows}.values())
