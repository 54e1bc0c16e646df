"""What a release holds of each body, by document year and over all years, as catalogues describe it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from publishers import parquet_file
from publishers.checksums import sum_of
from publishers.content import Content
from schemas.codelists import terms
from schemas.contract import ALL_TABLES, BUDGET_CURRENT, BUDGET_LINES, DERIVED_TABLES, DOCUMENTS
from schemas.errors import ReleaseError
from schemas.settings import Publication, needed_keys

_DOCUMENT = ("source_id", "document_type", "title", "document_status", "status_date", "source_url", "snapshot_id",
             "retrieved_at", "licence_note")  # fmt: skip
_MAIN = BUDGET_LINES.name
_OF_A_BODY = frozenset(table.name for table in (*ALL_TABLES, *DERIVED_TABLES))


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
    """A file that can be downloaded; `path` is relative to the release. `table` is that of the contract whose rows it
    holds, empty for a workbook.
    """

    path: str
    format: str
    byte_count: int
    sha256: str
    table: str

    @property
    def name(self) -> str:
        """Its name without its folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a release holds of one body and document year. The years are those of the amounts.

    `has_taakvelden` says whether any line has a code of the taakvelden of Iv3; `page` is the page for people, relative
    to the release.
    """

    publisher_id: str
    publisher_name: str
    year: int
    first_year: int
    last_year: int
    line_count: int
    has_taakvelden: bool
    documents: tuple[Document, ...]
    files: tuple[File, ...]
    page: str | None = None

    @property
    def part(self) -> str:
        """What tells it from the other datasets of its body."""
        return str(self.year)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the documents, each once, in the order of the documents."""
        return tuple(dict.fromkeys(one.title for one in self.documents))

    @property
    def document_types(self) -> tuple[str, ...]:
        """The kinds of documents, each once, by name."""
        return _types(self.documents)

    @property
    def known_since(self) -> date | None:
        """The last day that any of the documents tells of."""
        return _last_day(self.documents)


@dataclass(frozen=True, slots=True)
class Body:
    """What a release holds of one body over all its documents. `files` follow from all years; none where there are no
    such files.
    """

    publisher_id: str
    publisher_name: str
    years: tuple[Holding, ...]
    files: tuple[File, ...]
    page: str | None = None

    part = "alle-jaren"

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of all years."""
        return tuple(document for one in self.years for document in one.documents)

    @property
    def first_year(self) -> int:
        """The first year of the amounts."""
        return min(one.first_year for one in self.years)

    @property
    def last_year(self) -> int:
        """The last year of the amounts."""
        return max(one.last_year for one in self.years)

    @property
    def has_taakvelden(self) -> bool:
        """Whether any line has a code of the taakvelden of Iv3."""
        return any(one.has_taakvelden for one in self.years)

    @property
    def document_types(self) -> tuple[str, ...]:
        """The kinds of documents, each once, by name."""
        return _types(self.documents)

    @property
    def known_since(self) -> date | None:
        """The last day that any of the documents tells of."""
        return _last_day(self.documents)


def _types(documents: Sequence[Document]) -> tuple[str, ...]:
    return tuple(sorted({one.document_type for one in documents}))


def _last_day(documents: Sequence[Document]) -> date | None:
    return max((day for one in documents if (day := one.known_since) is not None), default=None)


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
                bool(row["taakveld_code_count"]),
                tuple(
                    sorted(documents[body, year], key=lambda one: (one.document_type, one.source_id, one.snapshot_id))
                ),
                _files_of_year(folder, body, year),
                _page(folder, f"{body}/{year}"),
            )
        )
    return tuple(out)


def bodies(held: Sequence[Holding], folder: Path) -> tuple[Body, ...]:
    """What the release in a folder holds of each body over all years, by its code."""
    out = []
    for code, years in groupby(held, lambda one: one.publisher_id):
        of_years = tuple(years)
        name = of_years[-1].publisher_name
        out.append(Body(code, name, of_years, _files_of_body(folder, code), _page(folder, code)))
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
    grouped = lines.select([*keys, "fiscal_year", "line_id", "taakveld_code"]).group_by(keys)
    spans = grouped.aggregate(
        [("fiscal_year", "min"), ("fiscal_year", "max"), ("line_id", "count"), ("taakveld_code", "count")]
    )
    return sorted(spans.to_pylist(), key=lambda row: (row["publisher_id"], row["document_year"]))


def _page(folder: Path, below: str) -> str | None:
    path = f"portal/{below}/index.html"
    return path if (folder / path).is_file() else None


def _files_of_year(folder: Path, publisher_id: str, year: int) -> tuple[File, ...]:
    """The files of a body and year; the whole release where it is not parted by them."""
    part = folder / "by_publisher" / publisher_id / str(year)
    return _files(folder, part if part.is_dir() else folder)


def _files_of_body(folder: Path, publisher_id: str) -> tuple[File, ...]:
    """The files of a body over all years; none where no figure follows from them."""
    part = folder / "by_publisher" / publisher_id
    current = part / f"{BUDGET_CURRENT.name}.parquet"
    return _files(folder, part) if current.is_file() and parquet_file.row_count(current) else ()


def _files(folder: Path, where: Path) -> tuple[File, ...]:
    """The tables and workbooks in a folder of the release, by name."""
    known = terms("format")
    return tuple(
        File(
            path.relative_to(folder).as_posix(),
            path.suffix[1:],
            path.stat().st_size,
            sum_of(path),
            path.stem if path.stem in _OF_A_BODY else "",
        )
        for path in sorted(where.iterdir())
        if path.is_file() and path.suffix[1:] in known and (path.stem in _OF_A_BODY or path.suffix in (".xlsx", ".zip"))
    )
