"""Columns headed by a change of the budget by its number, and the budget as it stands after what changes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transformers.headings import Heading
from transformers.words import is_stand_of_budget

_NTH = r"(?:\d+\s?(?:e|ste|de)|eerste|tweede|derde|vierde|vijfde)\s(?:begrotings)?wijziging(?:\s20\d\d)?"
_CHANGE = re.compile(rf"(?:{_NTH}\s?)+", re.I)
_CHANGES_BY = re.compile(r"(?:mutaties?|bijstelling(?:en)?|wijziging(?:en)?|effect(?:en)?)\b", re.I)
_MEASURE = re.compile(r"\s*\b(?:lasten|baten|saldo|uitgaven|inkomsten)$", re.I)
_NEW_STAND = re.compile(r"(?:nieuwe|bijgestelde)\s+stand(?:\s20\d\d)?", re.I)
_Triple = tuple[int, int, int]


def with_nth_changes(headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings, where `2e wijziging` between a budget and the amended one is what changes, and no stand.

    `Mutatie 2e wijziging` is that wherever it stands.
    """
    named = [_CHANGE.fullmatch(_unmeasured(heading)) is not None for heading in headings]
    after = [at for at, heading in enumerate(headings) if "amended" in heading.tags and not named[at]]
    last = max(after, default=0)
    return [
        replace(heading, tags=heading.tags - {"amended"} | {"movement"})
        if (named[at] and 0 < at < last) or _is_change(heading)
        else heading
        for at, heading in enumerate(headings)
    ]


def _is_change(heading: Heading) -> bool:
    told = _CHANGES_BY.match(heading.text) is not None and "amended" in heading.tags
    return told and not heading.tags & {"budget", "realised"}


def with_amended(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with a budget behind its changes marked as amended: budget, changes, budget of one year."""
    out = list(headings)
    for before, between, at in _triples(headings):
        first, change, last = out[before], out[between], out[at]
        if not change.tags & {"movement"} or change.has_stage:
            continue
        if is_stand_of_budget(_unmeasured(first)) and _NEW_STAND.fullmatch(_unmeasured(last)):
            out[before] = replace(first, tags=first.tags - {"balance"})
            out[at] = replace(last, tags=last.tags - {"balance"} | {"budget", "amended"})
            continue
        alike = first.classes == last.classes == {"budget"} and (first.year or last.year) == last.year
        if alike and "multi_year" not in last.tags:
            out[at] = replace(last, tags=last.tags | {"amended"})
    return tuple(out)


def _triples(headings: Sequence[Heading]) -> list[_Triple]:
    """Three columns side by side, and three of one measure, where each stage has a column for lasten and for baten."""
    places = range(len(headings))
    runs = [list(places), *([n for n in places if headings[n].measure == one] for one in ("lasten", "baten", "saldo"))]
    return [(run[n], run[n + 1], run[n + 2]) for run in runs for n in range(len(run) - 2)]


def _unmeasured(heading: Heading) -> str:
    return _MEASURE.sub("", heading.text) if heading.measure else heading.text
