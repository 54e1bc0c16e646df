"""Columns of a budget as it was, of its changes, of what becomes of it, and of parts of a year."""

import pytest

from flows.document import judged_tables
from schemas.records import DocumentType
from sources.local import read_snapshot
from tests.flows.documents import source_of
from tests.transformers.test_time_of_columns import cells, columns_in, page


@pytest.mark.parametrize("title", ["2e begrotingswijziging 2026", "Begroting na 2e wijziging 2026", "Overzicht"])
def test_what_was_and_what_changes_are_not_the_amended_budget_that_a_title_names(tmp_path, title):
    rows = "Bestuur|100|12|112|Zorg|200|-20|180|Totaal|300|-8|292"
    text = cells(f"Programma|Was|Mutatie|Wordt|{rows}", title)
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING)
    assert [column[1] for column in found] == ["begroting", "overig", "begroting_na_wijziging"]
    assert found[1][3] == "mutatie"


def test_a_title_says_the_stage_of_amounts_but_not_of_changes_beside_them(tmp_path):
    rows = "Bestuur|100|80|12|Zorg|200|90|-20|Totaal|300|170|-8"
    text = cells(f"Programma|Lasten|Baten|Wijziging|{rows}", "Begroting na 2e wijziging 2026")
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING)
    assert [column[1] for column in found] == ["begroting_na_wijziging", "begroting_na_wijziging", "overig"]


def test_a_title_says_the_stage_of_what_is_added_to_reserves_in_its_budget(tmp_path):
    rows = "Bestuur|100|80|12|Zorg|200|90|20|Totaal|300|170|32"
    text = cells(f"Programma|Lasten|Baten|Toevoeging reserves|{rows}", "Begroting na 2e wijziging 2026")
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING)
    assert [column[1] for column in found] == ["begroting_na_wijziging"] * 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Verwachte afwijking", "verschil"),
        ("Prognose afwijking 2026", "verschil"),
        ("Prognose 2026", "prognose"),
        ("Verwachte realisatie 2026", "prognose"),
    ],
)
def test_an_expected_difference_is_a_difference(tmp_path, heading, kind):
    rows = "Bestuur|100|12|Zorg|200|-20|Totaal|300|-8"
    text = cells(f"Programma|Begroting 2026|{heading}|{rows}")
    (found,) = columns_in(tmp_path, text, DocumentType.TUSSENRAPPORTAGE)
    assert found[1][1:] == ("overig", None, kind)


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("Q1 2026", "overig"),
        ("1e halfjaar 2026", "overig"),
        ("Eerste kwartaal 2026", "overig"),
        ("Begroting 2e kwartaal 2026", "overig"),
        ("Maart 2026", "overig"),
        ("Begroting 2026 na 1e kwartaal", "begroting_na_wijziging"),
        ("Begroting 2026 na 1e kwartaalrapportage", "begroting_na_wijziging"),
        ("Actuele begroting juni 2026", "begroting_na_wijziging"),
        ("Realisatie t/m juni 2026", "overig"),
        ("Realisatie t/m 30-6-2026", "overig"),
        ("Realisatie t/m december 2026", "rekening"),
        ("Uitgaven t/m 31-12-2026", "rekening"),
        ("Stand januari 2026", "begroting"),
    ],
)
def test_a_part_of_a_year_is_no_stage_of_the_year(tmp_path, heading, stage):
    found = columns_in(
        tmp_path,
        page(["Programma", "Begroting 2026", heading, "Totaal"]),
        DocumentType.TUSSENRAPPORTAGE,
        2026,
        "p.html",
    )
    assert [column[:2] for column in found[0][:2]] == [(2026, "begroting"), (2026, stage)]


def test_measures_below_a_part_of_a_year_are_of_the_part(tmp_path):
    head = "Programma|1e halfjaar 2026|2e halfjaar 2026|Lasten|Baten|Lasten|Baten"
    rows = "Bestuur|10|4|11|5|Zorg|20|6|21|8|Totaal|30|10|32|13"
    (found,) = columns_in(tmp_path, cells(f"{head}|{rows}"), DocumentType.TUSSENRAPPORTAGE)
    assert [column[:3] for column in found] == [(2026, "overig", measure) for measure in ("lasten", "baten")] * 2


