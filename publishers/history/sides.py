"""The two releases of a comparison, as it reads them: one column at a time, since a release may not fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publishers.frames import plain
from schemas.contract import BUDGET_LINES, DOCUMENTS, TABLES, VERSION
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema

_NEEDED = {
    BUDGET_LINES.name: {"line_id", "line_key", "table_id", "snapshot_id", "amount_eur"},
    TABLES.name: {"table_id", "document_id"},
    DOCUMENTS.name: {"document_id", "source_id", "snapshot_id", "status"},
}


@dataclass(frozen=True, slots=True)
class Side:
    """One release. `column` gives a column of its lines, `columns` says which there are."""

    columns: frozenset[str]
    column: Callable[[str], pa.ChunkedArray]
    tables: pa.Table
    documents: pa.Table


def side_of(frames: Mapping[str, pa.Table]) -> Side:
    """A release that is in memory."""
    lines = frames[BUDGET_LINES.name]
    tables, documents = plain(frames[TABLES.name]), plain(frames[DOCUMENTS.name])
    return Side(frozenset(lines.column_names), lambda name: plain(lines.select([name])).column(0), tables, documents)


def side_in(folder: Path) -> Side:
    """A release on disk.

    Raises:
        ReleaseError: where its Parquet files can't be read, or follow a contract that can't be compared with this one.
    """
    files = {name: folder / f"{name}.parquet" for name in _NEEDED}
    try:
        schemas = {name: pq.read_schema(path) for name, path in files.items()}
        for name, schema in schemas.items():
            _check(schema, name, folder)
        tables, documents = plain(read(files[TABLES.name])), plain(read(files[DOCUMENTS.name]))
    except (OSError, pa.ArrowException) as error:
        raise ReleaseError(f"{folder.name}: is no release that can be read: {error}") from error
    lines = files[BUDGET_LINES.name]
    return Side(
        frozenset(schemas[BUDGET_LINES.name].names), lambda name: read(lines, name).column(0), tables, documents
    )


def _check(schema: pa.Schema, name: str, folder: Path) -> None:
    version = (schema.metadata or {}).get(b"contract_version", b"?").decode("utf-8", "replace")
    if version.split(".")[0] != VERSION.split(".")[0]:
        raise ReleaseError(f"{folder.name}: follows contract {version}, which can't be compared with {VERSION}")
    missing = _NEEDED[name] - set(schema.names)
    if missing:
        raise ReleaseError(f"{folder.name}: {name} of contract {version} has no {', '.join(sorted(missing))}")
    known = arrow_schema({table.name: table for table in (BUDGET_LINES, TABLES, DOCUMENTS)}[name])
    for field in schema:
        if field.name in known.names and field.type != known.field(field.name).type:
            raise ReleaseError(f"{folder.name}: {name}.{field.name} is {field.type}, which is not the contract's type")


def read(path: Path, *columns: str) -> pa.Table:
    """These columns of a Parquet file, or all."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=list(columns) or None)
