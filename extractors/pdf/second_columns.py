"""Columns by the white space between numbers, for the second reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.pdf.second_words import Line, Word

_CROSSED = 0.1  # of the rows of a column, in which a number may reach over the white space to the next
_LONE_DASH = 4.0  # times its height: how far dashes may stand from the numbers of their column


@dataclass(slots=True)
class Column:
    """What stands under each other, with the number of each one's line."""

    left: float
    right: float
    words: list[tuple[int, Word]] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """The lines in which something stands."""
        return [row for row, _ in self.words]


def columns_of(lines: Sequence[Line]) -> list[Column] | None:
    """The columns of numbers from left to right; None where numbers of one line can't be told apart."""
    numbers = [(at, word) for at, line in enumerate(lines) for word in line.words if word.amount and word.alone]
    columns: list[Column] = []
    for at, word in sorted(numbers, key=lambda each: each[1].x0):
        if columns and word.x0 < columns[-1].right:
            columns[-1].words.append((at, word))
            columns[-1].right = max(columns[-1].right, word.x1)
        else:
            columns.append(Column(word.x0, word.x1, [(at, word)]))
    parted: list[Column] = []
    for column in columns:
        parts = _parted(column)
        if parts is None:
            return None
        parted += parts
    return _with_dashes(parted)


def _parted(column: Column) -> list[Column] | None:
    """A column, or several where single lines have several numbers in it and few numbers reach over what is between."""
    if len(set(column.rows)) == len(column.words):
        return [column]
    cut = _cut(column)
    if cut is None:
        return None
    sides: list[list[tuple[int, Word]]] = [[], []]
    for at, word in column.words:
        sides[(word.x0 + word.x1) / 2 > cut].append((at, word))
    out: list[Column] = []
    for side in sides:
        if not side or len(side) == len(column.words):
            return None
        parts = _parted(Column(min(word.x0 for _, word in side), max(word.x1 for _, word in side), side))
        if parts is None:
            return None
        out += parts
    return out


def _cut(column: Column) -> float | None:
    """Where a column parts best: between two numbers of a line, where the fewest others reach over."""
    by_row: dict[int, list[Word]] = {}
    for at, word in column.words:
        by_row.setdefault(at, []).append(word)
    places = {
        (one.x1 + two.x0) / 2
        for words in by_row.values()
        for one, two in pairwise(sorted(words, key=lambda word: word.x0))
    }
    crossed = {x: sum(word.x0 < x < word.x1 for _, word in column.words) for x in places}
    if not crossed:
        return None
    best = min(sorted(crossed), key=lambda x: crossed[x])
    return best if crossed[best] <= max(1, _CROSSED * len(by_row)) else None


def _with_dashes(columns: list[Column]) -> list[Column]:
    """The columns, with those of nothing but dashes put to the nearest whose lines they don't share."""
    out = list(columns)
    for column in columns:
        if any(char.isdigit() for _, word in column.words for char in word.text):
            continue
        at = out.index(column)
        near = [out[n] for n in (at - 1, at + 1) if 0 <= n < len(out) and _may_hold(out[n], column)]
        if near:
            best = min(near, key=lambda other: _gap(other, column))
            best.words += column.words
            best.left, best.right = min(best.left, column.left), max(best.right, column.right)
            out.remove(column)
    return out


def _may_hold(other: Column, dashes: Column) -> bool:
    tall = dashes.words[0][1].tall
    return _gap(other, dashes) < _LONE_DASH * tall and not set(other.rows) & set(dashes.rows)


def _gap(one: Column, two: Column) -> float:
    return max(one.left, two.left) - min(one.right, two.right)