def test_quarters_on_one_line_are_a_column_each(tmp_path):
    lines = ["Omschrijving Q1 2026 Q2 2026 Totaal 2026", "Lasten 10 4 14", "Baten 20 6 26", "Saldo 10 2 12"]
    (found,) = columns_in(tmp_path, cells("|".join(lines)), DocumentType.TUSSENRAPPORTAGE)
    assert [column[:2] for column in found] == [(2026, "overig"), (2026, "overig"), (2026, "begroting")]


@pytest.mark.parametrize(
    "head",
    [
        "Programma Was Mutatie Wordt",
        "Omschrijving Oud Bijstelling Nieuw",
        "Programma Begroting voor wijziging Wijziging Begroting na wijziging",
        "Programma Oude raming Wijziging Nieuwe raming",
        "Programma Primitieve begroting Mutaties Begroting na wijziging",
    ],
)
def test_what_was_what_changes_and_what_becomes_of_it_may_stand_on_one_line(tmp_path, head):
    lines = [head, "Bestuur 100 12 112", "Zorg 200 -20 180", "Totaal 300 -8 292"]
    (found,) = columns_in(tmp_path, cells("|".join(lines)), DocumentType.BEGROTINGSWIJZIGING)
    assert [column[1] for column in found] == ["begroting", "overig", "begroting_na_wijziging"]


PARTS = [["Oldambt", "385", "96", "481"], ["Westerwolde", "264", "66", "330"], ["Pekela", "122", "30", "152"]]
SUM = [["Totaal", "771", "192", "963"]]


@pytest.mark.parametrize(
    ("headings", "rows", "stages"),
    [
        (["Basispakket", "Pluspakket", "Totaal 2026"], PARTS + SUM, ["begroting"] * 3),
        (["Basispakket", "Pluspakket", "Totaal rekening 2024"], PARTS + SUM, ["rekening"] * 3),
        (["Q1", "Q2", "Totaal 2026"], PARTS + SUM, ["overig", "overig", "begroting"]),
        (["Basispakket", "Pluspakket", "Totaal 2026"], [["Almere", "385", "96", "484"], *PARTS], "??b"),
        (["Basispakket", "Pluspakket", "Totaal 2026"], PARTS[:2], "??b"),
        (["Basispakket", "Pluspakket", "Begroting 2026"], PARTS + SUM, "??b"),
        (["Pakket 24", "Pluspakket", "Totaal 2026"], PARTS + SUM, "??b"),
    ],
    ids=["total", "account", "quarters", "one row off", "few rows", "no total", "perhaps a year"],
)
def test_names_of_kinds_that_make_a_total_in_every_row_are_of_its_year(tmp_path, headings, rows, stages):
    text = page(["Gemeente", *headings], rows)
    (found,) = columns_in(tmp_path, text, name="page.html")
    if stages == "??b":
        assert found[:2] == ["?", "?"]
    else:
        assert [column[1] for column in found] == stages
        assert len({column[0] for column in found}) == 1


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Mutaties voorjaarsnota", "overig"),
        ("Bijstellingen 1e bestuursrapportage 2025", "overig"),
        ("Verschillenanalyse begroting – rekening 2025", "overig"),
        ("Belangrijkste afwijkingen", "overig"),
        ("Mutaties reserves", "rekening"),
        ("Voorjaarsnota", "rekening"),
        ("Lasten", "rekening"),
    ],
)
@pytest.mark.parametrize("legend", ["", "<p>Bedragen x € 1.000 (V = voordeel, N = nadeel)</p>"])
def test_a_title_that_names_changes_or_differences_says_no_stage(tmp_path, title, stage, legend):
    rows = [["Jeugdzorg", "780"], ["Leges", "-210"], ["Totaal", "570"]]
    shown = page(["Onderwerp", "Bedrag"], rows, title=title).replace("<table", f"{legend}<table", 1)
    (found,) = columns_in(tmp_path, shown, DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert [column[1] for column in found] == [stage]


def test_changes_by_a_paper_of_the_year_are_no_budget_of_later_years(tmp_path):
    rows = [["Jeugdzorg", "780", "790"], ["Leges", "-210", "-220"], ["Totaal", "570", "570"]]
    shown = page(["Onderwerp", "2026", "2027"], rows, title="Mutaties voorjaarsnota")
    (found,) = columns_in(tmp_path, shown, name="page.html")
    assert [column[1] for column in found] == ["overig", "overig"]


def lines_of(head, *rows, title="Programma 1 Bestuur"):
    """A table with each row on one line."""
    return "\n".join([title, "(x € 1.000)", head, *rows]) + "\n"


@pytest.mark.parametrize("last", ["Saldo 2025", "Saldo"])
@pytest.mark.parametrize(
    "before",
    [
        "Begroting primair 2025 Begroting na wijziging 2025 Rekening 2025",
        "Primitief 2025 Na wijziging 2025 Rekening 2025",
        "Primaire begroting 2025 Begroting na wijziging 2025 Realisatie 2025",
    ],
)
@pytest.mark.parametrize("corner", ["Omschrijving", "Wat gaat het kosten"])
def test_a_saldo_behind_the_stages_on_a_line_is_what_they_differ(tmp_path, corner, before, last):
    rows = ["Totaal lasten 1.400 1.500 1.450 50", "Totaal baten 400 500 550 50", "Saldo -1.000 -1.000 -900 100"]
    (found,) = columns_in(tmp_path, lines_of(f"{corner} {before} {last}", *rows), DocumentType.JAARSTUKKEN, year=2025)
    assert [column[1] for column in found] == ["begroting", "begroting_na_wijziging", "rekening", "overig"]
    assert found[-1][3] == "verschil"


def test_a_saldo_beside_one_stage_is_no_amount_of_that_stage(tmp_path):
    rows = ["Totaal lasten 1.450 50", "Totaal baten 550 50", "Saldo -900 100"]
    text = lines_of("Omschrijving Rekening 2025 Saldo 2025", *rows)
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, year=2025)
    assert [column[1] for column in found] == ["rekening", "overig"]


