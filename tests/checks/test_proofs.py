from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checks.grid import equation, grid_of, tolerance
from checks.proofs import proofs
from schemas.records import Proof
from tests.checks.tables import (
    BATEN,
    LASTEN,
    SALDO,
    judged,
    measures,
    proof_words,
    row,
    table,
    values_of,
    with_value,
    years,
)

amounts = st.integers(120, 99_999)


def proved_cells(grid, *terms, rule="total"):
    found = proofs(grid, [equation(rule, grid, one) for one in terms])
    return {cell for cell, proof in found.items() if proof is Proof.PROVED}


def test_a_cell_needs_two_other_terms_that_are_not_zero():
    grid = grid_of(table(years(2026), row("a", 5), row("b", 0), row("Totaal", 5)))
    assert proved_cells(grid, ((2, 0, 1), (0, 0, -1), (1, 0, -1))) == {(1, 0)}
    grid = grid_of(table(years(2026), row("a", 5), row("b", 7), row("Totaal", 12)))
    assert proved_cells(grid, ((2, 0, 1), (0, 0, -1), (1, 0, -1))) == {(0, 0), (1, 0), (2, 0)}


def test_an_equation_that_fails_contradicts_what_another_proves():
    grid = grid_of(table(years(2026), row("a", 5), row("b", 7), row("Totaal", 12), row("c", 900)))
    holds, fails = ((2, 0, 1), (0, 0, -1), (1, 0, -1)), ((3, 0, 1), (0, 0, -1), (1, 0, -1))
    found = proofs(grid, [equation("total", grid, holds), equation("total", grid, fails)])
    assert found == {
        (0, 0): Proof.CONTRADICTED,
        (1, 0): Proof.CONTRADICTED,
        (2, 0): Proof.PROVED,
        (3, 0): Proof.CONTRADICTED,
    }


def test_an_empty_cell_is_neither_proved_nor_contradicted():
    grid = grid_of(table(years(2026), row("a", 5), row("b", 7), row("c", None), row("Totaal", 12)))
    holds = ((3, 0, 1), (0, 0, -1), (1, 0, -1), (2, 0, -1))
    assert (2, 0) not in proofs(grid, [equation("total", grid, holds)])


def test_two_parts_of_a_sum_across_may_change_places_unnoticed_and_are_not_proved():
    grid = grid_of(table(years(2024, 2025, 2026), row("a", 1000, 400, 1400)))
    assert proved_cells(grid, ((0, 2, 1), (0, 0, -1), (0, 1, -1))) == {(0, 2)}


def test_equal_parts_of_a_sum_across_can_not_be_exchanged_wrongly():
    grid = grid_of(table(years(2024, 2025, 2026), row("a", 700, 700, 1400)))
    assert proved_cells(grid, ((0, 2, 1), (0, 0, -1), (0, 1, -1))) == {(0, 0), (0, 1), (0, 2)}


def test_an_amount_smaller_than_the_tolerance_may_have_any_sign_and_is_not_proved():
    rows = [row(f"r{n}", 1000 + n) for n in range(40)]
    whole = table(years(2026), *rows, row("klein", 1), row("Totaal", sum(1000 + n for n in range(40)) + 1))
    grid = grid_of(whole)
    assert tolerance(42) > 2
    cells = proved_cells(grid, ((41, 0, 1), *((n, 0, -1) for n in range(41))))
    assert (40, 0) not in cells
    assert (0, 0) in cells


# ------------------------------------------------------------------------------- whole tables with one fault in them

CONVENTIONS = (
    lambda lasten, baten: (lasten, baten, baten - lasten),
    lambda lasten, baten: (lasten, baten, lasten - baten),
    lambda lasten, baten: (-lasten, baten, baten - lasten),
)


@st.composite
def across(draw):
    """Programmes with lasten, baten and saldo, and their total."""
    printed = draw(st.sampled_from(CONVENTIONS))
    lines = [printed(*pair) for pair in draw(st.lists(st.tuples(amounts, amounts), min_size=2, max_size=5))]
    rows = [row(f"Programma {n}", *values) for n, values in enumerate(lines, start=1)]
    return table(measures(LASTEN, BATEN, SALDO), *rows, row("Totaal", *map(sum, zip(*lines, strict=True))))


