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
    "headings over several lines of a cell": (
        "Kredieten||Bedragen x € 1.000||Omschrijving||Oorspronkelijk|kredietbedrag||Realisatie|t/m 2024||Restantkrediet"
        "|31-12-2024||Wegen||1.000||213||787||Groen||5.000||2.001||2.999",
        {("Wegen", 2024, "rekening", "213"), ("Groen", 2024, "overig", "2.999")},
    ),
    "words broken at the end of a line": (
        "Voorzieningen|Bedragen x € 1.000|Boek-|waarde|31-12-2024|Toevoe-|gingen|Aan-|wending|Boek-|waarde|31-12-2025"
        "|Onderhoud wegen|1.000|213|100|1.113|Onderhoud gebouwen|5.000|501|2.000|3.501",
        {
            ("Onderhoud wegen", 2024, "rekening", "1.000"),
            ("Onderhoud gebouwen", 2025, "begroting", "3.501"),
        },
    ),
    "the number of each row before its name": (
        "EMU-saldo|Bedragen x € 1.000|Omschrijving|Rekening|Begroting|Begroting|2024|2025|2026"
        "|1|Exploitatiesaldo|565|444|384|2|Afschrijvingen|140|170|518|3|Dotaties|71|71|254|4|Investeringen|989|1|236",
        {
            ("1 Exploitatiesaldo", 2024, "rekening", "565"),
            ("2 Afschrijvingen", 2026, "begroting", "518"),
            ("4 Investeringen", 2025, "begroting", "1"),
        },
    ),
    "numbers before names under headings of sections": (
        "Algemene dekkingsmiddelen|Bedragen x € 1.000|Omschrijving|Rekening|Begroting|2024|2026|Lasten|911|Geldleningen"
        "|1.073|936|913|Beleggingen|114|85|920|Belastingen|1.011|670|Baten|911|Geldleningen|14|10|913|Beleggingen|909|652"
        "|920|Belastingen|11.395|10.858",
        {("911 Geldleningen", 2024, "rekening", "1.073"), ("920 Belastingen", 2026, "begroting", "10.858")},
    ),
    "letters before names": (
        "Renteschema|Bedragen x € 1.000|2026|2027|a|Externe rentelasten|1.986|3.288|b|externe rentebaten|605|611"
        "|Saldo rente|1.381|2.677|c1|Rente grondexploitaties|44|44",
        {
            ("a Externe rentelasten", 2026, "begroting", "1.986"),
            ("b externe rentebaten", 2027, "meerjarenraming", "611"),
            ("c1 Rente grondexploitaties", 2026, "begroting", "44"),
        },
    ),
    "a reference to a note behind a name": (
        "Balans|Bedragen x € 1.000|Activa|31-12-2024|31-12-2025|Vaste activa|B01|697|722|Voorraden|B31|91|97|Kas|13|14"
        "|Totaal|801|833",
        {("Vaste activa", 2024, "rekening", "697"), ("Voorraden", 2025, "begroting", "97")},
    ),
    "a sign in a cell of its own": (
        "Renteschema|Bedragen x € 1.000|Begroting 2026|Rentelasten|1.861|Rentebaten|-/- €|15|Totaal|1.846",
        {("Rentelasten", 2026, "begroting", "1.861"), ("Rentebaten", 2026, "begroting", "-/- € 15")},
    ),
    "lasten and baten as L and B behind a year": (
        "Wijzigingen|Bedragen x € 1.000|Onderwerp|2026 L|2026 B|2027 L|2027 B|Wegen|10|15|35|36|Groen|130|131|12|13",
        {("Wegen", 2026, "begroting", "10"), ("Groen", 2027, "meerjarenraming", "13")},
    ),
    "a label that ends like a sentence": (
        "Reserves|Bedragen x € 1.000|Begroting 2025|Begroting 2026|Reserve wegen|475|444"
        "|Reserve volkshuisvesting en duurzaamh. enz.|83|1.850|Reserve groen|14|13|Totaal|572|2.307",
        {
            ("Reserve volkshuisvesting en duurzaamh. enz.", 2026, "begroting", "1.850"),
            ("Reserve groen", 2025, "begroting", "14"),
        },
    ),
    "titles that name years and stages far above the headings": (
        "Begroting 2026|Reserves en voorzieningen|Reserves en voorzieningen|Tabel 5|Reserves|Bedragen x € 1.000"
        "|Begrote stand|Begrote stand|Begrote stand|2025-2027   per 31 december|2025|2026|2027"
        "|Algemene reserve|29.262|34.247|34.100|Reserve wegen|8.000|7.900|7.800",
        {
            ("Algemene reserve", 2025, "begroting", "29.262"),
            ("Reserve wegen", 2027, "meerjarenraming", "7.800"),
        },
    ),
    "a measure repeated under every heading": (
        "Programma's|Bedragen x € 1.000|Programma|Begroting|Mutatie|Begroting|2026|2026|2027|Saldo|Saldo|Saldo"
        "|Inwoner|-33.843|440|-32.366|Buurt|-12.632|-1.383|-13.169",
        {("Inwoner", 2026, "begroting", "-33.843"), ("Buurt", 2027, "meerjarenraming", "-13.169")},
    ),
    "a row of zeros among rows on one line": (
        "Incidenteel|Bedragen x € 1.000|Programma Rekening 2024 Begroting 2026|01 Grote projecten - -"
        "|02 Leefomgeving 3.311 2.694|03 Landbouw 979 799|Totaal 4.290 3.493",
        {("01 Grote projecten", 2024, "rekening", "-"), ("03 Landbouw", 2026, "begroting", "799")},
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
    "a heading with nothing below it, and no word of which one": (
        "Programma 1|Bedragen x € 1.000|Omschrijving|Rekening 2023|Begroting 2024|Begroting 2025|Begroting 2026"
        "|Lasten|1.000|1.100|1.213|Baten|400|452|479",
        "no_headings",
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


def path_of(tmp_path, text):
    result = process(source_of(tmp_path, content=text.replace("|", "\n") + "\n"))
    return {line.line_label: line.section_path for line in result.lines}


def test_a_total_belongs_to_the_heading_it_names_and_closes_no_other(tmp_path):
    paths = path_of(
        tmp_path,
        "Bedragen x € 1.000|Omschrijving|Rekening 2024|Begroting 2026|Programma 1 Bestuur|Lasten|Structureel|40"
        "|50|Niet structureel|10|11|Totaal lasten|50|61|Baten|Structureel|4|5|Niet structureel|1|2|Totaal baten|5|7"
        "|Vorming van reserves|3|4",
    )
    assert paths["Totaal baten"] == "Programma 1 Bestuur > Baten"
    assert paths["Vorming van reserves"] == "Programma 1 Bestuur"


def test_a_total_torn_from_the_name_it_sums_is_one_label(tmp_path):
    paths = path_of(
        tmp_path,
        "Bedragen x € 1.000|Omschrijving|Rekening 2024|Begroting 2026|1. Wonen|3.2 Bedrijven|21|60|3.4 Promotie"
        "|57|66|Totaal baten|1. Wonen|78|126|2. Leefomgeving|2.1 Verkeer|201|277|2.5 Vervoer|16|17",
    )
    assert "Totaal baten 1. Wonen" in paths
    assert paths["2.1 Verkeer"] == "2. Leefomgeving"


def test_items_with_dashes_end_the_heading_over_them(tmp_path):
    paths = path_of(
        tmp_path,
        "Balans|Bedragen x € 1.000|Activa|31-12-2024|31-12-2025|Vaste activa|Leningen aan:|- Deelnemingen|135|130"
        "|- Woningbouw|10|12|Overige leningen|680|516|Totaal vaste activa|825|658",
    )
    assert paths["- Woningbouw"].endswith("Leningen aan:")
    assert paths["Overige leningen"] == paths["Totaal vaste activa"] == "Vaste activa"


def test_one_number_before_a_name_is_an_amount_and_no_code(tmp_path):
    text = "Lasten|Bedragen x € 1.000|Omschrijving|2024|2025|2026|Zorg|400|410|420|Sociale zaken|30|Wonen|200|210|220"
    text += "|Totaal|630|620|640"
    result = process(source_of(tmp_path, content=text.replace("|", "\n") + "\n"))
    found = {(line.line_label, line.fiscal_year, line.amount_printed) for line in result.lines}
    assert {("Sociale zaken", 2024, "30"), ("Wonen", 2024, "200")} <= found
