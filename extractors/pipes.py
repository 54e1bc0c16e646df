"""Rows with pipes between their cells, also where a row was broken over several lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.lines import Line
from schemas.records import Form, RawCell, RawTable

_BREAK = re.compile(r"<br\s*/?>", re.I)  # how Markdown breaks a line inside a cell
_SEPARATOR = re.compile(r"[|:\s]*-{2,}[-|:\s]*")


def pipe_blocks(region: list[Line]) -> Iterator[RawTable]:
    """The table in a run of lines with pipes."""
    leading = sum(line.text.startswith("|") for line in region if line.text.strip("| "))
    drop_first = leading * 2 > len(region)
    lines = [
        (line, _pipe_cells(line.text, drop_first=drop_first)) for line in region if not _SEPARATOR.fullmatch(line.text)
    ]
    rows = list(_pipe_rows(lines))
    cells = tuple(tuple(row) for row in rows if any(cell.text for cell in row))
    if cells:
        yield RawTable(Form.GRID, cells)


def _pipe_cells(text: str, *, drop_first: bool) -> list[str]:
    cells = [_BREAK.sub(" ", cell).strip().removeprefix("**").removesuffix("**") for cell in text.split("|")]
    if text.endswith("|"):
        cells.pop()
    if drop_first and text.startswith("|"):
        cells = cells[1:]
    return cells


def _pipe_rows(lines: list[tuple[Line, list[str]]]) -> Iterator[list[RawCell]]:
    """The rows, also where a row was broken over several lines."""
    width = _pipe_width([len(cells) for _, cells in lines])
    row: list[RawCell] = []
    for line, texts in lines:
        if row and len(row) + len(texts) > width:
            yield row
            row = []
        start = len(row)
        row = row + [
            RawCell(text, line.number, f"line={line.number};cell={start + number}")
            for number, text in enumerate(texts, start=1)
        ]
        if len(row) >= width:
            yield row
            row = []
    if row:
        yield row


def _pipe_width(counts: list[int]) -> int:
    """The number of cells that puts most lines into whole rows."""
    sums: set[int] = set(counts)
    total = 0
    for count in counts[:60]:
        total += count
        if total > 60:
            break
        sums.add(total)

    def whole(width: int) -> tuple[int, int]:
        filled = covered = pending = 0
        for count in counts:
            if filled + count > width:
                filled = pending = 0
            filled += count
            pending += 1
            if filled == width:
                covered += pending
                filled = pending = 0
        return covered, -width

    widest = max(counts)
    best = max((width for width in sums if width >= widest), key=whole, default=1)
    common = Counter(count for count in counts if count > 1).most_common(1)
    if common and common[0][1] * 2 > len(counts):
        return common[0][0]
    return best
