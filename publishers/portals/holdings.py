"""What a release holds of each body and document year, as catalogues describe it: documents, years and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from publishers.checksums import sum_of
from publishers.content import Content
from schemas.codelists import terms
from schemas.contract import BUDGET_LINES, DOCUMENTS
from schemas.errors import ReleaseError
from schemas.settings import Publication, needed_keys

_DOCUMENT = ("source_id", "document_type", "title", "document_status", "status_date", "source_url", "snapshot_id",
             "retrieved_at", "licence_note")  # fmt: skip
_MAIN = BUDGET_LINES.name


@dataclass(frozen=True, slots=True)
class Document:
    """A document with lines in the release, as the sources file and the captures tell of it."""

    source_id: str
    document_type: str
    title: str
    document_status: str | None
    status_date: date | None
    source_url: str | None
    snapshot_id: str
    retrieved_at: datetime | None
    licence_note: str | None

    @property
    def known_since(self) -> date | None:
        """The day of the capture, else of the council's decision; None where neither is known."""
        return self.retrieved_at.date() if self.retrieved_at is not None else self.status_date


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be downloaded; `path` is relative to the release."""

    path: str
    format: str
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What a release holds of one body and document year. The years are those of the amounts."""

    publisher_id: str
    publisher_name: str
    year: int
    first_year: int
    last_year: int
    line_count: int
    documents: tuple[Document, ...]
    files: tuple[File, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the documents, each once, in the order of the documents."""
        return tuple(dict.fromkeys(one.title for one in self.documents))

    @property
    def document_types(self) -> tuple[str, ...]:
        """The kinds of documents, each once, by name."""
        return tuple(sorted({one.document_type for one in self.documents}))

    @property
    def known_since(self) -> date | None:
        """The last day that any of the documents tells of."""
        return max((day for one in self.documents if (day := one.known_since) is not None), default=None)


def holdings(content: Content, folder: Path) -> tuple[Holding, ...]:
    """What the release in a folder holds, by body and document year; documents without lines are not in it.

    Raises:
        ReleaseError: where the sources file lacks what the metadata need, naming each source and key.
    """
    rows = content.frames[DOCUMENTS.name]
    rows = rows.filter(pc.greater(rows["line_count"], 0))
    check_facts(rows.to_pylist(), content.publication)
    documents: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for row in rows.to_pylist():
        documents[row["publisher_id"], row["document_year"]].append(Document(**{key: row[key] for key in _DOCUMENT}))
    out = []
    for row in _spans(content.frames[_MAIN]):
        body, year = row["publisher_id"], row["document_year"]
        out.append(
            Holding(
                body,
                row["publisher_name"],
                year,
                row["fiscal_year_min"] or year,
                row["fiscal_year_max"] or year,
                row["line_id_count"],
                tuple(
                    sorted(documents[body, year], key=lambda one: (one.document_type, one.source_id, one.snapshot_id))
                ),
                _files(folder, body, year),
            )
        )
    return tuple(out)


def check_facts(documents: Sequence[Mapping[str, Any]], publication: Publication | None) -> None:
    """Look whether the sources file says of each document what the metadata of a publication need.

    Raises:
        ReleaseError: naming each source and key.
    """
    missing = {
        f"the source {row['source_id']} has no `{key}`"
        for row in documents
        for key in needed_keys(publication, row["publisher_id"])
        if row[key] is None
    }
    if missing:
        raise ReleaseError(f"the metadata of the publication can't be written: {'; '.join(sorted(missing))}")


def _spans(lines: pa.Table) -> list[dict[str, Any]]:
    """A row per body and document year, in that order, with its first and last fiscal year and its lines."""
    keys = ["publisher_id", "publisher_name", "document_year"]
    grouped = lines.select([*keys, "fiscal_year", "line_id"]).group_by(keys)
    spans = grouped.aggregate([("fiscal_year", "min"), ("fiscal_year", "max"), ("line_id", "count")])
    return sorted(spans.to_pylist(), key=lambda row: (row["publisher_id"], row["document_year"]))


def _files(folder: Path, publisher_id: str, year: int) -> tuple[File, ...]:
    """The files of a body and year; the whole release where it is not parted by them."""
    part = folder / "by_publisher" / publisher_id / str(year)
    where = part if part.is_dir() else folder
    known = terms("format")
    found = [
        path
        for path in sorted(where.iterdir())
        if path.is_file() and path.suffix[1:] in known and (path.stem == _MAIN or path.suffix in (".xlsx", ".zip"))
    ]
    return tuple(
        File(path.relative_to(folder).as_posix(), path.suffix[1:], path.stat().st_size, sum_of(path)) for path in found
    )
