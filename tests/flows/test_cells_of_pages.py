"""Cells of web pages from which no amount can be told: they are said, never guessed or dropped."""


from flows.document import process
from tests.flows.documents import source_of

PAGE = (
    "<h2>Programma 1</h2><p>Bedragen x € 1.000</p><table><tr><th>Post<th>Rekening 2024<th>Begroting 2026"
    "{}<tr><td>Overig<td>100<td>200<tr><td>Wonen<td>110<td>210</table>"
)


def read_page(tmp_path, rows):
    return process(source_of(tmp_path, content=PAGE.format(rows), name="page.html"))


def test_an_amount_that_covers_rows_is_of_none_of_them(tmp_path):
    result = read_page(tmp_path, "<tr><td>Wegen<td rowspan=2>1.234<td>1.300<tr><td>Groen<td>1.100")
    assert "1.234" not in {line.amount_printed for line in result.lines}
    assert ("unclear_amount", "covers several rows") in {(one.rule, one.message[-19:]) for one in result.findings}
    assert {line.amount_printed for line in result.lines if line.fiscal_year == 2026} >= {"1.300", "1.100"}
