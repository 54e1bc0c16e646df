import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.ledger import Ledger

counts = st.integers(0, 10**6)


@given(counts, counts, counts, counts)
def test_a_ledger_closes_when_every_token_ended_somewhere(published, set_aside, not_euros, outside):
    total = published + set_aside + not_euros + outside
    assert Ledger(total, published, set_aside, not_euros, outside).closes
    assert Ledger(total + 1, published, set_aside, not_euros, outside).difference == 1
    assert Ledger(total, published, set_aside, not_euros, outside + 3).difference == -3


@pytest.mark.parametrize("part", ["published", "set_aside", "not_euros", "outside"])
@pytest.mark.parametrize("off", [-1, 1])
def test_one_token_too_many_or_too_few_in_any_part_leaves_it_open(part, off):
    parts = {"published": 9, "set_aside": 4, "not_euros": 5, "outside": 2}
    assert Ledger(20, **parts).closes
    assert not Ledger(20, **parts | {part: parts[part] + off}).closes


def test_an_empty_document_closes():
    assert Ledger(0).closes
