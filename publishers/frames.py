"""Rows of the contract as Arrow tables, in canonical order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from publishers.arrays import array_of
from schemas.columns import Columns, column
from schemas.contract import Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema


def frame_of(table: Table, rows: Sequence[Any] | Columns) -> pa.Table:
    """An Arrow table with one row per record; the records have an attribute for each column, or are kept by column.

    Raises:
        ReleaseError: where a value does not fit its column, or a key stands twice.
    """
    schema = arrow_schema(table)
    arrays = []
    for field in schema:
        try:
            array = array_of(column(rows, field.name), field.type)
        except (TypeError, ValueError, OverflowError) as error:
            raise ReleaseError(f"{table.name}.{field.name}: a value does not fit the contract: {error}") from error
        if not field.nullable and array.null_count:
            raise ReleaseError(f"{table.name}.{field.name}: {array.null_count} rows have no value")
        arrays.append(array)
    frame = pa.Table.from_arrays(arrays, schema=schema)
    check_enums(table, frame)
    _check_key(table, frame)
    return frame


def check_enums(table: Table, frame: pa.Table) -> None:
    """Look whether a table holds only values that the contract lists.

    Raises:
        ReleaseError: naming the column and the other values.
    """
    for field in table.fields:
        if field.enum:
            strange = set(frame.column(field.name).unique().to_pylist()) - {*field.enum, None}
            if strange:
                raise ReleaseError(f"{table.name}.{field.name}: {sorted(map(str, strange))} is not in the contract")


def _check_key(table: Table, frame: pa.Table) -> None:
    key = table.key[0]
    distinct = len(frame.column(key).unique())
    if distinct != frame.num_rows:
        raise ReleaseError(f"{table.name}: {frame.num_rows - distinct} rows share their {key} with another")
