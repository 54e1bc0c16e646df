"""The unit and the title of a table, from what stands around it on its page."""

import pytest

from flows.document import judged_tables, process
from sources.local import read_snapshot
from tests.flows.documents import ROWS, source_of

YEARS = ["2025", "2026"]
MORE = [["Bieb", "450.000", "460.000"], ["Bad", "120.500", "130.250"], ["Totaal", "570.500", "590.250"]]
ROADS = [["Weg", "1.234", "1.300"], ["Brug", "5", "6"], ["Totaal", "1.239", "1.306"]]
LARGE = [["Weg", "1,2", "1,3"], ["Brug", "2,0", "2,5"], ["Totaal", "3,2", "3,8"]]


def row_of(cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def table_of(rows=MORE, corner="Instelling", caption="", years=YEARS):
    head = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{head}{row_of([corner, *years], 'th')}{''.join(row_of(row) for row in rows)}</table>"


def tables(folder, page, **said):
    """The title, unit and reason of each table of a page."""
    name = "page.html" if page.lstrip().startswith("<") else "page.txt"
    source = source_of(folder, content=page, name=name, **said)
    return [
        (table.title, table.unit, "")
        if (table := one.judgement.table)
        else (one.readings.title, None, one.judgement.reason)
        for one in judged_tables(source, read_snapshot(source)).tables
    ]


def units(folder, page, **said):
    """The unit of each table of a page, or why it is set aside."""
    return [unit or reason for _, unit, reason in tables(folder, page, **said)]


@pytest.mark.parametrize(
    ("caption", "unit"), [("Bedragen x € 1.000", 1000), ("", "no_unit")], ids=["unit stated", "no unit stated"]
)
def test_a_bare_sign_of_the_currency_states_no_unit(tmp_path, caption, unit):
    rows = [["", "€", "€", "€"], *ROWS]
    page = table_of(rows, caption=caption, years=["2024", "2025", "2026"])
    assert units(tmp_path, page) == [unit]


def heading(text):
    return f"<h2>{text}</h2>"


STATED = table_of(ROADS, caption="x € 1.000")
FIRST = table_of(ROADS)


def test_the_unit_of_a_caption_ends_at_the_next_title(tmp_path):
    assert units(tmp_path, heading("Tabel A") + STATED + heading("Subsidies") + table_of()) == [1000, "no_unit"]
    assert units(tmp_path, heading("Tabel A") + STATED + table_of(corner="Project")) == [1000, 1000]


@pytest.mark.parametrize(
    ("opening", "second"),
    [
        ("<p>Bedragen x € 1.000</p>" + heading("Tabel A"), 1000),
        ("<h1>Begroting (x € 1.000)</h1>" + heading("Tabel A"), 1000),
        (heading("Tabel A") + "<p>Alle bedragen x € 1.000</p>", 1000),
        (heading("Tabel A") + "<p>Bedragen x € 1.000, tenzij anders vermeld</p>", 1000),
        (heading("Tabel A") + "<p>De bedragen in de tabellen zijn x € 1.000.</p>", 1000),
        (heading("Tabel A") + "<p>De bedragen in deze tabel zijn x € 1.000.</p>", "no_unit"),
        (heading("Tabel A") + "<p>Bedragen x € 1.000</p>", "no_unit"),
        (heading("Tabel A (x € 1.000)"), "no_unit"),
    ],
)
def test_what_heads_the_page_holds_for_all_its_tables(tmp_path, opening, second):
    assert units(tmp_path, opening + FIRST + heading("Subsidies") + table_of()) == [1000, second]


def test_a_page_that_states_two_units_carries_neither_to_another_title(tmp_path):
    page = "<p>Bedragen x € 1.000</p>" + heading("A") + FIRST + heading("B (in miljoenen euro's)") + table_of(LARGE)
    assert units(tmp_path, page + heading("C") + table_of()) == [1000, 1_000_000, "no_unit"]
    first, second, third = (
        "\n".join(["Omschrijving", *YEARS, *(cell for row in rows for cell in row)]) for rows in (ROADS, LARGE, MORE)
    )
    lines = f"Bedragen x € 1.000\n{first}\nInvesteringen (in miljoenen euro's)\n{second}\nSubsidies\n{third}\n"
    assert units(tmp_path, lines) == [1000, 1_000_000, "no_unit"]


@pytest.mark.parametrize(
    "between",
    [
        heading("Tabel B (bedragen in euro)"),
        heading("Subsidies") + "<p>Hieronder staan bedragen in euro</p>",
        "<p>Toelichting</p><p>Bedragen in euro</p>",
        "<p>Bedragen in euro</p>",
    ],
)
def test_what_is_said_of_the_table_below_says_nothing_of_the_one_above(tmp_path, between):
    assert units(tmp_path, heading("Tabel A") + FIRST + between + table_of()) == ["no_unit", 1]


def test_a_unit_directly_behind_a_table_is_its_own(tmp_path):
    note = "<p>Bedragen x € 1.000</p>"
    assert units(tmp_path, heading("A") + FIRST + note + heading("B") + table_of()) == [1000, "no_unit"]
    assert units(tmp_path, heading("A") + FIRST + note + table_of() + note) == [1000, 1000]


def test_a_line_of_a_menu_states_no_unit(tmp_path):
    menu = "<p>Subsidies in euro</p>"
    assert units(tmp_path, menu + heading("Tabel A") + table_of()) == ["no_unit"]
    assert units(tmp_path, heading("Tabel A") + menu + table_of(), unit=1000) == [1000]
    assert units(tmp_path, heading("Tabel A (in euro)") + table_of(), unit=1000) == [1]


@pytest.mark.parametrize(("label", "kept"), [("Schuld (in € mln)", 0), ("Schuld (x € 1.000)", 3), ("Schuld", 3)])
def test_a_row_that_states_another_unit_than_its_table_is_set_aside(tmp_path, label, kept):
    rows = [*ROWS, [label, "12,5", "13,0", "14,1"]]
    page = table_of(rows, caption="Bedragen x € 1.000", years=["2024", "2025", "2026"])
    result = process(source_of(tmp_path, content=page, name="page.html"))
    assert sum(line.line_label == label for line in result.lines) == kept
    assert [finding.rule for finding in result.findings] == ["other_unit"] * (not kept)


@pytest.mark.parametrize("corner", ["Instelling", "Jaarschijf A", "Soort belasting"])
def test_the_head_of_the_labels_is_no_title(tmp_path, corner):
    page = heading("Subsidies 2026") + table_of(corner=corner, caption="x € 1.000")
    assert [title for title, _, _ in tables(tmp_path, page)] == ["Subsidies 2026"]


@pytest.mark.parametrize("corner", ["Programma 1 Bestuur", "Lasten taakveld 0.1", "0.1 Bestuur", "Programma Bestuur"])
def test_a_name_of_what_all_rows_are_about_stays_the_title(tmp_path, corner):
    page = heading("Wat mag het kosten?") + table_of(corner=corner, caption="x € 1.000")
    assert [title for title, _, _ in tables(tmp_path, page)] == [corner]


def test_the_heading_of_an_unknown_column_is_no_title(tmp_path):
    rows = [["Bestuur", "6001000", "1.000"], ["Zorg", "6002000", "2.000"], ["Totaal", "", "3.000"]]
    page = heading("Uitgaven") + table_of(rows, caption="x € 1.000", years=["Kostenplaats", "Begroting 2026"])
    assert [title for title, _, _ in tables(tmp_path, page)] == ["Uitgaven"]


def test_the_head_of_the_labels_is_no_title_where_one_cell_follows_another(tmp_path):
    cells = "\n".join(["Subsidies", "Bedragen x € 1.000", "Instelling", *YEARS, *(c for row in MORE for c in row)])
    assert [title for title, _, _ in tables(tmp_path, cells + "\n")] == ["Subsidies"]


def test_a_row_over_the_whole_table_is_its_title(tmp_path):
    page = table_of().replace("<table>", '<table><tr><th colspan="3">Subsidies (x € 1.000)</th></tr>')
    assert [title for title, _, _ in tables(tmp_path, heading("Programma 1") + page)] == ["Subsidies"]


def test_a_note_between_two_tables_belongs_to_the_one_that_states_no_unit(tmp_path):
    first, second = ("\n".join(["Omschrijving", *YEARS, *(c for row in rows for c in row)]) for rows in (LARGE, MORE))
    note = "\n* bedragen x € 1 miljoen\n\n"
    assert units(tmp_path, f"Overzicht\n{first}\n{note}Tabel B\n{second}\n") == [1_000_000, "no_unit"]
    assert units(tmp_path, f"Overzicht\nx € 1.000\n{first}\n{note}Tabel B\n{second}\n") == [1000, 1_000_000]


def test_a_table_without_headings_has_the_title_above_it(tmp_path):
    page = heading("Subsidies (x € 1.000)") + f"<table>{row_of(['Bieb', '450'])}{row_of(['Bad', '120'])}</table>"
    assert [title for title, _, _ in tables(tmp_path, page)] == ["Subsidies"]


@pytest.mark.parametrize(
    ("above", "below", "unit"),
    [
        ("Kosten (x €", "1.000)", 1000),
        ("Bedragen in €", "1.000", 1000),
        ("Bedragen x", "1.000", 1000),
        ("(in € x", "1.000)", 1000),
        ("(x € 1", "mln.)", 1_000_000),
        ("(x €", "1 miljoen)", 1_000_000),
        ("Bedragen x €", "1,-", 1),
        ("Kosten (x €", "Afdeling", "no_unit"),
        ("Bedragen in €", "Afdeling", 1),
    ],
)
def test_a_unit_broken_over_two_lines_is_read_whole_or_not_at_all(tmp_path, above, below, unit):
    corner = table_of(corner=above).replace("</tr>", "</tr>" + row_of([below, "", ""], "th"), 1)
    assert units(tmp_path, corner) == [unit]
    said = f"<p>{above}</p><p>{below}</p>"
    assert units(tmp_path, heading("Tabel A") + said + table_of()) == [unit]


def test_amounts_under_a_heading_in_euros_are_no_rest_of_its_unit(tmp_path):
    rows = [["Weg", "1.000"], ["Brug", "2.000"], ["Totaal", "3.000"]]
    assert units(tmp_path, table_of(rows, years=["Bedrag 2026 in €"])) == [1]
    assert units(tmp_path, table_of(rows, years=["Bedrag 2026 (in €)"])) == [1]
    broken = table_of(rows, years=["Bedrag 2026 (in €"]).replace("</tr>", "</tr>" + row_of(["", "1.000)"], "th"), 1)
    assert units(tmp_path, broken) == [1000]
    scale = [["1.000", "20", "21"], ["2.000", "40", "42"], ["3.000", "60", "63"]]
    assert 1000 not in units(tmp_path, table_of(scale, corner="Inkomen in €"))


def test_a_unit_that_stays_unfinished_takes_none_of_another_table(tmp_path):
    page = heading("A") + table_of(ROADS, corner="in euro's") + table_of(corner="(x €")
    assert units(tmp_path, page) == [1, "no_unit"]


PROSE = "<p>De gemeente werkt in dit jaar verder aan haar opgaven voor inwoners.</p>"
CAPTION_1, CAPTION_2 = "<p>Tabel 1: Wegen (bedragen x € 1.000)</p>", "<p>Tabel 2: Subsidies (bedragen in euro's)</p>"
WEGEN, SUBSIDIES = "Tabel 1: Wegen", "Tabel 2: Subsidies"


def test_captions_under_their_tables_are_of_those(tmp_path):
    page = FIRST + CAPTION_1 + PROSE + table_of() + CAPTION_2 + PROSE
    assert tables(tmp_path, page) == [(WEGEN, 1000, ""), (SUBSIDIES, 1, "")]
    assert tables(tmp_path, PROSE + FIRST + CAPTION_1 + PROSE) == [(WEGEN, 1000, "")]


@pytest.mark.parametrize("between", ["", PROSE])
def test_captions_over_their_tables_are_of_those(tmp_path, between):
    page = CAPTION_1 + FIRST + between + CAPTION_2 + table_of()
    assert tables(tmp_path, page) == [(WEGEN, 1000, ""), (SUBSIDIES, 1, "")]
    apart = CAPTION_1 + FIRST + CAPTION_2 + PROSE + table_of() + PROSE
    assert units(tmp_path, apart) == [1000, 1]
    inside = table_of(ROADS, caption="Tabel 1: Wegen (x € 1.000)") + CAPTION_2 + PROSE + table_of() + PROSE
    assert units(tmp_path, inside) == [1000, 1]


def test_a_caption_between_two_tables_states_the_unit_of_neither_where_that_is_in_doubt(tmp_path):
    assert units(tmp_path, FIRST + CAPTION_1 + PROSE + table_of()) == ["no_unit", "no_unit"]
    assert units(tmp_path, FIRST + CAPTION_1 + table_of(), unit=1) == [1, 1000]
    assert units(tmp_path, FIRST + CAPTION_1 + table_of() + CAPTION_2 + PROSE) == ["no_unit", "no_unit"]
    stated = table_of(ROADS, corner="in euro's")
    assert units(tmp_path, stated + CAPTION_1 + PROSE + table_of()) == [1, 1000]


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [
        (("€ 876.500,00", "€ 120.000,50", "€ 996.500,50"), 1),
        (("€ 876.500,00", "€ -120.000,50", "€ 756.499,50"), 1),
        (("€ 876.500,00", "-", "€ 876.500,00"), 1),
        (("€ 876.500", "€ 120.000", "€ 996.500"), "no_unit"),
        (("876.500,00", "120.000,50", "996.500,50"), "no_unit"),
        (("€ 876.500,00", "120.000,50", "996.500,50"), "no_unit"),
        (("€ 12,50", "€ 13,25", "€ 25,75"), "no_unit"),
        (("€ 1.876,50", "€ 1,20 mln", "€ 1.201.876,50"), "no_unit"),
        (("€ 1.012,5", "€ 13,2", "€ 1.025,7"), "no_unit"),
        (("€ 876.500,-", "€ 120.000,-", "€ 996.500,-"), 1),
        (("876.500,-", "-120.000,-", "756.500,-"), 1),
        (("€ 876.500,--", "€ 120.000,--", "€ 996.500,--"), 1),
        (("€ 876.500,-", "€ 120.000", "€ 996.500"), "no_unit"),
        (("€ 876,-", "€ 120,-", "€ 996,-"), "no_unit"),
    ],
)
def test_amounts_that_are_all_printed_in_euros_and_cents_state_their_unit(tmp_path, amounts, unit):
    rows = [[label, amount] for label, amount in zip(["Bieb", "Bad", "Totaal"], amounts, strict=True)]
    assert units(tmp_path, heading("Subsidies") + table_of(rows, years=["Begroting 2026"])) == [unit]


