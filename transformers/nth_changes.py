"""Columns headed by a change of the budget by its number, before the budget as it stands after changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transformers.headings import Heading

_NTH = r"(?:\d+\s?(?:e|ste|de)|eerste|tweede|derde|vierde|vijfde)\s(?:begrotings)?wijziging(?:\s20\d\d)?"
_CHANGE = re.compile(rf"(?:{_NTH}\s?)+", re.I)
_AFTER = re.compile(r"\b(?:n[aá]|inclusief|incl\.?|t/m)\s", re.I)


def with_nth_changes(headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings, where `2e wijziging` before `Stand na 2e wijziging` is what changes, and no stand."""
    after = [at for at, heading in enumerate(headings) if "amended" in heading.tags and _AFTER.search(heading.text)]
    last = max(after, default=0)
    return [
        replace(heading, tags=heading.tags - {"amended"} | {"movement"})
        if 0 < at < last and _CHANGE.fullmatch(heading.text)
        else heading
        for at, heading in enumerate(headings)
    ]
