from dataclasses import replace

import pytest

from checks import saldo
from checks.grid import grid_of
from schemas.records import AmountKind
from tests.checks.tables import BATEN, LASTEN, SALDO, judged, measures, proof_words, row, table, with_value, years

PAIRS = ((1000, 400), (1110, 453), (301, 478), (87, 12))
CONVENTIONS = {
    "saldo = baten - lasten": lambda lasten, baten: (lasten, baten, baten - lasten),
    "saldo = lasten - baten": lambda lasten, baten: (lasten, baten, lasten - baten),
    "saldo = lasten + baten": lambda lasten, baten: (-lasten, baten, baten - lasten),
    "baten negative": lambda lasten, baten: (lasten, -baten, lasten - baten),
}
every_convention = pytest.mark.parametrize("printed", CONVENTIONS.values(), ids=CONVENTIONS)


def down(printed, pairs=PAIRS):
    columns = [printed(*pair) for pair in pairs]
    names = ("Lasten", "Baten", "Saldo")
    return table(
        years(*range(2024, 2024 + len(pairs))), *(row(n, *(c[at] for c in columns)) for at, n in enumerate(names))
    )


def across(printed, pairs=PAIRS, *, total=True):
    rows = [printed(*pair) for pair in pairs]
    lines = [row(f"Programma {n}", *values) for n, values in enumerate(rows, start=1)]
    if total:
        lines.append(row("Totaal", *(sum(values) for values in zip(*rows, strict=True))))
    return table(measures(LASTEN, BATEN, SALDO), *lines)


@every_convention
def test_a_triple_down_the_columns_is_proved_in_each_convention(printed):
    assert proof_words(judged(down(printed))) == ["pppp"] * 3


@every_convention
def test_a_triple_across_with_a_total_below_is_proved_in_each_convention(printed):
    assert proof_words(judged(across(printed))) == ["ppp"] * 5


@pytest.mark.parametrize("name", ["saldo = baten - lasten", "saldo = lasten - baten", "saldo = lasten + baten"])
def test_the_convention_is_named(name):
    assert judged(down(CONVENTIONS[name])).sign_convention == name
    assert judged(across(CONVENTIONS[name])).sign_convention == name


@every_convention
def test_a_saldo_that_is_off_in_one_column_is_contradicted_there_and_only_there(printed):
    wrong = with_value(down(printed), 2, 1, 5000)
    assert proof_words(judged(wrong)) == ["pcpp"] * 3


def test_a_saldo_may_be_off_by_rounding_and_by_no_more():
    table_ = down(CONVENTIONS["saldo = baten - lasten"])
    assert proof_words(judged(with_value(table_, 2, 0, -601))) == ["pppp"] * 3
    assert proof_words(judged(with_value(table_, 2, 0, -603)))[2][0] == "c"


def test_without_a_total_a_swap_in_a_row_would_not_show_and_nothing_that_could_be_swapped_is_proved():
    for printed in (CONVENTIONS["saldo = baten - lasten"], CONVENTIONS["saldo = lasten - baten"]):
        words = proof_words(judged(across(printed, total=False)))
        assert all(word.count("p") == 1 for word in words)


def test_a_single_triple_shows_the_convention_but_proves_nothing():
    found = judged(table(years(2026), row("Lasten", 1000), row("Baten", 400), row("Saldo", -600)))
    assert proof_words(found) == ["n", "n", "n"]
    assert found.sign_convention == "saldo = baten - lasten"


def test_three_columns_of_which_few_keep_any_convention_are_no_triples():
    lines = [row("a", 1000, 400, 77), row("b", 1100, 450, -650), row("c", 300, 475, 12), row("d", 51, 62, 990)]
    found = judged(table(measures(LASTEN, BATEN, SALDO), *lines))
    assert found.sign_convention == ""
    assert proof_words(found) == ["nnn"] * 4
    assert found.findings == ()


def test_columns_of_different_years_are_no_triple():
    columns = [*measures(LASTEN, year=2024), *measures(BATEN, year=2025), *measures(SALDO, year=2026)]
    lines = across(CONVENTIONS["saldo = baten - lasten"]).rows
    assert saldo.across(grid_of(table(columns, *lines))).equations == ()
    assert saldo.across(grid_of(table(measures(LASTEN, BATEN, SALDO), *lines))).equations != ()


def test_columns_of_two_years_are_two_triples():
    columns = [*measures(LASTEN, BATEN, SALDO, year=2025), *measures(LASTEN, BATEN, SALDO, year=2026)]
    lines = [row(f"P{n}", a, b, b - a, a + 7, b + 3, b - a - 4) for n, (a, b) in enumerate(PAIRS)]
    found = saldo.across(grid_of(table(columns, *lines)))
    assert len(found.equations) == 2 * len(PAIRS)
    assert all(one.holds for one in found.equations)


def test_columns_of_differences_may_have_signs_of_their_own_and_are_left_out():
    columns = [replace(column, kind=AmountKind.VERSCHIL) for column in measures(LASTEN, BATEN, SALDO)]
    lines = across(CONVENTIONS["saldo = baten - lasten"], total=False).rows
    assert saldo.across(grid_of(table(columns, *lines))).equations == ()


def test_rows_under_different_headings_are_no_triple():
    lines = down(CONVENTIONS["saldo = baten - lasten"]).rows
    columns = years(2024, 2025, 2026, 2027)
    apart = (replace(lines[0], path=("Programma 1",)), replace(lines[1], path=("Programma 2",)), lines[2])
    assert saldo.down(grid_of(table(columns, *apart))).equations == ()
    assert saldo.down(grid_of(table(columns, *lines))).equations != ()


def test_baten_may_stand_before_lasten():
    lasten, baten, balance = down(CONVENTIONS["saldo = baten - lasten"]).rows
    assert proof_words(judged(table(years(2024, 2025, 2026, 2027), baten, lasten, balance))) == ["pppp"] * 3
