import dataclasses

import pytest

from schemas.contract import ALL_TABLES, BUDGET_LINES, DOCUMENTS, FINDINGS, TABLES, DocumentState, TableState, Type
from schemas.records import (
    AmountKind,
    BudgetLine,
    DocumentStatus,
    DocumentType,
    Duration,
    LineType,
    Measure,
    Proof,
    Severity,
    Stage,
)
from schemas.rows import DocumentRow, FindingRow, TableRow

RECORDS = {"budget_lines": BudgetLine, "tables": TableRow, "documents": DocumentRow, "findings": FindingRow}

# The contract that users build on: column, type, and whether it may be null.
PROMISED = [
    ("line_id", Type.STRING, False),
    ("line_key", Type.STRING, False),
    ("source_id", Type.STRING, False),
    ("snapshot_id", Type.STRING, False),
    ("table_id", Type.STRING, False),
    ("publisher_id", Type.STRING, False),
    ("publisher_name", Type.STRING, False),
    ("document_type", Type.STRING, False),
    ("document_year", Type.YEAR, False),
    ("document_status", Type.STRING, True),
    ("table_title", Type.STRING, False),
    ("section_path", Type.STRING, False),
    ("line_number", Type.INTEGER, False),
    ("column_number", Type.INTEGER, False),
    ("line_label", Type.STRING, False),
    ("column_label", Type.STRING, False),
    ("line_type", Type.STRING, True),
    ("is_total", Type.BOOLEAN, False),
    ("programme", Type.STRING, True),
    ("taakveld_code", Type.STRING, True),
    ("fiscal_year", Type.YEAR, True),
    ("stage", Type.STRING, False),
    ("measure", Type.STRING, True),
    ("amount_kind", Type.STRING, False),
    ("balance_date", Type.DATE, True),
    ("duration", Type.STRING, True),
    ("amount_printed", Type.STRING, False),
    ("unit", Type.INTEGER, False),
    ("amount_eur", Type.AMOUNT, True),
    ("net_effect_eur", Type.AMOUNT, True),
    ("proof", Type.STRING, False),
    ("source_url", Type.STRING, True),
    ("page", Type.INTEGER, True),
    ("locator", Type.STRING, False),
]

VALUES = {
    "document_type": "begroting begrotingswijziging jaarstukken kadernota tussenrapportage",
    "document_status": "ontwerp vastgesteld",
    "line_type": "lasten baten saldo toevoeging_reserves onttrekking_reserves mutatie_reserves "
    "saldo_van_baten_en_lasten resultaat",
    "stage": "rekening begroting begroting_na_wijziging meerjarenraming overig",
    "measure": "lasten baten saldo",
    "amount_kind": "exploitatie stand mutatie verschil krediet prognose overig",
    "duration": "incidenteel structureel",
    "proof": "proved contradicted not_covered",
}


def field(table, name):
    return next(one for one in table.fields if one.name == name)


def test_budget_lines_has_every_promised_column_with_its_type_and_nullability():
    assert [(one.name, one.type, one.nullable) for one in BUDGET_LINES.fields] == PROMISED


def test_the_enums_of_budget_lines_have_the_promised_values_and_no_other_column_has_one():
    assert {one.name: " ".join(one.enum) for one in BUDGET_LINES.fields if one.enum} == VALUES


@pytest.mark.parametrize(
    ("table", "name", "options"),
    [
        (BUDGET_LINES, "document_type", DocumentType),
        (BUDGET_LINES, "document_status", DocumentStatus),
        (BUDGET_LINES, "line_type", LineType),
        (BUDGET_LINES, "stage", Stage),
        (BUDGET_LINES, "measure", Measure),
        (BUDGET_LINES, "amount_kind", AmountKind),
        (BUDGET_LINES, "duration", Duration),
        (BUDGET_LINES, "proof", Proof),
        (TABLES, "status", TableState),
        (DOCUMENTS, "document_type", DocumentType),
        (DOCUMENTS, "status", DocumentState),
        (FINDINGS, "severity", Severity),
    ],
)
def test_every_value_that_the_code_can_give_is_in_the_enum(table, name, options):
    assert set(field(table, name).enum) == {option.value for option in options}


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_the_records_have_the_columns_in_the_same_order(table):
    columns = [one.name for one in table.fields]
    assert [one.name for one in dataclasses.fields(RECORDS[table.name])] == columns


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_the_records_may_be_null_where_the_contract_says_so(table):
    record = {one.name: one for one in dataclasses.fields(RECORDS[table.name])}
    for one in table.fields:
        assert ("None" in str(record[one.name].type)) == one.nullable, one.name


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_a_table_has_a_key_that_is_never_null_and_every_column_a_description(table):
    assert len(table.key) == 1
    assert not field(table, table.key[0]).nullable
    for one in table.fields:
        assert one.description.endswith("."), one.name
    names = [one.name for one in table.fields]
    assert len(set(names)) == len(names)


def test_references_name_columns_that_are_there_and_the_key_of_the_other_table():
    tables = {table.name: table for table in ALL_TABLES}
    refers = {(table.name, *reference) for table in ALL_TABLES for reference in table.refers}
    assert ("budget_lines", "table_id", "tables", "table_id") in refers
    assert ("tables", "document_id", "documents", "document_id") in refers
    for name, column, other, key in refers:
        assert field(tables[name], column)
        assert tables[other].key == (key,)


def test_ledger_counts_stand_in_documents():
    names = [one.name for one in DOCUMENTS.fields]
    for part in (
        "token_count",
        "published_token_count",
        "set_aside_token_count",
        "not_euros_token_count",
        "outside_token_count",
    ):
        assert part in names
