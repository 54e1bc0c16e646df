"""What a line is about, by its words alone, so that the same line is found again in other tables and documents.

Words that say only what is measured (lasten, baten, saldo) are no name: `measure` has them. A row that has no other
words is about the heading above it, else about the title. A number before a name is its code: a line is known by code
and label together, since codes are given to other things later on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.codelists import folded
from schemas.contract import Breakdown

_MEASURE = r"(?:lasten|baten|saldo|uitgaven|inkomsten|kosten|opbrengsten)"
_BARE = re.compile(rf"(?:{_MEASURE}(?: (?:en|van) {_MEASURE})?|)")
_LEADING = re.compile(rf"{_MEASURE} (?=programma|taakveld)")
_CODED = re.compile(
    r"(?:(?:deel)?programma |taakveld )?(?P<code>[a-z]{0,2}\d{1,4}(?: \d{1,3}){0,3}[a-z]?)(?: (?P<name>.*))?"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SMALL = frozenset("van de het een en per in voor naar op of der".split())
_PART, _LEVEL = "\x1f", "\x1e"
_RESULTS = frozenset(
    "toevoeging_reserves onttrekking_reserves mutatie_reserves saldo_van_baten_en_lasten resultaat".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a label or heading: the code before it, and the rest, folded."""

    code: str
    words: str

    def __bool__(self) -> bool:
        """Whether it names anything."""
        return bool(self.code or self.words)


@dataclass(frozen=True, slots=True)
class Identity:
    """What two lines must share to be one: `exact` with their codes, `by_label` without."""

    exact: str
    by_label: str
    breakdown: Breakdown
    coded: bool


@lru_cache(maxsize=1 << 17)
def name_of(text: str) -> Name:
    """The name in a label or heading; empty where it says only what is measured."""
    plain = _LEADING.sub("", folded(text))
    if _BARE.fullmatch(plain):
        return Name("", "")
    found = _CODED.fullmatch(plain)
    if found is None:
        return Name("", plain)
    code = ".".join(part.lstrip("0") or "0" for part in found["code"].split())
    return Name(code, (found["name"] or "").strip())


@lru_cache(maxsize=1 << 15)
def title_name(title: str) -> Name:
    """The name in a title, without years and the small words that come and go."""
    name = name_of(_YEAR.sub("", title))
    return Name(name.code, " ".join(word for word in name.words.split() if word not in _SMALL))


def identity_of(
    title: str, path: str, label: str, programme: str | None, taakveld: str | None, line_type: str | None
) -> Identity:
    """What a line is about."""
    headings = [name for name in map(name_of, path.split(" > ")) if name] if path else []
    own = name_of(label)
    told = name_of(programme) if programme else Name("", "")
    promoted = not own
    if promoted:
        own = headings.pop() if headings else told or title_name(title)
    kind = line_type if line_type in _RESULTS else ""
    if taakveld and own.code == taakveld:
        return _identity(Name(f"taakveld {taakveld}", ""), [told] if told else [], kind, Breakdown.TAAKVELD)
    context = [name for name in headings if name != told]
    if told and own == told:
        return _identity(own, context, kind, Breakdown.PROGRAMME if not kind else Breakdown.OTHER)
    if taakveld:
        context.append(Name(f"taakveld {taakveld}", ""))
    if told:
        context.append(told)
    elif not own.code and not (promoted and not path):
        context.append(title_name(title))
    return _identity(own, context, kind, Breakdown.OTHER)


def _identity(own: Name, context: list[Name], kind: str, breakdown: Breakdown) -> Identity:
    names = [own, *context]
    exact = _LEVEL.join(f"{name.code}{_PART}{name.words}" for name in names)
    words = _LEVEL.join(name.words or name.code for name in names)
    return Identity(f"{kind}{_LEVEL}{exact}", f"{kind}{_LEVEL}{words}", breakdown, bool(own.code))
