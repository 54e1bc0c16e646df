"""What is spent up to a year, which is no account of that year alone."""

import pytest

from schemas.records import DocumentType
from tests.transformers.test_time_of_columns import columns_in, page

SPENT = (
    "Besteed t/m {}|Uitgaven t/m {}|Cumulatief t/m {}|Gerealiseerd t/m {}|Realisatie tot en met {}"
    "|Werkelijk t/m 31-12-{}"
)
ROWS = [
    ["Brug", "1.250", "400", "350", "500"],
    ["School", "800", "100", "650", "50"],
    ["Plein", "300", "0", "120", "180"],
]


def kinds(folder, *headings):
    rows = [row[: len(headings) + 1] for row in ROWS]
    text = page(["Project", *headings], rows, title="Investeringen")
    (found,) = columns_in(folder, text, DocumentType.JAARSTUKKEN, 2025, "page.html")
    return [(column[0], column[1], column[3]) for column in found]


@pytest.mark.parametrize("heading", SPENT.split("|"))
@pytest.mark.parametrize("own", ["Uitgaven 2025", "Realisatie 2025", "Werkelijke uitgaven 2025"])
def test_what_is_spent_up_to_a_year_and_in_it_are_two_things(tmp_path, heading, own):
    found = kinds(tmp_path, "Krediet", heading.format(2025), own, "Restantkrediet")
    assert (found[1][1], found[1][2]) == ("overig", "overig")
    assert found[2] == (2025, "rekening", "exploitatie")


@pytest.mark.parametrize("heading", SPENT.split("|"))
@pytest.mark.parametrize("first", ["Krediet", "Begroting 2025"])
def test_what_is_spent_up_to_a_year_before_is_no_exploitatie_of_it(tmp_path, heading, first):
    found = kinds(tmp_path, first, heading.format(2024), "Uitgaven 2025", "Verschil")
    assert found[1] == (2024, "rekening", "overig")


@pytest.mark.parametrize("heading", ["Realisatie t/m december 2025", "Realisatie 1-1-2025 t/m 31-12-2025"])
def test_what_is_realised_in_all_of_a_year_is_its_account(tmp_path, heading):
    assert kinds(tmp_path, "Begroting 2025", heading)[1] == (2025, "rekening", "exploitatie")


def test_budgets_up_to_a_year_stay_what_they_are(tmp_path):
    found = kinds(tmp_path, "Begroting 2025", "Begroting t/m 2025", "Realisatie 2025")
    assert [stage for _, stage, _ in found] == ["begroting", "begroting", "rekening"]
