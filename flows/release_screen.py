"""What the commands about releases show on the screen. Texts of documents are cleaned of what a terminal would obey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from publishers.history.summary import by_publisher, largest, totals
from publishers.markdown import plain
from schemas.contract import ChangeKind

if TYPE_CHECKING:
    import pyarrow as pa

    from publishers.ckan.plan import Step
    from publishers.content import Summary

_MOST_PUBLISHERS = 20
_LONGEST = 100


def show_changes(console: Console, summary: Summary, changes: pa.Table, rows: int) -> None:
    """The counts of a comparison by publisher, and its changes, the largest in euros first, then the others."""
    console.print(_counts(summary, changes))
    for name, count in summary.documents.items():
        console.print(f"documents: {name}: {count:,}", markup=False, highlight=False)
    publishers = by_publisher(changes)
    if publishers:
        console.print(_publishers(publishers))
    if len(publishers) > _MOST_PUBLISHERS:
        console.print(f"and {len(publishers) - _MOST_PUBLISHERS} other publishers", markup=False, highlight=False)
    shown = _shown(changes, rows)
    if shown:
        table = Table("", "why", "publisher and line", "was", "is now", "difference", pad_edge=False)
        for row in shown:
            table.add_row(row["change"], row["reason"], _line(row), *_values(row))
        console.print(table)
    if changes.num_rows > len(shown):
        console.print(f"and {changes.num_rows - len(shown):,} more: --rows, or --csv for all", markup=False)


def show_steps(console: Console, steps: Sequence[Step], *, whole: bool) -> None:
    """What is to be done with the datasets of a portal, in numbers, and if asked for each; no rows for what stays."""
    table = Table("", "dataset", "what", pad_edge=False)
    for step in steps:
        if step.kind != "same":
            table.add_row(step.kind.value, Text(_clean(step.name)), Text(_clean(step.why)))
    if table.row_count and whole:
        console.print(table)
    counts = Counter(step.kind.value for step in steps)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing"
    console.print(f"planned: {told}", markup=False, highlight=False)


def _counts(summary: Summary, changes: pa.Table) -> Table:
    table = Table(title=f"since {summary.compared_with}", title_justify="left", show_header=False)
    table.add_row("lines before", f"{summary.lines_before:,}")
    table.add_row("lines that say the same", f"{summary.lines_same:,}")
    for kind, count in totals(changes).items():
        table.add_row(f"lines {kind.value}", f"{count:,}")
    return table


def _publishers(counts: list[tuple[str, dict[ChangeKind, int]]]) -> Table:
    table = Table("publisher", *(kind.value for kind in ChangeKind), pad_edge=False)
    for name, each in counts[:_MOST_PUBLISHERS]:
        table.add_row(Text(_clean(name)), *(f"{each[kind]:,}" for kind in ChangeKind))
    return table


def _shown(changes: pa.Table, rows: int) -> list[dict[str, Any]]:
    first: list[dict[str, Any]] = largest(changes, rows).to_pylist()
    known = {row["change_id"] for row in first}
    for row in changes.slice(0, 2 * rows).to_pylist():
        if len(first) < rows and row["change_id"] not in known:
            first.append(row)
    return first


def _line(row: Mapping[str, Any]) -> Text:
    parts = (row["table_title"], row["section_path"], row["line_label"], row["column_label"])
    about = f"{row['publisher_name']}, {row['document_type']} {row['document_year']}"
    return Text(f"{_clean(about)}: {_clean(' | '.join(filter(None, parts)))}")


def _values(row: Mapping[str, Any]) -> tuple[Text, Text, Text]:
    """The amounts, or where they are the same, what else differs."""
    if row["changed_columns"] and "amount_eur" not in row["changed_columns"].split(","):
        return Text(_clean(row["old_values"])), Text(_clean(row["new_values"])), Text("")
    old, new, difference = (_euros(row[name]) for name in ("old_amount_eur", "new_amount_eur", "difference_eur"))
    return Text(old, justify="right"), Text(new, justify="right"), Text(difference, justify="right")


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}".removesuffix(".00")


def _clean(text: str) -> str:
    shown = " ".join(plain(text).split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
