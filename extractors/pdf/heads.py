"""Headings over columns: which columns each covers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from extractors.pdf.columns import Column
from extractors.pdf.heading_boxes import boxed
from extractors.pdf.heading_groups import groups_of, single
from extractors.pdf.heading_levels import YEAR, Heading, levels, merged
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import GAP, Chunk, Line, chunk_of
from extractors.pdf.words import Word

_SPACE = 0.42  # of the height of a line: the widest gap between words of one heading across the border of two columns
_UNCOVERED = 9.0  # points: how strange a column without a heading is beside others
_COVERED = 3.0  # the same, where another line has a heading for it alone
_COVERED_ABOVE = 0.5  # the same, where that line stands above: the last lines of headings rarely span
_RIGHTMOST = 12.0  # points: how strange a heading over several columns is that ends where they do and covers the last
_CLASH = 20.0  # points: how strange a year is over another year, or a word over itself
_OUTSIDE = 3.0  # points by which a heading may reach beyond its columns
_INTERLEAVED = 0.85  # of its height: a line nearer to the next is no row of headings of its own
_EXACT = 1.2  # points by which a heading may end from the edge of its column
_SHIFT = 6.0  # points by which all headings may end from the edges of theirs
_BAD = 1e6


def headings_of(lines: Sequence[Line], columns: Sequence[Column], rules: Rules) -> list[list[Heading]]:
    """The rows of headings from top to bottom. A heading of several lines is one; what has nothing below it stands in
    the last row."""
    found: list[Heading] = []
    lower: list[Heading] = []
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        near = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
        between = any(abs(other.middle - line.middle) < _INTERLEAVED * line.height for other in near)
        below = lines[number + 1] if number + 1 < len(lines) else None
        others = _without_rule_between(line, lines, rules)
        above = lines[number - 1] if number and not lower and not between else None
        lower = _placed(number, line, columns, rules, below, lower, None if between else others, above)
        found[:0] = lower
    return levels(merged(found, columns, rules))


def _without_rule_between(line: Line, lines: Sequence[Line], rules: Rules) -> list[Line]:
    """The other lines of headings, but those that a drawn rule parts from a line."""
    heights = [y for y, _, _ in rules.across]
    return [
        other
        for other in lines
        if other is not line
        and not any(min(line.middle, other.middle) < y < max(line.middle, other.middle) for y in heights)
    ]


def _uncovered(column: Column, line: Line, others: Sequence[Line] | None) -> float:
    """How strange a column without a heading is on a line: less so where another line has one for it alone, least so
    where that stands above."""
    if others is None:
        return 0.0
    low, high = column.start - _OUTSIDE, column.stop + _OUTSIDE
    covering = [other for other in others if any(low < chunk.x0 and chunk.x1 < high for chunk in other.chunks)]
    if not covering:
        return _UNCOVERED
    return _COVERED_ABOVE if covering[0].middle < line.middle else _COVERED


def _placed(
    number: int,
    line: Line,
    columns: Sequence[Column],
    rules: Rules,
    below: Line | None,
    lower: Sequence[Heading],
    others: Sequence[Line] | None,
    above: Line | None,
) -> list[Heading]:
    """The chunks of a line, each over the columns that it covers. `lower` are the headings of the line below, `others`
    all other lines of headings; None where these stand between the lines of one row. `above` is the line above the last
    one."""
    labels = [at for at, column in enumerate(columns) if not column.is_number]
    lead = [at for at in labels if all(not columns[k].is_number for k in range(at))]
    border = columns[lead[-1]].stop if lead else columns[0].start
    labelled = columns[lead[-1]].right if lead else columns[0].start
    words = sorted((word for chunk in line.chunks for word in chunk.words), key=lambda word: word.x0)
    chunks = _regrouped(words, line, columns, rules)

    def over(chunk: Chunk) -> bool:
        return bool(lead) and chunk.middle < border and chunk.x0 < min(border - 2, labelled)

    over_labels = [over(chunk) for chunk in chunks]
    leading = list(compress(chunks, over_labels))
    out = [Heading(at, at, [chunk], number) for chunk in leading for at in (_label_at(columns, lead, chunk),)]
    rest = [chunk for chunk, leads in zip(chunks, over_labels, strict=True) if not leads]
    first = len(lead)
    if rest and first < len(columns):
        higher = [chunk for chunk in above.chunks if not over(chunk)] if above is not None else []
        out += _spread(number, rest, columns, first, line, rules, below, lower, others, higher)
    return out


def _label_at(columns: Sequence[Column], lead: Sequence[int], chunk: Chunk) -> int:
    fitting = [at for at in lead if columns[at].left <= chunk.x0 + 6]
    return fitting[-1] if fitting else lead[0]


def _regrouped(words: Sequence[Word], line: Line, columns: Sequence[Column], rules: Rules) -> list[Chunk]:
    """The words of a line in chunks: narrow gaps part them where the border of two columns lies in the gap."""
    borders = [column.stop for column in columns[:-1]]
    walls = [x for x, top, bottom in rules.down if top <= line.middle <= bottom]
    boxed = any(x <= words[0].x0 + 2 for x in walls) and any(x >= words[-1].x1 - 2 for x in walls) and len(walls) > 2
    groups = [[words[0]]]
    for word in words[1:]:
        before = groups[-1][-1]
        gap = word.x0 - before.x1
        height = min(word.bottom - word.top, before.bottom - before.top)
        walled = any(before.x1 - 1 <= x <= word.x0 + 1 for x in walls)
        bordered = not boxed and gap > _SPACE * height and any(before.x1 - 1.5 <= x <= word.x0 + 1.5 for x in borders)
        if gap > GAP * height or walled or bordered:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [chunk_of(part) for group in groups for part in _touching(group, columns)]


def _touching(words: list[Word], columns: Sequence[Column]) -> list[list[Word]]:
    """Words in parts where each ends at the right edge of a column: headings too wide for the space between them.

    All may end as far from their edges as the last one does, where there is one for each column below.
    """
    if len(words) == 1:
        return [words]
    edges = [column.right for column in columns if column.is_number]
    ends = _ends_at(words, edges, 0.0)
    if (len(ends) < 2 or ends[-1] != len(words) - 1) and len(words) > 3:
        shift = words[-1].x1 - min(edges, key=lambda edge: abs(edge - words[-1].x1))
        below = [edge for edge in edges if words[0].x0 < edge + shift <= words[-1].x1 + _EXACT]
        found = _ends_at(words, edges, shift)
        ends = found if abs(shift) < _SHIFT and len(found) == len(below) else ends
    if len(ends) < 2 or ends[-1] != len(words) - 1:
        return [words]
    starts = [0, *(at + 1 for at in ends[:-1])]
    return [words[start : end + 1] for start, end in zip(starts, ends, strict=True)]


def _ends_at(words: Sequence[Word], edges: Sequence[float], shift: float) -> list[int]:
    return [at for at, word in enumerate(words) if any(abs(word.x1 - edge - shift) < _EXACT for edge in edges)]


def _spread(
    number: int,
    chunks: Sequence[Chunk],
    columns: Sequence[Column],
    first: int,
    line: Line,
    rules: Rules,
    below: Line | None,
    lower: Sequence[Heading],
    others: Sequence[Line] | None,
    higher: Sequence[Chunk],
) -> list[Heading]:
    """The chunks over the columns from `first` on: by the boxes around them, else as they fit best all together."""
    boxes = [boxed(chunk, chunks, columns, first, line, rules, below) for chunk in chunks]
    places: Sequence[tuple[int, int]] | None
    if len(chunks) == len(columns) - first:
        places = _each_its_own(boxes, first)
    elif any(boxes) or (places := groups_of(chunks, columns, first, lower)) is None:
        uncovered = [_uncovered(column, line, others) for column in columns]
        fewest = [
            (sum(one.x1 < chunk.x0 for one in higher), sum(one.x0 > chunk.x1 for one in higher)) for chunk in chunks
        ]
        below_each = single(lower, len(columns))
        places = _cheapest(chunks, boxes, columns, first, uncovered, below_each, fewest) or (
            _cheapest(chunks, boxes, columns, first, uncovered, below_each) if higher else None
        )
    if places is None:
        places = [(at, at) for chunk in chunks for at in (_nearest(chunk, columns, first),)]
    return [Heading(a, b, [chunk], number) for (a, b), chunk in zip(places, chunks, strict=True)]


def _each_its_own(boxed: Sequence[tuple[int, int] | None], first: int) -> list[tuple[int, int]] | None:
    """A column for each of as many chunks; None where a box says otherwise."""
    own = [(at, at) for at, _ in enumerate(boxed, start=first)]
    return own if all(fixed is None or fixed == span for fixed, span in zip(boxed, own, strict=True)) else None


def _cheapest(
    chunks: Sequence[Chunk],
    boxed: Sequence[tuple[int, int] | None],
    columns: Sequence[Column],
    first: int,
    uncovered: Sequence[float],
    below: Sequence[str],
    fewest: Sequence[tuple[int, int]] = (),
) -> Sequence[tuple[int, int]] | None:
    """The first and last column of each chunk that together cost least, in their order; None where there is no way.
    `fewest` columns at least stand left and right of each chunk: so many headings of the line above do."""
    size = len(columns) - first
    # Of the chunks from one on: the lowest cost over the columns from each on, and which columns they then have.
    ways: list[tuple[float, tuple[tuple[int, int], ...]]]
    ways = [(sum(uncovered[first + at :]), ()) for at in range(size + 1)]
    for number in range(len(chunks) - 1, -1, -1):
        behind, ways = ways, [(_BAD, ())] * (size + 1)
        clashes = _clashes(chunks[number], below)
        before, beyond = fewest[number] if fewest else (0, 0)
        for column in range(size - 1, number - 1, -1):
            least, chosen = ways[column + 1][0] + uncovered[first + column], ways[column + 1][1]
            for end in range(column + 1, size + 1 - beyond if column >= before else 0):
                span = (first + column, first + end - 1)
                rest, places = behind[end]
                if rest < least and rest < _BAD and boxed[number] in (None, span):
                    cost = rest + _misfit(chunks[number], columns, *span)
                    cost += sum(clashes[span[0] : span[1] + 1]) if end > column + 1 else 0.0
                    cost += _CLASH * _repeats(below[span[0] : span[1] + 1])
                    if cost < least:
                        least, chosen = cost, (span, *places)
            ways[column] = least, chosen
    return ways[0][1] if ways[0][0] < _BAD else None


def _repeats(texts: Sequence[str]) -> bool:
    """Whether headings under one come twice: Lasten, Baten, Lasten."""
    said = [text for text in texts if text]
    return len(set(said)) < len(said)


def _clashes(chunk: Chunk, below: Sequence[str]) -> list[float]:
    """How strange a heading over several columns is over each: the line below says the same, or names another year."""
    own = set(YEAR.findall(chunk.text))
    years = [set(YEAR.findall(text)) for text in below] if own else [own] * len(below)
    return [
        _CLASH * (chunk.text == text or bool(y and y.isdisjoint(own))) for text, y in zip(below, years, strict=True)
    ]


def _nearest(chunk: Chunk, columns: Sequence[Column], first: int) -> int:
    return min(
        range(first, len(columns)), key=lambda at: abs((columns[at].start + columns[at].stop) / 2 - chunk.middle)
    )


def _misfit(chunk: Chunk, columns: Sequence[Column], first: int, last: int) -> float:
    """How many points a heading is from standing right, centred or left over columns."""
    start, stop = columns[first].start, columns[last].stop
    left, right = columns[first].left, columns[last].right
    over = max(0.0, start - 2 - chunk.x0) + max(0.0, chunk.x1 - stop - 2)
    aside = last > first and chunk.x0 > columns[first].right  # it stands over the last of them alone
    off = min(
        abs(chunk.x1 - right) + _RIGHTMOST * aside,
        abs(chunk.middle - (start + stop) / 2),
        abs(chunk.middle - (left + right) / 2),
        abs(chunk.x0 - start - 2) + 3,
        abs(chunk.x0 - left) + 1,
    )
    return off + 1.5 * over + 0.3 * (last - first)
