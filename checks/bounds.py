"""How far a source may change between two runs: lines that are gone, tables set aside, amounts that jump.

Compares what was last published of a source with what is read now. Does not judge which of the two is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from schemas.records import Bounds

_FEWEST = 3  # lines that both readings must have before their sums are compared


@dataclass(frozen=True, slots=True)
class Extent:
    """What a source holds: its lines, the tables set aside, and the sizes of its amounts in euros by line key."""

    lines: int
    set_aside: int
    sizes: Mapping[str, Decimal]


def past_bounds(before: Extent, now: Extent, bounds: Bounds) -> list[str]:
    """In which ways a source changed further than it may; nothing where it did not.

    Sums are compared over the lines that both have, so that new tables are no jump and another unit is one.
    """
    found = []
    if before.lines and now.lines < before.lines * (1 - bounds.lines_fall):
        found.append(f"{now.lines} lines where there were {before.lines}: more than {bounds.lines_fall:.0%} fewer")
    if now.set_aside > before.set_aside + bounds.set_aside_growth:
        found.append(f"{now.set_aside} tables set aside where there were {before.set_aside}")
    both = before.sizes.keys() & now.sizes.keys()
    old, new = (sum((sizes[key] for key in both), Decimal(0)) for sizes in (before.sizes, now.sizes))
    factor = Decimal(str(bounds.totals_jump))
    if len(both) >= _FEWEST and old and (new > old * factor or new * factor < old):
        found.append(f"the {len(both)} lines that were there add up to {new:,.0f} euros where it was {old:,.0f}")
    return found
