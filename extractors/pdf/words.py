"""The words of a page, each with its box as a viewer shows the page, its size and whether it is bold.

Most words stand on the foot of the word before them in the file. Of those only the first and the last letter are
looked up; size, foot and weight are asked where a line begins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, compress, count, repeat
from operator import add
from typing import NamedTuple

from extractors.pdf.frame import Box, PageText, viewed
from extractors.pdf.letters import SLANTED, Known, Letters, Rises, Setting, Sides
from schemas.notation import DASHES, count_tokens, parse_amount

PLAIN_AMOUNT = re.compile(rf"[{DASHES}]?(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d+)(?:,\d{{1,2}})?")  # as most are written
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\S+")
_NOTES = re.compile(r"\d+(?:,\d{1,2})*\)?")  # raised: the numbers of notes
METRES = re.compile(r"(?<![^\W\d_])[kcd]?m$")  # a raised digit behind it is no note
ABOVE, BELOW = 0.8, 0.2  # of its size: how far a line reaches above and below its foot
_WIDEST = 1.1  # of its size for each letter: what is wider stands apart
_NUMERIC = frozenset("0123456789(€+" + DASHES)  # begins what has no weight of its own: its label says it
NOTE_LETTERS = frozenset("abcdefgh")  # raised behind a word
_ENDS_MARK = NOTE_LETTERS | frozenset("0123456789)")
_EXACT = 1e-3  # points: what differs less is the same number, rounded at another place of the page
TINY = 0.7  # of the size of the digit before it: what is smaller is no part of the same number
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
    """What words on one foot share: the sides of letters in the file, their place as read, how they are set."""

    bottom: float
    top: float
    high: float
    low: float
    reach: float  # the widest gap between words that are set in one go
    foot: float
    least: float  # how far down and up a letter may begin that is neither raised nor lowered
    most: float
    widest: float  # for each letter of a word
    rises: Rises
    size: float
    font_size: float


_NO_LINE = _OnLine(1.0, -1.0, 0.0, 0.0, 0.0, -1.0, 1.0, -1.0, -1.0, {}, 0.0, 0.0)
_UNKNOWN = (1.0, -1.0, 1.0, -1.0)
_ANY = ""  # letter of a font whose boxes are all equally high
_SHORT = frozenset("acegmnopqrsuvwxyz")  # letters lower than a capital, where boxes are those of what is drawn
_new = tuple.__new__


def words_of(page: PageText, known: Known) -> tuple[list[list[Word]], int]:
    """The words of a page in the order of the file, in runs of one height on the page, and by how many amount-like
    tokens they differ from its text, where words that the text runs together stand apart on the page."""
    letters = Letters(page, known)
    left, clean = page.left, page.printable
    runs: list[list[Word]] = []
    run: list[Word] = []
    change, end = 0, 0.0
    bold: bool | None = None
    line = _NO_LINE
    bottom, top, high, low, reach, foot, least, most, widest, rises, _, _ = line
    starts = _starts(page) if page.aligned else list(map(letters.index, _starts(page)))
    sizes = list(map(len, page.words))
    lasts = letters.sides(list(map(add, map(add, starts, sizes), repeat(-1))))
    for text, size, start, first, last in zip(page.words, sizes, starts, letters.sides(starts), lasts, strict=True):
        x0, y1, first_x1, y0 = first
        last_x0, last_y1, x1, last_y0 = last
        near = -reach < x0 - end < reach
        end = x1
        if y0 != bottom or last_y0 != bottom or y1 != top or last_y1 != top:
            deepest, deep, lowest, tall = rises.get(text[0], _UNKNOWN)
            alike = deepest < y0 - foot < deep and lowest < y1 - foot < tall
            if not alike or not least < y0 < most or not least < last_y0 < most:
                own = line if alike else _line_under(line, letters, start, text[0], first)
                own = _NO_LINE if _is_bent(own, text, y0, last_y0) else own
                if own is not line:
                    bottom, top, high, low, reach, foot, least, most, widest, rises, _, _ = line = own
                    bold, near = letters.is_bold(start), True
                    run = []
                    runs.append(run)
        if 0 <= x1 - x0 <= widest * size and not _is_suspicious(text) and (clean or text.isprintable()):
            if bold is None or not near:
                bold = letters.is_bold(start) if text[0] not in _NUMERIC else None
            run.append(_new(Word, (text, x0 - left, high, x1 - left, low, bold or False, 0)))
            continue
        found, line = _slowly(letters, text, start, (x0, y0, first_x1, y1), (last_x0, last_y0, x1, last_y1))
        bottom, top, high, low, reach, foot, least, most, widest, rises, _, _ = line
        bold = found[-1].bold
        runs += [[word] for word in found]
        run = runs[-1]
        if (found[-1].top, found[-1].bottom) != (high, low):
            run = []
            runs.append(run)
        if len(found) > 1 or found[0].text != text:
            change += sum(count_tokens(word.text) for word in found) - count_tokens(text)
    return [run for run in runs if run], change


def _starts(page: PageText) -> list[int]:
    """Where each word begins in the text of a page."""
    pieces = page.text.replace("\r\n", "  ").split(" ")
    if list(filter(None, pieces)) == page.words:
        starts = map(add, count(), accumulate(map(len, pieces), initial=0))
        return list(compress(starts, pieces))
    return [found.start() for found in _WORD.finditer(page.text)]


def _line_under(line: _OnLine, letters: Letters, start: int, letter: str, box: Sides) -> _OnLine:
    """What a word shares with the one before where the box of its first letter doesn't show it: all, or all but the
    foot. A letter that reaches as far above and below its foot as it did before is set in the same size.
    """
    if line is _NO_LINE:
        return _NO_LINE
    foot = letters.foot(start)
    down, up = box[3] - foot, box[1] - foot
    if foot == line.foot:
        if letters.font_size(start) != line.font_size:
            return _NO_LINE
        if letter not in line.rises and letters.setting(start).size == line.size:
            line.rises[letter] = _about(down, up)
        return line
    deepest, deep, lowest, tall = line.rises.get(letter) or line.rises.get(_ANY) or _UNKNOWN
    if deepest < down < deep and lowest < up < tall:
        return _on_foot(letters.page, foot, box, line.size, line.font_size, line.rises)
    return _NO_LINE


def _about(down: float, up: float) -> tuple[float, float, float, float]:
    return down - _EXACT, down + _EXACT, up - _EXACT, up + _EXACT


def _is_bent(line: _OnLine, text: str, first: float, last: float) -> bool:
    """Whether the last letter of a word stands on another line than the first, or may be a raised mark; by how far the
    two reach down."""
    return abs(last - first) > 0.7 * line.size or (last > line.most and text[-1] in _ENDS_MARK)


def _on_foot(page: PageText, foot: float, box: Sides, size: float, font_size: float, rises: Rises) -> _OnLine:
    middle = page.height + page.bottom - foot
    high, low = middle - ABOVE * size, middle + BELOW * size
    least, most = foot - 0.5 * size, foot + 0.15 * size
    return _OnLine(box[3], box[1], high, low, _RUN * size, foot, least, most, _WIDEST * size, rises, size, font_size)


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
    line = _NO_LINE
    if plain:
        font_size = letters.font_size(start)
        rises = letters.known.rises(font_size, setting.size, bold=bold)
        line = _on_foot(page, setting.y, (first[0], first[3], first[2], first[1]), setting.size, font_size, rises)
        rises[text[0]] = rise = _about(first[1] - setting.y, first[3] - setting.y)
        if first[3] == last[3] and text[0].isupper() and text[-1] in _SHORT:
            rises[_ANY] = rise
    if size > 1 and _is_doubtful(text, first, last, setting):
        return _pieces(letters, text, start, setting, bold=bold), line
    if not plain or not text.isprintable():
        return [_shown(page, text, _stood(around(first, last), setting), bold=bold, turn=0)], line
    return [Word(text, first[0] - page.left, line.high, last[2] - page.left, line.low, bold)], line


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
    if abs(last[1] - first[1]) > 0.7 * size or (text[-1] in _ENDS_MARK and last[1] > setting.y + 0.15 * size):
        return True
    width = last[2] - first[0]
    if width < 0 or width > _WIDEST * size * len(text):
        return True
    return _is_suspicious(text)


def _pieces(letters: Letters, text: str, start: int, setting: Setting, *, bold: bool) -> list[Word]:
    """A word cut where its letters stand apart; a letter on the place of the one before is dropped."""
    boxes = letters.boxes(range(start, start + len(text)))
    if len(text) % 2 == 0 and text[::2] == text[1::2] and _are_doubled(boxes):
        box = _stood(around(boxes[0], boxes[-1]), setting)
        return [_shown(letters.page, text[::2], box, bold=True, turn=0)]
    pieces: list[tuple[str, Box, Setting]] = []
    for at, (char, box) in enumerate(zip(text, boxes, strict=True)):
        own = letters.setting(start + at)
        lettered = at == len(text) - 1 and char in NOTE_LETTERS and text[at - 1].isalpha()
        noted = lettered and _is_above(letters.setting(start + at - 1), own)
        if pieces and not noted and not _is_apart(pieces[-1], char, box, own):
            pieces[-1] = (pieces[-1][0] + char, around(pieces[-1][1], box), pieces[-1][2])
        else:
            pieces.append((char, box, own))
    out: list[Word] = []
    for piece, box, own in pieces:
        note = (_NOTES.fullmatch(piece) or piece in NOTE_LETTERS) and out and _is_raised(pieces[0][2], own)
        if note:
            box, own = (box[0] + 0.5, box[1], box[2], box[3]), pieces[0][2]
            piece = f"{piece.removesuffix(')')})"
        out.append(_shown(letters.page, piece, _stood(box, own), bold=bold, turn=0))
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
    if not char.isdigit() or METRES.search(before[0]) or before[0][-1] in ",.":
        return False
    return _is_raised(before[2], setting) and (before[0][-1].isdigit() or setting.y > before[2].y + 0.1 * size)


def _is_raised(before: Setting, setting: Setting) -> bool:
    """Whether a character is set smaller and above the foot of the one before, far above it or much smaller: the mark
    of a note."""
    raised = setting.y - before.y
    return _is_above(before, setting) or setting.size < TINY * before.size or 0.3 * before.size < raised < before.size


def _is_above(before: Setting, setting: Setting) -> bool:
    """Whether a character is set smaller and above the foot of another."""
    return setting.size < 0.85 * before.size and setting.y - before.y > 0.15 * before.size


def _shown(page: PageText, text: str, box: Box, *, bold: bool, turn: int) -> Word:
    """The word with its box as a viewer shows the page."""
    place = viewed(page, box)
    clean = text.replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
    return Word(clean, *place, bold, turn if turn == SLANTED else (turn + page.rotation) % 4)
