"""The contract as an Arrow schema, a Table Schema and a data dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.contract import PUBLISHED_TABLES, VERSION, Field, Table, Type

if TYPE_CHECKING:
    import pyarrow as pa

_TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES: dict[Type, dict[str, Any]] = {
    Type.STRING: {"type": "string"},
    Type.INTEGER: {"type": "integer"},
    Type.YEAR: {"type": "year"},
    Type.AMOUNT: {"type": "number", "decimalChar": "."},
    Type.BOOLEAN: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Type.DATE: {"type": "date"},
    Type.DATETIME: {"type": "datetime"},
}
_SHOWN = {
    Type.AMOUNT: "decimal(18,2)",
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table: names, types, nullability and descriptions."""
    import pyarrow as pa

    types = {
        Type.STRING: pa.string(),
        Type.INTEGER: pa.int32(),
        Type.YEAR: pa.int16(),
        Type.AMOUNT: pa.decimal128(18, 2),
        Type.BOOLEAN: pa.bool_(),
        Type.DATE: pa.date32(),
        Type.DATETIME: pa.timestamp("ms", tz="UTC"),
    }
    fields = [
        pa.field(field.name, types[field.type], nullable=field.nullable, metadata={"description": field.description})
        for field in table.fields
    ]
    return pa.schema(fields, metadata={"contract_version": VERSION, "table": table.name})


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema (Data Package 2.0) of a table."""
    schema: dict[str, Any] = {
        "$schema": _TABLE_SCHEMA,
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": other, "fields": [key]}} for field, other, key in table.refers
        ]
    return schema


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not field.nullable and field.type is not Type.STRING}
    if field.enum:
        constraints["enum"] = list(field.enum)
    return {"name": field.name, **_TYPES[field.type], "description": field.description, "constraints": constraints}


def data_dictionary() -> str:
    """The contract for people, as Markdown."""
    parts = [
        "# Data dictionary",
        f"Contract version {VERSION}. Written by `make docs` from `schemas/contract.py`; do not edit.",
        "Amounts are euros. CSV is UTF-8 with commas, a point before decimals and quotes as in RFC 4180; an empty cell"
        " is null, except in columns of text that are never null: there it is empty text.",
    ]
    for table in PUBLISHED_TABLES:
        parts += [f"## {table.name}", table.description, _markdown(table)]
    return "\n\n".join(parts) + "\n"


def _markdown(table: Table) -> str:
    lines = ["| column | type | null | meaning |", "| --- | --- | --- | --- |"]
    for field in table.fields:
        meaning = field.description + (f" One of: {', '.join(f'`{v}`' for v in field.enum)}." if field.enum else "")
        key = " (key)" if field.name in table.key else ""
        shown = _SHOWN.get(field.type, field.type.value)
        lines.append(f"| `{field.name}`{key} | {shown} | {'yes' if field.nullable else 'no'} | {meaning} |")
    return "\n".join(lines)
