"""Pages handed over to a thread, which makes tables of one while pdfium, which needs no Python, looks at the next.

Only a process that reads alone does so: where each core has a process that reads, a second thread gains nothing.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import current_thread, main_thread
from typing import TypeVar

T = TypeVar("T")

_MOST_WAITING = 8  # pages: they take memory
_SWITCH = 1e-4  # seconds after which a thread lets the other one go on; Python's own 5 ms is longer than a page takes


def handed_over(seen: Iterable[T], take: Callable[[T], None]) -> Iterator[None]:
    """Give each of what is seen to `take`, in that order; yields as each is taken. What it raises is raised here."""
    if not _reads_alone():
        for one in seen:
            take(one)
            yield
        return
    with _switching_often(), ThreadPoolExecutor(1) as helper:
        waiting: deque[Future[None]] = deque()
        for one in seen:
            waiting.append(helper.submit(take, one))
            if len(waiting) == _MOST_WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _reads_alone() -> bool:
    """Whether this is no worker of a pool, of processes or threads, and a core is left for a second thread."""
    return parent_process() is None and current_thread() is main_thread() and (os.cpu_count() or 1) > 1


@contextmanager
def _switching_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
