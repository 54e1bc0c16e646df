"""The flow on a Dask scheduler and worker processes that were started separately."""

import threading
import time
from datetime import UTC, datetime

import pytest

from corpus_tests.machines.cluster import cluster_of
from flows.pipeline import Exit, run
from publishers.release import latest, verify
from sources.registry import read_registry
from tests.flows.documents import sources_file, text_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def cluster(prefect_server, s3_server, tmp_path_factory):
    with cluster_of(2, tmp_path_factory.mktemp("cluster"), PREFECT_API_URL=prefect_server) as made:
        yield made


def flow_on(address, monkeypatch):
    from flows import budget_flow, cluster

    monkeypatch.setenv(cluster.SCHEDULER, address)
    flow = budget_flow.budget_flow.with_options(task_runner=cluster.task_runner())
    monkeypatch.setattr(budget_flow, "budget_flow", flow)
    return flow, budget_flow.publish_budgets


def documents(folder, count, repeated=1):
    rows = [["Lasten", "1.000", "1.107", "1.213"], ["Baten", "400", "452", "479"], ["Saldo", "-600", "-655", "-734"]]
    for n in range(count):
        text = "\n".join(text_of(f"Programma {n}.{part}", rows=rows) for part in range(repeated))
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return sources_file(folder, *((f"doc-{n:02}", f"{n}.txt") for n in range(count)))


def bytes_of(release):
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def plain_bytes(sources, output):
    return bytes_of(run(read_registry(sources).sources, output, NOW).release)


def test_the_flow_on_two_workers_publishes_the_same_bytes_as_one_process(tmp_path, cluster, monkeypatch):
    sources = documents(tmp_path, 8)
    _, publish = flow_on(cluster.address, monkeypatch)
    report = publish(str(sources), str(tmp_path / "out"))
    assert report.exit is Exit.PUBLISHED
    assert verify(report.release) == []
    assert bytes_of(report.release) == plain_bytes(sources, tmp_path / "plain")


def test_archive_and_output_at_an_s3_address_serve_the_workers(tmp_path, bucket, cluster, monkeypatch):
    sources = documents(tmp_path, 4)
    _, publish = flow_on(cluster.address, monkeypatch)
    report = publish(str(sources), f"{bucket}/all", str(tmp_path / "state"))
    assert report.exit is Exit.PUBLISHED
    assert report.address.startswith(f"{bucket}/all/releases/")
    assert bytes_of(report.release) == plain_bytes(sources, tmp_path / "plain")


def test_a_missing_document_fails_the_run_while_the_others_are_published(tmp_path, cluster, monkeypatch):
    documents(tmp_path, 2)
    sources = sources_file(tmp_path, ("gone", "gone.txt"), ("doc-00", "0.txt"))
    flow, _ = flow_on(cluster.address, monkeypatch)
    state = flow(str(sources), str(tmp_path / "out"), return_state=True)
    assert state.name == "Amber"
    assert "gone failing (missing)" in state.message


def test_a_run_goes_on_when_a_worker_is_killed_in_the_middle(tmp_path, prefect_server, monkeypatch):
    sources = documents(tmp_path, 12, repeated=80)
    with cluster_of(2, tmp_path, PREFECT_API_URL=prefect_server) as cluster:
        killed = []

        def kill():
            readings = tmp_path / "out" / "archive" / "readings"
            while len(list(readings.rglob("*.arrows"))) < 3:
                time.sleep(0.02)
            cluster.workers[0].kill()
            killed.append(len(list(readings.rglob("*.arrows"))))

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        flow, _ = flow_on(cluster.address, monkeypatch)
        state = flow(str(sources), str(tmp_path / "out"), return_state=True)
        thread.join(timeout=10)
        assert cluster.workers[0].wait(timeout=10) == -9
        assert cluster.workers[1].poll() is None
    assert killed
    assert killed[0] < 12
    assert state.is_completed(), state.message
    assert bytes_of(latest(tmp_path / "out")) == plain_bytes(sources, tmp_path / "plain")


DEADLY = """
import os, signal
from flows import readings
whole = readings.process_snapshot
def ends(source, snapshot, each_page):
    if source.source_id == "doc-01":
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(source, snapshot, each_page)
readings.process_snapshot = ends
"""


def test_a_document_that_ends_its_workers_is_read_by_the_coordinator(tmp_path, prefect_server, monkeypatch):
    sources = documents(tmp_path, 3)
    (tmp_path / "deadly.py").write_text(DEADLY, encoding="utf-8")
    options = ("--nanny", "--preload", str(tmp_path / "deadly.py"))
    settings = {"PREFECT_API_URL": prefect_server, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with cluster_of(1, tmp_path, *options, **settings) as cluster:
        flow, _ = flow_on(cluster.address, monkeypatch)
        state = flow(str(sources), str(tmp_path / "out"), return_state=True)
    assert bytes_of(latest(tmp_path / "out")) == plain_bytes(sources, tmp_path / "plain")
    assert state.is_completed(), "the task failed; what it should have read was read"
