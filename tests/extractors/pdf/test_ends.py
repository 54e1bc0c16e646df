"""Rows that stand on two pages."""

import pytest
from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from schemas.notation import count_tokens
from schemas.records import RawTable

EDGES = (240, 300, 360)


def page(*lines: str, headed: bool = True) -> Sheet:
    """Lines under the headings of a table; those with a bar behind them have amounts."""
    sheet = Sheet()
    if headed:
        sheet.row(60, "Omschrijving", "2026", "2027", "2028", edges=EDGES)
    for at, line in enumerate(lines, start=1):
        amounts = ("1.100", "2.200", "3.300") if line.endswith("|") else ()
        sheet.row(60 + 11 * at, line.removesuffix("|"), *amounts, edges=EDGES)
    return sheet


def labels(*sheets: Sheet) -> list[str]:
    """The labels of the one table that stands on all sheets, without the headings."""
    document = extract_pdf(pdf(*sheets))
    (table,) = document.blocks
    assert isinstance(table, RawTable)
    assert sum(count_tokens(cell.text) for row in table.rows for cell in row) == document.token_count
    return [row[0].text for row in table.rows if not row[1].text.startswith("202")]


FIRST = ("Leges|", "Huren|", "Renovatie gymzaal De Zaaier|", "in Midwolda", "Pachten|")
LAST = ("Renten|", "Dividend|", "Totaal|")


@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize(
    ("end", "rest", "whole"),
    [
        ("Onderhoud van het|", "gemeentehuis", "Onderhoud van het gemeentehuis"),
        ("Algemene uitkering uit het|", "Gemeentefonds", "Algemene uitkering uit het Gemeentefonds"),
        ("Bijdrage Veiligheidsregio|", "Groningen", "Bijdrage Veiligheidsregio Groningen"),
        ("Vervanging brug fase|", "2", "Vervanging brug fase 2"),
    ],
)
def test_the_rest_of_a_label_on_the_next_page_belongs_to_it(end, rest, whole, headed):
    found = labels(page(*FIRST, end), page(rest, *LAST, headed=headed))
    assert found == ["Leges", "Huren", "Renovatie gymzaal De Zaaier in Midwolda", "Pachten", whole, "Renten",
                     "Dividend", "Totaal"]  # fmt: skip


@pytest.mark.parametrize("end", ["Onvoorzien|", "Totaal|"])
def test_what_had_room_on_the_page_before_is_a_heading(end):
    assert "Baten" in labels(page(*FIRST, end), page("Baten", *LAST))


def test_where_no_label_is_seen_to_go_on_below_a_capital_opens_a_heading():
    assert "Groningen" in labels(page("Leges|", "Huren|", "Bijdrage Veiligheidsregio|"), page("Groningen", *LAST))


def test_a_last_row_without_a_label_has_it_on_the_next_page():
    found = labels(page("5.5 Erfgoed|", "5.6 Media|", "|"), page("5.7 Openbaar groen", "6.1 Zorg|", "6.2 Wijkteams|"))
    assert found == ["5.5 Erfgoed", "5.6 Media", "5.7 Openbaar groen", "6.1 Zorg", "6.2 Wijkteams"]


def test_a_sum_without_a_label_takes_none_from_the_next_page():
    found = labels(page("Leges|", "Huren|", "|", "Lasten", "Lonen|", "|"), page("Baten", *LAST))
    assert "Baten" in found


def test_the_rest_of_a_heading_that_each_page_repeats_is_no_rest_of_a_label():
    assert labels(page("in euro)", *FIRST), page("in euro)", *LAST)).count("in euro)") == 2
