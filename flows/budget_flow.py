"""The main job as a Prefect flow: the same pipeline, one task for each document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.document import DocumentResult, process
from flows.pipeline import RunReport, publish_results
from schemas.contract import DocumentState
from schemas.errors import DocumentError
from schemas.records import Source
from sources.registry import read_registry


@task(cache_policy=NO_CACHE, persist_result=False, task_run_name="read {source_id}")
def read_document(source: Source, source_id: str) -> DocumentResult:  # noqa: ARG001 - names the task run
    """Read one document; one that failed is shown as a failed task, its row is published all the same."""
    result = process(source)
    if result.document.status == DocumentState.FAILED:
        raise DocumentError(result.document.reason or "failed", result.document.message or "the document failed")
    return result


@flow(name="publish-budgets", task_runner=ThreadPoolTaskRunner(max_workers=4), persist_result=False)  # type: ignore[arg-type]
def budget_flow(sources: str, output: str) -> list[PrefectFuture[DocumentResult]]:
    """Read all sources of a sources file and publish a release.

    The futures are returned: a document that failed fails the run, after the release was published.
    """
    known = read_registry(Path(sources)).sources
    futures = [read_document.submit(source, source.source_id) for source in known]
    results = []
    for source, future in zip(known, futures, strict=True):
        future.wait()
        state = future.state
        results.append(future.result() if state.is_completed() else process(source))
    _REPORTS[output] = publish_results(results, Path(output), datetime.now(UTC))
    return futures


_REPORTS: dict[str, RunReport] = {}


def publish_budgets(sources: str, output: str) -> RunReport:
    """Run the flow here and give its report, also where a document failed.

    Raises:
        ReleaseError: where the release can't be written.
    """
    state = budget_flow(sources, output, return_state=True)
    report = _REPORTS.pop(output, None)
    if report is None:
        state.result()  # raises what stopped the flow
        raise RuntimeError("the flow ended without a report")
    return report
