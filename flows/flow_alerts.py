"""What a flow run tells the world about its sources: one event for each state that sources came into.

Automations of Prefect turn events into messages; flows/automations.py sets them up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from flows.markdown import plain
from flows.pipeline import RunReport
from flows.source_runs import SourceRun, SourceState

EVENT = "begroting.sources."  # and the state
RESOURCE = "begroting.sources-file."  # and the key of the sources file
_MOST_SOURCES = 50  # named in one event


def events_of(report: RunReport, when: datetime, key: str, known: Collection[str]) -> Iterable[dict[str, Any]]:
    """The events of a run: states that sources came into in it, each once, with the sources and why; `known` are the
    sources of runs before, the others are new.

    A source that stays failing or stale says so once; one that is changed says it each time.
    """
    for state in SourceState:
        came = [run for run in report.sources if run.state is state and (run.since == when or _always(state))]
        if came:
            yield {
                "event": f"{EVENT}{state}",
                "resource": {"prefect.resource.id": RESOURCE + key, "prefect.resource.name": key},
                "payload": {
                    "deployment": key,
                    "state": state.value,
                    "count": len(came),
                    "message": _message(state, came, known),
                    "sources": [_said(run) | {"new": run.source_id not in known} for run in came[:_MOST_SOURCES]],
                    "run_at": when.isoformat(timespec="seconds"),
                    "release": report.release.resolve().name if report.release is not None else None,
                },
            }


def _always(state: SourceState) -> bool:
    return state is SourceState.CHANGED


def _said(run: SourceRun) -> dict[str, str | None]:
    url = next((one.url for one in run.editions if one.url), None)
    return {"source_id": run.source_id, "reason": run.reason or None, "message": _safe(run.message), "url": url}


def _message(state: SourceState, runs: list[SourceRun], known: Collection[str]) -> str:
    whys = [
        [*(["new"] if run.source_id not in known else []), *filter(None, [_safe(run.message)])] for run in runs[:10]
    ]
    shown = [run.source_id + (f" ({': '.join(why)})" if why else "") for run, why in zip(runs, whys, strict=False)]
    more = f" and {len(runs) - 10} more" if len(runs) > 10 else ""
    return f"{len(runs)} source{'s' if len(runs) > 1 else ''} {state}: {'; '.join(shown)}{more}"


def _safe(text: str) -> str:
    """Words of others for a message: no mark-up of a chat or a mail program begins without one of these signs."""
    return plain(text).translate(str.maketrans("<>", "‹›"))
