"""How the sources stand after the newest run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flows.source_runs import SourceRun


def status_of(runs: Sequence[SourceRun], when: datetime, release: str | None, status: int) -> dict[str, Any]:
    """The status of a run as JSON has it: each source with its state, since when, why, and its documents."""
    return {
        "run_at": when.isoformat(timespec="seconds"),
        "release": release,
        "exit": status,
        "sources": [_source(run) for run in sorted(runs, key=lambda one: one.source_id)],
    }


def _source(run: SourceRun) -> dict[str, Any]:
    fetched = [edition.retrieved_at for edition in run.editions if edition.retrieved_at is not None]
    return {
        "source_id": run.source_id,
        "state": run.state.value,
        "since": run.since.isoformat(timespec="seconds"),
        "reason": run.reason or None,
        "message": run.message or None,
        "documents": len(run.editions),
        "freshness": dict(sorted(Counter(edition.freshness for edition in run.editions).items())),
        "newest_version_at": max(fetched).isoformat(timespec="seconds") if fetched else None,
        "notes": [{"rule": note.rule, "message": note.message} for note in run.notes],
    }