def test_euros_and_cents_under_a_unit_of_thousands_are_in_doubt(tmp_path):
    rows = [["Bieb", "€ 876.500,00"], ["Bad", "€ 120.000,50"], ["Totaal", "€ 996.500,50"]]
    below = table_of(rows, years=["Begroting 2026"])
    assert units(tmp_path, heading("Subsidies (x € 1.000)") + below) == ["no_unit"]
    assert units(tmp_path, heading("Subsidies") + below, unit=1000) == [1]


def test_whole_euros_say_their_unit_where_nothing_else_is_said_of_the_table(tmp_path):
    rows = [["Bieb", "€ 876.500,-"], ["Bad", "€ 120.000,-"], ["Totaal", "€ 996.500,-"]]
    table = table_of(rows, years=["Begroting 2026"])
    assert units(tmp_path, heading("Subsidies (x € 1.000)") + table) == [1000]
    assert units(tmp_path, heading("Subsidies") + table, unit=1000) == [1000]
    assert units(tmp_path, heading("Lasten (x € 1.000)") + table_of() + heading("Subsidies") + table) == [1000, 1]


@pytest.mark.parametrize("title", ["Netto lasten per programma", "Netto kosten programma's", "Lasten per taakveld"])
def test_a_measure_by_programme_is_a_title(tmp_path, title):
    on_lines = f"{title}\n(bedragen x € 1.000)\nOmschrijving 2025 2026\nWeg 1.234 1.300\nBrug 5 6\nTotaal 1.239 1.306\n"
    assert tables(tmp_path, on_lines) == [(title, 1000, "")]
    cells = "\n".join(["Programma 2", title, "Bedragen x € 1.000", "Programma", *YEARS, *(c for r in ROADS for c in r)])
    assert tables(tmp_path, cells) == [(title, 1000, "")]


def test_a_question_before_the_headings_of_a_line_is_the_title_whole(tmp_path):
    rows = "Lasten 1.200 1.300\nBaten 200 210\nSaldo -1.000 -1.090\n"
    text = f"Programma 1\n\nWat mag het kosten? (x € 1.000)\nWat mag het kosten? Rekening 2024 Begroting 2025\n{rows}"
    assert tables(tmp_path, text) == [("Wat mag het kosten?", 1000, "")]
