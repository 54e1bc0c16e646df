"""A page of text in two columns, one of which holds a table: the two are read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line, row_numbers

_WHITE = 8.0  # points: the narrowest white between two columns of text
_MOST = 6  # places where a right column may begin
_NARROWEST = 90.0  # points: a column of text
_FEWEST_LINES = 6  # of running text beside or around a table
_BEYOND = 4  # of them, above or below the rows of the table in the other column
_FEWEST_WORDS = 4
_FULL = 0.6  # of its column: how wide a line of running text is
_SPACE = 2.0  # of its height: the widest space in justified text
_PARTED = 1.35  # times the usual distance between lines: here another paragraph begins
_APART = 3.0  # times its height: how far from all else headers and footers stand


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands in one of two columns: for each line its place on the page and its chunks there."""

    lines: list[tuple[int, list[Chunk]]]
    prose: list[int]  # the places of lines of running text
    rows: list[int]  # the places of lines with a name and numbers


def text_columns(lines: Sequence[Line], rules: Rules) -> tuple[int, int, float] | None:
    """The first line, the line behind the last and the place of the white between two columns of text, where running
    text stands beside a table and goes on above or below it; nothing where the text is a column of the table.
    """
    rights = _lefts(lines)
    if not rights or not _has_running_text(lines):
        return None
    for right in rights:
        for start, end in _bands(lines, right):
            if _is_two(lines, start, end, right, rules):
                return start, end, right - 1
    return None


def _has_running_text(lines: Sequence[Line]) -> bool:
    return len([1 for line in lines for chunk in line.chunks if len(chunk.words) >= _FEWEST_WORDS]) >= _FEWEST_LINES


def _lefts(lines: Sequence[Line]) -> list[float]:
    """Where a right column may begin: where many chunks of words do, far from the left of the page."""
    first = min([line.chunks[0].x0 for line in lines], default=0.0) + _NARROWEST
    starts: dict[int, list[float]] = {}
    for line in lines:
        if len(line.chunks) - len(line.numbers) < 2 and line.chunks[0].x0 <= first:
            continue  # a label and its amounts
        for chunk in line.chunks:
            if chunk.x0 > first and not chunk.number:
                starts.setdefault(round(chunk.x0), []).append(chunk.x0)
    often = [own for own in starts.values() if len(own) * 2 >= _FEWEST_LINES]
    return [min(own) for own in sorted(often, key=len, reverse=True)[:_MOST]]


def _bands(lines: Sequence[Line], right: float) -> Iterator[tuple[int, int]]:
    """The runs of lines that leave the white before a right column open, without headers and footers."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and not [c for c in lines[at].chunks if c.x0 < right - 0.5 and c.x1 > right - _WHITE]:
            continue
        low, high = _trimmed(lines, start, at)
        if high - low >= _FEWEST_LINES:
            yield low, high
        start = at + 1


def _trimmed(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and lines[start + 1].top - lines[start].bottom > _APART * lines[start].height:
        start += 1
    while end - start > 1 and lines[end - 1].top - lines[end - 2].bottom > _APART * lines[end - 1].height:
        end -= 1
    return start, end


def _is_two(lines: Sequence[Line], start: int, end: int, right: float, rules: Rules) -> bool:
    sides = [_side(lines, start, end, right, first=first) for first in (True, False)]
    for own, other in (sides, sides[::-1]):
        if len(own.prose) < max(_FEWEST_LINES, (len(own.lines) - len(own.rows)) / 2) or len(other.rows) < 2:
            continue
        top, bottom = other.rows[0], other.rows[-1]
        beyond = sum(at < top or at > bottom for at in own.prose)
        beside = [chunks for at, chunks in own.lines if top <= at <= bottom]
        if beyond < _BEYOND or any(chunk.number for chunks in beside for chunk in chunks if len(chunks) > 2):
            continue
        crossed = any(
            x0 < right - 20 and x1 > right + 20 and lines[top].top < y < lines[bottom].bottom
            for y, x0, x1 in rules.across
        )
        if not crossed and not _explains(lines, own, other):
            return True
    return False


def _side(lines: Sequence[Line], start: int, end: int, right: float, *, first: bool) -> _Side:
    found = []
    for at in range(start, end):
        chunks = [chunk for chunk in lines[at].chunks if (chunk.x0 < right - 1) is first]
        if chunks:
            found.append((at, chunks))
    if not found:
        return _Side([], [], [])
    width = max(chunks[-1].x1 for _, chunks in found) - min(chunks[0].x0 for _, chunks in found)
    prose = [at for at, chunks in found if _is_prose(chunks, width)] if width > _NARROWEST else []
    rows = [at for at, chunks in found if _is_named_row(chunks)]
    return _Side(found, prose, rows)


def _is_prose(chunks: Sequence[Chunk], width: float) -> bool:
    """Whether what stands in a column on one line fills it with words, as justified text does with wide spaces."""
    if any(two.x0 - one.x1 > _SPACE * (two.bottom - two.top) for one, two in pairwise(chunks)):
        return False
    words = sum(len(chunk.words) for chunk in chunks)
    return (
        words >= _FEWEST_WORDS
        and chunks[-1].x1 - chunks[0].x0 > _FULL * width
        and not any(chunk.number for chunk in chunks)
    )


def _is_named_row(chunks: Sequence[Chunk]) -> bool:
    return not chunks[0].number and len(chunks[0].text) > 3 and bool(row_numbers(list(chunks)))


def _explains(lines: Sequence[Line], own: _Side, other: _Side) -> bool:
    """Whether a paragraph begins on the line of most rows: the text is said of them, in a column of their table."""
    steps = [lines[two].middle - lines[one].middle for (one, _), (two, _) in pairwise(own.lines)]
    usual = median(steps)
    opened = {own.lines[0][0]} | {
        at for (at, _), step in zip(own.lines[1:], steps, strict=True) if step > _PARTED * usual
    }
    return sum(at in opened for at in other.rows) * 2 > len(other.rows)
