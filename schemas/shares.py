"""Shares as the screen and the portal show them."""

from __future__ import annotations


def percentage(part: int, whole: int) -> int:
    """A whole percentage, rounded down: nothing is called whole that is not. 0 of nothing is 0."""
    return part * 100 // whole if whole else 0
