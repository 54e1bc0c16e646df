from dataclasses import replace
from itertools import combinations

import pytest

from checks.judge import judge
from checks.short_rows import MOST_SHORT_ROWS
from schemas.records import Column, ColumnRole, TableReadings
from tests.checks.tables import (
    BATEN,
    LASTEN,
    SALDO,
    cell,
    judged,
    measures,
    proof_words,
    row,
    table,
    values_of,
    verschil,
    years,
)

SIDES = measures(LASTEN, BATEN, SALDO)
THREE = years(2024, 2025, 2026)


def short(label, *values, width=3):
    """A row with fewer amounts than columns, which may stand in any of them, in their order."""
    options = []
    for way in combinations(range(width), len(values)):
        cells = [None] * width
        for at, value in zip(way, values, strict=True):
            cells[at] = cell(value, f"row={label};value={value}")
        options.append(tuple(cells))
    return replace(row(label, *([None] * width)), cells=options[0], options=tuple(options))


# ---------------------------------------------------------------------------------------------------- short rows


@pytest.mark.parametrize(
    ("values", "total", "placed"),
    [
        ((500, -500), (1800, 875, -925), [500, None, -500]),
        ((500, 500), (1300, 1375, 75), [None, 500, 500]),
        ((500, 500), (1800, 1375, -425), [500, 500, None]),
    ],
)
def test_a_short_row_stands_where_exactly_one_place_makes_the_sums_hold(values, total, placed):
    lines = [row("P1", 1000, 400, -600), short("P2", *values), row("P3", 300, 475, 175), row("Totaal", *total)]
    found = judged(table(SIDES, *lines))
    assert values_of(found.table)[1] == placed
    assert proof_words(found)[1] == "".join("." if value is None else "p" for value in placed)
    assert found.unplaced == ()
    assert [finding.rule for finding in found.findings] == []
    assert all(line.options == () for line in found.table.rows)


@pytest.mark.parametrize(
    ("total", "place"), [((1455, 1552, 1675), 0), ((1400, 1607, 1675), 1), ((1400, 1552, 1730), 2)]
)
def test_a_single_amount_stands_in_the_column_whose_total_needs_it(total, place):
    lines = [row("Wegen", 1000, 1100, 1200), row("Groen", 400, 452, 475), short("Water", 55), row("Totaal", *total)]
    found = judged(table(THREE, *lines))
    assert values_of(found.table)[2] == [55 if at == place else None for at in range(3)]


def test_a_short_row_that_no_sum_reaches_is_set_aside_with_a_finding():
    found = judged(table(THREE, row("Wegen", 1000, 1100, 1200), row("Groen", 400, 452, 475), short("Water", 55, 66)))
    assert [line.label for line in found.table.rows] == ["Wegen", "Groen"]
    assert [line.label for line in found.unplaced] == ["Water"]
    (finding,) = found.findings
    assert (finding.rule, finding.locator) == ("short_row", "row=Water;value=55")
    assert "'Water'" in finding.message
    assert "2 amounts for 3 columns" in finding.message
    assert "55 | 66" in finding.values
    assert "3 places" in finding.values


def test_a_short_row_that_fits_nowhere_is_set_aside_and_the_other_rows_stay_proved():
    lines = [row("Wegen", 1000, 1100, 1200), row("Groen", 400, 452, 475), short("Water", 55, 66)]
    found = judged(table(THREE, *lines, row("Totaal", 1400, 1552, 1675)))
    assert [line.label for line in found.unplaced] == ["Water"]
    assert proof_words(found) == ["ppp"] * 3


def test_a_short_row_that_fits_in_two_places_is_set_aside():
    lines = [row("Wegen", 1000, 1100, 1200), row("Groen", 400, 452, 475), short("Water", 55)]
    both = judged(table(THREE, *lines, short("Licht", 55), row("Totaal", 1455, 1607, 1675)))
    assert {line.label for line in both.unplaced} == {"Water", "Licht"}
    assert len(both.findings) == 2


