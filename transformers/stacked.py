"""Headings above one another: what they say together."""

from __future__ import annotations

import re
from dataclasses import replace

from transformers.headings import Heading, heading_of

_BROKEN_DATE = re.compile(r"(?<![\d.,-])(?:[0-3]?\d|[0-3]?\d-[01]?\d)-$")
_DATES_REST = re.compile(r"(?:[01]?\d-)?(?:19|20)\d\d(?!\d)")


def merged(upper: Heading, lower: Heading) -> Heading | None:
    """What two headings above one another say; None where they contradict each other."""
    if _BROKEN_DATE.search(upper.text) and _DATES_REST.match(lower.text):
        return heading_of(upper.text + lower.text)  # Stand 31- / 12-2026, Saldo 1-1- / 2026
    if upper.year and lower.year and upper.year != lower.year:
        return None
    if upper.month_day and lower.month_day and upper.month_day != lower.month_day:
        return None
    if upper.is_unfinished and not upper.measures:
        whole = heading_of(f"{upper.text} {lower.text}")
        if len(whole.classes) > 1 or (lower.is_year and not upper.text.endswith(("t/m", "tot en met"))):
            return None  # Begroting na / Rekening, Begroting na / 2024
        return replace(whole, years=upper.years + lower.years)  # Begroting t/m / VJN
    if upper.text.endswith("-") and upper.unknown and lower.text[:1].islower():
        return heading_of(upper.text + lower.text)  # one word over two lines
    if upper.classes and lower.classes and upper.classes != lower.classes and "difference" not in upper.classes:
        return None
    measures = tuple(dict.fromkeys(upper.measures + lower.measures))
    # Saldo 2020 over lasten and baten of its own: what two stages differ in cost and in income.
    balance = upper.measure == "saldo" and not upper.has_stage and lower.measure in ("lasten", "baten")
    extra = frozenset(("difference",)) if balance else frozenset()
    return Heading(
        f"{upper.text} {lower.text}".strip() if upper.text != lower.text else upper.text,
        upper.years + lower.years,
        upper.tags | lower.tags | extra,
        lower.measures or measures,
        upper.unknown + lower.unknown,
        lower.month_day or upper.month_day,
    )
