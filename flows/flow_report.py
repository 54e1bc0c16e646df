"""What a flow run shows in Prefect: a report of the run, and the newest status of all sources on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flows.markdown import link, plain, said, table
from flows.pipeline import Exit, RunReport
from flows.source_runs import AMBER, SourceRun, SourceState

_MOST_ROWS = 100  # of a list; the release has all
_MOST_LINKS = 5  # to the documents of one source
_ENDS = {Exit.PUBLISHED: "published", Exit.PARTLY: "published, amber", Exit.NOTHING_PUBLISHED: "nothing published"}


def summary(report: RunReport) -> str:
    """The run in a sentence, with what a person should look at first."""
    if report.exit is Exit.PUBLISHED:
        return f"published {_name(report)}: {report.lines} lines, {report.proved} proved"
    amber = [f"{run.source_id} {run.state} ({run.reason})" for run in report.sources if run.state in AMBER]
    shown = ", ".join(amber[:10]) + (f" and {len(amber) - 10} more" if len(amber) > 10 else "")
    if report.release is None:
        return plain("nothing was published; the release of before stays" + (f": {shown}" if shown else ""), 500)
    return plain(f"published {_name(report)}, but look at: {shown}", 500)


def _name(report: RunReport) -> str:
    return report.release.resolve().name if report.release is not None else "nothing"


def markdown_of(report: RunReport, when: datetime, known: Iterable[str] = ()) -> str:
    """The report of a run: counts, what changed, what to look at, what was set aside; `known` are sources of before."""
    states = Counter(run.state for run in report.sources)
    counts = [
        ("documents", ", ".join(f"{count} {said(state)}" for state, count in sorted(report.documents.items()))),
        ("tables", f"{report.tables} found, {report.published} published, {report.set_aside} set aside"),
        ("lines", f"{report.lines}"),
        ("proved by arithmetic", f"{report.proved}"),
        ("contradicted as printed", f"{report.contradicted}"),
        ("sources", ", ".join(f"{states[state]} {said(state)}" for state in SourceState if states[state])),
    ]
    parts = [
        f"# {_ENDS[report.exit].capitalize()}",
        f"Run of {said(when.isoformat(' ', 'minutes'))}. Release: {said(_name(report))}.",
        table(("what", "count"), counts),
        *_changed(report.sources, frozenset(known)),
        *_amber(report.sources),
        *_set_aside(report),
    ]
    return "\n\n".join(parts) + "\n"


def _changed(runs: Sequence[SourceRun], known: frozenset[str]) -> Iterator[str]:
    changed = [run for run in runs if run.state is SourceState.CHANGED]
    if not changed:
        return
    yield "## What changed"
    rows = [(run.source_id, "changed" if run.source_id in known else "new", _links(run)) for run in changed]
    yield _cut(table(("source", "how", "documents"), rows[:_MOST_ROWS]), len(rows))


def _amber(runs: Sequence[SourceRun]) -> Iterator[str]:
    amber = [run for run in runs if run.state in AMBER or run.state is SourceState.VANISHED]
    if not amber:
        return
    yield "## What to look at"
    rows = [
        (run.source_id, f"**{said(run.state)}**", said(f"{run.since:%Y-%m-%d}"), said(_why(run)), _links(run))
        for run in amber
    ]
    yield _cut(table(("source", "state", "since", "why", "documents"), rows[:_MOST_ROWS]), len(rows))


def _set_aside(report: RunReport) -> Iterator[str]:
    if report.troubled:
        yield "## Documents that failed or were set aside"
        rows = [(said(source), said(status), said(message)) for source, status, message in report.troubled]
        yield _cut(table(("source", "status", "why"), rows[:_MOST_ROWS]), len(rows))
    if report.findings:
        yield "## Findings"
        found = sorted(report.findings.items())
        yield table(("rule", "count"), [(said(rule), f"{count}") for rule, count in found])


def _cut(text: str, rows: int) -> str:
    return text if rows <= _MOST_ROWS else f"{text}\n\nand {rows - _MOST_ROWS} more"


def _why(run: SourceRun) -> str:
    return "; ".join(dict.fromkeys([*filter(None, [run.message or run.reason]), *(note.message for note in run.notes)]))


def _links(run: SourceRun) -> str:
    shown = [link(one.file_name, one.url) for one in run.editions[:_MOST_LINKS]]
    more = len(run.editions) - _MOST_LINKS
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def status_rows(report: RunReport) -> list[dict[str, str]]:
    """All sources as rows of a table, those to look at first. Prefect shows each cell as Markdown."""
    order = {SourceState.FAILING: 0, SourceState.STALE: 1, SourceState.VANISHED: 2, SourceState.CHANGED: 3}
    runs = sorted(report.sources, key=lambda run: (order.get(run.state, 4), run.source_id))
    return [
        {
            "source": run.source_id,
            "state": run.state.value,
            "since": f"{run.since:%Y-%m-%d %H:%M}",
            "documents": f"{len(run.editions)}",
            "why": said(_why(run)),
            "newest version": max(
                (f"{one.retrieved_at:%Y-%m-%d %H:%M}" for one in run.editions if one.retrieved_at is not None),
                default="",
            ),
            "where": next((link(one.url, one.url) for one in run.editions if one.url), ""),
        }
        for run in runs
    ]
