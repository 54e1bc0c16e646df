"""Amounts that carry their unit, cell by cell."""

import pytest

from flows.document import process
from tests.flows.documents import source_of

HEADS = ("Omschrijving", "Rekening 2024", "Begroting 2025", "Begroting 2026")


def table(*rows):
    lines = ["".join(f"<th>{text}</th>" for text in HEADS), *("".join(f"<td>{c}</td>" for c in row) for row in rows)]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def read(folder, *tables, title="Overzicht"):
    page = f"<html><body><h3>{title}</h3>{''.join(tables)}</body></html>"
    return process(source_of(folder, content=page, name="page.html"))


def rows(way, lasten=("102,3", "110,5", "98,2"), baten=("-1,2", "0,7", "0,2")):
    return [["Lasten", *map(way.format, lasten)], ["Baten", *map(way.format, baten)]]


@pytest.mark.parametrize(
    ("way", "unit"),
    [("€ {} mln", 1_000_000), ("{} mln.", 1_000_000), ("€{} miljoen", 1_000_000), ("€ {} duizend", 1000)],
)
def test_a_unit_in_every_cell_is_that_of_the_table(tmp_path, way, unit):
    lines = read(tmp_path, table(*rows(way))).lines
    assert [line.unit for line in lines] == [unit] * 6
    assert [int(line.amount_eur) for line in lines] == [n * unit // 10 for n in (1023, 1105, 982, -12, 7, 2)]
    assert lines[0].amount_printed == way.format("102,3")


@pytest.mark.parametrize("empty", ["-", "0", "", "pm", "€ 0", "n.v.t."])
def test_what_is_nothing_needs_no_unit(tmp_path, empty):
    lines = read(tmp_path, table(["Lasten", "€ 1,2 mln", empty, "€ 3,4 mln"])).lines
    assert [line.amount_eur for line in lines if line.amount_eur] == [1_200_000, 3_400_000]


def test_a_mark_behind_the_unit_says_the_sign(tmp_path):
    lines = read(tmp_path, table(["Wegen", "1,2 mln V", "1,3 mln N", "€ 1,4 mln"])).lines
    assert [int(line.amount_eur) for line in lines] == [1_200_000, -1_300_000, 1_400_000]


@pytest.mark.parametrize(
    "cells",
    [
        ["€ 1,2 mln", "€ 800.000", "€ 3,4 mln"],
        ["€ 1,2 mln", "€ 800 duizend", "€ 3,4 mln"],
        ["€ 1,2 mln", "1,5 - 2 mln", "€ 3,4 mln"],
        ["€ 102.311", "€ 110.450", "€ 98.230"],
    ],
    ids=["one without", "two units", "a range", "euros alone"],
)
def test_cells_that_do_not_all_say_the_same_unit_give_none(tmp_path, cells):
    assert not read(tmp_path, table(["Lasten", *cells], ["Baten", *cells])).lines


def test_another_unit_over_the_table_contradicts_its_cells(tmp_path):
    content = table(*rows("€ {} mln")).replace("Omschrijving", "Bedragen x € 1.000")
    assert [finding.rule for finding in read(tmp_path, content).findings] == ["table_unit_conflict"]


def test_cells_with_a_unit_give_none_to_the_next_table(tmp_path):
    plain = table(*rows("€ {}", ("1.234", "1.300", "1.400"), ("234", "300", "400")))
    lines = read(tmp_path, table(*rows("€ {} mln")), plain).lines
    assert {line.amount_printed[-3:] for line in lines} == {"mln"}
