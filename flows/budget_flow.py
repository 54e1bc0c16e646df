"""The main job as a Prefect flow: the same steps, one task for each document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.code_version import code_version
from flows.pipeline import Job, RunReport, acquired_all, finish, named, opened
from flows.readings import load, read_edition
from schemas.captures import Edition
from schemas.contract import DocumentState
from schemas.errors import DocumentError
from schemas.records import Source
from sources.registry import read_registry


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="read {address}")
def read_document(source: Source, edition: Edition, archive: str, address: str) -> str:  # noqa: ARG001 - names the run
    """Read one document and keep its reading; one that failed is shown as a failed task, its row is published all the
    same. Gives the name of the reading.
    """
    if edition.snapshot_id is None:
        raise DocumentError(edition.reason, edition.message)
    reading_id = read_edition(source, edition, Path(archive))
    row = load(Path(archive), reading_id)["documents"].select(["status", "reason", "message"]).to_pylist()[0]
    if row["status"] == DocumentState.FAILED:
        raise DocumentError(row["reason"] or "failed", row["message"] or "the document failed")
    return reading_id


@flow(name="publish-budgets", task_runner=ThreadPoolTaskRunner(max_workers=4), persist_result=False)  # type: ignore[arg-type]
def budget_flow(sources: str, output: str) -> list[PrefectFuture[str]]:
    """Acquire and read all sources of a sources file and publish a release.

    The futures are returned: a document that failed fails the run, after the release was published.
    """
    path = Path(sources)
    known = read_registry(path)
    job = Job(known.sources, Path(output), datetime.now(UTC), known.settings, path.read_bytes())
    with opened(job.output) as archive:
        run_id = archive.begin_run(job.now, job.sources_text, code_version())
        acquired = named(acquired_all(job, archive))
        futures = [
            read_document.submit(one.source, edition, str(archive.folder), f"{one.source.source_id} {edition.address}")
            for one in acquired
            for edition in one.editions
        ]
        for future in futures:
            future.wait()
        _REPORTS[output] = finish(job, archive, run_id, acquired)
    return futures


_REPORTS: dict[str, RunReport] = {}


def publish_budgets(sources: str, output: str) -> RunReport:
    """Run the flow here and give its report, also where a document failed.

    Raises:
        ReleaseError, ArchiveError: where the release or the archive can't be written.
    """
    state = budget_flow(sources, output, return_state=True)
    report = _REPORTS.pop(output, None)
    if report is None:
        state.result()  # raises what stopped the flow
        raise RuntimeError("the flow ended without a report")
    return report
