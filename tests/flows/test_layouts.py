"""Layouts that sites use, from text to published figures: a wrong year or stage here is a wrong figure."""

import pytest

from flows.document import process
from tests.flows.documents import source_of

LAYOUTS = {
    "years with an apostrophe": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Rekening '23|Begroting '24|Begroting '25"
        "|Lasten|1.000|1.100|1.213|Baten|400|452|479",
        {("Lasten", 2023, "rekening", "1.000"), ("Lasten", 2025, "begroting", "1.213")},
    ),
    "the end of a heading in a cell of its own": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Begroting 2023|voor wijziging|Begroting 2023|na wijziging|Rekening"
        "|2023|Lasten|1.000|1.100|1.213|Baten|400|452|479",
        {
            ("Lasten", 2023, "begroting", "1.000"),
            ("Lasten", 2023, "begroting_na_wijziging", "1.100"),
            ("Lasten", 2023, "rekening", "1.213"),
        },
    ),
    "a row that numbers the columns": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Rekening 2024|Begroting 2025|Begroting 2026|1|2|3"
        "|Lasten|1.000|1.100|1.213|Baten|400|452|479",
        {("Lasten", 2024, "rekening", "1.000"), ("Lasten", 2026, "begroting", "1.213")},
    ),
    "a number behind each name": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Noot|Rekening 2024|Begroting 2026"
        "|Wegen|1|1.000|1.213|Groen|2|5.000|7.001|Water|3|770|1.060",
        {("Wegen", 2024, "rekening", "1.000"), ("Water", 2026, "begroting", "1.060")},
    ),
    "letters behind the amounts": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Rekening 2024|Begroting 2026|Prioriteit"
        "|Wegen|1.000|1.213|A|Groen|5.000|7.001|B|Water|770|1.060|A|Totaal|6.770|9.274|B",
        {("Groen", 2024, "rekening", "5.000"), ("Totaal", 2026, "begroting", "9.274")},
    ),
}


@pytest.mark.parametrize(("text", "wanted"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_figures_of_a_layout_have_their_year_and_stage(tmp_path, text, wanted):
    result = process(source_of(tmp_path, content=text.replace("|", "\n") + "\n"))
    found = {(line.line_label, line.fiscal_year, line.stage, line.amount_printed) for line in result.lines}
    assert wanted <= found


ASIDE = {
    "sections that are years": (
        "Investeringen|Bedragen in euro's|Omschrijving|Bedrag|Jaarschijf 2026|Sporthal dak|220.000|Bermen|60.000"
        "|Jaarschijf 2027|Riolering|900.000|Speelplaats|75.000",
        "years_in_rows",
    ),
    "numbers that no Dutch amount is": (
        "Programma 1|Bedragen in euro|Omschrijving|Rekening 2024|Begroting 2026"
        "|Lasten|1234.56|1334.50|Baten|234.56|334.50",
        "unclear_amounts",
    ),
}


@pytest.mark.parametrize(("text", "reason"), ASIDE.values(), ids=ASIDE)
def test_what_can_not_be_read_is_set_aside_with_its_reason(tmp_path, text, reason):
    result = process(source_of(tmp_path, content=text.replace("|", "\n") + "\n"))
    assert result.lines == ()
    assert [table.reason for table in result.tables] == [reason]
    assert result.document.status == "set_aside"
