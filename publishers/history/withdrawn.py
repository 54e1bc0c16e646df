"""The rows of `withdrawn`: lines that a release published once and none does any more."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.arrays import array_of
from publishers.history.changes import Comparison
from publishers.history.rows import Places, differ, indices, taken
from schemas.contract import WITHDRAWN, ChangeReason
from schemas.renderings import arrow_schema

_MOMENT = pa.timestamp("ms", tz="UTC")


def withdrawn(comparison: Comparison, carried: pa.Table, last_release: str) -> pa.Table:
    """The tombstones of a release: those of the one before whose lines did not come back, and those of lines that it
    had last.
    """
    kept = carried.filter(pc.invert(_back(comparison, carried)))
    fresh = _fresh(comparison, last_release)
    known = fresh.column("withdrawn_id").combine_chunks()
    kept = kept.filter(pc.invert(pc.is_in(kept.column("withdrawn_id"), value_set=known)))
    return pa.concat_tables([_moved(comparison, kept), fresh]).sort_by("withdrawn_id").combine_chunks()


def _back(comparison: Comparison, carried: pa.Table) -> pa.ChunkedArray:
    """Which tombstones are of lines that stand in their document again."""
    now = comparison.now
    now_ids = now.documents.column("document_id")
    keys = pc.is_in(carried.column("line_key"), value_set=now.column("line_key").combine_chunks())
    if not pc.any(keys).as_py():
        return keys
    places = np.flatnonzero(pc.is_in(now.column("line_key"), value_set=carried.column("line_key").combine_chunks()))
    documents = now_ids.take(indices(comparison.matches.new_document[places]))
    standing = pc.binary_join_element_wise(documents, taken(now.column("line_key"), places.astype(np.int64)), "-")
    wanted = pc.binary_join_element_wise(
        _moved(comparison, carried).column("document_id"), carried.column("line_key"), "-"
    )
    return pc.is_in(wanted, value_set=standing.combine_chunks())


def _moved(comparison: Comparison, tombstones: pa.Table) -> pa.Table:
    """Tombstones with the identifiers that their documents have now."""
    old, new = (side.documents.column("document_id").to_pylist() for side in (comparison.before, comparison.now))
    renamed = {one: new[j] for one, j in zip(old, comparison.pairs.new_of_old, strict=True) if j >= 0 and one != new[j]}
    if not renamed or not tombstones.num_rows:
        return tombstones
    at = tombstones.schema.get_field_index("document_id")
    ids = [renamed.get(one, one) for one in tombstones.column(at).to_pylist()]
    return tombstones.set_column(at, tombstones.schema.field(at), array_of(ids, pa.string()))


def _fresh(comparison: Comparison, last_release: str) -> pa.Table:
    """Tombstones of lines that are gone, and of the keys of lines that go on under another key."""
    before, now, matches, pairs = comparison.before, comparison.now, comparison.matches, comparison.pairs
    other = np.flatnonzero(
        differ(taken(before.column("line_key"), matches.old), taken(now.column("line_key"), matches.new))
        & np.array(pairs.rekeyed, dtype=bool)[matches.new_document[matches.new]]
    )
    rows = np.concatenate([matches.removed, matches.old[other]])
    going_on = np.concatenate([np.full(len(matches.removed), -1, dtype=np.int64), matches.new[other]])
    documents = matches.old_document[rows] if len(rows) else rows
    at = indices(documents)
    columns = {
        "replaced_by": taken(now.column("line_key"), going_on),
        "last_release": array_of([last_release], pa.string()).take(indices(np.zeros(len(rows), dtype=np.int64))),
        "withdrawn_at": _moments(list(pairs.replaced_at)).take(at),
        "reason": _reasons(pairs.old_reasons).take(at),
        "document_id": before.documents.column("document_id").take(at),
    }
    return _frame(comparison, rows, columns)


def _frame(comparison: Comparison, rows: Places, columns: dict[str, pa.Array | pa.ChunkedArray]) -> pa.Table:
    schema = arrow_schema(WITHDRAWN)
    for name in schema.names:
        if name not in columns and name != "withdrawn_id":
            columns[name] = taken(comparison.before.column(name), rows)
    columns["withdrawn_id"] = pc.binary_join_element_wise(columns["line_id"], columns["line_key"], "-")
    return pa.Table.from_arrays([columns[field.name].cast(field.type) for field in schema], schema=schema)


def _reasons(reasons: tuple[ChangeReason, ...]) -> pa.Array:
    return array_of([reason.value for reason in reasons], pa.string())


def _moments(moments: list[datetime | None]) -> pa.Array:
    return array_of(moments, _MOMENT)
