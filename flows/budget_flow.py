"""The main job as a Prefect flow: the same steps, a task for each source that is fetched and document that is read.

How it ends: Completed where all is well; Amber, of the type Failed, where a release was published but a source failed
or is stale, so that it shows among failed runs; Failed where nothing was published; Cancelled where it should not run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.events import emit_event
from prefect.states import Cancelled, Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.cluster import read_what_is_left, task_runner
from flows.code_version import code_version
from flows.flow_alerts import events_of
from flows.flow_fetching import fetching
from flows.flow_names import FLOW, name_of
from flows.flow_report import markdown_of, status_rows, summary
from flows.pipeline import Exit, Job, RunReport, acquired_all, are_worth_processes, finish, named, opened, unread
from flows.reading_pool import Readers, readers
from flows.readings import document_of, read_edition
from flows.storing import output_of
from schemas.captures import Edition
from schemas.contract import DocumentState
from schemas.errors import BegrotingError, BusyError
from schemas.records import Source
from sources.archive import Archive
from sources.registry import read_registry
from storage.places import absolute, place_of

_LATE = timedelta(hours=1)  # after which a run may stand for others that were missed


@task(name="read", cache_policy=NO_CACHE, persist_result=False, task_run_name="read {address}")
def read_document(
    source: Source, edition: Edition, archive: str, address: str, how: Readers | None
) -> str | State[Any]:
    """Read one document and keep its reading; one that failed is shown as a failed task, its row is published all the
    same. Gives the name of the reading.
    """
    if edition.snapshot_id is None:
        return Failed(message=f"{edition.reason}: {edition.message}")
    place = place_of(archive)
    reading_id = (how.read if how is not None else read_edition)(source, edition, place)
    if reading_id != edition.reading_id:
        return Failed(message=f"{address}: this worker runs other code, Python or libraries than the flow")
    row = document_of(place, reading_id)
    if row["status"] == DocumentState.FAILED:
        return Failed(message=f"{row['reason']}: {row['message']}")
    return reading_id


@flow(
    name=FLOW,
    task_runner=task_runner(),
    persist_result=False,
    retries=0,
)
def budget_flow(
    sources: str,
    output: str,
    state: str | None = None,
    archive: str | None = None,
    contact: str | None = None,
    offline: bool = False,  # noqa: FBT001, FBT002 - a parameter of the flow
    accept: list[str] | None = None,
    workers: int | None = None,
    windows: list[str] | None = None,
) -> State[Any]:
    """Acquire and read all sources of a sources file and publish a release.

    `windows` are those of the planning calendar whose sources are asked for now; the others are published as the
    archive has them. `workers` are processes to read and write with, by default as many as cores.
    """
    path, now = Path(sources), datetime.now(UTC)
    known = read_registry(path)
    settings = replace(
        known.settings, fetching=replace(known.settings.fetching, contact=contact or known.settings.fetching.contact)
    )
    to = output_of(output, Path(state) if state else None, archive or None)
    accepted = frozenset(accept or ())
    job = Job(
        known.sources, to.folder, now, settings, path.read_bytes(), offline, accepted,
        address=to.address, archive=to.archive,
    )  # fmt: skip
    late_by = _late_by(now)
    try:
        with opened(job.output, job.archive) as kept:
            if late_by is not None and _overtaken(kept, now - late_by):
                return Cancelled(name="Overtaken", message="a run that began later has done its work")
            asked = None if late_by is not None and late_by > _LATE else windows
            before = [row["source_id"] for row in kept.source_runs()]
            report = _run(job, kept, workers or os.cpu_count() or 1, asked)
    except BusyError as error:
        _ENDS[output] = error
        return Cancelled(name="Refused", message=str(error))
    except BegrotingError as error:
        _ENDS[output] = error
        raise
    _ENDS[output] = report
    _show(report, name_of(sources), now, before)
    return _state_of(report)


def _run(job: Job, archive: Archive, workers: int, windows: Sequence[str] | None) -> RunReport:
    """The steps of `pipeline.run_job`, as tasks."""
    run_id = archive.begin_run(job.now, job.sources_text, code_version())
    acquired = named(acquired_all(job, archive, None if job.offline else fetching(job, windows)))
    here = isinstance(_context().task_runner, ThreadPoolTaskRunner)
    with readers(workers if here and are_worth_processes(unread(acquired, archive.place), archive.place) else 1) as how:
        futures = [
            read_document.submit(
                one.source, edition, str(absolute(archive.place)), f"{one.source.source_id} {edition.address}", how
            )
            for one in acquired
            for edition in one.editions
        ]
        for future in futures:
            future.wait()
    read_what_is_left(acquired, archive.place)
    return finish(job, archive, run_id, acquired, workers)


def _context() -> FlowRunContext:
    running = FlowRunContext.get()
    if running is None:
        raise RuntimeError("there is no flow run here")
    return running


# ------------------------------------------------------------------------------------------------------- late runs


def _late_by(now: datetime) -> timedelta | None:
    """How long after its time a run of a schedule begins; None for a run that a person started."""
    run = _context().flow_run
    if run is None or not run.auto_scheduled or run.expected_start_time is None:
        return None
    return now - run.expected_start_time


def _overtaken(archive: Archive, due: datetime) -> bool:
    """Whether a run that published began after this one was due: what it should find is found."""
    return any(
        run["release"] is not None and datetime.fromisoformat(str(run["started_at"])) > due for run in archive.runs()
    )


# ------------------------------------------------------------------------------------------------- what it leaves


def _show(report: RunReport, name: str, now: datetime, before: Sequence[str]) -> None:
    create_markdown_artifact(markdown_of(report, now, before), f"run-{name}", summary(report))
    create_table_artifact(status_rows(report), f"sources-{name}", f"all sources, {now:%Y-%m-%d %H:%M} UTC")
    for event in events_of(report, now, name, before):
        emit_event(**event)


def _state_of(report: RunReport) -> State[Any]:
    said = summary(report)
    get_run_logger().info(said)
    if report.exit is Exit.PUBLISHED:
        return Completed(message=said)
    return Failed(name="Amber" if report.exit is Exit.PARTLY else "Failed", message=said)


_ENDS: dict[str, RunReport | BegrotingError] = {}


def publish_budgets(
    sources: str,
    output: str,
    state: str | None = None,
    archive: str | None = None,
    **more: Any,  # noqa: ANN401 - parameters of the flow
) -> RunReport:
    """Run the flow here and give its report, also where a document failed.

    Raises:
        SourcesError, ReleaseError, ArchiveError: where the release or the archive can't be written.
    """
    ended = budget_flow(sources, output, state, archive, **more, return_state=True)
    end = _ENDS.pop(output, None)
    if isinstance(end, BegrotingError):
        raise end
    if end is None:
        ended.result()  # raises what stopped the flow
        raise RuntimeError("the flow ended without a report")
    return end