def test_the_numbers_of_the_rows_stay_those_of_the_page():
    found = judged(table(THREE, row("Wegen", 1, 2, 3), short("Water", 55), row("Groen", 4, 5, 6)))
    assert [(line.label, line.number) for line in found.table.rows] == [("Wegen", 1), ("Groen", 3)]


def test_a_table_of_too_many_short_rows_places_none_of_them():
    lines = [short(f"r{n}", 500 + n, -500 - n) for n in range(MOST_SHORT_ROWS + 1)]
    found = judged(table(SIDES, row("P1", 1000, 400, -600), row("P2", 700, 100, -600), *lines))
    assert len(found.unplaced) == MOST_SHORT_ROWS + 1
    assert len(found.findings) == MOST_SHORT_ROWS + 1


def test_a_table_of_nothing_but_rows_that_can_not_be_placed_is_set_aside_with_their_findings():
    found = judged(table(THREE, short("Water", 55), short("Groen", 12)))
    assert (found.table, found.reason) == (None, "no_amounts")
    assert [finding.rule for finding in found.findings] == ["short_row", "short_row"]


# ------------------------------------------------------------------------------------------------------ readings

PLAIN = (row("Wegen", 1000, 1110), row("Groen", 410, 453))
OTHER_WAY = table([*years(2026), *years(2025)], *PLAIN)
ONE_WAY = table(years(2025, 2026), *PLAIN)


def test_two_equally_likely_readings_without_sums_set_the_table_aside_with_both():
    found = judged(ONE_WAY, OTHER_WAY)
    assert (found.table, found.reason) == (None, "ambiguous_headings")
    assert found.alternatives == (ONE_WAY, OTHER_WAY)
    assert found.proofs == {}


def test_a_much_likelier_reading_is_taken_without_sums():
    assert judged(ONE_WAY, replace(OTHER_WAY, cost=0.5)).table == ONE_WAY


def test_readings_that_differ_in_the_words_of_a_heading_only_are_one_reading():
    worded = replace(ONE_WAY, columns=tuple(replace(column, label="x") for column in ONE_WAY.columns))
    assert judged(ONE_WAY, worded).table == ONE_WAY


def test_the_sums_choose_between_readings_also_against_the_likelier_one():
    lines = [row("P1", -1000, 400, -600), row("P2", -1110, 453, -657), row("P3", -301, 478, 177)]
    right, wrong = table(SIDES, *lines), table(THREE, *lines)
    assert judged(wrong, right).table == right
    assert judged(right, wrong).table == right
    assert judged(wrong, replace(right, cost=0.9)).table == replace(right, cost=0.9)


def test_the_sums_choose_where_an_amount_belongs():
    lines = [("Wegen", 1000, 1100, 1200), ("Groen", 400, 452, 475), ("Totaal", 1455, 1552, 1675)]
    water = {at: [55 if n == at else None for n in range(3)] for at in range(3)}
    readings = [
        table(THREE, row(*lines[0]), row(*lines[1]), row("Water", *water[at]), row(*lines[2])) for at in (2, 1, 0)
    ]
    assert judged(*readings).table == readings[2]


def test_a_table_without_a_reading_keeps_its_reason():
    found = judge(TableReadings((), 3, "line=1", "title", "no_unit", "no unit stands on the page"))
    assert (found.table, found.reason, found.message) == (None, "no_unit", "no unit stands on the page")


def test_a_single_reading_without_sums_is_taken_and_nothing_of_it_is_proved():
    found = judged(ONE_WAY)
    assert found.table == ONE_WAY
    assert proof_words(found) == ["nn", "nn"]
    assert found.findings == ()


def test_a_table_whose_headings_call_the_wrong_column_a_difference_is_set_aside():
    lines = [row("Wegen", 1000, 100, 1100), row("Groen", 450, -40, 410), row("Water", 77, 14, 91)]
    wrong = table([*years(2025, 2026), verschil()], *lines)
    found = judged(wrong)
    assert (found.table, found.reason, found.alternatives) == (None, "misnamed_columns", (wrong,))
    right = table([years(2025)[0], verschil(), years(2026)[0]], *lines)
    assert judged(right).table == right


