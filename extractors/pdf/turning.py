"""The words of a page as a reader sees them who turns it."""

from __future__ import annotations

from extractors.pdf.frame import PageText, shown_size, turned_back
from extractors.pdf.letters import SLANTED
from extractors.pdf.words import Word


def turned(runs: list[list[Word]], page: PageText) -> tuple[list[list[Word]], int]:
    """The words as a reader who turns the page sees them, and the quarter turns: most letters decide."""
    if not any(run[0].turn for run in runs):
        return runs, 0
    counts = [0, 0, 0, 0, 0]
    for run in runs:
        counts[run[0].turn] += sum(len(word.text) for word in run)
    turn = counts.index(max(counts[:SLANTED]))
    if turn == 0:
        return runs, 0
    wide, high = shown_size(page)
    return [[_turned(word, turn, wide, high) for word in run] for run in runs], turn


def _turned(word: Word, turn: int, wide: float, high: float) -> Word:
    x0, top, x1, bottom = turned_back((word.x0, word.top, word.x1, word.bottom), turn, wide, high)
    return Word(
        word.text, x0, top, x1, bottom, word.bold, word.turn if word.turn == SLANTED else (word.turn - turn) % 4
    )
