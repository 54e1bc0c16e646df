"""Marks of a last column in flattened text belong to the row before them, and their heading to no row."""

import pytest

from flows.document import judged_tables
from sources.local import read_snapshot
from tests.flows.documents import source_of

HEAD = "Prognose|Bedragen x € 1.000|Omschrijving|2026|2027"


def names(folder, text):
    """Each row's path and label."""
    source = source_of(folder, content=text.replace("|", "\n"))
    tables = [one.judgement.table for one in judged_tables(source, read_snapshot(source)).tables]
    return [[" > ".join([*row.path, row.label]) for row in table.rows] for table in tables if table is not None]


@pytest.mark.parametrize("head", ["I/S", "S/I", "i / s"])
def test_a_mark_behind_few_rows_is_no_part_of_the_next_label(tmp_path, head):
    rows = "Jeugdzorg|-120|-130|S|Verkiezingen|-50|0|I|Totaal|-170|-130"
    assert names(tmp_path, f"{HEAD}|{head}|{rows}") == [["Jeugdzorg", "Verkiezingen", "Totaal"]]


def test_a_section_may_stand_between_a_mark_and_the_next_label(tmp_path):
    rows = "Lasten|Jeugdzorg|-120|-130|S|Verkiezingen|-50|0|I|Baten|Leges|10|20|I/S|Totaal|-160|-110"
    assert names(tmp_path, f"{HEAD}|I/S|{rows}") == [
        ["Lasten > Jeugdzorg", "Lasten > Verkiezingen", "Baten > Leges", "Totaal"]
    ]


def test_the_heading_of_the_marks_that_go_with_their_amounts_is_no_path(tmp_path):
    head = "Prognose|Bedragen x € 1.000|Programma|Begroting 2026 na wijziging|Prognose 2026|Afwijking|V/N"
    rows = "Bestuur|12.450|12.570|120|N|Sociaal domein|61.875|61.025|850|V|Totaal|74.325|73.595|730|V"
    assert names(tmp_path, f"{head}|{rows}") == [["Bestuur", "Sociaal domein", "Totaal"]]


def test_a_letter_that_no_heading_names_is_part_of_the_label(tmp_path):
    rows = "A|Jeugdzorg|-120|-130|S|Verkiezingen|-50|0|Totaal|-170|-130"
    assert names(tmp_path, f"{HEAD}|{rows}") == [["A Jeugdzorg", "S Verkiezingen", "Totaal"]]


def test_the_marks_of_one_table_are_not_those_of_the_next(tmp_path):
    first = f"{HEAD}|I/S|Jeugdzorg|-120|-130|S|Totaal|-120|-130|S"
    second = (
        "Lijst|Bedragen x € 1.000|Omschrijving|2026|2027|Wegen|10|20|S|Straten|5|6|Pleinen|1|2|Parken|1|2|Totaal|17|30"
    )
    assert names(tmp_path, f"{first}|{second}") == [
        ["Jeugdzorg", "Totaal"],
        ["Wegen", "S Straten", "Pleinen", "Parken", "Totaal"],
    ]
