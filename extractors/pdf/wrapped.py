"""Labels that go on below their amounts: where a capital or a figure begins a line, what the rest of the table shows
tells whether it is the rest of a label or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.pdf.textlines import Chunk, Line, is_year
from schemas.unfinished import is_unfinished

_SPACE = 0.22  # of the height of a line
_SAME_LEFT = 3.0  # points
_PADDING = 6.0  # points between the words of a cell and the next one
_FIGURE = re.compile(r"\d[\d.,/-]*\)?")
_AGREEING = 2  # lines that all had no room above show that labels are broken
_FILLED = 0.9  # of its width: so far labels reach in a column that is too narrow for some
_REACH = 1.15  # times farther than other lines of labels stand
_FAR = 1e9  # points
_NO_REST = re.compile(r"waarvan\b|w\.v\.|.*:$", re.I)
_HEADS_ROWS = re.compile(r"(?:lasten|baten|saldo|uitgaven|inkomsten|kosten|opbrengsten|activa|passiva|reserves)", re.I)
_ENDS_ROWS = re.compile(r"(?:sub|eind)?totaal\b|saldo\b|resultaat\b", re.I)
_SHOUT = 6  # letters: a word in capitals so long is no abbreviation


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the labels of a table are broken over lines."""

    limit: float  # the right edge past which the next word of a label did not fit
    below: bool  # labels go on below their amounts
    reach: float  # as far at most below a line as that
    headed: bool  # a line that stands there can only be a heading
    opened: bool  # a line that looks like the labels stands above the first row
    figures: bool  # a lone figure may be a heading, or begin a label: years come again, or figures open the labels
    low: bool  # names begin in lower case


def lone_label(line: Line, edge: float) -> Chunk | None:
    """The one chunk of a line of words that ends before the numbers."""
    if len(line.chunks) == 1 and not line.numbers and line.x1 < edge + 2:
        return line.chunks[0]
    return None


def wrapping_of(lines: Sequence[Line], edge: float, head: Line | None, *, at_top: bool) -> Wrapping:
    """How labels are broken in the lines of a table, from its first row on; `head` is the line above those, which may
    be the rest of a label of the page before where the table stands at the top of a page.
    """
    named = [label for line in lines if line.numbers and (label := _label(line, edge))]
    alone = [label for line in lines if (label := lone_label(line, edge))]
    limit = _limit(lines, [*named, *alone], edge)
    low = sum(_is_low(label) for label in named) * 3 > len(named)
    rests: list[float] = []
    others: list[float] = []
    above, headed = 0, False
    for at in range(1, len(lines) if alone else 0):
        label = lone_label(lines[at], edge)
        if label is None or not lines[at - 1].numbers:
            continue
        upper = _label(lines[at - 1], edge)
        if upper is None or not is_alike(upper, label):
            continue
        step = lines[at].middle - lines[at - 1].middle
        under = _label(lines[at + 1], edge) if at + 1 < len(lines) and lines[at + 1].numbers else None
        if under is not None and (is_unfinished(label.text) or (_is_low(under) and not low)):
            above += 1
        elif is_unfinished(upper.text) or (_is_low(label) and not low and not _NO_REST.match(label.text)):
            rests.append(step)
        elif not is_figure(label):
            headed = headed or not _fills(upper, label, limit)
            others.append(step)
    reach = _REACH * max(rests, default=_FAR)
    first = lone_label(head, edge) if head and (len(rests) < 2 or not at_top) else None
    opened = first is not None and bool(named) and is_alike(first, named[0]) and not is_unfinished(first.text)
    headed = headed or any(step > reach for step in others)
    heads = [*alone, first] if first else alone
    years = {label.text for label in heads if is_year(label.text)}
    broken = len(rests) > 2 * above or (
        not above and len(others) >= _AGREEING and _reaches(lines, [*named, *alone], edge)
    )
    figures = len(years) > 1 or sum(label.text[:1].isdigit() for label in named) * 2 > len(named)
    return Wrapping(limit, broken, reach, headed, opened, figures, low)


