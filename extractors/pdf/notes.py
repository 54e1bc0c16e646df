"""Marks of notes: small and raised, they go with the word before them, wherever the file has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from statistics import median

from extractors.pdf.words import BELOW, Word

_MARK = re.compile(r"\(?\d{1,2}\)?|\*{1,3}")
_SMALL = 0.85  # of the size of the word it goes with


def with_notes(words: list[Word]) -> list[Word]:
    """The words, with the marks of notes on the line of the words that they are raised to."""
    sizes = [bottom - top for _, _, top, _, bottom, _, _ in words]
    largest = max(sizes, default=0.0)
    small = _SMALL * largest
    marks = [at for at, size in enumerate(sizes) if size <= small and _is_mark(words[at].text)]
    if not marks:
        return words
    usual = median(sizes)
    for at in marks:
        beside = max(sizes[max(0, at - 1) : at + 2])
        if sizes[at] <= _SMALL * max(usual, beside):
            words[at] = _raised(words, at, largest)
    return words


@lru_cache(maxsize=1 << 14)
def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None


def _raised(words: Sequence[Word], at: int, far: float) -> Word:
    mark = words[at]
    left = mark.x0
    near = [word for word in words if -far < left - word.x1 < far and word is not mark]
    found = (_raised_to(word, mark) for word in near)
    return next((note for note in found if note is not None), mark)


def _raised_to(word: Word, mark: Word) -> Word | None:
    """The mark of a note as it goes with the word before it; None where it is none, but a number of its own."""
    size, small = word.bottom - word.top, mark.bottom - mark.top
    near = -0.1 * size < mark.x0 - word.x1 < 0.35 * size
    raised = 0.1 * size < word.bottom - BELOW * size - (mark.bottom - BELOW * small) < 0.7 * size
    if word.turn or not near or not raised or small > _SMALL * size:
        return None
    text = f"{mark.text})" if mark.text.isdigit() else mark.text
    return Word(text, max(mark.x0, word.x1), word.top, mark.x1, word.bottom, word.bold, 0)
