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
_BALANCES = re.compile(
    r"\(?per 31[-/ ]1?2|per 31 december|boekwaarde|\bbalans\b"
    r"|\bstand(?:en)?\b (?:per|van(?! (?:de )?\w*(?:begroting|raming))|reserves|voorzien)",
    re.I,
)
_SPENDING = re.compile(
    r"(?:werkelijke |geraamde )?(?:uitgaven|inkomsten)\b", re.I
)  # its kapitaallasten are exploitatie
_TAAKVELD = re.compile(r"taakveld", re.I)
_MOVING = (AmountKind.EXPLOITATIE, AmountKind.MUTATIE)


def digest(*parts: object) -> str:
    """A short hash of the parts, for keys: 96 bits of sha256, as 24 hexadecimal digits."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def table_id_of(source: Source, snapshot: Snapshot, place: str, page: int | None = None) -> str:
    """The key of a table."""
    return digest(source.source_id, snapshot.snapshot_id, *_on_page(place, page))


def _on_page(locator: str, page: int | None) -> tuple[object, ...]:
    """A place as keys take it in: equal boxes on two pages differ."""
    return (locator,) if page is None else (page, locator)


def budget_lines(judged: Judgement, source: Source, snapshot: Snapshot, seen: Counter[str]) -> Iterator[BudgetLine]:
    """The lines of a table, row by row. `seen` counts equal keys over the document."""
    table = judged.table
    if table is None:
        return
    table_id = table_id_of(source, snapshot, table.place, table.page)
    place = _on_page(table.place, table.page)
    balances = _BALANCES.search(table.title) is not None
    on_credit = any(c.kind is AmountKind.KREDIET for c in table.columns)
    moving = any(row.stand for row in table.rows) or any(c.kind is AmountKind.STAND for c in table.columns)
    status = source.document_status.value if source.document_status else None
    about = (source.publisher.code, source.document_type.value, source.document_year, status)
    named = any(_PROGRAMME.search(row.label) for row in table.rows)
    for at, row in enumerate(table.rows):
        path, taakveld = " > ".join(row.path), _taakveld(table, row, source)
        programme = _programme(table, row, named=named)
        for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if cell is None:
                continue
            kind = _kind(row, column, balances=balances, moving=moving, on_credit=on_credit)
            measure, duration = _measure(row, column), column.duration or row.duration
            amount, net_effect = _euros(cell, table, judged.orientation.get((at, number), 0), kind)
            key = digest(*about, table.title, path, row.label, column.label)
            seen[key] += 1
            yield BudgetLine(
                line_id=digest(source.source_id, snapshot.snapshot_id, *place, *_on_page(cell.locator, cell.page)),
                line_key=digest(key, seen[key]),
                source_id=source.source_id,
                snapshot_id=snapshot.snapshot_id,
                table_id=table_id,
                publisher_id=source.publisher.code,
                publisher_name=source.publisher.label,
                document_type=source.document_type.value,
                document_year=source.document_year,
                document_status=status,
                table_title=table.title,
                section_path=path,
                line_number=row.number,
                column_number=number + 1,
                line_label=row.label,
                column_label=column.label,
                line_type=row.line_type.value if row.line_type else None,
                is_total=row.is_total or at in judged.totals,
                programme=programme,
                taakveld_code=taakveld,
                fiscal_year=column.year,
                stage=column.stage.value,
                measure=measure.value if measure else None,
                amount_kind=kind.value,
                balance_date=_balance_date(row, column, kind, table),
                duration=duration.value if duration else None,
                amount_printed=cell.amount.printed,
                unit=table.unit or 1,
                amount_eur=amount,
                net_effect_eur=net_effect,
                proof=judged.proofs.get((at, number), Proof.NOT_COVERED).value,
                source_url=snapshot.url,
                page=cell.page or table.page,
                locator=cell.locator,
            )


def _euros(
    cell: AmountCell, table: BudgetTable, orientation: int, kind: AmountKind
) -> tuple[Decimal | None, Decimal | None]:
    """The amount in euros as printed, and as an effect on the balance where the convention is known."""
    if cell.amount.value is None:
        return None, None
    amount = (cell.amount.value * (table.unit or 1)).quantize(_CENT)
    turn = orientation if kind in _MOVING or cell.amount.mark else 0
    return amount, amount * turn if turn else None


def _kind(row: Row, column: Column, *, balances: bool, moving: bool, on_credit: bool) -> AmountKind:
    """What an amount may be added to: the column says it, else the row, else the table."""
    if column.kind in (AmountKind.VERSCHIL, AmountKind.KREDIET, AmountKind.PROGNOSE):
        return column.kind
    if row.stand or (balances and not row.movement and column.kind is AmountKind.EXPLOITATIE):
        return AmountKind.STAND
    if column.kind is AmountKind.EXPLOITATIE and moving and row.movement:
        return AmountKind.MUTATIE
    spent = column.measure is None or _SPENDING.match(column.label) is not None
    if on_credit and column.kind is AmountKind.EXPLOITATIE and spent:
        return AmountKind.KREDIET  # what is spent on a credit is no exploitatie
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


def _programme(table: BudgetTable, row: Row, *, named: bool) -> str | None:
    """The programme that the label, a heading above it, the title or the line above that names, the nearest first;
    `named` says that some row names one, and then that line is not about all of them.
    """
    for text in (row.label, *reversed(row.path), table.title):
        found = _PROGRAMME.search(text)
        if found and not row.is_total:
            return found.group().strip()
    return None if row.is_total or named else table.programme


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
