"""The year, stage and kind of columns: what headings say of it is used, or the column or table is set aside."""

from dataclasses import replace

import pytest

from flows.document import judged_tables
from schemas.records import ColumnRole, DocumentType
from sources.local import read_snapshot
from tests.flows.documents import source_of

ROWS = [["Bestuur", "10", "4", "-6"], ["Zorg", "20", "6", "-14"], ["Totaal", "30", "10", "-20"]]
SIX = "Bestuur|10|4|-6|11|5|-6|Zorg|20|6|-14|21|8|-13|Totaal|30|10|-20|32|13|-19"


def columns_in(folder, content, kind=DocumentType.BEGROTING, year=2026, name="page.txt"):
    """Of each table the year, stage, measure and kind of its columns, `?` for one not published; or why it is none."""
    source = replace(source_of(folder, content=content, name=name), document_type=kind, document_year=year)
    return [
        one.judgement.reason
        if one.judgement.table is None
        else [
            (column.year, column.stage.value, column.measure and column.measure.value, column.kind.value)
            if column.role is ColumnRole.AMOUNT
            else "?"
            for column in one.judgement.table.columns
        ]
        for one in judged_tables(source, read_snapshot(source)).tables
    ]


def cells(text, title="Overzicht"):
    return "\n".join([title, "Bedragen x € 1.000", *text.split("|")]) + "\n"


@pytest.mark.parametrize("years", [("2025", "2026"), ("Begroting 2025", "Begroting 2026")])
def test_years_behind_measures_that_repeat_head_each_run_of_them(tmp_path, years):
    head = "Programma|Lasten|Baten|Saldo|Lasten|Baten|Saldo|" + "|".join(years)
    (found,) = columns_in(tmp_path, cells(f"{head}|{SIX}"))
    assert [column[:3] for column in found] == [
        (year, "begroting", measure) for year in (2025, 2026) for measure in ("lasten", "baten", "saldo")
    ]


def test_years_behind_stages_and_their_difference_head_each_run_of_them(tmp_path):
    head = "Programma|Begroting|Realisatie|Verschil|Begroting|Realisatie|Verschil|2023|2024"
    (found,) = columns_in(tmp_path, cells(f"{head}|{SIX}"), DocumentType.JAARSTUKKEN, 2024)
    assert [column[:2] for column in found] == [
        (year, stage) for year in (2023, 2024) for stage in ("begroting", "rekening", "overig")
    ]


def test_years_behind_measures_that_may_head_either_are_set_aside(tmp_path):
    rows = "Bestuur|10|11|4|5|Zorg|20|21|6|8|Totaal|30|32|10|13"
    assert columns_in(tmp_path, cells(f"Programma|Lasten|Baten|2025|2026|{rows}")) == ["ambiguous_headings"]


def test_a_heading_broken_behind_na_goes_on_with_its_own_words_only(tmp_path):
    head = "Programma|Primitieve|begroting|2024|Begroting|2024 na|wijziging|Rekening|2024|Verschil"
    rows = "Bestuur|10|11|12|-1|Zorg|20|21|22|-1|Totaal|30|32|34|-2"
    (found,) = columns_in(tmp_path, cells(f"{head}|{rows}"), DocumentType.JAARSTUKKEN, 2024)
    assert [column[1] for column in found] == ["begroting", "begroting_na_wijziging", "rekening", "overig"]


