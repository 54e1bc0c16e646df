"""Where a run keeps what: a local folder, another path, an address (here the memory of this process)."""

from datetime import UTC, datetime
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.cluster import read_what_is_left
from flows.pipeline import Job, acquired_all, named, run_job
from flows.readings import load
from flows.storing import archive_in, opened, output_of
from publishers import pointer
from publishers.release import latest
from schemas.errors import ArchiveError, ReleaseError, StorageError
from storage.places import place_of
from storage.remote import Remote
from tests.flows.documents import source_of, sources_file, text_of

NOW, LATER = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 1, 6, 9, tzinfo=UTC)
ADDRESS = "memory://bucket/all"


@pytest.fixture(autouse=True)
def memory():
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


@pytest.fixture
def sources(tmp_path):
    return [source_of(tmp_path, f"doc-{n}", text_of(f"Programma {n}")) for n in range(2)]


def run_at(sources, output, state=None, archive=None, now=NOW):
    to = output_of(str(output), state, archive)
    return run_job(Job(sources, to.folder, now, sources_text=b"sources", address=to.address, archive=to.archive))


def bytes_of(release):
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


# ------------------------------------------------------------------------------------------------------- options


def test_a_folder_keeps_everything_and_an_address_needs_a_state(tmp_path):
    assert output_of("out").folder == Path("out")
    assert output_of("out").archive is None
    there = output_of(ADDRESS, tmp_path)
    assert (there.folder, there.address, there.archive) == (tmp_path, Remote(ADDRESS), Remote(f"{ADDRESS}/archive"))
    assert output_of(ADDRESS, tmp_path, "memory://other/x").archive == Remote("memory://other/x")
    with pytest.raises(StorageError, match="give --state"):
        output_of(ADDRESS)
    with pytest.raises(StorageError, match="--state is for"):
        output_of("out", tmp_path)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--output", ADDRESS), "give --state"),
        (("--output", "out", "--dask", "tcp://127.0.0.1:8786"), "--dask is for --prefect"),
        (("--output", "gopher://x/y", "--state", "out"), "gopher"),
    ],
)
def test_wrong_options_end_in_2_and_nothing_is_written(tmp_path, sources, options, why, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = sources_file(tmp_path, ("doc-0", "doc-0.txt"))
    done = CliRunner().invoke(app, ["run", "--sources", str(file), *options])
    assert done.exit_code == 2
    assert why in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_command_publishes_at_an_address_and_says_where(tmp_path, sources):
    file = sources_file(tmp_path, ("doc-0", "doc-0.txt"))
    options = ["--output", ADDRESS, "--state", str(tmp_path / "state"), "--workers", "1"]
    done = CliRunner().invoke(app, ["run", "--sources", str(file), *options])
    assert done.exit_code == 0, done.output
    assert f"release: {ADDRESS}/releases/{pointer.read(place_of(ADDRESS)).release}" in done.stdout
    listed = CliRunner().invoke(app, ["archive", "verify", "--output", str(tmp_path / "state")])
    assert (listed.exit_code, listed.stdout) == (0, f"{ADDRESS}/archive: whole\n")


# --------------------------------------------------------------------------------------------------------- a run


def test_a_run_at_an_address_publishes_the_same_bytes_as_one_on_a_disk(tmp_path, sources):
    plain = run_at(sources, tmp_path / "out").release
    there = run_at(sources, ADDRESS, tmp_path / "state")
    target = place_of(there.address)
    assert bytes_of(there.release) == bytes_of(plain)
    assert {name: (target / name).read_bytes() for name in bytes_of(plain)} == bytes_of(plain)
    assert pointer.read(place_of(ADDRESS)) == pointer.read(tmp_path / "out") == pointer.pointer_of(plain)


def test_a_new_state_folder_goes_on_with_the_history_and_the_release_at_the_address(tmp_path, sources):
    first = run_at(sources, ADDRESS, tmp_path / "state")
    second = run_at(sources, ADDRESS, tmp_path / "new", now=LATER)
    assert second.address == first.address
    assert latest(tmp_path / "new").name == latest(tmp_path / "state").name
    assert [len(archive_in(tmp_path / "new").captures(f"doc-{n}")) for n in range(2)] == [2, 2]


def test_readings_are_kept_here_too_and_documents_are_not(tmp_path, sources):
    run_at(sources, ADDRESS, tmp_path / "state")
    kept = {path.name for path in (tmp_path / "state" / "archive").iterdir()}
    assert "readings" in kept
    assert "objects" not in kept


def test_a_badge_of_a_source_that_is_no_more_is_removed(tmp_path, sources):
    run_at(sources, ADDRESS, tmp_path / "state")
    run_at(sources[:1], ADDRESS, tmp_path / "state", now=LATER)
    assert (place_of(ADDRESS) / "badges").names() == ["doc-0.svg"]


def test_an_archive_on_another_path_holds_the_documents_and_a_copy_of_the_database(tmp_path, sources):
    report = run_at(sources, tmp_path / "out", archive=str(tmp_path / "shared"))
    assert {path.name for path in (tmp_path / "shared").iterdir()} == {"objects", "readings", "captures.sqlite"}
    assert not (tmp_path / "out" / "archive" / "objects").exists()
    again = run_at(sources, tmp_path / "out", now=LATER)  # where it stands need not be said again
    assert again.release == report.release
    assert archive_in(tmp_path / "out").place == tmp_path / "shared"


def test_an_archive_that_was_begun_elsewhere_is_not_begun_anew(tmp_path, sources):
    run_at(sources, tmp_path / "out")
    with pytest.raises(ArchiveError, match="not at memory"):
        run_at(sources, tmp_path / "out", archive="memory://bucket/x")


def test_an_archive_that_was_begun_by_its_address_is_found_by_it(tmp_path, sources):
    run_at(sources, tmp_path / "out", archive="memory://bucket/x")
    assert run_at(sources, tmp_path / "out", archive="memory://bucket/x", now=LATER).release is not None


def test_a_second_run_is_refused_while_one_is_going_on(tmp_path):
    with opened(tmp_path), pytest.raises(ReleaseError, match="another run"), opened(tmp_path):
        pass


def test_a_file_that_is_lost_at_the_address_stops_the_run_with_its_name(tmp_path, sources, memory):
    run_at(sources, ADDRESS, tmp_path / "state")
    for name in [name for name in memory.store if "/objects/" in name or "/readings/" in name]:
        memory.rm_file(name)
    archive = archive_in(tmp_path / "state")
    assert len(list(archive.problems())) == 3


def test_what_no_worker_has_read_is_read_here(tmp_path, sources):
    job = Job(sources, tmp_path / "out", NOW)
    with opened(job.output) as archive:
        acquired = named(acquired_all(job, archive))
        read_what_is_left(acquired, archive.place)
        for one in acquired:
            frames = load(archive.place, one.editions[0].reading_id)
            assert frames["documents"]["status"].to_pylist() == ["published"]
