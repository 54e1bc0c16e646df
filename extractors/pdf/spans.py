"""Labels that stand before several rows: a programme before its lasten, baten and saldo."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.pieces import Piece, with_more
from extractors.pdf.rows import Layout, TableRow, parted_at
from extractors.pdf.words import around

_OFF = 0.5  # heights of a row by which a label may stand from the middle of its rows
Rows = list[list[Piece | None]]


def span_labels(rows: Rows, made: Sequence[TableRow], layout: Layout) -> None:
    """Let the labels left of other labels stand in each row that they are about, by what is drawn between the rows, or
    by the other labels: the same ones that come again and again.
    """
    labels = [at for at, column in enumerate(layout.columns) if not column.is_number and column.left < layout.edge]
    for at in labels[:-1]:
        x = layout.columns[at].left
        if layout.ruled and any(x0 <= x + 5 and x1 >= x + 8 for _, x0, x1 in layout.separators):
            _span_ruled(rows, made, at, layout)
        else:
            _span_cycles(rows, made, at, labels[-1])


def _span_ruled(rows: Rows, made: Sequence[TableRow], at: int, layout: Layout) -> None:
    """Let a label reach to the next things drawn below and above it, and take in the words it finds below."""
    x = layout.columns[at].left
    for number in range(1, len(rows)):
        above, own = rows[number - 1][at], rows[number][at]
        high, low = (made[number - 1].top + made[number - 1].bottom) / 2, (made[number].top + made[number].bottom) / 2
        if above is None or parted_at(layout.separators, high, low, x):
            continue
        if own is not None:
            above.text = with_more(above.text, own.text)
            above.box = around(above.box, own.box)
        above.row_span += 1
        rows[number][at] = above
    for number in range(len(rows) - 2, -1, -1):  # one in the middle of its rows stands before those above it too
        below = rows[number + 1][at]
        high, low = (made[number].top + made[number].bottom) / 2, (made[number + 1].top + made[number + 1].bottom) / 2
        if below is not None and rows[number][at] is None and not parted_at(layout.separators, high, low, x):
            below.row_span += 1
            rows[number][at] = below


def _span_cycles(rows: Rows, made: Sequence[TableRow], at: int, last: int) -> None:
    """Let each label in a column stand before all rows of its cycle of labels in the last column, where each stands in
    the middle of its own.
    """
    cycles = _cycles(rows, made, last)
    held = [[piece for number in cycle if (piece := rows[number][at])] for cycle in cycles]
    if not all(
        _is_centred(pieces, made[cycle[0]], made[cycle[-1]]) for pieces, cycle in zip(held, cycles, strict=True)
    ):
        return
    for cycle, (first, *others) in zip(cycles, held, strict=True):
        for more in others:
            first.text, first.box = with_more(first.text, more.text), around(first.box, more.box)
        first.row_span = len(cycle)
        for number in cycle:
            rows[number][at] = first


def _is_centred(pieces: Sequence[Piece], first: TableRow, last: TableRow) -> bool:
    if not pieces:
        return False
    middle = (pieces[0].box[1] + pieces[-1].box[3]) / 2
    return abs(middle - (first.top + last.bottom) / 2) < _OFF * (first.bottom - first.top)


def _cycles(rows: Rows, made: Sequence[TableRow], last: int) -> list[range]:
    """The runs of rows that repeat the labels of the first of them, all in the same order; none where they don't."""
    texts = [
        piece.text if (piece := row[last]) and one.has_numbers else "" for row, one in zip(rows, made, strict=True)
    ]
    starts = [number for number, text in enumerate(texts) if text and text == texts[0]]
    if len(starts) < 2:
        return []
    size = starts[1] - starts[0]
    cycles = [range(start, start + size) for start in starts]
    whole = all([texts[number] for number in cycle if number < len(texts)] == texts[:size] for cycle in cycles)
    return cycles if size > 1 and whole and all(texts[:size]) else []
