"""Headings of several lines: which lines of words are one heading, and in which row of headings each stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pdf.columns import Column
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEADING = 1.0  # of the height: the widest white between two lines of one heading


@dataclass(slots=True)
class Heading:
    """A heading over the columns `first` to `last`, with the words of one or more lines."""

    first: int
    last: int
    chunks: list[Chunk]
    line: int


def merged(found: list[Heading], columns: Sequence[Column], rules: Rules) -> list[Heading]:
    """The headings, with those that go on on the next line joined."""
    spanning = {h.line for h in found if h.last > h.first}
    numbers = {at for at, column in enumerate(columns) if column.is_number}
    single: dict[int, set[int]] = {}
    for heading in found:
        if heading.first == heading.last:
            single.setdefault(heading.line, set()).add(heading.first)
    whole = {line for line, covered in single.items() if numbers <= covered and line not in spanning}
    out: list[Heading] = []
    last: dict[int, Heading] = {}
    lines: dict[int, int] = {}
    for heading in found:
        above = last.get(heading.first)
        joins = (
            above is not None
            and (above.first, above.last) == (heading.first, heading.last)
            and last.get(heading.last) is above
            and _continues(above, heading, columns, rules)
            and not (lines[id(above)] in spanning and heading.line in whole)
        )
        if joins and above is not None:
            above.chunks += heading.chunks
            lines[id(above)] = heading.line
            continue
        out.append(heading)
        lines[id(heading)] = heading.line
        for at in range(heading.first, heading.last + 1):
            last[at] = heading
    return out


def _continues(above: Heading, heading: Heading, columns: Sequence[Column], rules: Rules) -> bool:
    """Whether a heading is the next line of the one above it."""
    upper, lower = above.chunks[-1], heading.chunks[0]
    height = min(upper.bottom - upper.top, lower.bottom - lower.top)
    if lower.top - upper.bottom > _LEADING * height:
        return False
    middle = lower.middle
    between = ((upper.top + upper.bottom) / 2, (lower.top + lower.bottom) / 2)
    if any(between[0] < y < between[1] and x0 <= middle <= x1 for y, x0, x1 in rules.across):
        return False
    if columns[heading.first].is_number:
        years, own = set(YEAR.findall(upper.text)), set(YEAR.findall(lower.text))
        return not (years and own and years.isdisjoint(own))
    limit = columns[heading.last].stop
    first = lower.words[0]
    same = upper.bold == lower.bold and abs(upper.bottom - upper.top - lower.bottom + lower.top) < 0.15 * height
    return same and (upper.x1 + 0.2 * height + first.x1 - first.x0 > limit - 6 or lower.text[:1].islower())


def levels(headings: list[Heading]) -> list[list[Heading]]:
    """The headings in rows, counted from the lowest."""
    level: dict[int, int] = {}
    heights: dict[int, int] = {}
    for heading in sorted(headings, key=lambda h: -h.line):
        covered = range(heading.first, heading.last + 1)
        own = max(heights.get(at, 0) for at in covered)
        level[id(heading)] = own
        for at in covered:
            heights[at] = own + 1
    count = max(heights.values(), default=0)
    rows: list[list[Heading]] = [[] for _ in range(count)]
    for heading in headings:
        rows[count - 1 - level[id(heading)]].append(heading)
    return rows
