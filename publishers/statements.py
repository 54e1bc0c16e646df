"""What each source states: one figure for each line, fiscal year and stage, however often the document prints it.

Sources are put in order by when a document of their kind comes. In one calendar year these are the jaarstukken of
the year before, the kadernota of the next, changes and reports of the year itself, and the begroting of the next
(Gemeentewet art. 189 to 200). So the jaarstukken of 2026 are newer than the begroting of 2027, which was decided before
that year began. Of one kind and year an adopted document is newer than a draft, then the later decision, then the later
capture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.line_series import Series, series_of
from publishers.vectors import Index, Mask, cents, codes, firsts, together
from schemas.records import AmountKind, DocumentStatus, DocumentType, Proof, Stage

# The year of the decision against the year the document is about, and its place in that calendar year.
_CYCLE = {
    DocumentType.JAARSTUKKEN: (1, 0),
    DocumentType.KADERNOTA: (-1, 1),
    DocumentType.BEGROTINGSWIJZIGING: (0, 2),
    DocumentType.TUSSENRAPPORTAGE: (0, 3),
    DocumentType.BEGROTING: (-1, 4),
}
_STATUS = {DocumentStatus.ONTWERP.value: 0, None: 1, DocumentStatus.VASTGESTELD.value: 2}
_LIFE = {Stage.MEERJARENRAMING: 0, Stage.BEGROTING: 1, Stage.BEGROTING_NA_WIJZIGING: 2, Stage.REKENING: 3}
_PROOF = {Proof.PROVED: 0, Proof.NOT_COVERED: 1, Proof.CONTRADICTED: 2}


@dataclass(frozen=True, slots=True)
class Statements:
    """Lines that may be compared, and the statements they make. Of a row, unless it is said otherwise."""

    lines: pa.Table
    series: Series
    amount: Index  # in cents
    known: Mask
    net: Index
    net_known: Mask
    year: Index  # a number for each publisher and fiscal year
    stage: Index  # by its place in the life of a budget
    source: Index  # by publisher, year and age: the higher, the newer
    statement: Index  # the number of the statement that it is part of
    best: Index  # of a statement: the row that states it
    conflicts: Mask  # whether it differs from the best of its statement by more than roundings explain


def statements_of(lines: pa.Table, documents: pa.Table, duplicates: pa.Array) -> Statements:
    """The statements of lines of whole publishers, with plain columns; `duplicates` are tables that repeat another."""
    lines = lines.filter(_comparable(lines, duplicates))
    amount, known = cents(lines.column("amount_eur"))
    net, net_known = cents(lines.column("net_effect_eur"))
    year = together(codes(lines.column("publisher_id")), codes(lines.column("fiscal_year")))
    series = series_of(lines, np.where(net_known, net, amount), known)
    stage = _by_place(lines.column("stage"), _LIFE)
    source = _ages(lines, documents)
    statement = together(series.of_row, year, stage, source)
    unit = lines.column("unit").to_numpy().astype(np.int64)
    proof = _by_place(lines.column("proof"), _PROOF)
    order = np.lexsort((proof, ~net_known, unit, ~known, statement))
    best = order[firsts(statement[order])]
    conflicts = _conflicts(amount, known, net, net_known, unit, best[statement])
    return Statements(lines, series, amount, known, net, net_known, year, stage, source, statement, best, conflicts)


def _comparable(lines: pa.Table, duplicates: pa.Array) -> pa.ChunkedArray:
    """Only these may stand beside each other: running costs and income of a known year and stage, not split, once."""
    kept = pc.equal(lines.column("amount_kind"), AmountKind.EXPLOITATIE.value)
    kept = pc.and_(kept, pc.is_null(lines.column("duration")))
    kept = pc.and_(kept, pc.not_equal(lines.column("stage"), Stage.OVERIG.value))
    kept = pc.and_(kept, pc.is_valid(lines.column("fiscal_year")))
    return pc.and_(kept, pc.invert(pc.is_in(lines.column("table_id"), duplicates)))


def _conflicts(amount: Index, known: Mask, net: Index, net_known: Mask, unit: Index, best: Index) -> Mask:
    """Whether rows differ from others by more than half a unit of each; in net effects where both have them."""
    by_net = net_known & net_known[best]
    apart = np.abs(np.where(by_net, net - net[best], amount - amount[best]))
    return known & known[best] & (apart > 50 * (unit + unit[best]))


def _by_place(column: pa.ChunkedArray, places: dict[Any, int]) -> Index:
    known = pa.array([str(value) for value in places], pa.string())
    at = pc.index_in(column, known).to_numpy().astype(np.int64)
    found: Index = np.array(list(places.values()), dtype=np.int64)[at]
    return found


def _ages(lines: pa.Table, documents: pa.Table) -> Index:
    """The place of each row's source among all of its batch: those of one publisher stand together, the newest last."""
    order = sources_by_age(documents)
    found: Index = pc.index_in(lines.column("source_id"), pa.array(order, pa.string())).to_numpy().astype(np.int64)
    return found


def sources_by_age(documents: pa.Table) -> list[str]:
    """The sources of documents, by publisher, the oldest first; see the head of this file."""
    ages: dict[str, tuple[Any, ...]] = {}
    names = ["source_id", "publisher_id", "document_type", "document_year", "document_status", "status_date"]
    for row in documents.select([*names, "retrieved_at"]).to_pylist():
        years, place = _CYCLE[DocumentType(row["document_type"])]
        decided = row["status_date"] or date.min
        captured = row["retrieved_at"] or datetime.min.replace(tzinfo=UTC)
        moment = (row["document_year"] + years, place)
        age = (row["publisher_id"], *moment, _STATUS[row["document_status"]], decided, captured, row["source_id"])
        ages[row["source_id"]] = max(age, ages.get(row["source_id"], age))
    return sorted(ages, key=ages.__getitem__)
