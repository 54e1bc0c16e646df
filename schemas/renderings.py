"""The contract as an Arrow schema, a Table Schema and a data dictionary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.contract import BUDGET_LINES, PUBLISHED_TABLES, VERSION, Field, Table, Type
from schemas.dutch import TITLES, dutch_of

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
# Of the Fiscal Data Package 1.0rc1. None for `measure`: its directions know no saldo.
_FISCAL = {
    "line_id": "budget-line-id",
    "publisher_id": "administrative-classification:generic:code",
    "publisher_name": "administrative-classification:generic:label",
    "programme": "activity:generic:program:label",
    "taakveld_code": "functional-classification:generic:code",
    "fiscal_year": "date:fiscal-year",
    "stage": "phase:label",
    "amount_eur": "value",
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
        "fields": [_field(table, field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": other, "fields": [key]}} for field, other, key in table.refers
        ]
    return schema


def _field(table: Table, field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not field.nullable and field.type is not Type.STRING}
    if field.enum:
        constraints["enum"] = list(field.enum)
    fiscal = {"columnType": _FISCAL[field.name]} if field.name in _FISCAL and table is BUDGET_LINES else {}
    return {
        "name": field.name,
        **_TYPES[field.type],
        "description": field.description,
        **fiscal,
        "constraints": constraints,
    }


def data_dictionary() -> str:
    """The contract for people, as Markdown."""
    parts = [
        "# Data dictionary",
        f"Contract version {VERSION}. Written by `make docs` from `schemas/contract.py`; do not edit.",
        "Amounts are euros. CSV is UTF-8 with commas, a point before decimals and quotes as in RFC 4180; an empty cell"
        " is null, except in columns of text that are never null: there it is empty text.",
    ]
    for table in PUBLISHED_TABLES:
        parts += [f"## {table.name}", table.description, _markdown(table, _ENGLISH)]
    return "\n\n".join(parts) + "\n"


def gegevenswoordenboek() -> str:
    """The contract for people, in Dutch."""
    parts = [
        "# Gegevenswoordenboek",
        f"Versie {VERSION} van het contract. Geschreven door `make docs` uit `schemas/`; niet bewerken.",
        "Bedragen zijn euro's. CSV is UTF-8 met komma's, een punt voor decimalen en aanhalingstekens volgens RFC 4180;"
        " een lege cel is null, behalve in tekstkolommen die nooit null zijn: daar is het lege tekst.",
    ]
    for table in PUBLISHED_TABLES:
        title, description = TITLES[table.name]
        parts += [f"## {table.name}: {title.lower()}", description, _markdown(table, _DUTCH)]
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Words:
    head: str
    values: str
    key: str
    yes: str
    no: str
    meaning: Callable[[Table, Field], str]


_ENGLISH = _Words(
    "| column | type | null | meaning |", "One of", "key", "yes", "no", lambda _, field: field.description
)
_DUTCH = _Words("| kolom | type | null | betekenis |", "Eén van", "sleutel", "ja", "nee", dutch_of)


def _markdown(table: Table, words: _Words) -> str:
    lines = [words.head, "| --- | --- | --- | --- |"]
    for field in table.fields:
        values = f" {words.values}: {', '.join(f'`{v}`' for v in field.enum)}." if field.enum else ""
        key = f" ({words.key})" if field.name in table.key else ""
        shown = _SHOWN.get(field.type, field.type.value)
        null = words.yes if field.nullable else words.no
        lines.append(f"| `{field.name}`{key} | {shown} | {null} | {words.meaning(table, field)}{values} |")
    return "\n".join(lines)
