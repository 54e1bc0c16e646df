"""CSV: UTF-8, commas, a point before decimals, text in quotes (RFC 4180); null is an empty cell without quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from publishers.frames import plain, with_written_times
from schemas.contract import Table
from schemas.renderings import arrow_schema

_ROWS, _BYTES = 1 << 18, 1 << 21  # at a time; Arrow reads some thirty pieces ahead


def write(frame: pa.Table, path: Path) -> None:
    """Write a table, some rows at a time."""
    with path.open("wb") as handle:
        for start in range(0, max(frame.num_rows, 1), _ROWS):
            piece = with_written_times(plain(frame.slice(start, _ROWS)))
            pa_csv.write_csv(piece, handle, pa_csv.WriteOptions(include_header=start == 0, quoting_style="needed"))


def append(parts: Sequence[Path], path: Path) -> None:
    """Write the rows of other files of the same columns behind those of a file."""
    with path.open("ab") as whole:
        for part in parts:
            with part.open("rb") as handle:
                handle.readline()  # no name of a column has a break in it
                copyfileobj(handle, whole, _BYTES)


def read(table: Table, path: Path) -> pa.Table:
    """Read a table back with the types of the contract; nothing is inferred."""
    return pa_csv.read_csv(path, **_options(table, 1 << 26))


def stream(table: Table, path: Path) -> Iterator[pa.Table]:
    """A table read back in pieces of a bounded number of bytes, the first without rows."""
    with pa_csv.open_csv(path, **_options(table, _BYTES)) as reader:
        yield reader.schema.empty_table()
        for batch in reader:
            yield pa.Table.from_batches([batch])


def _options(table: Table, block: int) -> dict[str, Any]:
    convert = pa_csv.ConvertOptions(
        column_types=arrow_schema(table),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
    )
    return {
        "read_options": pa_csv.ReadOptions(block_size=block),
        "parse_options": pa_csv.ParseOptions(newlines_in_values=True),
        "convert_options": convert,
    }
