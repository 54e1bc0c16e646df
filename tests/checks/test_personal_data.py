from dataclasses import replace

import pytest

from checks.personal_data import (
    finding_of,
    message_without_persons,
    reason_of,
    split_lines,
    without_persons,
    without_rows_of_persons,
)
from schemas.records import BudgetTable, Column, Finding, Row, Severity
from tests.publishers.release_rows import LINE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Wachtgeld", "wachtgeld"),
        ("Wachtgeldverplichtingen oud-bestuurders", "wachtgeld"),
        ("Voorziening pensioenen wethouders", "pensioen"),
        ("Pensioenpremies personeel", "pensioen"),
        ("Voorziening APPA", "pensioen"),
        ("BEZOLDIGING", "bezoldiging"),
        ("WNT", "WNT"),
        ("WNT-verantwoording", "WNT"),
        ("Vergoeding dhr. J. de Vries", "name"),
    ],
)
def test_words_and_names_tell_what_may_be_about_a_person(text, reason):
    assert reason_of(text) == reason


@pytest.mark.parametrize(
    "text",
    ["Salarissen", "Binnenlandse pensioenfondsen", "Onderwacht", "Newntonplein", "Pensionhuis De Brug", "Wachtlijsten"],
)
def test_other_words_tell_nothing(text):
    assert reason_of(text) is None


@pytest.mark.parametrize("column", ["line_label", "section_path", "column_label", "table_title"])
def test_a_line_is_about_a_person_by_its_label_headings_or_title(column):
    line = replace(LINE, **{column: "Wachtgeld"})
    split = split_lines([LINE, line])
    assert (split.published, split.withheld, split.reasons) == ((LINE,), (line,), (("wachtgeld", 1),))


def test_who_answers_for_a_programme_is_left_out_and_the_lines_stay():
    named = replace(
        LINE, table_title="Programma 1 (portefeuillehouder: J. de Vries)", programme="Programma 1 J. de Vries"
    )
    split = split_lines([named])
    assert not split.withheld
    assert "Vries" not in split.published[0].table_title + split.published[0].programme
    assert split.published[0].amount_eur == LINE.amount_eur


def test_a_title_that_names_a_person_otherwise_withholds_the_lines():
    assert split_lines([replace(LINE, table_title="Wethouder Jansen")]).withheld


def test_the_finding_counts_the_lines_and_names_nobody():
    split = split_lines([replace(LINE, line_label="J. de Vries"), replace(LINE, line_label="WNT")])
    finding = finding_of(split, "Kosten mw. Bakker", "line=3", allowed=False)
    assert "2 lines" in finding.message
    assert "withheld" in finding.message
    assert finding.values == "WNT: 1; name: 1"
    assert not {"Vries", "Bakker"} & set(finding.message.split())
    assert finding_of(split, "", "line=3", allowed=True).severity is Severity.INFO


def test_findings_lose_what_they_show_of_persons_and_nothing_else():
    quiet = Finding("does_not_add_up", Severity.WARNING, "'Lasten' is off by 3", "line=4", values="[1, 2]")
    assert without_persons(quiet) == quiet
    loud = without_persons(replace(quiet, message="'Wachtgeld J. de Vries' is off by 3"))
    assert (loud.rule, loud.locator, loud.values) == ("does_not_add_up", "line=4", "")
    assert "Vries" not in loud.message
    assert "off by 3" not in loud.message
    assert without_persons(replace(quiet, values="Bezoldiging: 12")).values == ""
    assert message_without_persons("no unit") == "no unit"


def test_readings_are_shown_without_rows_of_persons():
    rows = tuple(Row(n, label, path, ()) for n, (label, path) in enumerate([("Lasten", ()), ("Saldo", ("WNT",))]))
    table = BudgetTable("Programma 1", 1, (Column("Begroting 2026"),), rows, "line=1")
    assert without_rows_of_persons(table).rows == rows[:1]
    assert without_rows_of_persons(replace(table, title="Bezoldiging")) is None
    assert without_rows_of_persons(replace(table, columns=(Column("J. de Vries"),))) is None
