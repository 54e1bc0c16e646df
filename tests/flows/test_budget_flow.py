"""The main job as a Prefect flow, against a server of its own for this module."""

import json
import os
import time
from datetime import timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows import budget_flow as flow_module
from flows import flow_fetching
from flows.budget_flow import budget_flow, publish_budgets
from flows.pipeline import Exit, opened
from publishers import parquet_file
from publishers.release import latest, verify
from schemas.errors import BusyError, SourcesError
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


def told(sources, folder, **more):
    """The parameters of a flow run."""
    return {"sources": str(sources), "output": str(folder / "out"), **more}


def task_states(state):
    """The names of the states of the tasks of a flow run, by the name of the task run."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    wanted = FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id]))
    for _ in range(100):  # Prefect writes what tasks did a moment later
        with get_client(sync_client=True) as client:
            runs = {one.name: one.state.name for one in client.read_task_runs(flow_run_filter=wanted)}
        if runs and not {"Running", "Pending"} & set(runs.values()):
            return runs
        time.sleep(0.1)
    raise TimeoutError(runs)


def artifact(key):
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
    return found[0].data


def column(release, table, name):
    return parquet_file.read(release / f"{table}.parquet")[name].to_pylist()


def test_the_flow_publishes_the_same_bytes_as_the_pipeline_in_the_process(folder):
    from datetime import UTC, datetime

    from flows.pipeline import run
    from sources.registry import read_registry

    sources = sources_file(folder, ("two", "two.txt"), ("one", "one.txt"))
    report = publish_budgets(**told(sources, folder))
    assert report.exit is Exit.PUBLISHED
    assert report.lines == 18
    assert latest(folder / "out") == report.release.resolve()
    assert verify(report.release) == []
    plain = run(read_registry(sources).sources, folder / "plain", datetime(2026, 1, 5, tzinfo=UTC)).release
    assert bytes_of(plain) == bytes_of(report.release)


def test_a_whole_run_is_completed_with_a_completed_task_for_each_source_and_document(folder):
    sources = sources_file(folder, ("one", "one.txt"), ("plain", "plain.txt"))
    state = budget_flow(**told(sources, folder), return_state=True)
    assert state.is_completed()
    assert task_states(state) == dict.fromkeys(
        ("fetch one", "fetch plain", "read one one.txt", "read plain plain.txt"), "Completed"
    )


def test_a_missing_document_fails_its_tasks_and_the_run_is_amber_while_the_other_is_published(folder):
    sources = sources_file(folder, ("gone", "gone.txt"), ("one", "one.txt"))
    state = budget_flow(**told(sources, folder), return_state=True)
    assert (state.type.value, state.name) == ("FAILED", "Amber")
    assert "look at: gone failing (missing)" in state.message
    release = latest(folder / "out")
    assert verify(release) == []
    assert column(release, "documents", "source_id") == ["gone", "one"]
    assert column(release, "documents", "status") == ["failed", "published"]
    assert set(column(release, "budget_lines", "source_id")) == {"one"}
    assert task_states(state) == {
        "fetch gone": "Failed", "fetch one": "Completed",
        "read gone gone.txt": "Failed", "read one one.txt": "Completed",
    }  # fmt: skip


def test_a_document_that_can_not_be_read_fails_its_task(folder):
    (folder / "office.txt").write_bytes(b"PK\x03\x04" + bytes(200))
    sources = sources_file(folder, ("office", "office.txt"), ("one", "one.txt"))
    state = budget_flow(**told(sources, folder), return_state=True)
    assert state.name == "Amber"
    assert task_states(state)["read office office.txt"] == "Failed"


def test_a_run_leaves_its_report_and_the_status_of_all_sources_as_artifacts(folder):
    sources = sources_file(folder, ("gone", "gone.txt"), ("one", "one.txt"), name="shown.yaml")
    budget_flow(**told(sources, folder), return_state=True)
    assert artifact("run-shown").startswith("# Published, amber")
    assert [(row["source"], row["state"]) for row in json.loads(artifact("sources-shown"))] == [
        ("gone", "failing"),
        ("one", "changed"),
    ]


def test_the_report_of_a_run_with_a_failed_document_is_given_all_the_same(folder):
    sources = sources_file(folder, ("gone", "gone.txt"), ("one", "one.txt"))
    report = publish_budgets(**told(sources, folder))
    assert report.exit is Exit.PARTLY
    assert report.documents == {"failed": 1, "published": 1}


def test_a_run_in_which_nothing_can_be_published_leaves_latest(folder):
    publish_budgets(**told(sources_file(folder, ("one", "one.txt")), folder))
    first = latest(folder / "out")
    report = publish_budgets(**told(sources_file(folder, ("gone", "gone.txt")), folder))
    assert report.exit is Exit.NOTHING_PUBLISHED
    assert latest(folder / "out") == first


def test_a_wrong_sources_file_stops_the_flow_with_the_place(folder):
    sources = sources_file(folder, ("one", {"path": "one.txt", "unit": 7}))
    with pytest.raises(SourcesError, match="line 7: unit"):
        publish_budgets(**told(sources, folder))
    assert not (folder / "out").exists()


def test_a_run_is_refused_where_another_one_writes_and_nothing_is_touched(folder):
    sources = sources_file(folder, ("one", "one.txt"))
    with opened(folder / "out"):
        state = budget_flow(**told(sources, folder), return_state=True)
        with pytest.raises(BusyError, match="another run is writing there"):
            publish_budgets(**told(sources, folder))
    assert (state.type.value, state.name) == ("CANCELLED", "Refused")
    assert latest(folder / "out") is None


def test_the_contact_offline_and_what_was_accepted_are_passed_on(folder, monkeypatch):
    jobs = []
    monkeypatch.setattr(flow_module, "finish", lambda job, *rest: jobs.append(job) or finish(job, *rest))
    finish = __import__("flows.pipeline", fromlist=["finish"]).finish
    sources = sources_file(folder, ("one", "one.txt"))
    publish_budgets(**told(sources, folder))
    publish_budgets(**told(sources, folder, contact="mailto:data@example.org", offline=True, accept=["one"]))
    assert [job.settings.fetching.contact for job in jobs] == [None, "mailto:data@example.org"]
    assert [(job.offline, job.accepted) for job in jobs] == [(False, frozenset()), (True, frozenset({"one"}))]


# ------------------------------------------------------------------------------------------------------- fetching

SETTINGS = """settings:
  fetching: {contact: "mailto:data@example.org", delay: DELAY, timeout: 5, attempts: 1, private_addresses: true}
