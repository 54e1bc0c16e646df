"""The unit of a table: euros per printed unit, where the page says so before, in or after the table."""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.notation import plain
from transformers.headings import words_of

_EURO = r"(?:€|eur(?:o(?:['’]s|s)?)?\b)"
_TIMES = r"(?:x|×|\*|maal)"
_LARGER = r"(?!\s*(?:duizend|mln|miljoen|miljard|mld))"  # what makes of 1, or of 1.000, another unit
_THOUSAND = rf"(?:1[. ]?000(?:,-+|,=|,00)?{_LARGER}|(?:1\s*)?duizend(?:en|tallen)?)(?![.\d])"
_MILLION = r"(?:1[. ]?000[. ]?000(?:,-+)?|(?:1\s*)?(?:mln\.?|miljoen(?:en)?))"
_MARKERS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"{_TIMES}\s*{_EURO}?\s*{_MILLION}(?:\s*{_EURO})?|{_EURO}\s*{_TIMES}\s*{_MILLION}", re.I), 1_000_000),
    (re.compile(rf"\bin\s+(?:{_EURO}\s*)?{_MILLION}\s*(?:{_EURO})?", re.I), 1_000_000),
    (re.compile(rf"^\(?{_EURO}\s*(?:mln\.?|miljoen)\)?$", re.I), 1_000_000),
    (re.compile(rf"{_TIMES}\s*{_EURO}?\s*{_THOUSAND}(?:\s*{_EURO})?|{_EURO}\s*{_TIMES}\s*{_THOUSAND}", re.I), 1000),
    (re.compile(rf"\bin\s+(?:{_EURO}\s*)?{_THOUSAND}\s*(?:{_EURO})?", re.I), 1000),
    (re.compile(rf"^\(?(?:bedragen\s*)?{_EURO}\s*{_THOUSAND}\)?$|^\(?bedragen in k€\)?$|\bk€", re.I), 1000),
    (re.compile(rf"{_TIMES}\s*{_EURO}\s*1(?:,-+)?(?![\d.,]*\d){_LARGER}|{_TIMES}\s*1\s*{_EURO}", re.I), 1),
    (re.compile(rf"{_TIMES}\s*{_EURO}(?!\s*\d)", re.I), 1),
    (
        re.compile(
            rf"\bin\s+(?:hele\s+|gehele\s+)?{_EURO}(?!\s*\d|\s*per\b|\s*/)|\b(?:bedragen|bedrag)\s+(?:in\s+)?\(?{_EURO}\)?$",
            re.I,
        ),
        1,
    ),
)
_SENTENCE = re.compile(
    r"(?:alle|de)\s+(?:\w+\s+)?(?:bedragen|cijfers)\b[^.\d€]*?\b(?:zijn|staan|luiden|worden)\s+(?:steeds\s+|altijd\s+|allemaal\s+)?"
    r"(?P<unit>(?:in|x|×|\*)\s(?:(?!\.\s).)*?)"
    r"(?:\s+(?:vermeld|weergegeven|uitgedrukt|opgenomen|gepresenteerd|afgerond))?(?:,?\s+tenzij anders \w+)?\.",
    re.I,
)
_UNFINISHED = re.compile(  # x €, in € x, in €: the thousands or millions stand on the next line
    rf"(?<![^\W\d_])(?:(?:[x×]|maal)(?:\s*{_EURO})?|(?:bedragen|{_EURO})\s*\*(?:\s*{_EURO})?|in\s*{_EURO}"
    rf"|{_TIMES}\s*{_EURO}?\s*1)$",
    re.I,
)
UNIT_ENDS = frozenset("xX×*1€rRoOsSlL")  # what such a text ends in
_NEVER_WHOLE = re.compile(rf"(?<![^\W\d_])(?:[x×]|maal)(?:\s*{_EURO})?$", re.I)
UNIT_REST = rf"\(?(?:{_TIMES}\s*)?(?:{_EURO}\s*)?(?:{_THOUSAND}|{_MILLION}|1(?:,-+)?(?![\d.]))(?:\s*{_EURO})?"
_CURRENCY = re.compile(r"\(?€\)?")  # alone it says that these are euros, not how many
_PROSE = re.compile(r"(?:\w+\s+){9,}")
_COUNT = re.compile(r"(?<![\d.,'])(?!(?:19|20)\d\d\b)\d[\d.,]*\s*$")
_AMOUNT_BEHIND = re.compile(r"\s*(?!(?:19|20)\d\d\b|\d{1,2}[-/.]\d{1,2}[-/.]|\d{1,2} (?:jan|dec))\d", re.I)
_NUMBERED = re.compile(r"\b(?:tabel|programma|paragraaf|bijlage|hoofdstuk|taakveld)\s+[\d.]+\s*$", re.I)
_HINT = re.compile(r"€|eur|1[. ]?000|duiz|mil|mln", re.I)
_PER_HEAD = re.compile(r"per\s+(?:inwoner|huishouden|woning|m2|m²|uur|stuk|jaar per)", re.I)


