"""Drafts of grids: cells that several tables share, numbers beyond the columns that were chosen."""

import pytest

from schemas.notation import parse_amount
from schemas.records import Form, RawCell, RawTable
from transformers.drafts import Draft, Group, Number, words_of
from transformers.grids import drafts
from transformers.placing import placed


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
    assert sum(words_of(draft).words for draft in found) == 3  # 1.000 once, 2025 twice


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


@pytest.mark.parametrize("number", [[], ["1"]])
def test_rows_that_end_in_a_year_are_no_headings(number):
    head = [["Nr"] if number else [], ["Krediet", "2026", "2027", "Startjaar"]]
    rows = [["Brug", "100", "10", "2026"], ["School", "200", "20", "2027"], ["Totaal", "300", "30", ""]]
    table = grid([*head[0], *head[1]], *([*number, *row] for row in rows))
    (draft,) = drafts(RawTable(Form.GRID, table.rows, 1, 1, exact=True))
    assert [[number.text for number in group.numbers][:2] for group in draft.groups] == [row[1:3] for row in rows]


def test_a_number_before_words_and_years_is_of_a_heading():
    table = grid(["1", "Programma", "2026", "2027"], ["1.1", "Bestuur", "100", "110"], ["1.2", "Zorg", "200", "220"])
    (draft,) = drafts(RawTable(Form.GRID, table.rows, 1, 0, exact=True))
    assert [cell.text for cell in draft.head] == ["1", "Programma", "2026", "2027"]
