"""Rows whose words leave in doubt whether their numbers are euros: Extra fte handhaving, Loonstijging 3,5%.

They are amounts where a sum of the table holds with them and not without, or where they are far too large to be what
the label names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from schemas.records import Row

_MOST = 6  # doubted rows of one sum
_DEVIATIONS = Decimal("0.87")  # three standard deviations of a rounding to whole steps
_TELLS, _TELLS_ALONE = 10, 100  # what a row must be to be missed in a sum: in several columns, or in one
_TIMES = 5  # how many times what rounding explains it must be where the sum holds but for that
_PERCENT, _OWN_FIGURE = re.compile(r"\d\s?%"), re.compile(r"\d\s?(?:%|fte)", re.I)
_PEOPLE, _PER = re.compile(r"\bfte|\bformatie", re.I), re.compile(r"\bper \w", re.I)
_NO_PERCENTAGE, _NO_PEOPLE = 1000, 100_000


def amounts_for_sure(rows: Sequence[Row], doubted: Collection[int], unit: int | None) -> frozenset[int]:
    """The numbers of the doubted rows whose amounts are euros beyond doubt; `rows` has all of them, in their order."""
    sure = {row.number for row in rows if row.number in doubted and _is_too_large(row, unit)}
    opened: list[Row] = []  # those that no sum took in yet
    for at, row in enumerate(rows):
        unsure = row.number in doubted and row.number not in sure
        if not (_OWN_FIGURE.search(row.label) if unsure else row.is_total):
            opened.append(row)
            continue
        for terms in (_above(rows, at), opened):
            found = _missed(row, terms, [one for one in terms if one.number in doubted and one.number not in sure])
            if found is None or (unsure and not _is_sum_for_sure(row, terms, found)):
                continue
            sure |= found | {row.number} if unsure else found
            opened = [one for one in opened if one not in terms]
            break
        opened.append(row)
    return frozenset(sure)


def _above(rows: Sequence[Row], at: int) -> list[Row]:
    """The rows above one in its section, down from the last total."""
    path = rows[at].path
    first = next((n + 1 for n in range(at - 1, -1, -1) if rows[n].is_total or rows[n].path[: len(path)] != path), 0)
    return list(rows[first:at])


def _missed(total: Row, terms: Sequence[Row], doubted: Sequence[Row]) -> set[int] | None:
    """The doubted rows without which no sum holds; None where none holds with them either."""
    if len(doubted) > _MOST or not terms or len(terms) == len(doubted) == 1:
        return None
    firm = [one for one in terms if one not in doubted]
    sets = (subset for size in range(len(doubted) + 1) for subset in combinations(doubted, size))
    holding = [subset for subset in sets if _holds(total, [*firm, *subset])]
    if not holding:
        return None
    needed = [one for one in holding[0] if all(one in subset for subset in holding)]
    return {one.number for one in needed if _is_missed(total, one, [*firm, *needed])}


def _offs(total: Row, terms: Sequence[Row]) -> Iterator[tuple[int, Decimal, Decimal]]:
    """Each column in which a total stands, how far the sum is off, and what rounding explains of that."""
    for column in _columns(total):
        values = [_value(one, column) for one in (total, *terms)]
        exponents = [value.as_tuple().exponent for value in values]
        step = Decimal(1).scaleb(min(e for e in exponents if isinstance(e, int)))
        yield column, abs(sum(values[1:]) - values[0]), step * _DEVIATIONS * Decimal(len(values)).sqrt()


def _holds(total: Row, terms: Sequence[Row]) -> bool:
    offs = list(_offs(total, terms))
    return bool(offs) and all(off <= allowed for _, off, allowed in offs)


def _is_missed(total: Row, row: Row, terms: Sequence[Row]) -> bool:
    """Whether a row is so much of a sum that chance can't put it there: in several columns, or in one."""
    sizes = [
        abs(_value(row, column))
        for column, off, allowed in _offs(total, terms)
        if abs(_value(row, column)) >= (_TIMES * allowed if off else _TELLS)
    ]
    tells = [size for size in sizes if size >= _TELLS]
    return len(tells) > 1 or any(size >= _TELLS_ALONE for size in tells)


def _is_sum_for_sure(total: Row, terms: Sequence[Row], found: Collection[int]) -> bool:
    """Whether a row whose own words leave it in doubt is the exact sum of several rows, one of them beyond doubt."""
    offs = [off for column, off, _ in _offs(total, terms) if abs(_value(total, column)) >= _TELLS_ALONE]
    return len(offs) > 1 and not any(offs) and any(one.number not in found for one in terms)


def _is_too_large(row: Row, unit: int | None) -> bool:
    """Whether no number of a row can be the percentage, or the people, that its label names."""
    values = [abs(_value(row, column)) for column in _columns(row)]
    sizes = [value for value in values if value]
    if not sizes or _PER.search(row.label):
        return False
    if _PERCENT.search(row.label) and not _PEOPLE.search(row.label):
        return min(sizes) >= _NO_PERCENTAGE
    return bool(_PEOPLE.search(row.label)) and unit == 1 and min(sizes) >= _NO_PEOPLE


def _columns(row: Row) -> list[int]:
    return [n for n, cell in enumerate(row.cells) if cell is not None and cell.amount.value is not None]


def _value(row: Row, column: int) -> Decimal:
    cell = row.cells[column]
    return cell.amount.value if cell is not None and cell.amount.value is not None else Decimal(0)
