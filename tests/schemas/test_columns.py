"""Records by column and back together."""

from dataclasses import dataclass

from schemas.columns import column, columns_of, joined


@dataclass(frozen=True, slots=True)
class Pair:
    one: int
    two: str


PAIRS = (Pair(1, "a"), Pair(2, "b"))


def test_each_attribute_stands_in_the_order_of_the_records():
    columns = columns_of(Pair, PAIRS)
    assert (len(columns), column(columns, "one"), column(columns, "two")) == (2, (1, 2), ("a", "b"))
    assert column(PAIRS, "two") == ["a", "b"]


def test_no_records_have_empty_columns():
    assert (len(columns_of(Pair, ())), column(columns_of(Pair, ()), "two")) == (0, ())


def test_joined_columns_follow_each_other():
    whole = joined(Pair, [columns_of(Pair, PAIRS), columns_of(Pair, ()), columns_of(Pair, PAIRS[:1])])
    assert column(whole, "one") == [1, 2, 1]
    assert len(joined(Pair, [])) == 0
