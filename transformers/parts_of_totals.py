"""Columns headed by names of kinds, beside a total that says its year: they are parts of it where they add up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from transformers.drafts import Draft
from transformers.headings import Heading

_SAID = frozenset(("realised", "budget", "original", "amended", "multi_year"))
_ENOUGH = 3  # rows in which several parts make exactly a total of some size
_TELLS, _ROUNDED = 10, 1


def with_parts_of_totals(draft: Draft, headings: Sequence[Heading], unread: Collection[int]) -> tuple[Heading, ...]:
    """The headings, where those right before a total that names its year have its year and stage if they add up to it.

    Basispakket | Pluspakket | Totaal 2026. A heading in `unread` may say another year, and is no part.
    """
    out = list(headings)
    for at, total in enumerate(headings):
        if "total" not in total.tags or total.year is None or total.measures:
            continue
        first = at
        while first and first - 1 not in unread and _is_name(headings[first - 1]):
            first -= 1
        if at - first > 1 and _add_up(draft, range(first, at), at, len(headings)):
            for part in range(first, at):
                out[part] = replace(out[part], years=(total.year,), tags=out[part].tags | (total.tags & _SAID))
    return tuple(out)


def _is_name(heading: Heading) -> bool:
    return bool(heading.text) and not heading.says_something


def _add_up(draft: Draft, parts: range, total: int, count: int) -> bool:
    """Whether the parts make the total in every row, and several of them a total that tells in some."""
    telling = 0
    for row in _rows(draft, count):
        if total not in row:
            continue
        values = [row[part] for part in parts if part in row]
        off = abs(sum(values) - row[total])
        if off > _ROUNDED:
            return False
        telling += not off and sum(map(bool, values)) > 1 and abs(row[total]) >= _TELLS
    return telling >= _ENOUGH


def _rows(draft: Draft, count: int) -> list[dict[int, Decimal]]:
    """The values of each row by column, where the places of its numbers are known."""
    out = []
    for group in draft.groups:
        if group.columns is None and len(group.numbers) != count:
            continue
        places = group.columns if group.columns is not None else range(count)
        numbers = zip(places, group.numbers, strict=False)
        out.append({at: n.amount.value for at, n in numbers if n.amount and n.amount.value is not None})
    return out
