from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.vectors import all_differ, amounts, cents, distinct_within, firsts, rank_within, together

groups = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=30)


def column(*chunks):
    return pa.chunked_array([pa.array(chunk, pa.string()) for chunk in chunks], pa.string())


def pair(rows):
    return tuple(np.array([row[n] for row in rows], dtype=np.int64) for n in (0, 1))


@given(groups)
def test_combinations_have_a_number_each_in_the_order_in_which_they_come(rows):
    first, second = pair(rows)
    seen = list(dict.fromkeys(rows))
    assert together(first, second).tolist() == [seen.index(row) for row in rows]


@given(groups)
def test_groups_know_their_first_row_their_different_values_and_the_rank_of_each(rows):
    first, second = pair(rows)
    group = together(first)
    members = [[v for g, v in zip(group, second, strict=True) if g == n] for n in range(len(set(group.tolist())))]
    assert firsts(group).tolist() == [group.tolist().index(n) for n in range(len(members))]
    assert distinct_within(group, second).tolist() == [len(set(values)) for values in members]
    expected = [sorted(set(members[g])).index(v) for g, v in zip(group, second, strict=True)]
    assert rank_within(group, second).tolist() == expected


@given(
    st.lists(st.none() | st.decimals("-9999999999999999.99", "9999999999999999.99", places=2), max_size=20),
    st.integers(0, 3),
)
def test_amounts_are_whole_cents_and_back(values, skipped):
    array = pa.chunked_array([pa.array(values, pa.decimal128(18, 2)).slice(skipped)], pa.decimal128(18, 2))
    whole, known = cents(array)
    assert [int(c) if k else None for c, k in zip(whole, known, strict=True)] == [
        None if value is None else int(value * 100) for value in values[skipped:]
    ]
    assert amounts(whole, known).to_pylist() == values[skipped:]


def test_the_largest_amounts_keep_their_sign():
    values = [Decimal("-9999999999999999.99"), Decimal("-0.01"), Decimal("9999999999999999.99")]
    assert amounts(*cents(pa.chunked_array([pa.array(values, pa.decimal128(18, 2))]))).to_pylist() == values


@given(st.lists(st.text("01", min_size=8, max_size=8), max_size=40), st.integers(0, 40))
def test_keys_that_stand_twice_never_all_differ(keys, cut):
    assert all_differ(column(keys[:cut], keys[cut:])) == (len(set(keys)) == len(keys))


@pytest.mark.parametrize(
    "keys", [column(["a", "b"]), column(["12345678", "123456789"]), column(["12345678"], ["1234567812345678"])]
)
def test_of_keys_of_several_lengths_nothing_is_said(keys):
    assert not all_differ(keys)


def test_a_slice_is_looked_at_by_itself():
    whole = pa.array(["aaaaaaaa", "bbbbbbbb", "bbbbbbbb", "cccccccc"])
    assert all_differ(pa.chunked_array([whole.slice(2, 2)]))
    assert not all_differ(pa.chunked_array([whole.slice(1, 2)]))
    assert not all_differ(pa.chunked_array([whole.slice(1, 1), whole.slice(2, 1)]))
