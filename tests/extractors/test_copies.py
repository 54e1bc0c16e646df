"""Tables of a web page that repeat another for screens of another size."""

import pytest

from extractors.html import extract_html
from flows.document import process
from schemas.records import RawTable
from tests.flows.documents import UNIT, source_of

HEADS = ("Omschrijving", "Rekening 2024", "Begroting 2025", "Begroting 2026")
ROWS = (("Lasten", "3.114", "3.290", "3.390"), ("Baten", "642", "", "645"), ("Saldo", "-2.472", "-3.290", "-2.745"))


def table(heads=HEADS, rows=ROWS):
    lines = ["".join(f"<th>{text}</th>" for text in heads), *("".join(f"<td>{c}</td>" for c in row) for row in rows)]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def parts(rows=ROWS, heads=HEADS):
    """A table for each year."""
    return [table((heads[0], heads[n]), [(row[0], row[n]) for row in rows]) for n in range(1, len(heads))]


def page(*blocks):
    return f"<html><body><h3>Programma 1</h3><p>{UNIT}</p>{''.join(blocks)}</body></html>"


def for_phones(*tables):
    return f'<div class="mobile-only">{"".join(tables)}</div>'


def copies(content):
    tables = [block for block in extract_html(content.encode()).blocks if isinstance(block, RawTable)]
    return [(one.duplicate_of, one.hidden_copy) for one in tables]


@pytest.mark.parametrize(
    ("blocks", "wanted"),
    [
        ((table(), for_phones(*parts())), [(None, False), *[(0, True)] * 3]),
        ((for_phones(*parts()), table()), [*[(3, True)] * 3, (None, False)]),
        ((for_phones(table()), for_phones(*parts())), [(None, False), *[(0, True)] * 3]),
        ((for_phones(*parts()),), [(None, False)] * 3),
        ((table(), *parts()), [(None, False)] * 4),
    ],
    ids=["behind", "before", "both for some screens", "no whole", "for all screens"],
)
def test_parts_of_a_table_for_small_screens_are_copies(blocks, wanted):
    assert copies(page(*blocks)) == wanted


def test_no_figure_is_published_twice(tmp_path):
    result = process(source_of(tmp_path, content=page(table(), for_phones(*parts())), name="page.html"))
    assert [int(line.amount_eur) // 1000 for line in result.lines] == [3114, 3290, 3390, 642, 645, -2472, -3290, -2745]


@pytest.mark.parametrize(
    "part",
    [
        table(("Omschrijving", "Begroting 2027"), [(row[0], row[1]) for row in ROWS]),
        table(("Omschrijving", "Rekening 2024"), [("Uitgaven", "3.114"), ("Baten", "642")]),
        table(("Omschrijving", "Rekening 2024"), [("Lasten", "3.114"), ("Baten", "643")]),
        table(("Omschrijving", "Rekening 2024"), [("Lasten", "3.114"), ("Baten", "642"), ("Reserves", "12")]),
        table(("Omschrijving", "Rekening 2024"), [("Lasten", "3.114")]),
    ],
    ids=["another year", "another label", "another figure", "a row more", "one figure"],
)
def test_what_differs_in_anything_is_no_copy(part):
    assert copies(page(table(), for_phones(part))) == [(None, False)] * 2


def test_of_two_tables_that_hold_the_same_one_stays():
    more = table(rows=[*ROWS, ("", "", "", "")])
    assert copies(page(for_phones(table()), for_phones(more))) == [(None, False), (0, True)]


@pytest.mark.parametrize(("name", "wanted"), [("2027", (None, False)), ("Begroting 2025", (0, True))])
def test_a_part_under_the_name_of_something_else_is_no_copy(name, wanted):
    part = table(("Omschrijving", ""), [(row[0], row[2]) for row in ROWS])
    tab = f'<a href="#t">{name}</a><div id="t" class="mobile">{part}</div>'
    assert copies(page(table(), tab))[1] == wanted
