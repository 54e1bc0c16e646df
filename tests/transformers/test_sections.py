"""The section of a row that only says Totaal."""

import pytest

from flows.document import process
from tests.flows.documents import UNIT, source_of

HEAD = f"<h3>Nieuw beleid</h3><p>{UNIT}</p><table><tr><th>Programma</th><th>Post</th><th>2026</th><th>2027</th></tr>"


def totals(folder, *rows):
    return [line.section_path for line in lines(folder, *rows) if line.is_total]


def lines(folder, *rows):
    body = "".join(f"<tr>{''.join(f'<td{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    page = f"<html><body>{HEAD}{body}</table></body></html>"
    result = process(source_of(folder, content=page, name="page.html"))
    return [line for line in result.lines if line.fiscal_year == 2026]


ONE, TWO = ">1. Bestuur|>Raad|>85|>86", ">1. Bestuur|>ICT|>40|>41"
THREE, FOUR = ">2. Sociaal|>Wmo|>20|>21", ">2. Sociaal|>Jeugd|>20|>25"


@pytest.mark.parametrize(
    "total", [">Totaal|>|", ">|>Totaal|", "colspan=2>Totaal|", ">Totaal generaal|>|", ">Eindtotaal|>|"]
)
def test_a_total_of_all_sections_stands_in_none(tmp_path, total):
    total = total.replace("colspan", " colspan")
    assert totals(tmp_path, ONE, TWO, THREE, FOUR, f"{total}>165|>173") == [""]


def test_sums_of_rounded_amounts_are_those_of_all_sections_too(tmp_path):
    assert totals(tmp_path, ONE, TWO, THREE, FOUR, ">Totaal|>|>166|>173") == [""]


def test_a_total_of_its_own_section_stays_there(tmp_path):
    rows = (ONE, TWO, ">1. Bestuur|>Totaal|>125|>127", THREE, FOUR, ">2. Sociaal|>Totaal|>40|>46")
    assert totals(tmp_path, *rows) == ["1. Bestuur", "2. Sociaal"]


def test_a_total_of_the_last_section_stays_there_though_it_says_nothing_else(tmp_path):
    assert totals(tmp_path, ONE, TWO, THREE, FOUR, ">|>Totaal|>40|>46") == ["2. Sociaal"]


def test_a_total_that_adds_up_nowhere_stays_where_it_stands(tmp_path):
    assert totals(tmp_path, ONE, TWO, THREE, FOUR, ">|>Totaal|>300|>400") == ["2. Sociaal"]


def test_the_total_of_all_has_no_taakveld(tmp_path):
    rows = (">0.4 Overhead|>ICT|>85|>86", ">0.8 Overige|>Post|>40|>41", ">Totaal|>|>125|>127")
    assert [line.taakveld_code for line in lines(tmp_path, *rows)] == ["0.4", "0.8", None]
