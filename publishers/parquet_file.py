"""Parquet: the columns of the contract, typed, with their descriptions; zstd, texts in dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publishers.frames import ALL_DIFFERENT, plain

_ROW_GROUP = 1 << 18  # rows
# Texts by which groups of rows are left out in reading; the least and the greatest of other texts tell nothing.
_ASKED_FOR = ("publisher_id", "source_id", "document_type", "stage", "measure", "taakveld_code", "table_id")


def write(frame: pa.Table, path: Path) -> None:
    """Write a table, some rows at a time."""
    schema = plain(frame.schema.empty_table()).schema
    coded = [field.name for field in schema if pa.types.is_string(field.type) and field.name not in ALL_DIFFERENT]
    asked = [field.name for field in schema if not pa.types.is_string(field.type) or field.name in _ASKED_FOR]
    options = {"compression": "zstd", "use_dictionary": coded, "write_statistics": asked}
    with pq.ParquetWriter(path, schema, **options) as writer:
        for start in range(0, max(frame.num_rows, 1), _ROW_GROUP):
            writer.write_table(plain(frame.slice(start, _ROW_GROUP)), row_group_size=_ROW_GROUP)


def read(path: Path) -> pa.Table:
    """Read a table back."""
    with pq.ParquetFile(path) as file:  # pyarrow.parquet.read_table loads its datasets, and pandas
        return file.read()


def row_count(path: Path) -> int:
    """How many rows a file has."""
    with pq.ParquetFile(path) as file:
        return int(file.metadata.num_rows)


def schema_of(path: Path) -> pa.Schema:
    """The schema of a file."""
    with pq.ParquetFile(path) as file:
        return file.schema_arrow


def stream(path: Path) -> Iterator[pa.Table]:
    """A table read back in pieces of a bounded number of rows, the first without rows."""
    with pq.ParquetFile(path) as file:
        yield file.schema_arrow.empty_table()
        for at in range(file.num_row_groups):
            yield file.read_row_group(at)
