"""Whether a page may hold a table, by its text alone: most pages of a budget are prose and are left at once."""

from __future__ import annotations

import re
from itertools import pairwise

_ONE = r"(?:€ ?)?[(+\-–−]?(?:\d{1,3}(?:[.,\u2009\u202f]\d{3})+|\d+)(?:[.,]\d+)?[)%*]?-?|[-–−]|n\.?v\.?t\.?|p\.?m\.?"
_PAIR = re.compile(rf"(?:^|[ \t])(?:{_ONE})[ \t]+(?:{_ONE})(?=\s|$)", re.I | re.M)
_LAST = re.compile(rf"^(?![-–−•]\s*$)(?:\S+[ \t]+){{0,8}}(?:{_ONE})[ \t\r]*$", re.I | re.M)
_WHOLE = re.compile(_ONE, re.I)
_SHARE = 4  # of so many words in a row, one is an amount at least
_NEAR = 2  # lines from one row to the next
_MANY = 4  # rows that make a table wherever they stand
_MEASURE = 0.75  # of the longest line of a page: what is longer goes on in the next


def shows_table(text: str) -> bool:
    """Whether lines near each other are rows: two amounts side by side, or an amount behind a short label."""
    places = {text.count("\n", 0, found.end()) for found in _LAST.finditer(text)}
    for found in _PAIR.finditer(text):
        end = text.find("\n", found.end())
        words = text[text.rfind("\n", 0, found.start() + 1) + 1 : end if end >= 0 else len(text)].split()
        amounts = [word for word in words if _WHOLE.fullmatch(word)]
        listed = sum(word[-1].isdigit() for word in amounts) > 1 or words[-1] is amounts[-1]
        if listed and len(amounts) * _SHARE >= len(words):
            places.add(text.count("\n", 0, found.end()))
    ordered = sorted(places)
    return len(ordered) >= _MANY or any(low - high <= _NEAR for high, low in pairwise(ordered))


def paragraphs_of_text(text: str) -> list[str]:
    """The paragraphs of a page that is not looked at closer: lines as long as the page's measure go on."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    longest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        if goes_on:
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
        goes_on = len(line) > _MEASURE * longest and longest > 40
    return [part.replace("\ufffe ", "").replace("\ufffe", "").replace("\x02", "") for part in out]
