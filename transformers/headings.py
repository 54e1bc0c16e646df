"""What the heading of a column says: year, stage, measure, and what kind of amount stands below.

The words are one closed list. What is not in it is kept as unknown words of the heading, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.notation import plain
from schemas.records import Measure
from transformers.terms import BETWEEN_DAYS, is_difference
from transformers.vocabulary import MONTH, MONTHS, PREFIXES, TAG_OF, TOKEN

_STAGES = frozenset(("realised", "budget", "original", "amended", "multi_year", "forecast", "difference", "cumulative"))
_CLASS_OF = {
    "realised": "realised", "cumulative": "realised", "budget": "budget", "original": "budget", "amended": "budget",
    "multi_year": "budget", "forecast": "forecast", "difference": "difference",
}  # fmt: skip
KINDS = frozenset(
    (
        "credit",
        "movement",
        "added",
        "taken",
        "interest",
        "begin",
        "end",
        "balance",
        "incidental",
        "structural",
        "total",
        "result",
    )
)
_UNFINISHED = re.compile(r"\b(?:t/m|tot en met|na|incl\.?|inclusief|v(?:oo|óó)r)$", re.I)
_HYPHEN = re.compile(rf"([A-Za-z][a-zë]+)-\s?(?=(?!en\b|of\b|(?:{MONTH})(?!\w))[a-z]{{3,}})")  # Toe-voegingen: one word
NOTE = re.compile(r"(?<=\s)\d{1,2}\)")
MEASURES = {"lasten": Measure.LASTEN, "baten": Measure.BATEN, "saldo": Measure.SALDO}


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading, or several above one another, say of the amounts below."""

    text: str
    years: tuple[int, ...] = ()
    tags: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    unknown: int = 0  # words that the closed list does not know
    month_day: tuple[int, int] | None = None

    @property
    def year(self) -> int | None:
        """The one year that is named."""
        return self.years[0] if len(set(self.years)) == 1 else None

    @property
    def measure(self) -> str | None:
        """The one measure that is named."""
        return self.measures[0] if len(self.measures) == 1 else None

    @property
    def measure_text(self) -> str | None:
        """The text, where it names one measure and says nothing else."""
        return self.text if self.measure and not self.years and not self.tags and not self.unknown else None

    @property
    def is_pair(self) -> bool:
        """Whether it names lasten and baten together: the heading of a section sooner than of a column."""
        return len(self.measures) > 1

    @property
    def is_unfinished(self) -> bool:
        """Whether the words that it ends with ask for more: `Begroting na`."""
        return _UNFINISHED.search(self.text) is not None

    @property
    def has_stage(self) -> bool:
        """Whether a stage of the budget, or a difference between stages, is named."""
        return bool(self.tags & _STAGES)

    @property
    def has_kind(self) -> bool:
        """Whether a kind of amount is named."""
        return bool(self.tags & KINDS)

    @property
    def says_something(self) -> bool:
        """Whether it can head a column of amounts."""
        named = self.years or self.has_stage or self.has_kind or self.measures
        return bool(named or self.tags & {"not_euros", "amount"})

    @property
    def is_pure(self) -> bool:
        """Whether it is made of known words and can head a column."""
        return not self.unknown and self.says_something

    @property
    def is_year(self) -> bool:
        """Whether it is a year and nothing else."""
        return len(self.years) == 1 and not self.tags and not self.measures and not self.unknown

    @property
    def classes(self) -> frozenset[str]:
        """The stages that exclude each other."""
        return frozenset(_CLASS_OF[tag] for tag in self.tags if tag in _CLASS_OF)

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        """Which parts it has: neighbours in one row of headings have the same."""
        return bool(self.years), self.has_stage, bool(self.measures), self.has_kind


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a heading."""

    tag: str  # a tag of the closed list, `year`, `span`, `date` or `unknown`
    text: str
    start: int
    year: int | None = None
    implied: str = ""
    month_day: tuple[int, int] | None = None


@lru_cache(maxsize=1 << 13)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a heading with what the closed list says of each."""
    return tuple(
        _word(match) for match in TOKEN.finditer(plain(text)) if match.lastgroup != "sign" or match.group() == "%"
    )


def _word(match: re.Match[str]) -> Word:
    text, start = match.group(), match.start()
    if match["date"]:
        month = int(match["month"]) if match["month"] else MONTHS.get((match["month_name"] or "")[:3].lower(), 0)
        year = int(match["date_year"]) if match["date_year"] else None
        year = year + 2000 if year is not None and year < 100 else year  # 31-12-17
        return Word("date", text, start, year, month_day=(month, int(match["day"])))
    if match["span"]:
        return Word("span", text, start)
    if match["year"]:
        prefix = (match["prefix"] or "").strip(" -").upper()
        return Word("year", text, start, int(match["year"]), PREFIXES.get(prefix, ""))
    if match["short"]:
        return Word("year", text, start, 2000 + int(match["short"]))
    for name in TAG_OF:
        if match[name]:
            return Word(TAG_OF[name], text, start)
    return Word("unknown" if match["word"] else "filler", text, start)


@lru_cache(maxsize=1 << 13)
def heading_of(text: str) -> Heading:
    """What a cell says as a heading."""
    clean = NOTE.sub("", text)
    return combined(" ".join(clean.split()), words_of(_HYPHEN.sub(r"\1", clean)))


def combined(text: str, words: tuple[Word, ...]) -> Heading:
    """What words say together as one heading."""
    tags = {word.tag for word in words} | {word.implied for word in words if word.implied}
    years = tuple(word.year for word in words if word.year is not None)
    measures = tuple(dict.fromkeys(word.tag for word in words if word.tag in MEASURES))
    unknown = sum(word.tag == "unknown" for word in words)
    days = [word.month_day for word in words if word.month_day]
    span = len(days) > 1 and BETWEEN_DAYS.search(text) is not None
    if span and days != [(1, 1), (12, 31)]:
        tags.add("part_year")
    elif days and not span:
        tags.add("balance")
    if is_difference(text):
        tags.add("difference")
    if "span" in tags and len(words) == 1:
        return Heading(text, (), frozenset(("total", "sum")))  # 2025-2028: the years together
    if "span" in tags or ("label_head" in tags and len(words) >= 2 and len(tags) >= 2):
        unknown += 1  # no heading of a column: a span of years, or a title such as `kredieten per programma`
    known = frozenset(tags - {"year", "date", "unknown", "filler", "lasten", "baten", "saldo", "span"})
    return Heading(text, years, known, measures, unknown, days[0] if days and not span else None)
