from decimal import Decimal

import pytest

from checks.grid import equation, evidence, grid_of, non_zero, tolerance
from schemas.records import Column, ColumnRole
from tests.checks.tables import row, table, years


def test_amounts_become_whole_steps_of_the_smallest_printed_decimal():
    grid = grid_of(table(years(2025, 2026), row("Wegen", Decimal("1.5"), 2), row("Groen", Decimal("-0.25"), None)))
    assert grid.values == ((150, 200), (-25, None))


def test_whole_amounts_stay_as_they_are_and_what_is_not_given_is_no_number():
    grid = grid_of(table(years(2025, 2026), row("Wegen", 12, "pm"), row("Groen", "-", "n.v.t.")))
    assert grid.values == ((12, None), (0, None))
    assert grid.number(0, 1) == 0


def test_only_columns_of_amounts_are_summed():
    columns = [
        *years(2025),
        Column("fte", role=ColumnRole.NOT_EUROS),
        Column("?", role=ColumnRole.UNKNOWN),
        *years(2026),
    ]
    assert grid_of(table(columns, row("Wegen", 1, None, None, 2))).columns == (0, 3)


def test_sums_of_decimals_are_exact():
    grid = grid_of(table(years(2026), row("a", Decimal("0.1")), row("b", Decimal("0.2")), row("c", Decimal("0.3"))))
    one = equation("total", grid, ((2, 0, 1), (0, 0, -1), (1, 0, -1)))
    assert (one.difference, one.holds) == (0, True)


@pytest.mark.parametrize("terms", [2, 3, 4, 10, 40])
def test_the_tolerance_is_at_least_one_step_and_less_than_half_a_step_for_each_term(terms):
    assert 1 <= tolerance(terms) <= max(1, terms / 2)


def test_the_tolerance_grows_with_the_terms_but_slower_than_they_do():
    allowed = [tolerance(n) for n in range(2, 200)]
    assert allowed == sorted(allowed)
    assert tolerance(100) < 3 * tolerance(25)


@pytest.mark.parametrize(("last", "holds"), [(1400, True), (1401, True), (1399, True), (1402, False), (-1400, False)])
def test_an_equation_holds_within_what_rounding_explains(last, holds):
    grid = grid_of(table(years(2026), row("a", 1000), row("b", 400), row("c", last)))
    assert equation("total", grid, ((2, 0, 1), (0, 0, -1), (1, 0, -1))).holds is holds


def test_zero_and_empty_are_no_terms_that_tell():
    grid = grid_of(table(years(2025, 2026), row("a", 0, None), row("b", 5, "-")))
    assert non_zero(grid, ((0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1))) == 1


def test_columns_with_the_same_numbers_are_one_piece_of_evidence():
    rows = (row("a", 1000, 1000, 1001), row("b", 400, 400, 400))
    grid = grid_of(table(years(2024, 2025, 2026), *rows))
    assert evidence(grid, (0, 1), (0, 1)) == evidence(grid, (0, 1), (0,))
    assert evidence(grid, (0, 1), (0, 2)) > 1.9 * evidence(grid, (0, 1), (0,))


def test_larger_numbers_are_more_evidence_and_zeros_are_none():
    grid = grid_of(table(years(2024, 2025, 2026), row("a", 10, 100000, 0), row("b", 4, 40000, 0)))
    assert evidence(grid, (0, 1), (2,)) == 0
    assert 0 < evidence(grid, (0, 1), (0,)) < evidence(grid, (0, 1), (1,))