def page(headings, rows=ROWS, title="Overzicht", caption="Bedragen x € 1.000"):
    """A page with one table; a row of one text is a section."""
    head = "".join(f"<th>{text}</th>" for text in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<html><body><h2>{title}</h2>{table}</body></html>"


@pytest.mark.parametrize(
    ("headings", "known"),
    [
        (["Realisatie T-2", "Begroting T-1", "Begroting T"], []),
        (["T-1", "T", "T+1"], []),
        (["Jaar 1", "Jaar 2", "Jaar 3"], []),
        (["R24", "B25", "B26"], []),
        (["Rek. 24", "Begr. 25", "Begr. 26"], []),
        (["B2026", "M2027", "M2028"], [2026]),
        (["Vorig jaar", "Huidig jaar", "Volgend jaar"], [2025]),
        (["Begroting 2025", "Begroting 2026", "Raming 2027 t/m 2029"], [2025, 2026]),
        (["Rekening", "Begroting", "Raming"], []),
        (["Realisatie T-1", "Begroting", "Verschil"], []),
    ],
)
def test_columns_whose_years_are_said_in_another_way_are_not_of_the_documents_year(tmp_path, headings, known):
    (found,) = columns_in(tmp_path, page(["Programma", *headings]), name="page.html")
    assert ([column[0] for column in found if column != "?"] if known else found) == (known or "no_headings")


def test_a_difference_names_the_years_that_it_is_between(tmp_path):
    headings = ["Programma", "Rekening 2025", "Rekening 2024", "Verschil 2025/2024"]
    (found,) = columns_in(tmp_path, page(headings), DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert found[2][1:] == ("overig", None, "verschil")


def test_a_budget_without_a_year_beside_its_changes_is_of_the_documents_year(tmp_path):
    headings = ["Programma", "Huidige begroting", "Mutatie", "Nieuwe begroting"]
    (found,) = columns_in(tmp_path, page(headings), DocumentType.BEGROTINGSWIJZIGING, name="page.html")
    assert [column[1] for column in found] == ["begroting_na_wijziging", "overig", "begroting_na_wijziging"]


def test_amounts_far_apart_that_look_like_years_are_amounts(tmp_path):
    rows = [["Bestuur", "1.100", "1.200"], ["Sport", "2024", "1998"], ["Totaal", "3.124", "3.198"]]
    found = columns_in(tmp_path, page(["Programma", "Begroting 2025", "Begroting 2026"], rows), name="page.html")
    assert [[column[0] for column in table] for table in found] == [[2025, 2026]]
    head = "Programma|Rekening 2024|Begroting 2025|Begroting 2026"
    stream = f"{head}|Sport|5|6|7|Cultuur|2030|1990|2001|Totaal|2035|1996|2008"
    assert len(columns_in(tmp_path, cells(stream))) == 1


@pytest.mark.parametrize(
    ("title", "year", "stage"),
    [
        ("Rekening 2024", 2024, "rekening"),
        ("Begroting 2025", 2025, "begroting"),
        ("Meerjarenraming 2028", 2028, "meerjarenraming"),
        ("Lasten en baten 2027", 2027, "meerjarenraming"),
        ("Begroting 2026", 2026, "begroting"),
        ("Vastgesteld in november 2025", 2026, "begroting"),
        ("Uitkomst meicirculaire 2025", 2026, "begroting"),
        ("Meerjarenbegroting 2026-2029", 2026, "begroting"),
    ],
)
def test_what_stands_above_or_in_the_corner_dates_columns_without_years(tmp_path, title, year, stage):
    measures = ["Lasten", "Baten", "Saldo"]
    wanted = [[(year, stage, measure.lower(), "exploitatie") for measure in measures]]
    assert columns_in(tmp_path, page(["Programma", *measures], title=title), name="page.html") == wanted
    captioned = page(["Programma", *measures], caption=f"{title} (x € 1.000)")
    assert columns_in(tmp_path, captioned, name="page.html") == wanted
    assert columns_in(tmp_path, page([title, *measures]), name="page.html") == wanted
    stream = "Programma|" + "|".join([*measures, *(cell for row in ROWS for cell in row)])
    assert columns_in(tmp_path, cells(stream, title)) == wanted


def test_a_title_that_may_date_the_columns_sets_them_aside(tmp_path):
    found = columns_in(
        tmp_path, page(["Programma", "Lasten", "Baten", "Saldo"], title="Uitkomst 2025"), name="page.html"
    )
    assert found == ["no_headings"]


def test_a_title_dates_no_columns_that_name_a_year(tmp_path):
    headings = ["Programma", "Lasten 2026", "Baten 2026", "Saldo 2026"]
    (found,) = columns_in(tmp_path, page(headings, title="Rekening 2024"), name="page.html")
    assert {column[:2] for column in found} == {(2026, "begroting")}


SPLIT = [["Lasten", "30", "40"], ["Baten", "10", "15"]]


@pytest.mark.parametrize(
    ("first", "second"), [("Realisatie", "Begroting"), ("Primitieve begroting", "Begroting na wijziging")]
)
def test_sections_that_are_stages_which_the_columns_do_not_name_are_set_aside(tmp_path, first, second):
    rows = [[first, "", ""], *SPLIT, [second, "", ""], *SPLIT]
    named = page(["", "2023", "2024"], rows)
    assert columns_in(tmp_path, named, DocumentType.JAARSTUKKEN, 2024, "page.html") == ["years_in_rows"]
    other = page(["", "2023", "2024"], [["Bestuur", "", ""], *SPLIT, ["Zorg", "", ""], *SPLIT])
    (found,) = columns_in(tmp_path, other, DocumentType.JAARSTUKKEN, 2024, "page.html")
    assert {column[1] for column in found} == {"rekening"}


YEARS = ["Post", "2025", "2026"]
TWO = [["Algemeen", "30", "40"], ["Wegen", "10", "15"], ["Totaal", "40", "55"]]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Reserves per 31 december", "stand"),
        ("Verloop van de voorzieningen, stand per 31-12", "stand"),
        ("Passiva", "stand"),
        ("Exploitatie per 31 december", "exploitatie"),
        ("Reserves", "exploitatie"),
        ("Mutaties ten opzichte van de begroting 2025", "mutatie"),
        ("Wijzigingen t.o.v. de primitieve begroting", "mutatie"),
        ("Mutaties reserves", "exploitatie"),
    ],
)
def test_a_title_tells_balances_and_changes_under_years_alone(tmp_path, title, kind):
    (found,) = columns_in(tmp_path, page(YEARS, TWO, title=title), name="page.html")
    assert [(column[0], column[3]) for column in found] == [(2025, kind), (2026, kind)]
    assert all((column[1] == "overig") == (kind == "mutatie") for column in found)


