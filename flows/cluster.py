"""Where the tasks of a flow run: in threads here, or on a Dask cluster where `BEGROTING_DASK` names its scheduler."""

from __future__ import annotations

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


def read_what_is_left(acquired: Sequence[Acquired], archive: Place) -> None:
    """Read here what no task has read: Dask gives a document up after it ended a few workers.

    Each in a process of its own; what ends that is kept as a failed reading.

    Raises:
        ArchiveError: where bytes are gone, or a reading can't be written.
    """
    for source, edition in unread(acquired, archive):
        read_alone(source, edition, archive)
