"""The words of a page, each with its box as a viewer shows the page, its size and whether it is bold.

Most words stand on the foot of the word before them in the file. Of those only the first and the last letter are
looked up; size, foot and weight are asked where a line begins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from extractors.pdf.frame import Box, PageText, shown_size, turned_back, viewed
from extractors.pdf.letters import SLANTED, Letters, Setting
from schemas.notation import DASHES, count_tokens, parse_amount

PLAIN_AMOUNT = re.compile(rf"[{DASHES}]?(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d+)(?:,\d{{1,2}})?")  # as most are written
_DIGIT = re.compile(r"\d")
ABOVE, BELOW = 0.8, 0.2  # of its size: how far a line reaches above and below its foot
_WIDEST = 1.1  # of its size for each letter: what is wider stands apart
_NUMERIC = frozenset("0123456789(€+" + DASHES)  # begins what has no weight of its own: its label says it
_RUN = 0.35  # of its size: the widest gap between words that are set in one go


class Word(NamedTuple):
    """A word. `x0`, `top`, `x1` and `bottom` are in points from the top left of the page as it is read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    turn: int = 0  # quarter turns clockwise by which its letters are turned on the page as shown, or SLANTED


class _OnLine(NamedTuple):
    """What words on one foot share: the sides of their letters in the file, how they are set, their place as read."""

    bottom: float
    top: float
    foot: float
    font_size: float
    size: float
    high: float
    low: float


_NO_LINE = _OnLine(1.0, -1.0, -1.0, 0.0, 0.0, 0.0, 0.0)


TURN = itemgetter(6)  # of a word


def words_of(page: PageText) -> tuple[list[Word], int]:
    """The words of a page in the order of the file, and by how many amount-like tokens they differ from its text,
    where words that the text runs together stand apart on the page."""
    letters = Letters(page)
    box, aligned, left, clean, whole = letters.box, page.aligned, page.left, page.printable, page.text
    words: list[Word] = []
    change = at = 0
    line = _NO_LINE
    end = 0.0
    bold: bool | None = None
    for text in page.words:
        at = whole.index(text, at)
        size = len(text)
        start = at if aligned else letters.index(at)
        at += size
        first = box(start)
        last = box(start + size - 1) if size > 1 else first
        x0, low, _, high = first
        near = -_RUN * line.size < x0 - end < _RUN * line.size
        end = last[2]
        level = low == line.bottom == last[1] and high == line.top == last[3]
        if (
            (level or _stands_on(line, letters, start, text, first, last, near=near))
            and 0 <= end - x0 <= _WIDEST * line.size * size
            and not _is_suspicious(text)
            and (clean or text.isprintable())
        ):
            if bold is None or not near:
                bold = letters.is_bold(start) if text[0] not in _NUMERIC else None
            words.append(Word(text, x0 - left, line.high, end - left, line.low, bold or False))
            continue
        found, line = _slowly(letters, text, start, first, last)
        bold = found[-1].bold
        words += found
        if len(found) > 1 or found[0].text != text:
            change += sum(count_tokens(word.text) for word in found) - count_tokens(text)
    return words, change


def _stands_on(line: _OnLine, letters: Letters, start: int, text: str, first: Box, last: Box, *, near: bool) -> bool:
    """Whether a word stands on the foot of the one before in its size, where the sides of its letters don't show it."""
    if line is _NO_LINE or abs(last[1] - first[1]) > 0.7 * line.size:
        return False
    if text[-1].isdigit() and last[1] > line.foot + 0.15 * line.size:
        return False
    return letters.foot(start) == line.foot and (near or letters.font_size(start) == line.font_size)


def _slowly(letters: Letters, text: str, start: int, first: Box, last: Box) -> tuple[list[Word], _OnLine]:
    """The word at a place, or several where it stands in pieces; and what the next ones may share with it."""
    size = len(text)
    setting = letters.setting(start)
    bold = letters.is_bold(start)
    page = letters.page
    if setting.turn:
        return [_shown(page, text, _stood(around(first, last), setting), bold=bold, turn=setting.turn)], _NO_LINE
    tall = first[3] - first[1]
    plain = not page.rotation and 0.3 * tall < setting.size < 4 * tall + 2
    line = _line_of(letters, start, first, setting) if plain else _NO_LINE
    if size > 1 and _is_doubtful(text, first, last, setting):
        return _pieces(letters, text, start, setting, bold=bold), line
    if not plain or not text.isprintable():
        return [_shown(page, text, _stood(around(first, last), setting), bold=bold, turn=0)], line
    return [Word(text, first[0] - page.left, line.high, last[2] - page.left, line.low, bold)], line


def _line_of(letters: Letters, start: int, box: Box, setting: Setting) -> _OnLine:
    foot, size = letters.page.height + letters.page.bottom - setting.y, setting.size
    font_size = letters.font_size(start)
    return _OnLine(box[1], box[3], setting.y, font_size, size, foot - ABOVE * size, foot + BELOW * size)


