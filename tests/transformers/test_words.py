import pytest

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
