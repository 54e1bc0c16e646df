"""One document, from its bytes to the rows it publishes."""

from __future__ import annotations

import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from checks.judge import judge
from checks.ledger import Ledger
from extractors.document import extract
from flows.finding_rows import address_of, distinct, document_id_of, finding_row, page_finding, readings_shown
from flows.second_reading import with_second_readings
from flows.withholding import Shown, findings_shown, readings_without_persons, row_shown, shown
from schemas.contract import DocumentState, Freshness, TableState
from schemas.errors import DocumentError
from schemas.notation import count_tokens
from schemas.records import (
    BudgetLine,
    ColumnRole,
    Finding,
    Judgement,
    Proof,
    RawTable,
    Severity,
    Snapshot,
    Source,
    TableReadings,
    UnreadablePage,
)
from schemas.rows import DocumentRow, FindingRow, TableRow
from sources.local import read_snapshot
from transformers.lines import budget_lines, table_id_of
from transformers.read import read

_STATES = {"no_amounts": TableState.NOT_EUROS, "not_euros": TableState.NOT_EUROS, "hidden_copy": TableState.HIDDEN_COPY}
EachPage = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class TableResult:
    """One table with what the judge says of it and the lines it publishes."""

    readings: TableReadings
    judgement: Judgement
    table_id: str
    shown: Shown

    @property
    def lines(self) -> tuple[BudgetLine, ...]:
        """The lines that are published."""
        return self.shown.lines


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """All that one source publishes."""

    document: DocumentRow
    tables: tuple[TableRow, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    findings: tuple[FindingRow, ...] = ()


def process(source: Source, each_page: EachPage | None = None) -> DocumentResult:
    """Read the file of a source and judge its tables. One that can't be read gives a row that says why."""
    try:
        snapshot = read_snapshot(source)
    except DocumentError as error:
        return failed(source, None, error.reason, str(error))
    return process_snapshot(source, snapshot, each_page)


def process_snapshot(source: Source, snapshot: Snapshot, each_page: EachPage | None = None) -> DocumentResult:
    """Judge the tables of a document. One that can't be read gives a row that says why, never an error.

    `each_page` is told the source, the page that was read and how many there are, where a document has pages.
    """
    try:
        return result_of(source, snapshot, judged_tables(source, snapshot, each_page))
    except DocumentError as error:
        return failed(source, snapshot, error.reason, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one document, the others are read
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = (
            f"reading it ended in {type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
        )
        return failed(source, snapshot, "internal_error", message)


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """The tables of a document and where its tokens outside them and on the raw text stand."""

    tables: tuple[TableResult, ...]
    token_count: int
    outside_tokens: int
    unreadable: tuple[UnreadablePage, ...] = ()
    raw_tables: tuple[RawTable, ...] = ()


def judged_tables(source: Source, snapshot: Snapshot, each_page: EachPage | None = None) -> JudgedDocument:
    """The tables of a document, each judged."""
    told = None if each_page is None else partial(each_page, source.source_id)
    raw = extract(snapshot, told)
    if raw.unreadable and not raw.blocks:
        raise DocumentError(raw.unreadable[0].reason, _no_page(raw.unreadable))
    readings = read(raw, source)
    judgements = with_second_readings([judge(one) for one in readings.tables], raw, snapshot)
    seen: Counter[str] = Counter()
    results = []
    for one, judgement in zip(readings.tables, judgements, strict=True):
        lines = shown(source, budget_lines(judgement, source, snapshot, seen))
        results.append(TableResult(one, judgement, table_id_of(source, snapshot, one.place, one.page), lines))
    raw_tables = tuple(block for block in raw.blocks if isinstance(block, RawTable))
    return JudgedDocument(tuple(results), raw.token_count, readings.outside_tokens, raw.unreadable, raw_tables)


def _no_page(unreadable: Sequence[UnreadablePage]) -> str:
    rest = len(unreadable) - 1
    return f"no page can be read: {unreadable[0].message}" + (f"; so for {rest} other pages" if rest else "")


def result_of(source: Source, snapshot: Snapshot, judged: JudgedDocument) -> DocumentResult:
    """The rows of a document; one whose ledger does not close publishes nothing."""
    ledger = ledger_of(judged)
    if not ledger.closes:
        message = (
            f"{ledger.difference} of {ledger.counted} amount-like tokens are not accounted for: "
            "a table or a row was lost in reading"
        )
        return failed(source, snapshot, "ledger", message)
    tables = tuple(row_shown(_table_row(source, snapshot, one, judged.tables), one.shown) for one in judged.tables)
    lines = tuple(line for one in judged.tables for line in one.lines)
    findings = distinct(
        [
            *(page_finding(source, snapshot, page) for page in judged.unreadable),
            *(row for one in judged.tables for row in _table_findings(source, snapshot, one)),
        ]
    )
    return DocumentResult(_document_row(source, snapshot, ledger, tables), tables, lines, findings)


def ledger_of(judged: JudgedDocument) -> Ledger:
    """Where each amount-like token of the document went."""
    published = set_aside = not_euros = 0
    for one in judged.tables:
        if one.judgement.table is None:
            if one.readings.reason in ("no_amounts", "not_euros"):
                not_euros += one.readings.tokens
            else:
                set_aside += one.readings.tokens
            continue
        tally = one.judgement.table.tally
        published += sum(count_tokens(line.amount_printed) for line in one.lines)
        set_aside += tally.set_aside + sum(
            count_tokens(cell.amount.printed)
            for row in one.judgement.unplaced
            for cell in row.cells
            if cell is not None
        )
        set_aside += one.shown.withheld_tokens
        not_euros += tally.words + tally.not_euros
    return Ledger(judged.token_count, published, set_aside, not_euros, judged.outside_tokens)


# ----------------------------------------------------------------------------------------------------------- rows


def _document_head(source: Source, snapshot: Snapshot | None, status: DocumentState) -> DocumentRow:
    return DocumentRow(
        document_id_of(source, snapshot.address if snapshot else address_of(source)),
        source.source_id,
        snapshot.snapshot_id if snapshot else None,
        source.publisher.code,
        source.publisher.label,
        source.document_type.value,
        source.document_year,
        source.document_status.value if source.document_status else None,
        source.title,
        source.status_date,
        snapshot.file_name if snapshot else None,
        snapshot.url if snapshot else source.url,
        None,
        Freshness.CURRENT.value,
        None,
        status.value,
        licence_note=source.licence_note,
        byte_count=len(snapshot.content) if snapshot else 0,
        stated_unit=source.unit,
    )


def failed(source: Source, snapshot: Snapshot | None, reason: str, message: str) -> DocumentResult:
    """The rows of a document that publishes nothing."""
    document = replace(_document_head(source, snapshot, DocumentState.FAILED), reason=reason, message=message)
    finding = Finding(f"document_{reason}", Severity.ERROR, message)
    return DocumentResult(document, findings=(finding_row(source, snapshot, None, finding),))


def _document_row(source: Source, snapshot: Snapshot, ledger: Ledger, tables: Sequence[TableRow]) -> DocumentRow:
    published = [row for row in tables if row.status == TableState.PUBLISHED]
    aside = [row for row in tables if row.status == TableState.SET_ASIDE]
    status, reason, message = _document_status(published, aside)
    return replace(
        _document_head(source, snapshot, status),
        reason=reason,
        message=message,
        table_count=len(tables),
        published_table_count=len(published),
        set_aside_table_count=len(aside),
        line_count=sum(row.line_count for row in tables),
        token_count=ledger.counted,
        published_token_count=ledger.published,
        set_aside_token_count=ledger.set_aside,
        not_euros_token_count=ledger.not_euros,
        outside_token_count=ledger.outside,
    )


def _document_status(
    published: Sequence[TableRow], aside: Sequence[TableRow]
) -> tuple[DocumentState, str | None, str | None]:
    if published:
        message = f"{len(aside)} of its tables are set aside" if aside else None
        return DocumentState.PUBLISHED, "tables_set_aside" if aside else None, message
    if aside:
        return DocumentState.SET_ASIDE, aside[0].reason, f"all tables are set aside: {aside[0].message}"
    return DocumentState.NO_TABLES, "no_tables", "no table of amounts in euros stands in it"


def _table_row(source: Source, snapshot: Snapshot, one: TableResult, others: Sequence[TableResult]) -> TableRow:
    judgement, readings, lines = one.judgement, one.readings, one.lines
    table = judgement.table
    state = TableState.PUBLISHED if table else _aside_state(judgement)
    counts = Counter(line.proof for line in lines)
    twin = next((o for o in others if o.readings.raw_index == readings.duplicate_of), None)
    return TableRow(
        one.table_id,
        source.source_id,
        document_id_of(source, snapshot.address),
        snapshot.snapshot_id,
        table.title if table else readings.title,
        readings.page,
        readings.place,
        state.value,
        judgement.reason or None,
        judgement.message or None,
        table.unit if table else None,
        judgement.sign_convention or None,
        len(table.rows) if table else 0,
        sum(column.role is ColumnRole.AMOUNT for column in table.columns) if table else 0,
        len(lines),
        counts[Proof.PROVED.value],
        counts[Proof.CONTRADICTED.value],
        len(judgement.equations),
        sum(equation.holds for equation in judgement.equations),
        judgement.second_reading.value if judgement.second_reading else None,
        twin.table_id if twin is not None and readings.duplicate_of is not None else None,
    )


def _aside_state(judgement: Judgement) -> TableState:
    return _STATES.get(judgement.reason, TableState.SET_ASIDE)


def _table_findings(source: Source, snapshot: Snapshot, one: TableResult) -> Iterator[FindingRow]:
    pages = _pages(one)
    title = one.judgement.table.title if one.judgement.table else one.readings.title
    for finding in findings_shown(one.judgement.findings, one.shown, title, one.readings.place):
        yield finding_row(source, snapshot, one.table_id, finding, pages[finding.locator])
    judgement = one.judgement
    if judgement.table is None and _aside_state(judgement) is TableState.SET_ASIDE:
        finding = Finding(
            f"table_{judgement.reason}",
            Severity.WARNING,
            f"the table {one.readings.title!r} is set aside: {judgement.message}",
            one.readings.place,
            values=readings_shown(readings_without_persons(source, judgement.alternatives or one.readings.readings)),
        )
        for safe in findings_shown([finding], one.shown, title, one.readings.place):
            yield finding_row(source, snapshot, one.table_id, safe, one.readings.page)
    if one.readings.duplicate_of is not None and judgement.table is not None:
        finding = Finding(
            "duplicate_table", Severity.INFO, "the same table stands earlier on the page", one.readings.place
        )
        yield finding_row(source, snapshot, one.table_id, finding, one.readings.page)


def _pages(one: TableResult) -> Mapping[str, int | None]:
    """The page of each place in a table; of a place that is not known, the one page of the table, if it has one."""
    tables = [table for table in (one.judgement.table, *one.readings.readings) if table is not None]
    rows = [*(row for table in tables for row in table.rows), *one.judgement.unplaced]
    known: dict[str, int | None] = {}
    for cell in (cell for row in rows for cell in row.cells if cell is not None):
        if known.setdefault(cell.locator, cell.page) != cell.page:
            known[cell.locator] = None
    several = len({*known.values(), one.readings.page}) > 1
    return defaultdict(lambda: None if several else one.readings.page, known)
