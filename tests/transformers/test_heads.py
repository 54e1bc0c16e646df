"""Headings of a grid whose places the document shows: they are read where they stand, or not at all."""

import pytest

from schemas.records import DocumentType, Form, RawCell, RawTable
from transformers.grids import drafts
from transformers.heads import heading_readings
from transformers.stages import Context

CONTEXT = Context(DocumentType.BEGROTING, 2026)


def read(*rows: list[str]) -> list[list[str]]:
    """The headings of each column in each reading of a table with two rows of headings."""
    cells = tuple(tuple(RawCell(text, n, "") for text in row) for n, row in enumerate(rows))
    (draft,) = drafts(RawTable(Form.GRID, cells, 1, 2, exact=True))
    return [
        [column.text for column in reading.columns] for reading in heading_readings(draft, Form.GRID, CONTEXT, None)
    ]


BODY = (["Wegen", "12", "34", "56"], ["Groen", "1.012", "2.034", "3.056"])


def test_headings_below_each_other_are_one():
    head = ["", "Rekening", "Begroting", ""], ["Programma", "2024", "2025", "2026"]
    assert read(*head, *BODY) == [["Rekening 2024", "Begroting 2025", "2026"]]


@pytest.mark.parametrize("head", [
    (["", "", "2026", "Raming"], ["Programma", "Begroting 2025", "2027", "2027"]),
    (["", "Begroting 2025", "Begroting 2025", ""], ["Programma", "Rekening 2024", "na wijziging", "2026"]),
])  # fmt: skip
def test_two_years_over_one_column_are_no_heading(head):
    assert read(*head, *BODY) == []


def test_no_heading_is_taken_from_over_another_column():
    head = ["", "", "", ""], ["Programma", "2025", "", "2026 2027"]
    for columns in read(*head, *BODY):
        assert (columns[0], columns[2]) == ("2025", "2026 2027")


def test_headings_without_a_corner_stand_over_the_last_columns():
    cells = tuple(
        tuple(RawCell(text, n, "") for text in row) for n, row in enumerate((["2024", "2025", "2026"], *BODY))
    )
    (draft,) = drafts(RawTable(Form.GRID, cells, 1, 1, exact=True))
    found = heading_readings(draft, Form.GRID, CONTEXT, None)
    assert [[column.text for column in reading.columns] for reading in found] == [["2024", "2025", "2026"]]


def test_a_plan_over_its_years_names_the_first_of_them():
    head = ["", "Begroting 2026", "Begroting 2026", "Begroting 2026"], ["Programma", "2026", "2027", "2028"]
    (columns,) = read(*head, *BODY)
    assert [column.split()[-1] for column in columns] == ["2026", "2027", "2028"]
