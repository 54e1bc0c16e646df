"""Units told by the amounts of tables that state theirs."""

from decimal import Decimal

from schemas.records import RawCell
from transformers.agreement import unit_by_agreement
from transformers.drafts import Draft, Group, number_of


def draft(*amounts: str) -> Draft:
    numbers = [number for text in amounts if (number := number_of(RawCell(text, 1, "line=1")))]
    return Draft([], [Group(numbers=[number]) for number in numbers])


EUROS = draft("11.101.693", "2.620.704", "4.102.732", "6.783.671", "81.879.130", "1.958.750")
STATED = [(1000, frozenset(map(Decimal, (11102, 2621, 4103, 6784, 81879))))]


def test_totals_that_stand_in_a_table_in_thousands_are_euros():
    assert unit_by_agreement([EUROS], STATED) == 1


def test_four_totals_are_too_few():
    assert unit_by_agreement([EUROS], [(1000, frozenset(map(Decimal, (11102, 2621, 4103, 6784))))]) is None


def test_small_amounts_are_equal_by_chance():
    small = draft("11", "12", "13", "14", "15", "16")
    assert unit_by_agreement([small], [(1000, frozenset(map(Decimal, range(20))))]) is None