def test_a_title_with_the_date_of_a_balance_dates_an_amount(tmp_path):
    named = page(["Reserve", "Bedrag"], [row[:2] for row in TWO], title="Reserves per 31 december 2023")
    (found,) = columns_in(tmp_path, named, DocumentType.JAARSTUKKEN, 2024, "page.html")
    assert found == [(2023, "rekening", None, "stand")]


def test_a_title_with_a_date_makes_no_balances_of_lasten_and_baten(tmp_path):
    (found,) = columns_in(tmp_path, page(YEARS, SPLIT, title="Overzicht per 31 december"), name="page.html")
    assert {column[3] for column in found} == {"exploitatie"}


def test_what_a_budget_was_and_becomes_are_two_stages(tmp_path):
    headings = ["Programma", "Was", "Mutatie", "Wordt"]
    (found,) = columns_in(tmp_path, page(headings), DocumentType.BEGROTINGSWIJZIGING, name="page.html")
    assert [column[1] for column in found] == ["begroting", "overig", "begroting_na_wijziging"]


def test_kinds_of_one_budget_without_years_are_of_the_documents_year(tmp_path):
    found = columns_in(
        tmp_path, page(["Programma", "Budget personeel", "Budget materieel", "Totaal"]), name="page.html"
    )
    assert [column[0] for column in found[0]] == [2026, 2026, 2026]


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("Voorjaarsnota 2025", "overig"),
        ("Kadernota 2025", "overig"),
        ("1e bestuursrapportage 2025", "overig"),
        ("Berap 2025", "overig"),
        ("Meicirculaire 2025", "overig"),
        ("Begroting 2025 na voorjaarsnota", "begroting_na_wijziging"),
        ("Begroting 2025 incl. najaarsnota", "begroting_na_wijziging"),
    ],
)
def test_what_another_document_says_is_no_stage_of_the_budget(tmp_path, heading, stage):
    rows = "Bestuur|10|11|12|Zorg|20|21|22|Totaal|30|32|34"
    (found,) = columns_in(tmp_path, cells(f"Programma|Rekening 2024|{heading}|Begroting 2026|{rows}"))
    assert [column[:2] for column in found] == [(2024, "rekening"), (2025, stage), (2026, "begroting")]


def test_a_kadernota_shows_its_own_figures_beside_the_budget(tmp_path):
    rows = "Bestuur|10|11|Zorg|20|21|Totaal|30|32"
    text = cells(f"Programma|Begroting 2025|Kadernota 2026|{rows}")
    (found,) = columns_in(tmp_path, text, DocumentType.KADERNOTA)
    assert [column[:2] for column in found] == [(2025, "begroting"), (2026, "begroting")]


