"""Texts that end in the middle of a name: what stands on the next line goes on with them."""

from __future__ import annotations

import re

_OPEN_END = re.compile(
    r"(?:[-–,/&(]|\b(?:van|de|het|en|of|voor|aan|uit|in|op|ten|met|door|bij|per|tot|naar|om|te|een|der|c\.q\.))$", re.I
)


def is_unfinished(text: str) -> bool:
    """Whether a text ends in a preposition, an article, a conjunction, or a sign that joins."""
    return _OPEN_END.search(text) is not None
