"""The main job: every source read and judged, one release. No Prefect here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from multiprocessing import get_context
from pathlib import Path

from flows.document import DocumentResult, EachPage, process
from flows.page_queue import end_with_parent, pages_told, process_in_worker
from schemas.contract import DocumentState
from schemas.records import Proof, Source

_WORTH_A_PROCESS = 4_000_000  # bytes of documents under which starting processes costs more than it saves
Results = Sequence[DocumentResult]


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
    each: Callable[[DocumentResult], None] = lambda _: None,
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
    return publish_results(results, output, now)


def publish_results(results: Results, output: Path, now: datetime) -> RunReport:
    """Publish what was read; nothing is published, and `latest` stays, where there is not one line."""
    ordered = sorted(results, key=lambda result: result.document.source_id)
    release = None
    if any(result.lines for result in ordered):
        from publishers.content import content_of
        from publishers.release import publish

        rows: dict[str, Sequence[object]] = {
            "budget_lines": [line for result in ordered for line in result.lines],
            "tables": [row for result in ordered for row in result.tables],
            "documents": [result.document for result in ordered],
            "findings": [row for result in ordered for row in result.findings],
        }
        release = publish(content_of(rows), output, now)
    return report_of(ordered, release)


def report_of(results: Results, release: Path | None) -> RunReport:
    """The numbers of a run."""
    proofs = Counter(line.proof for result in results for line in result.lines)
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
def _mapped(sources: Sequence[Source], workers: int, each_page: EachPage | None) -> Iterator[Iterable[DocumentResult]]:
    """The results in the order of the sources, over processes where the documents are large enough to pay for them.

    A document is not cut into ranges of pages: its tables run on over them, and titles and units are found before.
    """
    if workers < 2 or len(sources) < 2 or _size(sources) < _WORTH_A_PROCESS:
        yield (process(source, each_page) for source in sources)
        return
    context = get_context("forkserver")
    with (
        pages_told(context, each_page) as queue,
        ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent, initargs=(queue,)) as pool,
    ):
        yield pool.map(process_in_worker, sources)


def _size(sources: Sequence[Source]) -> int:
    total = 0
    for source in sources:
        try:
            total += Path(source.path).stat().st_size if source.path else 0
        except OSError:
            continue
    return total
