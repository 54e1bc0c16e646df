"""The ways in which headings, torn from their columns, may have stood over them.

One row; a row of groups over a row of columns; two rows of groups; or each column's heading after the one before it.
Each way yields columns with what is odd in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from transformers.headings import Heading
from transformers.stacked import merged
from transformers.stages import Context, implausibility

Columns = tuple[Heading, ...]
NEED_NO_YEAR = frozenset(("difference", "credit", "not_euros", "forecast", "result", "total"))


def one_row(headings: Columns, count: int, context: Context, breaks: frozenset[int]) -> Iterator[tuple[float, Columns]]:
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
            yield from two_rows(paired, count, context, frozenset(), 0.3)


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
    alone = any(h.has_stage and not h.years and not h.tags & NEED_NO_YEAR for h in out)
    return tuple(out) if joined and not alone else None


def two_rows(
    headings: Columns, count: int, context: Context, breaks: frozenset[int], base: float = 0.0
) -> Iterator[tuple[float, Columns]]:
    """A row of groups above the row of columns."""
    if len(headings) <= count:
        return
    for cut in _cuts(headings):
        upper, lower = headings[:cut], headings[cut:]
        if len(upper) <= count and len(lower) <= count:
            extra = base + _break_cost(breaks, cut) + _continued(upper)
            for cost, columns in spread(upper, lower, count, context):
                yield extra + cost, columns
        if len(upper) == count and _is_cycle(upper, len(lower)) and all(heading.years for heading in lower):
            for cost, columns in spread(lower, upper, count, context)[:1]:
                yield base + 0.3 + cost, columns


def _is_cycle(headings: Columns, times: int) -> bool:
    """Whether a row without years is the same measures, or stages and their difference, over and over."""
    size, rest = divmod(len(headings), times)
    once = headings[:size]
    tells = sum(bool(heading.measure_text) for heading in once) > 1 or any("difference" in h.tags for h in once)
    alike = not rest and size > 1 and times > 1 and headings == once * times
    return alike and tells and len(set(once)) == size and not any(heading.years for heading in once)


def three_rows(
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


def side_by_side(
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


def _continued(upper: Columns) -> float:
    """What is strange in a row of headings of which some, but not all, go on with the one before in lower case."""
    low = sum(heading.text[:1].islower() for heading in upper[1:])
    return 0.3 * low if upper[0].text[:1].isupper() else 0.0


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
            cost += 0.15 * abs(size - even) + 2.0 * (
                size > 1 and upper[at].month_day is not None
            )  # a day heads one column
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
    both = heading.tags & {"balance", "begin", "end"} and heading.tags & {"movement", "added", "taken", "forecast"}
    odd = 0.5 * ("not_euros" in heading.tags and bool(heading.years)) + 1.0 * bool(both)
    odd += 1.0 * ({"realised", "multi_year"} <= heading.tags) + 0.6 * heading.is_unfinished
    return implausibility(heading, context) + odd
