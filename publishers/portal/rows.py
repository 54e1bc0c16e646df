"""The documents, tables and findings of a release as the pages show them, by publisher and year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa

from schemas.errors import ReleaseError

_CODE = re.compile(r"[a-z]{1,8}[0-9]{1,8}")


class FindingRow(NamedTuple):
    """What is shown of a finding; the names are those of the contract."""

    source_id: str
    document_id: str | None
    table_id: str | None
    rule: str
    severity: str
    page: int | None
    locator: str | None
    message: str
    values: str | None


class TableRow(NamedTuple):
    """What is shown of a table; the names are those of the contract."""

    table_id: str
    document_id: str
    table_title: str
    page: int | None
    locator: str
    status: str
    reason: str | None
    message: str | None
    unit: int | None
    sign_convention: str | None
    line_count: int
    proved_count: int
    contradicted_count: int
    equations_found: int
    equations_held: int
    second_reading: str | None
    duplicate_of: str | None


class DocumentRow(NamedTuple):
    """What is shown of a document; the names are those of the contract."""

    document_id: str
    source_id: str
    publisher_id: str
    publisher_name: str
    document_type: str
    document_year: int
    document_status: str | None
    title: str | None
    licence_note: str | None
    status_date: date | None
    file_name: str | None
    source_url: str | None
    retrieved_at: datetime | None
    freshness: str
    status: str
    reason: str | None
    message: str | None
    line_count: int
    token_count: int
    published_token_count: int
    set_aside_token_count: int
    not_euros_token_count: int
    outside_token_count: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its tables in the order in which they were read, and what was found about it as a whole."""

    row: DocumentRow
    tables: tuple[TableRow, ...]
    findings: tuple[FindingRow, ...]

    @property
    def published(self) -> list[TableRow]:
        """The tables that have figures."""
        return [table for table in self.tables if table.line_count]

    @property
    def set_aside(self) -> list[TableRow]:
        """The tables of which a reader should know that no figure is published."""
        return [table for table in self.tables if table.status == "set_aside"]


@dataclass(frozen=True, slots=True)
class Year:
    """The documents of one publisher that are about one year."""

    year: int
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A government body with its documents by year, the newest first."""

    code: str
    name: str
    years: tuple[Year, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of something, and how much of it is proved or set aside."""

    documents: int = 0
    tables: int = 0
    set_aside: int = 0
    lines: int = 0
    proved: int = 0
    contradicted: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything but the lines: the publishers by name, the findings of each table, those of no document."""

    publishers: tuple[Publisher, ...]
    of_table: Mapping[str, list[FindingRow]]
    of_no_document: tuple[FindingRow, ...]
    counts: Counts = field(default_factory=Counts)


def rows_of(frames: Mapping[str, pa.Table]) -> Rows:
    """The rows of a release in the order of its pages.

    Raises:
        ReleaseError: where a publisher's code can't be the name of a folder.
    """
    documents = _records(frames["documents"], DocumentRow)
    tables = _grouped(_records(frames["tables"], TableRow), "document_id")
    findings = _records(frames["findings"], FindingRow)
    of_document = _grouped([one for one in findings if one.table_id is None], "document_id")
    known = {document.document_id for document in documents}
    publishers = tuple(
        _publisher(code, list(group), tables, of_document)
        for code, group in groupby(sorted(documents, key=_order), key=lambda row: row.publisher_id)
    )
    return Rows(
        tuple(sorted(publishers, key=lambda one: (one.name.casefold(), one.code))),
        _grouped([one for one in findings if one.table_id is not None], "table_id"),
        tuple(one for one in findings if one.document_id not in known),
        _counted([document for one in publishers for year in one.years for document in year.documents]),
    )


def _order(row: DocumentRow) -> tuple[str, int, str]:
    return row.publisher_id, row.document_year, row.source_id


def _publisher(
    code: str,
    rows: Sequence[DocumentRow],
    tables: Mapping[str, list[TableRow]],
    findings: Mapping[str, list[FindingRow]],
) -> Publisher:
    if not _CODE.fullmatch(code):
        raise ReleaseError(f"{code!r} is no code of a publisher")
    documents = [
        Document(row, tuple(tables.get(row.document_id, ())), tuple(findings.get(row.document_id, ()))) for row in rows
    ]
    years = tuple(
        Year(year, tuple(group)) for year, group in groupby(documents, key=lambda document: document.row.document_year)
    )
    return Publisher(code, rows[-1].publisher_name, years[::-1], _counted(documents))


def _counted(documents: Sequence[Document]) -> Counts:
    tables = [table for document in documents for table in document.tables]
    return Counts(
        len(documents),
        sum(1 for table in tables if table.line_count),
        sum(1 for table in tables if table.status == "set_aside"),
        sum(document.row.line_count for document in documents),
        sum(table.proved_count for table in tables),
        sum(table.contradicted_count for table in tables),
    )


def counted(year: Year) -> Counts:
    """The counts of one year."""
    return _counted(year.documents)


def _records(frame: pa.Table, kind: Any) -> list[Any]:  # noqa: ANN401 - a class of named tuples
    columns = [frame.column(name).to_pylist() for name in kind._fields]
    return list(map(kind._make, zip(*columns, strict=True)))


def _grouped(rows: Sequence[Any], name: str) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = {}
    at = type(rows[0])._fields.index(name) if rows else 0
    for row in rows:
        out.setdefault(row[at], []).append(row)
    return out
