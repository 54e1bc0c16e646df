"""Rows of the contract as Arrow tables.

The texts of a frame may be kept in dictionaries: the files of a release are the same, at a third of the memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from publishers.arrays import array_of
from publishers.vectors import all_differ
from schemas.contract import Field, Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema

# A dictionary of these would only be longer.
ALL_DIFFERENT = ("line_id", "line_key", "finding_id", "previous_line_id")


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


def compact(frame: pa.Table) -> pa.Table:
    """The same rows with texts that repeat kept in dictionaries."""
    for at, field in enumerate(frame.schema):
        if pa.types.is_string(field.type) and field.name not in ALL_DIFFERENT:
            coded = frame.column(at).dictionary_encode()
            frame = frame.set_column(at, field.with_type(coded.type), coded)
    return frame


def plain(frame: pa.Table) -> pa.Table:
    """The same rows with texts as they are."""
    for at, field in enumerate(frame.schema):
        if pa.types.is_dictionary(field.type):
            kind = field.type.value_type
            frame = frame.set_column(at, field.with_type(kind), frame.column(at).cast(kind))
    return frame


def with_written_times(frame: pa.Table) -> pa.Table:
    """A frame whose moments are texts such as 2026-01-05T09:00:00Z, as Table Schema reads them."""
    for at, field in enumerate(frame.schema):
        if pa.types.is_timestamp(field.type):
            bare = frame.column(at).cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("s")).cast(pa.string())
            text = pc.binary_join_element_wise(pc.replace_substring(bare, " ", "T"), "Z", "")
            frame = frame.set_column(at, pa.field(field.name, pa.string()), text)
    return frame


def check(table: Table, frame: pa.Table) -> None:
    """Look whether a frame is what the contract says: columns and types, nulls, listed values, and a key.

    Raises:
        ReleaseError: naming the column.
    """
    if not plain(frame.schema.empty_table()).schema.equals(arrow_schema(table)):
        raise ReleaseError(f"{table.name}: the columns are not the contract's")
    for field, column_of in zip(table.fields, frame.columns, strict=True):
        if not field.nullable and column_of.null_count:
            raise ReleaseError(f"{table.name}.{field.name}: {column_of.null_count} rows have no value")
    check_enums(table, frame)
    check_key(table, frame)


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


def check_key(table: Table, frame: pa.Table) -> None:
    """Look whether every row of a table has a key of its own.

    Raises:
        ReleaseError: saying how many have not.
    """
    key = table.key[0]
    if all_differ(frame.column(key)):
        return
    distinct = len(frame.column(key).unique())
    if distinct != frame.num_rows:
        raise ReleaseError(f"{table.name}: {frame.num_rows - distinct} rows share their {key} with another")
