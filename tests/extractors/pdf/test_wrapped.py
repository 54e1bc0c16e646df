"""Labels that go on below their amounts, and lines of words that are headings."""

import pytest
from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from schemas.records import RawTable

EDGES = (240, 300, 360)


def labels(*lines: str, pitch: float = 11, left: tuple[str, ...] = ()) -> list[str]:
    """The labels that are read of lines at one distance; those with a bar behind them have amounts, and those in
    `left` begin farther left.
    """
    sheet = Sheet()
    for y in (30, 45, 60):
        sheet.text(60, y, "Wat het kost staat in deze tabel.")
    sheet.row(100, "Omschrijving", "2026", "2027", "2028", edges=EDGES, bold=True)
    for at, line in enumerate((*lines, "Leges|", "Huren|", "Pachten|", "Renten|"), start=1):
        text = line.removesuffix("|")
        amounts = ("1.100", "2.200", "3.300") if line.endswith("|") else ()
        sheet.row(100 + at * pitch, "", *amounts, edges=EDGES)
        sheet.text(54 if text in left else 60, 100 + at * pitch, text)
    tables = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    assert len(tables) == 1
    return [row[0].text for row in tables[0].rows[1:-4]]


def test_a_label_that_ends_in_an_article_goes_on_though_a_capital_follows():
    assert labels("Algemene uitkering uit het|", "Gemeentefonds", "Dividend|", "Totaal|") == [
        "Algemene uitkering uit het Gemeentefonds",
        "Dividend",
        "Totaal",
    ]


WRAPPED = ("Renovatie gymzaal De Zaaier|", "in Midwolda", "Bijdrage Veiligheidsregio|", "Groningen", "Onvoorzien|")


def test_a_capital_goes_on_where_other_labels_go_on_below_and_its_word_had_no_room():
    assert labels(*WRAPPED) == ["Renovatie gymzaal De Zaaier in Midwolda", "Bijdrage Veiligheidsregio Groningen",
                                "Onvoorzien"]  # fmt: skip


def test_the_rest_of_the_last_label_of_a_page_belongs_to_it():
    sheet = Sheet()
    for at, line in enumerate(("Leges|", "Huren|", "Pachten|", *WRAPPED[:4])):
        amounts = ("1.100", "2.200", "3.300") if line.endswith("|") else ()
        sheet.row(100 + 11 * at, line.removesuffix("|"), *amounts, edges=EDGES)
    (table,) = extract_pdf(pdf(sheet)).blocks
    assert isinstance(table, RawTable)
    assert table.rows[-1][0].text == "Bijdrage Veiligheidsregio Groningen"


@pytest.mark.parametrize(
    "lines",
    [
        ("Bijdrage Veiligheidsregio|", "Groningen", "Onvoorzien|", "Totaal|"),
        ("Inkomsten", *WRAPPED[:4], "Onvoorzien|"),
        (*WRAPPED, "Baten", "Onvoorzien|"),
    ],
    ids=["nothing shows that labels go on", "the first rows have a heading like it", "another can only be a heading"],
)
def test_a_capital_stays_a_row_of_its_own_where_it_may_be_a_heading(lines):
    assert "Groningen" in labels(*lines)


def test_capitals_go_on_where_none_had_room_and_labels_fill_their_column():
    lines = ("Wegen en verhardingen|", "Renovatie gymzaal aan zee|", "Midwolda", "Onvoorzien|",
             "Uitbreiding begraafplaats|", "Finsterwolde")  # fmt: skip
    assert labels(*lines)[1:] == ["Renovatie gymzaal aan zee Midwolda", "Onvoorzien",
                                  "Uitbreiding begraafplaats Finsterwolde"]  # fmt: skip
    assert "Midwolda" in labels(*lines, "Speelplaatsen|", "Bos|", "Zee")


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("Bijdragen Veiligheidsregio", "Baten"), ("Totaal van alle programma's", "Reserveringen"),
     ("Bijdragen Veiligheidsregio", "DEKKINGSMIDDELEN")],
)  # fmt: skip
def test_words_that_head_rows_are_no_rest(upper, lower):
    assert lower in labels(*WRAPPED[:2], f"{upper}|", lower, "Onvoorzien|")


