"""The main job: every source read and judged, one release. No Prefect here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from multiprocessing import get_context
from pathlib import Path

from flows.document import DocumentResult, EachPage, process
from flows.packed import PackedResult, packed
from flows.page_queue import end_with_parent, pages_told, process_in_worker
from schemas.columns import Columns, joined
from schemas.contract import DocumentState
from schemas.records import BudgetLine, Proof, Source

_WORTH_A_PROCESS = 4_000_000  # bytes of documents under which starting processes costs more than it saves
_LOADED_ONCE = ["__main__", "flows.page_queue", "extractors.pdf.reader", "extractors.pdf.second"]  # for all processes
Results = Sequence[PackedResult]


class Exit(IntEnum):
    """The exit statuses of the command."""

    PUBLISHED = 0
    NOTHING_PUBLISHED = 1
    WRONG_USE = 2
    PARTLY = 3


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run published, in numbers."""

    release: Path | None
    documents: Counter[str]
    tables: int
    published: int
    set_aside: int
    lines: int
    proved: int
    contradicted: int
    findings: Counter[str]
    troubled: tuple[tuple[str, str, str], ...]  # source, status, message

    @property
    def exit(self) -> Exit:
        """0 published, 3 published but a source failed, 1 nothing published."""
        if self.release is None:
            return Exit.NOTHING_PUBLISHED
        return Exit.PARTLY if self.documents[DocumentState.FAILED] else Exit.PUBLISHED


def run(
    sources: Sequence[Source],
    output: Path,
    now: datetime,
    workers: int = 1,
    each: Callable[[PackedResult], None] = lambda _: None,
    each_page: EachPage | None = None,
) -> RunReport:
    """Read all sources and publish a release; `each` is called for every document, `each_page` for pages as they are
    done: source, page and how many there are.

    Raises:
        ReleaseError: where the release can't be written. The previous one stays as it is.
    """
    results = []
    with _mapped(sources, workers, each_page) as processed:
        for result in processed:
            each(result)
            results.append(result)
    return _published(results, output, now)


def publish_results(results: Iterable[DocumentResult], output: Path, now: datetime) -> RunReport:
    """Publish what was read; nothing is published, and `latest` stays, where there is not one line."""
    return _published([packed(result) for result in results], output, now)


def _published(results: Results, output: Path, now: datetime) -> RunReport:
    ordered = sorted(results, key=lambda result: result.document.source_id)
    release = None
    if any(len(result.lines) for result in ordered):
        from publishers.content import content_of
        from publishers.release import publish

        rows: dict[str, Sequence[object] | Columns] = {
            "budget_lines": joined(BudgetLine, (result.lines for result in ordered)),
            "tables": [row for result in ordered for row in result.tables],
            "documents": [result.document for result in ordered],
            "findings": [row for result in ordered for row in result.findings],
        }
        release = publish(content_of(rows), output, now)
    return _report_of(ordered, release)


def _report_of(results: Results, release: Path | None) -> RunReport:
    """The numbers of a run."""
    proofs = Counter(proof for result in results for proof in result.lines.values["proof"])
    documents = [result.document for result in results]
    return RunReport(
        release,
        Counter(document.status for document in documents),
        sum(document.table_count for document in documents),
        sum(document.published_table_count for document in documents),
        sum(document.set_aside_table_count for document in documents),
        sum(proofs.values()),
        proofs[Proof.PROVED.value],
        proofs[Proof.CONTRADICTED.value],
        Counter(row.rule for result in results for row in result.findings),
        tuple(
            (document.source_id, document.status, document.message or "")
            for document in documents
            if document.status in (DocumentState.FAILED, DocumentState.SET_ASIDE)
        ),
    )


@contextmanager
def _mapped(sources: Sequence[Source], workers: int, each_page: EachPage | None) -> Iterator[Iterable[PackedResult]]:
    """The results as they come, over processes where the documents are large enough to pay for them.

    A document is not cut into ranges of pages: its tables run on over them, and titles and units are found before.
    The largest go first, so that no process is left alone with one.
    """
    if workers < 2 or len(sources) < 2 or sum(map(_size, sources)) < _WORTH_A_PROCESS:
        yield (packed(process(source, each_page)) for source in sources)
        return
    context = get_context("forkserver")
    context.set_forkserver_preload(_LOADED_ONCE)
    with (
        pages_told(context, each_page) as queue,
        ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent, initargs=(queue,)) as pool,
    ):
        waiting = [pool.submit(process_in_worker, source) for source in sorted(sources, key=_size, reverse=True)]
        yield (done.result() for done in as_completed(waiting))


def _size(source: Source) -> int:
    try:
        return Path(source.path).stat().st_size if source.path else 0
    except (OSError, ValueError):
        return 0
