"""Which lines of a page are a table: lines whose numbers stand under each other, and what stands between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.pdf.evidence import NEAR_HEAD, is_table
from extractors.pdf.region import EDGE, Region, is_at_top, sides, stands_under, with_short_rows
from extractors.pdf.rules import Rules
from extractors.pdf.tails import tail_end
from extractors.pdf.textlines import Line, is_period
from extractors.pdf.wrapped import is_alike, is_figure, lone_label

_FAR = 2.6  # times the usual pitch: what is farther apart is not one table, unless rules go on
_MOST_BETWEEN = 8  # lines without numbers between two rows of one table
_TALLEST_HEAD = 14  # lines of headings above a table
_FAR_HEAD = 2.0  # times farther from its rows stands a heading whose words end where the numbers of each column do
# Of its height: how far above the first numbers a label may begin, beside words of its own there and else.
_BESIDE, _LEADING = 0.8, 1.5
_THOUSANDS, _TIMES = re.compile(r"1\.000(?:\.000)?(?:,[-–—=]+)?"), re.compile(r"(?:^|\s)x(?:\s*€)?$", re.I)
_BEFORE = 60  # points by which a heading may begin before the first number
_LOOSE = 1.3  # times its height: the widest gap inside a sentence


def regions_of(lines: Sequence[Line], rules: Rules) -> list[Region]:
    """The tables of a page from top to bottom."""
    found: list[Region] = []
    region: Region | None = None
    for at, line in enumerate(lines):
        if at and line.numbers and _ends_unit(line, lines[at - 1]):
            line.numbers = []
        if region is not None and line.numbers and _is_code(line, lines[region.rows[-1]]):
            line.numbers = []
        if not _is_row(line):
            continue
        if region is not None and _goes_on(lines, region, at, rules):
            region.add(at, lines)
            continue
        if region is not None:
            found.append(region)
        region = Region(at, at, at + 1, [at])
    if region is not None:
        found.append(region)
    kept = [region for region in with_short_rows(found, lines) if is_table(lines, region.rows, rules)]
    floor = 0
    for number, region in enumerate(kept):
        region.start = _head_start(lines, region, floor, rules)
        ceiling = kept[number + 1].first if number + 1 < len(kept) else len(lines)
        region.end = tail_end(lines, region, ceiling, rules)
        floor = region.end
    return kept


def _ends_unit(line: Line, above: Line) -> bool:
    """Whether a line holds nothing but the thousands or millions of units that begin above: x € over 1.000."""
    return all(
        _THOUSANDS.fullmatch(chunk.text)
        and any(_TIMES.search(upper.text) and upper.x0 < chunk.x1 and upper.x1 > chunk.x0 for upper in above.chunks)
        for chunk in line.chunks
    )


def _is_code(line: Line, last: Line) -> bool:
    """Whether a line holds nothing but a number among the labels: the beginning of one, such as 4.2."""
    return len(line.chunks) == 1 and len(last.numbers) > 1 and line.x1 < last.numbers[0].x0 - 4


def _is_row(line: Line) -> bool:
    """Whether a line has numbers that may be amounts: years and dates alone are headings."""
    numbers = line.numbers
    if not numbers:
        return False
    if all(is_period(chunk.text) for chunk in numbers):
        return False
    return not (len(numbers) == 1 and len(line.chunks) > 1 and numbers[0] is line.chunks[0])


def _goes_on(lines: Sequence[Line], region: Region, at: int, rules: Rules) -> bool:
    """Whether a row belongs to the table above it."""
    line, last = lines[at], lines[region.rows[-1]]
    if not _stands_on_edges(line, last) and not _fits(line, [lines[row] for row in region.rows[-12:]]):
        return False
    pitch = region.pitch or 1.6 * line.height
    between = lines[region.rows[-1] + 1 : at]
    if not between and line.middle - last.middle < max(_FAR * pitch, 3.2 * line.height):
        return True
    if len(between) > _MOST_BETWEEN:
        return False
    framed = _is_framed(rules, last, line)
    if not between:
        return framed
    edge = min(chunk.x0 for row in (last, line) for chunk in row.numbers)
    middles = [last.middle, *(each.middle for each in between), line.middle]
    steps = [low - high for high, low in itertools.pairwise(middles)]
    limit = max(_FAR * pitch, 3.2 * line.height)
    if not framed and max(steps) > limit:
        return False
    across = [each for each in between if each.x1 > edge + 2]
    if not across:
        return True
    if any(_is_heading(each, edge) for each in across):
        return framed and max(steps) < 1.8 * pitch and not _opens(between, edge)
    if framed:
        return True
    return len(across) == 1 and max(steps) < 1.35 * pitch and across[0].height < 1.2 * line.height


def _opens(between: Sequence[Line], edge: float) -> bool:
    """Whether lines between two rows are the headings of another table: years over the columns."""
    return any(sum(is_period(chunk.text) for chunk in line.chunks if chunk.x1 > edge) > 1 for line in between)


def _is_heading(line: Line, edge: float) -> bool:
    """Whether a line has several chunks over the columns of numbers."""
    over = [chunk for chunk in line.chunks if chunk.x1 > edge + 2]
    return len(over) > 1


def _stands_on_edges(line: Line, last: Line) -> bool:
    """Whether a row has as many numbers as the row above, each with its right edge under the one above it."""
    ones, others = line.numbers, last.numbers
    if len(ones) != len(others):
        return False
    return all(-EDGE < one.x1 - other.x1 < EDGE for one, other in zip(ones, others, strict=True))


def _stands_on_edges_of(line: Line, row: Line) -> bool:
    """Whether words or years stand over all numbers of a row but one at most, each ending where the number does."""
    edges = [chunk.x1 for chunk in row.numbers]
    ending = [edge for edge in edges if any(-EDGE < chunk.x1 - edge < EDGE for chunk in line.chunks)]
    return len(ending) >= max(2, len(edges) - 1)


def _fits(line: Line, rows: Sequence[Line]) -> bool:
    """Whether at least half of a row's numbers stand under those of the rows above; or all of theirs over its own,
    where it has more than any of them.
    """
    own, above = sides(line.numbers), sides([chunk for row in rows for chunk in row.numbers])
    if sum([stands_under(side, above) for side in own]) * 2 >= len(own):
        return True
    return max(len(row.numbers) for row in rows) < len(own) and all(stands_under(side, own) for side in above)


def _is_framed(rules: Rules, last: Line, line: Line) -> bool:
    """Whether an upright rule or a surface goes on from one row to the other."""
    left, right = min(last.x0, line.x0) - 8, max(last.x1, line.x1) + 8
    top, bottom = last.middle, line.middle
    reach = top
    for high, low in sorted([(high, low) for x, high, low in rules.down if low > top and left <= x <= right]):
        if high <= reach + 2 and low > reach:
            reach = low
    return reach >= bottom


def _head_start(lines: Sequence[Line], region: Region, floor: int, rules: Rules) -> int:
    """The first line of a table: its headings, and the first part of a label, stand above its first row."""
    first = lines[region.first]
    rows = [lines[at] for at in region.rows]
    edge = min(chunk.x0 for row in rows for chunk in row.numbers)
    left = min(line.x0 for line in lines[region.first : region.rows[-1] + 1])  # labels may stand on lines of their own
    right = max(row.x1 for row in rows)
    pitch = region.pitch
    start = region.first
    below = first
    seen_heading = False
    for at in range(region.first - 1, max(floor, region.first - _TALLEST_HEAD) - 1, -1):
        line = lines[at]
        if _is_code(line, first):
            line.numbers = []
        if _is_row(line):
            break
        boxed = _is_boxed(rules, line, below, left, right)
        limit = max(NEAR_HEAD * max(line.height, below.height), 1.7 * pitch)
        if _stands_on_edges_of(line, first) and not seen_heading:
            limit *= _FAR_HEAD
        if below.middle - line.middle > limit and not boxed:
            break
        over = [chunk for chunk in line.chunks if chunk.x1 > edge + 2]
        spans = sum(chunk.x0 > edge - _BEFORE for chunk in over) > 1
        if seen_heading and not spans and _is_above_rule(rules, line, below, left, right):
            break
        if _is_prose_line(line, left, edge, right) and not (boxed and not seen_heading):
            break
        if line.x0 < left - 30 and not boxed:
            break
        if over and all(chunk.x0 >= left for chunk in over):
            seen_heading = True
        start, below = at, line
    while start < region.first and not _may_open(lines[start], edge):
        if (
            _stands_on(lines[start], lines[start + 1])
            or _is_boxed(rules, lines[start], lines[start + 1], left, right)
            or _opens_label(lines, start, region, edge)
            or _opens_page(lines, start, region, edge)
        ):
            break
        start += 1
    return start


def _opens_label(lines: Sequence[Line], at: int, region: Region, edge: float) -> bool:
    """Whether the line right above the first row is the first part of its label: before the numbers, and nearer than a
    row of its own would be; so it is at the top of a page on which a table goes on."""
    line, first = lines[at], lines[region.first]
    own = any(chunk.x0 < edge - 1 and not chunk.number for chunk in first.chunks)
    reach = (_BESIDE if own else _LEADING) * line.height
    return at + 1 == region.first and line.x1 < edge + 2 and first.middle - line.middle < reach


def _opens_page(lines: Sequence[Line], at: int, region: Region, edge: float) -> bool:
    """Whether the line right above the first row, at the top of a page, stands as a row does: the rest of a label of
    the page before, or words that head the rows. A number in it may be that of a title.
    """
    line, first = lines[at], lines[region.first]
    label = lone_label(line, edge)
    if label is None or at + 1 != region.first or not is_at_top(lines, at) or first.chunks[0].number:
        return False
    near = first.middle - line.middle < 1.05 * region.pitch
    return near and is_alike(label, first.chunks[0]) and (is_figure(label) or not any(map(str.isdigit, label.text)))


def _may_open(line: Line, edge: float) -> bool:
    """Whether a table may begin with a line: something stands over its columns."""
    return any(chunk.x1 > edge + 2 and chunk.x0 > edge - _BEFORE for chunk in line.chunks) or len(line.chunks) > 1


def _stands_on(line: Line, below: Line) -> bool:
    """Whether a line of one chunk is the first line of a heading that goes on below: with the same left edge, and not
    before the labels."""
    near = below.middle - line.middle < _LEADING * line.height
    return near and len(line.chunks) == 1 and any(abs(chunk.x0 - line.x0) < EDGE for chunk in below.chunks[1:])


def _is_prose_line(line: Line, left: float, edge: float, right: float) -> bool:
    """Whether words of a line run from the labels far over the columns: a title, a unit or a sentence."""
    if line.x0 > edge - 0.4 * (edge - left):
        return False
    end, height = line.x0, line.height
    for chunk in line.chunks:
        if chunk.x0 - end > _LOOSE * height:
            break
        end = chunk.x1
    return end > edge + 0.12 * (right - edge) and (end >= line.x1 - 1 or len(line.chunks) < 3) and not _is_full(line)


def _is_full(line: Line) -> bool:
    """Whether a line has many chunks, as headings over columns do."""
    return len(line.chunks) > 4


def _is_above_rule(rules: Rules, line: Line, below: Line, left: float, right: float) -> bool:
    """Whether the upper rule of a table stands between a line and the headings below it."""
    long = [y for y, x0, x1 in rules.across if x1 - x0 > 0.7 * (right - left)]
    near = line.top - 1.5 * line.height
    return any(line.middle < y < below.middle for y in long) and not any(near < y < line.middle for y in long)


def _is_boxed(rules: Rules, line: Line, below: Line, left: float, right: float) -> bool:
    """Whether a line stands in one ruled box with what is below it."""
    return any(
        left - 12 <= x <= right + 12 and top <= line.middle + 1 and bottom >= below.middle - 1
        for x, top, bottom in rules.down
    )
