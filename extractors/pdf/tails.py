"""Where a table ends: what is left of its last label stands below its amounts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.region import Region
from extractors.pdf.rules import Rules
from extractors.pdf.textlines import Line
from extractors.pdf.wrapped import is_rest, lone_label

_LEADING = 1.5  # of its height: how near a line of the same text stands


def tail_end(lines: Sequence[Line], region: Region, ceiling: int, rules: Rules) -> int:
    """Behind the last line: what is left of the last label stands below its amounts."""
    last = lines[region.rows[-1]]
    edge = min(chunk.x0 for at in region.rows for chunk in lines[at].numbers)
    pitch = region.pitch
    end = region.end
    label = last.chunks[0]
    if label.number:
        under = lines[end] if end < ceiling else last
        near = under.middle - last.middle < 1.2 * last.height and under.x1 < edge + 2 and len(under.chunks) == 1
        return end + (near and under is not last)
    if len(region.rows) < 2:
        return end
    for at in range(region.end, min(ceiling, region.end + 3)):
        line = lines[at]
        step = line.middle - lines[at - 1].middle
        tight = step < min(0.92 * pitch, 1.5 * line.height) or (
            at == region.end and step < min(1.05 * pitch, 1.5 * line.height) and _ends_label(lines, region, edge, at)
        )
        alone = len(line.chunks) == 1 and line.x1 < edge + 2 and abs(line.x0 - label.x0) < 14
        ruled = any(
            lines[at - 1].middle < y < line.middle and x0 < label.x1 and x1 > label.x0 for y, x0, x1 in rules.across
        )
        if not (tight and alone) or ruled:
            break
        end = at + 1
    return end


def _ends_label(lines: Sequence[Line], region: Region, edge: float, at: int) -> bool:
    """Whether a line that stands below the last row as far as rows stand apart is the rest of its label, and no line
    of text that goes on below.
    """
    line, last = lines[at], lines[at - 1]
    rest = lone_label(line, edge)
    near = at + 1 < len(lines) and lines[at + 1].middle - line.middle < _LEADING * line.height
    if rest is None or near:
        return False
    wrapping = region.wrapping(lines, edge)
    if line.middle - last.middle > wrapping.reach:
        return False
    return is_rest(last.chunks[0], rest, wrapping) or (rest.text[:1].islower() and wrapping.below)