def is_rest(upper: Chunk, lower: Chunk, wrapping: Wrapping, shift: float = 0.0) -> bool:
    """Whether a line of words below a row is the rest of its label, though it begins with a capital or a figure; on
    another page it may stand farther right by `shift`.
    """
    if not is_alike(upper, lower, shift) or _NO_REST.match(lower.text):
        return False
    if is_unfinished(upper.text):
        return True
    full = _fills(upper, lower, wrapping.limit)
    if lower.text[:1].isdigit():
        figure = is_figure(lower) and not wrapping.figures
        return figure and (full or not is_year(lower.text))
    return full and wrapping.below and not wrapping.headed and not wrapping.opened and not _may_head(upper, lower)


def is_figure(label: Chunk) -> bool:
    """Whether a label is nothing but a figure."""
    return _FIGURE.fullmatch(label.text) is not None


def _may_head(upper: Chunk, lower: Chunk) -> bool:
    """Whether words are such as head rows: what is cost or income, what follows a total, what is set in capitals."""
    loud = lower.text.isupper() and len(lower.text) >= _SHOUT and not upper.text.isupper()
    return loud or _HEADS_ROWS.fullmatch(lower.text) is not None or _ENDS_ROWS.match(upper.text) is not None


def is_rest_over_page(upper: Chunk, lower: Chunk, before: Wrapping, after: Wrapping, shift: float) -> bool:
    """Whether a line of words at the head of a page is the rest of the label that ends the page before."""
    low = _is_low(lower) and not before.low and not _NO_REST.match(lower.text)
    if low and is_alike(upper, lower, shift):
        return True
    return is_rest(upper, lower, replace(before, below=before.below or after.below), shift)


def _fills(upper: Chunk, lower: Chunk, limit: float) -> bool:
    """Whether the first word of the lower text had no room behind the upper one."""
    first = lower.words[0]
    return upper.x1 + _SPACE * (lower.bottom - lower.top) + first.x1 - first.x0 > limit + 1


def _limit(lines: Sequence[Line], labels: Sequence[Chunk], edge: float) -> float:
    """Where labels break: behind the longest one, or where their column ends."""
    widest, end = _widest(labels, edge), _end(lines, edge)
    return widest if end is None else max(widest, end)


def _reaches(lines: Sequence[Line], labels: Sequence[Chunk], edge: float) -> bool:
    """Whether the longest label reaches to the end of its column."""
    left, end = min(label.x0 for label in labels), _end(lines, edge)
    return end is not None and _widest(labels, edge) - left > _FILLED * (end - left)


def _widest(labels: Sequence[Chunk], edge: float) -> float:
    return max([label.x1 for label in labels if label.x1 < edge], default=edge)


def _end(lines: Iterable[Line], edge: float) -> float | None:
    """Where the column of labels ends, if it begins as far before the first column of numbers ends as the columns of
    numbers lie apart.
    """
    ends = [chunk.x1 for chunk in max((line.numbers for line in lines), key=len, default=[])]
    return min(2 * ends[0] - ends[1] - _PADDING, edge - 2) if len(ends) > 1 else None


def _label(line: Line, edge: float) -> Chunk | None:
    first = line.chunks[0]
    return None if first.x0 >= edge - 1 or (line.numbers and line.numbers[0] is first) else first


def is_alike(upper: Chunk, lower: Chunk, shift: float = 0.0) -> bool:
    """Whether two labels begin at the same distance from the left, in the same size and weight."""
    heights = upper.bottom - upper.top, lower.bottom - lower.top
    same = abs(upper.x0 + shift - lower.x0) < _SAME_LEFT and max(heights) < 1.1 * min(heights)
    return same and upper.bold == lower.bold


def _is_low(label: Chunk) -> bool:
    return label.text.lstrip("(")[:1].islower()
