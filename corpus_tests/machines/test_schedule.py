"""The main job on a schedule, against a real Prefect server: deployed, planned, run by a worker, refused, killed."""

import json
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from httpx import HTTPStatusError

from corpus_tests.machines.scheduled import (
    ENDED,
    Server,
    begroting,
    free_port,
    kill_run,
    mailbox,
    slow_sources,
    waited,
    webhook,
    worker,
)
from flows.automations import names_of
from flows.prefect_server import serving
from flows.prefect_settings import before_prefect
from flows.storing import archive_in
from publishers.release import latest, verify
from tests.flows.documents import sources_file, text_of


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    before_prefect()
    home = tmp_path_factory.mktemp("prefect")
    with serving(home / "server", free_port()) as api:
        (home / "client").mkdir()
        yield Server(api, home / "client")


def test_a_deployment_plans_the_runs_of_its_crons(server, folder):
    server.deploy(sources_file(folder, ("one", "one.txt"), name="planned.yaml"), folder / "out")
    planned = waited(lambda: len(found := server.runs("planned")) >= 3 and found, 60, "planned runs")
    times = [
        datetime.fromisoformat(one["expected_start_time"]).astimezone(ZoneInfo("Europe/Amsterdam")) for one in planned
    ]
    assert {(time.hour, time.minute) for time in times} == {(6, 10)}
    assert {one["state_type"] for one in planned} == {"SCHEDULED"}


def test_a_deployment_is_renewed_for_its_sources_file_alone(server, folder):
    sources = sources_file(folder, ("one", "one.txt"), name="twice.yaml")
    server.deploy(sources, folder / "out")
    server.deploy(sources, folder / "out")
    (folder / "elsewhere").mkdir()
    other = sources_file(folder / "elsewhere", ("one", "one.txt"), name="twice.yaml")
    done = begroting(
        "deploy", "--sources", str(other), "--output", str(folder / "out"), home=server.home, PREFECT_API_URL=server.api
    )
    assert done.returncode == 1
    assert "give this sources file another name" in done.stderr


def test_a_deployment_whose_alerts_can_not_be_sent_is_not_registered(server, folder):
    sources = sources_file(folder, ("one", "one.txt"), name="mute.yaml")
    text = sources.read_text(encoding="utf-8")
    sources.write_text("settings:\n  alerts: {block: webhook/is-not-there}\n" + text, encoding="utf-8")
    words = ("deploy", "--sources", str(sources), "--output", str(folder / "out"))
    done = begroting(*words, home=server.home, PREFECT_API_URL=server.api)
    assert (done.returncode, "no block webhook/is-not-there" in done.stderr) == (1, True)
    with pytest.raises(HTTPStatusError, match="404"):
        server.deployment("mute")


def test_a_worker_runs_it_and_a_release_an_amber_run_a_failed_task_artifacts_and_an_alert_result(server, folder):
    sources = sources_file(folder, ("one", "one.txt"), ("gone", "gone.txt"), name="amber.yaml")
    other = sources_file(folder, ("one", "one.txt"), name="other.yaml")
    with webhook() as told, webhook() as others, worker(server):
        done = server.deploy(sources, folder / "out", BEGROTING_ALERT_URL=told.address)
        server.deploy(other, folder / "other", BEGROTING_ALERT_URL=others.address)
        assert all(name in done.stdout for name in names_of("amber"))
        run_id = server.start("amber")
        run = server.until(run_id)
        assert (run["state_type"], run["state"]["name"]) == ("FAILED", "Amber")
        assert verify(latest(folder / "out")) == []
        assert server.tasks(run_id) == {
            "fetch gone": "FAILED", "fetch one": "COMPLETED",
            "read gone gone.txt": "FAILED", "read one one.txt": "COMPLETED",
        }  # fmt: skip
        assert server.artifact("run-amber").startswith("# Published, amber")
        assert [row["state"] for row in json.loads(server.artifact("sources-amber"))] == ["failing", "changed"]
        messages = waited(lambda: len(told.messages) == 2 and told.messages, 30, "alerts")
    said = {one["state"]: one for one in map(json.loads, messages)}
    assert said.keys() == {"failing", "changed"}
    assert said["failing"]["sources"][0]["source_id"] == "gone"
    assert {one["deployment"] for one in said.values()} == {"amber"}
    assert set(told.types) == {"application/json"}
    assert others.messages == []


