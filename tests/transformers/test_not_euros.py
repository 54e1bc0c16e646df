"""What is no amount in euros, by the words of a title, a row or a column."""

import pytest

from flows.document import judged_tables, process
from sources.local import read_snapshot
from tests.flows.documents import HEADINGS, ROWS, source_of, text_of
from transformers.not_euros import heads_no_euros, shows_no_euros


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Formatie in fte per afdeling", True), ("Formatie per afdeling (fte)", True), ("Lokale lastendruk", True),
        ("Woonlasten van een gezin", True), ("Inwonersaantallen", True), ("Aantal uitkeringen", True),
        ("Rentepercentages per jaar (in %)", True), ("Tarieven", True),
        ("Formatie", False), ("Lasten en fte per afdeling", False), ("Baten en lasten in bedragen en in %", False),
        ("Gevolgen van een aantal besluiten", False), ("Programma 1 Bestuur", False),
    ],
)  # fmt: skip
def test_a_title_says_that_a_table_shows_no_euros(title, said):
    assert heads_no_euros(["Omschrijving"], title) is said
    assert not heads_no_euros(["Omschrijving", "Bedragen x € 1.000"], title)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Netto schuldquote", True), ("Gecorrigeerde netto schuldquote", True), ("Solvabiliteitsratio", True),
        ("Structurele exploitatieruimte", True), ("Belastingcapaciteit", True), ("Kengetal grondexploitatie", True),
        ("Dekkingspercentage", True), ("Kosten per leerling", True), ("Totale woonlasten", True),
        ("Bijdrage per gemeente", False), ("Kosten per peuter", True), ("Bedrag per maand", True),
        ("Grondexploitatie", False), ("Lager rentepercentage", False), ("Belastingen", False),
        ("Subsidie per 1 januari", False), ("Structureel begrotingssaldo", False),
        ("Structurele exploitatieruimte (x € 1.000)", False), ("Indexering", False),
    ],
)  # fmt: skip
def test_the_label_of_a_row_says_that_it_shows_no_euros(label, said):
    assert shows_no_euros(label) is said


def test_a_table_of_people_is_set_aside_also_where_the_source_gives_a_unit(tmp_path):
    rows = [["Burgerzaken", "45,5", "52", "60"], ["Financiën", "32", "30", "28"], ["Totaal", "77,5", "82", "88"]]
    content = text_of("Formatie per afdeling in fte", unit="", rows=rows)
    source = source_of(tmp_path, content=content, unit=1000)
    (table,) = judged_tables(source, read_snapshot(source)).tables
    assert table.judgement.reason == "not_euros"


@pytest.mark.parametrize("index", ["Index 2024=100", "Index", "Indexcijfer (2024 = 100)", "Bedrag per peuter"])
def test_a_column_of_index_or_unit_figures_shows_no_euros(tmp_path, index):
    rows = [[*row, "101"] for row in ROWS]
    result = process(source_of(tmp_path, content=text_of(headings=[*HEADINGS, index], rows=rows)))
    assert {line.column_label for line in result.lines} == set(HEADINGS[1:])
    assert len(result.lines) == 9


def test_a_column_of_rates_beside_amounts_without_decimals_shows_no_euros(tmp_path):
    rows = [["Lening A", "1,25", "3.250.000", "250.000"], ["Lening B", "2,10", "6.400.000", "400.000"]]
    heads = ["Leningen", "Rente", "Stand 1-1-2026", "Aflossing"]
    result = process(source_of(tmp_path, content=text_of(headings=heads, unit="Bedragen in euro's", rows=rows)))
    assert {line.column_label for line in result.lines} == {"Stand 1-1-2026", "Aflossing"}
    cents = [["Lening A", "1,25", "3,50", "250"], ["Lening B", "2,10", "6,40", "400"]]
    result = process(source_of(tmp_path, content=text_of(headings=heads, unit="Bedragen x € 1 mln", rows=cents)))
    assert {line.column_label for line in result.lines} == {"Rente", "Stand 1-1-2026", "Aflossing"}
