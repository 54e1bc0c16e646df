"""Fetching as Prefect tasks: one for each source, tried again later, and one at a time for a host over all flow runs.

They run in the process of the flow, whatever its task runner is: the database of captures is there.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import replace
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.concurrency._asyncio import AcquireConcurrencySlotTimeoutError
from prefect.concurrency.sync import concurrency
from prefect.context import TaskRunContext
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Failed

from flows.pipeline import Fetch, Job
from flows.planning_calendar import is_due
from schemas.captures import Edition
from schemas.contract import Freshness
from schemas.records import Severity, Source
from sources.acquire import Acquired, Note, acquire, from_archive
from sources.addresses import host_of
from sources.archive import Archive
from sources.fetching import Fetcher

_RETRIES: list[float] = [60, 300]  # seconds until a source that could not be had is tried again
_MOST_RETRIED = 16  # hosts of a run that are waited for so; the next run comes soon enough for the others
_LONGEST_WAIT = 3600.0  # seconds for another flow run to be done with a host
_LEASE = 60.0  # seconds until a host is free again after the run that held it was killed
_TRANSIENT = re.compile(r"connection|robots_unreachable|too_slow|host_left_alone|status_(?:408|425|429|5\d\d)")
_UNREACHABLE = "Unreachable"


class Visit:
    """One source to look at, and what was found. Prefect looks into what it knows; this it leaves alone.

    `given_up` are the hosts that this run waited for in vain.
    """

    def __init__(self, source: Source, job: Job, archive: Archive, fetcher: Fetcher, given_up: set[str]) -> None:
        self.source, self.job, self.archive, self.fetcher, self.given_up = source, job, archive, fetcher, given_up
        self.found: Acquired | None = None


def _is_unreachable(_task: object, _run: object, state: State[Any]) -> bool:
    return state.name == _UNREACHABLE


@task(
    name="fetch",
    task_run_name="fetch {source_id}",
    retries=len(_RETRIES),
    retry_delay_seconds=_RETRIES,
    retry_condition_fn=_is_unreachable,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def fetch_source(visit: Visit, source_id: str) -> State[Any] | None:  # noqa: ARG001 - names the run
    """Look at a source; the task fails where something of it could not be had now, and `visit.found` says what is.

    Tried again only where nothing of it could be had: each request has been tried several times already.
    """
    running = TaskRunContext.get()
    tried = running.task_run.run_count if running is not None else 1
    if tried > 1:
        with Fetcher(visit.fetcher.settings) as afresh:  # the hosts that were left alone may be asked again
            visit.found = _found(visit, afresh)
    else:
        visit.found = _found(visit, visit.fetcher)
    missing = [one for one in visit.found.editions if _is_missing(one)]
    if not missing:
        return None
    more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
    nothing = len(missing) == len(visit.found.editions)
    again = nothing and _TRANSIENT.fullmatch(missing[0].reason) and _is_worth_waiting(visit, tried)
    return Failed(name=_UNREACHABLE if again else "Failed", message=f"{missing[0].reason}: {missing[0].message}{more}")


def _is_worth_waiting(visit: Visit, tried: int) -> bool:
    host = host_of(visit.source.url or "")
    if tried > len(_RETRIES):
        visit.given_up.add(host)
    return host not in visit.given_up and len(visit.given_up) < _MOST_RETRIED


def _is_missing(edition: Edition) -> bool:
    return edition.snapshot_id is None or edition.freshness == Freshness.STALE


def _found(visit: Visit, fetcher: Fetcher) -> Acquired:
    with _turn(visit.source, fetcher.settings.delay):
        return acquire(visit.source, visit.archive, fetcher, visit.job.clock)


def fetching(job: Job, windows: Collection[str] | None) -> Fetch:
    """How a flow run gets the documents of a source: those that are due now by a task, others from the archive.

    Raises:
        ValueError: where there is no such window.
    """
    due = {source.source_id for source in job.sources if is_due(source, windows)}
    make_limits(source for source in job.sources if source.source_id in due)
    given_up: set[str] = set()
    context = copy_context()  # of the flow run, for the threads of the hosts

    def fetch(source: Source, archive: Archive, fetcher: Fetcher) -> Acquired:
        if source.path is None and source.source_id not in due and archive.addresses(source.source_id):
            return from_archive(source, archive)
        visit = Visit(source, job, archive, fetcher, given_up)
        state = context.copy().run(fetch_source, visit, source.source_id, return_state=True)
        if visit.found is not None:
            return visit.found
        error = state.result(raise_on_failure=False)
        if isinstance(error, AcquireConcurrencySlotTimeoutError):
            note = Note("not_looked_at", Severity.WARNING, f"another run was busy with {host_of(source.url or '')}")
            known = from_archive(source, archive)
            return replace(known, notes=(*known.notes, note))
        raise error if isinstance(error, BaseException) else RuntimeError(f"{source.source_id} was not fetched")

    return fetch


# --------------------------------------------------------------------------------------------------- one at a time


def limit_name(address: str) -> str:
    """The name of the concurrency limit of the host of an address."""
    return "fetch-" + re.sub(r"[^a-z0-9.-]+", "-", host_of(address).partition("://")[2])


def make_limits(sources: Iterable[Source]) -> None:
    """See to it that each host has its limit: one flow run at a time."""
    names = {limit_name(source.url) for source in sources if source.path is None and source.url is not None}
    with get_client(sync_client=True) as client:
        for name in sorted(names):
            with suppress(ObjectAlreadyExists):  # another run made it at the same moment
                client.upsert_global_concurrency_limit_by_name(name, 1)


@contextmanager
def _turn(source: Source, delay: float) -> Iterator[None]:
    """The host of a source, held against other flow runs, and `delay` seconds longer than it is asked."""
    if source.path is not None or source.url is None:
        yield
        return
    name = limit_name(source.url)
    with concurrency(
        name,
        timeout_seconds=_LONGEST_WAIT,
        lease_duration=_LEASE,
        strict=True,
        raise_on_lease_renewal_failure=False,
    ):
        try:
            yield
        finally:
            time.sleep(delay)
