"""Parquet: the columns of the contract, typed, with their descriptions; zstd, texts in dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publishers.frames import ALL_DIFFERENT, plain

_ROW_GROUP = 1 << 18  # rows


def write(frame: pa.Table, path: Path) -> None:
    """Write a table, some rows at a time."""
    schema = plain(frame.schema.empty_table()).schema
    coded = [name for name in schema.names if name not in ALL_DIFFERENT]
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=coded) as writer:
        for start in range(0, max(frame.num_rows, 1), _ROW_GROUP):
            writer.write_table(plain(frame.slice(start, _ROW_GROUP)), row_group_size=_ROW_GROUP)


def read(path: Path) -> pa.Table:
    """Read a table back."""
    with pq.ParquetFile(path) as file:  # pyarrow.parquet.read_table loads its datasets, and pandas
        return file.read()


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
