import pytest

from transformers.headings import heading_of
from transformers.words import meaning_of


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Stand 31-12", (12, 31, None)),
        ("Stand per 31-12-2025", (12, 31, 2025)),
        ("Saldo per 31/12/2024", (12, 31, 2024)),
        ("Stand 1-1-2026", (1, 1, 2026)),
        ("Stand per 31 december 2025", (12, 31, 2025)),
    ],
)
def test_the_day_of_a_balance_is_in_the_month_that_is_printed(label, day):
    assert meaning_of(label).balance_day == day


@pytest.mark.parametrize(
    ("label", "line_type", "measure"),
    [
        ("Exploitatiesaldo vóór toevoeging aan c.q. onttrekking uit reserves", "saldo_van_baten_en_lasten", "saldo"),
        ("Saldo vóór mutaties reserves", "saldo_van_baten_en_lasten", "saldo"),
        ("Resultaat voor mutatie reserves", "saldo_van_baten_en_lasten", "saldo"),
        ("Gerealiseerd resultaat 2024 vóór bestemming", "saldo_van_baten_en_lasten", "saldo"),
        ("Totaal saldo van baten en lasten voor mutaties in reserves", "saldo_van_baten_en_lasten", "saldo"),
        ("Exploitatiesaldo na toevoeging aan c.q. onttrekking uit reserves", "resultaat", "saldo"),
        ("Begrotingssaldo na mutaties reserves", "resultaat", "saldo"),
        ("Totaal vóór mutaties reserves", None, None),
        ("Totaal lasten exclusief mutaties reserves", "lasten", "lasten"),
    ],
)
def test_a_sum_before_or_after_the_changes_in_reserves_is_no_change(label, line_type, measure):
    meaning = meaning_of(label)
    assert (meaning.line_type, meaning.measure, meaning.movement) == (line_type, measure, 0)


@pytest.mark.parametrize(
    ("label", "line_type"),
    [
        ("Mutaties reserves", "mutatie_reserves"),
        ("Mutaties reserves (vóór resultaatbestemming)", "mutatie_reserves"),
        ("Saldo mutaties reserves", "mutatie_reserves"),
        ("Toevoeging saldo voor reserve groot onderhoud", "toevoeging_reserves"),
        ("Onttrekking aan de reserves ter dekking van het tekort na bestemming", "onttrekking_reserves"),
        ("Saldo voorziening voor onttrekking", "saldo"),
        ("Saldo per 31-12-2024 na resultaatbestemming", "saldo"),
        ("Resultaat grondexploitatie", "resultaat"),
    ],
)
def test_a_change_in_reserves_stays_one_beside_words_of_balances(label, line_type):
    assert meaning_of(label).line_type == line_type


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Netto-vlottende schulden", None),
        ("Netto vlottende schulden met een rentetypische looptijd korter dan één jaar", None),
        ("Netto schuld", None),
        ("Netto boekwaarde", None),
        ("Netto lasten", "saldo"),
        ("Netto-lasten programma 1", "saldo"),
        ("Netto gerealiseerde kosten", "saldo"),
        ("Netto resultaat", "saldo"),
        ("Netto", "saldo"),
        ("Totaal netto lasten", "saldo"),
        ("Totale netto lasten programma's", "saldo"),
        ("Subtotaal netto kosten", "saldo"),
        ("Totaal van de netto lasten", "saldo"),
        ("Totaal netto schuld", None),
        ("Totaal netto baten", None),
        ("Totaal lasten", "lasten"),
        ("Totale baten", "baten"),
    ],
)
def test_netto_is_a_balance_before_costs_or_a_result_only(label, measure):
    meaning = meaning_of(label)
    assert meaning.measure == measure
    assert meaning.line_type == (measure and ("resultaat" if "resultaat" in label else measure))


@pytest.mark.parametrize(
    ("heading", "measure"),
    [("Netto boekwaarde", None), ("Netto schuld", None), ("Netto lasten", "saldo"), ("Netto-lasten 2024", "saldo")],
)
def test_netto_in_a_heading_is_a_balance_before_costs_only(heading, measure):
    assert heading_of(heading).measure == measure
