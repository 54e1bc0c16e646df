"""A document whose reading ends its process: the others are read, it is tried again alone, and kept as failed."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import processes
from flows.pipeline import Exit, run
from flows.progress import Watcher
from flows.readings import read_edition
from publishers import parquet_file
from publishers.release import verify
from schemas.errors import ArchiveError
from tests.flows.documents import source_of, text_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def read_or_end(source, edition, archive):
    """In place of the reader: ends its process by what stands in the source's title; `once` only the first time."""
    marker = Path(archive) / f".{source.source_id}-was-here"
    said = source.title or ""
    if said == "always" or (said == "once" and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if said == "raises":
        raise ArchiveError("the disk is full")
    return read_edition(source, edition, archive)


@pytest.fixture
def deadly(monkeypatch):
    monkeypatch.setattr("flows.pipeline._WORTH_A_PROCESS", 0)
    monkeypatch.setattr(processes, "read_in_worker", read_or_end)
    monkeypatch.setattr(processes, "LOADED_ONCE", [])


def sources(folder, **titles):
    return [source_of(folder, f"doc-{n}", text_of(f"Programma {n}"), title=titles.get(f"doc_{n}")) for n in range(4)]


def documents(release):
    rows = parquet_file.read(release / "documents.parquet").select(["source_id", "status", "reason"]).to_pylist()
    return {row["source_id"]: (row["status"], row["reason"]) for row in rows}


def test_a_document_that_ends_its_process_twice_is_kept_as_failed_and_the_others_are_published(tmp_path, deadly):
    seen, crashing = [], sources(tmp_path, doc_1="always")
    report = run(
        crashing,
        tmp_path / "out",
        NOW,
        workers=2,
        watcher=Watcher(each=lambda edition: seen.append(edition.source_id)),
    )
    assert report.exit is Exit.PARTLY
    assert report.lines == 3 * 9
    found = documents(report.release)
    assert {name for name, said in found.items() if said == ("failed", "crashed")} == {"doc-1"}
    assert sorted(seen) == [f"doc-{n}" for n in range(4)]
    assert verify(report.release) == []
    assert "signal 9" in report.troubled[0][2]
    expected = []
    second = run(crashing, tmp_path / "out", NOW, workers=2, watcher=Watcher(expect=expected.append))
    assert expected == [0]  # it is not tried again
    assert second.release == report.release


def test_a_document_that_ended_its_process_once_is_read_the_second_time(tmp_path, deadly):
    report = run(sources(tmp_path, doc_0="once"), tmp_path / "out", NOW, workers=2)
    assert report.exit is Exit.PUBLISHED
    assert report.lines == 4 * 9


def test_what_a_document_raises_in_a_process_of_its_own_stops_the_run(tmp_path, deadly):
    with pytest.raises(ArchiveError, match="disk is full"):
        run(sources(tmp_path, doc_0="raises", doc_1="always"), tmp_path / "out", NOW, workers=2)
