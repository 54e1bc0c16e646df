"""The progress bars of a run: documents, and the pages of those that have pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from flows.document import EachPage
from schemas.captures import Edition


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how far a run is: how many documents there are to read, each that was read, and pages."""

    expect: Callable[[int], None] = lambda _: None
    each: Callable[[Edition], None] = lambda _: None
    each_page: EachPage | None = None


@contextmanager
def progress(console: Console) -> Iterator[Watcher]:
    """A watcher that shows bars; they go away at the end."""
    read: dict[str, tuple[int, int]] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        whole = bars.add_task("documents", total=None)
        paged = bars.add_task("pages", total=0, visible=False)

        def expect(documents: int) -> None:
            bars.update(whole, total=documents)

        def each(_: Edition) -> None:
            bars.advance(whole)

        def each_page(source_id: str, page: int, pages: int) -> None:
            read[source_id] = (page, pages)
            done, known = (sum(side) for side in zip(*read.values(), strict=True))
            bars.update(paged, completed=done, total=known, visible=True)

        yield Watcher(expect, each, each_page)