@st.composite
def down(draw):
    """Lasten, baten and saldo of two to five years."""
    printed = draw(st.sampled_from(CONVENTIONS))
    columns = [printed(*pair) for pair in draw(st.lists(st.tuples(amounts, amounts), min_size=2, max_size=5))]
    lasten, baten, balance = zip(*columns, strict=True)
    named = row("Lasten", *lasten), row("Baten", *baten), row("Saldo", *balance)
    return table(years(*range(2022, 2022 + len(columns))), *named)


@st.composite
def totals(draw):
    """Two to six rows and their total in three to five years."""
    width = draw(st.integers(3, 5))
    lines = draw(st.lists(st.lists(amounts, min_size=width, max_size=width), min_size=2, max_size=6))
    rows = [row(f"Taak {n}", *values) for n, values in enumerate(lines, start=1)]
    return table(years(*range(2022, 2022 + width)), *rows, row("Totaal", *map(sum, zip(*lines, strict=True))))


whole_tables = st.one_of(across(), down(), totals())
patient = settings(max_examples=150, deadline=None, derandomize=True)


def chosen_cell(data, whole):
    return data.draw(st.integers(0, len(whole.rows) - 1)), data.draw(st.integers(0, len(whole.columns) - 1))


def still_proved(faulty, *cells):
    found = judged(faulty)
    return [cell for cell in cells if found.table is not None and found.proofs.get(cell) is Proof.PROVED]


@patient
@given(whole_tables)
def test_every_amount_of_a_table_that_adds_up_is_proved_or_not_covered_but_never_contradicted(whole):
    found = judged(whole)
    assert "c" not in "".join(proof_words(found))
    assert found.findings == ()


@patient
@given(totals())
def test_every_amount_under_a_total_is_proved(whole):
    assert set("".join(proof_words(judged(whole)))) == {"p"}


@patient
@given(whole_tables, st.data())
def test_a_changed_digit_is_not_proved(whole, data):
    at, number = chosen_cell(data, whole)
    digits = list(str(abs(int(values_of(whole)[at][number]))))
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    value = int(values_of(whole)[at][number])
    wrong = int("".join(digits)) * (-1 if value < 0 else 1)
    assume(abs(wrong - value) > tolerance(len(whole.rows)))
    assert still_proved(with_value(whole, at, number, wrong), (at, number)) == []


@patient
@given(whole_tables, st.data())
def test_a_turned_sign_is_not_proved(whole, data):
    at, number = chosen_cell(data, whole)
    value = int(values_of(whole)[at][number])
    assume(2 * abs(value) > tolerance(len(whole.rows)))
    assert still_proved(with_value(whole, at, number, -value), (at, number)) == []


@patient
@given(whole_tables, st.data())
def test_two_amounts_of_a_row_that_changed_places_are_not_proved(whole, data):
    at, number = chosen_cell(data, whole)
    other = data.draw(st.integers(0, len(whole.columns) - 1))
    mine, theirs = (int(values_of(whole)[at][n]) for n in (number, other))
    assume(number != other)
    assume(abs(mine - theirs) > tolerance(len(whole.rows)))
    assume(mine != -theirs)  # see the test below
    swapped = with_value(with_value(whole, at, number, theirs), at, other, mine)
    assert still_proved(swapped, (at, number), (at, other)) == []


def test_lasten_and_baten_that_changed_places_in_a_row_whose_saldo_is_zero_are_not_proved():
    lines = [row("P1", -1110, 453, -657), row("P2", 500, -500, 0), row("Totaal", -1610, 953, -657)]
    assert still_proved(table(measures(LASTEN, BATEN, SALDO), *lines), (1, 0), (1, 1)) == []


@patient
@given(st.lists(st.lists(st.integers(1000, 999_999), min_size=3, max_size=3), min_size=3, max_size=8))
def test_amounts_that_have_nothing_to_do_with_each_other_are_not_proved(lines):
    rows = [row(f"Taak {n}", *values) for n, values in enumerate(lines)]
    columns = list(zip(*lines, strict=True))
    assume(len({value for column in columns for value in column}) == 3 * len(lines))
    assume(not any(a + b == c for column in columns for a in column for b in column for c in column))
    assert set("".join(proof_words(judged(table(years(2024, 2025, 2026), *rows))))) == {"n"}
