"""From a sequence of headings, torn from their columns, to one heading per column.

Flattening leaves the headings one after another: row after row, years after stages, measures after years, or each
column's stage and year side by side. All readings that give the number of columns are weighed by what a careful
reader expects: no contradiction, a year and a stage for each column where others have one, distinct measures under
each heading, years that suit their stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from transformers.headings import Heading, merged
from transformers.stages import Context, implausibility

IMPOSSIBLE = float("inf")
GOOD = 0.55  # the cost under which a reading leaves nothing to wish for
MOST_HEADINGS = 48
Columns = tuple[Heading, ...]


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
    if count > 1 and len(kept) > count and len(set(last)) == 1 and last[0].is_pure and last[0].text == last[0].measure_text:
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
    for structures in (_one_row, _two_rows, _three_rows, _side_by_side):
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


def _one_row(
    headings: Columns, count: int, context: Context, breaks: frozenset[int]
) -> Iterator[tuple[float, Columns]]:
    """One heading per column, or the headings of each column side by side."""
    size = len(headings)
    found: list[tuple[float, Columns]] = []
    if size == count:
        found.append((_group_cost(headings) + 0.2 * len(breaks), headings))
    for chunk in (2, 3):
        if size == chunk * count:
            found += _chunked(headings, chunk)
    paired = _paired(headings)
    if paired is not None and len(paired) == count:
        found.append((0.2 + _group_cost(paired), paired))
    for cost, columns in found:
        yield cost + sum(implausibility(column, context) for column in columns), columns
    if paired is not None:
        if len(paired) == count:
            return
        elif len(paired) > count:
            yield from _two_rows(paired, count, context, frozenset(), 0.3)


def _chunked(headings: Columns, chunk: int) -> Iterator[tuple[float, Columns]]:
    """Each column's headings side by side: stage year stage year."""
    shapes = {tuple(h.shape for h in headings[n : n + chunk]) for n in range(0, len(headings), chunk)}
    alike = len(shapes) == 1 and len(set(next(iter(shapes)))) > 1
    dated = chunk == 2 and all(
        upper.is_pure and not upper.years and lower.is_pure and (lower.is_year or lower.month_day is not None)
        for upper, lower in zip(headings[::2], headings[1::2], strict=True)
    )
    if not alike and not dated:
        return
    columns = []
    for n in range(0, len(headings), chunk):
        column: Heading | None = headings[n]
        for lower in headings[n + 1 : n + chunk]:
            column = merged(column, lower) if column else None
        if column is None:
            return
        columns.append(column)
    yield 0.2, tuple(columns)


def _paired(headings: Columns) -> Columns | None:
    """The headings with each stage joined to the year behind it; None where no two join."""
    out: list[Heading] = []
    joined = False
    for heading in headings:
        before = out[-1] if out else None
        if before is not None and heading.is_year and before.has_stage and not before.years:
            both = merged(before, heading)
            if both is not None:
                out[-1] = both
                joined = True
                continue
        out.append(heading)
    alone = any(h.has_stage and not h.years and not h.tags & _NEED_NO_YEAR for h in out)
    return tuple(out) if joined and not alone else None


def _two_rows(
    headings: Columns, count: int, context: Context, breaks: frozenset[int], base: float = 0.0
) -> Iterator[tuple[float, Columns]]:
    """A row of groups above the row of columns."""
    if len(headings) <= count:
        return
    for cut in _cuts(headings):
        upper, lower = headings[:cut], headings[cut:]
        if len(upper) <= count and len(lower) <= count:
            extra = base + _break_cost(breaks, cut)
            for cost, columns in spread(upper, lower, count, context):
                yield extra + cost, columns


