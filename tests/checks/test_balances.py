import pytest

from checks import balances
from checks.grid import grid_of
from schemas.records import AmountKind, Column
from tests.checks.tables import judged, proof_words, row, table, years

STANDS = [
    Column("Stand 1-1", kind=AmountKind.STAND, movement=-2),
    Column("Toevoeging", kind=AmountKind.MUTATIE, movement=1),
    Column("Onttrekking", kind=AmountKind.MUTATIE, movement=-1),
    Column("Stand 31-12", kind=AmountKind.STAND, movement=2),
]
RESERVES = [("Algemene reserve", 1000, 200, 150), ("Reserve wegen", 500, 90, 77), ("Reserve groen", 310, 25, 61)]


def across(taken=1, end=0, *, total=False):
    lines = [(begin, plus, taken * minus, begin + plus - minus) for _, begin, plus, minus in RESERVES]
    lines[1] = (*lines[1][:3], lines[1][3] + end)
    rows = [row(name, *values) for (name, *_), values in zip(RESERVES, lines, strict=True)]
    if total:
        rows.append(row("Totaal", *map(sum, zip(*lines, strict=True))))
    return table(STANDS, *rows)


def down(taken=1):
    return table(
        years(2024, 2025, 2026),
        row("Stand 1-1", 1000, 1050, 1130, movement=-2, stand=True),
        row("Toevoeging", 200, 130, 150, movement=1),
        row("Onttrekking", taken * 150, taken * 50, taken * 95, movement=-1),
        row("Stand 31-12", 1050, 1130, 1185, movement=2, stand=True),
    )


@pytest.mark.parametrize("taken", [1, -1], ids=["taken printed positive", "taken printed negative"])
def test_the_end_is_the_begin_with_what_was_added_less_what_was_taken(taken):
    for found in (balances.across(grid_of(across(taken))), balances.down(grid_of(down(taken)))):
        assert len(found) == 3
        assert all(one.holds for one in found)


@pytest.mark.parametrize("taken", [1, -1])
def test_balances_down_the_columns_are_proved(taken):
    assert proof_words(judged(down(taken))) == ["ppp"] * 4


@pytest.mark.parametrize("taken", [1, -1])
def test_balances_across_with_a_total_below_are_proved(taken):
    assert proof_words(judged(across(taken, total=True))) == ["pppp"] * 4


def test_a_balance_that_is_off_is_contradicted_in_its_row():
    words = proof_words(judged(across(end=20)))
    assert words[1] == "cccc"
    assert "c" not in words[0] + words[2]


def test_a_begin_and_an_end_without_movements_are_no_equation():
    columns = [STANDS[0], STANDS[3]]
    found = balances.across(grid_of(table(columns, row("a", 10, 12), row("b", 1000, 1000))))
    assert found == []


def test_a_movement_before_the_begin_or_a_run_without_an_end_is_no_equation():
    rows = [row("a", 1000, 200, 150), row("b", 500, 90, 77)]
    for order in ([1, 0, 2], [0, 1, 2]):
        assert balances.across(grid_of(table([STANDS[n] for n in order], *rows))) == []


def test_movements_that_hold_in_few_rows_are_no_equations():
    rows = [row("a", 1000, 200, 150, 7), row("b", 500, 90, 77, 8), row("c", 310, 25, 61, 274)]
    assert balances.across(grid_of(table(STANDS, *rows))) == []
