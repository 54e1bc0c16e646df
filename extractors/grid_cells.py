"""Rows of which the markup says the columns: signs in cells of their own, and which rows are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from schemas.notation import parse_amount, parse_year, plain
from schemas.records import RawCell

Row = tuple[RawCell, ...]
_MINUS = re.compile(r"-|-/-|- ?€|€ ?-")
_SIGN = re.compile(rf"{_MINUS.pattern}|€|\+|")
_UNSIGNED = re.compile(r"\d[\d.,]*")


def with_signs(rows: Sequence[Row]) -> list[Row]:
    """The rows; a minus in a narrow column of its own goes with the amount in the next one.

    The column has no heading of its own, else its dashes may be zeros: that spans both, or stands over the amounts.
    """
    found = [list(row) for row in rows]
    for at in range(1, max((len(row) for row in rows), default=0) - 1):
        pairs = [(row, row[at], row[at + 1]) for row in found if at + 1 < len(row)]
        if not _is_sign_column([(left, right) for _, left, right in pairs]):
            continue
        for row, left, right in pairs:
            if _MINUS.fullmatch(plain(left.text)) and _UNSIGNED.fullmatch(right.text):
                row[at] = left._replace(text="")
                row[at + 1] = right._replace(text=f"{left.text} {right.text}")
    return [tuple(row) for row in found]


def with_lines_as_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows; one whose cells all hold as many lines, amounts among them, is as many rows."""
    return [one for row in rows for one in _lines_as_rows(row)]


def _lines_as_rows(row: Row) -> list[Row]:
    spans = any(cell.row_span > 1 or cell.column_span > 1 for cell in row)
    if spans or not any("\n" in cell.text for cell in row) or all(cell.is_heading for cell in row):
        return [row]
    lines = [[line.strip() for line in cell.text.split("\n")] for cell in row]
    height = max(map(len, lines))
    filled = [one for one in lines if any(one)]
    amounts = any(all(not line or (parse_amount(line) and not parse_year(line)) for line in one) for one in filled)
    if not amounts or len(filled) < 2 or any(len(one) != height for one in filled):
        return [row]
    return [
        tuple(
            cell._replace(text=one[at], locator=f"{cell.locator};line={at + 1}") if any(one) else cell
            for cell, one in zip(row, lines, strict=True)
        )
        for at in range(height)
        if any(one[at] for one in filled)
    ]


def _is_sign_column(pairs: Sequence[tuple[RawCell, RawCell]]) -> bool:
    minus = headed = False
    for left, right in pairs:
        if left is right:
            headed = headed or (1 < left.column_span <= 3 and bool(left.text))
        elif not _SIGN.fullmatch(plain(left.text)) or left.column_span > 1:
            return False
        elif not left.text:
            headed = headed or (bool(right.text) and (parse_amount(right.text) is None or bool(parse_year(right.text))))
        else:
            minus = minus or bool(_MINUS.fullmatch(plain(left.text)) and _UNSIGNED.fullmatch(right.text))
    return minus and headed


def heading_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top hold headings and nothing else; 0 where all do. A total in such cells is no heading."""
    count = 0
    for row in rows:
        words = [cell for cell in row if cell.text]
        if not words or not all(cell.is_heading for cell in words) or _holds_amounts(words):
            break
        count += 1
    return count if count < len(rows) else 0


def _holds_amounts(words: Sequence[RawCell]) -> bool:
    """Whether amounts stand behind a name: neither years, nor units, nor the numbers of columns."""
    amounts = [parse_amount(cell.text) for cell in words[1:] if cell.column_span == 1]
    values = [
        a.value for a in amounts if a and a.value is not None and not parse_year(a.printed) and "€" not in a.printed
    ]
    numbered = all(b - a == 1 for a, b in pairwise(values))
    return len(words) > 2 and len(values) == len(words) - 1 and not numbered and parse_amount(words[0].text) is None
