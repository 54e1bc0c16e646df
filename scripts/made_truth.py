"""What make_budget_pdf.py says that a PDF of its making holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument

_TELLING = 4  # characters by which an amount is known on its page


@dataclass(frozen=True, slots=True)
class TrueTable:
    """A table as it was made. `pages` holds per row the first and last page on which it may stand."""

    name: str
    look: str
    headings: tuple[tuple[str, str], ...]  # lower, upper
    rows: tuple[tuple[str, ...], ...]
    pages: tuple[tuple[int, int], ...]
    columns_off: int = 0  # columns of which the PDF shows nothing; they are blank here


def read_truth(path: Path) -> tuple[TrueTable, ...]:
    """The true tables of a made PDF, from the JSON beside it, as far as the PDF shows them.

    A row without a page may stand wherever its neighbours leave room.
    """
    told: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    ranges = iter(_page_ranges([row["page"] for table in told["tables"] for row in table["rows"]], told["pages"]))
    tables = [
        TrueTable(
            table["id"],
            table["look"],
            tuple((lower, upper) for lower, upper in table["columns"]),
            tuple(tuple(row["cells"]) for row in table["rows"]),
            tuple(next(ranges) for _ in table["rows"]),
        )
        for table in told["tables"]
    ]
    with PdfDocument(path) as document:
        words = [set(page.get_textpage().get_text_range().split()) for page in document]
    return tuple(_as_shown(table, words) for table in tables)


def _as_shown(table: TrueTable, words: Sequence[set[str]]) -> TrueTable:
    """The table without columns of amounts that lie off the page: a producer that turns no page cuts them off."""
    low, high = table.pages[0][0], table.pages[-1][1]
    there = set[str]().union(*words[low - 1 : high])
    off = {c for c in range(1, len(table.headings)) if _is_off([row[c] for row in table.rows], there)}
    if not off:
        return table
    headings = tuple(("", "") if c in off else pair for c, pair in enumerate(table.headings))
    rows = tuple(tuple("" if c in off else cell for c, cell in enumerate(row)) for row in table.rows)
    return replace(table, headings=headings, rows=rows, columns_off=len(off))


def _is_off(cells: Sequence[str], there: set[str]) -> bool:
    telling = [cell for cell in cells if len(cell) >= _TELLING]
    return bool(telling) and sum(cell in there for cell in telling) < len(telling) / 2


def _page_ranges(pages: Sequence[int | None], last: int) -> list[tuple[int, int]]:
    after = last
    highs = []
    for page in reversed(pages):
        after = page or after
        highs.append(after)
    before = 1
    ranges = []
    for page, high in zip(pages, reversed(highs), strict=True):
        before = page or before
        ranges.append((before, high))
    return ranges
