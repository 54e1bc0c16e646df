"""CSV: UTF-8, commas, a point before decimals, text in quotes (RFC 4180); null is an empty cell without quotes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from schemas.contract import Table
from schemas.renderings import arrow_schema


def write(frame: pa.Table, path: Path) -> None:
    """Write a table."""
    pa_csv.write_csv(_with_written_times(frame), path, pa_csv.WriteOptions(include_header=True, quoting_style="needed"))


def read(table: Table, path: Path) -> pa.Table:
    """Read a table back with the types of the contract; nothing is inferred."""
    schema = arrow_schema(table)
    convert = pa_csv.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        true_values=["true"],
        false_values=["false"],
    )
    options = pa_csv.ParseOptions(newlines_in_values=True)
    block = pa_csv.ReadOptions(block_size=1 << 26)
    return pa_csv.read_csv(path, read_options=block, parse_options=options, convert_options=convert)


def _with_written_times(frame: pa.Table) -> pa.Table:
    """A frame whose moments are texts such as 2026-01-05T09:00:00Z, as Table Schema reads them."""
    for at, field in enumerate(frame.schema):
        if pa.types.is_timestamp(field.type):
            bare = frame.column(at).cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("s")).cast(pa.string())
            text = pc.binary_join_element_wise(pc.replace_substring(bare, " ", "T"), "Z", "")
            frame = frame.set_column(at, pa.field(field.name, pa.string()), text)
    return frame
