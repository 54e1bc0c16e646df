"""Lines of text on a page, and the chunks that gaps and upright rules cut them into."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from extractors.pdf.frame import Box
from extractors.pdf.rules import Rules
from extractors.pdf.words import PLAIN_AMOUNT, Word
from schemas.notation import DASHES, count_tokens, parse_amount, parse_year

GAP = 0.6  # of the height of a line: what is wider stands between chunks, what is narrower between words
_DOUBLED = 0.15  # of its height: how far from a word its copy may lie
_LEFT = itemgetter(1)  # of a word
_SIGNS = frozenset(("€", "EUR", "-/-", "+/+", "+", "€-", "-€"))
_JOINED = _SIGNS | {"%"}
_AFTER = frozenset(("%", "-/-", "V", "N"))
_NOTE = re.compile(r"\d{1,2}\)|\*{1,3}")
_SHARE = re.compile(r"\(\d{1,3}(?:[.,]\d+)?\s?%\)")  # a percentage in brackets behind its number
_OPENS_GROUPS, _GROUP = re.compile(rf"[{DASHES}+]?[1-9]\d{{0,2}}(?: \d{{3}})*"), re.compile(r"\d{3}(?:,\d+)?")
_SPACE = 0.35  # of the height of a line: the widest space inside a number
_HYPHENED = re.compile(r"-[^\W\d_]")
_NO_SPACE = 0.1  # of its height: what stands nearer to the word before touches it
_PERIOD = re.compile(rf"\d{{1,4}}[{DASHES}/]\d{{1,4}}(?:[{DASHES}/](?:\d{{4}}|\d\d)?)?")
_DIGITS = re.compile(rf"[{DASHES}€(+\s]*\d[{DASHES}\d.,\s%)€*]*")
_WITH_UNIT = re.compile(rf"€?\s?[{DASHES}]?\s?\d[\d.,]*\s?(?:mln|mld|mio|k)\.?", re.I)


@dataclass(slots=True)
class Chunk:
    """Words without a gap between them: a cell, or a part of one."""

    words: list[Word]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    number: bool

    @property
    def bold(self) -> bool:
        """Whether most of it is bold."""
        return [word.bold for word in self.words].count(True) * 2 > len(self.words)

    @property
    def middle(self) -> float:
        """The middle between left and right."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Line:
    """Chunks on one height, from left to right."""

    chunks: list[Chunk]
    top: float
    bottom: float
    numbers: list[Chunk] = field(default_factory=list)  # those that may be amounts of a row
    middle: float = field(init=False)
    height: float = field(init=False)  # of its letters

    def __post_init__(self) -> None:
        """Middle and height, which are asked again and again."""
        self.middle = (self.top + self.bottom) / 2
        self.height = self.bottom - self.top

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return self.chunks[-1].x1

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(chunk.text for chunk in self.chunks)


@lru_cache(maxsize=1 << 15)
def is_number(text: str) -> bool:
    """Whether a text may be an amount, also one with a unit, a percentage, a year or a dash: by its form alone."""
    if PLAIN_AMOUNT.fullmatch(text):
        return True
    if len(text) > 40:
        return False
    if _DIGITS.fullmatch(text):
        return True
    return parse_amount(text) is not None or _WITH_UNIT.fullmatch(text) is not None


@lru_cache(maxsize=1 << 13)
def is_year(text: str) -> bool:
    """Whether a text is a year."""
    return parse_year(text) is not None


@lru_cache(maxsize=1 << 13)
def is_period(text: str) -> bool:
    """Whether a text is a year, a date or a part of one, or some years: 2026, 31-12-2026, 31-12-, 2026-2029."""
    return is_year(text) or _PERIOD.fullmatch(text) is not None


def chunk_of(words: list[Word]) -> Chunk:
    """The chunk of some words on a line."""
    text, x0, top, x1, bottom, _, _ = words[0]
    if len(words) > 1:
        texts, _, tops, rights, bottoms, _, _ = zip(*words, strict=True)
        text, x1, top, bottom = " ".join(texts), max(rights), min(tops), max(bottoms)
        if " -" in text:
            text = _touching(words)
    return Chunk(words, text, x0, x1, top, bottom, is_number(text))


def _touching(words: Sequence[Word]) -> str:
    """The text of words, without a space before a hyphen that touches the word it goes on with: what is behind a
    lowered figure is a word of its own in the file, as in CO2-reductie."""
    out = words[0].text
    for before, word in pairwise(words):
        near = word.x0 - before.x1 < _NO_SPACE * (word.bottom - word.top)
        joined = near and _HYPHENED.match(word.text) and before.text[-1].isalnum()
        out += word.text if joined else f" {word.text}"
    return out


