from pathlib import Path

import jsonschema
import pyarrow as pa
import pytest

from schemas.contract import ALL_TABLES, BUDGET_LINES, DOCUMENTS, FINDINGS, PUBLISHED_TABLES, TABLES, VERSION
from schemas.dutch import TITLES, dutch_of, unused
from schemas.renderings import arrow_schema, data_dictionary, gegevenswoordenboek, table_schema

ROOT = Path(__file__).parents[2]
ARROW = {
    "string": pa.string(),
    "integer": pa.int32(),
    "year": pa.int16(),
    "amount": pa.decimal128(18, 2),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("ms", tz="UTC"),
}
TABLE_SCHEMA = {
    "type": "object",
    "required": ["$schema", "fields", "primaryKey", "missingValues"],
    "properties": {
        "missingValues": {"const": [""]},
        "primaryKey": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "fields": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "type", "description", "constraints"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "pattern": "^[a-z][a-z_]*$"},
                    "type": {"enum": ["string", "integer", "year", "number", "boolean", "date", "datetime"]},
                    "description": {"type": "string", "minLength": 5},
                    "columnType": {"type": "string", "pattern": "^[a-z-]+(:[a-z-]+)*$"},
                    "decimalChar": {"const": "."},
                    "trueValues": {"const": ["true"]},
                    "falseValues": {"const": ["false"]},
                    "constraints": {
                        "type": "object",
                        "required": ["required"],
                        "additionalProperties": False,
                        "properties": {
                            "required": {"type": "boolean"},
                            "enum": {"type": "array", "minItems": 2, "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}
every_table = pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)


def test_the_committed_data_dictionary_is_not_stale():
    for name, text in (("data-dictionary.md", data_dictionary()), ("gegevenswoordenboek.md", gegevenswoordenboek())):
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, "run `make docs`"


def test_every_table_and_column_has_a_dutch_text_of_its_own_and_none_is_left_over():
    text = gegevenswoordenboek()
    for table in PUBLISHED_TABLES:
        assert all(TITLES[table.name])
        for field in table.fields:
            assert dutch_of(table, field) in text
            assert dutch_of(table, field) != field.description
    assert unused(PUBLISHED_TABLES) == set()
    assert set(TITLES) == {table.name for table in PUBLISHED_TABLES}


def test_lines_have_the_column_types_of_the_fiscal_data_package():
    fields = {field["name"]: field.get("columnType") for field in table_schema(BUDGET_LINES)["fields"]}
    assert fields["amount_eur"] == "value"
    assert fields["fiscal_year"] == "date:fiscal-year"
    assert fields["measure"] is None
    assert all("columnType" not in field for field in table_schema(DOCUMENTS)["fields"])


def test_the_data_dictionary_names_every_table_and_column_with_type_null_and_values():
    text = data_dictionary()
    for table in ALL_TABLES:
        part = text.split(f"## {table.name}\n")[1].split("\n## ")[0]
        rows = [line for line in part.splitlines() if line.startswith("| `")]
        assert len(rows) == len(table.fields)
        for field, row in zip(table.fields, rows, strict=True):
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            assert cells[0].split()[0] == f"`{field.name}`"
            assert cells[2] == ("yes" if field.nullable else "no")
            assert field.description in cells[3]
            assert all(f"`{value}`" in cells[3] for value in field.enum)
            assert cells[0].endswith("(key)") == (field.name in table.key)
    assert VERSION in text
    assert "decimal(18,2)" in text


@every_table
def test_the_arrow_schema_has_the_columns_in_order_with_types_nullability_and_descriptions(table):
    schema = arrow_schema(table)
    assert schema.names == [field.name for field in table.fields]
    for field, arrow in zip(table.fields, schema, strict=True):
        assert arrow.type == ARROW[field.type.value]
        assert arrow.nullable == field.nullable
        assert arrow.metadata[b"description"].decode() == field.description
    assert schema.metadata[b"contract_version"].decode() == VERSION


def test_money_is_never_a_float():
    for table in ALL_TABLES:
        for arrow in arrow_schema(table):
            assert not pa.types.is_floating(arrow.type), arrow.name
            if arrow.name.endswith("_eur"):
                assert arrow.type == pa.decimal128(18, 2)


def test_codes_are_text():
    schema = arrow_schema(BUDGET_LINES)
    for name in ("taakveld_code", "publisher_id", "amount_printed", "line_id"):
        assert schema.field(name).type == pa.string()


@every_table
def test_the_table_schema_has_the_shape_of_data_package_2(table):
    jsonschema.validate(table_schema(table), TABLE_SCHEMA)


@every_table
def test_the_table_schema_has_the_columns_in_order_with_key_enums_and_types(table):
    schema = table_schema(table)
    assert [field["name"] for field in schema["fields"]] == [field.name for field in table.fields]
    assert schema["primaryKey"] == list(table.key)
    for field, rendered in zip(table.fields, schema["fields"], strict=True):
        assert rendered["constraints"].get("enum", []) == list(field.enum)
        assert rendered["type"] == {"amount": "number"}.get(field.type.value, field.type.value)


@every_table
def test_a_column_is_required_only_where_an_empty_cell_would_be_wrong(table):
    for field, rendered in zip(table.fields, table_schema(table)["fields"], strict=True):
        required = rendered["constraints"]["required"]
        assert not (required and field.nullable), field.name
        if field.type.value != "string":
            assert required == (not field.nullable), field.name


def test_the_table_schema_has_the_foreign_keys():
    keys = {
        (key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
        for table in (BUDGET_LINES, TABLES, DOCUMENTS, FINDINGS)
        for key in table_schema(table).get("foreignKeys", [])
    }
    assert keys == {("table_id", "tables", "table_id"), ("document_id", "documents", "document_id")}
