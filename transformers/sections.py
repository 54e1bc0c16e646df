"""Which section a total or a balance belongs to: the one whose rows add up to it, or all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.records import Measure, Row
from transformers.path import names
from transformers.words import duration_above, meaning_of

_PART = re.compile(r"waarvan|w\.v\.", re.I)
_DEVIATIONS = Decimal("0.87")  # three standard deviations of a rounding to whole steps


@dataclass(slots=True)
class _Sum:
    """The amounts of one column in one section so far, in printed units."""

    value: Decimal = Decimal(0)
    terms: int = 0
    places: int = 0  # the exponent of the most precise

    def add(self, amount: Decimal) -> None:
        exponent = amount.as_tuple().exponent
        self.value += amount
        self.terms += 1
        self.places = min(self.places, exponent) if isinstance(exponent, int) else self.places

    def is_near(self, total: Decimal) -> bool:
        """Whether a total is the sum, give or take what rounding explains."""
        step = Decimal(1).scaleb(self.places)
        return abs(total - self.value) <= step * _DEVIATIONS * Decimal(self.terms + 1).sqrt()


_Sums = defaultdict[tuple[tuple[str, ...], int], _Sum]


def with_totals_of_all(rows: list[Row]) -> list[Row]:
    """The rows; a total or a balance below the last of several sections stands outside those that it is not of.

    One that adds up in its own section stays there, and so does one that repeats its name or adds up in none. Behind
    a row that lost cells nothing adds up for sure.
    """
    out: list[Row] = []
    sums: _Sums = defaultdict(_Sum)
    sure = True
    for row in rows:
        sure = sure and len(row.options) < 2
        if row.is_total or row.measure is Measure.SALDO:
            inside = next((path for path in _outwards(row.path) if _adds_up(row, path, sums)), None)
            if sure and inside is not None and not _is_of(row, row.path[len(inside) :]):
                out.append(_moved(row, inside))
                continue
        if not row.is_total and not _PART.match(row.label):
            for path in _outwards(row.path):
                for column, value in _values(row):
                    sums[path, column].add(value)
        out.append(row)
    return out


def _is_of(row: Row, headings: tuple[str, ...]) -> bool:
    """Whether a total names one of these sections."""
    return any(names(row.label, heading) for heading in headings)


def _moved(row: Row, path: tuple[str, ...]) -> Row:
    if path == row.path:
        return row
    duration = meaning_of(row.label).duration or (None if row.is_total else duration_above(path))
    return replace(row, path=path, duration=duration)


def _outwards(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[:depth] for depth in range(len(path), -1, -1)]


def _values(row: Row) -> Iterator[tuple[int, Decimal]]:
    for column, cell in enumerate(row.cells):
        if cell is not None and cell.amount.value is not None:
            yield column, cell.amount.value


def _adds_up(total: Row, path: tuple[str, ...], sums: _Sums) -> bool:
    """Whether each amount of a total is the sum of those above it in a section."""
    columns = [(sums[path, column], value) for column, value in _values(total)]
    return any(one.terms for one, _ in columns) and all(one.is_near(value) for one, value in columns)
