"""One table of a page as a grid of cells, with headings over the columns they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.pdf.accounting import join_minus_signs
from extractors.pdf.columns import Column, columns_of, first_numbers
from extractors.pdf.empty import with_empty_columns
from extractors.pdf.ends import Ends, ends_of
from extractors.pdf.heads import headings_of
from extractors.pdf.pieces import Piece, joined
from extractors.pdf.region import Region
from extractors.pdf.rows import Layout, TableRow, layout_of, parted_at, rows_of
from extractors.pdf.rules import Rules
from extractors.pdf.spans import span_labels
from extractors.pdf.textlines import Line, box_of

_STEP = 4.0  # points of indentation that count as one


@dataclass(slots=True)
class Grid:
    """A table of one page. Each row has a piece or nothing for each column; a spanning piece stands in each."""

    page: int
    rows: list[list[Piece | None]]
    heading_rows: int
    columns: list[Column]
    top: float
    bottom: float
    headings: list[bool]  # of each row, whether it is one of headings
    ends: Ends


def grid_of(lines: Sequence[Line], region: Region, rules: Rules, page: int) -> Grid:
    """The grid of one region of a page."""
    body_rows = [lines[at] for at in region.rows]
    heads = lines[region.start : region.first]
    join_minus_signs(body_rows, heads)
    columns = with_empty_columns(columns_of(body_rows, rules), heads, body_rows, rules)
    wrapping = region.wrapping(lines, first_numbers(columns))
    layout = layout_of(lines[region.first : region.end], columns, rules, wrapping)
    rows: list[list[Piece | None]] = []
    headings: list[bool] = []
    bodies: list[list[TableRow]] = []
    for start, stop, is_head in _sections(lines, region, layout):
        part = lines[start:stop]
        if is_head:
            made = _head(part, columns, rules)
        else:
            bodies.append(rows_of(part, layout))
            made = _body(bodies[-1], layout)
        rows += made
        headings += [is_head] * len(made)
    count = headings.index(False) if False in headings else 0
    ends = ends_of(bodies[0], bodies[-1], layout)
    return Grid(page, rows, count, columns, lines[region.start].top, lines[region.end - 1].bottom, headings, ends)


def _head(lines: Sequence[Line], columns: list[Column], rules: Rules) -> list[list[Piece | None]]:
    """The rows of headings; one over several columns stands in each."""
    rows: list[list[Piece | None]] = []
    for level in headings_of(lines, columns, rules):
        row: list[Piece | None] = [None] * len(columns)
        for heading in level:
            piece = Piece(joined(heading.chunks), box_of(heading.chunks), 0, heading.last - heading.first + 1)
            for at in range(heading.first, heading.last + 1):
                row[at] = piece
        rows.append(row)
    return rows


def _sections(lines: Sequence[Line], region: Region, layout: Layout) -> Iterator[tuple[int, int, bool]]:
    """The runs of lines of a table that are headings, and those that are rows."""
    start = region.start
    while start < region.end:
        head = _head_end(lines, start, region, layout)
        if head > start:
            yield start, head, True
        body = head
        while body < region.end and (body == head or not _opens_head(lines, body, region, layout)):
            body += 1
        if body > head:
            yield head, body, False
        start = body


def _is_row(at: int, region: Region) -> bool:
    return at in region.rows


def _head_end(lines: Sequence[Line], start: int, region: Region, layout: Layout) -> int:
    """Behind the last line of headings from `start` on, before the next row with amounts."""
    end = start
    for at in range(start, region.end):
        if _is_row(at, region):
            break
        over = [chunk for chunk in lines[at].chunks if chunk.x1 > layout.edge + 2]
        if over and (start == region.start or len(over) > 1 or end > start):
            end = at + 1
    return end


def _opens_head(lines: Sequence[Line], at: int, region: Region, layout: Layout) -> bool:
    """Whether headings begin again at a line inside a table: words over several columns, with no amounts."""
    if _is_row(at, region) or _head_end(lines, at, region, layout) == at:
        return False
    if sum(chunk.x1 > layout.edge + 2 for chunk in lines[at].chunks) > 1:
        return True
    if any(chunk.x1 > layout.edge + 2 for chunk in lines[at].chunks):
        return False
    above, below = lines[at - 1].middle, lines[at + 1].middle
    return lines[at].middle - above > below - lines[at].middle or parted_at(
        layout.separators, above, lines[at].middle, lines[at].x0
    )


def _body(made: Sequence[TableRow], layout: Layout) -> list[list[Piece | None]]:
    """The rows as pieces; a label that stands before several rows of a ruled table spans them."""
    left = min([row.cells[0][0].x0 for row in made if 0 in row.cells], default=0.0)
    rows: list[list[Piece | None]] = []
    for row in made:
        pieces: list[Piece | None] = [None] * len(layout.columns)
        for at, chunks in row.cells.items():
            indent = max(0, round((chunks[0].x0 - left) / _STEP)) if at == 0 else 0
            pieces[at] = Piece(joined(chunks), box_of(chunks), indent)
        rows.append(pieces)
    span_labels(rows, made, layout)
    return rows
