"""A release built again from the archive alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.pipeline import Job, published
from flows.readings import load, read_edition, reading_path
from flows.source_runs import source_run_of
from schemas.captures import Edition
from schemas.errors import ArchiveError
from schemas.records import Source
from schemas.settings import Retention
from sources.archive import Archive
from sources.registry import parse_registry


def rebuilt(archive: Archive, release: str, to: Path) -> Path:
    """Publish what the run that made a release published, below another folder; gives the folder of the release.

    A release says what changed since the one before it, so those before it are built first.

    Raises:
        ArchiveError: where no run made it, or bytes or readings of it are gone.
        ReleaseError: where it can't be written.
    """
    first: dict[str, dict[str, object]] = {}
    for run in archive.runs():
        if run["release"]:
            first.setdefault(str(run["release"]), run)
    if release not in first:
        raise ArchiveError(f"no run of this archive made {release}; it knows {', '.join(first) or 'no release'}")
    made = to
    for name in list(first)[: list(first).index(release) + 1]:
        made = _rebuilt(archive, name, first[name], to)
    return made


def _rebuilt(archive: Archive, release: str, run: dict[str, object], to: Path) -> Path:
    text = archive.read(str(run["sources_id"]))
    known_sources = parse_registry(text.decode("utf-8-sig"), "the archived sources file", Path())
    runs = [source_run_of(row) for row in archive.source_runs(int(str(run["run_id"])))]
    sources = {source.source_id: source for source in known_sources.sources}
    for one in runs:
        for edition in one.editions:
            if edition.reading_id is not None and not reading_path(archive.place, edition.reading_id).exists():
                _read_again(sources[one.source_id], edition.reading_id, archive, edition)
    when = datetime.strptime(release.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    settings = replace(known_sources.settings, releases=Retention(keep_at_least=1_000_000))
    report = published(Job(known_sources.sources, to, when, settings), archive.place, runs)
    if report.release is None:
        raise ArchiveError(f"{release} has no lines")
    return report.release.resolve()


def _read_again(source: Source, reading_id: str, archive: Archive, edition: Edition) -> None:
    if read_edition(source, edition, archive.place) != reading_id:
        raise ArchiveError(f"the reading {reading_id} is gone, and this code would read {edition.address} otherwise")


def reading_problems(archive: Archive) -> Iterator[str]:
    """What is wrong with the readings that runs name."""
    named: dict[str, None] = {}
    for run in archive.runs():
        for row in archive.source_runs(int(str(run["run_id"]))):
            named.update((one.reading_id, None) for one in source_run_of(row).editions if one.reading_id)
    for reading_id in named:
        try:
            load(archive.place, reading_id)
        except ArchiveError as error:
            yield str(error)
