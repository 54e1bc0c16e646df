"""The published rows of tables, documents and findings; the columns of the contract, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of `tables`."""

    table_id: str
    source_id: str
    document_id: str
    snapshot_id: str
    table_title: str
    page: int | None
    locator: str
    status: str
    reason: str | None
    message: str | None
    unit: int | None
    sign_convention: str | None
    row_count: int
    column_count: int
    line_count: int
    proved_count: int
    contradicted_count: int
    equations_found: int
    equations_held: int
    second_reading: str | None
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row of `documents`."""

    document_id: str
    source_id: str
    snapshot_id: str | None
    publisher_id: str
    publisher_name: str
    document_type: str
    document_year: int
    document_status: str | None
    title: str | None
    status_date: date | None
    file_name: str | None
    source_url: str | None
    retrieved_at: datetime | None
    freshness: str
    stale_since: datetime | None
    status: str
    reason: str | None = None
    message: str | None = None
    licence_note: str | None = None
    byte_count: int = 0
    table_count: int = 0
    published_table_count: int = 0
    set_aside_table_count: int = 0
    line_count: int = 0
    token_count: int = 0
    published_token_count: int = 0
    set_aside_token_count: int = 0
    not_euros_token_count: int = 0
    outside_token_count: int = 0
    stated_unit: int | None = None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of `findings`."""

    finding_id: str
    source_id: str
    document_id: str | None
    snapshot_id: str | None
    table_id: str | None
    rule: str
    severity: str
    page: int | None
    locator: str | None
    message: str
    values: str | None
