"""CHANGES.md: what changed since the release before, in short, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from publishers.content import Summary
from publishers.history.summary import by_publisher, largest, totals
from publishers.history.words import DUTCH, ENGLISH, Words
from publishers.markdown import escaped
from schemas.contract import ChangeKind, ChangeReason

NAME = "CHANGES.md"
_MOST_PUBLISHERS = 40


def write(summary: Summary, changes: pa.Table, folder: Path) -> None:
    """Write CHANGES.md."""
    parts = ["# Wijzigingen / Changes", *_told(DUTCH, summary, changes), *_told(ENGLISH, summary, changes)]
    (folder / NAME).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _told(words: Words, summary: Summary, changes: pa.Table) -> list[str]:
    head = f"## {words.title}"
    if summary.compared_with is None:
        return [head, words.first]
    counts = [
        *(
            f"- {words.lines} {words.kinds[kind]}: {words.points(f'{count:,}')}"
            for kind, count in totals(changes).items()
            if count
        ),
        *(f"- {words.documents[ChangeReason(one)]}: {words.points(f'{n:,}')}" for one, n in summary.documents.items()),
    ]
    parts = [head, words.compared.format(escaped(summary.compared_with))]
    parts += ["\n".join(counts)] if counts else []
    same = words.same.format(words.points(f"{summary.lines_same:,}"))
    if not changes.num_rows:
        return [*parts, f"{words.nothing} {same}"]
    return [*parts, f"{same} {words.where}", _publishers(words, changes), *_amounts(words, changes)]


def _publishers(words: Words, changes: pa.Table) -> str:
    counts = by_publisher(changes)
    rows = [
        [escaped(name), *(words.points(f"{each[kind]:,}") for kind in ChangeKind)]
        for name, each in counts[:_MOST_PUBLISHERS]
    ]
    more = len(counts) - _MOST_PUBLISHERS
    table = _table([words.publisher, *(words.kinds[kind] for kind in ChangeKind)], rows)
    return table + (f"\n\n{words.more.format(more)}" if more > 0 else "")


def _amounts(words: Words, changes: pa.Table) -> list[str]:
    rows = [
        [
            escaped(row["publisher_name"]),
            f"{row['document_type']} {row['document_year']}",
            escaped(" | ".join(filter(None, (row["table_title"], row["line_label"], row["column_label"]))), 120),
            *(_euros(words, row[name]) for name in ("old_amount_eur", "new_amount_eur", "difference_eur")),
            words.reasons.get(ChangeReason(row["reason"]), row["reason"]),
        ]
        for row in largest(changes).to_pylist()
    ]
    return [f"### {words.largest}", _table(words.columns, rows)] if rows else []


def _euros(words: Words, amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return words.points(f"{amount:,.0f}" if whole else f"{amount:,.2f}")


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
