"""Processes that read the documents of a flow run: tasks of Prefect in threads wait for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext, ForkServerProcess
from threading import Lock
from types import ModuleType
from typing import Any

from flows.page_queue import end_with_parent, read_in_worker
from flows.processes import LOADED_ONCE, read_alone
from flows.readings import reading_id_of
from schemas.captures import Edition
from schemas.records import Source
from storage.places import Place

_STARTING = Lock()


class Readers:
    """Reads in processes. Prefect looks into what it knows; this it leaves alone."""

    def __init__(self, workers: int) -> None:
        self._workers, self._lock = workers, Lock()
        self._pool = self._made()

    def read(self, source: Source, edition: Edition, archive: Place) -> str:
        """Read an edition and keep the reading, where the archive has none yet; gives its name.

        What was being read when a process ended is read again in one of its own (flows/processes.py).
        """
        with self._lock:
            pool = self._pool
        try:
            return pool.submit(read_in_worker, source, edition, archive).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = self._made()
            read_alone(source, edition, archive)
            return reading_id_of(source, edition)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def _made(self) -> ProcessPoolExecutor:
        context = _Context()
        context.set_forkserver_preload(LOADED_ONCE)
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=end_with_parent, initargs=(None,))


@contextmanager
def readers(workers: int) -> Iterator[Readers | None]:
    """Readers in some processes; none for less than two."""
    if workers < 2:
        yield None
        return
    made = Readers(workers)
    try:
        yield made
    finally:
        made.close()


class _Process(ForkServerProcess):
    """A process that doesn't load again what started this one: where Prefect did, that takes it seconds."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: ANN401, N802 - what multiprocessing calls
        with _STARTING:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return ForkServerProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Process
