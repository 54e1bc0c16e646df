"""A release built again from the archive alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.pipeline import Job, published
from flows.readings import load, read_edition, reading_path
from flows.source_runs import source_run_of
from schemas.captures import Edition
from schemas.errors import ArchiveError
from schemas.records import Source
from sources.archive import Archive
from sources.registry import parse_registry


def rebuilt(archive: Archive, release: str, to: Path) -> Path:
    """Publish what the run that made a release published, below another folder; gives the folder of the release.

    A release says what changed since the one before it: that is taken from where it stands beside the archive, or
    where it was deleted, is rebuilt first.

    Raises:
        ArchiveError: where no run made it, or bytes or readings of it are gone.
        ReleaseError: where it can't be written.
    """
    made = {str(one["release"]): one for one in reversed(archive.runs()) if one["release"]}
    if release not in made:
        raise ArchiveError(f"no run of this archive made {release}; it knows {', '.join(sorted(made)) or 'no release'}")
    chain = [name for name in sorted(made) if name <= release]
    first = _begun(chain, archive.folder.parent / "releases", to)
    out = to
    for name in chain[first:]:
        out = _published_again(archive, made[name], name, to)
    return out


def _begun(chain: Sequence[str], releases: Path, to: Path) -> int:
    """Put the last whole release before the one to rebuild in its place; gives which one is to be rebuilt first."""
    from publishers.release import adopt

    for at in range(len(chain) - 2, -1, -1):
        aside = to / ".before"
        try:
            shutil.copytree(releases / chain[at], aside)
            if adopt(aside, to, chain[at]):
                return at + 1
        except OSError:
            continue
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return 0


def _published_again(archive: Archive, run: Mapping[str, object], release: str, to: Path) -> Path:
    text = archive.read(str(run["sources_id"]))
    known_sources = parse_registry(text.decode("utf-8-sig"), "the archived sources file", Path())
    runs = [source_run_of(row) for row in archive.source_runs(int(str(run["run_id"])))]
    sources = {source.source_id: source for source in known_sources.sources}
    for one in runs:
        for edition in one.editions:
            if edition.reading_id is not None and not reading_path(archive.place, edition.reading_id).exists():
                _read_again(sources[one.source_id], edition.reading_id, archive, edition)
    when = datetime.strptime(release.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    job = Job(known_sources.sources, to, when, known_sources.settings)
    report = published(job, archive.place, runs, os.cpu_count() or 1)
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
