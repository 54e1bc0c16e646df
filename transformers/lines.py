"""From a judged table to the lines of the contract."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from schemas.codelists import folded, taakvelden
from schemas.records import (
    AmountCell,
    AmountKind,
    BudgetLine,
    BudgetTable,
    Column,
    Duration,
    Judgement,
    Measure,
    Proof,
    Row,
    Snapshot,
    Source,
)
from transformers.headings import heading_of
from transformers.labels import code_of
from transformers.words import balance_date, meaning_of

_CENT = Decimal("0.01")
_PROGRAMME = re.compile(r"(?:deel)?programma\s+(?:[0-9]{1,2}|[A-Z]\b|P\d+)[\s.:–-]*\S.*|programma\s*:\s*\S.*", re.I)
_BALANCES = re.compile(r"\(?per 31[-/ ]1?2|per 31 december|\bstand(?:en)?\b (?:per|van|reserves|voorzien)|boekwaarde|\bbalans\b", re.I)
_TAAKVELD = re.compile(r"taakveld", re.I)
_MOVING = (AmountKind.EXPLOITATIE, AmountKind.MUTATIE)


def digest(*parts: object) -> str:
    """A short hash of the parts, for keys: 96 bits of sha256, as 24 hexadecimal digits."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def table_id_of(source: Source, snapshot: Snapshot, place: str) -> str:
    """The key of a table."""
    return digest(source.source_id, snapshot.snapshot_id, place)


def budget_lines(judged: Judgement, source: Source, snapshot: Snapshot, seen: Counter[str]) -> Iterator[BudgetLine]:
    """The lines of a table, row by row. `seen` counts equal keys over the document."""
    table = judged.table
    if table is None:
        return
    table_id = table_id_of(source, snapshot, table.place)
    balances = _BALANCES.search(table.title) is not None
    moving = any(row.stand for row in table.rows) or any(c.kind is AmountKind.STAND for c in table.columns)
    for at, row in enumerate(table.rows):
        for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if cell is None:
                continue
            kind = _kind(row, column, balances=balances, moving=moving)
            facts = _facts(judged, (at, number), row, column, cell, kind, table)
            labels = (table.title, " > ".join(row.path), row.label, column.label)
            base = digest(*_document(source), *labels)
            seen[base] += 1
            yield BudgetLine(
                digest(source.source_id, snapshot.snapshot_id, table.place, cell.locator),
                digest(base, seen[base]),
                source.source_id,
                snapshot.snapshot_id,
                table_id,
                *_document(source, names=True),
                labels[0],
                labels[1],
                row.number,
                number + 1,
                row.label,
                column.label,
                row.line_type.value if row.line_type else None,
                row.is_total or at in judged.totals,
                _programme(table, row),
                _taakveld(table, row, source),
                *facts,
                source.url,
                table.page,
                cell.locator,
            )


def _document(source: Source, *, names: bool = False) -> tuple[object, ...]:
    status = source.document_status.value if source.document_status else None
    head: tuple[object, ...] = (source.publisher.code,)
    if names:
        head += (source.publisher.label,)
    return (*head, source.document_type.value, source.document_year, status)


def _facts(
    judged: Judgement,
    place: tuple[int, int],
    row: Row,
    column: Column,
    cell: AmountCell,
    kind: AmountKind,
    table: BudgetTable,
) -> tuple[object, ...]:
    """From `fiscal_year` to `proof`, in the order of the contract."""
    unit = table.unit or 1
    value = cell.amount.value
    amount = (value * unit).quantize(_CENT) if value is not None else None
    turn = judged.orientation.get(place, 0) if kind in _MOVING or cell.amount.mark else 0
    measure = _measure(row, column)
    duration = column.duration or row.duration
    return (
        column.year,
        column.stage.value,
        measure.value if measure else None,
        kind.value,
        _balance_date(row, column, kind, table),
        duration.value if isinstance(duration, Duration) else None,
        cell.amount.printed,
        unit,
        amount,
        amount * turn if amount is not None and turn else None,
        judged.proofs.get(place, Proof.NOT_COVERED).value,
    )


def _kind(row: Row, column: Column, *, balances: bool, moving: bool) -> AmountKind:
    """What an amount may be added to: the column says it, else the row, else the table."""
    if column.kind in (AmountKind.VERSCHIL, AmountKind.KREDIET, AmountKind.PROGNOSE):
        return column.kind
    if row.stand or (balances and not row.movement and column.kind is AmountKind.EXPLOITATIE):
        return AmountKind.STAND
    if column.kind is AmountKind.EXPLOITATIE and moving and row.movement:
        return AmountKind.MUTATIE
    return column.kind


def _measure(row: Row, column: Column) -> Measure | None:
    """The column says it, else the section, else the row."""
    if column.measure is not None:
        return column.measure
    for heading in reversed(row.path):
        named = heading_of(heading)
        if named.measure in ("lasten", "baten") and not row.measure:
            return Measure(named.measure)
    return row.measure


def _balance_date(row: Row, column: Column, kind: AmountKind, table: BudgetTable) -> date | None:
    if kind is not AmountKind.STAND:
        return None
    if column.balance_date is not None:
        return column.balance_date
    return balance_date(meaning_of(row.label).balance_day or meaning_of(table.title).balance_day, column.year)


def _programme(table: BudgetTable, row: Row) -> str | None:
    """The programme that the label, a heading above it or the title names, the nearest first."""
    for text in (row.label, *reversed(row.path), table.title):
        found = _PROGRAMME.search(text)
        if found and not row.is_total:
            return found.group().strip()
    return None


def _taakveld(table: BudgetTable, row: Row, source: Source) -> str | None:
    """The taakveld whose code and name the label or a heading above it gives, in the list of the document's year."""
    if source.publisher.kind == "waterschap":
        return None
    known = taakvelden(source.publisher.kind, source.document_year)
    said = _TAAKVELD.search(table.title) or any(_TAAKVELD.search(text) for text in row.path)
    for text in (row.label, *reversed(row.path)):
        code = code_of(text)
        entry = known.get(code)
        if entry is None:
            continue
        name = folded(text[len(code) :])
        names = [folded(n) for n in (entry.name, *entry.other_names.split("|")) if n]
        if "." in code and (said or any(name == n or (len(name) > 5 and n.startswith(name)) for n in names)):
            return code
    return None
