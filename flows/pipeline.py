"""The main job: every source acquired, read and judged, one release. No Prefect here.

acquired ──Acquired──▶ read_all ──readings──▶ finish ──▶ release, states of the sources
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from flows.assembly import assembled
from flows.code_version import code_version
from flows.processes import read_over_processes
from flows.progress import Watcher
from flows.readings import read_edition, reading_id_of, reading_path
from flows.source_runs import AMBER, SourceRun, settled, source_run_of
from flows.status import status_of
from flows.storing import copy_database
from flows.storing import opened as opened
from flows.withholding import may_be_personal
from publishers import status_files
from schemas.captures import Edition
from schemas.contract import DocumentState
from schemas.errors import ArchiveError
from schemas.records import Proof, Source
from schemas.settings import Settings
from sources.acquire import Acquired, acquire, from_archive
from sources.addresses import host_of
from sources.archive import Archive, object_path
from sources.fetching import Fetcher
from storage.places import Place, are_there, sizes_of
from storage.places import bring as bring_here
from storage.remote import Remote

if TYPE_CHECKING:
    from flows.readings import Frames

_WORTH_A_PROCESS = 4_000_000  # bytes of documents under which starting processes costs more than it saves
_MOST_HOSTS = 16  # that are asked at the same time
Fetch = Callable[[Source, Archive, Fetcher], Acquired]


class Exit(IntEnum):
    """The exit statuses of the command."""

    PUBLISHED = 0
    NOTHING_PUBLISHED = 1
    WRONG_USE = 2
    PARTLY = 3


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run published, in numbers."""

    release: Path | None
    documents: Counter[str]
    tables: int
    published: int
    set_aside: int
    lines: int
    proved: int
    contradicted: int
    findings: Counter[str]
    troubled: tuple[tuple[str, str, str], ...]  # source, status, message
    sources: tuple[SourceRun, ...]
    address: str | None = None  # of the copy of the release

    @property
    def exit(self) -> Exit:
        """0 published, 3 published but a source failed, is stale or past a bound, 1 nothing published."""
        if self.release is None:
            return Exit.NOTHING_PUBLISHED
        amber = any(run.state in AMBER for run in self.sources)
        return Exit.PARTLY if amber or self.documents[DocumentState.FAILED] else Exit.PUBLISHED


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is told: sources, where to, and when it is; `sources_text` is the sources file as it was read.

    `output` is a local folder; releases are copied to `address`, objects and readings stand at `archive`
    (flows/storing.py).
    """

    sources: Sequence[Source]
    output: Path
    now: datetime
    settings: Settings = field(default_factory=Settings)
    sources_text: bytes = b""
    offline: bool = False
    accepted: frozenset[str] = frozenset()
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    address: Remote | None = None
    archive: Place | None = None


def run(
    sources: Sequence[Source], output: Path, now: datetime, workers: int = 1, watcher: Watcher | None = None
) -> RunReport:
    """Run a job of sources alone."""
    return run_job(Job(sources, output, now), workers, watcher or Watcher())


def run_job(job: Job, workers: int = 1, watcher: Watcher | None = None) -> RunReport:
    """Acquire and read all sources and publish a release.

    Raises:
        ReleaseError, ArchiveError: where the release or the archive can't be written, or another run is going on. The
            release before stays as it is.
    """
    watching = watcher or Watcher()
    with opened(job.output, job.archive) as archive:
        run_id = archive.begin_run(job.now, job.sources_text, code_version())
        acquired = acquired_all(job, archive)
        read = read_all(acquired, archive.place, workers, watching)
        return finish(job, archive, run_id, read, workers)


# ------------------------------------------------------------------------------------------------------ acquiring


def acquired_all(job: Job, archive: Archive, fetch: Fetch | None = None) -> list[Acquired]:
    """The documents of all sources, in their order; hosts side by side, one request at a time for each.

    `fetch` gets the documents of one source, in a thread of its host.
    """
    if job.offline:
        return [from_archive(source, archive) for source in job.sources]
    by_host: dict[str, list[Source]] = {}
    for source in job.sources:
        host = host_of(source.url) if source.url is not None and source.path is None else ""
        by_host.setdefault(host, []).append(source)
    done: dict[str, Acquired] = {}
    get = fetch or (lambda source, archive, fetcher: acquire(source, archive, fetcher, job.clock))
    with Fetcher(job.settings.fetching) as fetcher, ThreadPoolExecutor(_MOST_HOSTS) as pool:

        def of_host(sources: Iterable[Source]) -> list[Acquired]:
            return [get(source, archive, fetcher) for source in sources]

        for found in pool.map(of_host, by_host.values()):
            done.update((one.source.source_id, one) for one in found)
    return [done[source.source_id] for source in job.sources]


# -------------------------------------------------------------------------------------------------------- reading


def read_all(acquired: Sequence[Acquired], archive: Place, workers: int, watcher: Watcher) -> list[Acquired]:
    """The same documents, each with its reading; what was read before by this code is not read again."""
    known = named(acquired)
    waiting = unread(known, archive)
    watcher.expect(len(waiting))
    with _in_turn(waiting, archive, workers, watcher) as read:
        for edition in read:
            watcher.each(edition)
    return known


def are_worth_processes(waiting: Sequence[tuple[Source, Edition]], archive: Place) -> bool:
    """Whether documents that wait to be read are large enough, together, to pay for starting processes.

    Raises:
        ArchiveError: where the archive can't be looked at.
    """
    return len(waiting) > 1 and sum(_sizes(waiting, archive)) >= _WORTH_A_PROCESS


def unread(acquired: Sequence[Acquired], archive: Place) -> list[tuple[Source, Edition]]:
    """The editions whose reading the archive does not have, each reading once.

    Raises:
        ArchiveError: where the archive can't be looked at.
    """
    wanted = {
        edition.reading_id: (one.source, edition)
        for one in acquired
        for edition in one.editions
        if edition.reading_id is not None
    }
    try:
        there = are_there([reading_path(archive, reading_id) for reading_id in wanted])
    except OSError as error:
        raise ArchiveError(f"{archive}: {error.strerror}") from error
    return [one for one, known in zip(wanted.values(), there, strict=True) if not known]


def named(acquired: Sequence[Acquired]) -> list[Acquired]:
    """The same documents, each with the name of its reading."""
    return [replace(one, editions=tuple(_named(one.source, edition) for edition in one.editions)) for one in acquired]


def _named(source: Source, edition: Edition) -> Edition:
    if edition.snapshot_id is None:
        return edition
    return replace(edition, reading_id=reading_id_of(source, edition))


def _in_turn(
    waiting: Sequence[tuple[Source, Edition]], archive: Place, workers: int, watcher: Watcher
) -> AbstractContextManager[Iterable[Edition]]:
    """The editions as they are read, over processes where they are large enough to pay for them.

    A document is not cut into ranges of pages: its tables run on over them, and titles and units are found before.
    The largest go first, so that no process is left alone with one.
    """
    sizes = _sizes(waiting, archive) if workers > 1 and len(waiting) > 1 else []
    if not sizes or sum(sizes) < _WORTH_A_PROCESS:
        return nullcontext(_read(source, edition, archive, watcher) for source, edition in waiting)
    by_size = sorted(zip(sizes, waiting, strict=True), key=lambda one: one[0], reverse=True)
    return read_over_processes([one for _, one in by_size], archive, workers, watcher)


def _read(source: Source, edition: Edition, archive: Place, watcher: Watcher) -> Edition:
    read_edition(source, edition, archive, watcher.each_page)
    return edition


def _sizes(waiting: Sequence[tuple[Source, Edition]], archive: Place) -> list[int]:
    try:
        return sizes_of([object_path(archive, edition.snapshot_id or "") for _, edition in waiting])
    except OSError as error:
        raise ArchiveError(f"{archive}: {error.strerror}") from error


# ------------------------------------------------------------------------------------------------------ publishing


def finish(job: Job, archive: Archive, run_id: int, read: Sequence[Acquired], workers: int) -> RunReport:
    """Settle what each source publishes, publish it, and note how the run ended.

    Nothing is published, and `latest` stays, where there is not one line.
    """
    _bring_readings(read, archive.place)
    before = {row["source_id"]: source_run_of(row) for row in archive.source_runs()}
    runs = tuple(
        settled(
            one,
            before.get(one.source.source_id),
            archive.place,
            job.now,
            accepted=one.source.source_id in job.accepted,
        )
        for one in read
    )
    if job.address is not None:
        from publishers.remote import bring, send

        bring(job.address, job.output)
    report = published(job, archive.place, runs, workers)
    name = report.release.resolve().name if report.release is not None else None
    if job.address is not None and report.release is not None:
        report = replace(report, address=str(send(report.release.resolve(), job.address)))
    archive.end_run(run_id, datetime.now(UTC), name, int(report.exit), [one.row() for one in runs])
    status_files.write(status_of(runs, job.now, name, int(report.exit)), job.output)
    if job.address is not None:
        status_files.send(job.output, job.address)
    copy_database(archive)
    return report


def _bring_readings(read: Sequence[Acquired], archive: Place) -> None:
    """Keep the readings here that are needed more than once, many at the same time."""
    named = {edition.reading_id: None for one in read for edition in one.editions if edition.reading_id is not None}
    try:
        bring_here([reading_path(archive, reading_id) for reading_id in named])
    except OSError as error:
        raise ArchiveError(f"{archive}: a reading can't be read: {error.strerror}") from error


def published(job: Job, archive: Place, runs: Sequence[SourceRun], workers: int) -> RunReport:
    """Publish the editions of sources; `workers` are the processes that may write."""
    frames = assembled(runs, {source.source_id: source for source in job.sources}, archive)
    release = None
    if frames["budget_lines"].num_rows:
        from publishers.content import Content
        from publishers.release import publish

        content = Content(frames, job.settings.publication, is_personal=may_be_personal)
        release = publish(content, job.output, job.now, job.settings.releases, workers)
    return _report_of(frames, runs, release)


def _report_of(frames: Frames, runs: Sequence[SourceRun], release: Path | None) -> RunReport:
    """The numbers of a run."""
    proofs = Counter(frames["budget_lines"].column("proof").to_pylist())
    documents = frames["documents"].to_pylist()
    return RunReport(
        release,
        Counter(document["status"] for document in documents),
        sum(document["table_count"] for document in documents),
        sum(document["published_table_count"] for document in documents),
        sum(document["set_aside_table_count"] for document in documents),
        proofs.total(),
        proofs[Proof.PROVED.value],
        proofs[Proof.CONTRADICTED.value],
        Counter(frames["findings"].column("rule").to_pylist()),
        tuple(
            (document["source_id"], document["status"], document["message"] or "")
            for document in documents
            if document["status"] in (DocumentState.FAILED, DocumentState.SET_ASIDE)
        ),
        tuple(runs),
    )
