"""Numbered captions of tables, and whether they stand over their tables or under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from schemas.records import RawCell, RawTable, RawText
from transformers.labels import is_noise
from transformers.units import unit_in, without_unit

_NUMBERED = re.compile(r"(?:tabel|overzicht|staat)\s+(?:\w{1,3}[.-])?\d[\d.]*\b", re.I)
_LONGEST = 200  # characters of a caption
_CLEAR = 4  # how many stand under a table for each that stands over one, where all do
_CLOSER = 0.75  # of the white on the other side

Block = RawTable | RawText


@dataclass(frozen=True, slots=True)
class _Caption:
    """A numbered caption: its place, the table directly above it, and whether one stands directly below it.

    Where the markup says to which table it belongs (`marked`), none stands above it.
    """

    at: int
    marked: bool
    above: int | None
    over: bool


def captions_over(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each caption that stands under its table put over it.

    So they stand where a document has two or more below a table that have none directly below them or are nearer to the
    one above, or a lone one that no table follows, and hardly any as captions usually are. Where that is in doubt their
    units are none.
    """
    captions = list(_captions(blocks))
    under = [one for one in captions if one.above is not None and not one.over]
    over = sum(one.above is None and one.over for one in captions) + sum(map(_is_titled, blocks))
    if len(under) <= over:
        return list(blocks)
    last = max(at for at, block in enumerate(blocks) if isinstance(block, RawTable))
    loose = {one.at for one in captions if not one.marked and one.above is None and not one.over}
    behind = [one for one in captions if one.above is not None]
    if len(under) >= _CLEAR * over and (len(under) > 1 or (len(behind) == 1 and under[0].at > last)):
        return _put_over(_without_units(blocks, loose), behind)
    known = any(_states_unit(block) for block in blocks[: behind[0].at])
    return list(blocks) if known and not over else _without_units(blocks, {one.at for one in behind})


def _captions(blocks: Sequence[Block]) -> Iterator[_Caption]:
    if not any(isinstance(block, RawText) and _is_caption(block.text) for block in blocks):
        return
    places = [at for at, block in enumerate(blocks) if not _is_apart(block)]
    for n, at in enumerate(places):
        block = blocks[at]
        if isinstance(block, RawTable) or not _is_caption(block.text):
            continue
        marked = block.is_heading or block.locator.endswith(";caption")
        behind = n > 0 and not marked and isinstance(blocks[places[n - 1]], RawTable)
        over = n + 1 < len(places) and isinstance(blocks[places[n + 1]], RawTable)
        if behind and over:
            behind, over = _nearest(blocks[places[n - 1]], block, blocks[places[n + 1]])
        yield _Caption(at, marked, places[n - 1] if behind else None, over)


def _nearest(above: Block, caption: RawText, below: Block) -> tuple[bool, bool]:
    """Whether a caption between two tables may be of the one above and of that below, by its distance to both."""
    box = _box(caption)
    if box is None or not isinstance(above, RawTable) or not isinstance(below, RawTable):
        return True, True
    upper = [it[1] for cell in chain(*above.rows) if cell.page == caption.page and (it := _box(cell))]
    lower = [it[0] for cell in chain(*below.rows) if cell.page == caption.page and (it := _box(cell))]
    if not (upper and lower):
        return bool(upper or not lower), bool(lower or not upper)
    before, after = box[0] - max(upper), min(lower) - box[1]
    return before * _CLOSER < after, after * _CLOSER < before


def _box(place: RawText | RawCell) -> tuple[float, float] | None:
    """The top and bottom of a text on its page; None where that has none."""
    parts = place.locator.removeprefix("box=").split(",") if place.locator.startswith("box=") else []
    return (float(parts[1]), float(parts[3])) if len(parts) == 4 else None


def _is_apart(block: Block) -> bool:
    return isinstance(block, RawText) and (block.is_apart or is_noise(block.text))


def _is_caption(text: str) -> bool:
    """Whether a text numbers a table, and says nothing of it."""
    flat = text.strip()
    return len(flat) <= _LONGEST and bool(_NUMBERED.match(flat)) and not flat.endswith(".")


def _is_titled(block: Block) -> bool:
    """Whether a numbered caption stands in the first rows of a table."""
    return isinstance(block, RawTable) and any(_is_caption(cell.text) for row in block.rows[:2] for cell in row[:1])


def _states_unit(block: Block) -> bool:
    cells = (cell for row in block.rows for cell in row) if isinstance(block, RawTable) else (block,)
    return any(unit_in(cell.text) is not None for cell in cells)


def _put_over(blocks: Sequence[Block], captions: Sequence[_Caption]) -> list[Block]:
    moved = {one.above: one.at for one in captions}
    places = set(moved.values())
    out: list[Block] = []
    for at, block in enumerate(blocks):
        if at in moved:
            out.append(blocks[moved[at]])
        if at not in places:
            out.append(block)
    return out


def _without_units(blocks: Sequence[Block], places: set[int]) -> list[Block]:
    return [
        replace(block, text=without_unit(block.text)) if at in places and isinstance(block, RawText) else block
        for at, block in enumerate(blocks)
    ]
