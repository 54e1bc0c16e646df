"""Cells of web pages from which no amount can be told: they are said, never guessed or dropped."""

import pytest

from flows.document import process
from tests.flows.documents import source_of

HEAD = "<h2>Programma 1</h2><p>Bedragen x € 1.000</p><table><tr><th>Post<th>Rekening 2024<th>Begroting 2026"
PAGE = HEAD + "{}<tr><td>Overig<td>100<td>200<tr><td>Wonen<td>110<td>210</table>"


def read_page(tmp_path, rows):
    return process(source_of(tmp_path, content=PAGE.format(rows), name="page.html"))


def test_an_amount_that_covers_rows_is_of_none_of_them(tmp_path):
    result = read_page(tmp_path, "<tr><td>Wegen<td rowspan=2>1.234<td>1.300<tr><td>Groen<td>1.100")
    assert "1.234" not in {line.amount_printed for line in result.lines}
    assert ("unclear_amount", "covers several rows") in {(one.rule, one.message[-19:]) for one in result.findings}
    assert {line.amount_printed for line in result.lines if line.fiscal_year == 2026} >= {"1.300", "1.100"}


@pytest.mark.parametrize(
    "cell", ["1.234 [1]", "1.234 euro", "12,5 mln", "ca. 1.100", "± 300", "1.234 ▲", "12.5", "1’234"]
)
@pytest.mark.parametrize("others", ["1.000", "7 mln"])
def test_a_figure_in_no_notation_is_said_and_never_part_of_a_label(tmp_path, cell, others):
    rows = f"<tr><td>Wegen<td>{cell}<td>1.300<tr><td>Groen<td>{others}<td>1.100<tr><td>Riool<td>{others}<td>900"
    page = f"{HEAD}{rows}</table>"
    result = process(source_of(tmp_path, content=page, name="page.html"))
    assert {line.line_label for line in result.lines} == {"Wegen", "Groen", "Riool"}
    assert any(one.rule == "unclear_amount" and repr(cell) in one.message for one in result.findings)


def test_a_code_or_a_note_beside_the_amounts_is_no_figure(tmp_path):
    rows = (
        "<tr><td>Wegen<td>1.234<td>1.300<td>0.1<tr><td>Groen<td>1.000<td>1.100<td>zie 3.2<tr><td>Riool<td>7<td>9<td>2.4"
    )
    page = f"{HEAD}<th>Noot{rows}</table>"
    result = process(source_of(tmp_path, content=page, name="page.html"))
    assert {one.rule for one in result.findings} == set()


def test_several_amounts_in_one_cell_are_said(tmp_path):
    result = read_page(tmp_path, "<tr><td>Wegen<td>1.234<br>-234<td>1.300")
    assert any(one.rule == "unclear_amount" and "1.234" in one.message for one in result.findings)