"""
PAGE = text_of()


def web_sources(folder, *entries, delay="0"):
    path = sources_file(folder, *((name, {"url": url, **more}) for name, url, more in entries))
    path.write_text(SETTINGS.replace("DELAY", delay) + path.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(flow_fetching.fetch_source, "retry_delay_seconds", [0.0, 0.0])


@pytest.mark.usefixtures("at_once")
def test_fetching_alone_is_tried_again(folder, site):
    site.page("/p", PAGE, type="text/plain")
    site.fail("/p", 503, times=2)
    state = budget_flow(**told(web_sources(folder, ("oldambt", site.url("/p"), {})), folder), return_state=True)
    assert state.is_completed()
    assert [one.status for one in site.asked("/p")] == [503, 503, 200]
    with opened(folder / "out") as archive:
        assert [one.outcome for one in archive.captures()] == ["failed", "failed", "new"]


@pytest.mark.usefixtures("at_once")
def test_a_host_whose_robots_txt_can_not_be_had_is_tried_again(folder, site):
    site.page("/p", PAGE, type="text/plain")
    site.fail("/robots.txt", 503, times=2)
    state = budget_flow(**told(web_sources(folder, ("oldambt", site.url("/p"), {})), folder), return_state=True)
    assert state.is_completed()
    assert len(site.asked("/robots.txt")) == 3


@pytest.mark.usefixtures("at_once")
def test_a_host_that_stays_away_fails_the_task_and_its_last_version_is_published(folder, site):
    site.page("/p", PAGE, type="text/plain")
    sources = web_sources(folder, ("oldambt", site.url("/p"), {}))
    assert budget_flow(**told(sources, folder), return_state=True).is_completed()
    site.forget()
    site.fail("/p", 503)
    state = budget_flow(**told(sources, folder), return_state=True)
    assert state.name == "Amber"
    assert task_states(state)["fetch oldambt"] == "Failed"
    assert len(site.asked("/p")) == 3
    assert column(latest(folder / "out"), "documents", "freshness") == ["stale"]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("status", [403, 404])
def test_what_will_not_be_another_answer_later_is_not_asked_for_again(folder, site, status):
    site.page("/p", PAGE, status, type="text/plain")
    budget_flow(**told(web_sources(folder, ("oldambt", site.url("/p"), {})), folder), return_state=True)
    assert len(site.asked("/p")) == 1


def test_a_run_for_a_window_asks_for_its_sources_and_publishes_the_others_as_they_are_known(folder, site):
    site.page("/begroting", PAGE, type="text/plain")
    site.page("/jaarstukken", PAGE, type="text/plain")
    sources = web_sources(
        folder,
        ("begroting", site.url("/begroting"), {}),
        ("jaarstukken", site.url("/jaarstukken"), {"document_type": "jaarstukken", "document_year": 2024}),
    )
    first = publish_budgets(**told(sources, folder, windows=["jaarstukken"]))
    assert first.documents == {"published": 2}, "what was never looked at is looked at"
    site.forget()
    again = publish_budgets(**told(sources, folder, windows=["jaarstukken"]))
    assert {one.path for one in site.asked()} - {"/robots.txt"} == {"/jaarstukken"}
    assert again.documents == first.documents


def test_runs_that_meet_a_host_for_the_first_time_at_the_same_moment_share_its_limit():
    from concurrent.futures import ThreadPoolExecutor

    from prefect.client.orchestration import get_client

    together = Barrier(8)

    def meet(number):
        together.wait()
        flow_fetching.make_limits([SimpleNamespace(path=None, url=f"https://new-{n}.example/") for n in range(4)])

    with ThreadPoolExecutor(8) as runs:
        list(runs.map(meet, range(8)))
    with get_client(sync_client=True) as client:
        for n in range(4):
            assert client.read_global_concurrency_limit_by_name(f"fetch-new-{n}.example").limit == 1


def test_a_host_is_asked_by_one_flow_run_at_a_time(folder, site):
    for name in "ab":
        site.page(f"/{name}", PAGE, wait=0.4, type="text/plain")
    runs = []
    for name in "ab":
        (folder / name).mkdir()
        sources = web_sources(
            folder / name, *((f"s{n}", site.url(f"/{name}?n={n}"), {}) for n in range(3)), delay="0.3"
        )
        runs.append(Thread(target=publish_budgets, kwargs=told(sources, folder / name)))
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    site.settle()
    measured = site.measured()
    assert measured.requests >= 6
    assert measured.most_at_once == 1
    assert measured.smallest_gap >= 0.3


# ------------------------------------------------------------------------------------------------------- late runs


def test_a_run_that_a_later_one_has_overtaken_does_nothing(folder, monkeypatch):
    sources = sources_file(folder, ("one", "one.txt"))
    publish_budgets(**told(sources, folder))
    monkeypatch.setattr(flow_module, "_late_by", lambda now: timedelta(minutes=5))
    state = budget_flow(**told(sources, folder), return_state=True)
    assert (state.type.value, state.name) == ("CANCELLED", "Overtaken")
    with opened(folder / "out") as archive:
        assert len(archive.runs()) == 1


def test_a_late_run_that_none_has_overtaken_asks_all_sources(folder, monkeypatch, site):
    site.page("/p", PAGE, type="text/plain")
    sources = web_sources(folder, ("begroting", site.url("/p"), {}))
    publish_budgets(**told(sources, folder))
    site.forget()
    monkeypatch.setattr(flow_module, "_overtaken", lambda archive, due: False)
    for late, asked in ((timedelta(minutes=1), 0), (timedelta(hours=2), 1)):
        monkeypatch.setattr(flow_module, "_late_by", lambda now, late=late: late)
        publish_budgets(**told(sources, folder, windows=["jaarstukken"]))
        assert len(site.asked("/p")) == asked