def test_a_saldo_of_each_stage_on_a_line_stays_with_its_stage(tmp_path):
    rows = ["Bestuur -1.400 -1.500", "Zorg -400 -500", "Totaal -1.800 -2.000"]
    text = lines_of("Programma Begroting 2025 Saldo Rekening 2025 Saldo", *rows)
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, year=2025)
    assert [column[1] for column in found] == ["begroting", "rekening"]
    text = lines_of("Programma Lasten 2025 Baten 2025 Saldo 2025", "Bestuur 900 400 -500", "Zorg 800 300 -500")
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, year=2025)
    assert [column[1] for column in found] == ["rekening"] * 3


@pytest.mark.parametrize(
    "head",
    [
        "Stand na 1e wijziging|2e wijziging|Stand na 2e wijziging",
        "2026 oud|mutatie|2026 nieuw",
        "Oud 2026|Mutatie|Nieuw 2026",
    ],
)
@pytest.mark.parametrize("on_a_line", [True, False])
def test_a_change_between_what_was_and_what_becomes_is_no_stand(tmp_path, head, on_a_line):
    rows = ["Bestuur|1.400|100|1.500", "Sociaal domein|2.400|-200|2.200", "Totaal|3.800|-100|3.700"]
    text = lines_of(*(one.replace("|", " " if on_a_line else "\n") for one in (f"Programma|{head}", *rows)))
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING)
    assert (found[1][1], found[1][3], found[2][1]) == ("overig", "mutatie", "begroting_na_wijziging")


GROUPS = (
    "Begroting na 1e wijziging|2e wijziging|Begroting na 2e wijziging",
    "Primitieve begroting|2e begrotingswijziging|Gewijzigde begroting",
    "Huidige begroting|Mutatie|Nieuwe begroting",
    "Begroting voor wijziging|Wijziging|Begroting na wijziging",
    "Primitieve begroting|Mutatie 2e wijziging|Begroting na wijziging",
)


