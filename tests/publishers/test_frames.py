from dataclasses import replace
from decimal import Decimal

import pytest

from publishers.frames import frame_of
from schemas.contract import ALL_TABLES, BUDGET_LINES, DOCUMENTS
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema
from tests.publishers.release_rows import DOCUMENT, LINE, lines_of, rows_of


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_rows_become_a_table_of_the_contract_in_the_order_given(table):
    frame = frame_of(table, rows_of()[table.name])
    assert frame.schema.equals(arrow_schema(table), check_metadata=True)
    assert frame.num_rows == 1


def test_the_order_of_the_rows_is_kept():
    rows = lines_of({}, {}, {})[::-1]
    assert frame_of(BUDGET_LINES, rows)["line_id"].to_pylist() == ["line-3", "line-2", "line-1"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_eur", Decimal("0.001")),
        ("amount_eur", Decimal(10**17)),
        ("document_year", 2**15),
        ("line_number", 2**31),
        ("line_number", "1"),
        ("line_label", 7),
        ("is_total", "true"),
        ("balance_date", "2025-12-31"),
    ],
)
def test_a_value_that_does_not_fit_its_column_is_an_error_that_names_it(column, value):
    with pytest.raises(ReleaseError, match=rf"budget_lines\.{column}"):
        frame_of(BUDGET_LINES, [replace(LINE, **{column: value})])


def test_an_amount_is_never_rounded_to_fit():
    with pytest.raises(ReleaseError, match="amount_eur"):
        frame_of(BUDGET_LINES, [replace(LINE, amount_eur=Decimal("1.005"))])


@pytest.mark.parametrize("column", ["line_id", "line_label", "document_year", "amount_printed", "is_total", "proof"])
def test_a_missing_value_in_a_column_that_is_never_null_is_an_error_that_names_it(column):
    with pytest.raises(ReleaseError, match=rf"budget_lines\.{column}"):
        frame_of(BUDGET_LINES, [replace(LINE, **{column: None})])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("proof", "proven"),
        ("stage", ""),
        ("document_type", "Begroting"),
        ("measure", "netto"),
        ("duration", "eenmalig"),
    ],
)
def test_a_value_outside_the_enum_is_an_error_that_names_it(column, value):
    with pytest.raises(ReleaseError, match=rf"budget_lines\.{column}.*{value}"):
        frame_of(BUDGET_LINES, [replace(LINE, **{column: value})])


def test_two_rows_with_one_key_are_an_error_that_names_the_key():
    with pytest.raises(ReleaseError, match=r"budget_lines.*line_id"):
        frame_of(BUDGET_LINES, [LINE, replace(LINE, line_label="Baten")])
    with pytest.raises(ReleaseError, match=r"documents.*document_id"):
        frame_of(DOCUMENTS, [DOCUMENT, replace(DOCUMENT, title="another")])
