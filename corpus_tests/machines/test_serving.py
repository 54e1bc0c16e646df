"""`begroting serve` on one machine: runs by its cron, ends with all it started, goes on where it was killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from corpus_tests.machines.scheduled import Server, environment, free_port, processes_of, slow_sources, waited
from publishers.release import latest, verify
from tests.flows.documents import sources_file, text_of


def served(folder, sources, port, cron="* * * * *"):
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve", "--sources", str(sources), "--output", str(folder / "out"),
         "--port", str(port), "--cron", cron],
        cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_a_second_serve_on_the_same_output_is_refused_and_the_first_goes_on(folder):
    sources = sources_file(folder, ("one", "one.txt"))
    process = served(folder, sources, free_port())
    try:
        waited(lambda: latest(folder / "out"), 180, "a release")
        second = served(folder, sources, free_port())
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 1
        assert "another `begroting serve` keeps its database" in said
        assert process.poll() is None
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_serving_on_one_machine_runs_by_its_cron_and_ends_with_all_it_started(folder, how):
    process = served(folder, sources_file(folder, ("one", "one.txt")), free_port())
    try:
        waited(lambda: latest(folder / "out"), 180, "a release")
        time.sleep(2)
        process.send_signal(how)
        said, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert "never awaited" not in said
    assert "UI: http://127.0.0.1:" in said
    assert verify(latest(folder / "out")) == []
    assert processes_of(folder / "out" / "prefect") == []


def test_a_run_that_stopping_cut_off_before_it_began_does_not_block_the_next_one(folder):
    sources, port = sources_file(folder, ("one", "one.txt")), free_port()
    server = Server(f"http://127.0.0.1:{port}/api", folder)
    process = served(folder, sources, port, cron="0 0 1 1 *")
    try:
        waited(lambda: process.stdout.readline().startswith("serving "), 180, "a server")
        cut_off = server.start("sources")
        server.until(cut_off, frozenset(("PENDING",)))
    finally:
        process.terminate()
        process.communicate(timeout=60)
    process = served(folder, sources, port, cron="0 0 1 1 *")
    try:
        waited(lambda: process.stdout.readline().startswith("serving "), 180, "a server")
        assert server.run(cut_off)["state_type"] in ("CANCELLED", "CRASHED")
        assert server.until(server.start("sources"))["state"]["name"] == "Completed"
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.mark.skipif(not os.environ.get("BEGROTING_SOAK"), reason="takes five minutes: make soak")
def test_serving_that_is_killed_in_the_middle_of_a_run_goes_on_when_it_is_started_again(folder, site):
    sources, port = slow_sources(folder, site, "sources"), free_port()
    site.page("/slow", text_of("Programma 2 Zorg"), type="text/plain", wait=30)
    process = served(folder, sources, port)
    waited(lambda: site.asked("/slow"), 180, "a request")
    for one in [process.pid, *processes_of(folder / "out" / "prefect")]:
        os.kill(one, signal.SIGKILL)
    process.communicate()
    assert latest(folder / "out") is None
    site.page("/slow", text_of("Programma 2 Zorg"), type="text/plain")
    process = served(folder, sources, port)
    try:
        waited(lambda: latest(folder / "out"), 480, "a release")
    finally:
        process.terminate()
        process.communicate(timeout=60)
