from decimal import Decimal

import pytest

from tests.checks.tables import judged, proof_words, row, table, values_of, with_value, years

THREE, FIVE = years(2024, 2025, 2026), years(2024, 2025, 2026, 2027, 2028)
WEGEN, GROEN, WATER = row("Wegen", 1000, 1107, 1213), row("Groen", 400, 452, 479), row("Water", 77, 91, 106)


def test_a_total_of_the_rows_above_it_is_proved_with_its_parts():
    found = judged(table(THREE, WEGEN, GROEN, WATER, row("Totaal", 1477, 1650, 1798)))
    assert proof_words(found) == ["ppp"] * 4
    assert found.totals == {3}


def test_a_total_may_stand_above_its_parts():
    found = judged(table(THREE, row("Ruimte", 1477, 1650, 1798), WEGEN, GROEN, WATER))
    assert proof_words(found) == ["ppp"] * 4
    assert found.totals == {0}


def test_a_total_of_subtotals_leaves_what_these_took_in():
    rows = (
        WEGEN,
        GROEN,
        row("Subtotaal", 1400, 1559, 1692),
        WATER,
        row("Licht", 12, 13, 15),
        row("Subtotaal", 89, 104, 121),
    )
    found = judged(table(THREE, *rows, row("Totaal", 1489, 1663, 1813)))
    assert proof_words(found) == ["ppp"] * 7
    assert found.totals == {2, 5, 6}


def test_an_empty_cell_in_a_part_counts_as_zero():
    found = judged(table(THREE, WEGEN, GROEN, row("Water", None, 91, "-"), row("Totaal", 1400, 1650, 1692)))
    assert [word[1] for word in proof_words(found)] == ["p"] * 4
    assert "c" not in "".join(proof_words(found))


@pytest.mark.parametrize(("printed", "proof"), [(None, "n"), ("n.v.t.", "n"), (1650, "p"), (1750, "c")])
def test_a_column_without_a_total_is_not_contradicted(printed, proof):
    found = judged(table(THREE, WEGEN, GROEN, WATER, row("Totaal", 1477, printed, 1798)))
    words = proof_words(found)
    assert [word[1] for word in words[:3]] == [proof] * 3
    assert [word[0] + word[2] for word in words] == ["pp"] * 4
    assert bool(found.findings) == (proof == "c")


def test_decimals_add_up_to_the_last_one_printed():
    rows = [row("a", *map(Decimal, ("10.25", "11.50"))), row("b", *map(Decimal, ("0.80", "2.75")))]
    good = table(years(2025, 2026), *rows, row("Totaal", *map(Decimal, ("11.05", "14.25"))))
    assert proof_words(judged(good)) == ["pp"] * 3
    assert "p" not in "".join(word[0] for word in proof_words(judged(with_value(good, 2, 0, Decimal("11.15")))))


def test_a_result_is_what_stands_before_it_some_of_it_subtracted():
    rows = (row("Totaal lasten", 1000, 1107, 1213), row("Totaal baten", 800, 1150, 1014))
    assert proof_words(judged(table(THREE, *rows, row("Resultaat", -200, 43, -199)))) == ["ppp"] * 3


@pytest.mark.parametrize(
    "last",
    ["Resultaat", "Saldo van baten en lasten", "Saldo"],
)
def test_the_balance_below_sections_of_lasten_and_baten_is_proved(last):
    lasten, baten = {"path": ("Lasten",)}, {"path": ("Baten",)}
    rows = (
        row("Wegen", 700, 800, 905, **lasten),
        row("Groen", 300, 307, 308, **lasten),
        row("Totaal lasten", 1000, 1107, 1213),
        row("Wegen", 500, 552, 979, **baten),
        row("Groen", 300, 400, 400, **baten),
        row("Totaal baten", 800, 952, 1379),
    )
    assert proof_words(judged(table(THREE, *rows, row(last, -200, -155, 166)))) == ["ppp"] * 7


# ----------------------------------------------------------------------------------------------- what is no proof


