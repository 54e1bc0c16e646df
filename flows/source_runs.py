"""What a run makes of one source: the editions that it publishes, and whether they are what was found now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from checks.bounds import Extent, past_bounds
from flows.readings import document_of, load
from schemas.captures import Edition
from schemas.contract import DocumentState, Freshness, TableState
from schemas.records import Severity, Source
from sources.acquire import Acquired, Note
from storage.places import Place


class SourceState(StrEnum):
    """How a source stands after a run."""

    FRESH = "fresh"  # as it was
    CHANGED = "changed"  # new or changed documents, published
    VANISHED = "vanished"  # a document is no longer there; its last version is published
    STALE = "stale"  # past a bound, or a newer version could not be fetched: the last good lines are published
    FAILING = "failing"  # a document can't be read, or was never fetched


AMBER = frozenset((SourceState.STALE, SourceState.FAILING))


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One source in one run. `since` is when its state began, `facts` what its identity was by the sources file."""

    source_id: str
    state: SourceState
    since: datetime
    reason: str
    message: str
    facts: str
    editions: tuple[Edition, ...]
    notes: tuple[Note, ...] = ()

    def row(self) -> tuple[str, ...]:
        """As the archive keeps it."""
        held = {"editions": [asdict(one) for one in self.editions], "notes": [asdict(one) for one in self.notes]}
        since = self.since.isoformat()
        return (self.source_id, self.state.value, since, self.reason, self.message, self.facts, _json(held))


def source_run_of(row: Mapping[str, str]) -> SourceRun:
    """A source in a run, from its row in the archive."""
    held = json.loads(row["editions"])
    return SourceRun(
        row["source_id"],
        SourceState(row["state"]),
        datetime.fromisoformat(row["since"]),
        row["reason"],
        row["message"],
        row["facts"],
        tuple(Edition(**_with_times(one)) for one in held["editions"]),
        tuple(Note(one["rule"], Severity(one["severity"]), one["message"], one["address"]) for one in held["notes"]),
    )


def settled(
    acquired: Acquired, before: SourceRun | None, archive: Place, now: datetime, *, accepted: bool = False
) -> SourceRun:
    """What is published of a source: what was found now, or, past a bound, what was published before.

    `accepted` says that a person looked at the change and wants it, whatever the bounds.
    """
    source, facts = acquired.source, _facts(acquired.source)
    comparable = before is not None and before.facts == facts and not accepted
    if before is not None and comparable and _differs(before.editions, acquired.editions):
        passed = past_bounds(_extent(archive, before.editions), _extent(archive, acquired.editions), source.bounds)
        if passed:
            return _held(acquired, before, passed, now, facts)
    state, reason, message = _state(archive, acquired.editions, before)
    since = before.since if before is not None and before.state is state and before.reason == reason else now
    return SourceRun(source.source_id, state, since, reason, message, facts, acquired.editions, acquired.notes)


def _held(acquired: Acquired, before: SourceRun, passed: Sequence[str], now: datetime, facts: str) -> SourceRun:
    message = "; ".join(passed) + ": its last good lines are kept"
    held = before.reason == "past_bound"
    since = before.since if held else now
    editions = tuple(
        replace(one, freshness=Freshness.STALE.value, stale_since=one.stale_since or since, reason="past_bound")
        for one in before.editions
    )
    note = Note("source_past_bound", Severity.WARNING, message)
    state = SourceState.STALE
    gone = [_missing_since(one) for one in acquired.editions if one.freshness != Freshness.CURRENT]
    notes = (*acquired.notes, note, *gone)
    return SourceRun(acquired.source.source_id, state, since, "past_bound", message, facts, editions, notes)


def _missing_since(edition: Edition) -> Note:
    """That the version which was not taken can't be had any more either."""
    message = f"the newest version, which is not published, is {edition.freshness} itself: {edition.message}"
    return Note(f"document_{edition.freshness}", Severity.WARNING, message, edition.address)


def _state(archive: Place, editions: Sequence[Edition], before: SourceRun | None) -> tuple[SourceState, str, str]:
    for one in editions:
        if one.reading_id is None:
            return SourceState.FAILING, one.reason, one.message
        document = document_of(archive, one.reading_id)
        if document["status"] == DocumentState.FAILED:
            return SourceState.FAILING, document["reason"], document["message"]
    for freshness, state in ((Freshness.STALE, SourceState.STALE), (Freshness.VANISHED, SourceState.VANISHED)):
        found = next((one for one in editions if one.freshness == freshness), None)
        if found is not None:
            return state, found.reason, found.message
    if before is None or _differs(before.editions, editions):
        return SourceState.CHANGED, "", ""
    return SourceState.FRESH, "", ""


def _differs(before: Iterable[Edition], now: Iterable[Edition]) -> bool:
    return {(e.address, e.reading_id) for e in before} != {(e.address, e.reading_id) for e in now}


def _extent(archive: Place, editions: Iterable[Edition]) -> Extent:
    lines = aside = 0
    sizes: Counter[str] = Counter()
    for one in editions:
        if one.reading_id is None:
            continue
        frames = load(archive, one.reading_id)
        aside += frames["tables"].column("status").to_pylist().count(TableState.SET_ASIDE)
        found = frames["budget_lines"]
        lines += found.num_rows
        for key, amount in zip(*(found.column(name).to_pylist() for name in ("line_key", "amount_eur")), strict=True):
            if amount is not None:
                sizes[key] += abs(amount)
    return Extent(lines, aside, {key: Decimal(size) for key, size in sizes.items()})


def _facts(source: Source) -> str:
    """What makes two runs of a source comparable: the same document, and the same leave to publish persons."""
    return _json([source.publisher.code, source.document_type.value, source.document_year, source.personal_data])


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, default=lambda one: one.isoformat())


def _with_times(values: Mapping[str, Any]) -> dict[str, Any]:
    times = {name: values[name] and datetime.fromisoformat(values[name]) for name in ("retrieved_at", "stale_since")}
    return {**values, **times}
