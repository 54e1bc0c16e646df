"""Cells that begin with the heading of their column, for screens too small to show the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.notation import count_tokens
from schemas.records import RawCell

Row = tuple[RawCell, ...]
_FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cell's text in two: the heading, and what stands in the cell."""

    heading: str
    rest: str


def without_headings_inside(rows: Sequence[Row], lead: Callable[[RawCell], str]) -> tuple[list[Row], list[str]]:
    """The rows without the headings that the cells below repeat, and the headings taken out that hold figures.

    `lead` gives the text of the first element in a cell. That is the heading of the column, or the heading has a line
    of its own or a colon behind it. All filled cells of a column begin so, and of all columns behind it.
    """
    head = _head_rows(rows)
    cuts: list[dict[int, _Cut]] = []
    for at in range(max((len(row) for row in rows), default=0)):
        cells = [row[at] for row in rows[head:] if at < len(row) and row[at].text and row[at].column_span == 1]
        if cells:
            cuts.append(_cuts(cells, _headings(rows[:head], at), lead))
    while cuts and not cuts[0]:
        cuts.pop(0)  # the names of the rows
    if len(cuts) < _FEWEST_COLUMNS or not all(cuts):
        return list(rows), []
    found = {cell: cut for column in cuts for cell, cut in column.items()}
    out = [tuple(c._replace(text=found[id(c)].rest) if id(c) in found else c for c in row) for row in rows]
    return out, [cut.heading for cut in found.values() if cut.heading]


def _head_rows(rows: Sequence[Row]) -> int:
    """How many rows stand above the data: those of headings alone, or the first."""
    count = 0
    while count < len(rows) and all(cell.is_heading or not cell.text for cell in rows[count]):
        count += 1
    return count or 1


def _headings(head: Sequence[Row], at: int) -> list[str]:
    """What cells below may repeat: the lowest heading of their column, or all of them."""
    texts = list(dict.fromkeys(_one_line(row[at].text) for row in head if at < len(row) and row[at].text))
    said = {text.rstrip(" :") for text in (" ".join(texts), *texts[-1:])}
    return sorted(said - {""}, key=len, reverse=True)


def _cuts(cells: Sequence[RawCell], headings: Sequence[str], lead: Callable[[RawCell], str]) -> dict[int, _Cut]:
    """The cells of a column in two; none where one does not begin with a heading, or where they hold no more."""
    found: dict[int, _Cut] = {}
    for cell in cells:
        cut = next((cut for text in headings if (cut := _cut(cell, text, lead))), None)
        if cut is None:
            return {}
        found[id(cell)] = cut
    return found if any(cut.rest for cut in found.values()) else {}


def _cut(cell: RawCell, heading: str, lead: Callable[[RawCell], str]) -> _Cut | None:
    """The text in two; the heading is left out where its figures are not counted apart from what follows."""
    text = cell.text
    said = re.match(r"\s+".join(map(re.escape, heading.split())) + r"\s*?(?P<end>:|\n)?", text)
    if said is None:
        return None
    end = said.end()
    if not said["end"]:
        first = lead(cell)
        if _one_line(first).rstrip(" :") != heading or not text.startswith(first):
            return None
        end = len(first)
    rest = text[end:].lstrip(" :\n\t\r\u00a0")
    more = count_tokens(text) - count_tokens(rest)
    if more not in (0, count_tokens(text[:end])):
        return None
    return _Cut(text[:end] if more else "", rest)


def _one_line(text: str) -> str:
    return " ".join(text.split())