@lru_cache(maxsize=1 << 12)
def unit_in(text: str) -> int | None:
    """The unit that a heading, caption or note states: 1, 1000 or 1000000; None where it states none."""
    if not _HINT.search(text):
        return None
    flat = _flat(text)
    if is_torn(text):
        return None
    if (sentence := _SENTENCE.fullmatch(flat)) is not None:
        return unit_in(sentence["unit"])
    says = re.match(r"\(?alle bedragen\b", flat, re.I) and len(flat) <= 300
    if _PER_HEAD.search(flat) or not (says or (len(flat) <= 160 and not (flat.endswith(".") and _PROSE.match(flat)))):
        return None
    found = ((match, unit) for pattern, unit in _MARKERS for match in pattern.finditer(flat))
    return next(
        (unit for match, unit in found if says or not _is_prose(flat[: match.start()], flat[match.end() :])), None
    )


@lru_cache(maxsize=1 << 12)
def is_unfinished(text: str) -> bool:
    """Whether a text may end in the midst of a unit, such as `(x €`, whose thousands stand on the next line."""
    return text.rstrip()[-1:] in UNIT_ENDS and _UNFINISHED.search(_flat(text)) is not None


def is_torn(text: str) -> bool:
    """Whether a text ends in the midst of a unit for sure: `bedragen x €`, but not `bedragen in €`."""
    flat = _flat(text)
    return is_unfinished(text) and (_NEVER_WHOLE.search(flat) is not None or flat.count("(") > flat.count(")"))


def _flat(text: str) -> str:
    return plain(text.replace("\n", " ").replace("’", "'"))


def _is_prose(before: str, after: str) -> bool:
    """Whether a sentence or a label goes on around what looks like a unit: `3 x € 1 miljoen in wegen`."""
    counted = _COUNT.search(before) is not None and _NUMBERED.search(before) is None
    if before.count("(") > before.count(")") or ("bedrag" in before.lower() and not counted):
        return False
    if counted:
        return True
    if _AMOUNT_BEHIND.match(after):
        return True
    following = next((word for word in words_of(after) if word.tag != "filler"), None)
    return bool(re.match(r"\s*[a-z]", after)) and following is not None and following.tag == "unknown"


_ONLY = re.compile(
    rf"\(?\s*(?:alle\s+)?(?:bedrag(?:en)?)?\s*(?:zijn\s+)?(?:in|{_TIMES})?\s*(?:hele\s+)?(?:{_EURO}|{_TIMES}|{_THOUSAND}|{_MILLION}|1(?:,-+)?|"
    rf"in|[\s;:,.()'-])+(?:[-+/]+\s*=\s*\w+\s*;?\s*)*\)?",
    re.I,
)


@lru_cache(maxsize=1 << 12)
def is_unit_only(text: str) -> bool:
    """Whether a cell states the unit or the currency and nothing else: no heading, no label."""
    flat = _flat(text)
    if _CURRENCY.fullmatch(flat) or flat.lower() in ("bedragen", "bedragen in", "bedragen x", "bedragen (x"):
        return True
    return (unit_in(text) is not None or is_unfinished(text)) and bool(_ONLY.fullmatch(flat.lstrip("* ")))


_SIGN = r"(?:[VN]|[-+−–]|-/-|\+/\+|\+/-)"
_MEANS = r"(?:voor|na)de(?:el|len|lig)|(?:lagere?|hogere?)\s+(?:lasten|baten|saldo)|positief|negatief"
_LEGEND = re.compile(  # (V = voordeel, N = nadeel), - is nadelig, voordelen +
    rf"\(?(?:(?<!\w){_SIGN}\s*(?:=|:|is|zijn|betekent)\s*(?:een\s+)?(?:{_MEANS})(?!\w)(?:\s+(?:saldo|effect|resultaat))?"
    r"(?:\s*(?:[,;/|]|en(?!\w))\s*)?)+(?:\)|(?=\W*$))",
    re.I,
)


def without_unit(text: str) -> str:
    """A heading or title without the statement of the unit in it, and without what the signs of amounts mean."""
    flat = " ".join(text.split())
    for pattern, _ in _MARKERS:
        flat = re.sub(rf"\(?\s*(?:bedragen\s+)?(?:{pattern.pattern})\s*(?:;[^)]*)?\)?", " ", flat, flags=re.I)
    flat = _LEGEND.sub(" ", flat)
    return " ".join(flat.replace("( )", " ").split()).strip(" -:;") or ""
