"""What a flow run shows: its report, the status of its sources, and the events that alerts come from."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.flow_alerts import events_of
from flows.flow_names import name_of
from flows.flow_report import markdown_of, status_rows, summary
from flows.pipeline import RunReport
from flows.source_runs import SourceRun, SourceState
from schemas.captures import Edition
from schemas.records import Severity
from sources.acquire import Note

NOW = datetime(2026, 11, 2, 5, 10, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:y) | <!channel>"


def edition(source_id, url="https://example.org/begroting.pdf"):
    return Edition(source_id, url or "b.pdf", "b.pdf", url, "0" * 64, "1" * 64, NOW, "current")


def run_of(source_id, state=SourceState.FRESH, *, since=NOW, reason="", message="", url="https://example.org/b.pdf"):
    return SourceRun(source_id, state, since, reason, message, "[]", (edition(source_id, url),))


def report_of(*runs, release=Path("releases/20261102T051000Z-abc"), troubled=()):
    return RunReport(
        release, Counter({"published": len(runs)}), 3, 2, 1, 90, 80, 1, Counter({"short_row": 2}), tuple(troubled), runs
    )


LONG_AGO = NOW - timedelta(days=9)


def test_a_report_says_how_the_run_ended():
    assert markdown_of(report_of(run_of("a")), NOW).startswith("# Published\n")
    stale = run_of("a", SourceState.STALE, reason="connection")
    assert markdown_of(report_of(stale), NOW).startswith("# Published, amber\n")
    assert markdown_of(report_of(stale, release=None), NOW).startswith("# Nothing published\n")


def test_a_report_has_counts_what_changed_and_what_to_look_at_with_links():
    text = markdown_of(
        report_of(
            run_of("a", SourceState.CHANGED),
            run_of("b", SourceState.CHANGED),
            run_of("c", SourceState.FAILING, since=LONG_AGO, reason="status_500", message="answers with status 500"),
            troubled=[("d", "set_aside", "no unit")],
        ),
        NOW,
        known=["a"],
    )
    assert "| tables | 3 found, 2 published, 1 set aside |" in text
    assert "| a | changed | [b\\.pdf](<https://example.org/b.pdf>) |" in text
    assert "| b | new |" in text
    assert "| c | **failing** | 2026\\-10\\-24 | answers with status 500 |" in text
    assert "| d | set\\_aside | no unit |" in text
    assert "| short\\_row | 2 |" in text


def test_hostile_words_stay_words_in_the_report_and_in_the_status():
    report = report_of(run_of("a", SourceState.FAILING, message=HOSTILE), troubled=[("a", "failed", HOSTILE)])
    for text in (markdown_of(report, NOW), *[row["why"] for row in status_rows(report)]):
        assert "<img" not in text
        assert "](javascript" not in text
        assert "\\| " in text


def test_a_report_of_many_sources_is_cut_and_says_so():
    text = markdown_of(report_of(*(run_of(f"s{n}", SourceState.CHANGED) for n in range(342))), NOW)
    assert text.count("| new |") == 100
    assert "and 242 more" in text


def test_the_status_has_all_sources_and_those_to_look_at_first():
    runs = [run_of(f"s{n}") for n in range(342)]
    runs[200] = run_of("s200", SourceState.STALE, since=LONG_AGO, reason="connection", message="no answer")
    runs[300] = run_of("s300", SourceState.FAILING, reason="status_500")
    rows = status_rows(report_of(*runs))
    assert [row["source"] for row in rows[:3]] == ["s300", "s200", "s0"]
    assert len(rows) == 342
    assert rows[1]["since"] == "2026-10-24 05:10"
    assert rows[1]["why"] == "no answer"


def test_why_is_said_once_where_a_note_repeats_the_message():
    stale = run_of("a", SourceState.STALE, reason="past_bound", message="fewer lines")
    stale = replace(stale, notes=(Note("source_past_bound", Severity.WARNING, "fewer lines"),))
    assert status_rows(report_of(stale))[0]["why"] == "fewer lines"


def test_the_summary_names_what_to_look_at():
    assert summary(report_of(run_of("a"))) == "published 20261102T051000Z-abc: 90 lines, 80 proved"
    stale = run_of("a", SourceState.STALE, reason="connection")
    assert "look at: a stale (connection)" in summary(report_of(stale))
    assert summary(report_of(stale, release=None)).startswith("nothing was published")


# ---------------------------------------------------------------------------------------------------------- events


KNOWN = ["a", *(f"s{n}" for n in range(342))]


def events(*runs):
    return {
        one["event"].rpartition(".")[2]: one["payload"] for one in events_of(report_of(*runs), NOW, "sources", KNOWN)
    }


def test_states_that_sources_came_into_are_told_once_for_all_of_them():
    told = events(*(run_of(f"s{n}", SourceState.FAILING, message="x") for n in range(342)))
    assert told.keys() == {"failing"}
    assert told["failing"]["count"] == 342
    assert told["failing"]["deployment"] == "sources"
    assert len(told["failing"]["sources"]) == 50
    assert len(told["failing"]["message"]) < 500


@pytest.mark.parametrize("state", [SourceState.FAILING, SourceState.STALE, SourceState.VANISHED, SourceState.FRESH])
def test_a_state_that_lasts_is_not_told_again(state):
    assert events(run_of("a", state, since=LONG_AGO)) == {}
    assert events(run_of("a", state)).keys() == {state.value}


def test_each_change_is_told():
    assert events(run_of("a", SourceState.CHANGED, since=LONG_AGO)).keys() == {"changed"}


def test_a_source_of_which_nothing_was_known_is_told_of_as_new():
    told = events(run_of("a", SourceState.CHANGED), run_of("b", SourceState.CHANGED))["changed"]
    assert told["message"] == "2 sources changed: a; b (new)"
    assert [one["new"] for one in told["sources"]] == [False, True]
    assert events(run_of("c", SourceState.FAILING, message="gone"))["failing"]["message"].endswith("c (new: gone)")


def test_hostile_words_in_an_event_are_harmless_in_mail_and_chat():
    told = events(run_of("a", SourceState.FAILING, message=HOSTILE + "\n\nBcc: x"))
    assert "<" not in told["failing"]["message"]
    assert "\n" not in told["failing"]["message"]
    assert "<" not in told["failing"]["sources"][0]["message"]


@pytest.mark.parametrize(
    ("path", "name"),
    [("sources.yaml", "sources"), ("/a/Noord Brabant.v2.yml", "noord-brabant-v2"), ("é.yaml", "sources")],
)
def test_a_sources_file_has_one_name_in_prefect(path, name):
    assert name_of(path) == name
