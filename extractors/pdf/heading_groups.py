"""Headings over groups of columns that come again and again: years over lasten and baten."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.columns import Column
from extractors.pdf.heading_levels import Heading
from extractors.pdf.textlines import Chunk

_OUTSIDE = 3.0  # points by which a heading may reach beyond its columns


def groups_of(
    chunks: Sequence[Chunk], columns: Sequence[Column], first: int, lower: Sequence[Heading]
) -> list[tuple[int, int]] | None:
    """The columns of each chunk where the headings below come again and again, such as lasten and baten for each year;
    None where they do not, or a chunk does not stand over one group of them alone. The last may be cut off, and other
    columns may stand before and behind them."""
    start, stop, step = _cycle(single(lower, len(columns))[first:])
    if not step:
        return None
    groups = [(first + at, first + at) for at in range(len(columns) - first) if not start <= at < stop]
    groups += [(first + at, first + min(at + step, stop) - 1) for at in range(start, stop, step)]
    own = {heading.first: heading.chunks[0] for heading in lower if heading.first == heading.last}
    starts = [min(columns[a].start, own[a].x0 if a in own else columns[a].start) - _OUTSIDE for a, _ in groups]
    if first and groups:  # nothing stands between the labels and the first column of numbers
        starts = [columns[first - 1].right if a == first else x for x, (a, _) in zip(starts, groups, strict=True)]
    stops = [max(columns[b].stop, own[b].x1 if b in own else columns[b].stop) + _OUTSIDE for _, b in groups]
    out = [
        group
        for chunk in chunks
        for group, start_x, stop_x in zip(groups, starts, stops, strict=True)
        if start_x < chunk.x0 and chunk.x1 < stop_x
    ]
    return out if len(out) == len(set(out)) == len(chunks) else None


def _cycle(texts: Sequence[str]) -> tuple[int, int, int]:
    """From where up to where the same texts come again and again, and after how many; the longest run of them."""
    best = (0, 0, 0)
    for start, text in enumerate(texts):
        step = texts.index(text, start + 1) - start if text and text in texts[start + 1 :] else 0
        stop = start + step
        while step > 1 and stop < len(texts) and texts[stop] and texts[stop] == texts[stop - step]:
            stop += 1
        if step > 1 and all(texts[start : start + step]) and stop - start > best[1] - best[0]:
            best = (start, stop, step)
    return best


def single(lower: Sequence[Heading], count: int) -> list[str]:
    """What the line below says over each of so many columns, by headings for one column alone."""
    out = [""] * count
    for heading in lower:
        if heading.first == heading.last:
            out[heading.first] = heading.chunks[0].text
    return out
