from dataclasses import replace

import pytest

from schemas.records import AmountKind, LineType
from tests.checks.tables import (
    BATEN,
    LASTEN,
    SALDO,
    judged,
    measures,
    net_effects,
    row,
    table,
    values_of,
    verschil,
    years,
)

PAIRS = ((1000, 400), (1110, 453), (301, 478), (87, 12))
NET = [[-1000, 400, -600], [-1110, 453, -657], [-301, 478, 177], [-87, 12, -75]]
# What a page prints: the sign of costs, the sign of income, the sign of a balance that is an improvement.
PAGES = {
    "saldo = baten - lasten": (1, 1, 1),
    "saldo = lasten - baten": (1, 1, -1),
    "lasten negative": (-1, 1, 1),
    "baten negative": (1, -1, -1),
}
every_page = pytest.mark.parametrize("signs", PAGES.values(), ids=PAGES)


def across(signs):
    cost, income, better = signs
    lines = [(cost * lasten, income * baten, better * (baten - lasten)) for lasten, baten in PAIRS]
    rows = [row(f"Programma {n}", *values) for n, values in enumerate(lines, start=1)]
    return table(measures(LASTEN, BATEN, SALDO), *rows, row("Totaal", *map(sum, zip(*lines, strict=True))))


def programme(signs):
    """A programme with its reserves, in the order of BBV art. 17."""
    cost, income, better = signs
    lasten, baten, added, taken = [1000, 1107, 1213], [800, 952, 1379], [50, 60, 77], [300, 91, 12]
    before = [b - a for a, b in zip(lasten, baten, strict=True)]
    result = [s - t + o for s, t, o in zip(before, added, taken, strict=True)]
    return table(
        years(2024, 2025, 2026),
        row("Lasten", *(cost * value for value in lasten)),
        row("Baten", *(income * value for value in baten)),
        row("Saldo van baten en lasten", *(better * value for value in before)),
        row("Toevoeging reserves", *(cost * v for v in added), line_type=LineType.TOEVOEGING_RESERVES),
        row("Onttrekking reserves", *(income * v for v in taken), line_type=LineType.ONTTREKKING_RESERVES),
        row("Resultaat", *(better * value for value in result)),
    )


def sections(signs):
    """Sections of lasten and of baten with their totals, and the balance of the two."""
    cost, income, better = signs
    lasten, baten = [[700, 800, 905], [300, 307, 308]], [[500, 552, 979], [300, 400, 400]]
    costs, incomes = ([sum(v) for v in zip(*part, strict=True)] for part in (lasten, baten))
    lines = [row(n, *(cost * v for v in values)) for n, values in zip(("Wegen", "Groen"), lasten, strict=True)]
    lines.append(row("Totaal lasten", *(cost * v for v in costs)))
    lines += [row(n, *(income * v for v in values)) for n, values in zip(("Leges", "Huur"), baten, strict=True)]
    lines.append(row("Totaal baten", *(income * v for v in incomes)))
    lines.append(row("Resultaat", *(better * (b - a) for a, b in zip(costs, incomes, strict=True))))
    return table(years(2024, 2025, 2026), *lines)


@every_page
def test_turning_the_convention_of_a_page_with_lasten_baten_and_saldo_across_changes_no_net_effect(signs):
    assert net_effects(judged(across(signs)))[:4] == NET


@every_page
def test_turning_the_convention_of_a_programme_with_its_reserves_changes_no_net_effect(signs):
    assert net_effects(judged(programme(signs))) == [
        [-1000, -1107, -1213],
        [800, 952, 1379],
        [-200, -155, 166],
        [-50, -60, -77],
        [300, 91, 12],
        [50, -124, 101],
    ]


@every_page
def test_turning_the_convention_of_a_page_with_sections_changes_no_net_effect(signs):
    assert net_effects(judged(sections(signs))) == [
        [-700, -800, -905],
        [-300, -307, -308],
        [-1000, -1107, -1213],
        [500, 552, 979],
        [300, 400, 400],
        [800, 952, 1379],
        [-200, -155, 166],
    ]


@every_page
@pytest.mark.parametrize("page", [across, programme, sections])
def test_amounts_stay_as_printed(page, signs):
    printed = page(signs)
    assert values_of(judged(printed).table) == values_of(printed)


def test_a_negative_cost_among_positive_ones_is_an_improvement():
    lines = [(1000, 400, -600), (-50, 20, 70), (700, 100, -600)]
    rows = [row(f"P{n}", *values) for n, values in enumerate(lines)]
    found = judged(table(measures(LASTEN, BATEN, SALDO), *rows, row("Totaal", *map(sum, zip(*lines, strict=True)))))
    assert net_effects(found)[1] == [50, 20, 70]


def test_v_is_an_improvement_and_n_is_not_where_no_equation_speaks():
    found = judged(table(years(2025, 2026), row("Wegen", "V 12", "13 N"), row("Groen", "N 5", "4 V")))
    assert net_effects(found) == [[12, -13], [-5, 4]]
    assert found.sign_convention == "v_n"


def test_an_amount_without_a_mark_beside_marked_ones_has_no_net_effect():
    found = judged(table(years(2025, 2026), row("Wegen", "V 12", "13"), row("Groen", "N 5", "4 V")))
    assert net_effects(found) == [[12, None], [-5, 4]]


def test_where_nothing_shows_the_convention_there_is_no_net_effect():
    rows = [row("Wegen", 1000, 1107, 1213), row("Groen", 400, 452, 479), row("Totaal", 1400, 1559, 1692)]
    found = judged(table(years(2024, 2025, 2026), *rows))
    assert net_effects(found) == [[None] * 3] * 3
    assert found.sign_convention == ""


def test_stands_credits_and_prognoses_have_no_net_effect():
    for kind in (AmountKind.STAND, AmountKind.KREDIET, AmountKind.PROGNOSE):
        page = across(PAGES["saldo = baten - lasten"])
        columns = tuple(replace(column, kind=kind) for column in page.columns)
        found = judged(replace(page, columns=columns))
        assert found.sign_convention == "saldo = baten - lasten"
        assert net_effects(found) == [[None] * 3] * 5


def test_a_row_that_is_a_balance_at_a_date_has_no_net_effect():
    page = programme(PAGES["saldo = baten - lasten"])
    found = judged(replace(page, rows=(*page.rows, replace(row("Stand 31-12", 9, 8, 7), number=7, stand=True))))
    assert net_effects(found)[6] == [None] * 3


def test_a_column_of_differences_has_no_net_effect_from_the_convention_of_the_amounts():
    lasten, baten = (1000, 1107, 107), (400, 452, 52)
    rows = [row("Lasten", *lasten), row("Baten", *baten), row("Saldo", -600, -655, -55)]
    found = judged(table([*years(2025, 2026), verschil()], *rows))
    assert net_effects(found) == [[-1000, -1107, None], [400, 452, None], [-600, -655, None]]
