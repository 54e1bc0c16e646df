"""Rows of the contract as Arrow tables, in canonical order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from publishers.arrays import array_of
from schemas.contract import Field, Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema


def frame_of(table: Table, rows: Sequence[Any]) -> pa.Table:
    """An Arrow table with one row per record; the records have an attribute for each column.

    Raises:
        ReleaseError: where a value does not fit its column, or a key stands twice.
    """
    schema = arrow_schema(table)
    arrays = []
    for field, said in zip(schema, table.fields, strict=True):
        values = [getattr(row, field.name) for row in rows]
        if said.enum and not set(values) <= {*said.enum, None}:
            raise _not_in_contract(table, said, set(values))
        try:
            array = array_of(values, field.type)
        except (TypeError, ValueError, OverflowError) as error:
            raise ReleaseError(f"{table.name}.{field.name}: a value does not fit the contract: {error}") from error
        if not field.nullable and array.null_count:
            raise ReleaseError(f"{table.name}.{field.name}: {array.null_count} rows have no value")
        arrays.append(array)
    keys = [getattr(row, table.key[0]) for row in rows]
    if len(set(keys)) != len(keys):
        raise ReleaseError(f"{table.name}: {len(keys) - len(set(keys))} rows share their {table.key[0]} with another")
    return pa.Table.from_arrays(arrays, schema=schema)


def check_enums(table: Table, frame: pa.Table) -> None:
    """Look whether a table holds only values that the contract lists.

    Raises:
        ReleaseError: naming the column and the other values.
    """
    for field in table.fields:
        if field.enum:
            found = set(frame.column(field.name).unique().to_pylist())
            if not found <= {*field.enum, None}:
                raise _not_in_contract(table, field, found)


def _not_in_contract(table: Table, field: Field, values: set[Any]) -> ReleaseError:
    strange = sorted(map(str, values - {*field.enum, None}))
    return ReleaseError(f"{table.name}.{field.name}: {strange} is not in the contract")
