"""Numbers as Dutch and English readers write them."""

from __future__ import annotations

from decimal import Decimal

_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
_COMPACT = ((Decimal(1_000_000_000), "mld"), (Decimal(1_000_000), "mln"))


def dutch(number: Decimal | int) -> str:
    """A number with points between thousands and a comma before decimals; a real minus sign."""
    text = f"{abs(number):,}".translate(str.maketrans(",.", ".,"))
    return f"\N{MINUS SIGN}{text}" if number < 0 else text


def english(number: Decimal | int) -> str:
    """A number with commas between thousands and a point before decimals; a real minus sign."""
    text = f"{abs(number):,}"
    return f"\N{MINUS SIGN}{text}" if number < 0 else text


def euros(amount: Decimal) -> str:
    """An amount in euros in Dutch notation, with cents only where it has them."""
    whole = amount == amount.to_integral_value()
    return f"€\N{NO-BREAK SPACE}{dutch(int(amount) if whole else amount.quantize(Decimal('0.01')))}"


def compact(amount: Decimal) -> str:
    """An amount for an axis: 12,5 mln, 250.000."""
    for size, word in _COMPACT:
        if abs(amount) >= size:
            shown = (amount / size).quantize(Decimal("0.01")).normalize()
            return f"{dutch(Decimal(f'{shown:f}'))}\N{NO-BREAK SPACE}{word}"
    return dutch(Decimal(f"{amount.normalize():f}"))


def file_size(count: int) -> str:
    """A number of bytes in decimal units, in Dutch notation."""
    for size, word in _SIZES:
        if count >= size:
            return f"{count / size:.1f}".replace(".", ",") + f"\N{NO-BREAK SPACE}{word}"
    return f"{count}\N{NO-BREAK SPACE}bytes"
