"""Columns of text between the names and the amounts, and the rows that come of them."""

import pytest

from flows.document import process
from tests.flows.documents import UNIT, source_of

YEARS = ("2026", "2027")
TOTAL = ["Totaal", "", "8.940", "680"]


def page(headings, rows):
    """A web page with one table; a cell that is None is covered by the one above it."""
    body = []
    for at, row in enumerate(rows):
        cells = []
        for n, cell in enumerate(row):
            below = next((k for k in range(at + 1, len(rows)) if rows[k][n] is not None), len(rows))
            span = f' rowspan="{below - at}"' if below > at + 1 else ""
            cells += [f"<td{span}>{cell}</td>"] if cell is not None else []
        body.append(f"<tr>{''.join(cells)}</tr>")
    heads = "".join(f"<th>{text}</th>" for text in headings)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return f"<html><body><h3>Overzicht</h3><p>{UNIT}</p>{table}</body></html>"


def labels(folder, headings, rows):
    """The path and the label of each row that is published."""
    result = process(source_of(folder, content=page([*headings, *YEARS], rows), name="page.html"))
    return list(dict.fromkeys((line.section_path, line.line_label) for line in result.lines))


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("E/M", ("E", "M", "E")),
        ("Economisch / maatschappelijk nut", ("M", "E", "E")),
        ("Prioriteit", ("A", "B", "C")),
        ("Afschr. termijn", ("40 jaar", "25 jaar", "10 jaar")),
        ("Gereed", ("2026", "onbekend", "begin 2027")),
        ("Portefeuillehouder", ("De Vries", "Jansen", "De Vries")),
        ("Dekking", ("AR", "Exploitatie", "BR")),
        ("N/U", ("N", "U", "N")),
        ("Taakveld", ("4.2 Onderwijshuisvesting", "2.1 Verkeer", "0.4 Overhead")),
        ("Taakveld", ("4.2", "2.1", "0.4")),
        ("Programma", ("4", "2", "1")),
        ("", ("P", "Q", "P")),
    ],
)
def test_a_cell_that_says_something_of_a_name_is_no_label(tmp_path, heading, cells):
    amounts = (["8.500", "500"], ["320", "100"], ["120", "80"])
    names = ("Nieuwbouw school", "Dorpsstraat", "Tractie")
    rows = [[name, cell, *more] for name, cell, more in zip(names, cells, amounts, strict=True)]
    found = labels(tmp_path, ["Investering", heading], [*rows, TOTAL])
    assert found == [("", name) for name in (*names, "Totaal")]


@pytest.mark.parametrize("again", ["", None, "Bestuur"], ids=["left out", "spanned", "said again"])
@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("Taakveld", "0.1 Bestuur", "0.2 Burgerzaken"),
        ("L/B", "L", "B"),
        ("Soort", "Incidenteel", "Structureel"),
        ("Dekking", "Reserves", "Exploitatie"),
    ],
)
def test_a_cell_that_parts_the_rows_of_one_name_is_a_label(tmp_path, heading, one, other, again):
    rows = [["Bestuur", one, "85", "86"], [again, other, "40", "41"]]
    assert labels(tmp_path, ["Programma", heading], rows) == [("Bestuur", one), ("Bestuur", other)]


def test_numbers_of_programmes_are_no_labels_of_names_that_come_twice(tmp_path):
    rows = [["School", "1", "85", "86"], ["Tractie", "2", "40", "41"], ["School", "3", "12", "13"]]
    found = process(source_of(tmp_path, content=page(["Investering", "Programma", *YEARS], rows), name="page.html"))
    assert [line.line_label for line in found.lines[::2]] == ["School", "Tractie", "School"]
    assert {line.section_path for line in found.lines} == {""}


def test_amounts_under_the_name_of_a_part_of_the_budget_are_amounts(tmp_path):
    rows = [["School", "120", "85", "86"], ["Tractie", "7", "40", "41"]]
    lines = process(source_of(tmp_path, content=page(["Investering", "Programma", *YEARS], rows), name="page.html"))
    assert lines.document.set_aside_token_count + len(lines.lines) == 6


def test_taakvelden_behind_programmes_that_have_one_each_are_labels(tmp_path):
    rows = [["Bestuur", "0.1 Bestuur", "85", "86"], ["Veilig", "1.1 Brandweer", "40", "41"]]
    found = labels(tmp_path, ["Programma", "Taakveld"], rows)
    assert found == [("Bestuur", "0.1 Bestuur"), ("Veilig", "1.1 Brandweer")]


def test_lasten_behind_each_name_stay_its_label(tmp_path):
    rows = [["Bestuur", "Lasten", "85", "86"], ["Veilig", "Lasten", "40", "41"], ["Zorg", "Lasten", "20", "21"]]
    found = labels(tmp_path, ["Programma", "Soort"], rows)
    assert found == [("Bestuur", "Lasten"), ("Veilig", "Lasten"), ("Zorg", "Lasten")]


def test_letters_of_a_heading_are_no_labels_in_flattened_text(tmp_path):
    cells = ["School", "E", "8.500", "500", "Dorpsstraat", "M", "320", "100", "Tractie", "E", "120", "80"]
    lines = ["Investeringsplan", UNIT, "Investering", "E/M", *YEARS, *cells, "Totaal", "8.940", "680"]
    result = process(source_of(tmp_path, content="\n".join(lines) + "\n"))
    found = list(dict.fromkeys((line.section_path, line.line_label) for line in result.lines))
    assert found == [("", name) for name in ("School", "Dorpsstraat", "Tractie", "Totaal")]
