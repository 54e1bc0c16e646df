"""Whether a page may hold a table, by its text alone: most pages of a budget are prose and are left at once."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(?:€ ?)?[(+\-–−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?[)%*]?-?|[-–−]|n\.?v\.?t\.?|p\.?m\.?", re.I)
_FEWEST = 2  # lines that end in amounts
_MEASURE = 0.75  # of the longest line of a page: what is longer goes on in the next


def shows_table(text: str) -> bool:
    """Whether at least two lines are rows of amounts: nothing but amounts, or several at the end, or a short label."""
    rows = 0
    for line in text.split("\n"):
        words = line.split()
        if not words or not _AMOUNT.fullmatch(words[-1]):
            continue
        amounts = 1
        while amounts < len(words) and _AMOUNT.fullmatch(words[-1 - amounts]):
            amounts += 1
        if amounts == len(words) or amounts > 1 or len(words) < 9:
            rows += 1
            if rows >= _FEWEST:
                return True
    return False


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
