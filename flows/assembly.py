"""From the editions of all sources to the frames of a release. The same editions give the same frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.document import failed
from flows.finding_rows import document_id_of
from flows.readings import Frames, load
from flows.source_runs import SourceRun
from schemas.captures import Edition
from schemas.contract import ALL_TABLES, BUDGET_LINES, DOCUMENTS, DocumentState, Freshness
from schemas.records import Severity, Source
from schemas.rows import DocumentRow, FindingRow
from storage.places import Place
from transformers.lines import digest

if TYPE_CHECKING:
    import pyarrow as pa

_MANY = 64  # small frames, each of whose columns takes memory of its own, before they are made one
_COUNTS = [field.name for field in DOCUMENTS.fields if field.name.endswith("_count")]


def assembled(runs: Sequence[SourceRun], sources: Mapping[str, Source], archive: Place) -> Frames:
    """The frames of a release, in the order of sources and addresses.

    Raises:
        ArchiveError: where a reading is gone.
        ReleaseError: where a key stands twice.
    """

    from publishers.frames import compact, frame_of
    from schemas.renderings import arrow_schema

    parts: dict[str, list[pa.Table]] = {table.name: [] for table in ALL_TABLES}
    documents: list[dict[str, Any]] = []
    findings: list[FindingRow] = []
    for run in sorted(runs, key=lambda one: one.source_id):
        source = sources[run.source_id]
        first: dict[str, str] = {}
        for edition in run.editions:
            twin = first.setdefault(edition.snapshot_id or edition.address, edition.address)
            row, frames = _edition(source, edition, archive, twin)
            documents.append(row)
            findings += _edition_findings(source, edition, row)
            for name, frame in frames.items():
                parts[name].append(compact(frame) if name == BUDGET_LINES.name else frame)
                if len(parts[name]) >= _MANY:
                    parts[name] = [_joined(parts[name])]
        findings += [_finding(source, None, note.rule, note.severity, note.message) for note in run.notes]
    by_name = {table.name: table for table in ALL_TABLES}
    parts["documents"] = [frame_of(DOCUMENTS, [DocumentRow(**row) for row in documents])]
    parts["findings"].append(frame_of(by_name["findings"], findings))
    return {name: _joined(parts[name] or [arrow_schema(by_name[name]).empty_table()]) for name in parts}


def _joined(parts: Sequence[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _edition(source: Source, edition: Edition, archive: Place, twin: str) -> tuple[dict[str, Any], Frames]:
    """The row of a document and its frames; a document whose bytes stand at an earlier address too has no lines."""
    if edition.reading_id is None:
        row = asdict(failed(source, None, edition.reason, edition.message).document)
        row["document_id"] = document_id_of(source, edition.address)
        row["source_url"], row["file_name"] = edition.url, None
        return row, {}
    frames = load(archive, edition.reading_id)
    row = frames["documents"].to_pylist()[0]
    row |= {name: getattr(edition, name) for name in ("retrieved_at", "freshness", "stale_since")}
    if twin != edition.address:
        row |= dict.fromkeys(_COUNTS, 0)
        row |= {"status": DocumentState.DUPLICATE.value, "reason": "duplicate", "message": f"the same bytes as {twin}"}
        return row, {}
    return row, {name: frame for name, frame in frames.items() if name != "documents"}


def _edition_findings(source: Source, edition: Edition, row: Mapping[str, Any]) -> list[FindingRow]:
    """What a person should know of the state of a document, apart from what was read in it."""
    found = []
    if edition.reading_id is None:
        found.append((f"document_{edition.reason}", Severity.ERROR, edition.message))
    if edition.replaced is not None:
        since = f" since {edition.retrieved_at:%Y-%m-%d}" if edition.retrieved_at is not None else ""
        message = f"{row['source_url'] or row['file_name']} was replaced: version {edition.version}{since}"
        found.append(("document_replaced", Severity.INFO, f"{message}; the version before is {edition.replaced}"))
    if edition.freshness != Freshness.CURRENT and edition.reason != "past_bound":
        since = f"{edition.stale_since:%Y-%m-%d %H:%M} UTC" if edition.stale_since is not None else "unknown"
        message = f"its last version is published, since {since}: {edition.message}"
        found.append((f"document_{edition.freshness}", Severity.WARNING, message))
    return [_finding(source, edition, *one) for one in found]


def _finding(source: Source, edition: Edition | None, rule: str, severity: Severity, message: str) -> FindingRow:
    address = edition.address if edition is not None else None
    return FindingRow(
        digest("state", source.source_id, address, rule, message),
        source.source_id,
        document_id_of(source, address) if address is not None else None,
        edition.snapshot_id if edition is not None else None,
        None,
        rule,
        severity.value,
        None,
        None,
        message,
        edition.replaced if edition is not None and rule == "document_replaced" else None,
    )
