"""Marks of notes: small and raised, they go with the word before them, wherever the file has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from statistics import median

from extractors.pdf.words import BELOW, METRES, NOTE_LETTERS, TINY, Word

_MARK = re.compile(r"\(?\d{1,2}\)?|\*{1,3}")
_LETTERS = re.compile(r"[a-h]|de|ste")  # of a mark, or the end of an ordinal
_ORDINAL = frozenset(("e", "de", "ste"))
_TOUCHING = 0.15  # of its height: how near the letter of a note stands to its word
_HEIGHT = itemgetter(2, 4)  # top and bottom of a word
_SMALL = 0.85  # of the size of the word it goes with


def with_notes(runs: list[list[Word]]) -> list[list[Word]]:
    """The words in their runs, with the marks of notes on the line of the words that they are raised to, and raised
    ends of ordinals in one word with their figures."""
    sizes = [run[0].bottom - run[0].top for run in runs]
    small = list(_small(runs, sizes))
    marks = [(number, at) for number, at in small if _is_mark(runs[number][at].text)]
    lettered = [
        (number, at, runs[number][at], word)
        for number, at in small
        if _is_letters(runs[number][at].text) and (word := _before(runs, number, at)) is not None
    ]
    marks += [(number, at) for number, at, mark, word in lettered if _is_letter(mark, word)]
    ends = {(number, at) for number, at, mark, word in lettered if _ends_ordinal(mark, word)}
    notes = {(number, at): _note(runs[number][at], runs, sizes) for number, at in marks}
    if not ends and not any(notes.values()):
        return runs
    words: list[Word] = []
    for number, run in enumerate(runs):
        for at, word in enumerate(run):
            if (number, at) in ends:
                words[-1] = words[-1]._replace(text=words[-1].text + word.text, x1=word.x1)
            else:
                words.append(notes.get((number, at)) or word)
    return [list(run) for _, run in groupby(words, key=_HEIGHT)]


def _before(runs: Sequence[Sequence[Word]], number: int, at: int) -> Word | None:
    """The word before another in the file."""
    if at:
        return runs[number][at - 1]
    return runs[number - 1][-1] if number else None


def _small(runs: Sequence[Sequence[Word]], sizes: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The words that are smaller than most of the page, or than the word before or behind them: run and place in it."""
    usual = median([size for run, size in zip(runs, sizes, strict=True) for _ in run]) if runs else 0.0
    for number, (run, size) in enumerate(zip(runs, sizes, strict=True)):
        if size <= _SMALL * usual:
            yield from ((number, at) for at in range(len(run)))
            continue
        after_larger = number > 0 and size <= _SMALL * sizes[number - 1]
        before_larger = number + 1 < len(runs) and size <= _SMALL * sizes[number + 1]
        if after_larger:
            yield number, 0
        if before_larger and not (after_larger and len(run) == 1):
            yield number, len(run) - 1


@lru_cache(maxsize=1 << 14)
def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def _is_letters(text: str) -> bool:
    return _LETTERS.fullmatch(text) is not None


def _is_letter(mark: Word, word: Word) -> bool:
    """Whether a small letter that touches a word may be the mark of a note."""
    return mark.text in NOTE_LETTERS and word.text[-1].isalpha() and _touches(mark, word)


def _ends_ordinal(mark: Word, word: Word) -> bool:
    """Whether small letters are raised behind a figure and make it an ordinal: 1e."""
    if mark.text not in _ORDINAL or not word.text[-1].isdigit() or not _touches(mark, word):
        return False
    return mark.bottom < word.bottom and mark.bottom - mark.top < _SMALL * (word.bottom - word.top)


def _touches(mark: Word, word: Word) -> bool:
    return abs(mark.x0 - word.x1) < _TOUCHING * (word.bottom - word.top)


def _note(mark: Word, runs: Sequence[Sequence[Word]], sizes: Sequence[float]) -> Word | None:
    """The mark as the note of the first word that it is raised to; None where there is none."""
    near = [run for run, size in zip(runs, sizes, strict=True) if 0 < run[0].bottom - mark.bottom < size]
    notes = (_raised_to(word, mark) for run in near for word in run)
    return next((note for note in notes if note is not None), None)


def _raised_to(word: Word, mark: Word) -> Word | None:
    """The mark of a note as it goes with the word before it; None where it is none, but a number of its own."""
    size, small = word.bottom - word.top, mark.bottom - mark.top
    if not -0.1 * size < mark.x0 - word.x1 < 0.35 * size or word.turn or small > _SMALL * size:
        return None
    least = -0.05 if small < TINY * size and word.text[-1].isdigit() else 0.1
    if not least * size < word.bottom - BELOW * size - (mark.bottom - BELOW * small) < 0.7 * size:
        return None
    text = f"{mark.text})" if mark.text.isalnum() and not METRES.search(word.text) else mark.text
    return Word(text, max(mark.x0, word.x1), word.top, mark.x1, word.bottom, word.bold, 0)
