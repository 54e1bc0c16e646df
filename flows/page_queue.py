"""What worker processes tell the run that started them: the pages they have read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from threading import Thread

from flows.document import EachPage
from flows.readings import read_edition
from schemas.captures import Edition
from schemas.records import Source
from storage.places import Place

Told = tuple[str, int, int]
_EVERY = 8  # pages between two messages
_QUEUES: list[Queue[Told | None]] = []  # of a worker: the one of its run


@contextmanager
def pages_told(context: ForkServerContext, each_page: EachPage | None) -> Iterator[Queue[Told | None] | None]:
    """A queue for workers whose messages go to `each_page`; none where nobody listens."""
    if each_page is None:
        yield None
        return
    queue: Queue[Told | None] = context.Queue()

    def listen() -> None:
        while (told := queue.get()) is not None:
            each_page(*told)

    listener = Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield queue
    finally:
        queue.put(None)
        listener.join(timeout=5)
        queue.close()


def end_with_parent(queue: Queue[Told | None] | None) -> None:
    """Set up a worker: it ends when the run that started it was killed and can't tell it to."""
    if queue is not None:
        _QUEUES[:] = [queue]
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, daemon=True).start()


def read_in_worker(source: Source, edition: Edition, archive: Place) -> str:
    """Read an edition in a worker, and tell the run of its pages."""
    return read_edition(source, edition, archive, _tell if _QUEUES else None)


def _tell(source_id: str, page: int, pages: int) -> None:
    if page % _EVERY == 0 or page == pages:
        _QUEUES[0].put((source_id, page, pages))
