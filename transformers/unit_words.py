"""Amounts that carry their unit themselves: `€ 102,3 mln` in every cell of a table."""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.notation import Token, parse_amount, plain
from transformers.drafts import Draft, Number

_UNITS = {"mln": 1_000_000, "miljoen": 1_000_000, "duizend": 1000}
_WITH_UNIT = re.compile(r"(?P<amount>.*\d\)?)\s*(?P<word>mln|miljoen|duizend)\.?(?P<mark>\s*[VN]|\s+\w+delig)?", re.I)


def with_units_of_cells(draft: Draft) -> Draft:
    """The table with the amounts and the one unit that all of them say; as it is where one says another or none.

    Zeros, dashes, percentages and `pm` need none.
    """
    numbers = [number for group in draft.groups for number in group.numbers]
    units = {_unit_of(number) for number in numbers if _needs_unit(number)}
    if len(units) == 1 and None not in units:
        draft.unit = units.pop()
        for group in draft.groups:
            group.numbers = [_without_unit(number) for number in group.numbers]
    return draft


def _needs_unit(number: Number) -> bool:
    amount = number.amount
    return amount is not None and (amount.token is Token.UNCLEAR or bool(amount.value))


def _unit_of(number: Number) -> int | None:
    """The unit that a cell says; None where it says none, or holds no amount beside it."""
    found = _WITH_UNIT.fullmatch(plain(number.text))
    return None if found is None or _without_unit(number) is number else _UNITS[found["word"].lower()]


def _without_unit(number: Number) -> Number:
    """The number without the word of its unit, which stays in what is printed."""
    found = _WITH_UNIT.fullmatch(plain(number.text))
    amount = parse_amount(found["amount"] + (found["mark"] or "")) if found else None
    if amount is None or amount.token is not Token.NUMBER:
        return number
    return Number(number.cell, replace(amount, printed=number.text))
