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


NEW_POLICY = [["Onderhoud wegen", "100", "110", "120"], ["Subsidie sport", "15", "15", "16"]]


def found_with(tmp_path, *rows, unit="Bedragen x € 1.000", title="Nieuw beleid"):
    content = text_of(title, headings=["Omschrijving", "2026", "2027", "2028"], unit=unit, rows=rows)
    return process(source_of(tmp_path, content=content))


@pytest.mark.parametrize(
    "label",
    [
        "Extra fte handhaving", "1 fte beleidsmedewerker wonen", "Toezicht (1,5 fte)", "Loonstijging 3,5%", "Formatie",
        "Bijdrage per inwoner Veiligheidsregio", "Post onvoorzien (€ 2,50 per inwoner)",
    ],
)  # fmt: skip
def test_a_row_whose_words_are_in_doubt_is_kept_where_a_sum_holds_with_it_and_not_without(tmp_path, label):
    doubted = [label, "85", "85", "85"]
    result = found_with(tmp_path, doubted, *NEW_POLICY, ["Totaal", "200", "210", "221"])
    assert [line.amount_printed for line in result.lines if line.line_label == label] == ["85", "85", "85"]
    assert not result.findings
    result = found_with(tmp_path, doubted, *NEW_POLICY, ["Totaal", "115", "125", "136"])
    assert {line.line_label for line in result.lines} == {"Onderhoud wegen", "Subsidie sport", "Totaal"}
    assert [finding.rule for finding in result.findings] == ["doubted_row"]
    assert {line.line_number for line in result.lines} == {1, 2, 3}


def test_two_rows_in_doubt_are_kept_where_a_sum_needs_both(tmp_path):
    rows = [["Loonstijging 3,5%", "850", "850", "850"], ["Inflatie 2%", "40", "41", "42"]]
    result = found_with(tmp_path, *rows, ["Areaal", "50", "50", "50"], ["Totaal", "940", "941", "942"])
    assert len(result.lines) == 12
    result = found_with(tmp_path, *rows, ["Areaal", "50", "50", "50"], ["Totaal", "900", "900", "900"])
    assert {line.line_label for line in result.lines} == {"Loonstijging 3,5%", "Areaal", "Totaal"}
    assert "'Inflatie 2%'" in result.findings[0].message


def test_a_row_in_doubt_is_kept_where_the_total_of_all_sections_needs_it(tmp_path):
    content = text_of("Overzicht", headings=["Omschrijving", "2026", "2027"], unit="Bedragen x € 1.000", rows=[
        ["Bestuur"], ["ICT", "85", "86"], ["Formatie", "15", "14"], ["Zorg"], ["Subsidie", "40", "41"],
        ["Totaal Zorg", "40", "41"], ["Totaal alle programma's", "140", "141"],
    ])  # fmt: skip
    assert "Formatie" in {line.line_label for line in process(source_of(tmp_path, content=content)).lines}


@pytest.mark.parametrize(
    "label", ["Formatie in fte", "Bezetting (fte)", "Aantal plaatsen", "Lastendekking in %", "Tarief"]
)
def test_a_row_that_states_what_it_counts_is_no_amount_whatever_adds_up(tmp_path, label):
    rows = [[label, "85", "85", "85"], *NEW_POLICY, ["Totaal", "200", "210", "221"]]
    assert label not in {line.line_label for line in found_with(tmp_path, *rows).lines}


def test_a_small_number_of_people_is_no_amount_though_a_total_is_off_by_as_much(tmp_path):
    rows = [["Extra fte handhaving", "2", "2", "2"], *NEW_POLICY, ["Totaal", "117", "127", "138"]]
    assert "Extra fte handhaving" not in {line.line_label for line in found_with(tmp_path, *rows).lines}


@pytest.mark.parametrize(
    ("label", "amount", "kept"),
    [
        ("Toegestane kasgeldlimiet (8,5%)", "8.670", True), ("Norm schuldquote (130%)", "85", False),
        ("Extra fte handhaving", "185.000", True), ("Extra fte handhaving", "12.000", False),
        ("Kosten per fte", "185.000", False), ("Bijdrage per inwoner", "185.000", False),
    ],
)  # fmt: skip
def test_what_is_far_too_large_for_what_a_label_names_is_an_amount(tmp_path, label, amount, kept):
    rows = [["Omvang", "102.000", "103.000", "104.000"], [label, amount, amount, amount], ["Schuld", "5.000", "1", "2"]]
    result = found_with(tmp_path, *rows, unit="Bedragen in euro")
    assert (label in {line.line_label for line in result.lines}) is kept


def test_a_result_that_names_its_percentage_is_an_amount_where_it_is_the_exact_sum_of_what_stands_above(tmp_path):
    rows = [["Rentelasten", "1.000", "1.100", "1.200"], ["Rente grondexploitatie (2%)", "-100", "-110", "-120"]]
    result = found_with(tmp_path, *rows, ["Omslagrente 1,5%", "900", "990", "1.080"], title="Renteschema")
    assert len(result.lines) == 9
    assert not found_with(tmp_path, *rows, ["Omslagrente 1,5%", "901", "990", "1.080"], title="Renteschema").lines
