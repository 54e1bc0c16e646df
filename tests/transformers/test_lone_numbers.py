"""Numbers of pages, paragraphs and notes in flattened text: they are no amounts, and move none."""

import pytest

from flows.document import judged_tables
from sources.local import read_snapshot
from tests.flows.documents import source_of

HEADS = ["Begroting 2025", "Begroting 2026"]
SMALL = [["Bestuur", "310", "325"], ["Zorg", "110", "112"], ["Totaal", "420", "437"]]
LARGE = [["Bestuur", "2.104", "2.250"], ["Zorg", "10.004", "10.500"], ["Totaal", "12.108", "12.750"]]


def page(rows, *behind, columns=2, gap=""):
    cells = [cell for row in rows for cell in row[: columns + 1]]
    return "\n".join(
        ["Lasten per programma", "Bedragen x € 1.000", "Programma", *HEADS[:columns], *cells, gap, *behind]
    )


def rows_in(folder, content):
    """Of each table published the rows: label and amounts as printed."""
    source = source_of(folder, content=content + "\n")
    tables = [one.judgement.table for one in judged_tables(source, read_snapshot(source)).tables]
    return [
        [
            [" > ".join((*row.path, row.label)), *(cell.amount.printed for cell in row.cells if cell)]
            for row in table.rows
        ]
        for table in tables
        if table
    ]


@pytest.mark.parametrize("rows", [SMALL, LARGE])
@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(
    ("columns", "behind"),
    [
        (1, ["12"]),
        (1, ["12", "Programmabegroting 2026"]),
        (2, ["12"]),
        (2, ["12", "Programmabegroting 2026"]),
        (2, ["3.1", "Lokale heffingen"]),
    ],
)
def test_a_number_behind_the_last_row_moves_no_amount(tmp_path, rows, columns, gap, behind):
    (found,) = rows_in(tmp_path, page(rows, *behind, columns=columns, gap=gap))
    assert found == [row[: columns + 1] for row in rows]


def test_a_number_of_a_page_between_large_amounts_moves_none(tmp_path):
    broken = [*LARGE[:1], ["Zorg", "10.004", "10.500", "12"], LARGE[2]]
    content = "\n".join(
        ["Lasten", "Bedragen x € 1.000", "Programma", *HEADS, *(cell for row in broken for cell in row)]
    )
    (found,) = rows_in(tmp_path, content)
    assert found == LARGE


def test_a_number_that_ends_a_label_stays_with_it(tmp_path):
    rows = [["Bestuur", "310", "325"], ["Dorpsstraat", "6", "110", "112"], ["Totaal", "420", "437"]]
    content = "\n".join(["Lasten", "Bedragen x € 1.000", "Programma", *HEADS, *(cell for row in rows for cell in row)])
    (found,) = rows_in(tmp_path, content)
    assert found[1] == ["Dorpsstraat 6", "110", "112"]


@pytest.mark.parametrize("title", ["Programmabegroting 2026", "Jaarstukken 2024", "Gemeente Oldambt", "Hoofdstuk 3"])
def test_the_running_title_of_a_page_with_its_number_is_no_table(tmp_path, title):
    prose = "De stijging wordt verklaard door indexatie van de lonen en de prijzen."
    assert rows_in(tmp_path, page(LARGE) + f"\n\n{prose}\n\n{title}\n12\n") == [LARGE]
    assert rows_in(tmp_path, f"Zorg\nBedragen x € 1.000\n{prose}\n{title}\n12\n") == []


def test_a_running_title_between_tables_is_no_row(tmp_path):
    content = page(LARGE, "Programmabegroting 2026", "12", "Tweede tabel") + "\n" + page(SMALL)
    assert rows_in(tmp_path, content) == [LARGE, SMALL]


@pytest.mark.parametrize(
    "footer",
    [
        ["60"],
        ["Programmabegroting 2026", "60"],
        ["Programmabegroting 2026", "Gemeente Oldambt", "60"],
        ["Gemeente Oldambt | Programmabegroting 2026", "60"],
        ["Gemeente Oldambt", "60"],
        ["Hoofdstuk 2 Programma's", "60"],
    ],
)
def test_footers_between_tables_of_one_column_are_no_rows(tmp_path, footer):
    second = ["Baten", "Bedragen x € 1.000", "Taakveld", "Rekening 2024", "Wonen", "12", "Sport", "30", "Totaal", "42"]
    content = page(SMALL, *footer, *second, columns=1)
    rows = [row[:2] for row in SMALL]
    assert rows_in(tmp_path, content) == [rows, [["Wonen", "12"], ["Sport", "30"], ["Totaal", "42"]]]


def test_a_body_may_be_a_row(tmp_path):
    bodies = [["Gemeente Oldambt", "310"], ["Gemeente Westerwolde", "110"], ["Totaal", "420"]]
    assert rows_in(tmp_path, page(bodies, columns=1)) == [bodies]
    assert rows_in(tmp_path, page(bodies[:2], columns=1)) == [bodies[:2]]


def test_a_stand_of_a_budget_is_a_row_and_no_running_title(tmp_path):
    rows = [
        ["Stand begroting 2025", "345"],
        ["Begroting 2025 bijgesteld", "330"],
        ["Mutaties", "-20"],
        ["Stand kadernota 2026", "325"],
    ]
    (found,) = rows_in(tmp_path, page(rows, columns=1))
    assert [row[1] for row in found] == ["345", "330", "-20", "325"]
