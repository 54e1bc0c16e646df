"""Tables that run on over a page break: one table with the rows of all its pages."""

from __future__ import annotations

from extractors.pdf.grid import Grid, Piece

_SHIFT = 3.0  # points by which columns of one table may differ from page to page


def continues(before: Grid, after: Grid) -> bool:
    """Whether the first table of a page goes on with the last one of the page before: the same columns, and no
    headings of its own or the same ones again."""
    if len(before.columns) != len(after.columns):
        return False
    if [column.is_number for column in before.columns] != [column.is_number for column in after.columns]:
        return False
    if not _aligned(before, after):
        return False
    return after.heading_rows == 0 or _headings(before) == _headings(after)


def _aligned(before: Grid, after: Grid) -> bool:
    """Whether the right edges of the numbers stand under each other, shifted by one distance at most."""
    shifts = [two.right - one.right for one, two in zip(before.columns, after.columns, strict=True) if one.is_number]
    return max(shifts) - min(shifts) < 2 * _SHIFT and max(abs(shift) for shift in shifts) < 40


def _headings(grid: Grid) -> list[list[str]]:
    return [[_text(piece) for piece in row] for row in grid.rows[: grid.heading_rows]]


def _text(piece: Piece | None) -> str:
    return piece.text.lower() if piece else ""