@lru_cache(maxsize=1 << 14)
def _is_suspicious(text: str) -> bool:
    """Whether a word by itself may be two: an amount in no notation, or each letter twice."""
    if len(text) % 2 == 0 and text[::2] == text[1::2]:
        return True
    if len(text) < 5 or text.isalpha() or PLAIN_AMOUNT.fullmatch(text):
        return False
    return _DIGIT.search(text) is not None and parse_amount(text) is None


def around(one: Box, other: Box) -> Box:
    """The box around two boxes, in the coordinates of either: the least of the first sides, the most of the last."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _stood(box: Box, setting: Setting) -> Box:
    """A box as wide as the word, and as high as its size: the letters themselves differ in height."""
    x, y, size, turn = setting
    if turn == SLANTED:
        return box
    if turn % 2 == 0:
        tall = box[3] - box[1]
        if not 0.3 * tall < size < 4 * tall + 2:
            return box
        up, down = (ABOVE, BELOW) if turn == 0 else (BELOW, ABOVE)
        return box[0], y - down * size, box[2], y + up * size
    if not 0.3 * (box[2] - box[0]) < size:
        return box
    left, right = (ABOVE, BELOW) if turn == 3 else (BELOW, ABOVE)
    return x - left * size, box[1], x + right * size, box[3]


def _is_doubtful(text: str, first: Box, last: Box, setting: Setting) -> bool:
    """Whether the letters of a word may not stand as one: raised, on two lines, far apart, or two amounts in one."""
    size = max(setting.size, 0.1)
    if abs(last[1] - first[1]) > 0.7 * size or (text[-1].isdigit() and last[1] > setting.y + 0.15 * size):
        return True
    width = last[2] - first[0]
    if width < 0 or width > _WIDEST * size * len(text):
        return True
    return _is_suspicious(text)


def _pieces(letters: Letters, text: str, start: int, setting: Setting, *, bold: bool) -> list[Word]:
    """A word cut where its letters stand apart; a letter on the place of the one before is dropped."""
    boxes = [letters.box(start + at) for at in range(len(text))]
    if len(text) % 2 == 0 and text[::2] == text[1::2] and _are_doubled(boxes):
        box = _stood(around(boxes[0], boxes[-1]), setting)
        return [_shown(letters.page, text[::2], box, bold=True, turn=0)]
    pieces: list[tuple[str, Box, Setting]] = []
    for at, (char, box) in enumerate(zip(text, boxes, strict=True)):
        own = letters.setting(start + at)
        if pieces and not _is_apart(pieces[-1], char, box, own):
            pieces[-1] = (pieces[-1][0] + char, around(pieces[-1][1], box), pieces[-1][2])
        else:
            pieces.append((char, box, own))
    out: list[Word] = []
    for piece, box, own in pieces:
        note = piece.isdigit() and out and _is_raised(pieces[0][2], own)
        if note:
            box, own = (box[0] + 0.5, box[1], box[2], box[3]), Setting(own.x, pieces[0][2].y, own.size, 0)
        out.append(_shown(letters.page, f"{piece})" if note else piece, _stood(box, own), bold=bold, turn=0))
    return out


def _are_doubled(boxes: list[Box]) -> bool:
    return all(
        abs(one[0] - two[0]) < 0.3 * (one[2] - one[0]) + 0.1 for one, two in zip(boxes[::2], boxes[1::2], strict=True)
    )


def _is_apart(before: tuple[str, Box, Setting], char: str, box: Box, setting: Setting) -> bool:
    size = max(before[2].size, 0.1)
    if box[0] - before[1][2] > 0.24 * size or box[2] < before[1][0] + 0.1 * size:
        return True
    if abs(setting.y - before[2].y) > 0.7 * size:
        return True
    return before[0][-1].isdigit() and char.isdigit() and _is_raised(before[2], setting)


def _is_raised(before: Setting, setting: Setting) -> bool:
    """Whether a character is set smaller and above the foot of the one before: the mark of a note."""
    return setting.size < 0.85 * before.size and setting.y > before.y + 0.15 * before.size


def _shown(page: PageText, text: str, box: Box, *, bold: bool, turn: int) -> Word:
    """The word with its box as a viewer shows the page."""
    place = viewed(page, box)
    clean = text.replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
    return Word(clean, *place, bold, turn if turn == SLANTED else (turn + page.rotation) % 4)


def turned(words: list[Word], page: PageText) -> tuple[list[Word], int]:
    """The words as a reader who turns the page sees them, and the quarter turns: most letters decide."""
    if not any(map(TURN, words)):
        return words, 0
    counts = [0, 0, 0, 0, 0]
    for word in words:
        counts[word.turn] += len(word.text)
    turn = counts.index(max(counts[:SLANTED]))
    if turn == 0:
        return words, 0
    wide, high = shown_size(page)
    return [_turned(word, turn, wide, high) for word in words], turn


def _turned(word: Word, turn: int, wide: float, high: float) -> Word:
    x0, top, x1, bottom = turned_back((word.x0, word.top, word.x1, word.bottom), turn, wide, high)
    return Word(
        word.text, x0, top, x1, bottom, word.bold, word.turn if word.turn == SLANTED else (word.turn - turn) % 4
    )
