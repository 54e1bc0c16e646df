"""The words of a page, each with its box as a viewer shows the page, its size and whether it is bold."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from schemas.notation import count_tokens, parse_amount

_WORD = re.compile(r"\S+")
_BOLD = 600  # font weight
_TALLEST = 1.9  # a box taller than this many times its font's size is no box of its letters
_SIDEWAYS = (0.6, 2.5, 3.7, 5.7)  # radians between which text runs down or up the page


class Word(NamedTuple):
    """A word. `x0`, `top`, `x1` and `bottom` are in points from the top left of the page as it is read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool
    turn: int = 0  # quarter turns clockwise by which its letters are turned on the page as shown


@dataclass(slots=True)
class PageText:
    """The text of a page as pdfium gives it, with the means to ask where its characters stand."""

    text: str
    handle: object
    aligned: bool  # whether the place in the text is also the number of the character
    height: float
    width: float
    left: float
    bottom: float
    rotation: int


def page_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> PageText:
    """The page's text and its frame: the visible box, and the quarter turns by which a viewer shows it."""
    text = textpage.get_text_range()
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() // 90
    return PageText(
        text, textpage.raw, len(text) == textpage.count_chars(), top - bottom, right - left, left, bottom, rotation
    )


class _Reach:
    """The boxes of single characters, through one buffer."""

    def __init__(self, page: PageText) -> None:
        self.page = page
        self.handle = page.handle
        self._rect = raw.FS_RECTF()
        self._ref = ctypes.byref(self._rect)

    def index(self, at: int) -> int:
        """The number of the character at a place in the text."""
        return at if self.page.aligned else raw.FPDFText_GetCharIndexFromTextIndex(self.handle, at)

    def box(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top in the coordinates of the file."""
        if not raw.FPDFText_GetLooseCharBox(self.handle, index, self._ref):
            return None
        rect = self._rect
        return rect.left, rect.bottom, rect.right, rect.top


def words_of(page: PageText) -> tuple[list[Word], int]:
    """The words of a page in the order of the file, and by how many amount-like tokens they differ from its text.

    They differ where words that the text runs together stand apart on the page, and where a word was printed twice on
    one spot to look bold.
    """
    reach = _Reach(page)
    words: list[Word] = []
    change = 0
    for match in _WORD.finditer(page.text):
        text = match.group()
        start = reach.index(match.start())
        found = _word(reach, text, start)
        if found is None:
            continue
        if isinstance(found, list):
            change += sum(count_tokens(word.text) for word in found) - count_tokens(text)
            words += found
        else:
            words.append(found)
    single, doubled = _once(words)
    return single, change - doubled


def _word(reach: _Reach, text: str, start: int) -> Word | list[Word] | None:
    """The word at a place, or several where it stands in pieces."""
    size = len(text)
    first = reach.box(start)
    last = reach.box(start + size - 1) if size > 1 else first
    if first is None or last is None:
        first = last = (0.0, 0.0, 0.0, 0.0)
    angle = raw.FPDFText_GetCharAngle(reach.handle, start)
    bold = raw.FPDFText_GetFontWeight(reach.handle, start) >= _BOLD
    turn = _quarter(angle) if angle > _SIDEWAYS[0] else 0
    if size > 1 and _is_doubtful(text, first, last, turn):
        return _pieces(reach, text, start, bold=bold, turn=turn)
    return _shown(reach.page, text, _joined(first, last), bold=bold, turn=turn)


def _quarter(angle: float) -> int:
    """How many quarter turns clockwise an angle counts."""
    return (4 - round(angle / 1.5707963)) % 4


Box = tuple[float, float, float, float]


def _joined(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _is_doubtful(text: str, first: Box, last: Box, turn: int) -> bool:
    """Whether the letters of a word may not stand as one: raised, on two lines, far apart, or two amounts in one."""
    if turn:
        return False
    height = first[3] - first[1]
    if abs(first[1] - last[1]) > 0.12 * height or abs(first[3] - last[3]) > 0.12 * height:
        return True
    width = last[2] - first[0]
    if width < 0 or width > 0.95 * height * len(text):
        return True
    if any(c.isdigit() for c in text) and len(text) > 4 and parse_amount(text) is None:
        return True
    return len(text) % 2 == 0 and text[::2] == text[1::2]


def _pieces(reach: _Reach, text: str, start: int, *, bold: bool, turn: int) -> list[Word]:
    """A word cut where its letters stand apart; a letter on the place of the one before is dropped."""
    boxes = [reach.box(start + at) or (0.0, 0.0, 0.0, 0.0) for at in range(len(text))]
    if len(text) % 2 == 0 and text[::2] == text[1::2] and _are_doubled(boxes):
        return [_shown(reach.page, text[::2], _joined(boxes[0], boxes[-1]), bold=True, turn=turn)]
    pieces: list[tuple[str, Box]] = []
    for char, box in zip(text, boxes, strict=True):
        if pieces and not _is_apart(pieces[-1][1], box, pieces[-1][0][-1], char):
            pieces[-1] = (pieces[-1][0] + char, _joined(pieces[-1][1], box))
        else:
            pieces.append((char, box))
    out: list[Word] = []
    for piece, box in pieces:
        note = piece.isdigit() and out and _is_raised(pieces[0][1], box)
        out.append(_shown(reach.page, f"{piece})" if note else piece, box, bold=bold, turn=turn))
    return out


def _are_doubled(boxes: list[Box]) -> bool:
    return all(
        abs(one[0] - two[0]) < 0.3 * (one[2] - one[0]) + 0.1
        for one, two in zip(boxes[::2], boxes[1::2], strict=True)
    )


def _is_apart(before: Box, box: Box, last: str, char: str) -> bool:
    height = max(before[3] - before[1], 0.1)
    if box[0] - before[2] > 0.22 * height or box[2] < before[0] + 0.1 * height:
        return True
    middle = (box[1] + box[3]) / 2
    if not before[1] < middle < before[3]:
        return True
    return last.isdigit() and char.isdigit() and _is_raised(before, box)


def _is_raised(before: Box, box: Box) -> bool:
    """Whether a character is set smaller and above the foot of the one before: the mark of a note."""
    height = before[3] - before[1]
    return box[3] - box[1] < 0.8 * height and box[1] > before[1] + 0.1 * height


def _shown(page: PageText, text: str, box: Box, *, bold: bool, turn: int) -> Word:
    """The word with its box as a viewer shows the page."""
    place = viewed(page, box)
    clean = text.replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
    return Word(clean, *place, bold, (turn + page.rotation) % 4)


def viewed(page: PageText, box: Box) -> Box:
    """A box of the file as a viewer shows it: from the top left of the visible page, turned as the page says."""
    x0, y0, x1, y1 = box[0] - page.left, box[1] - page.bottom, box[2] - page.left, box[3] - page.bottom
    wide, high = page.width, page.height
    if page.rotation == 0:
        return x0, high - y1, x1, high - y0
    if page.rotation == 1:
        return y0, x0, y1, x1
    if page.rotation == 2:
        return wide - x1, y0, wide - x0, y1
    return high - y1, wide - x1, high - y0, wide - x0


def shown_box(page: PageText, box: Box, turn: int) -> Box:
    """A box of the file on the page as it is read, after quarter turns of the page as shown."""
    return turned_back(viewed(page, box), turn, *shown_size(page))


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
    counts = [0, 0, 0, 0]
    for word in words:
        counts[word.turn] += len(word.text)
    turn = counts.index(max(counts))
    if turn == 0 or not words:
        return words, 0
    wide, high = shown_size(page)
    return [_turned(word, turn, wide, high) for word in words], turn


def shown_size(page: PageText) -> tuple[float, float]:
    """Width and height of the page as a viewer shows it."""
    return (page.width, page.height) if page.rotation % 2 == 0 else (page.height, page.width)


def _turned(word: Word, turn: int, wide: float, high: float) -> Word:
    x0, top, x1, bottom = turned_back((word.x0, word.top, word.x1, word.bottom), turn, wide, high)
    return Word(word.text, x0, top, x1, bottom, word.bold, (word.turn - turn) % 4)


def turned_back(box: Box, turn: int, wide: float, high: float) -> Box:
    """A box of a page of the given size, turned back by quarter turns clockwise."""
    x0, top, x1, bottom = box
    if turn == 1:
        return top, wide - x1, bottom, wide - x0
    if turn == 2:
        return wide - x1, high - bottom, wide - x0, high - top
    if turn == 3:
        return high - bottom, x0, high - top, x1
    return box
