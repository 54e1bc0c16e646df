"""Where a cell stands on a page: the boxes in locators."""

from __future__ import annotations

from schemas.records import Box


def box_in(locator: str) -> Box | None:
    """The box that a locator such as `box=10.0,20.0,30.0,40.0` holds; None where it says something else."""
    name, _, sides = locator.partition("=")
    if name != "box":
        return None
    try:
        x0, top, x1, bottom = map(float, sides.split(","))
    except ValueError:
        return None
    return x0, top, x1, bottom


def holds(outer: Box, inner: Box, margin: float = 0.0) -> bool:
    """Whether the middle of one box lies in another, or so far outside."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - margin <= x <= outer[2] + margin and outer[1] - margin <= y <= outer[3] + margin
