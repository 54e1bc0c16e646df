"""The section of a total or a balance."""

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


WHOLE = "Totaal lasten|Totaal programma's|Totaal incidentele lasten|Totaal begroting|Totaal reserves|Saldo"


def paths(folder, label, *rows):
    return [line.section_path for line in lines(folder, *rows) if line.line_label == label]


@pytest.mark.parametrize("label", WHOLE.split("|"))
def test_a_total_or_balance_of_all_sections_stands_in_none_whatever_it_is_of(tmp_path, label):
    rows = (">Programma 1 Bestuur|>|>|>", ">Raad|>|>120|>130", ">ICT|>|>250|>100", ">Programma 2 Sociaal|>|>|>")
    rows = (*rows, ">Wmo|>|>500|>500", ">Jeugd|>|>50|>60")
    assert paths(tmp_path, label, *rows, f">{label}|>|>920|>790") == [""]
    assert paths(tmp_path, label, *rows, f">{label}|>|>550|>560") == ["Programma 2 Sociaal"]
    assert paths(tmp_path, label, *rows, f">{label}|>|>700|>800") == ["Programma 2 Sociaal"]


def test_a_total_that_names_its_section_stays_there_whatever_it_adds_up_to(tmp_path):
    rows = (">Bestuur|>|>|>", ">Raad|>|>120|>130", ">Sociaal|>|>|>", ">Wmo|>|>500|>500", ">Jeugd|>|>50|>60")
    label = "Totaal programma Sociaal"
    assert paths(tmp_path, label, *rows, f">{label}|>|>670|>690") == ["Sociaal"]


def test_the_balance_that_changes_lead_to_is_none_of_them(tmp_path):
    first = ">Saldo kadernota|>|>-1250|>-900"
    rows = (">Incidenteel:|>|>|>", ">Prijzen|>|>-450|>-460", ">Nieuw beleid|>|>400|>600")
    (last,) = [
        one for one in lines(tmp_path, first, *rows, ">Saldo begroting|>|>-1300|>-760") if "begr" in one.line_label
    ]
    assert (last.section_path, last.duration) == ("", None)


def test_the_balance_of_a_section_with_lasten_and_baten_stays_there(tmp_path):
    one = (">1. Bestuur|>|>|>", ">Lasten|>|>-100|>-110", ">Baten|>|>40|>50", ">Saldo|>|>-60|>-60")
    two = (">2. Sociaal|>|>|>", ">Lasten|>|>-200|>-210", ">Baten|>|>140|>150", ">Saldo|>|>-60|>-60")
    assert paths(tmp_path, "Saldo", *one, *two) == ["1. Bestuur", "2. Sociaal"]
