"""Columns of what explains a result, which are no account of a year."""

import pytest

from schemas.records import DocumentType
from tests.transformers.test_time_of_columns import columns_in, page

WHY = [["Hogere algemene uitkering", "345", "V"], ["Meer inhuur", "120", "N"], ["Lagere rente", "80", "V"]]
SUM = [["Saldo", "305", "V"]]
DIFFERS = ("overig", None, "verschil")
ACCOUNT = ("rekening", None, "exploitatie")


def found_in(folder, title, headings, rows, kind=DocumentType.JAARSTUKKEN, year=2025):
    text = page(headings, rows, title=title)
    (found,) = columns_in(folder, text, kind, year, "page.html")
    return [column[1:] for column in found]


TITLES = (
    "Voor- en nadelen|Resultaatanalyse|Analyse van het resultaat|Verklaring resultaat|Toelichting op het saldo"
    "|Financiële afwijkingen|Voordelen en nadelen|Mee- en tegenvallers|Verklaring van het rekeningresultaat"
)


@pytest.mark.parametrize("title", TITLES.split("|"))
@pytest.mark.parametrize("heading", ["Bedrag", "2025"])
def test_a_title_that_explains_a_result_heads_differences(tmp_path, title, heading):
    rows = [row[:2] for row in WHY + SUM]
    assert found_in(tmp_path, title, ["Onderwerp", heading], rows) == [DIFFERS]


@pytest.mark.parametrize("heading", ["Bedrag", "2025"])
@pytest.mark.parametrize("last", [SUM, [["Totaal", "305", ""]]])
def test_the_only_column_with_v_or_n_in_every_row_shows_differences(tmp_path, heading, last):
    assert found_in(tmp_path, "Programma 1", ["Onderwerp", heading, "V/N"], WHY + last) == [DIFFERS]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["Raad", "345", ""], ["ICT", "120", "N"], ["Wmo", "80", "V"], ["Jeugd", "20", "N"]], ["Bedrag", "V/N"]),
        ([["Lasten", "345", "N"], ["Baten", "120", "V"], ["Raad", "80", "N"], ["Saldo", "225", "N"]], ["2025", "V/N"]),
        (WHY, ["Rekening 2025", "V/N"]),
        (WHY[:2], ["2025", "V/N"]),
    ],
    ids=["a row without", "lasten and baten", "an account", "few rows"],
)
def test_marks_in_some_rows_or_of_lasten_and_baten_tell_nothing(tmp_path, rows, heads):
    assert found_in(tmp_path, "Programma 1", ["Onderwerp", *heads], rows) == [ACCOUNT]


def test_years_or_measures_under_such_a_title_stay_what_they_are(tmp_path):
    rows = [["Raad", "345", "340"], ["ICT", "120", "110"], ["Totaal", "465", "450"]]
    stages = found_in(tmp_path, "Analyse van het resultaat", ["Post", "Begroting 2025", "Rekening 2025"], rows)
    assert [stage for stage, *_ in stages] == ["begroting", "rekening"]
    assert found_in(tmp_path, "Analyse van het resultaat", ["Post", "2024", "2025"], rows) == [ACCOUNT] * 2
    assert found_in(tmp_path, "Toelichting op het saldo van de reserves", ["Post", "2025"], [r[:2] for r in rows]) == [
        ACCOUNT
    ]


def test_balances_of_a_budget_with_v_and_n_stay_in_it(tmp_path):
    found = found_in(tmp_path, "Uitkomsten", ["Post", "2026", "V/N"], WHY, DocumentType.BEGROTING, 2026)
    assert [stage for stage, *_ in found] == ["begroting"]
