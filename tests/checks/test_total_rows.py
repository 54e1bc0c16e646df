"""Lines of one measure that are no totals add up without counting money twice, and without losing it."""

import pytest

from tests.checks.tables import BATEN, LASTEN, SALDO, judged, measures, row, table, years

THREE = years(2024, 2025, 2026)
SIDES = (row("Lasten", -1000, -1107, -1213), row("Baten", 400, 452, 479))
BEFORE = row("Saldo van baten en lasten", -600, -655, -734)


def saldo_of(found, column=0):
    """What a researcher gets who adds up the saldo of a column without totals."""
    rows, named = found.table.rows, found.table.columns[column].measure
    kept = [at for at, one in enumerate(rows) if not one.is_total and at not in found.totals]
    return sum(rows[at].cells[column].amount.value for at in kept if (named or rows[at].measure) is SALDO)


@pytest.mark.parametrize("reserves", [(0, 0, 0), (50, 60, 70), (1, 0, 0)], ids=["none", "some", "one year"])
def test_a_result_below_a_balance_is_a_total_whether_or_not_a_sum_reaches_it(reserves):
    after = row("Resultaat", *(a + b for a, b in zip((-600, -655, -734), reserves, strict=True)))
    found = judged(table(THREE, *SIDES, BEFORE, row("Mutatie reserves", *reserves), after))
    assert found.totals == {4}
    assert [saldo_of(found, column) for column in range(3)] == [-600, -655, -734]


def test_a_balance_is_no_total_whether_or_not_its_sides_are_sums():
    sides = {"path": ("Lasten",), "measure": LASTEN}, {"path": ("Baten",), "measure": BATEN}
    lasten = (row("Wegen", 600, 607, 613, **sides[0]), row("Groen", 400, 500, 600, **sides[0]))
    baten = (row("Leges", 300, 352, 379, **sides[1]), row("Huur", 100, 100, 100, **sides[1]))
    sums = row("Totaal lasten", 1000, 1107, 1213), row("Totaal baten", 400, 452, 479)
    found = judged(table(THREE, *lasten, sums[0], *baten, sums[1], BEFORE))
    assert found.totals == {2, 5}
    assert saldo_of(found) == -600


def test_the_balance_of_all_programmes_is_a_total_above_which_their_own_stand():
    one = row("Lasten", 1000, 1107, 1213), row("Baten", 400, 452, 479), row("Saldo", -600, -655, -734)
    other = row("Lasten", 500, 511, 523), row("Baten", 300, 322, 391), row("Saldo", -200, -189, -132)
    sums = row("Totaal lasten", 1500, 1618, 1736), row("Totaal baten", 700, 774, 870)
    found = judged(table(THREE, *one, *other, *sums, row("Saldo van baten en lasten", -800, -844, -866)))
    assert 8 in found.totals
    assert saldo_of(found) == -800


def test_in_a_column_of_saldo_the_balance_and_the_result_are_totals():
    columns = measures(LASTEN, BATEN, SALDO)
    programmes = row("1 Bestuur", 1000, 400, -600), row("2 Zorg", 500, 300, -200), row("3 Ruimte", 77, 91, 14)
    whole = row("Saldo van baten en lasten", 1577, 791, -786)
    reserves = row("Mutatie reserves", 11, 31, 20)
    found = judged(table(columns, *programmes, whole, reserves, row("Resultaat", 1588, 822, -766)))
    assert found.totals == {3, 5}
    assert saldo_of(found, 2) == -766  # the movements of reserves are lines of this column too


def test_a_lone_result_and_a_line_that_is_named_after_its_result_are_no_totals():
    lone = judged(table(THREE, *SIDES, row("Resultaat", -600, -655, -734)))
    assert saldo_of(lone) == -600
    columns = measures(LASTEN, BATEN, SALDO)
    lines = row("0.5 Saldo", 1000, 400, -600, measure=SALDO), row("0.11 Resultaat", 500, 300, -200, **coded())
    found = judged(table(columns, *lines, row("Totaal", 1500, 700, -800)))
    assert found.totals == {2}


def coded():
    """What the label of taakveld 0.11 says."""
    from schemas.records import LineType

    return {"line_type": LineType.RESULTAAT, "measure": SALDO}
