"""Cells of web pages that repeat the heading of their column, for small screens."""

import pytest

from extractors.html import extract_html
from flows.document import process
from schemas.records import RawTable
from tests.flows.documents import UNIT, source_of

HEADS = ("Post", "Rekening 2024", "Begroting 2025")
ROWS = (("Lasten", "3.114", "3.290"), ("Baten", "642", "-"), ("Saldo", "-2.472", "-3.290"))
WAYS = {
    "bold": "<b>{0}</b>{1}",
    "spaced": "<strong>{0}</strong> {1}",
    "block": "<div>{0}</div><div>{1}</div>",
    "break": "{0}<br>{1}",
    "colon": "<span>{0}:</span> {1}",
    "no element": "{0}: {1}",
    "inside another": "<span><b>{0}</b><i>{1}</i></span>",
}


def page(rows, heads=HEADS):
    lines = ["".join(f"<th>{head}</th>" for head in heads), *("".join(f"<td>{c}</td>" for c in row) for row in rows)]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><body><h3>Programma 1</h3><p>{UNIT}</p><table>{table}</table></body></html>"


def cells(content):
    (table,) = [block for block in extract_html(content.encode()).blocks if isinstance(block, RawTable)]
    return [tuple(cell.text for cell in row) for row in table.rows[1:]]


@pytest.mark.parametrize("names", [True, False], ids=["names too", "amounts only"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_heading_that_cells_repeat_is_no_part_of_them(tmp_path, way, names):
    said = [[way.format(head, cell) for head, cell in zip(HEADS, row, strict=True)] for row in ROWS]
    content = page(said if names else [[row[0], *more[1:]] for row, more in zip(ROWS, said, strict=True)])
    assert cells(content) == list(ROWS)
    result = process(source_of(tmp_path, content=content, name="page.html"))
    assert result.document.status == "published"
    assert [int(line.amount_eur) for line in result.lines][:2] == [3_114_000, 3_290_000]


def test_repeated_headings_are_no_title_of_the_next_table(tmp_path):
    said = [[f"<b>{head}</b>{cell}" for head, cell in zip(HEADS, row, strict=True)] for row in ROWS]
    table = page([("Wegen", "1.100", "1.200"), ("Groen", "130", "140")]).partition(f"<p>{UNIT}</p>")[2]
    result = process(source_of(tmp_path, content=page(said).replace("</body></html>", table), name="page.html"))
    assert len(result.lines) == 10
    assert {line.table_title for line in result.lines} == {"Programma 1"}


@pytest.mark.parametrize(
    "rows",
    [
        [("<b>Post</b> 1 Onderwijs", "3.114", "3.290"), ("<b>Post</b> 2 Zorg", "642", "12")],
        [("Post: onderwijs", "3.114", "3.290"), ("Post: zorg", "642", "12")],
        [("Onderwijs", "<b>Rekening 2024</b>3.114", "3.290"), ("Zorg", "642", "12")],
        [("Onderwijs", "<b>Rekening</b> 3.114", "<b>Begroting</b> 3.290")],
    ],
    ids=["names alone", "names with a colon", "one cell", "other words"],
)
def test_words_of_a_heading_stay_where_not_all_cells_repeat_theirs(rows):
    texts = [tuple(c.replace("<b>", "").replace("</b>", "") for c in row) for row in rows]
    assert [tuple(c.replace(" ", "") for c in row) for row in cells(page(rows))] == [
        tuple(c.replace(" ", "") for c in row) for row in texts
    ]


def test_a_lone_dash_behind_a_repeated_heading_is_an_amount(tmp_path):
    rows = [("Wegen", "<b>Lasten</b>1.234", "<b>Baten</b>-"), ("Groen", "<b>Lasten</b>-", "<b>Baten</b>12")]
    content = page(rows, ("Post", "Lasten", "Baten")).replace("Programma 1", "Begroting 2026")
    result = process(source_of(tmp_path, content=content, name="page.html"))
    assert [int(line.amount_eur) for line in result.lines] == [1_234_000, 0, 0, 12_000]
