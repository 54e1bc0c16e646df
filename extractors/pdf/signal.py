"""Whether a page may hold a table, by its text alone: most pages of a budget are prose and are left at once."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_AMOUNT = re.compile(
    r"(?:€ ?)?[(+\-–−]?(?:\d{1,3}(?:[.,\u2009\u202f]\d{3})+|\d+)(?:[.,]\d+)?[)%*k]?-?|[-–−]|n\.?v\.?t\.?|p\.?m\.?", re.I
)
_TWO_NUMBERS = re.compile(r"\d(?!\S).*\d(?!\S)")  # words that end in digits, which every row has that ends in no amount
_BEHIND = frozenset(("mln", "mln.", "mld", "mld.", "mio", "V", "N", "I", "S", "L", "B", "J"))  # an amount: unit or mark
_LONGEST = 9  # words in a row that ends in one amount
_SHARE = 4  # of so many words in a row, one is an amount at least
_NEAR = 2  # lines from one row to the next
_MANY = 4  # rows that make a table wherever they stand
_MEASURE = 0.75  # of the longest line of a page: what is longer goes on in the next


def shows_table(text: str) -> bool:
    """Whether lines near each other are rows: two amounts side by side, or an amount behind a short label."""
    found = 0
    last = -_NEAR - 1
    for number, line in enumerate(text.split("\n")):
        if not _is_row(line):
            continue
        found += 1
        if found >= _MANY or number - last <= _NEAR:
            return True
        last = number
    return False


def _is_row(line: str) -> bool:
    """Whether a line ends in an amount behind few words, or has two amounts side by side among few words."""
    tail = line.rsplit(None, 1)
    if tail and tail[-1] in _BEHIND:
        line = " ".join(word for word in line.split() if word not in _BEHIND)
        tail = line.rsplit(None, 1)
    if not tail or (not _is_amount(tail[-1]) and tail[-1] != "€" and not _TWO_NUMBERS.search(line)):
        return False
    words = line.split()
    if _is_amount(words[-1]) and len(words) <= _LONGEST and (len(words) > 1 or len(words[0]) > 1 or words[0].isdigit()):
        return True
    amounts = [_is_amount(word) for word in words if word != "€"]
    count = sum(amounts)
    if count < 2 or count * _SHARE < len(words) or not any(one and two for one, two in pairwise(amounts)):
        return False
    return amounts[-1] or sum(word[-1].isdigit() and _is_amount(word) for word in words) > 1


@lru_cache(maxsize=1 << 14)
def _is_amount(word: str) -> bool:
    return _AMOUNT.fullmatch(word) is not None


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