def test_a_line_that_begins_farther_left_is_a_heading():
    assert "Groningen" in labels(*WRAPPED, left=("Groningen",))


def test_a_line_that_begins_the_label_below_is_no_rest():
    found = labels("Aanschaf tractors buitendienst|", "Renovatie gymzaal De Zaaier", "in Midwolda|", "Onvoorzien|")
    assert found[0] == "Aanschaf tractors buitendienst"


@pytest.mark.parametrize("rest", ["1", "2030", "40.101234"])
@pytest.mark.parametrize("pitch", [11, 15])
def test_a_lone_figure_is_the_rest_of_the_label_above(rest, pitch):
    lines = ("Onvoorzien|", "Vervanging van brug Hoofdstraat|", rest, "Dividend|", "Totaal|")
    assert labels(*lines, pitch=pitch) == [
        "Onvoorzien",
        f"Vervanging van brug Hoofdstraat {rest}",
        "Dividend",
        "Totaal",
    ]


def test_years_that_come_again_head_the_rows_below():
    found = labels("Vervanging van brug Hoofdstraat|", "2026", "Structureel|", "2027", "Structureel|")
    assert found.count("2026") == found.count("2027") == 1


def test_a_code_that_opens_a_label_is_no_rest_of_the_one_above():
    found = labels(
        "4.1 Openbaar basisonderwijs etc|",
        "4.2",
        "4.3 Onderwijsbeleid|",
        "5.1 Sport|",
        "5.2 Cultuur|",
        "5.3 Musea|",
        "6.1 Zorg|",
    )
    assert found[0] == "4.1 Openbaar basisonderwijs etc"


def test_labels_beside_the_middle_of_which_amounts_stand_keep_their_own_lines():
    amounts = ("1.100", "2.200", "3.300")
    sheet = Sheet()
    for top, name, *words in [
        (100, "Onderwijs", "Bijdrage aan de", "Gemeenschappelijke", "regeling Werkplein", "Oost"),
        (158, "Sport", "Subsidie Stichting", "Sociaal Werk de", "Baanderij te", "Winschoten"),
    ]:
        sheet.row(top, name, *amounts, edges=EDGES)
        for at, text in enumerate(words):
            sheet.text(60, top + 14 + 10 * at, text)
        sheet.row(top + 29, "", *amounts, edges=EDGES)
    sheet.row(216, "Cultuur", *amounts, edges=EDGES)
    (table,) = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    assert [row[0].text for row in table.rows] == [
        "Onderwijs",
        "Bijdrage aan de Gemeenschappelijke regeling Werkplein Oost",
        "Sport",
        "Subsidie Stichting Sociaal Werk de Baanderij te Winschoten",
        "Cultuur",
    ]


def test_what_stands_as_far_below_as_a_row_is_no_rest_where_rests_stand_nearer():
    sheet = Sheet()
    for y, text, *amounts in [
        (100, "Reserves", "1.100", "2.200", "3.300"),
        (110, "van de gemeente"),
        (124, "Voorzieningen", "1.100", "2.200", "3.300"),
        (138, "Totaal vaste passiva etc", "1.100", "2.200", "3.300"),
        (152, "Vlottende passiva"),
        *((166 + 14 * at, text, "1.100", "2.200", "3.300") for at, text in enumerate(("Leges", "Huren", "Pachten"))),
    ]:
        sheet.row(y, text, *amounts, edges=(190, 250, 310))
    (table,) = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    assert "Vlottende passiva" in [row[0].text for row in table.rows]


def test_the_first_line_of_a_label_is_nearer_to_its_own_lines():
    amounts = ("1.100", "2.200", "3.300")
    sheet = Sheet()
    for y, text, *numbers in [
        (100, "Algemene reserve", *amounts),
        (114, "Reserve"),
        (124, "Uitvoeringsprogramma", *amounts),
        (134, "Vitaal 2030"),
        (148, "Reserve wegen", *amounts),
        (172, "Reserve automatisering", *amounts),
        (196, "Reserve personeel", *amounts),
    ]:
        sheet.row(y, text, *numbers, edges=(200, 260, 320))
    (table,) = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    assert [row[0].text for row in table.rows][:2] == ["Algemene reserve", "Reserve Uitvoeringsprogramma Vitaal 2030"]
