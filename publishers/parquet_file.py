"""Parquet: the columns of the contract, typed, with their descriptions; zstd, texts in dictionaries."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write(frame: pa.Table, path: Path) -> None:
    """Write a table."""
    pq.write_table(frame, path, compression="zstd", use_dictionary=True, write_statistics=True, store_schema=True)


def read(path: Path) -> pa.Table:
    """Read a table back."""
    with pq.ParquetFile(path) as file:  # pyarrow.parquet.read_table loads its datasets, and pandas
        return file.read()