def test_a_run_that_publishes_nothing_fails_and_is_mailed(server, folder):
    sources = sources_file(folder, ("gone", "gone.txt"), name="mailed.yaml")
    with mailbox() as told, worker(server):
        server.deploy(sources, folder / "out", BEGROTING_ALERT_URL=told.address)
        run = server.until(server.start("mailed"))
        assert (run["state_type"], run["state"]["name"]) == ("FAILED", "Failed")
        messages = waited(lambda: len(told.messages) == 2 and told.messages, 60, "mails")
    assert {"begroting mailed: a run failed" in one for one in messages} == {True, False}
    assert any("1 source failing: gone" in one for one in messages)


def test_a_run_that_would_overlap_another_is_refused(server, folder, site):
    sources = slow_sources(folder, site, "overlap")
    site.page("/slow", text_of("Programma 2 Zorg"), type="text/plain", wait=25)
    server.deploy(sources, folder / "out")
    with worker(server):
        first = server.start("overlap")
        server.until(first, frozenset(("RUNNING",)))
        second = server.until(server.start("overlap"))
        assert second["state_type"] == "CANCELLED"
        assert "concurrency limit" in second["state"]["message"]
        assert server.run(first)["state_type"] == "RUNNING"
        assert server.until(first)["state"]["name"] == "Completed"
    with closing(archive_in(folder / "out")) as archive:
        assert len(archive.runs()) == 1


def test_runs_that_were_missed_while_no_worker_was_there_are_made_up_for_by_one(server, folder, site):
    sources = slow_sources(folder, site, "late")
    server.deploy(sources, folder / "out")
    server.pause("late")
    server.add_schedule("late", interval=10.0, timezone="UTC")
    server.pause("late", whether=False)

    def late():
        found = [one for one in server.runs("late") if one["state"]["name"] == "Late"]
        return len(found) >= 3 and found

    missed = waited(late, 90, "late runs")
    site.page("/slow", text_of("Programma 2 Zorg"), type="text/plain", wait=8)
    with worker(server):
        ended = [server.until(one["id"]) for one in missed]
        server.pause("late")
        waited(lambda: all(one["state_type"] in ENDED | {"SCHEDULED"} for one in server.runs("late")), 90, "an end")
    # the server starts them in any order, and one that fell due while the worker started may stand for all of them
    did = [one for one in server.runs("late") if one["state_type"] == "COMPLETED"]
    assert all(any(one["start_time"] > run["expected_start_time"] for one in did) for run in ended)
    states = [one["state_type"] for one in ended]
    assert states.count("COMPLETED") <= 1
    assert states.count("CANCELLED") >= len(missed) - 1


def test_a_run_killed_in_the_middle_leaves_all_whole_and_the_next_run_completes(server, folder, site):
    sources = slow_sources(folder, site, "killed")
    server.deploy(sources, folder / "out")
    with worker(server):
        assert server.until(server.start("killed"))["state"]["name"] == "Completed"
    before = latest(folder / "out")
    (folder / "one.txt").write_text(text_of("Programma 1 Bestuur en dienstverlening"), encoding="utf-8")
    site.page("/slow", text_of("Programma 2 Zorg en jeugd"), type="text/plain", wait=50)
    site.forget()
    with worker(server) as process:
        run_id = server.start("killed")
        server.until(run_id, frozenset(("RUNNING",)))
        waited(lambda: site.asked("/slow"), 60, "a request")
        waited(lambda: server.has_heard(run_id), 45, "a heartbeat")  # without one nothing tells that the run is gone
        process.kill()
        assert kill_run(run_id)
    with closing(archive_in(folder / "out")) as archive:
        assert list(archive.problems()) == []
    assert latest(folder / "out") == before
    assert verify(before) == []
    site.page("/slow", text_of("Programma 2 Zorg en jeugd"), type="text/plain")
    crashed = server.until(run_id, seconds=240)
    assert (crashed["state_type"], "process is gone" in crashed["state"]["message"]) == ("CRASHED", True)
    with worker(server):
        assert server.until(server.start("killed"))["state"]["name"] == "Completed"
    assert latest(folder / "out") != before
    assert verify(latest(folder / "out")) == []
