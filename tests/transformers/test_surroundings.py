"""The unit and the title of a table, from what stands around it on its page."""

import pytest

from flows.document import judged_tables
from sources.local import read_snapshot
from tests.flows.documents import ROWS, source_of

YEARS = ["2025", "2026"]
MORE = [["Bieb", "450.000", "460.000"], ["Bad", "120.500", "130.250"], ["Totaal", "570.500", "590.250"]]


def row_of(cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def table_of(rows=MORE, corner="Instelling", caption="", years=YEARS):
    head = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{head}{row_of([corner, *years], 'th')}{''.join(row_of(row) for row in rows)}</table>"


def tables(folder, page, **said):
    """The title, unit and reason of each table of a page."""
    name = "page.html" if page.lstrip().startswith("<") else "page.txt"
    source = source_of(folder, content=page, name=name, **said)
    return [
        (table.title, table.unit, "")
        if (table := one.judgement.table)
        else (one.readings.title, None, one.judgement.reason)
        for one in judged_tables(source, read_snapshot(source)).tables
    ]


def units(folder, page, **said):
    """The unit of each table of a page, or why it is set aside."""
    return [unit or reason for _, unit, reason in tables(folder, page, **said)]


@pytest.mark.parametrize(
    ("caption", "unit"), [("Bedragen x € 1.000", 1000), ("", "no_unit")], ids=["unit stated", "no unit stated"]
)
def test_a_bare_sign_of_the_currency_states_no_unit(tmp_path, caption, unit):
    rows = [["", "€", "€", "€"], *ROWS]
    page = table_of(rows, caption=caption, years=["2024", "2025", "2026"])
    assert units(tmp_path, page) == [unit]
