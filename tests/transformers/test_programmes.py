"""The programme of a table whose title calls it `het programma` and leaves the name to the line above."""

import pytest

from flows.document import judged_tables
from sources.local import read_snapshot
from tests.flows.documents import ROWS, source_of, text_of

NAMED = "Programma 1 Bestuur"
PROSE = "De raad komt elke maand bij elkaar, en het college elke week.\n\n"


def programmes(folder, content):
    source = source_of(folder, content=content)
    return [
        sorted({line.programme or "" for line in one.lines})
        for one in judged_tables(source, read_snapshot(source)).tables
    ]


@pytest.mark.parametrize("between", ["", "\n", "\n\n" + PROSE], ids=["next line", "empty line", "prose"])
def test_the_line_above_a_title_that_says_the_programme_names_it(tmp_path, between):
    assert programmes(tmp_path, f"{NAMED}\n{between}" + text_of("Begrotingstotalen van het programma")) == [[NAMED]]


@pytest.mark.parametrize(
    "above",
    [
        "Programma 1 Bestuur\nWat mag het kosten\n\n" + PROSE,
        "Programma 1 Bestuur\nProgramma 2 Zorg\n\n" + PROSE,
        "Programma's\n\n" + PROSE,
        "Het programma 1 Bestuur is nieuw.\n\n" + PROSE,
    ],
    ids=["another heading", "a list", "no name", "a sentence"],
)
def test_any_other_line_names_none(tmp_path, above):
    assert programmes(tmp_path, above + text_of("Begrotingstotalen van het programma")) == [[""]]


@pytest.mark.parametrize("title", ["Overzicht van baten en lasten", "Subsidies", "Totaal van alle programma's"])
def test_under_another_title_the_line_above_names_none(tmp_path, title):
    assert programmes(tmp_path, f"{NAMED}\n\n{PROSE}" + text_of(title)) == [[""]]


def test_a_table_between_ends_it(tmp_path):
    first, second = text_of("Begrotingstotalen van het programma"), text_of("Begrotingstotalen van het programma")
    assert programmes(tmp_path, f"{NAMED}\n\n{PROSE}{first}\n\n{PROSE}{second}") == [[NAMED], [""]]


def test_rows_that_name_programmes_speak_for_themselves(tmp_path):
    rows = [["Programma 2 Zorg", *ROWS[0][1:]], ["Programma 3 Ruimte", *ROWS[1][1:]], ["Saldo", *ROWS[2][1:]]]
    found = programmes(tmp_path, f"{NAMED}\n\n{PROSE}" + text_of("Samenhang van het programma", rows=rows))
    assert NAMED not in found[0]
