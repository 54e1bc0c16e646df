"""Reading a release back: hashes, schemas, CSV against Parquet, parts against the whole, keys, references, sums.

Files are read in pieces side by side; of the lines only what ties them to other tables is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

import pyarrow as pa
import pyarrow.compute as pc

from publishers import checksums, csv_file, data_package, parquet_file, sqlite_file, workbooks
from publishers.frames import check_enums, check_key, compact, plain
from publishers.order import Part, ordered, parts_of, unplaced
from schemas.contract import BUDGET_LINES, DOCUMENTS, PUBLISHED_TABLES, TABLES, Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema

_LEDGER = ("published_token_count", "set_aside_token_count", "not_euros_token_count", "outside_token_count")
_TIES = ("source_id", "publisher_id", "document_year", "line_count", "amount_eur")


def verify(folder: Path) -> list[str]:
    """What is wrong with a release; empty when whole."""
    problems = checksums.differences(folder)
    if problems:
        return problems
    frames: dict[str, pa.Table] = {}
    for table in PUBLISHED_TABLES:
        found, wrong = _verified_table(table, folder)
        problems += wrong
        if found is not None:
            frames[table.name] = found
    if len(frames) == len(PUBLISHED_TABLES):
        problems += [*_references(frames), *_line_counts(frames), *_ledgers(frames[DOCUMENTS.name])]
    if not problems:
        problems += _parts(frames, folder)
    if not problems:
        problems += _others(frames, folder)
    return problems or data_package.differences(PUBLISHED_TABLES, folder)


# --------------------------------------------------------------------------------------------- one table, read twice


def _verified_table(table: Table, folder: Path) -> tuple[pa.Table | None, list[str]]:
    """The columns of a table that tie it to others, and what is wrong with it."""
    pieces: list[pa.Table] = []
    problems: dict[str, None] = {}
    try:
        if not parquet_file.schema_of(folder / f"{table.name}.parquet").equals(arrow_schema(table)):
            return None, [f"{table.name}: the schema is not the contract's"]
        text = Lane(csv_file.stream(table, folder / f"{table.name}.csv"))
        if text.names != arrow_schema(table).names:
            return None, [f"{table.name}: the columns of the CSV are not the contract's"]
        for piece in parquet_file.stream(folder / f"{table.name}.parquet"):
            problems |= dict.fromkeys(_differences(table, piece, text.take(piece.num_rows)))
            pieces.append(compact(piece.select(_ties(table))))
            pa.default_memory_pool().release_unused()  # glibc would keep what each piece took, in pieces
        if text.take(1).num_rows:
            problems[f"{table.name}: CSV and Parquet differ"] = None
    except (OSError, pa.ArrowException) as error:
        return None, [f"{table.name}: can't be read back: {error}"]
    frame = pa.concat_tables(pieces or [compact(arrow_schema(table).empty_table().select(_ties(table)))])
    try:
        check_key(table, frame.unify_dictionaries())
    except ReleaseError:
        problems[f"{table.name}: {table.key[0]} is no key"] = None
    return frame.unify_dictionaries(), list(problems)


def _ties(table: Table) -> list[str]:
    """The columns by which a table is checked against others."""
    ties = {*table.key, *(field for field, _, _ in table.refers), *_TIES}
    return [field.name for field in table.fields if table is DOCUMENTS or field.name in ties]


def _differences(table: Table, parquet: pa.Table, text: pa.Table) -> Iterator[str]:
    if text.num_rows != parquet.num_rows or not text.cast(parquet.schema).equals(parquet):
        yield f"{table.name}: CSV and Parquet differ"
    try:
        check_enums(table, parquet)
    except ReleaseError as error:
        yield str(error)


class Lane:
    """A table that comes in pieces, at least one, taken in any number of rows."""

    def __init__(self, pieces: Iterator[pa.Table]) -> None:
        self._pieces = pieces
        self._left = next(pieces)

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return list(self._left.column_names)

    def take(self, rows: int) -> pa.Table:
        """The next rows; fewer where there are no more."""
        waiting, count = [self._left], self._left.num_rows
        while count < rows and (piece := next(self._pieces, None)) is not None:
            waiting.append(piece)
            count += piece.num_rows
        whole = pa.concat_tables(waiting)
        self._left = whole.slice(rows)
        return whole.slice(0, rows)


# ------------------------------------------------------------------------------------------- one table and another


def _references(frames: Mapping[str, pa.Table]) -> Iterator[str]:
    for table in PUBLISHED_TABLES:
        for field, other, key in table.refers:
            used = plain(frames[table.name].select([field])).column(0)
            known = plain(frames[other].select([key])).column(0).combine_chunks()
            strange = used.filter(pc.invert(pc.is_in(used, known))).drop_null().unique()
            if len(strange):
                yield f"{table.name}.{field}: {len(strange)} values are not in {other}.{key}"


def _line_counts(frames: Mapping[str, pa.Table]) -> Iterator[str]:
    """The counts of tables and documents against the lines."""
    lines = frames[BUDGET_LINES.name]
    counted = {row["values"]: row["counts"] for row in _counts(lines.column("table_id"))}
    for row in frames[TABLES.name].select(["table_id", "line_count"]).to_pylist():
        if counted.get(row["table_id"], 0) != row["line_count"]:
            yield f"tables: {row['table_id']} has {counted.get(row['table_id'], 0)} lines, not {row['line_count']}"
    total = sum(frames[DOCUMENTS.name].column("line_count").to_pylist())
    if total != lines.num_rows:
        yield f"documents count {total} lines, there are {lines.num_rows}"


def _counts(column: pa.ChunkedArray) -> Iterable[dict[str, object]]:
    counted: list[dict[str, object]] = column.value_counts().to_pylist()
    return counted


def _ledgers(documents: pa.Table) -> Iterator[str]:
    for row in documents.to_pylist():
        if row["status"] != "failed" and sum(row[part] for part in _LEDGER) != row["token_count"]:
            yield f"documents: the ledger of {row['source_id']} does not close"


# ------------------------------------------------------------------------------------------ the parts and the whole


def _parts(frames: Mapping[str, pa.Table], folder: Path) -> Iterator[str]:
    """Whether the rows are in order, and the files by publisher and year hold those of the whole."""
    try:
        if any(moved is not frames[name] for name, moved in ordered(frames).items()):
            yield "the rows are not in the order of a release"
            return
        parts = parts_of(frames)
        names = [
            f"{part.folder}/{name}.{kind}" for part in parts for name in part.slices for kind in ("csv", "parquet")
        ]
        found = {path.relative_to(folder).as_posix() for path in (folder / "by_publisher").rglob("*") if path.is_file()}
        yield from (f"{name} is missing" for name in names if name not in found)
        yield from (f"{name} is of no part" for name in sorted(found - set(names)) if _is_table(name))
        if found >= set(names):
            for table in PUBLISHED_TABLES:
                first = unplaced(frames[table.name], table.name, parts).num_rows
                yield from _table_parts(table, folder, [part for part in parts if table.name in part.slices], first)
    except (ReleaseError, OSError, pa.ArrowException) as error:
        yield f"the parts by publisher can't be read back: {error}"


def _is_table(name: str) -> bool:
    return name.endswith((".csv", ".parquet"))


def _table_parts(table: Table, folder: Path, parts: Iterable[Part], unplaced_rows: int) -> Iterator[str]:
    """The parts of a table that are not what stands in the whole."""
    whole = Lane(parquet_file.stream(folder / f"{table.name}.parquet"))
    whole.take(unplaced_rows)
    for part in parts:
        path = folder / part.folder / table.name
        rows = whole.take(part.slices[table.name][1])
        if not parquet_file.read(path.with_suffix(".parquet")).equals(rows):
            yield f"{part.folder}/{table.name}.parquet is not what {table.name}.parquet has of it"
    yield from _text_parts(table, folder, parts)


def _text_parts(table: Table, folder: Path, parts: Iterable[Part]) -> Iterator[str]:
    """The same for CSV, byte by byte: the rows of all parts are the end of the whole."""
    paths = [folder / part.folder / f"{table.name}.csv" for part in parts]
    with (folder / f"{table.name}.csv").open("rb") as whole:
        header = whole.readline()
        size = (folder / f"{table.name}.csv").stat().st_size
        whole.seek(size - sum(path.stat().st_size - len(header) for path in paths))
        for path in paths:
            with path.open("rb") as handle:
                if handle.readline() != header or handle.read() != whole.read(path.stat().st_size - len(header)):
                    yield f"{path.relative_to(folder).as_posix()} is not what {table.name}.csv has of it"


def _others(frames: Mapping[str, pa.Table], folder: Path) -> Iterator[str]:
    """What the files for people have otherwise than the tables."""
    try:
        yield from workbooks.differences(frames, folder)
        yield from sqlite_file.differences(frames, folder)
    except (OSError, BadZipFile, KeyError, sqlite3.Error) as error:
        yield f"a workbook or the database can't be read back: {error}"
