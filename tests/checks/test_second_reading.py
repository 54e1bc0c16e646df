"""What the second reader's word does to a table: agreement, each kind of disagreement, and no word at all."""

import json
from dataclasses import replace

import pytest

from checks.second_reading import REASON, is_proved, regions_of, with_second_reading
from schemas.notation import parse_amount
from schemas.records import (
    AmountCell,
    BudgetTable,
    Column,
    Judgement,
    Placed,
    Proof,
    RawCell,
    Region,
    Row,
    SecondCell,
    SecondReading,
    SecondRow,
    SecondVerdict,
)

LABELS = ("Lasten", "Baten en overige opbrengsten", "Saldo")
FIGURES = (("1.000", "2.000"), ("400", "-"), ("-600", "-2.000"))


def box(row, column):
    return (200.0 + 100 * column, 100.0 + 14 * row, 240.0 + 100 * column, 108.0 + 14 * row)


def locator(row, column):
    return "box=" + ",".join(f"{side:.1f}" for side in box(row, column))


def amount(text, row, column):
    return AmountCell(parse_amount(text), locator(row, column), row, 1)


def table():
    rows = tuple(
        Row(at + 1, label, (), tuple(amount(text, at, n) for n, text in enumerate(texts)))
        for at, (label, texts) in enumerate(zip(LABELS, FIGURES, strict=True))
    )
    return BudgetTable("Programma 1", 1000, (Column("2025"), Column("2026")), rows, locator(0, 0), page=1)


def raw_cells():
    cells = [RawCell(label, at, locator(at, -1), page=1) for at, label in enumerate(LABELS)]
    return cells + [
        RawCell(text, at, locator(at, n), page=1) for at, texts in enumerate(FIGURES) for n, text in enumerate(texts)
    ]


def second(labels=LABELS, figures=FIGURES, columns=(0, 1)):
    rows = []
    for at, (label, texts) in enumerate(zip(labels, figures, strict=True)):
        words = tuple(Placed(word, (60.0 + n * 20, *box(at, 0)[1:])) for n, word in enumerate(label.split()))
        found = tuple(SecondCell(t, box(at, n), c) for n, (t, c) in enumerate(zip(texts, columns, strict=True)) if t)
        rows.append(SecondRow(1, found, words))
    return rows


def verdict(rows, judged=None, cells=None):
    judged = judged or Judgement(table())
    return with_second_reading(judged, SecondReading(tuple(rows)), raw_cells() if cells is None else cells)


def whats(judgement):
    return {one[0] for one in json.loads(judgement.findings[-1].values)["differences"]}


def test_the_same_is_agreed_and_nothing_else_changes():
    before = Judgement(table())
    assert verdict(second(), before) == replace(before, second_reading=SecondVerdict.AGREED)


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ((("1.000", "2.001"), *FIGURES[1:]), "amount"),
        ((FIGURES[0], FIGURES[1], ("600", "-2.000")), "amount"),
        ((("1.000", ""), *FIGURES[1:]), "amount"),
        ((("(1.000)", "2.000"), *FIGURES[1:]), "amount"),
        ((("1.000 N", "2.000"), *FIGURES[1:]), "amount"),
    ],
)
def test_another_amount_sets_the_table_aside_with_both_readings(figures, what):
    judged = verdict(second(figures=figures))
    assert (judged.table, judged.reason, judged.second_reading) == (None, REASON, SecondVerdict.DISAGREED)
    assert judged.alternatives == (table(),)
    assert what in whats(judged)
    shown = json.loads(judged.findings[-1].values)
    assert shown["first"][0] == ["Lasten", "1.000", "2.000"]
    assert shown["second"][0][0] == "Lasten"


def test_spaces_euros_and_thousands_points_are_no_difference():
    figures = (("€ 1.000", "2000"), ("400", "–"), ("- 600", "-2.000"))
    assert verdict(second(figures=figures)).second_reading is SecondVerdict.AGREED


@pytest.mark.parametrize("columns", [(0, 0), (1, 0)])
def test_columns_that_are_one_or_in_another_order_are_a_disagreement(columns):
    assert "column" in whats(verdict(second(columns=columns)))


def test_a_column_that_is_two_is_a_disagreement():
    rows = second()
    rows[2] = replace(rows[2], cells=tuple(replace(cell, column=cell.column + 5) for cell in rows[2].cells))
    assert "column" in whats(verdict(rows))


def test_two_rows_on_one_line_are_a_disagreement():
    one, two, three = second()
    rows = [SecondRow(1, (*one.cells, *two.cells), (*one.words, *two.words)), three]
    assert "row" in whats(verdict(rows))


def test_a_row_on_two_lines_is_a_disagreement():
    one, *others = second()
    assert "row" in whats(verdict([SecondRow(1, one.cells[:1], one.words), SecondRow(1, one.cells[1:]), *others]))