@pytest.mark.parametrize("head", GROUPS)
@pytest.mark.parametrize("measures", [[""], ["Lasten", "Baten"], ["Lasten", "Baten", "Saldo"]])
def test_a_change_between_two_stands_is_none_for_lasten_and_baten_too(tmp_path, head, measures):
    headings = [f"{stage} {measure}".strip() for stage in head.split("|") for measure in measures]
    width = len(measures)
    rows = [
        [name, *(str(at) for at in [*range(1500, 1500 + width), *[10] * width, *range(1510, 1510 + width)])]
        for name in ("Bestuur", "Zorg", "Wonen")
    ]
    text = page(["Programma", *headings], rows)
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING, 2026, "page.html")
    assert [column[1] for column in found[width:]] == ["overig"] * width + ["begroting_na_wijziging"] * width
    assert {column[3] for column in found[width : 2 * width]} == {"mutatie"}
    assert {column[3] for column in found[:width] + found[2 * width :]} == {"exploitatie"}


def test_a_stand_that_a_change_leads_to_is_that_of_the_budget_or_of_a_reserve(tmp_path):
    rows = [["Bestuur", "1.400", "100", "1.500"], ["Zorg", "240", "-20", "220"], ["Totaal", "1.640", "80", "1.720"]]
    kind = DocumentType.BEGROTINGSWIJZIGING
    text = page(["Programma", "Stand begroting", "Mutatie 2e wijziging", "Nieuwe stand"], rows)
    (found,) = columns_in(tmp_path, text, kind, 2026, "page.html")
    assert [column[1] for column in found] == ["begroting", "overig", "begroting_na_wijziging"]
    assert [column[3] for column in found] == ["exploitatie", "mutatie", "exploitatie"]
    text = page(["Reserve", "Stand 1-1-2026", "Mutatie", "Nieuwe stand"], rows)
    (found,) = columns_in(tmp_path, text, kind, 2026, "page.html")
    assert [column[3] for column in found] == ["stand", "mutatie", "stand"]


def test_budgets_of_two_years_around_a_change_are_both_as_they_were_set(tmp_path):
    stages = ("Begroting 2025", "Mutatie", "Begroting 2026")
    headings = [f"{stage} {measure}" for stage in stages for measure in ("lasten", "baten")]
    rows = [[name, "1.400", "1.300", "100", "50", "1.500", "1.350"] for name in ("Bestuur", "Zorg", "Wonen")]
    (found,) = columns_in(tmp_path, page(["Programma", *headings], rows), name="page.html")
    assert [found[at][1] for at in (0, 1, 4, 5)] == ["begroting"] * 4


def test_changes_by_number_behind_the_last_stand_are_left_as_they_are(tmp_path):
    text = cells("Programma|Begroting 2026|Begroting 2026 na 1e wijziging|Bestuur|1.400|1.500|Zorg|200|250")
    (found,) = columns_in(tmp_path, text, DocumentType.BEGROTINGSWIJZIGING)
    assert [column[1] for column in found] == ["begroting", "begroting_na_wijziging"]


TERMS = (
    "Saldo (bijgesteld -/- realisatie)|Saldo begroting - rekening|Begroting -/- realisatie"
    "|Begroting minus rekening 2025|Saldo begroting na wijziging -/- rekening|Rekening - begroting na wijziging"
    "|Begroting-Rekening|Saldo (begr - rek)|Rekening 2025 -/- rekening 2024"
    "|Primitieve begroting - bijgestelde begroting"
)


@pytest.mark.parametrize("heading", TERMS.split("|"))
def test_a_heading_that_names_the_terms_of_a_difference_is_one(tmp_path, heading):
    rows = [["Bestuur", "1.100", "1.050", "50"], ["Zorg", "310", "330", "-20"], ["Totaal", "1.410", "1.380", "30"]]
    text = page(["Programma", "Bijgesteld 2025", "Realisatie 2025", heading], rows)
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert [(column[1], column[3]) for column in found][1:] == [("rekening", "exploitatie"), ("overig", "verschil")]


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("Begroting - na wijziging", "begroting_na_wijziging"),
        ("Begroting 2025 - primitief", "begroting"),
        ("Rekening 2025 - realisatie", "rekening"),
    ],
)
def test_a_dash_between_the_words_of_one_stage_takes_nothing(tmp_path, heading, stage):
    rows = [["Bestuur", "1.100", "50"], ["Zorg", "310", "20"], ["Totaal", "1.410", "70"]]
    text = page(["Programma", heading, "Verschil"], rows)
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert [column[1] for column in found] == [stage, "overig"]