def markup(*parts):
    """A page of HTML under one heading and one unit, with a table behind each part."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    heads = "".join(f"<th>{text}</th>" for text in ("Programma", "Lasten", "Baten", "Saldo"))
    table = f"<table><tr>{heads}</tr>{rows}</table>"
    return "<h2>Wat mag het kosten?</h2><p>Bedragen x € 1.000</p>" + "".join(f"{part}{table}" for part in parts)


@pytest.mark.parametrize(
    "line", ["<p>{}</p>", "<div><b>{}</b></div>", "<p>Tabel 4: {}, bedragen x € 1.000</p>", "<h4>{}</h4>"]
)
def test_the_line_above_each_table_says_its_year_and_parts_no_unit(tmp_path, line):
    page = markup(*(line.format(text) for text in ("Rekening 2024", "Begroting 2025 na wijziging", "Begroting 2026")))
    found = columns_in(tmp_path, page, name="page.html")
    assert [columns[0][:2] for columns in found] == [
        (2024, "rekening"), (2025, "begroting_na_wijziging"), (2026, "begroting"),
    ]  # fmt: skip


def test_a_bare_year_above_each_table_is_its_year(tmp_path):
    found = columns_in(tmp_path, markup("<p>2024</p>", "<p><strong>2025</strong></p>"), name="page.html")
    assert [columns[0][:2] for columns in found] == [(2024, "rekening"), (2025, "begroting")]


def test_a_line_that_says_more_than_a_period_dates_no_table(tmp_path):
    found = columns_in(tmp_path, markup("<p>Zie ook de rekening 2024</p>"), name="page.html")
    assert [columns[0][:2] for columns in found] == [(2026, "begroting")]


TABS = {
    "links": ('<li><a href="#t{at}">{name}</a></li>', '<div id="t{at}">{inside}</div>'),
    "buttons": (
        '<button role="tab" aria-controls="t{at}">{name}</button>',
        '<div role="tabpanel" id="t{at}">{inside}</div>',
    ),
    "labels": ('<span id="n{at}">{name}</span> ', '<div role="tabpanel" aria-labelledby="n{at}">{inside}</div>'),
}


def tabbed(names, form, before=""):
    """A page of HTML with a table in each of some tabs."""
    name, part = TABS[form]
    inside = markup(before).split("1.000</p>")[1]
    heads = "".join(name.format(at=at, name=text) for at, text in enumerate(names))
    parts = "".join(part.format(at=at, inside=inside) for at in range(len(names)))
    return f"<h2>Wat mag het kosten in 2026?</h2><p>Bedragen x € 1.000</p><ul>{heads}</ul>{parts}"


@pytest.mark.parametrize("form", TABS)
@pytest.mark.parametrize("before", ["", "<h4>Lasten en baten</h4>"])
def test_the_tab_that_a_table_stands_in_says_its_year(tmp_path, form, before):
    page = tabbed(["Rekening 2024", "2025", "2026"], form, before)
    found = columns_in(tmp_path, page, name="page.html")
    assert [columns[0][:2] for columns in found] == [(2024, "rekening"), (2025, "begroting"), (2026, "begroting")]


def test_a_heading_with_a_year_in_a_tab_is_nearer_than_its_name(tmp_path):
    found = columns_in(tmp_path, tabbed(["2025", "2026"], "links", "<h4>Rekening 2024</h4>"), name="page.html")
    assert [columns[0][:2] for columns in found] == [(2024, "rekening")] * 2


def flat(*parts):
    """Flattened text, one cell a line, with a table of lasten, baten and saldo behind each part."""
    table = "|".join(["Programma", "Lasten", "Baten", "Saldo", *(cell for row in ROWS for cell in row)])
    return cells("|".join(word for part in parts for word in (part, table)))


def test_a_year_between_flattened_tables_is_that_of_the_next(tmp_path):
    found = columns_in(tmp_path, flat("2024", "2025", "2026"))
    assert [columns[0][:3] for columns in found] == [
        (2024, "rekening", "lasten"), (2025, "begroting", "lasten"), (2026, "begroting", "lasten"),
    ]  # fmt: skip


def test_years_above_the_headings_of_lasten_and_baten_may_be_tabs_and_are_no_columns(tmp_path):
    page = flat("2024|2025|2026", "Toelichting", "Toelichting")
    assert columns_in(tmp_path, page) == ["ambiguous_headings"] * 3


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ("Begroting 2026", "Rekening 2024", (2024, "rekening", None)),
        ("Lasten 2026", "Baten 2026", (2026, "begroting", "baten")),
        ("Stand 31-12-2024", "Stand 31-12-2025", (2025, "begroting", None)),
    ],
)
@pytest.mark.parametrize("between", ["Voorzieningen|Bedragen x € 1.000|", "Voorzieningen|"])
def test_a_flattened_table_of_one_column_ends_at_the_heading_of_the_next(tmp_path, one, two, said, between):
    first = f"Reserve|{one}|Algemene reserve|1.200|Reserve wegen|450|Totaal|1.650"
    second = f"{between}Voorziening|{two}|Pensioenen|1.400|Onderhoud|460|Totaal|1.860"
    found = columns_in(tmp_path, cells(f"{first}|{second}", "Reserves"))
    assert len(found) == 2
    assert found[1][0][:3] == said


@pytest.mark.parametrize("mark", ["", " 1)", "¹", "*"])
def test_the_mark_of_a_note_behind_a_year_changes_no_heading(tmp_path, mark):
    found = columns_in(tmp_path, cells(f"Programma|2024{mark}|2025|2026{mark}|Bestuur|2.024 1)|1.255|1.310|Zorg|7|8|9"))
    assert [column[:2] for column in found[0]] == [(2024, "rekening"), (2025, "begroting"), (2026, "begroting")]
