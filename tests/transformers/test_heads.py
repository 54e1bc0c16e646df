"""Headings of a grid whose places the document shows: they are read where they stand, or not at all."""

import pytest

from flows.document import process
from schemas.records import DocumentType, Form, RawCell, RawTable
from tests.flows.documents import source_of
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


YEARS = "Omschrijving 2026 2027 2028 2029"
CHANGES = ["Kadernota 2026 -20 -30 -40 -50", "Meicirculaire 2025 6 7 8 9"]


def rows_in(tmp_path, title, head, *rows):
    content = "\n".join([title, "(bedragen x € 1.000)", "", head, *rows]) + "\n"
    result = process(source_of(tmp_path, content=content))
    found = {}
    for line in result.lines:
        found.setdefault(line.line_label, []).append(line.amount_printed)
    return found


@pytest.mark.parametrize(
    "title", ["Meerjarenperspectief", "Meerjarenraming", "Programmabegroting", "Begroting 2026", "Tabel 1 Begroting"]
)
@pytest.mark.parametrize("first", ["Begroting 2025", "Stand begroting 2025-2028", "Uitgangspositie"])
def test_years_that_end_labels_are_no_amounts_of_a_column_that_the_title_heads(tmp_path, title, first):
    found = rows_in(tmp_path, title, YEARS, f"{first} 100 110 120 130", *CHANGES, "Begroting 2026 86 87 88 89")
    assert found == {
        first: ["100", "110", "120", "130"], "Kadernota 2026": ["-20", "-30", "-40", "-50"],
        "Meicirculaire 2025": ["6", "7", "8", "9"], "Begroting 2026": ["86", "87", "88", "89"],
    }  # fmt: skip


def test_an_amount_that_looks_like_a_year_is_one_where_the_headings_have_a_column_for_it(tmp_path):
    rows = ["Bestuur 2026 2100 2200 2300", "Zorg 2025 2000 2100 2200", "Totaal 4051 4100 4300 4500"]
    found = rows_in(tmp_path, "Begroting", YEARS, *rows)
    assert found["Bestuur"] == ["2026", "2100", "2200", "2300"]
    rows = ["Bestuur 2025 100 110 120 130", "Zorg 2026 200 210 220 230", "Totaal 4051 300 320 340 360"]
    found = rows_in(tmp_path, "Begroting", "Omschrijving Rekening 2024 Begroting 2025 2026 2027 2028", *rows)
    assert found["Zorg"] == ["2026", "200", "210", "220", "230"]
