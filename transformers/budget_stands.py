"""Rows of how a budget stands before and after its changes, which are no balances at a day."""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.notation import plain
from schemas.records import Row
from transformers.words import is_stand_of_budget

_STAND = re.compile(r"(?:oude|vorige|huidige|actuele|bijgestelde|nieuwe|uiteindelijke)\s+stand", re.I)


def with_stands_of_budget(rows: list[Row]) -> list[Row]:
    """The rows, where `Nieuwe stand` in a table with a row `Stand kadernota` is that of the budget too."""
    if not any(is_stand_of_budget(row.label) for row in rows):
        return rows
    return [
        replace(row, stand=False, movement=0, balance_date=None) if _STAND.match(plain(row.label)) else row
        for row in rows
    ]
