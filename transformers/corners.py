"""The corner of a line of headings: words that head its labels stand before the first column, on the same line."""

from __future__ import annotations

import re
from itertools import dropwhile

from transformers.headings import Heading, heading_of, words_of
from transformers.phrases import phrases

_QUESTION = re.compile(r"^[^?]*\?\s+(?=\S)")
_LAST = re.compile(r"(?:saldo|verschil)(?: 20\d\d)?", re.I)
_MEASURES = frozenset(("lasten", "baten", "saldo", "filler"))


def without_corner(line: str) -> str:
    """A line of headings without the words that head its labels.

    These are a question, and a measure that the first of several columns alone would have, though it is named as the
    others are: `Netto lasten Rekening 2024 Begroting 2025`.
    """
    line = _QUESTION.sub("", line)
    parts = phrases(line)
    first = next((at for at, part in enumerate(parts) if _is_dated(part)), None)
    if first is None or any(part.says_something for part in parts[:first]):
        return line
    rest = _without_measure(parts[first])
    if rest is None or not any(part.shape == rest.shape for part in parts[first + 1 :]):
        return line
    shorter = " ".join(part.text for part in [rest, *parts[first + 1 :]])
    others = phrases(shorter)[1:]
    if others and _LAST.fullmatch(others[-1].text):
        others.pop()  # the last column, of what the others differ
    if any(part.measures or not part.is_pure for part in others):
        return line
    return shorter


def _is_dated(part: Heading) -> bool:
    return bool(part.years) or part.has_stage


def _without_measure(part: Heading) -> Heading | None:
    """What follows the measure that a heading begins with; None where it begins with none."""
    words = words_of(part.text)
    rest = next(dropwhile(lambda word: word.tag in _MEASURES, words), None)
    if rest is None or words[0].tag not in _MEASURES - {"filler"}:
        return None
    return heading_of(part.text[rest.start :])
