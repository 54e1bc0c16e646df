"""Runs over sources on the web, run after run: what is published when they change, vanish or break."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows import readings
from flows.pipeline import Exit, Job, run_job
from flows.rebuild import rebuilt
from flows.source_runs import SourceState
from publishers import parquet_file
from publishers.release import verify
from schemas.records import Bounds, Follow
from schemas.settings import Settings
from sources.archive import Archive
from tests.publishers.release_rows import bytes_of
from tests.sources import hostile_pages as pages
from tests.sources.hostile_server import hosting
from tests.sources.places import HASTY, source_at

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
QUICK = Settings(replace(HASTY, attempts=1))


@pytest.fixture
def at(tmp_path):
    """A run on a day, counted from the first."""

    def run(day, *sources, **said):
        now = MONDAY + timedelta(days=day)
        return run_job(Job(sources, tmp_path / "out", now, QUICK, clock=lambda: now, **said))

    return run


def column(report, table, name):
    return parquet_file.read(report.release / f"{table}.parquet")[name].to_pylist()


def rules(report):
    return set(column(report, "findings", "rule"))


def state(report, source_id="oldambt"):
    (found,) = [run for run in report.sources if run.source_id == source_id]
    return found


def tables(*numbers, rows=None):
    """A page with the tables of several numbers."""
    made = [pages.budget_table(n) if rows is None else rows for n in numbers]
    return pages.html("Begroting 2026", "".join(made))


def test_an_unchanged_source_makes_no_new_release_and_nothing_is_read_again(site, at, monkeypatch):
    paths = pages.budget_site(site, 12)
    source = source_at(site.url("/begroting/"), follow=(Follow.PAGES,))
    first = at(0, source)
    assert first.exit is Exit.PUBLISHED
    assert first.lines == 12 * 9
    monkeypatch.setattr("flows.readings.process_snapshot", lambda *_: pytest.fail("it was read again"))
    site.forget()
    second = at(1, source)
    assert second.release == first.release.resolve()
    assert {request.status for request in site.asked() if request.path in paths} == {304}
    assert state(second).state is SourceState.FRESH


def test_other_code_reads_again(site, at, monkeypatch):
    site.page("/p", tables(1))
    at(0, source_at(site.url("/p")))
    read = []
    monkeypatch.setattr("flows.readings.code_version", lambda: "other")
    whole = readings.process_snapshot
    monkeypatch.setattr("flows.readings.process_snapshot", lambda *given: (read.append(1), whole(*given))[1])
    at(1, source_at(site.url("/p")))
    assert read == [1]


def test_a_document_replaced_at_its_address_is_a_new_version_with_a_finding_that_stays(site, at):
    source = source_at(site.url("/p"))
    site.page("/p", tables(1))
    first = at(0, source)
    site.page("/p", tables(1).replace("</html>", "<!-- nieuw --></html>"))
    second, third = at(1, source), at(2, source)
    assert "document_replaced" in rules(second)
    assert third.release == second.release.resolve() != first.release.resolve()
    (value,) = [v for v in column(second, "findings", "values") if v]
    assert value == column(first, "documents", "snapshot_id")[0]
    assert column(second, "documents", "retrieved_at")[0] > column(first, "documents", "retrieved_at")[0]


def test_a_document_that_vanished_is_published_as_such(site, at):
    source = source_at(site.url("/p"))
    site.page("/p", tables(1))
    first = at(0, source)
    site.vanish("/p")
    second = at(1, source)
    assert column(second, "budget_lines", "line_id") == column(first, "budget_lines", "line_id")
    assert column(second, "documents", "freshness") == ["vanished"]
    assert state(second).state is SourceState.VANISHED
    assert second.exit is Exit.PUBLISHED
    assert at(2, source).release == second.release.resolve()


def test_a_broken_source_blocks_no_other(site, at):
    site.page("/p", tables(1))
    good = replace(source_at(site.url("/p")), source_id="good")
    with hosting() as other:
        other.fail("*", 500)
        report = at(0, source_at(other.url("/p")), good)
    assert report.exit is Exit.PARTLY
    assert set(column(report, "budget_lines", "source_id")) == {"good"}
    assert state(report).state is SourceState.FAILING


# --------------------------------------------------------------------------------------------------------- bounds


def held(report, first):
    assert report.exit is Exit.PARTLY
    assert column(report, "budget_lines", "line_id") == column(first, "budget_lines", "line_id")
    assert column(report, "documents", "freshness") == ["stale"]
    assert "source_past_bound" in rules(report)
    assert (state(report).state, state(report).reason) == (SourceState.STALE, "past_bound")


SHRUNK = {
    "a third of its lines are gone": tables(1, 2),
    "a page that says it is not there": pages.html("Niet gevonden"),
    "tables that lost their unit": tables(1, 2, 3).replace("Bedragen x € 1.000", "Bedragen"),
    "a table in other units": tables(1, 2, 3).replace("Bedragen x € 1.000", "Bedragen in euro's"),
}


@pytest.mark.parametrize("name", SHRUNK)
def test_past_a_bound_the_last_good_lines_stay_until_it_is_over_or_accepted(site, at, name):
    source = source_at(site.url("/p"))
    site.page("/p", tables(1, 2, 3))
    first = at(0, source)
    assert first.lines == 27
    site.page("/p", SHRUNK[name])
    second, third = at(1, source), at(2, source)
    held(second, first)
    held(third, first)
    assert state(third).since == MONDAY + timedelta(days=1)
    accepted = at(3, source, accepted=frozenset({"oldambt"}))
    if accepted.release is not None:
        assert column(accepted, "budget_lines", "line_id") != column(first, "budget_lines", "line_id")
    site.page("/p", tables(1, 2, 3))
    assert at(4, source).lines == 27


def test_a_page_that_vanishes_behind_a_bound_is_said_to_have_vanished(site, at):
    source = source_at(site.url("/p"))
    site.page("/p", tables(1, 2, 3))
    first = at(0, source)
    site.page("/p", tables(1, 2))
    second = at(1, source)
    assert "document_vanished" not in rules(second)
    site.vanish("/p")
    third, fourth = at(2, source), at(3, source)
    held(third, first)
    assert "document_vanished" in rules(third)
    assert any("vanished" in note.message and "404" in note.message for note in state(third).notes)
    assert state(third).since == state(second).since
    assert fourth.release == third.release.resolve()


def test_bounds_of_the_entry_go_before_the_usual_ones(site, at):
    source = replace(source_at(site.url("/p")), bounds=Bounds(lines_fall=0.5))
    site.page("/p", tables(1, 2, 3))
    at(0, source)
    site.page("/p", tables(1, 2))
    report = at(1, source)
    assert (report.exit, report.lines) == (Exit.PUBLISHED, 18)


def test_more_tables_are_no_jump(site, at):
    site.page("/p", tables(1))
    at(0, source_at(site.url("/p")))
    site.page("/p", tables(1, 2, 3, 4))
    assert at(1, source_at(site.url("/p"))).lines == 36


def test_an_entry_about_another_year_is_not_compared(site, at):
    site.page("/p", tables(1, 2, 3))
    at(0, source_at(site.url("/p")))
    site.page("/p", tables(1))
    report = at(1, replace(source_at(site.url("/p")), document_year=2027))
    assert report.lines == 9


# ------------------------------------------------------------------------------------------------- archive and status


def test_a_release_is_rebuilt_from_the_archive_alone_byte_for_byte(site, at, tmp_path):
    pages.budget_site(site, 4)
    text = (
        f"sources: [{{id: oldambt, publisher: gm1895, document_type: begroting, document_year: 2026, "
        f"url: '{site.url('/begroting/')}', follow: pages}}]"
    ).encode()
    source = source_at(site.url("/begroting/"), follow=(Follow.PAGES,))
    first = at(0, source, sources_text=text)
    pages.budget_site(site, 6)
    second = at(1, source, sources_text=text)
    assert first.release.name != second.release.name
    archive = Archive(tmp_path / "out" / "archive")
    site.fail("*", 500)
    for number, release in enumerate((first.release, second.release)):
        made = rebuilt(archive, release.name, tmp_path / f"again-{number}")
        assert made.name == release.name
        assert bytes_of(made) == bytes_of(release)


def test_offline_the_archive_is_published_and_nobody_is_asked(site, at):
    source = source_at(site.url("/p"))
    site.page("/p", tables(1))
    first = at(0, source)
    site.forget()
    assert at(1, source, offline=True).release == first.release.resolve()
    assert site.asked() == []


def test_status_and_badges_say_how_each_source_stands(site, at, tmp_path):
    site.page("/p", tables(1))
    good, bad = replace(source_at(site.url("/p")), source_id="good"), source_at(site.url("/q"))
    at(0, good, bad)
    said = json.loads((tmp_path / "out" / "status.json").read_text(encoding="utf-8"))
    assert {one["source_id"]: one["state"] for one in said["sources"]} == {"good": "changed", "oldambt": "failing"}
    badge = (tmp_path / "out" / "badges" / "oldambt.svg").read_text(encoding="utf-8")
    assert "<title>oldambt: failing</title>" in badge


def test_the_archive_notices_bytes_that_were_changed(site, at, tmp_path):
    site.page("/p", tables(1))
    at(0, source_at(site.url("/p")))
    archive = Archive(tmp_path / "out" / "archive")
    assert list(archive.problems()) == []
    (capture,) = archive.captures()
    path = archive.path(capture.snapshot_id)
    path.write_bytes(path.read_bytes()[:-1])
    assert any(capture.snapshot_id in problem for problem in archive.problems())


def test_a_routine_run_over_unchanged_pages_is_quick(site, at):
    """No benchmark: it only notices a run that reads all again."""
    pages.budget_site(site, 60)
    source = source_at(site.url("/begroting/"), follow=(Follow.PAGES,))
    start = time.monotonic()
    first = at(0, source)
    between = time.monotonic()
    at(1, source)
    assert time.monotonic() - between < between - start
    assert verify(first.release) == []