def lines_of(runs: Sequence[list[Word]], rules: Rules) -> tuple[list[Line], int]:
    """The lines of a page from top to bottom, and the tokens of words left out: those printed twice to look bold.

    The words of each run stand on one height.
    """
    feet: dict[tuple[float, float], list[Word]] = {}
    for run in runs:
        feet.setdefault((run[0].top, run[0].bottom), []).extend(run)
    rows: list[tuple[list[Word], float, float]] = []
    middle = height = 0.0
    for (top, bottom), level in sorted(feet.items(), key=lambda foot: foot[0][0] + foot[0][1]):
        at, tall = (top + bottom) / 2, bottom - top
        if rows and at - middle < 0.33 * min(height, tall) + 0.2:
            held, high, low = rows[-1]
            rows[-1] = (held + level, min(high, top), max(low, bottom))
            if tall > height:
                middle, height = at, tall
        else:
            rows.append((level, top, bottom))
            middle, height = at, tall
    dropped: list[Word] = []
    lines = [_line(row, top, bottom, rules, dropped) for row, top, bottom in rows]
    return lines, sum(count_tokens(word.text) for word in dropped)


def _line(words: list[Word], top: float, bottom: float, rules: Rules, dropped: list[Word]) -> Line:
    """A line of words in chunks; those that lie on an equal one are left out and go to `dropped`."""
    words.sort(key=_LEFT)
    walls = _walls(rules, (top + bottom) / 2) if rules.down else []
    before = words[0]
    group = [before]
    groups = [group]
    end, high = before.x1, before.bottom - before.top
    for word in words[1:]:
        _, start, upper, right, lower, _, _ = word
        tall = lower - upper
        if start < end and _is_copy(word, before):
            dropped.append(word)
            continue
        if start - end > GAP * (tall if tall < high else high) or (walls and _crossed(walls, end, start)):
            group = [word]
            groups.append(group)
        else:
            group.append(word)
        before, end, high = word, right, tall
    chunks: list[Chunk] = []
    for group in groups:
        if len(group) > 1 and _may_be_split(group[0].text):
            chunks += _split_numbers(group)
        else:
            chunks.append(chunk_of(group))
    chunks = _with_signs(chunks)
    return Line(chunks, top, bottom, row_numbers(chunks))


def _is_copy(word: Word, before: Word) -> bool:
    """Whether a word is the one before again, printed over it to look bold."""
    near = (word.bottom - word.top) * _DOUBLED
    return word.text == before.text and word.x0 - before.x0 < near and abs(word.top - before.top) < near


def _walls(rules: Rules, height: float) -> list[float]:
    return [x for x, top, bottom in rules.down if top - 0.5 <= height <= bottom + 0.5]


def _crossed(walls: list[float], left: float, right: float) -> bool:
    at = bisect_left(walls, left - 0.7)
    return at < len(walls) and walls[at] <= right + 0.7


def _may_be_split(text: str) -> bool:
    return is_number(text) or text in _SIGNS


def _split_numbers(words: list[Word]) -> list[Chunk]:
    """One chunk, or one for each number where a chunk is a row of numbers with narrow gaps between."""
    if not all(_may_be_split(word.text) for word in words):
        return [chunk_of(words)]
    parts: list[list[Word]] = [[]]
    for word in words:
        if parts[-1] and not _goes_on(parts[-1], word):
            parts.append([])
        parts[-1].append(word)
    return [chunk_of(part) for part in parts]


def _goes_on(part: list[Word], word: Word) -> bool:
    """Whether a word belongs to the number before it: behind a sign, or as a sign behind it."""
    if all(before.text in _SIGNS for before in part):
        return True
    if part[-1].text in DASHES and len(part) == 1:
        return word.text not in DASHES and word.x0 - part[-1].x1 < 0.3 * (word.bottom - word.top)
    near = word.x0 - part[-1].x1 < _SPACE * (word.bottom - word.top)
    if near and _GROUP.fullmatch(word.text) and _OPENS_GROUPS.fullmatch(" ".join(before.text for before in part)):
        return True
    if _NOTE.fullmatch(word.text) or _SHARE.fullmatch(word.text):
        return near
    return word.text in _AFTER


def _with_signs(chunks: list[Chunk]) -> list[Chunk]:
    """The chunks, with a € or -/- that stands far before its number joined to it."""
    if _JOINED.isdisjoint([chunk.text for chunk in chunks]):
        return chunks
    out: list[Chunk] = []
    for chunk in chunks:
        before = out[-1] if out else None
        signed = before is not None and before.text in _SIGNS and chunk.number
        if before is not None and (signed or (chunk.text == "%" and before.number)):
            out[-1] = chunk_of([*before.words, *chunk.words])
        else:
            out.append(chunk)
    return out


def row_numbers(chunks: list[Chunk]) -> list[Chunk]:
    """The numbers of a line, without one that opens it and has words behind it: that is the number of the row."""
    numbers = [chunk for chunk in chunks if chunk.number]
    if numbers and len(chunks) > 1 and numbers[0] is chunks[0] and not chunks[1].number:
        return numbers[1:]
    return numbers


def box_of(chunks: Sequence[Chunk]) -> Box:
    """The box around chunks."""
    if len(chunks) == 1:
        return chunks[0].x0, chunks[0].top, chunks[0].x1, chunks[0].bottom
    return (
        min(chunk.x0 for chunk in chunks),
        min(chunk.top for chunk in chunks),
        max(chunk.x1 for chunk in chunks),
        max(chunk.bottom for chunk in chunks),
    )
