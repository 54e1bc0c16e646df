"""The tables that are made of those that were read, for whole publishers at a time, so that memory stays bounded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.budget_current import budget_current
from publishers.frames import compact, plain
from publishers.restatements import restatements
from publishers.statements import Statements, statements_of
from publishers.vectors import codes
from schemas.contract import BUDGET_CURRENT, BUDGET_LINES, DERIVED_TABLES, DOCUMENTS, RESTATEMENTS, TABLES
from schemas.renderings import arrow_schema

_LINES = 1 << 18  # at a time, and at least one publisher


def derived(frames: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """`budget_current` and `restatements` of tables that are in order; their texts are kept in dictionaries."""
    parts: dict[str, list[pa.Table]] = {table.name: [] for table in DERIVED_TABLES}
    tables = frames[TABLES.name]
    repeats = plain(tables.filter(pc.is_valid(tables.column("duplicate_of"))).select(["table_id"])).column(0)
    documents = plain(frames[DOCUMENTS.name])
    dates = _dates(documents)
    for lines in _batches(frames[BUDGET_LINES.name]):
        said = statements_of(lines, documents, repeats.combine_chunks())
        facts = {"series_key": _series_keys(said), "status_date": _looked_up(dates, said.lines.column("source_id"))}
        parts[BUDGET_CURRENT.name].append(compact(budget_current(said, facts)))
        parts[RESTATEMENTS.name].append(compact(restatements(said, facts)))
        pa.default_memory_pool().release_unused()  # glibc would keep what each batch took, in pieces
    return {
        table.name: pa.concat_tables(parts[table.name]) if parts[table.name] else arrow_schema(table).empty_table()
        for table in DERIVED_TABLES
    }


def _batches(lines: pa.Table) -> Iterator[pa.Table]:
    """The lines of whole publishers, which stand together."""
    publisher = codes(plain(lines.select(["publisher_id"])).column(0))
    starts = [*np.flatnonzero(np.diff(publisher, prepend=-1)).tolist(), len(publisher)]
    start = 0
    for after in starts[1:]:
        if after - start >= _LINES or after == len(publisher):
            yield plain(lines.slice(start, after - start))
            start = after


def _series_keys(said: Statements) -> pa.Array:
    keys = [hashlib.sha256("\x1d".join(key).encode()).hexdigest()[:24] for key in said.series.keys]
    return pa.array(keys, pa.string()).take(pa.array(said.series.of_row))


def _dates(documents: pa.Table) -> pa.Table:
    """The day of the decision of each source, the last where its documents differ."""
    known = documents.select(["source_id", "status_date"]).to_pylist()
    by_source = {row["source_id"]: row["status_date"] for row in sorted(known, key=lambda row: str(row["status_date"]))}
    return pa.table({"source_id": pa.array(by_source, pa.string()), "day": pa.array(by_source.values(), pa.date32())})


def _looked_up(dates: pa.Table, sources: pa.ChunkedArray) -> pa.Array:
    at = pc.index_in(sources, dates.column("source_id").combine_chunks())
    return dates.column("day").combine_chunks().take(at.combine_chunks())
