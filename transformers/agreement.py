"""The unit of a table that states none, by its amounts: the same totals stand in a table that does, or each is printed
in euros and cents, or with the dash of whole euros.

Budgets print programmes in thousands and the taakvelden below them in euros, and say so of the first only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from schemas.notation import Token
from transformers.drafts import Draft

_UNITS = (1, 1000, 1_000_000)
_LARGEST = 12  # the amounts of a table that its totals are among
_SHARED = 5  # how many of them must stand in a table with a unit
_TELLING = 1000  # amounts in printed units below this are equal by chance
_EUROS_AND_CENTS = re.compile(
    r"(?:(?:€|EUR)[^\d,]*[\d.]+,\d\d(?!\d)|[^\d,]*[\d.]+,\d\d\s*(?:€|EUR))(?!\s*(?:m[il]|duiz|k\b))", re.I
)

_WHOLE_EUROS = re.compile(r"[^\d,]*[\d.]+,(?:[-–—]+|=)(?!\s*(?:m[il]|duiz|k\b))", re.I)


def in_euros_and_cents(draft: Draft) -> bool:
    """Whether each of several amounts is printed in euros and cents, and one of them is large: nobody prints thousands
    or millions so."""
    return _all_printed(draft, _EUROS_AND_CENTS)


def in_whole_euros(draft: Draft) -> bool:
    """Whether each of several amounts is printed as `€ 1.200,-`, and one of them is large.

    That says euros where nothing else is said; a format of cells may also put it behind thousands.
    """
    return _all_printed(draft, _WHOLE_EUROS)


def _all_printed(draft: Draft, notation: re.Pattern[str]) -> bool:
    count, large = 0, False
    for number in (number for group in draft.groups for number in group.numbers):
        amount = number.amount
        if amount is None or amount.token not in (Token.NUMBER, Token.UNCLEAR):
            continue
        if not notation.match(amount.printed):
            return False
        count += 1
        large |= amount.value is not None and abs(amount.value) >= _TELLING
    return large and count > 1


def unit_by_agreement(drafts: Sequence[Draft], stated: Sequence[tuple[int, frozenset[Decimal]]]) -> int | None:
    """The one unit with which most of the largest amounts of a region stand in tables that state theirs.

    `stated` holds the unit and the amounts as printed of each of those. None where fewer than five agree, or where more
    than one unit would do.
    """
    largest = sorted(amounts_of(drafts), reverse=True)[:_LARGEST]
    if len(largest) < _SHARED:
        return None
    fitting = [unit for unit in _UNITS if _agreeing(largest, unit, stated) >= max(_SHARED, len(largest) // 2)]
    return fitting[0] if len(fitting) == 1 else None


def amounts_of(drafts: Iterable[Draft]) -> frozenset[Decimal]:
    """The amounts that stand in tables, as printed, without signs."""
    numbers = (number for draft in drafts for group in draft.groups for number in group.numbers if number.amount)
    return frozenset(abs(n.amount.value) for n in numbers if n.amount is not None and n.amount.value is not None)


def _agreeing(amounts: Sequence[Decimal], unit: int, stated: Sequence[tuple[int, frozenset[Decimal]]]) -> int:
    """How many amounts, in a unit, round to an amount of a table with a unit as large or larger."""
    return max((sum(_stands(amount, unit, other, found) for amount in amounts) for other, found in stated), default=0)


def _stands(amount: Decimal, unit: int, other: int, found: frozenset[Decimal]) -> bool:
    if other < unit:
        return False
    rounded = (amount * unit / other).quantize(Decimal(1), ROUND_HALF_UP)
    return rounded >= _TELLING and rounded in found
