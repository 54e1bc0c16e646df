"""Tables whose rows are stages are set aside: what stage their columns have is said in no heading."""

import pytest

from schemas.records import DocumentType
from tests.transformers.test_time_of_columns import columns_in, page

MEASURES = ["Lasten", "Baten", "Saldo"]
AMOUNTS = ["1.000", "900", "-100"]
ASIDE = ["years_in_rows"]


def found(folder, rows, kind=DocumentType.JAARSTUKKEN, headings=MEASURES):
    body = [[name, *AMOUNTS[: len(headings)]] for name in rows.split("|")]
    return columns_in(folder, page(["", *headings], body), kind, 2025, "page.html")


@pytest.mark.parametrize(
    "rows",
    [
        "Begroting|Rekening|Verschil",
        "Begroting primitief|Wijzigingen|Begroting na wijziging|Werkelijk",
        "Primitieve begroting|Begrotingswijzigingen|Begroting na wijziging|Realisatie|Verschil",
        "Primitieve begroting 2025|1e wijziging|2e wijziging|Begroting na wijziging 2025|Realisatie 2025|Verschil",
    ],
)
@pytest.mark.parametrize("headings", [MEASURES, ["2024", "2025"]])
def test_rows_that_are_stages_and_changes_of_them_are_set_aside(tmp_path, rows, headings):
    assert found(tmp_path, rows, headings=headings) == ASIDE


@pytest.mark.parametrize(
    "rows",
    [
        "Begroting 2024 (na wijziging)|Loon- en prijsindex|Nieuw beleid|Begroting 2025",
        "Begroting 2024|Loon- en prijsindex|Nieuw beleid|Begroting 2025",
        "Primitieve begroting 2025|Voorjaarsnota|Herijking|Begroting na wijziging 2025",
    ],
)
def test_rows_that_lead_from_one_budget_to_another_are_set_aside_under_columns_without_a_year(tmp_path, rows):
    assert found(tmp_path, rows, DocumentType.BEGROTING) == ASIDE
    (columns,) = found(tmp_path, rows, DocumentType.BEGROTING, ["2025", "2026"])
    assert [column[0] for column in columns] == [2025, 2026]


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ("Bestuur|Zorg|Sport|Cultuur|Begroting|Rekening", MEASURES),
        ("Begroting|Bestuur|Zorg|Sport|Mutaties", MEASURES),
        ("Stand 1 januari|Toevoegingen|Onttrekkingen|Stand 31 december", ["2024", "2025"]),
        ("Lasten|Baten|Mutaties reserves|Resultaat", ["2024", "2025"]),
        ("Begroting|Wijzigingen|Begroting na wijziging", ["Begroting 2025", "Rekening 2025"]),
    ],
)
def test_a_few_rows_named_as_stages_among_others_set_nothing_aside(tmp_path, rows, headings):
    assert found(tmp_path, rows, headings=headings) != ASIDE