def with_extra(text="77", column=2):
    rows = second()
    rows[1] = replace(rows[1], cells=(*rows[1].cells, SecondCell(text, box(1, 2), column)))
    return rows


def test_an_amount_between_them_that_the_first_left_out_is_a_disagreement():
    assert whats(verdict(with_extra())) == {"left_out"}


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        (RawCell("77", 1, locator(1, 2), page=1), True),
        (RawCell("Kolom 77", 1, locator(1, 2), is_heading=True, page=1), True),
        (RawCell("zie bladzijde 77", 1, locator(1, 2), page=1), False),
        (RawCell("77", 1, locator(1, 2), page=2), False),
    ],
)
def test_what_stands_in_a_cell_of_something_else_is_accounted_for(raw, known):
    judged = verdict(with_extra(), cells=[*raw_cells(), raw])
    assert (judged.second_reading is SecondVerdict.AGREED) == known


def test_a_code_before_the_label_is_part_of_it():
    rows = second()
    rows[0] = replace(rows[0], cells=(SecondCell("0.1", box(0, -1), -1), *rows[0].cells))
    cells = raw_cells()
    cells[0] = cells[0]._replace(text="0.1 Lasten")
    assert verdict(rows, cells=cells).second_reading is SecondVerdict.AGREED


def test_labels_that_changed_places_are_a_disagreement():
    labels = (LABELS[1], LABELS[0], LABELS[2])
    assert whats(verdict(second(labels=labels))) == {"label"}


def test_a_label_on_two_lines_with_a_broken_word_is_the_same_label():
    one, _, three = second()
    figures = second()[1].cells
    broken = [Placed("Baten", (60, 0, 80, 0)), Placed("en", (90, 0, 95, 0)), Placed("over-", (96, 0, 120, 0))]
    rest = (Placed("ige", (60, 0, 80, 0)), Placed("opbrengsten", (85, 0, 120, 0)))
    rows = [one, SecondRow(1, figures, tuple(broken)), SecondRow(1, (), rest), three]
    assert verdict(rows).second_reading is SecondVerdict.AGREED


@pytest.mark.parametrize("rows", [(), [SecondRow(1, (), ())], second(figures=(("1.000", ""), ("", ""), ("", "")))])
def test_where_it_sees_too_little_it_has_no_word_and_the_table_stays(rows):
    judged = verdict(rows)
    assert judged.second_reading is SecondVerdict.NOT_READ
    assert judged.table == table()
    assert judged.findings[-1].message


def test_why_it_could_not_read_is_told():
    judged = with_second_reading(Judgement(table()), SecondReading(message="no letters there"), raw_cells())
    assert (judged.second_reading, judged.findings[-1].message) == (SecondVerdict.NOT_READ, "no letters there")


# ------------------------------------------------------------------------------------------- what is read again

ALL = [(row, column) for row in range(3) for column in range(2)]


@pytest.mark.parametrize(
    ("proved", "contradicted", "enough"),
    [
        (ALL, [], True),
        ([(0, 0), (1, 0), (0, 1)], [], True),
        ([(0, 0), (0, 1)], [], False),
        ([(0, 0), (1, 0), (2, 0)], [], False),
        (ALL[:5], [(2, 1)], False),
        ([], [], False),
    ],
    ids=["all", "half", "too few", "a column without", "a sum that fails", "none"],
)
def test_a_table_is_proved_by_half_its_amounts_and_one_in_every_column(proved, contradicted, enough):
    proofs = dict.fromkeys(proved, Proof.PROVED) | dict.fromkeys(contradicted, Proof.CONTRADICTED)
    assert is_proved(Judgement(table(), proofs=proofs)) == enough


def test_a_column_of_zeros_needs_no_proof():
    zero = parse_amount("-")
    rows = tuple(replace(row, cells=(row.cells[0], replace(row.cells[1], amount=zero))) for row in table().rows)
    proofs = {(row, 0): Proof.PROVED for row in range(3)}
    assert is_proved(Judgement(replace(table(), rows=rows), proofs=proofs))


def test_a_table_that_is_set_aside_is_not_read_again():
    assert is_proved(Judgement(None, "no_unit"))


def test_the_region_is_the_band_of_amounts_and_labels_of_each_page():
    tall = RawCell("Lasten", 0, "box=60.0,90.0,150.0,120.0", page=1)
    heading = RawCell("2025", 0, "box=60.0,10.0,150.0,20.0", is_heading=True, page=1)
    assert regions_of(table(), [*raw_cells(), tall, heading]) == (Region(1, 90.0, 136.0),)


def test_places_that_are_no_boxes_have_no_region():
    assert regions_of(table(), [RawCell("1.000", 0, "line=3")]) == ()
