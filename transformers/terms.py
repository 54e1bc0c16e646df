"""Headings with two terms: those of a difference (Begroting -/- realisatie), and the days that a period is between."""

from __future__ import annotations

import re

from transformers.vocabulary import MONTH, PREFIXES, TAG_OF, TOKEN

BETWEEN_DAYS = re.compile(r"\d\s*(?:t/m|tot en met|tot|–|\s-\s)\s*\d{1,2}[-/. ]", re.I)  # 1-1-2025 t/m 30-6-2025
NO_COLUMN = re.compile(  # what stands in it, behind its first letter, begins no column
    r"^[^?]*\?|\([^()]*\)|-\s?/\s?-\s*\w|\b(?:saldo|verschil|resultaat|afwijking)\s+\w+(?:\s+na\s+wijziging)?\s+-\s+\w"
    r"|\bminus\s+\w|\b(?:begroting|rekening|realisatie)\s+-\s+(?:begroting|rekening|realisatie)\b"
    r"|\b(?:over\s+te\s+hevelen|overheveling|door\s+te\s+schuiven)\s+naar\s+\d"
    rf"|\d\s*(?:t/m|tot en met)\s*\d{{1,2}}[-/. ]|\b(?:{MONTH})\s?-\s?\w",
    re.I,
)
_SURELY = r"\s*-\s?/\s?-\s*|\s+minus\s+"
_MINUS = re.compile(rf"{_SURELY}|\s+[-–]\s+|(?<=\d)[-–](?=[a-z])|(?<=[a-z])[-–](?=[A-Z])")
_STAGES = frozenset(("realised", "budget", "original", "amended"))


def is_difference(text: str) -> bool:
    """Whether a heading takes one stage from another: an account and a budget, or two budgets of which one is amended.

    A dash between words of one stage takes nothing: Begroting - na wijziging.
    """
    parts = _MINUS.split(text)
    if len(parts) != 2:
        return False
    first, last = (_stages(part) for part in parts)
    if not (first and last):
        return False
    if re.search(_SURELY, text):
        return True
    accounts = "realised" in first, "realised" in last
    budgets = "budget" in first and "budget" in last
    return accounts[0] != accounts[1] or (budgets and not any(accounts) and ("amended" in first) != ("amended" in last))


def _stages(text: str) -> set[str]:
    found = list(TOKEN.finditer(text))
    tags = {TAG_OF[match.lastgroup] for match in found if match.lastgroup in TAG_OF}
    return (tags | {PREFIXES.get((match["prefix"] or "").strip(" -").upper(), "") for match in found}) & _STAGES
