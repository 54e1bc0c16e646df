"""The lines of a page that are one table."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pdf.textlines import Chunk, Line
from extractors.pdf.wrapped import Wrapping, wrapping_of

EDGE = 2.5  # points by which right edges of one column may differ
_NEAR = 1.3  # times their pitch: how far the first rows of a table may stand apart
_RUNNING, _TOP = 2, 90.0  # lines of a header above the text of a page, and the points that it takes


@dataclass(slots=True)
class Region:
    """The lines of one table: where they begin and end on the page, and where its first row of amounts is."""

    start: int
    first: int
    end: int  # behind the last line
    rows: list[int] = field(default_factory=list)  # the lines with numbers
    steps: list[float] = field(default_factory=list)  # between rows on lines that follow each other, in their order

    def add(self, at: int, lines: Sequence[Line]) -> None:
        """Take in the next row."""
        if at == self.rows[-1] + 1:
            insort(self.steps, lines[at].middle - lines[at - 1].middle)
        self.rows.append(at)
        self.end = at + 1

    @property
    def pitch(self) -> float:
        """The usual distance between rows that follow each other."""
        size = len(self.steps)
        return (self.steps[(size - 1) // 2] + self.steps[size // 2]) / 2 if size else 0.0

    def wrapping(self, lines: Sequence[Line], edge: float) -> Wrapping:
        """How its labels are broken, where the numbers begin at `edge`."""
        head = lines[self.first - 1] if self.first > self.start else None
        return wrapping_of(lines[self.first : self.end], edge, head, at_top=is_at_top(lines, self.start))


def is_at_top(lines: Sequence[Line], at: int) -> bool:
    """Whether no more than a header stands above a line of a page."""
    return at <= _RUNNING and lines[at].top < _TOP


def sides(chunks: Sequence[Chunk]) -> list[tuple[float, float]]:
    """Where each of some chunks begins and ends."""
    return [(chunk.x0, chunk.x1) for chunk in chunks]


def stands_under(side: tuple[float, float], above: Sequence[tuple[float, float]]) -> bool:
    """Whether a number ends or begins where one above it does, or overlaps it by half of the narrower one."""
    x0, x1 = side
    for left, right in above:
        if -EDGE < x1 - right < EDGE or -EDGE < x0 - left < EDGE:
            return True
        if x0 < right and left < x1 and (min(x1, right) - max(x0, left)) * 2 > min(x1 - x0, right - left):
            return True
    return False


def with_short_rows(found: Sequence[Region], lines: Sequence[Line]) -> list[Region]:
    """The regions, where rows of few numbers right above a table, all over columns of it, are its first ones."""
    out: list[Region] = []
    for region in reversed(found):
        if out and _belongs_to(region, out[-1], lines):
            below = out.pop()
            joined = Region(region.start, region.first, region.end, list(region.rows), list(region.steps))
            for at in below.rows:
                joined.add(at, lines)
            region = joined
        out.append(region)
    return out[::-1]


def _belongs_to(above: Region, below: Region, lines: Sequence[Line]) -> bool:
    rows, full = [lines[at] for at in above.rows], [lines[at] for at in below.rows]
    most = max(len(row.numbers) for row in full)
    pitch = below.pitch or (full[0].middle - rows[-1].middle)
    near = above.rows[-1] + 1 == below.rows[0] and full[0].middle - rows[-1].middle < _NEAR * pitch
    if not near or len(full) < 2 or any(len(row.numbers) >= most for row in rows):
        return False
    columns = sides([chunk for row in full for chunk in row.numbers])
    return all(stands_under(side, columns) for row in rows for side in sides(row.numbers))
