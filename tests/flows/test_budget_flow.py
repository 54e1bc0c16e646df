"""The main job as a Prefect flow, against a server of its own for this module."""

import os

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.budget_flow import budget_flow, publish_budgets
from flows.pipeline import Exit
from publishers import parquet_file
from publishers.release import latest, verify
from schemas.errors import DocumentError, SourcesError
from tests.flows.documents import WITHOUT_TABLES, sources_file, text_of
from tests.publishers.release_rows import bytes_of


@pytest.fixture(scope="module", autouse=True)
def server():
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(text_of(), encoding="utf-8")
    (tmp_path / "two.txt").write_text(text_of("Programma 2 Zorg"), encoding="utf-8")
    (tmp_path / "plain.txt").write_text(WITHOUT_TABLES, encoding="utf-8")
    return tmp_path


def column(release, table, name):
    return parquet_file.read(release / f"{table}.parquet")[name].to_pylist()


def test_the_flow_publishes_the_same_bytes_as_the_pipeline_in_the_process(folder):
    from datetime import UTC, datetime

    from flows.pipeline import run
    from sources.registry import read_registry

    sources = sources_file(folder, ("two", "two.txt"), ("one", "one.txt"))
    report = publish_budgets(str(sources), str(folder / "out"))
    assert report.exit is Exit.PUBLISHED
    assert report.lines == 18
    assert latest(folder / "out") == report.release.resolve()
    assert verify(report.release) == []
    plain = run(read_registry(sources).sources, folder / "plain", datetime(2026, 1, 5, tzinfo=UTC)).release
    assert bytes_of(plain) == bytes_of(report.release)


def test_a_whole_run_is_completed_with_a_completed_task_for_each_document(folder):
    sources = sources_file(folder, ("one", "one.txt"), ("plain", "plain.txt"))
    state = budget_flow(str(sources), str(folder / "out"), return_state=True)
    assert state.is_completed()
    states = state.result()
    assert [one.is_completed() for one in states] == [True, True]
    assert len({one.result() for one in states}) == 2


def test_a_missing_document_fails_its_task_and_the_run_while_the_other_is_published(folder):
    sources = sources_file(folder, ("gone", "gone.txt"), ("one", "one.txt"))
    state = budget_flow(str(sources), str(folder / "out"), return_state=True)
    assert state.is_failed()
    release = latest(folder / "out")
    assert verify(release) == []
    assert column(release, "documents", "source_id") == ["gone", "one"]
    assert column(release, "documents", "status") == ["failed", "published"]
    assert set(column(release, "budget_lines", "source_id")) == {"one"}
    with pytest.raises(DocumentError, match=r"gone\.txt"):
        state.result()


def test_the_report_of_a_run_with_a_failed_document_is_given_all_the_same(folder):
    sources = sources_file(folder, ("gone", "gone.txt"), ("one", "one.txt"))
    report = publish_budgets(str(sources), str(folder / "out"))
    assert report.exit is Exit.PARTLY
    assert report.documents == {"failed": 1, "published": 1}


def test_a_run_in_which_nothing_can_be_published_leaves_latest(folder):
    publish_budgets(str(sources_file(folder, ("one", "one.txt"))), str(folder / "out"))
    first = latest(folder / "out")
    report = publish_budgets(str(sources_file(folder, ("gone", "gone.txt"))), str(folder / "out"))
    assert report.exit is Exit.NOTHING_PUBLISHED
    assert latest(folder / "out") == first


def test_a_wrong_sources_file_stops_the_flow_with_the_place(folder):
    sources = sources_file(folder, ("one", {"path": "one.txt", "unit": 7}))
    with pytest.raises(SourcesError, match="line 7: unit"):
        publish_budgets(str(sources), str(folder / "out"))
    assert not (folder / "out").exists()
