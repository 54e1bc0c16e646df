"""Documents read over processes. One that ends its process (a fault in a library, no memory) ends nothing else.

A broken pool does not tell whose fault it was: what was being read is read again, one by one, each in a process of its
own, and what ends that one too is kept as a failed reading.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import TYPE_CHECKING

from flows.page_queue import Told, end_with_parent, pages_told, read_in_worker
from flows.progress import Watcher
from flows.readings import save_crashed
from schemas.captures import Edition
from schemas.records import Source
from storage.places import Place

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    TellQueue = Queue[Told | None] | None

LOADED_ONCE = [  # for all processes
    "__main__", "flows.page_queue", "extractors.pdf.reader", "extractors.pdf.second", "publishers.frames",
]  # fmt: skip
_AHEAD = 2  # documents for each process that it has or that wait for it

Waiting = tuple[Source, Edition]


@contextmanager
def read_over_processes(
    waiting: Sequence[Waiting], archive: Place, workers: int, watcher: Watcher
) -> Iterator[Iterable[Edition]]:
    """The editions as they are read, begun in the order given."""
    context = _context()
    with pages_told(context, watcher.each_page) as queue:
        yield _whatever_ends(deque(waiting), archive, workers, context, queue)


def read_alone(source: Source, edition: Edition, archive: Place) -> Edition:
    """Read an edition in a process of its own; where that ends, a failed reading is kept, with the reason `crashed`.

    Raises:
        ArchiveError: where the bytes are gone, or the reading can't be written.
    """
    return _alone(source, edition, archive, _context(), None)


def _context() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(LOADED_ONCE)
    return context


def _whatever_ends(
    left: deque[Waiting], archive: Place, workers: int, context: ForkServerContext, queue: TellQueue
) -> Iterator[Edition]:
    while left:
        suspects = yield from _pooled(left, archive, workers, context, queue)
        for source, edition in suspects:
            yield _alone(source, edition, archive, context, queue)


def _pooled(
    left: deque[Waiting], archive: Place, workers: int, context: ForkServerContext, queue: TellQueue
) -> Generator[Edition, None, list[Waiting]]:
    """Take from what is left and read it in a pool; gives back what the pool had in hand where it broke."""
    running: dict[Future[str], Waiting] = {}
    with ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent, initargs=(queue,)) as pool:
        try:
            while left or running:
                while left and len(running) < _AHEAD * workers:
                    running[pool.submit(read_in_worker, *left[0], archive)] = left[0]
                    left.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    future.result()  # raises what stopped it
                    yield running.pop(future)[1]
        except BrokenProcessPool:
            return list(running.values())
    return []


def _alone(source: Source, edition: Edition, archive: Place, context: ForkServerContext, queue: TellQueue) -> Edition:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_read_and_say, args=(theirs, queue, read_in_worker, source, edition, archive), daemon=True
    )
    process.start()
    theirs.close()
    with ours:
        try:
            error = ours.recv()
        except EOFError:  # it ended without a word
            process.join()
            save_crashed(archive, source, edition, _how_it_ended(process.exitcode))
            return edition
    process.join()
    if error is not None:
        raise error
    return edition


def _read_and_say(
    to: Connection,
    queue: TellQueue,
    read: Callable[[Source, Edition, Place], str],
    source: Source,
    edition: Edition,
    archive: Place,
) -> None:
    end_with_parent(queue)
    try:
        read(source, edition, archive)
    except Exception as error:  # noqa: BLE001 - raised again in the process that waits
        to.send(error)
    else:
        to.send(None)


def _how_it_ended(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"status {code}"
