"""Tables beside each other: lines that run over both are cut at the white between them, and each side is read alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.region import Region
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Line, row_numbers

_WHITE = 0.8  # of the height of a line: the narrowest white between two tables
_INDENT = 40.0  # points by which the labels of one table may begin apart


def parted(lines: Sequence[Line], region: Region, floor: int, rules: Rules) -> tuple[int, int, float] | None:
    """The first line, the line behind the last and the place of the white between two tables that a region holds."""
    white = _white(lines, region)
    if white is None:
        return None
    left, right = white
    start = region.start
    while start > floor and not _crosses(lines[start - 1], left, right) and _stands_on_both(lines[start - 1], left):
        start -= 1
    top, bottom = lines[start].top, lines[region.end - 1].bottom
    if any(_crosses(line, left, right) for line in lines[start : region.end]):
        return None
    if any(x0 < left and x1 > right and top < y < bottom for y, x0, x1 in rules.across):
        return None
    if not _is_repeated(lines[start : region.first], left):
        return None
    return start, region.end, (left + right) / 2


def _white(lines: Sequence[Line], region: Region) -> tuple[float, float] | None:
    """The white between numbers and the labels behind them, where most rows have more numbers behind those labels."""
    found = []
    for at in region.rows:
        chunks = lines[at].chunks
        last = max((k for k, chunk in enumerate(chunks) if chunk.number), default=0)
        pairs = list(pairwise(chunks))[:last]
        found += [(two.x0, one.x1) for one, two in pairs if one.number and not two.number]
    if not found:
        return None
    nearest = min(found)[0]
    own = [(start, end) for start, end in found if start < nearest + _INDENT]
    left = max(end for _, end in own)
    starts = [chunk.x0 for line in lines[region.start : region.end] for chunk in line.chunks]
    right = min(start for start in starts if start > left)
    if len(own) < 2 or len(own) * 2 < len(region.rows) or right - left < _WHITE * lines[region.first].height:
        return None
    return left, right


def _crosses(line: Line, left: float, right: float) -> bool:
    return any(chunk.x0 < right - 0.5 and chunk.x1 > left + 0.5 for chunk in line.chunks)


def _stands_on_both(line: Line, left: float) -> bool:
    return line.x0 < left < line.x1


def _is_repeated(heads: Sequence[Line], left: float) -> bool:
    """Whether the headings on the right say again what those on the left do: two of them, and half of all."""
    chunks = [chunk for line in heads for chunk in line.chunks]
    one = {chunk.text.lower() for chunk in chunks if chunk.x0 <= left}
    two = {chunk.text.lower() for chunk in chunks if chunk.x0 > left}
    return len(one & two) > 1 and len(one & two) * 2 >= len(two)


def side(lines: Sequence[Line], at: float, *, first: bool) -> list[Line]:
    """The lines with what stands on one side of a place."""
    out = []
    for line in lines:
        chunks = [chunk for chunk in line.chunks if (chunk.x0 < at) is first]
        if chunks:
            top, bottom = min(chunk.top for chunk in chunks), max(chunk.bottom for chunk in chunks)
            out.append(Line(chunks, top, bottom, row_numbers(chunks)))
    return out


def ruled_side(rules: Rules, at: float, *, first: bool) -> Rules:
    """The rules and surfaces on one side of a place."""

    def stands(x0: float, x1: float) -> bool:
        return x0 < at if first else x1 > at

    return Rules(
        [rule for rule in rules.across if stands(rule[1], rule[2])],
        [rule for rule in rules.down if stands(rule[0], rule[0])],
        [box for box in rules.fills if stands(box[0], box[2])],
    )
