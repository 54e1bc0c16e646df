"""Output and archive at an S3 address: the same release as on a disk."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest

from flows.pipeline import Exit, Job, run_job
from flows.storing import archive_in, output_of
from publishers.release import latest, verify
from schemas.errors import ArchiveError, ReleaseError
from sources.registry import read_registry
from storage.remote import Remote
from tests.flows.documents import sources_file, text_of

ROOT = Path(__file__).parents[2]
NOW, LATER = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 1, 6, 9, tzinfo=UTC)


def keys(address, prefix=""):
    bucket, _, path = address.removeprefix("s3://").partition("/")
    listed = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).list_objects_v2(Bucket=bucket)
    return {
        one["Key"].removeprefix(f"{path}/"): one["Size"]
        for one in listed.get("Contents", ())
        if one["Key"].startswith(f"{path}/{prefix}")
    }


@pytest.fixture
def folder(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(text_of(f"Programma {n}"), encoding="utf-8")
    return tmp_path


def job_of(folder, output, state=None, archive=None, now=NOW, documents=3):
    path = sources_file(folder, *((f"doc-{n}", f"{n}.txt") for n in range(documents)))
    to = output_of(str(output), state, archive)
    known = read_registry(path)
    return Job(known.sources, to.folder, now, sources_text=path.read_bytes(), address=to.address, archive=to.archive)


def bytes_of(release):
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def sent_bytes(address, release):
    return {
        name.removeprefix(f"releases/{release}/"): Remote(f"{address}/{name}").read_bytes()
        for name in keys(address, f"releases/{release}/")
    }


def newest(address):
    return json.loads(Remote(f"{address}/latest.json").read_bytes())


def test_a_release_at_an_s3_address_has_the_same_bytes_as_on_a_disk(folder, bucket):
    plain = run_job(job_of(folder, folder / "out")).release
    report = run_job(job_of(folder, f"{bucket}/all", folder / "state"))
    assert report.exit is Exit.PUBLISHED
    assert report.address == f"{bucket}/all/releases/{plain.name}"
    assert sent_bytes(f"{bucket}/all", plain.name) == bytes_of(plain)
    assert newest(f"{bucket}/all") == json.loads((folder / "out" / "latest.json").read_text())
    assert newest(f"{bucket}/all")["release"] == plain.name
    assert {"status.json", "badges/doc-0.svg", "archive/captures.sqlite"} <= keys(f"{bucket}/all").keys()


def test_objects_and_readings_stand_at_the_address_and_the_database_here(folder, bucket):
    run_job(job_of(folder, f"{bucket}/all", folder / "state"))
    found = keys(f"{bucket}/all", "archive/")
    assert sum(name.startswith("archive/objects/") for name in found) == 4  # and the sources file
    assert sum(name.startswith("archive/readings/") for name in found) == 3
    assert (folder / "state" / "archive" / "captures.sqlite").is_file()
    assert not (folder / "state" / "archive" / "objects").exists()
    archive = archive_in(folder / "state")
    assert list(archive.problems()) == []
    assert archive.read(archive.captures("doc-1")[0].snapshot_id) == (folder / "1.txt").read_bytes()


def test_an_archive_at_an_address_serves_an_output_on_a_disk(folder, bucket):
    report = run_job(job_of(folder, folder / "out", archive=f"{bucket}/kept"))
    assert bytes_of(report.release) == bytes_of(run_job(job_of(folder, folder / "plain")).release)
    assert report.address is None
    assert {name.partition("/")[0] for name in keys(f"{bucket}/kept")} == {"objects", "readings", "captures.sqlite"}


def test_a_run_where_nothing_changed_makes_no_new_release_and_sends_no_file_again(folder, bucket):
    first = run_job(job_of(folder, f"{bucket}/all", folder / "state"))
    before = keys(f"{bucket}/all", "releases/")
    second = run_job(job_of(folder, f"{bucket}/all", folder / "state", now=LATER))
    assert second.address == first.address
    assert keys(f"{bucket}/all", "releases/") == before


def test_a_new_state_folder_goes_on_with_what_stands_at_the_address(folder, bucket):
    first = run_job(job_of(folder, f"{bucket}/all", folder / "state"))
    second = run_job(job_of(folder, f"{bucket}/all", folder / "new", now=LATER))
    assert second.address == first.address
    assert {one.state.value for one in second.sources} == {"fresh"}
    assert latest(folder / "new").name == latest(folder / "state").name
    assert len(archive_in(folder / "new").captures("doc-0")) == 2


def test_a_file_that_is_damaged_at_the_address_is_sent_again_with_the_next_release(folder, bucket):
    first = run_job(job_of(folder, f"{bucket}/all", folder / "state")).release
    Remote(f"{bucket}/all/releases/{first.resolve().name}/tables.csv").put(b"half")
    run_job(job_of(folder, f"{bucket}/all", folder / "state", now=LATER))
    assert sent_bytes(f"{bucket}/all", first.resolve().name) == bytes_of(first)


def test_the_objects_of_an_archive_are_not_looked_for_at_another_address(folder, bucket):
    run_job(job_of(folder, folder / "out", archive=f"{bucket}/kept"))
    with pytest.raises(ArchiveError, match="not at s3"):
        run_job(job_of(folder, folder / "out", archive=f"{bucket}/other"))


def test_a_bucket_that_is_not_there_stops_the_run_with_its_address(folder, s3_server):
    with pytest.raises((ArchiveError, ReleaseError), match="s3://nowhere-at-all/x"):
        run_job(job_of(folder, "s3://nowhere-at-all/x", folder / "state"))


@pytest.mark.parametrize("calls", [0, 3, 6])
def test_a_run_killed_while_it_sends_a_release_leaves_the_newest_one_whole(folder, bucket, calls):
    first = run_job(job_of(folder, f"{bucket}/all", folder / "state")).release.resolve()
    (folder / "1.txt").write_text(text_of("Programma 1 gewijzigd"), encoding="utf-8")
    code = (
        "import os, signal, sys\nfrom storage.remote import Remote\nwhole, calls = Remote.put_file, int(sys.argv[1])\n"
        "def killed(self, file):\n    global calls\n    if calls == 0:\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    calls -= 1\n    whole(self, file)\n"
        "Remote.put_file = killed\nsys.argv[1:] = sys.argv[2:]\nfrom flows.cli import main\nmain()\n"
    )
    arguments = ["run", "--sources", folder / "sources.yaml", "--output", f"{bucket}/all", "--state", folder / "state"]
    command = [sys.executable, "-c", code, str(calls), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert newest(f"{bucket}/all")["release"] == first.name
    assert sent_bytes(f"{bucket}/all", first.name) == bytes_of(first)
    report = run_job(job_of(folder, f"{bucket}/all", folder / "state", now=LATER))
    assert report.exit is Exit.PUBLISHED
    second = latest(folder / "state")
    assert second.name != first.name
    assert verify(second) == []
    assert newest(f"{bucket}/all")["release"] == second.name
    assert sent_bytes(f"{bucket}/all", second.name) == bytes_of(second)
