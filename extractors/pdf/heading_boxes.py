"""What is drawn around or below a heading, and the columns inside it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.columns import Column
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Chunk, Line


def boxed(
    chunk: Chunk,
    chunks: Sequence[Chunk],
    columns: Sequence[Column],
    first: int,
    line: Line,
    rules: Rules,
    below: Line | None,
) -> tuple[int, int] | None:
    """The columns in the box drawn around a heading, or over the rule drawn below it; None where nothing is drawn."""
    sides = [_walls(chunk, line, rules), _underline(chunk, line, rules, below), _surface(chunk, line, rules)]
    for side in sides:
        if side is None:
            continue
        left, right = side
        if any(other is not chunk and left < other.middle < right for other in chunks):
            continue
        inside = [at for at in range(first, len(columns)) if left < (columns[at].left + columns[at].right) / 2 < right]
        everything = len(inside) > 1 and len(inside) == len(columns) - first
        if everything and abs(chunk.middle - (columns[first].start + columns[-1].stop) / 2) > 0.1 * (right - left):
            continue
        if inside:
            return inside[0], inside[-1]
    return None


def _walls(chunk: Chunk, line: Line, rules: Rules) -> tuple[float, float] | None:
    walls = [x for x, top, bottom in rules.down if top <= line.middle <= bottom]
    left = max((x for x in walls if x <= chunk.x0 + 2), default=None)
    right = min((x for x in walls if x >= chunk.x1 - 2), default=None)
    return (left, right) if left is not None and right is not None else None


def _underline(chunk: Chunk, line: Line, rules: Rules, below: Line | None) -> tuple[float, float] | None:
    floor = below.middle if below is not None else line.bottom + line.height
    found = [
        (x0, x1)
        for y, x0, x1 in rules.across
        if line.bottom - 2 <= y < floor and x0 <= chunk.x0 + 2 and x1 >= chunk.x1 - 2
    ]
    return min(found, key=lambda side: side[1] - side[0], default=None)


def _surface(chunk: Chunk, line: Line, rules: Rules) -> tuple[float, float] | None:
    found = [
        (x0, x1)
        for x0, top, x1, bottom in rules.fills
        if top <= line.middle <= bottom and x0 <= chunk.x0 + 2 and x1 >= chunk.x1 - 2
    ]
    return min(found, key=lambda side: side[1] - side[0], default=None)
