"""Which document of one release is which of the other, and why lines of it may differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from schemas.contract import ChangeReason, DocumentState

# What the sources file says of a document; a line_key is made with the first four.
_IN_KEYS = ("publisher_id", "document_type", "document_year", "document_status")
_FACTS = (*_IN_KEYS, "title", "status_date", "stated_unit")
# By which two documents are one, the first that applies: each must name one document only on either side. A page of a
# site that vanished is never taken for another page that appeared: they share their source, but not alone.
_RULES: tuple[tuple[str, ...], ...] = (
    ("document_id",),
    ("snapshot_id",),
    ("source_id",),
    ("publisher_id", "document_type", "document_year"),
)


@dataclass(frozen=True, slots=True)
class DocumentPairs:
    """For each document of either side: its partner (-1: none), why its lines differ, and for those of the old side
    when the newer bytes were fetched. `rekeyed` and `restating` are by documents of the new side: whether line_keys
    were made of other facts, and whether the bytes are others.
    """

    new_of_old: tuple[int, ...]
    old_reasons: tuple[ChangeReason, ...]
    new_reasons: tuple[ChangeReason, ...]
    replaced_at: tuple[datetime | None, ...]
    rekeyed: tuple[bool, ...]
    restating: tuple[bool, ...]


def paired(old: pa.Table, new: pa.Table) -> DocumentPairs:
    """The documents of two releases beside each other."""
    before, now = old.to_pylist(), new.to_pylist()
    partner = _partners(before, now)
    old_reasons = [ChangeReason.DOCUMENT_REMOVED] * len(before)
    new_reasons = [ChangeReason.DOCUMENT_ADDED] * len(now)
    replaced: list[datetime | None] = [None] * len(before)
    rekeyed, restating = [False] * len(now), [False] * len(now)
    facts = [name for name in _FACTS if name in old.column_names]
    for i, j in enumerate(partner):
        if j < 0:
            continue
        one, other = before[i], now[j]
        old_reasons[i] = new_reasons[j] = _reason(one, other, facts)
        restating[j] = one["snapshot_id"] != other["snapshot_id"]
        replaced[i] = other.get("retrieved_at") if restating[j] else None
        rekeyed[j] = any(one[name] != other[name] for name in _IN_KEYS)
    return DocumentPairs(
        tuple(partner), tuple(old_reasons), tuple(new_reasons), tuple(replaced), tuple(rekeyed), tuple(restating)
    )


def _partners(before: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> list[int]:
    partner = [-1] * len(before)
    left, free = set(range(len(before))), set(range(len(now)))
    for rule in _RULES:
        old, new = _single(before, rule), _single(now, rule)
        for value in old.keys() & new.keys():
            i, j = old[value], new[value]
            if i in left and j in free:
                partner[i] = j
                left.remove(i)
                free.remove(j)
    return partner


def _single(documents: Sequence[dict[str, Any]], rule: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """The documents that are the only ones with what a rule looks at."""
    seen: dict[tuple[Any, ...], list[int]] = {}
    for at, document in enumerate(documents):
        value = tuple(document[name] for name in rule)
        if None not in value:
            seen.setdefault(value, []).append(at)
    return {value: places[0] for value, places in seen.items() if len(places) == 1}


def _reason(one: dict[str, Any], other: dict[str, Any], facts: Sequence[str]) -> ChangeReason:
    if DocumentState.FAILED.value in (one["status"], other["status"]):
        return ChangeReason.DOCUMENT_FAILED
    if one["snapshot_id"] != other["snapshot_id"]:
        same = one["document_id"] == other["document_id"]
        return ChangeReason.NEW_VERSION if same else ChangeReason.DOCUMENT_MOVED
    if any(one[name] != other[name] for name in facts):
        return ChangeReason.CORRECTION
    return ChangeReason.NEW_CODE
