"""Which line of one release is which of the other: by line_key inside the same document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.history.documents import DocumentPairs
from publishers.history.rows import Places, flags
from publishers.history.sides import Side
from schemas.errors import ReleaseError

_LABELS = ("table_title", "section_path", "line_label", "column_label")


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows of the two sides. `old` and `new` are the two rows of each line that both have, in the order of the new
    side; `removed` are rows of the old side alone, `added` of the new. `old_document` and `new_document` give the
    document of each row.
    """

    old: Places
    new: Places
    removed: Places
    added: Places
    old_document: Places
    new_document: Places


def matched(old: Side, new: Side, pairs: DocumentPairs) -> Matches:
    """The lines of two releases beside each other; memory and time grow with the lines, not with their square."""
    of_old, of_new = _documents(old), _documents(new)
    old_codes, new_codes = _codes(old, new, of_old, of_new, pairs)
    _, old_at, new_at = np.intersect1d(old_codes, new_codes, assume_unique=True, return_indices=True)
    in_order = np.argsort(new_at)
    old_at, new_at = old_at[in_order].astype(np.int64), new_at[in_order].astype(np.int64)
    return Matches(old_at, new_at, _others(len(of_old), old_at), _others(len(of_new), new_at), of_old, of_new)


def _others(count: int, rows: Places) -> Places:
    alone = np.ones(count, dtype=bool)
    alone[rows] = False
    return np.flatnonzero(alone).astype(np.int64)


def _documents(side: Side) -> Places:
    """The document of each line, as its row in `documents`."""
    ids = side.documents.column("document_id").combine_chunks()
    of_table = pc.index_in(side.tables.column("document_id"), value_set=ids)
    table = pc.index_in(side.column("table_id"), value_set=side.tables.column("table_id").combine_chunks())
    found = of_table.combine_chunks().take(table)
    if found.null_count:
        raise ReleaseError(f"{found.null_count} lines stand in no document of their release")
    return _numbers(found)


def _codes(old: Side, new: Side, of_old: Places, of_new: Places, pairs: DocumentPairs) -> tuple[Places, Places]:
    """A number for each line, equal on both sides for the same key in the same document, and used once on each."""
    count = len(pairs.new_of_old) + len(pairs.rekeyed) + 1
    partner = np.array(pairs.new_of_old, dtype=np.int64)
    alone = partner < 0
    partner[alone] = len(pairs.rekeyed) + np.flatnonzero(alone)
    rekeyed = np.array(pairs.rekeyed, dtype=bool)
    document = np.concatenate([partner[of_old] if len(of_old) else of_old, of_new])
    by_labels = np.concatenate([rekeyed, np.zeros(len(pairs.new_of_old) + 1, dtype=bool)])[document]
    keys = _joined(old.column("line_key"), new.column("line_key"))
    if by_labels.any():
        labels = [_joined(old.column(name), new.column(name)) for name in _LABELS]
        keys = pc.if_else(flags(by_labels), pc.binary_join_element_wise(*labels, "\x1f"), keys)
    codes = _encoded(keys) * count + document
    return _distinct(codes[: len(of_old)], codes[len(of_old) :])


def _distinct(old: Places, new: Places) -> tuple[Places, Places]:
    """Codes that stand more than once on a side are told apart by their order there."""
    ranks = [_ranks(codes) for codes in (old, new)]
    most = 1 + max((int(rank.max()) for rank in ranks if len(rank)), default=0)
    return (old, new) if most == 1 else (old * most + ranks[0], new * most + ranks[1])


def _ranks(codes: Places) -> Places:
    """How many equal codes stand before each."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(codes)]
    places = np.arange(len(codes), dtype=np.int64)
    ranks = np.empty(len(codes), dtype=np.int64)
    ranks[order] = places - np.maximum.accumulate(np.where(first, places, 0))
    return ranks


def _joined(old: pa.ChunkedArray, new: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([*old.chunks, *new.chunks], old.type)


def _encoded(keys: pa.ChunkedArray) -> Places:
    """A number for each distinct text."""
    chunks = keys.dictionary_encode().unify_dictionaries().chunks
    return np.concatenate([_numbers(chunk.indices) for chunk in chunks]) if chunks else np.zeros(0, dtype=np.int64)


def _numbers(array: Any) -> Places:  # noqa: ANN401 - an Arrow array of whole numbers, whole or in chunks
    return array.to_numpy().astype(np.int64)  # type: ignore[no-any-return]
