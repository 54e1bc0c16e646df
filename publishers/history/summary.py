"""The numbers of a comparison."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from publishers.content import Summary
from publishers.history.changes import Comparison
from schemas.contract import VERSION, ChangeKind, ChangeReason

NAME = "history.json"
LARGEST = 10


def summary_of(comparison: Comparison, compared_with: str) -> Summary:
    """The numbers of a comparison."""
    pairs, matches = comparison.pairs, comparison.matches
    reasons = [
        *pairs.new_reasons,
        *(reason for reason, j in zip(pairs.old_reasons, pairs.new_of_old, strict=True) if j < 0),
    ]
    counts = Counter(reason.value for reason in reasons if reason is not ChangeReason.NEW_CODE)
    differing = int(((comparison.old >= 0) & (comparison.new >= 0)).sum())
    return Summary(compared_with, len(matches.old_document), len(matches.old) - differing, dict(sorted(counts.items())))


def write(summary: Summary, changes: pa.Table, now: int, folder: Path) -> None:
    """Write history.json: what a release is compared with, and the counts. `now` is its number of lines."""
    kinds = {kind.value: count for kind, count in totals(changes).items()}
    told = {
        "contract_version": VERSION,
        "compared_with": summary.compared_with,
        "lines": {"before": summary.lines_before, "now": now, "same": summary.lines_same},
        "changes": kinds,
        "reasons": dict(sorted(_counts(changes, "reason").items())),
        "documents": dict(summary.documents),
    }
    (folder / NAME).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def read(folder: Path) -> Summary:
    """The summary that a release was written with.

    Raises:
        OSError, ValueError, KeyError, TypeError: where there is none.
    """
    told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    lines = told["lines"]
    return Summary(told["compared_with"], int(lines["before"]), int(lines["same"]), dict(told["documents"]))


def totals(changes: pa.Table) -> dict[ChangeKind, int]:
    """How many lines changed in each way."""
    counts = _counts(changes, "change")
    return {kind: counts.get(kind.value, 0) for kind in ChangeKind}


def by_publisher(changes: pa.Table) -> list[tuple[str, dict[ChangeKind, int]]]:
    """The same for each publisher, those with most changes first."""
    both = pc.binary_join_element_wise(changes.column("publisher_name"), changes.column("change"), "\x1f")
    out: dict[str, dict[ChangeKind, int]] = {}
    for value in pc.value_counts(both).to_pylist():
        name, _, kind = value["values"].rpartition("\x1f")
        out.setdefault(name, dict.fromkeys(ChangeKind, 0))[ChangeKind(kind)] = value["counts"]
    return sorted(out.items(), key=lambda item: (-sum(item[1].values()), item[0]))


def largest(changes: pa.Table, count: int = LARGEST) -> pa.Table:
    """The changes of amounts that are largest in euros, the largest first."""
    differing = changes.filter(pc.fill_null(pc.not_equal(pc.abs(changes.column("difference_eur")), 0), False))
    keys = pa.table({"size": pc.abs(differing.column("difference_eur")), "id": differing.column("change_id")})
    return differing.take(pc.sort_indices(keys, [("size", "descending"), ("id", "ascending")])[:count])


def _counts(changes: pa.Table, name: str) -> dict[str, int]:
    return {value["values"]: value["counts"] for value in pc.value_counts(changes.column(name)).to_pylist()}
