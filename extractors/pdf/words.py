"""The words of a page, each with its box as a viewer shows the page, its size and whether it is bold."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from math import hypot
from statistics import median
from typing import NamedTuple

import pypdfium2.raw as raw

from extractors.pdf.frame import Box, PageText, shown_size, turned_back, viewed
from schemas.notation import count_tokens, parse_amount

_WORD = re.compile(r"\S+")
_NOTE = re.compile(r"\(?\d{1,2}\)?|\*{1,3}")
_LONGEST_NOTE = 5  # characters
_DIGIT = re.compile(r"\d")
_BOLD = 600  # font weight
SLANTED = 4  # in place of quarter turns: set at an angle
_LEAST_SLANT = 0.08  # of the height of a letter: what leans less was meant to stand straight
_ABOVE, _BELOW = 0.8, 0.2  # of its size: how far a line reaches above and below its foot


class Setting(NamedTuple):
    """How a character is set: the left end of its foot, its size in points, its quarter turns clockwise."""

    x: float
    y: float
    size: float
    turn: int


class Word(NamedTuple):
    """A word. `x0`, `top`, `x1` and `bottom` are in points from the top left of the page as it is read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    turn: int = 0  # quarter turns clockwise by which its letters are turned on the page as shown, or SLANTED


class _Reach:
    """Where single characters stand, asked through buffers that are made once."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.handle = page.handle
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rect_ref, self._matrix_ref = ctypes.byref(self._rect), ctypes.byref(self._matrix)
        self._x_ref, self._y_ref = ctypes.byref(self._x), ctypes.byref(self._y)

    def index(self, at: int) -> int:
        """The number of the character at a place in the text."""
        return at if self.page.aligned else raw.FPDFText_GetCharIndexFromTextIndex(self.handle, at)

    def box(self, index: int) -> Box:
        """Left, bottom, right and top in the coordinates of the file."""
        if not raw.FPDFText_GetLooseCharBox(self.handle, index, self._rect_ref):
            return 0.0, 0.0, 0.0, 0.0
        rect = self._rect
        return rect.left, rect.bottom, rect.right, rect.top

    def setting(self, index: int) -> Setting:
        """The foot of a character, its size, and the quarter turns clockwise in which it is set."""
        raw.FPDFText_GetCharOrigin(self.handle, index, self._x_ref, self._y_ref)
        size = raw.FPDFText_GetFontSize(self.handle, index)
        turn = 0
        if raw.FPDFText_GetMatrix(self.handle, index, self._matrix_ref):
            matrix = self._matrix
            size *= hypot(matrix.c, matrix.d)
            if matrix.b or matrix.a < 0:
                turn = turn_of(matrix.a, matrix.b)
        return Setting(self._x.value, self._y.value, size, turn)


def turn_of(a: float, b: float) -> int:
    """The quarter turns clockwise of a line of text that runs in a direction, or that it is slanted."""
    if min(abs(a), abs(b)) > _LEAST_SLANT * max(abs(a), abs(b)):
        return SLANTED
    if abs(b) > abs(a):
        return 3 if b > 0 else 1
    return 2 if a < 0 else 0


def words_of(page: PageText) -> tuple[list[Word], int]:
    """The words of a page in the order of the file, and by how many amount-like tokens they differ from its text.

    They differ where words that the text runs together stand apart on the page, and where a word was printed twice on
    one spot to look bold.
    """
    reach = _Reach(page)
    words: list[Word] = []
    marks: list[int] = []
    change = 0
    for match in _WORD.finditer(page.text):
        text = match.group()
        found = _word(reach, text, reach.index(match.start()))
        if isinstance(found, Word):
            if len(text) < _LONGEST_NOTE and _NOTE.fullmatch(text):
                marks.append(len(words))
            words.append(found)
        else:
            change += sum(count_tokens(word.text) for word in found) - count_tokens(text)
            words += found
    _raise_notes(words, marks)
    single, doubled = _once(words)
    return single, change - doubled


def _word(reach: _Reach, text: str, start: int) -> Word | list[Word]:
    """The word at a place, or several where it stands in pieces."""
    size = len(text)
    first = reach.box(start)
    last = reach.box(start + size - 1) if size > 1 else first
    setting = reach.setting(start)
    bold = raw.FPDFText_GetFontWeight(reach.handle, start) >= _BOLD
    page = reach.page
    if setting.turn:
        return _shown(page, text, _stood(around(first, last), setting), bold=bold, turn=setting.turn)
    if size > 1 and _is_doubtful(text, first, last, setting):
        return _pieces(reach, text, start, setting, bold=bold)
    tall = first[3] - first[1]
    if page.rotation or not 0.3 * tall < setting.size < 4 * tall + 2 or not text.isprintable():
        return _shown(page, text, _stood(around(first, last), setting), bold=bold, turn=0)
    foot = page.height + page.bottom - setting.y  # the usual case, without detours
    high, low = foot - _ABOVE * setting.size, foot + _BELOW * setting.size
    return Word(text, first[0] - page.left, high, last[2] - page.left, low, bold, 0)


def _raise_notes(words: list[Word], marks: Sequence[int]) -> None:
    """Put the marks of notes on the line of the words that they are raised to, wherever those stand in the file."""
    usual = median(word.bottom - word.top for word in words) if marks else 0.0
    for at in marks:
        mark = words[at]
        near = words[max(0, at - 1) : at + 2] if mark.bottom - mark.top > 0.85 * usual else words
        note = next((found for word in near if word is not mark and (found := _raised_to(word, mark))), None)
        words[at] = note or mark


def _raised_to(word: Word, mark: Word) -> Word | None:
    """The mark of a note as it goes with the word before it; None where it is none, but a number of its own."""
    size, small = word.bottom - word.top, mark.bottom - mark.top
    near = -0.1 * size < mark.x0 - word.x1 < 0.35 * size
    raised = 0.1 * size < word.bottom - _BELOW * size - (mark.bottom - _BELOW * small) < 0.7 * size
    if word.turn or not near or not raised or small > 0.85 * size:
        return None
    text = f"{mark.text})" if mark.text.isdigit() else mark.text
    return Word(text, max(mark.x0, word.x1), word.top, mark.x1, word.bottom, word.bold, 0)


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
        up, down = (_ABOVE, _BELOW) if turn == 0 else (_BELOW, _ABOVE)
        return box[0], y - down * size, box[2], y + up * size
    if not 0.3 * (box[2] - box[0]) < size:
        return box
    left, right = (_ABOVE, _BELOW) if turn == 3 else (_BELOW, _ABOVE)
    return x - left * size, box[1], x + right * size, box[3]


def _is_doubtful(text: str, first: Box, last: Box, setting: Setting) -> bool:
    """Whether the letters of a word may not stand as one: raised, on two lines, far apart, or two amounts in one."""
    size = max(setting.size, 0.1)
    if abs(last[1] - first[1]) > 0.7 * size or (text[-1].isdigit() and last[1] > setting.y + 0.15 * size):
        return True
    width = last[2] - first[0]
    if width < 0 or width > 1.1 * size * len(text):
        return True
    if len(text) > 4 and not text.isalpha() and _DIGIT.search(text) and parse_amount(text) is None:
        return True
    return len(text) % 2 == 0 and text[::2] == text[1::2]


def _pieces(reach: _Reach, text: str, start: int, setting: Setting, *, bold: bool) -> list[Word]:
    """A word cut where its letters stand apart; a letter on the place of the one before is dropped."""
    boxes = [reach.box(start + at) for at in range(len(text))]
    if len(text) % 2 == 0 and text[::2] == text[1::2] and _are_doubled(boxes):
        box = _stood(around(boxes[0], boxes[-1]), setting)
        return [_shown(reach.page, text[::2], box, bold=True, turn=0)]
    pieces: list[tuple[str, Box, Setting]] = []
    for at, (char, box) in enumerate(zip(text, boxes, strict=True)):
        own = reach.setting(start + at)
        if pieces and not _is_apart(pieces[-1], char, box, own):
            pieces[-1] = (pieces[-1][0] + char, around(pieces[-1][1], box), pieces[-1][2])
        else:
            pieces.append((char, box, own))
    out: list[Word] = []
    for piece, box, own in pieces:
        note = piece.isdigit() and out and _is_raised(pieces[0][2], own)
        if note:
            box, own = (box[0] + 0.5, box[1], box[2], box[3]), Setting(own.x, pieces[0][2].y, own.size, 0)
        out.append(_shown(reach.page, f"{piece})" if note else piece, _stood(box, own), bold=bold, turn=0))
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


def _once(words: list[Word]) -> tuple[list[Word], int]:
    """The words without those that lie on an equal one, and the tokens in what was dropped."""
    seen: dict[str, list[Word]] = {}
    out: list[Word] = []
    dropped = 0
    for word in words:
        equal = seen.setdefault(word.text, [])
        near = (word.bottom - word.top) * 0.15
        if any(abs(other.x0 - word.x0) < near and abs(other.top - word.top) < near for other in equal):
            dropped += count_tokens(word.text)
            continue
        equal.append(word)
        out.append(word)
    return out, dropped


def turned(words: list[Word], page: PageText) -> tuple[list[Word], int]:
    """The words as a reader who turns the page sees them, and the quarter turns: most letters decide."""
    counts = [0, 0, 0, 0, 0]
    for word in words:
        counts[word.turn] += len(word.text)
    turn = counts.index(max(counts[:SLANTED]))
    if turn == 0 or not words:
        return words, 0
    wide, high = shown_size(page)
    return [_turned(word, turn, wide, high) for word in words], turn


def _turned(word: Word, turn: int, wide: float, high: float) -> Word:
    x0, top, x1, bottom = turned_back((word.x0, word.top, word.x1, word.bottom), turn, wide, high)
    return Word(
        word.text, x0, top, x1, bottom, word.bold, word.turn if word.turn == SLANTED else (word.turn - turn) % 4
    )
