"""Columns of what was spent up to a year, beside one of what was spent in that year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transformers.headings import Heading
from transformers.terms import BETWEEN_DAYS

_END_OF_YEAR = (12, 31)
_SO_FAR = re.compile(r"\b(?:t/m|tot en met)\s+(?:(?:ultimo|31 december|31-12-|31/12/)\s*)?(?:19|20)\d\d(?!\d)", re.I)
_OTHER = frozenset(("budget", "amended", "original", "multi_year", "forecast", "difference", "credit", "part_year"))


def is_spent_so_far(heading: Heading) -> bool:
    """Whether a heading says what is spent up to the end of a year, whenever: Besteed t/m 2024."""
    ended = heading.month_day in (None, _END_OF_YEAR) and not BETWEEN_DAYS.search(heading.text)
    return ended and not heading.tags & _OTHER and _SO_FAR.search(heading.text) is not None


def with_spent_so_far(headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings, where what is spent up to a year is the sum of several years: what is spent in it stands beside."""
    in_year = {heading.year for heading in headings if heading.year and _is_spent_in_year(heading)}
    return [
        replace(heading, tags=heading.tags | {"sum"})
        if is_spent_so_far(heading) and heading.year in in_year
        else heading
        for heading in headings
    ]


def _is_spent_in_year(heading: Heading) -> bool:
    spent = "realised" in heading.tags or heading.measure == "lasten"
    return spent and not heading.tags & (_OTHER | {"cumulative", "balance"}) and not is_spent_so_far(heading)
