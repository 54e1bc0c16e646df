import pytest

from schemas.records import AmountKind, Column, Duration, Stage
from tests.checks.tables import BATEN, LASTEN, judged, measures, proof_words, row, table, verschil, years

ROWS = [("Wegen", 1000, 1100), ("Groen", 450, 410), ("Water", 77, 91)]
TOTAAL = Column("Totaal", stage=Stage.OVERIG, kind=AmountKind.OVERIG)


def rules(found):
    return {(one.rule, one.holds) for one in found.equations}


def differing(sign, columns=None, *, total=False):
    lines = [(a, b, sign * (b - a)) for _, a, b in ROWS]
    rows = [row(name, *values) for (name, *_), values in zip(ROWS, lines, strict=True)]
    if total:
        rows.append(row("Totaal", *map(sum, zip(*lines, strict=True))))
    return table(columns or [*years(2025, 2026), verschil()], *rows)


@pytest.mark.parametrize("sign", [1, -1], ids=["b - a", "a - b"])
def test_a_column_of_differences_is_found_in_either_direction(sign):
    assert rules(judged(differing(sign))) == {("difference", True)}


@pytest.mark.parametrize("sign", [1, -1])
def test_a_column_of_differences_is_proved_with_its_terms_when_a_total_speaks_too(sign):
    assert proof_words(judged(differing(sign, total=True))) == ["ppp"] * 4


def test_without_a_total_amounts_that_could_change_places_are_not_proved():
    assert all(word.count("p") == 1 for word in proof_words(judged(differing(1))))


def test_a_difference_in_one_row_alone_is_no_difference():
    found = judged(table([*years(2025, 2026), verschil()], row("Wegen", 1000, 1100, 100)))
    assert found.equations == ()
    assert proof_words(found) == ["nnn"]


def test_a_row_in_which_the_difference_is_off_is_contradicted_and_said():
    rows = [row("Licht", 500, 613, 113), row("Lucht", 501, 620, 119), row("Wind", 500, 613, 131)]
    found = judged(table([*years(2025, 2026), verschil()], *differing(1).rows, *rows))
    words = proof_words(found)
    assert words[5] == "ccc"
    assert "c" not in "".join(words[:5])
    assert [("off by 18 " in f.message, "'Wind'" in f.message) for f in found.findings] == [(True, True)]


def test_a_column_that_is_a_budget_of_its_own_is_no_difference():
    assert judged(differing(1, years(2024, 2025, 2026))).equations == ()


def test_a_difference_is_not_between_lasten_and_baten():
    columns = [*measures(LASTEN, BATEN), verschil()]
    assert ("difference", True) not in rules(judged(differing(1, columns)))


def test_a_column_that_is_the_sum_of_the_columns_before_it_is_found():
    rows = [row(name, a, b, a + b) for name, a, b in ROWS]
    found = judged(table([*years(2025, 2026), TOTAAL], *rows))
    assert rules(found) == {("sum_across", True)}


def test_a_column_that_incidenteel_and_structureel_split_is_their_sum():
    columns = [*years(2026), *years(2026, duration=Duration.INCIDENTEEL), *years(2026, duration=Duration.STRUCTUREEL)]
    rows = [row(name, a + b, a, b) for name, a, b in ROWS]
    assert {one.rule for one in judged(table(columns, *rows)).equations} & {"sum_across", "difference"}


EFFECTS = [("Lasten", 1100, 1050, 50), ("Baten", 210, 190, -20)]


@pytest.mark.parametrize("balance", [("Saldo", -890, -860, 30), ("Saldo", 890, 860, 30)], ids=["b - l", "l - b"])
def test_a_difference_printed_as_its_effect_on_the_result_contradicts_nothing(balance):
    found = judged(table([*years(2024, 2025), verschil()], *(row(*one) for one in (*EFFECTS, balance))))
    assert rules(found) == {("difference", True), ("saldo_down", True)}
    assert "c" not in "".join(proof_words(found))


def test_an_effect_that_is_off_is_no_difference():
    rows = [("Lasten", 1100, 1050, 50), ("Baten", 210, 190, 25), ("Saldo", -890, -860, 30)]
    assert ("difference", True) not in rules(judged(table([*years(2024, 2025), verschil()], *(row(*r) for r in rows))))


@pytest.mark.parametrize("spent", [measures(LASTEN)[0], years(2026)[0]], ids=["Uitgaven", "Begroting"])
def test_what_is_left_of_a_krediet_is_a_difference_whatever_is_spent_on_it_is_called(spent):
    credit = Column("Krediet", year=2026, stage=Stage.OVERIG, kind=AmountKind.KREDIET)
    rows = [row("Brug", 1000, 100, 900), row("School", 300, 10, 290), row("Totaal", 1300, 110, 1190)]
    found = judged(table([credit, spent, verschil("Restant")], *rows))
    assert found.reason == ""
    assert proof_words(found) == ["ppp"] * 3


def test_lasten_and_baten_are_no_terms_of_a_column_that_is_called_a_difference():
    rows = [row("Brug", 1000, 100, 900), row("School", 300, 10, 290), row("Haven", 1300, 110, 1190)]
    assert ("difference", True) not in rules(judged(table([*measures(LASTEN, BATEN), verschil()], *rows)))
