"""Characters to lines, words and texts like amounts, for the second reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from schemas.notation import SPACES, parse_amount, plain
from schemas.records import Box

_APART = 0.18  # of the height of a letter: a wider gap parts words
_SPACED = 0.08  # the same, where the file has a space
_THIN = 0.5  # the same, where that is a thin space between digits
_ISOLATED = 0.55  # the same, between what stands in different columns
_ONE_SPOT = 0.2  # letters nearer than this that are the same were printed twice
_SHARED = 0.4  # of the lower of two letters: how far they overlap where they stand on one line
_RAISED = 0.85  # of the usual height: smaller letters are the mark of a note
_FAR_MARK = 6.0  # times its height: how far behind a number its V or N may stand
_BEFORE = ("€", "EUR", "-/-", "+/+", "+", "(", "€-", "-€", "€ -")
_BEHIND = ("%", ")", "-/-", "V", "N", "nadelig", "voordelig", "nadeel", "voordeel")
_LETTERS = {"V", "N", "nadelig", "voordelig", "nadeel", "voordeel"}


class Char(NamedTuple):
    """A letter, its box on the page as it is read, and the quarter turns in which it is set."""

    text: str
    box: Box
    turn: int
    middle: float  # of its height
    tall: float


def char_at(text: str, box: Box, turn: int) -> Char:
    """A letter in a box."""
    return Char(text, box, turn, (box[1] + box[3]) / 2, box[3] - box[1])


@dataclass(slots=True)
class Word:
    """Letters without a gap, or several such that are one amount."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    amount: bool = False
    alone: bool = False  # whether wide gaps part it from its neighbours
    end: float | None = None  # where a number ends before the V or N that may stand in a column of its own

    @property
    def tall(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """Its box; of a number, without the V or N behind it."""
        return self.x0, self.top, self.x1 if self.end is None else self.end, self.bottom


@dataclass(slots=True)
class Line:
    """The words of one line, from left to right."""

    words: list[Word] = field(default_factory=list)


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The lines from top to bottom, with what is like an amount put together."""
    rows: list[list[Char]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=attrgetter("middle")):
        _, (_, above, _, below), _, _, tall = char
        if rows and min(bottom, below) - max(top, above) > _SHARED * min(bottom - top, tall):
            rows[-1].append(char)
            if tall > bottom - top:
                top, bottom = above, below
        else:
            rows.append([char])
            top, bottom = above, below
    lines = [Line(_with_amounts(_words(_once(row)))) for row in rows]
    return [line for line in lines if line.words]


def _once(row: Sequence[Char]) -> list[Char]:
    """The letters of a line from left to right, without those printed on an equal one, and without raised marks."""
    ordered = sorted(row, key=lambda char: char.box[0])
    heights = [char.tall for char in ordered if not char.text.isspace()]
    usual = median(heights) if heights else 0.0
    low = median([char.box[3] for char in ordered])
    least, high = _RAISED * usual, low - 0.1 * usual
    out: list[Char] = []
    last = -inf
    for char in ordered:
        text, (x0, _, _, bottom), _, _, tall = char
        if tall < least and bottom < high:
            continue
        near = _ONE_SPOT * max(tall, 1.0)
        if x0 - last < near and any(other.text == text and x0 - other.box[0] < near for other in out[-3:]):
            continue
        out.append(char)
        last = x0
    return out


def _words(row: Sequence[Char]) -> list[Word]:
    words: list[Word] = []
    held: list[Char] = []
    space = ""
    end = 0.0
    for char in row:
        text, (x0, _, x1, _), _, _, tall = char
        if not text or text.isspace():
            space = text
            continue
        gap = (x0 - end) / max(tall, 1.0)
        if held and (_is_apart(gap, space, held[-1].text + text) if space else gap > _APART):
            words.append(_word(held))
            held = []
        held.append(char)
        end, space = x1, ""
    if held:
        words.append(_word(held))
    return words


def _is_apart(gap: float, space: str, around: str) -> bool:
    """Whether a gap with a space in it, in heights of a letter, parts words; thin spaces stand inside numbers, and some
    spaces are drawn under the letter behind them."""
    return gap > (_THIN if space in SPACES and around.isdigit() else _SPACED)


def _word(chars: Sequence[Char]) -> Word:
    texts, boxes, *_ = zip(*chars, strict=True)
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Word("".join(texts), x0[0], min(top), max(x1), max(bottom))


def _with_amounts(words: Sequence[Word]) -> list[Word]:
    """The words, with signs and marks joined to their numbers, and each said to be like an amount or not."""
    out: list[Word] = []
    for word in words:
        before = out[-1] if out else None
        if before is not None and _is_sign_of(before, word):
            out[-1] = _both(before, word)
        elif before is not None and _is_mark_of(before, word):
            out[-1] = _both(before, word, " ")
            out[-1].end = before.x1 if word.text in _LETTERS else None
        else:
            out.append(word)
    for word in out:
        word.amount = parse_amount(word.text) is not None
    for at, word in enumerate(out):
        left = word.x0 - out[at - 1].x1 if at else 99.0
        right = out[at + 1].x0 - word.x1 if at + 1 < len(out) else 99.0
        word.alone = min(left, right) > _ISOLATED * word.tall
    return out


def _is_sign_of(before: Word, word: Word) -> bool:
    """Whether a word is the sign or the € of the number behind it."""
    if parse_amount(word.text) is None:
        return False
    if before.text in _BEFORE:
        return True
    return plain(before.text) == "-" and plain(word.text) != "-" and word.x0 - before.x1 < 0.3 * word.tall


def _is_mark_of(before: Word, word: Word) -> bool:
    """Whether a word is what stands behind a number: %, a bracket, V or N."""
    if word.text not in _BEHIND or parse_amount(before.text) is None:
        return False
    far = _FAR_MARK if word.text in _LETTERS else 1.5
    return word.x0 - before.x1 < far * word.tall and parse_amount(f"{before.text} {word.text}") is not None


def _both(one: Word, two: Word, between: str = "") -> Word:
    top, bottom = min(one.top, two.top), max(one.bottom, two.bottom)
    return Word(f"{one.text}{between}{two.text}", one.x0, top, two.x1, bottom)
