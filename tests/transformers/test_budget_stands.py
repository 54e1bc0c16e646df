"""How a budget stands before and after its changes, beside the balances of reserves and loans."""

import pytest

from flows.document import process
from tests.flows.documents import source_of
from tests.transformers.test_time_of_columns import page

OF_A_BUDGET = (
    "Stand kadernota 2026|Stand programmabegroting 2025|Stand voorjaarsnota 2025|Stand meerjarenbegroting"
    "|Stand begroting|Stand primitieve begroting 2026|Stand van de begroting|Stand na 1e wijziging"
    "|Stand 2e bestuursrapportage|Stand VJN|Stand volgens meerjarenraming 2026-2029"
    "|Stand Berap 2|Stand begrotingssaldo|Stand na kadernota"
)
OF_BALANCES = (
    "Stand 31-12-2026|Stand algemene reserve begroting 2026|Stand reserves|Begrote stand 2026|Stand per 1 januari"
    "|Eindstand|Stand lening|Nieuwe stand|Stand reserve kadernota"
)


def kinds(folder, *labels, title="Overzicht"):
    rows = [[label, str(1000 + 7 * at), str(900 + 9 * at)] for at, label in enumerate(labels)]
    text = page(["Omschrijving", "2026", "2027"], rows, title=title)
    result = process(source_of(folder, content=text, name="page.html"))
    return [line.amount_kind for line in result.lines if line.fiscal_year == 2026]


@pytest.mark.parametrize("label", OF_A_BUDGET.split("|"))
def test_how_a_budget_stands_is_no_balance(tmp_path, label):
    assert kinds(tmp_path, label, "Nieuw beleid", "Prijzen") == ["exploitatie"] * 3


@pytest.mark.parametrize("label", OF_BALANCES.split("|"))
def test_what_is_left_of_a_reserve_or_a_loan_is_one(tmp_path, label):
    assert kinds(tmp_path, label, "Rente", "Overig")[0] == "stand"


@pytest.mark.parametrize("last", ["Nieuwe stand", "Bijgestelde stand 2026"])
@pytest.mark.parametrize(("first", "kind"), [("Stand kadernota", "exploitatie"), ("Stand na onttrekking", "stand")])
def test_what_changes_lead_to_is_what_they_begin_with(tmp_path, first, kind, last):
    assert kinds(tmp_path, first, "Nieuw beleid", "Prijzen", last)[-1] == kind


@pytest.mark.parametrize(
    ("title", "kind"), [("Stand van de meerjarenbegroting", "exploitatie"), ("Stand van de reserves", "stand")]
)
def test_a_title_says_of_what_the_stand_is(tmp_path, title, kind):
    assert kinds(tmp_path, "Bestuur", "Zorg", "Wegen", title=title) == [kind] * 3