ON_A_LINE = "Begroting -/- rekening|Begroting - rekening|Begroting minus rekening|Over te hevelen naar 2026"


@pytest.mark.parametrize("last", [*ON_A_LINE.split("|"), "Saldo begroting - rekening"])
def test_the_terms_of_a_difference_on_one_line_are_no_columns(tmp_path, last):
    text = (
        "Programma 1\n(x € 1.000)\nProgramma Begroting 2025 Rekening 2025 {}\nBestuur 1.450 1.400 50\nZorg 550 500 50\n"
    )
    (found,) = columns_in(tmp_path, text.format(last), DocumentType.JAARSTUKKEN, 2025)
    expected = ["begroting", "rekening", "overig"]
    assert found == "no_headings" or [column[1] for column in found] == expected


def test_what_is_carried_over_to_the_next_year_is_no_estimate_of_it(tmp_path):
    rows = [["Bestuur", "1.100", "1.050", "50"], ["Zorg", "310", "290", "20"]]
    text = page(["Programma", "Begroting 2025", "Rekening 2025", "Over te hevelen naar 2026"], rows)
    (found,) = columns_in(tmp_path, text, DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert found[-1] == (2026, "overig", None, "overig")


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["Krediet", "Uitgaven t/m 2025", "Restant 31-12-2025"], "krediet"),
        (["Oorspronkelijk bedrag", "Aflossing 2025", "Restant 31-12-2025"], "stand"),
    ],
)
def test_what_is_left_of_a_krediet_at_a_day_is_no_balance_of_a_loan(tmp_path, headings, kind):
    rows = [["Brug", "1.000", "100", "900"], ["School", "300", "10", "290"], ["Totaal", "1.300", "110", "1.190"]]
    (found,) = columns_in(tmp_path, page(["Post", *headings], rows), DocumentType.JAARSTUKKEN, 2025, "page.html")
    assert found[-1][3] == kind


@pytest.mark.parametrize(("spent", "kind"), [("Uitgaven", "krediet"), ("Kapitaallasten", "exploitatie")])
def test_what_is_spent_on_a_krediet_is_no_exploitatie_but_its_capital_costs_are(tmp_path, spent, kind):
    rows = [["Brug", "1.000", "100", "900"], ["School", "300", "10", "290"], ["Totaal", "1.300", "110", "1.190"]]
    text = page(["Post", "Beschikbaar krediet", spent, "Restant"], rows)
    source = source_of(tmp_path, content=text, name="page.html")
    (found,) = judged_tables(source, read_snapshot(source)).tables
    assert [line.amount_kind for line in found.lines][:3] == ["krediet", kind, "verschil"]


TO_DATE = (
    "Realisatie 30-6-2025|Realisatie 1-1-2025 t/m 30-6-2025|Realisatie januari-juni 2025|Realisatie 8 maanden 2025"
    "|Realisatie 2025 t/m periode 8"
)


@pytest.mark.parametrize("heading", [*TO_DATE.split("|"), "Besteed per 30-6-2025", "Boekingen t/m 30-6-2025"])
def test_a_part_of_the_year_on_a_line_of_headings_is_one_column(tmp_path, heading):
    rows = "Bestuur 1.000 500 1.010\nZorg 300 150 310\nTotaal 1.300 650 1.320\n"
    text = f"Programma 1\n(x € 1.000)\nProgramma Begroting 2025 {heading} Prognose 2025\n{rows}"
    (found,) = columns_in(tmp_path, text, DocumentType.TUSSENRAPPORTAGE, 2025)
    assert [column[3] for column in found] == ["exploitatie", "overig", "prognose"]


@pytest.mark.parametrize("heading", TO_DATE.split("|"))
def test_a_part_of_the_year_below_its_stage_is_no_strange_account(tmp_path, heading):
    part = heading.replace(" ", "|", 1)
    rows = "Bestuur|1.000|500|1.010|Zorg|300|150|310|Totaal|1.300|650|1.320"
    text = cells(f"Programma|Begroting|2025|{part}|Prognose|2025|{rows}")
    (found,) = columns_in(tmp_path, text, DocumentType.TUSSENRAPPORTAGE, 2025)
    assert [column[:2] for column in found] == [(2025, "begroting"), (2025, "overig"), (2025, "overig")]
