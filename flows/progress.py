"""The progress bars of a run: documents, and the pages of those that have pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from flows.document import EachPage
from flows.packed import PackedResult


@contextmanager
def progress(console: Console, documents: int) -> Iterator[tuple[Callable[[PackedResult], None], EachPage]]:
    """What to call for each document and for each page as it is done; the bars go away at the end."""
    read: dict[str, tuple[int, int]] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        whole = bars.add_task("documents", total=documents)
        paged = bars.add_task("pages", total=0, visible=False)

        def each(_: PackedResult) -> None:
            bars.advance(whole)

        def each_page(source_id: str, page: int, pages: int) -> None:
            read[source_id] = (page, pages)
            done, known = (sum(side) for side in zip(*read.values(), strict=True))
            bars.update(paged, completed=done, total=known, visible=True)

        yield each, each_page
