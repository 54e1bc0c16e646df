"""Where the tasks of a flow run: in threads here, or on a Dask cluster where `BEGROTING_DASK` names its scheduler."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.pipeline import unread
from flows.processes import read_alone
from schemas.errors import StorageError
from sources.acquire import Acquired
from storage.places import Place

SCHEDULER = "BEGROTING_DASK"
_CONNECT = 10  # seconds
_THREADS = max(4, os.cpu_count() or 1)  # most wait for a process that reads


def task_runner() -> TaskRunner[Any]:
    """The task runner of a flow.

    Raises:
        StorageError: where a cluster is named and the extra `cluster` is not installed.
    """
    address = os.environ.get(SCHEDULER)
    if not address:
        return ThreadPoolTaskRunner(max_workers=_THREADS)
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise StorageError(f"{SCHEDULER}={address}: install begroting with the extra `cluster`: {error}") from error
    return DaskTaskRunner(address=address)


def check_scheduler() -> None:
    """Connect to the scheduler that is named, if one is: before anything is fetched.

    Raises:
        StorageError: where no Dask scheduler answers there.
    """
    address = os.environ.get(SCHEDULER)
    if not address:
        return
    try:
        kind = asyncio.run(asyncio.wait_for(_asked(address), _CONNECT))
    except Exception as error:  # each protocol has errors of its own
        why = str(error) or f"no scheduler answers within {_CONNECT} s"
        raise StorageError(f"{address} (--dask, {SCHEDULER}; such as tcp://127.0.0.1:8786): {why}") from error
    if kind != "Scheduler":
        raise StorageError(f"{address} (--dask, {SCHEDULER}) is a {kind} of Dask and no scheduler")


async def _asked(address: str) -> str:
    """What answers at an address, in Dask's words."""
    import distributed

    client: Any = distributed.rpc
    async with client(address) as there:
        return str((await there.identity())["type"])


def read_what_is_left(acquired: Sequence[Acquired], archive: Place) -> None:
    """Read here what no task has read: Dask gives a document up after it ended a few workers.

    Each in a process of its own; what ends that is kept as a failed reading.

    Raises:
        ArchiveError: where bytes are gone, or a reading can't be written.
    """
    for source, edition in unread(acquired, archive):
        read_alone(source, edition, archive)
