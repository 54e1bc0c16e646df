"""Runs over a host that are killed, or can't write: the archive and the release before stay whole.

Five random moments here, fifty in `make soak`.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publishers.release import latest, verify
from sources.archive import Archive
from tests.flows.documents import sources_file
from tests.sources import hostile_pages as pages

ROOT = Path(__file__).parents[2]
MOMENTS = 50 if os.environ.get("BEGROTING_SOAK") else 5
SETTINGS = """settings:
  fetching: {contact: "mailto:data@example.org", delay: 0, timeout: 5, attempts: 2, private_addresses: true}
"""


def started(sources, output):
    command = [sys.executable, "-m", "flows.cli", "run", "--sources", str(sources), "--output", str(output)]
    return subprocess.Popen(
        [*command, "--workers", "1"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def completes(sources, output):
    process = started(sources, output)
    said = process.communicate()[1]
    assert process.returncode == 0, said


@pytest.fixture
def routine(site, tmp_path):
    """A sources file for a site of twenty pages, and the output folder of a run over it."""
    paths = pages.budget_site(site, 20)
    sources = sources_file(tmp_path, ("site", {"url": site.url("/begroting/"), "follow": "pages"}))
    sources.write_text(SETTINGS + sources.read_text(encoding="utf-8"), encoding="utf-8")
    start = time.monotonic()
    assert started(sources, tmp_path / "out").wait() == 0
    return paths, sources, tmp_path / "out", time.monotonic() - start


def change(site, paths, number):
    """Another text on each page, so that there is something to fetch, read and publish; the figures stay."""
    for n, path in enumerate(paths):
        pages.tagged(site, path, pages.budget_page(n + 1).replace("</html>", f"<!-- {number} --></html>"))


def test_a_run_killed_at_random_moments_leaves_all_whole_and_the_next_run_completes(site, routine):
    paths, sources, output, usual = routine
    rng = random.Random(20260105)
    for number in range(MOMENTS):
        change(site, paths, number)
        before = latest(output)
        process = started(sources, output)
        time.sleep(rng.uniform(0.05, 1.1) * usual)
        process.kill()
        process.communicate()
        assert verify(before) == []
        assert verify(latest(output)) == []
        archive = Archive(output / "archive")
        assert list(archive.problems()) == []
        archive.close()
        if number % 4 == 3:
            completes(sources, output)
    completes(sources, output)
    assert verify(latest(output)) == []
    assert site.measured().most_at_once == 1


def test_a_disk_that_is_full_is_a_clear_error_and_nothing_is_lost(site, routine, monkeypatch):
    from datetime import UTC, datetime

    from flows.pipeline import Job, run_job
    from schemas.errors import ArchiveError
    from sources.registry import read_registry

    paths, sources, output, _ = routine
    change(site, paths, 0)
    known, before = read_registry(sources), latest(output)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("storage.places.os.fsync", full)
        with pytest.raises(ArchiveError, match="No space left on device"):
            run_job(Job(known.sources, output, datetime.now(UTC), known.settings))
    assert latest(output) == before
    assert verify(before) == []
    archive = Archive(output / "archive")
    assert list(archive.problems()) == []
    assert not list((output / "archive").rglob(".writing-*"))
    archive.close()
    assert started(sources, output).wait() == 0
    assert latest(output) != before


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_an_output_that_can_not_be_written_is_a_clear_error(routine, tmp_path):
    _, sources, _, _ = routine
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    process = started(sources, locked / "out")
    assert process.communicate()[1].startswith("begroting: ")
    assert process.returncode == 1


def test_an_output_in_the_place_of_a_file_is_a_clear_error(routine, tmp_path):
    _, sources, _, _ = routine
    (tmp_path / "file").write_text("", encoding="utf-8")
    process = started(sources, tmp_path / "file")
    said = process.communicate()[1].strip()
    assert said.startswith("begroting: ")
    assert "Traceback" not in said
    assert process.returncode == 1


def test_a_second_run_at_the_same_time_is_refused(site, routine):
    paths, sources, output, _ = routine
    change(site, paths, 1)
    site.fail(paths[3], times=1, wait=3)
    first = started(sources, output)
    time.sleep(1.5)
    second = started(sources, output)
    said = second.communicate()[1]
    assert (second.returncode, "another run is writing there" in said) == (1, True)
    assert first.wait() == 0
