"""The main job as a Prefect flow: the same steps, one task for each document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from flows.cluster import read_what_is_left, task_runner
from flows.code_version import code_version
from flows.pipeline import Job, RunReport, acquired_all, finish, named, opened
from flows.readings import document_of, read_edition
from flows.storing import output_of
from schemas.captures import Edition
from schemas.contract import DocumentState
from schemas.errors import ArchiveError, DocumentError
from schemas.records import Source
from sources.registry import read_registry
from storage.places import absolute, place_of


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="read {address}")
def read_document(source: Source, edition: Edition, archive: str, address: str) -> str:
    """Read one document and keep its reading; one that failed is shown as a failed task, its row is published all the
    same. Gives the name of the reading.
    """
    if edition.snapshot_id is None:
        raise DocumentError(edition.reason, edition.message)
    place = place_of(archive)
    reading_id = read_edition(source, edition, place)
    if reading_id != edition.reading_id:
        raise ArchiveError(f"{address}: this worker runs other code, Python or libraries than the flow")
    row = document_of(place, reading_id)
    if row["status"] == DocumentState.FAILED:
        raise DocumentError(row["reason"] or "failed", row["message"] or "the document failed")
    return reading_id


@flow(name="publish-budgets", task_runner=task_runner(), persist_result=False)
def budget_flow(
    sources: str, output: str, state: str | None = None, archive: str | None = None
) -> list[PrefectFuture[str]]:
    """Acquire and read all sources of a sources file and publish a release; the places are those of the command.

    The futures are returned: a document that failed fails the run, after the release was published.
    """
    path = Path(sources)
    known = read_registry(path)
    to = output_of(output, Path(state) if state is not None else None, archive)
    job = Job(
        known.sources,
        to.folder,
        datetime.now(UTC),
        known.settings,
        path.read_bytes(),
        address=to.address,
        archive=to.archive,
    )
    with opened(job.output, job.archive) as kept:
        run_id = kept.begin_run(job.now, job.sources_text, code_version())
        acquired = named(acquired_all(job, kept))
        futures = [
            read_document.submit(
                one.source, edition, str(absolute(kept.place)), f"{one.source.source_id} {edition.address}"
            )
            for one in acquired
            for edition in one.editions
        ]
        for future in futures:
            future.wait()
        read_what_is_left(acquired, kept.place)
        _REPORTS[output] = finish(job, kept, run_id, acquired)
    return futures


_REPORTS: dict[str, RunReport] = {}


def publish_budgets(sources: str, output: str, state: str | None = None, archive: str | None = None) -> RunReport:
    """Run the flow here and give its report, also where a document failed.

    Raises:
        ReleaseError, ArchiveError: where the release or the archive can't be written.
    """
    ended = budget_flow(sources, output, state, archive, return_state=True)
    report = _REPORTS.pop(output, None)
    if report is None:
        ended.result()  # raises what stopped the flow
        raise RuntimeError("the flow ended without a report")
    return report
