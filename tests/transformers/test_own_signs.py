from dataclasses import replace

import pytest

from flows.document import judged_tables
from schemas.records import DocumentType
from sources.local import read_snapshot
from tests.flows.documents import UNIT, source_of

HEAD = "Overzicht|Bedragen x € 1.000|Programma|Begroting 2024|Rekening 2024"
FULL = "Bestuur|100|90|10|0|Zorg|200|230|0|30|Totaal|300|320|10|30"
ONE = "Bestuur|100|110|10|Zorg|200|230|30|Totaal|300|340|40"


def euros(folder, text):
    source = replace(source_of(folder, content=text.replace("|", "\n")), document_type=DocumentType.JAARSTUKKEN)
    (table,) = judged_tables(source, read_snapshot(source)).tables
    return [int(line.amount_eur) // 1000 for line in table.lines if line.amount_kind == "verschil"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{HEAD}|Voordeel|Nadeel|{FULL}", [10, 0, 0, -30, 10, -30]),
        (f"{HEAD}|Nadeel|{ONE}", [-10, -30, -40]),
        (f"{HEAD}|Voordeel|{ONE}", [10, 30, 40]),
        (f"{HEAD}|Voordeel/nadeel|{ONE}", [10, 30, 40]),
        (f"{HEAD}|Nadeel|Bestuur|100|110|-10|Zorg|200|190|10|Totaal|300|300|0", [-10, 10, 0]),
    ],
    ids=["a column for each", "only bad", "only good", "both in one", "signs of its own"],
)
def test_amounts_in_a_column_for_nadeel_are_negative(tmp_path, text, wanted):
    assert euros(tmp_path, text) == wanted


YEAR = ("Post", "Begroting 2026")


def amounts(folder, headings, *rows, title="Overzicht"):
    """The amounts in thousands of a web page with one table, whose last column holds marks."""
    heads = "".join(f"<th>{text}</th>" for text in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><body><h3>{title}</h3><p>{UNIT}</p><table><tr>{heads}</tr>{body}</table></body></html>"
    source = source_of(folder, content=page, name="page.html")
    (table,) = judged_tables(source, read_snapshot(source)).tables
    return [int(line.amount_eur) // 1000 for line in table.lines if line.amount_eur is not None]


@pytest.mark.parametrize(
    ("heading", "marks", "wanted"),
    [
        ("Incidenteel (J/N)", "JN", [85, 320]),
        ("Nieuw / Vervanging", "NV", [85, 320]),
        ("Soort (V/N)", "NV", [85, 320]),
        ("N/V/U", "NV", [85, 320]),
        ("Afsluiten", "JN", [85, 320]),
        ("Afsluiten", "NN", [85, 320]),
        ("", "JN", [85, 320]),
        ("V/N", "JN", [85, 320]),
        ("Nut", "EN", [85, 320]),
        ("V/N", "NV", [-85, 320]),
        ("N/V", "NV", [-85, 320]),
        ("Voordeel / nadeel", "NV", [-85, 320]),
        ("V = voordeel, N = nadeel", "NV", [-85, 320]),
        ("Effect", "NV", [-85, 320]),
        ("Financieel gevolg", "NV", [-85, 320]),
        ("", "NV", [-85, 320]),
        ("V/N", "NB", [-85, 320]),
        ("V/N/B", "NV", [-85, 320]),
        ("V / N / B", "NB", [-85, 320]),
        ("N/V/O", "NO", [-85, 320]),
        ("V/N/-", "NV", [-85, 320]),
        ("Soort (N/V/B)", "NV", [85, 320]),
        ("+/-", "+-", []),
        ("", "-+", []),
        ("+/-", "++", [85, 320]),
        ("Afsluiten", "NV", []),  # it may be either
    ],
)
def test_a_letter_behind_an_amount_turns_its_sign_unless_it_says_something_else(tmp_path, heading, marks, wanted):
    rows = [[name, text, mark] for name, text, mark in zip(("Wegen", "Groen"), ("85", "320"), marks, strict=True)]
    assert amounts(tmp_path, [*YEAR, heading], *rows) == wanted


def test_marks_under_the_heading_of_their_amounts_are_signs(tmp_path):
    page = (
        f"<html><body><h3>Overzicht</h3><p>{UNIT}</p><table><tr><th>Post</th><th>Begroting 2026</th>"
        "<th colspan=2>Afwijking</th></tr><tr><td>Wegen</td><td>85</td><td>5</td><td>N</td></tr>"
        "<tr><td>Groen</td><td>320</td><td>20</td><td>V</td></tr></table></body></html>"
    )
    source = source_of(tmp_path, content=page, name="page.html")
    (table,) = judged_tables(source, read_snapshot(source)).tables
    assert [int(line.amount_eur) // 1000 for line in table.lines] == [85, -5, 320, 20]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Investeringen (N = nieuw, V = vervanging)", [85, 320]),
        ("Afwijkingen (V = voordeel, N = nadeel)", [-85, 320]),
        ("Programma V = Veiligheid", [-85, 320]),
    ],
)
def test_a_title_may_say_what_the_letters_are(tmp_path, title, wanted):
    assert amounts(tmp_path, [*YEAR, ""], ["Wegen", "85", "N"], ["Groen", "320", "V"], title=title) == wanted


@pytest.mark.parametrize(
    ("heading", "marks", "wanted"),
    [
        ("Incidenteel (J/N)", "JN", [85, 320]),
        ("Nieuw / Vervanging", "NV", [85, 320]),
        ("V/N", "NV", [-85, 320]),
        ("V/N/B", "NB", [-85, 320]),
    ],
)
def test_letters_in_flattened_text_are_signs_unless_the_headings_say_otherwise(tmp_path, heading, marks, wanted):
    text = f"Overzicht|{UNIT}|Post|Bedrag 2026|{heading}|Wegen|85|{marks[0]}|Groen|320|{marks[1]}|Totaal|405"
    source = source_of(tmp_path, content=text.replace("|", "\n"))
    (table,) = judged_tables(source, read_snapshot(source)).tables
    assert [int(line.amount_eur) // 1000 for line in table.lines if not line.is_total] == wanted


@pytest.mark.parametrize(("heading", "wanted"), [("Nieuw / Vervanging", [8500, 1320]), ("V/N", [-8500, 1320])])
def test_letters_behind_rows_on_a_line_are_signs_unless_the_headings_say_otherwise(tmp_path, heading, wanted):
    head = f"Investeringen\n{UNIT}\nInvestering  Bedrag 2026  {heading}\n"
    source = source_of(tmp_path, content=f"{head}Nieuwbouw  8.500  N\nTractie  1.320  V\nTotaal  9.820\n")
    (table,) = judged_tables(source, read_snapshot(source)).tables
    assert [int(line.amount_eur) // 1000 for line in table.lines if not line.is_total] == wanted


def test_marks_headed_with_a_third_name_no_section(tmp_path):
    text = f"Overzicht|{UNIT}|Post|Bedrag 2026|V/N/B|Wegen|85|N|Groen|320|B|Zorg|7|V"
    source = source_of(tmp_path, content=text.replace("|", "\n"))
    (table,) = judged_tables(source, read_snapshot(source)).tables
    assert {line.section_path for line in table.lines} == {""}
