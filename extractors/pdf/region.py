"""The lines of a page that are one table."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pdf.textlines import Line
from extractors.pdf.wrapped import Wrapping, wrapping_of

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
