"""From a sequence of headings, torn from their columns, to one heading per column.

Flattening leaves the headings one after another: row after row, years after stages, measures after years, or each
column's stage and year side by side. All readings that give the number of columns are weighed by what a careful
reader expects: no contradiction, a year and a stage for each column where others have one, distinct measures under
each heading, years that suit their stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from transformers.headings import Heading
from transformers.stacked import merged
from transformers.stages import Context
from transformers.structures import NEED_NO_YEAR, Columns, one_row, side_by_side, three_rows, two_rows

IMPOSSIBLE = float("inf")
GOOD = 0.55  # the cost under which a reading leaves nothing to wish for
MOST_HEADINGS = 48


@dataclass(frozen=True, slots=True)
class HeadingReading:
    """One reading of a run of headings: `columns`, taken from `start` up to `end`; `above` spans them all."""

    cost: float
    columns: Columns
    start: int
    end: int
    above: Heading | None = None


def solve(
    headings: Sequence[Heading], count: int, context: Context, breaks: frozenset[int] = frozenset(), most: int = 3
) -> list[HeadingReading]:
    """The readings of the headings as `count` columns, the likeliest first; none where they can't be.

    `breaks` are the places where a new row of headings is known to begin.
    """
    kept = tuple(headings[:MOST_HEADINGS])
    last = kept[-count:]
    if (
        count > 1
        and len(kept) > count
        and len(set(last)) == 1
        and last[0].is_pure
        and last[0].text == last[0].measure_text
    ):
        return [_with_measure(one, last[0]) for one in _solve(kept[:-count], count, context, breaks, most)]
    return list(_solve(kept, count, context, breaks, most))


def _with_measure(reading: HeadingReading, measure: Heading) -> HeadingReading:
    """The reading with the measure that the last row repeats under every heading."""
    columns = tuple(merged(column, measure) or column for column in reading.columns)
    return replace(reading, columns=columns, end=reading.end + len(columns))


@lru_cache(maxsize=1024)
def _solve(
    headings: Columns, count: int, context: Context, breaks: frozenset[int], most: int
) -> tuple[HeadingReading, ...]:
    found: dict[Columns, HeadingReading] = {}
    for structures in (one_row, two_rows, three_rows, side_by_side):
        for outside, start, end in _windows(headings, count):
            if outside >= min((reading.cost for reading in found.values()), default=IMPOSSIBLE):
                break
            inner = frozenset(at - start for at in breaks if start < at < end)
            for cost, torn in structures(headings[start:end], count, context, inner):
                columns = _with_years_of_balances(torn)
                total = cost + outside + _whole_cost(columns, headings)
                if total < IMPOSSIBLE and (columns not in found or found[columns].cost > total):
                    above = _above(headings[:start])
                    found[columns] = HeadingReading(round(total, 3), columns, start, end, above)
        if any(reading.cost <= GOOD for reading in found.values()):
            break  # what takes more rows of headings than needed is no better reading
    return tuple(sorted(found.values(), key=lambda reading: reading.cost)[:most])


def _with_years_of_balances(columns: Columns) -> Columns:
    """The columns, with movements between balances of several years in the year of the balance that they lead to."""
    if len({column.year for column in columns if column.year and "balance" in column.tags}) < 3:
        return columns
    out: list[Heading] = []
    year: tuple[int, ...] = ()
    for column in reversed(columns):
        moves = not column.years and column.tags & {"added", "taken", "movement"}
        if "balance" in column.tags:
            year = column.years
        out.append(replace(column, years=year) if moves and year else column)
    return tuple(reversed(out))


def _windows(headings: Columns, count: int) -> list[tuple[float, int, int]]:
    """The runs of headings that may be those of the columns, with the cost of leaving the rest out, cheapest first."""
    windows = []
    starts = [n for n, heading in enumerate(headings) if heading.says_something][:6]
    for start in starts:
        for end in range(start + count, min(len(headings), start + 4 * count) + 1):
            windows.append((_outside_cost(headings, start, end), start, end))
    return sorted(windows)


def _above(headings: Columns) -> Heading | None:
    return headings[-1] if headings and headings[-1].is_pure else None


def _outside_cost(headings: Columns, start: int, end: int) -> float:
    """What it costs to leave headings out before and behind the columns."""
    first = next((n for n, h in enumerate(headings) if h.says_something), 0)
    before = sum(
        0.6 if h.is_pure and (n > first or h.years or h.has_stage or h.measures) else 0.2
        for n, h in enumerate(headings[:start])
        if h.says_something
    )
    adjoining = next((n for n, h in enumerate(reversed(headings[:start])) if not _is_dated(h)), start)
    before += 1.5 * max(0, adjoining - 1)  # one may be a title, a row of them is none
    behind = (
        1.2
        if end < len(headings) and headings[end - 1].measure and headings[end].is_pure and headings[end].measure
        else 0.0
    )
    for heading in headings[end:]:
        if heading.is_pair and not heading.years:
            continue
        if heading.is_pure and (heading.years or heading.has_stage):
            behind += 1.5
        elif heading.says_something:
            behind += 0.3
    return before + behind


def _is_dated(heading: Heading) -> bool:
    return heading.is_pure and (bool(heading.years) or heading.has_stage)


def _whole_cost(columns: Columns, headings: Columns) -> float:
    """What a reader misses in the columns together."""
    if all(not column.says_something for column in columns):
        return IMPOSSIBLE
    years = len({column.year for column in columns if column.year})
    stages = any(column.has_stage for column in columns)
    measures = any(column.measures for column in columns)
    single = any(column.measure for column in columns)
    cost = 0.0
    for column in columns:
        odd = bool(column.tags & NEED_NO_YEAR) or column.has_kind or (column is columns[-1] and column.text in _LAST)
        if years and not column.years:
            cost += 0.2 if odd or years == 1 else 1.0
        if stages and not column.has_stage and not column.years:
            cost += 0.2 if odd else 1.0
        if stages and column.unknown and column.years and not column.has_stage and not odd:
            cost += 0.6  # words of the corner over a year
        if measures and not column.measures and not odd:
            cost += 0.7
        cost += 0.6 * (column.is_pair and single) + 3.0 * (len(columns) == 1 and {"added", "taken"} <= column.tags)
        cost += 0.4 * min(column.unknown, 2) if column.says_something else 1.2
    distinct = {(column.years, column.tags, column.measures, column.text) for column in columns}
    cost += 1.0 * (len(columns) - len(distinct))
    staged = {column for column in distinct if column[1] & _STAGED}
    cost += 0.4 * (len(staged) - len({column[:3] for column in staged}))
    unused_years = sum(1 for h in headings if h.is_year) - sum(bool(c.years) for c in columns)
    return cost + max(0, unused_years) * 0.5 + 0.7 * _disorder(columns)


def undated(columns: Sequence[Heading]) -> list[bool]:
    """Which columns are lasten or baten of no year or stage, beside columns of several years: nobody can tell which."""
    several = len({column.year for column in columns if column.year and not column.tags & NEED_NO_YEAR}) > 1
    return [
        several and column.measure in ("lasten", "baten") and not (column.years or column.has_stage or column.has_kind)
        for column in columns
    ]


_LAST = frozenset(("Saldo", "saldo"))  # behind two stages: what they differ
_STAGED = frozenset(("realised", "budget", "original", "amended", "multi_year"))
_OUT_OF_ORDER = frozenset(("difference", "credit", "not_euros", "forecast"))


def _disorder(columns: Columns) -> int:
    """How often a year stands behind a later one."""
    years = [column.year for column in columns if column.year and not column.tags & _OUT_OF_ORDER]
    return sum(later < earlier for earlier, later in pairwise(years))