def _three_rows(
    headings: Columns, count: int, context: Context, breaks: frozenset[int]
) -> Iterator[tuple[float, Columns]]:
    """Two rows of groups above the row of columns: the second row completes the first, or divides it evenly."""
    size = len(headings)
    if size <= count + 1 or size > 2 * count + 6:
        return
    cuts = _cuts(headings)
    for first in cuts:
        for middle_end in (cut for cut in cuts if cut > first):
            second = middle_end - first
            upper, middle, lower = headings[:first], headings[first:middle_end], headings[middle_end:]
            if len(lower) > count or second > count or not (second <= first or second % first == 0):
                continue
            extra = 0.3 + _break_cost(breaks, first) + _break_cost(breaks, middle_end)
            for cost, groups in spread(upper, middle, max(first, second), context)[:1]:
                for more, columns in spread(groups, lower, count, context):
                    yield cost + more + extra, columns


_LONGEST_HEADING = 6  # lines


def _side_by_side(
    headings: Columns, count: int, context: Context, breaks: frozenset[int]
) -> Iterator[tuple[float, Columns]]:
    """Each column's heading after the one before it, broken over as many lines as it needs."""
    if breaks or not count < len(headings) <= 4 * count or count < 2:
        return
    best: dict[tuple[int, int], list[tuple[float, Columns]]] = {(len(headings), count): [(0.0, ())]}

    def rest(at: int, made: int) -> list[tuple[float, Columns]]:
        if (at, made) not in best:
            options: list[tuple[float, Columns]] = []
            if made < count and len(headings) - at >= count - made:
                for end, cost, column in _broken(headings, at, context):
                    options += [(cost + c, (column, *columns)) for c, columns in rest(end, made + 1)[:2]]
            best[at, made] = sorted(options, key=lambda option: option[0])[:2]
        return best[at, made]

    for cost, columns in rest(0, 0):
        yield 0.35 + cost, columns


def _broken(headings: Columns, at: int, context: Context) -> Iterator[tuple[int, float, Heading]]:
    """The headings that may be made of the lines from `at`, with the place of the next one and what is odd in them."""
    cost = 0.4 * headings[at].text[:1].islower() + 0.15 * headings[at].is_year + 0.8 * (not headings[at].is_pure)
    column: Heading | None = headings[at]
    for end in range(at + 1, min(at + _LONGEST_HEADING, len(headings)) + 1):
        if column is None:
            return
        yield end, cost + _column_cost(column, context) + 0.5 * (not column.says_something), column
        if end < len(headings):
            lower = headings[end]
            cost += 0.3 * (lower.text[:1].isupper() and column.says_something)
            column = merged(column, lower)


def _cuts(headings: Columns) -> list[int]:
    """Where a new row of headings may begin: where the kind of heading changes."""
    return [at for at in range(1, len(headings)) if _kind(headings[at - 1]) != _kind(headings[at])]


def _kind(heading: Heading) -> tuple[object, ...]:
    return heading.shape, heading.tags, bool(heading.unknown)


def _break_cost(breaks: frozenset[int], cut: int) -> float:
    return 0.6 if breaks and cut not in breaks else 0.0


@lru_cache(maxsize=4096)
def spread(upper: Columns, lower: Columns, count: int, context: Context) -> tuple[tuple[float, Columns], ...]:
    """The ways to put a row of headings over the one below it so that `count` columns come out, best first.

    A heading with nothing below it is a column by itself.
    """
    alone = count - len(lower)
    if len(upper) == 1 and not upper[0].years and not upper[0].has_stage:
        upper = (_measure_only(upper[0]),)
    if not 0 <= alone <= len(upper) or len(upper) - alone > len(lower) or not lower:
        return ()
    even = len(lower) / max(1, len(upper) - alone)
    named = frozenset(h.measure for h in lower if h.measure and not h.years and not h.has_stage)
    best: dict[tuple[int, int, int], list[tuple[float, Columns]]] = {}

    def rest(at: int, used: int, left_alone: int) -> list[tuple[float, Columns]]:
        key = (at, used, left_alone)
        if key in best:
            return best[key]
        if at == len(upper):
            return [(0.0, ())] if used == len(lower) and left_alone == 0 else []
        options: list[tuple[float, Columns]] = []
        if left_alone:
            cost = _column_cost(upper[at], context)
            options += [(cost + c, (upper[at], *columns)) for c, columns in rest(at + 1, used, left_alone - 1)]
        room = len(lower) - used - (len(upper) - at - 1 - left_alone)
        for size in range(1, room + 1):
            group = tuple(merged(upper[at], h) for h in lower[used : used + size])
            if any(h is None for h in group):
                break
            whole = tuple(h for h in group if h is not None)
            cost = _group_cost(lower[used : used + size]) + _lacking(lower[used : used + size], named)
            cost += sum(_column_cost(h, context) for h in whole)
            cost += 0.15 * abs(size - even)
            options += [(cost + c, whole + columns) for c, columns in rest(at + 1, used + size, left_alone)]
            if size > 2 * even + 2:
                break
        options.sort(key=lambda option: option[0])
        best[key] = options[:3]
        return best[key]

    return tuple(rest(0, 0, alone))


