"""The rows of `changes`: how the lines of a release differ from those of the one before, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.arrays import array_of
from publishers.history.documents import DocumentPairs, paired
from publishers.history.matching import Matches, matched
from publishers.history.persons import IsPersonal, nobody, without_persons
from publishers.history.rows import Places, flags, indices, taken
from publishers.history.sides import Side
from publishers.history.values import Flags, any_of, differing, held, named
from schemas.contract import CHANGES, ChangeKind, ChangeReason
from schemas.renderings import arrow_schema

_ORDER = ("publisher_id", "document_year", "document_type")
_BOTH = ("line_id", "snapshot_id", "amount_eur", "source_url", "page", "locator")
_AMOUNT = pa.decimal128(18, 2)
_LARGEST = 10**16  # euros: what a decimal(18,2) can hold


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases beside each other. `old` and `new` are the rows of the sides that `changes` tells of, in its order;
    -1 where a side has none.
    """

    before: Side
    now: Side
    pairs: DocumentPairs
    matches: Matches
    changes: pa.Table
    old: Places
    new: Places


def compared(before: Side, now: Side, is_personal: IsPersonal = nobody) -> Comparison:
    """How a release differs from the one before; `is_personal` says which texts may be about a person."""
    pairs = paired(before.documents, now.documents)
    matches = matched(before, now, pairs)
    unequal = differing(before, now, matches.old, matches.new)
    other = any_of(unequal, len(matches.new))
    unequal = {name: one[other] for name, one in unequal.items()}
    kinds = _kinds(unequal, matches, pairs, other)
    old, new, row = _places(matches, other)
    order = _order(before, now, old, new)
    old, new, row = old[order], new[order], row[order]
    frame = _frame(before, now, pairs, matches, (old, new), _told(before, now, matches, unequal, other, kinds, row))
    return Comparison(before, now, pairs, matches, without_persons(frame, is_personal), old, new)


def _kinds(unequal: dict[str, Flags], matches: Matches, pairs: DocumentPairs, other: Flags) -> Flags:
    """Which of the lines that differ are restated, not merely changed: another amount in other bytes."""
    restating: Flags = np.array(pairs.restating, dtype=bool)
    return unequal["amount_eur"] & restating[matches.new_document[matches.new[other]]]


def _places(matches: Matches, other: Flags) -> tuple[Places, Places, Places]:
    """The rows on both sides of each line that differs, and which of those that differ it is (-1: one side has none).

    Lines of the new side stand in its order, then those that are no longer.
    """
    old_differing, new_differing = matches.old[other], matches.new[other]
    new = np.concatenate([new_differing, matches.added])
    old = np.concatenate([old_differing, np.full(len(matches.added), -1, dtype=np.int64)])
    row = np.concatenate([np.arange(len(new_differing)), np.full(len(matches.added), -1, dtype=np.int64)])
    order, gone = np.argsort(new, kind="stable"), np.full(len(matches.removed), -1, dtype=np.int64)
    return (
        np.concatenate([old[order], matches.removed]),
        np.concatenate([new[order], gone]),
        np.concatenate([row[order], gone]),
    )


def _order(before: Side, now: Side, old: Places, new: Places) -> Places:
    """By publisher, year and type of the document; inside it as they stood."""
    keys = {name: _now_or_before(before, now, old, new, name) for name in _ORDER}
    return pc.sort_indices(pa.table(keys), [(name, "ascending") for name in _ORDER]).to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _now_or_before(before: Side, now: Side, old: Places, new: Places, name: str) -> pa.ChunkedArray:
    one, other = taken(now.column(name), new), taken(before.column(name), old)
    return one if (new >= 0).all() else pc.if_else(flags(new >= 0), one, other)


def _told(
    before: Side, now: Side, matches: Matches, unequal: dict[str, Flags], other: Flags, restated: Flags, row: Places
) -> dict[str, pa.Array]:
    """The kind of each change, and what the columns that differ held and hold."""
    at = indices(row)
    kinds = pc.if_else(flags(restated), ChangeKind.RESTATED.value, ChangeKind.CHANGED.value)
    return {
        "change": kinds.take(at),
        "changed_columns": named(unequal).take(at),
        "old_values": held(before, matches.old[other], unequal).take(at),
        "new_values": held(now, matches.new[other], unequal).take(at),
    }


def _frame(
    before: Side,
    now: Side,
    pairs: DocumentPairs,
    matches: Matches,
    places: tuple[Places, Places],
    told: dict[str, pa.Array],
) -> pa.Table:
    old, new = places
    columns: dict[str, pa.Array | pa.ChunkedArray] = dict(told)
    alone = pc.if_else(flags(old >= 0), ChangeKind.REMOVED.value, ChangeKind.ADDED.value)
    columns["change"] = pc.fill_null(told["change"], alone)
    for name in _BOTH:
        columns[f"old_{name}"], columns[f"new_{name}"] = taken(before.column(name), old), taken(now.column(name), new)
    documents = _of_rows(matches.old_document, old), _of_rows(matches.new_document, new)
    columns["old_document_id"] = before.documents.column("document_id").take(indices(documents[0]))
    columns["new_document_id"] = now.documents.column("document_id").take(indices(documents[1]))
    old_reasons, new_reasons = _words(pairs.old_reasons), _words(pairs.new_reasons)
    columns["reason"] = pc.coalesce(new_reasons.take(indices(documents[1])), old_reasons.take(indices(documents[0])))
    columns["change_id"] = _ids(columns["old_line_id"], columns["new_line_id"])
    columns["difference_eur"] = _difference(columns["old_amount_eur"], columns["new_amount_eur"])
    schema = arrow_schema(CHANGES)
    for name in schema.names:
        if name not in columns:
            columns[name] = _now_or_before(before, now, old, new, name)
    arrays = [_plain(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _of_rows(documents: Places, rows: Places) -> Places:
    return np.where(rows >= 0, documents[rows], -1) if len(documents) else rows


def _words(reasons: Sequence[ChangeReason]) -> pa.Array:
    return array_of([reason.value for reason in reasons], pa.string())


def _ids(old: pa.ChunkedArray, new: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(pc.fill_null(old, ""), pc.fill_null(new, ""), "-")


def _difference(old: pa.ChunkedArray, new: pa.ChunkedArray) -> pa.ChunkedArray:
    """Null also where the difference is too large for the column."""
    wide = pc.subtract(new.cast(pa.decimal128(24, 2)), old.cast(pa.decimal128(24, 2)))
    fits = pc.less(pc.abs(wide), pa.scalar(_LARGEST, pa.decimal128(24, 2)))
    return pc.if_else(fits, wide, pa.scalar(None, wide.type)).cast(_AMOUNT)


def _plain(column: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole if whole.type == kind else whole.cast(kind)
