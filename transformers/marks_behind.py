"""Marks of a last column, I/S or V/N: in flattened text each stands behind its row, before the next label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, permutations

from transformers.drafts import Group
from transformers.headings import heading_of

_LETTERS = re.compile(r"[A-Z](?:\s?/\s?[A-Z]){1,2}", re.I)


def begin_with_a_mark(groups: Sequence[Group]) -> list[Group]:
    """The groups whose texts begin with the mark of the row before, since the last heading names such marks."""
    found: list[Group] = []
    marks: frozenset[str] = frozenset()
    for before, group in pairwise([Group(), *groups]):
        if before.numbers and len(group.texts) > 1 and group.texts[0].text.upper() in marks:
            found.append(group)
        if sum(_is_dated(cell.text) for cell in group.texts) > 1:
            marks = _marks_headed([cell.text for cell in group.texts])
    return found


def is_head_of_marks(text: str) -> bool:
    """Whether a heading names the marks of its column, and nothing else: V/N, I/S."""
    heading = heading_of(text)
    return heading.tags == {"mark"} and not heading.unknown and not heading.measures


def _is_dated(text: str) -> bool:
    heading = heading_of(text)
    return heading.is_pure and (bool(heading.years) or heading.has_stage)


def _marks_headed(texts: Sequence[str]) -> frozenset[str]:
    """The marks that the last of the headings names; none where other headings, or no labels, follow it."""
    at = max((at for at, text in enumerate(texts) if is_head_of_marks(text)), default=0)
    found = _LETTERS.fullmatch(texts[at].strip())
    behind = at and heading_of(texts[at - 1]).is_pure and at + 1 < len(texts)
    if found is None or not behind or any(_is_dated(text) for text in texts[at + 1 :]):
        return frozenset()
    letters = re.findall(r"[A-Z]", found[0].upper())
    return frozenset((*letters, *(f"{one}/{other}" for one, other in permutations(letters, 2))))
