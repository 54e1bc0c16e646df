import json
from dataclasses import replace

import pytest

from extractors.pdf import second
from flows.document import process
from tests.flows.documents import source_of, text_of
from tests.flows.papers import marked, proved, unproved


def read(folder, content):
    return process(source_of(folder, content=content, name="a.pdf"))


def changed(row):
    """A row of the second reading with another digit in its first amount."""
    if not row.cells:
        return row
    return replace(row, cells=(replace(row.cells[0], text=row.cells[0].text.replace("0", "8")), *row.cells[1:]))


@pytest.fixture
def other_reader(monkeypatch):
    whole = second.read_again

    def read_again(content, tables):
        return [replace(one, rows=tuple(map(changed, one.rows))) for one in whole(content, tables)]

    monkeypatch.setattr(second, "read_again", read_again)


def test_a_table_without_sums_is_read_again_and_agrees(tmp_path):
    result = read(tmp_path, unproved())
    (table,) = result.tables
    assert (table.second_reading, table.status, table.line_count) == ("agreed", "published", 9)
    assert {line.proof for line in result.lines} == {"not_covered"}


def test_a_disagreement_sets_the_table_aside_and_the_ledger_closes(tmp_path, other_reader):
    result = read(tmp_path, unproved())
    (table,) = result.tables
    assert (table.second_reading, table.status, table.reason) == ("disagreed", "set_aside", "readers_disagree")
    assert (result.lines, result.document.status, result.document.reason) == ((), "set_aside", "readers_disagree")
    row = result.document
    parts = ("published", "set_aside", "not_euros", "outside")
    assert row.token_count == sum(getattr(row, f"{part}_token_count") for part in parts)
    assert row.set_aside_token_count >= 9
    both = next(json.loads(one.values) for one in result.findings if one.rule == "second_reading")
    assert both["differences"][0][2:] == ["1.000", "1.888"]
    assert (both["first"][0][1], both["second"][0][1]) == ("1.000", "1: 1.888")
    assert "table_readers_disagree" in {finding.rule for finding in result.findings}


def test_a_proved_table_is_never_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(second, "read_again", lambda *_: pytest.fail("it was read again"))
    result = read(tmp_path, proved())
    assert [table.second_reading for table in result.tables] == [None]
    assert {line.proof for line in result.lines} == {"proved"}


def test_a_text_has_no_second_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(second, "read_again", lambda *_: pytest.fail("it was read again"))
    result = process(
        source_of(tmp_path, content=text_of(rows=[["Wegen", "1.000", "900", "7"], ["Groen", "5", "2", "3"]]))
    )
    assert [table.second_reading for table in result.tables] == [None]


def test_where_the_second_reader_fails_the_table_stays(tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("no")

    monkeypatch.setattr(second, "chars_of", broken)
    result = read(tmp_path, unproved())
    assert [(table.second_reading, table.line_count) for table in result.tables] == [("not_read", 9)]
    assert "second_reading_not_read" in {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("heading", "marks", "first"),
    [("V/N", "VNV", "1.000 V"), ("N/V/U", "VNU", "1.000"), ("Nieuw/vervanging", "NNV", "1.000")],
)
@pytest.mark.parametrize("apart", [12, 30, 60])
def test_marks_in_a_column_of_their_own_are_no_difference_whatever_they_say(tmp_path, heading, marks, first, apart):
    result = read(tmp_path, marked(heading, marks, apart))
    assert [(table.second_reading, table.line_count) for table in result.tables] == [("agreed", 6)]
    assert result.lines[1].amount_printed == first


def test_a_mark_that_only_the_second_reader_sees_is_a_difference(tmp_path, monkeypatch):
    whole = second.read_again

    def read_again(content, tables):
        rows = whole(content, tables)[0].rows
        last = replace(rows[0].cells[-1], text="1.000 N")
        return [replace(whole(content, tables)[0], rows=(replace(rows[0], cells=(rows[0].cells[0], last)), *rows[1:]))]

    monkeypatch.setattr(second, "read_again", read_again)
    result = read(tmp_path, marked("V/N", "VNV", 30))
    assert [table.second_reading for table in result.tables] == ["disagreed"]
