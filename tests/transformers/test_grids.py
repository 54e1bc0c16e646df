"""Drafts of grids: cells that several tables share, numbers beyond the columns that were chosen."""

import pytest

from schemas.notation import parse_amount
from schemas.records import Form, RawCell, RawTable
from transformers.drafts import Draft, Group, Number
from transformers.grids import drafts
from transformers.placing import placed
from transformers.rows import words_tally


def grid(*rows: list[str | RawCell]) -> RawTable:
    cells = tuple(tuple(RawCell(c, n, "") if isinstance(c, str) else c for c in row) for n, row in enumerate(rows))
    return RawTable(Form.GRID, cells, 1, 2, exact=True)


def test_a_unit_over_tables_side_by_side_is_counted_once():
    unit = RawCell("Bedragen x € 1.000", 0, "", column_span=4, is_heading=True)
    found = drafts(
        grid(
            [unit] * 4,
            ["Lasten", "2025", "Baten", "2025"],
            ["Wegen", "1.234", "Leges Wabo", "2.345"],
            ["Groen", "234", "Belastingen", "345"],
            ["Riool", "1.000", "Rijksbijdragen", "2.000"],
        )
    )
    assert len(found) == 2
    assert [unit in draft.head for draft in found] == [True, True]
    assert sum(words_tally(draft).words for draft in found) == 3  # 1.000 once, 2025 twice


def test_a_number_beyond_the_columns_is_set_aside():
    numbers = [Number(RawCell(text, 1, ""), parse_amount(text)) for text in ("12", "34")]
    (row,) = placed(Group([], numbers, [0, 2]), 2, Form.GRID, has_next=False, coded=False, free=())
    assert row.unfit
    assert list(row.places) == numbers


def test_a_draft_alone_shares_nothing():
    assert Draft([], []).shared == frozenset()


@pytest.mark.parametrize(
    ("good", "bad"), [("V", "N"), ("v", "n"), ("(V)", "(N)"), ("voordeel", "nadeel"), ("voord.", "nad.")]
)
def test_a_mark_in_a_cell_of_its_own_says_the_sign(good, bad):
    (draft,) = drafts(
        grid(
            ["Programma", "Verschil", ""],
            ["", "2025", ""],
            ["Bestuur", "120", good],
            ["Wegen", "45", bad],
            ["Zorg", "1.210", bad],
        )
    )
    amounts = [group.numbers[0].amount for group in draft.groups]
    assert [amount.value for amount in amounts if amount] == [120, -45, -1210]