def _measure_only(heading: Heading) -> Heading:
    """A text over all columns gives them its measure; it makes no movements of them all."""
    return replace(heading, tags=frozenset(), unknown=min(heading.unknown, 1))


def _lacking(headings: Columns, named: frozenset[str]) -> float:
    """What is strange in some of lasten, baten and saldo under one heading where the row names them all."""
    own = {h.measure for h in headings if h.measure and not h.years and not h.has_stage}
    if not own or own == {"saldo"}:
        return 0.1 * bool(own and len(named) > 1)
    return 0.3 * len(named - own)


def _group_cost(headings: Columns) -> float:
    """What is strange in the headings under one heading: a measure twice, or the balance before its parts."""
    measures = [h.measure for h in headings if h.measure and not h.years and not h.has_stage]
    if not measures or len(measures) < len(headings):
        return 0.0
    twice = len(measures) - len(set(measures))
    early = "saldo" in measures[:-1] and len(measures) > 1 and measures[-1] != "saldo"
    return 2.0 * twice + 0.5 * early


def _column_cost(heading: Heading, context: Context) -> float:
    both = heading.tags & {"balance", "begin", "end"} and heading.tags & {"movement", "added", "taken"}
    odd = 0.5 * ("not_euros" in heading.tags and bool(heading.years)) + 1.0 * bool(both)
    odd += 1.0 * ({"realised", "multi_year"} <= heading.tags)
    return implausibility(heading, context) + odd


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
        odd = bool(column.tags & _NEED_NO_YEAR) or column.has_kind or (column is columns[-1] and column.text in _LAST)
        if years and not column.years:
            cost += 0.2 if odd or years == 1 else 1.0
        if stages and not column.has_stage and not column.years:
            cost += 0.2 if odd else 1.0
        if measures and not column.measures and not odd:
            cost += 0.7
        cost += 0.6 * (column.is_pair and single)
        cost += 0.4 * min(column.unknown, 2) if column.says_something else 1.2
    distinct = {(column.years, column.tags, column.measures, column.text) for column in columns}
    cost += 1.0 * (len(columns) - len(distinct))
    staged = {column for column in distinct if column[1] & _STAGED}
    cost += 0.4 * (len(staged) - len({column[:3] for column in staged}))
    unused_years = sum(1 for h in headings if h.is_year) - sum(bool(c.years) for c in columns)
    return cost + max(0, unused_years) * 0.5 + 0.7 * _disorder(columns)


_NEED_NO_YEAR = frozenset(("difference", "credit", "not_euros", "forecast", "result", "total"))

_LAST = frozenset(("Saldo", "saldo"))  # behind two stages: what they differ
_STAGED = frozenset(("realised", "budget", "original", "amended", "multi_year"))
_OUT_OF_ORDER = frozenset(("difference", "credit", "not_euros", "forecast"))


def _disorder(columns: Columns) -> int:
    """How often a year stands behind a later one."""
    years = [column.year for column in columns if column.year and not column.tags & _OUT_OF_ORDER]
    return sum(later < earlier for earlier, later in pairwise(years))