def test_one_accidental_sum_proves_nothing():
    assert (
        proof_words(judged(table(years(2026), row("Wegen", 1000), row("Groen", 400), row("Water", 1400)))) == ["n"] * 3
    )


def test_an_accidental_sum_in_one_of_several_columns_proves_nothing():
    found = judged(table(THREE, WEGEN, GROEN, row("Water", 1400, 91, 106)))
    assert proof_words(found) == ["nnn"] * 3
    assert found.findings == ()


def test_a_sum_of_small_numbers_that_accident_explains_proves_nothing():
    assert proof_words(judged(table(years(2025, 2026), row("a", 3, 2), row("b", 4, 4), row("c", 7, 6)))) == ["nn"] * 3


def test_the_same_sum_printed_in_every_column_is_one_sum():
    found = judged(table(THREE, row("a", 70, 70, 70), row("b", 40, 40, 40), row("c", 110, 110, 110)))
    assert proof_words(found) == ["nnn"] * 3


def test_zero_is_zero_proves_nothing():
    found = judged(table(THREE, row("Wegen", 0, 0, 0), row("Groen", 0, 0, 0), row("Totaal", 0, 0, 0)))
    assert proof_words(found) == ["nnn"] * 3
    found = judged(table(THREE, row("Lasten", 0, 0, 0), row("Baten", 0, 0, 0), row("Saldo", 0, 0, 0)))
    assert proof_words(found) == ["nnn"] * 3


def test_a_dash_is_a_dash_and_empty_is_empty_prove_nothing():
    rows = (row("Wegen", "-", None, "pm"), row("Groen", "-", None, "pm"), row("Totaal", "-", None, "pm"))
    assert "p" not in "".join(proof_words(judged(table(THREE, *rows))))


def test_a_column_of_zeros_beside_columns_that_add_up_is_not_proved():
    found = judged(table(THREE, row("Wegen", 1000, 1107, 0), row("Groen", 400, 452, 0), row("Totaal", 1400, 1559, 0)))
    assert proof_words(found) == ["ppn"] * 3


def test_a_total_of_one_part_is_a_copy_and_proves_nothing():
    found = judged(table(THREE, WEGEN, row("Totaal", 1000, 1107, 1213)))
    assert proof_words(found) == ["nnn"] * 2


# --------------------------------------------------------------------------------------------- what is contradicted


def five(fourth=1640):
    return table(
        FIVE,
        row("Wegen", 1000, 1100, 1200, 1300, 1400),
        row("Groen", 310, 320, 331, 340, 350),
        row("Totaal", 1310, 1420, 1531, fourth, 1750),
    )


def test_a_named_total_that_fails_in_one_of_five_columns_is_contradicted_there_and_published_as_printed():
    assert proof_words(judged(five())) == ["ppppp"] * 3
    found = judged(five(1700))
    assert proof_words(found) == ["pppcp"] * 3
    assert values_of(found.table)[2][3] == 1700


@pytest.mark.parametrize(("printed", "off"), [(1700, 60), (1600, 40), (1643, 3), (-1640, 3280)])
def test_the_finding_says_by_how_much_and_where_and_shows_the_equation(printed, off):
    (finding,) = judged(five(printed)).findings
    assert finding.rule == "does_not_add_up"
    assert f"off by {off} " in finding.message
    assert "'Totaal'" in finding.message
    assert "'Begroting 2027'" in finding.message
    assert finding.locator == "row=Totaal;cell=4"
    for amount in (str(printed), "1300", "340"):
        assert f"({amount})" in finding.values


def test_a_total_off_by_rounding_is_no_contradiction():
    assert proof_words(judged(five(1641))) == ["ppppp"] * 3
    assert judged(five(1641)).findings == ()


def test_a_row_that_does_not_call_itself_a_total_is_never_contradicted():
    rows = five(1700).rows
    found = judged(table(FIVE, *rows[:2], row("Verkeer", 1310, 1420, 1531, 1700, 1750)))
    assert proof_words(found) == ["nnnnn"] * 3
    assert found.findings == ()