def test_saldo_beside_a_difference_with_a_column_of_another_page_is_not_misnamed():
    lines = [row("P1", 1000, 400, -600, 12), row("P2", 1110, 453, -657, 31), row("P3", 301, 478, 177, -8)]
    assert judged(table([*SIDES, verschil("Verschil met 2025")], *lines)).reason == ""


# ------------------------------------------------------------------------------------------------------ findings


def test_an_unknown_heading_is_a_finding_with_its_text_and_place():
    columns = [*years(2025), Column("Zomaar iets", role=ColumnRole.UNKNOWN)]
    found = judged(table(columns, row("Wegen", 1000, None), row("Groen", 400, None)))
    (finding,) = found.findings
    assert (finding.rule, finding.locator) == ("unknown_heading", "line=1")
    assert "'Zomaar iets'" in finding.message
    assert "column 2" in finding.message


def test_what_was_noted_in_reading_is_a_finding_at_its_place():
    found = judged(replace(ONE_WAY, notes=(("unclear_amount", "'1,234' is unclear", "line=9"),)))
    (finding,) = found.findings
    assert (finding.rule, finding.message, finding.locator) == ("unclear_amount", "'1,234' is unclear", "line=9")


def test_a_table_whose_total_fails_in_one_column_is_published_with_the_finding():
    lines = [row("Wegen", 1000, 1100, 1200, 1300, 1400), row("Groen", 310, 320, 331, 340, 350)]
    columns = years(2024, 2025, 2026, 2027, 2028)
    found = judged(table(columns, *lines, row("Totaal", 1310, 1420, 1531, 1700, 1750)))
    assert found.reason == ""
    assert [finding.rule for finding in found.findings] == ["does_not_add_up"]


SIX = years(2021, 2022, 2023, 2024, 2025, 2026)


def in_part(found):
    return [one for one in found.findings if one.rule == "sums_hold_in_part"]


def test_saldo_that_holds_in_half_of_the_columns_proves_nothing_and_is_not_passed_over_in_silence():
    lasten, baten = row("Lasten", 1179, 1635, 1521, 1559, 1583, 1587), row("Baten", 533, 651, 702, 711, 723, 731)
    right = table(SIX, lasten, baten, row("Saldo", -646, -984, -819, -848, -860, -856))
    assert in_part(judged(right)) == []
    found = judged(table(SIX, lasten, baten, row("Saldo", -646, -984, -819, -948, -680, -586)))
    assert set("".join(proof_words(found))) == {"n"}
    (finding,) = in_part(found)
    assert finding.message.startswith("saldo_down holds in 3 of 6 places")
    assert "'Saldo' under 'Begroting 2024', 'Saldo' under 'Begroting 2025'" in finding.message
    assert finding.values.startswith("+ (-948)")


def test_a_total_that_holds_in_half_of_the_columns_is_not_passed_over_in_silence():
    parts = row("Wegen", 1000, 1107, 1213, 1310), row("Groen", 400, 452, 479, 482), row("Water", 77, 91, 106, 110)
    found = judged(table(SIX[:4], *parts, row("Totaal", 1477, 1650, 1897, 2901)))
    (finding,) = in_part(found)
    assert finding.message.startswith("total holds in 2 of 4 places")


def test_sums_that_hold_nowhere_or_by_accident_are_no_finding():
    parts = row("Wegen", 1000, 1107, 1213, 1310), row("Groen", 400, 452, 479, 482), row("Water", 77, 91, 106, 110)
    assert in_part(judged(table(SIX[:4], *parts, row("Totaal", 2477, 1850, 1897, 2901)))) == []
    small = row("Lasten", 3, 4, 5, 6), row("Baten", 1, 1, 1, 1), row("Saldo", -2, -3, 9, 17)
    assert in_part(judged(table(SIX[:4], *small))) == []
