"""Comparing a true table with those that a reader found: rows and columns are paired in order, over the whole table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[int, int]
_INVISIBLE = re.compile(r"[\s\u00ad\u200b\u2010\u0002\ufffe-]+")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row as a reader found it: its page from 1 and the texts of its cells."""

    page: int
    cells: tuple[str, ...]


FoundTable = tuple[FoundRow, ...]


def tidy(text: str) -> str:
    """The text with single spaces: how a figure is compared."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """The text without spaces, hyphens and what is not seen: a label compares equal wherever its lines were broken."""
    return _INVISIBLE.sub("", text)


def paired_in_order(weights: Mapping[Pair, float]) -> dict[int, int]:
    """Left to right, each at most once and without crossing: the pairing whose weights add up to most."""
    lefts = sorted({left for left, _ in weights})
    rights = sorted({right for _, right in weights})
    best = [[0.0] * (len(rights) + 1) for _ in range(len(lefts) + 1)]
    for i, left in enumerate(lefts, 1):
        row, above = best[i], best[i - 1]
        for j, right in enumerate(rights, 1):
            row[j] = max(above[j], row[j - 1], above[j - 1] + weights.get((left, right), 0.0))
    pairs: dict[int, int] = {}
    i, j = len(lefts), len(rights)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[lefts[i]] = rights[j]
    return pairs
