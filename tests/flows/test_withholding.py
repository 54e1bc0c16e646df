import pytest

from flows.document import judged_tables, ledger_of, process
from sources.local import read_snapshot
from tests.flows.documents import HEADINGS, ROWS, source_of, text_of

PAY = ["Wachtgeld J. de Vries", "31", "32", "33"]
PARTS = ("published_token_count", "set_aside_token_count", "not_euros_token_count", "outside_token_count")


def everything(result):
    return repr((result.document, result.tables, result.lines, result.findings))


@pytest.fixture
def withheld(tmp_path):
    return process(source_of(tmp_path, content=text_of(rows=[*ROWS, PAY])))


def test_lines_about_persons_are_withheld_and_a_finding_says_how_many_of_which_table(withheld):
    assert {line.line_label for line in withheld.lines} == {row[0] for row in ROWS}
    (finding,) = [row for row in withheld.findings if row.rule == "personal_data"]
    assert "3 lines of the table 'Programma 1 Bestuur'" in finding.message
    assert finding.table_id == withheld.tables[0].table_id
    assert finding.values == "wachtgeld: 3"


def test_the_ledger_counts_what_is_withheld_as_set_aside_and_closes(tmp_path, withheld):
    row = withheld.document
    assert row.token_count == sum(getattr(row, part) for part in PARTS)
    assert (row.line_count, row.published_token_count, row.set_aside_token_count) == (9, 9, 3)
    assert (withheld.tables[0].row_count, withheld.tables[0].line_count) == (3, 9)
    source = source_of(tmp_path, content=text_of(rows=[*ROWS, PAY]))
    assert ledger_of(judged_tables(source, read_snapshot(source))).closes


def test_no_name_and_no_figure_of_a_person_is_published_anywhere(withheld):
    assert "Vries" not in everything(withheld)
    assert "'31'" not in everything(withheld)


def test_the_entry_of_a_source_may_allow_them(tmp_path):
    result = process(source_of(tmp_path, content=text_of(rows=[*ROWS, PAY]), personal_data=True))
    assert len(result.lines) == 12
    (finding,) = [row for row in result.findings if row.rule == "personal_data"]
    assert finding.severity == "info"
    assert "published" in finding.message


def test_a_table_of_which_nothing_is_left_is_set_aside(tmp_path):
    result = process(source_of(tmp_path, content=text_of("Bezoldiging topfunctionarissen")))
    assert (result.document.status, result.document.reason) == ("set_aside", "personal_data")
    assert (result.tables[0].status, result.tables[0].reason) == ("set_aside", "personal_data")
    assert not result.lines
    assert result.document.token_count == sum(getattr(result.document, part) for part in PARTS)


def test_the_readings_of_a_table_that_is_set_aside_show_nothing_of_persons(tmp_path):
    content = text_of("Overzicht", unit="", rows=[*ROWS, PAY])
    result = process(source_of(tmp_path, content=content))
    assert result.tables[0].status == "set_aside"
    assert "Vries" not in everything(result)


def test_a_column_that_names_a_person_is_withheld_and_the_others_are_not(tmp_path):
    headings = [*HEADINGS[:3], "Begroting 2026 dhr. Jansen"]
    result = process(source_of(tmp_path, content=text_of(headings=headings)))
    assert "Jansen" not in everything(result)


def test_a_finding_about_a_row_of_a_person_says_nothing_of_it(tmp_path):
    result = process(source_of(tmp_path, content=text_of(rows=[*ROWS, PAY[:3]])))
    (finding,) = [row for row in result.findings if row.rule == "short_row"]
    assert "Vries" not in everything(result)
    assert (finding.values, finding.locator) == (None, "line=20")
