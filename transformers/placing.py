"""Which column each number of a row belongs to, once the number of columns is chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from schemas.records import Form, RawCell
from transformers.drafts import Draft, Group, Number

MOST_OPTIONS = 400
_TOTAL = re.compile(r"(?:eind|sub)?totaal\b", re.I)
_ENDS_LABEL = re.compile(r"\d{1,3}[-+]?")  # `18-` or `2` at the end of a label
_PAGE = re.compile(r"\d{1,3}")  # what may number a page
_THOUSANDS = re.compile(r"\d\.\d{3}")
Places = tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The numbers of one row in their columns. `options` are the places of a short row; `unfit` says why none fits."""

    places: Places
    options: tuple[Places, ...] = ()
    unfit: str = ""
    extra: tuple[RawCell, ...] = ()  # numbers that belong to the label, before it
    code: RawCell | None = None  # a number behind the row that is the code of the next


def likely_counts(draft: Draft, form: Form) -> list[int]:
    """How many columns of numbers a table may have, the likeliest first."""
    weights: Counter[int] = Counter()
    for group in draft.groups:
        size = len(group.numbers)
        if not size:
            continue
        weights[size] += 3
        if form is Form.STREAM:
            if group.numbers[-1].may_be_code or group.numbers[-1].is_dash:
                weights[size - 1] += 2
            for part in range(2, size):
                if size % part == 0:
                    weights[part] += 1
        elif form is Form.ROWS and size > 1 and _are_label(group.numbers[:1]):
            weights[size - 1] += 1
    return [size for size, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])) if size > 0][:8]


def fitness(draft: Draft, count: int, form: Form) -> float:
    """The share of the numbers whose row has exactly `count` columns, or `count` and a code."""
    good = total = 0.0
    last = len(draft.groups) - 1
    usual, often = _usual(draft)
    stacked = form is Form.STREAM and len(draft.groups) > 2 and _stacked(draft, count) * 3 > len(draft.groups)
    coded = form is Form.STREAM and codes_follow(draft, count)
    for place, group in enumerate(draft.groups):
        size = len(group.numbers)
        total += size
        if size == count:
            good += size
        elif coded and size == count + 1 and place < last and group.numbers[-1].may_be_code:
            good += size * 0.98
        elif (
            form is Form.STREAM
            and size == count + 1 > 2
            and size != usual
            and _ENDS_LABEL.fullmatch(group.numbers[0].text)
        ):
            good += size * 0.9
        elif form is Form.STREAM and size > count and size % count == 0 and count > 1:
            good += size * (0.3 if stacked else 0.8)
        elif form is Form.STREAM and size in (count + 1, count + 2) and group.numbers[count].is_dash:
            good += size * 0.98
        elif form is Form.ROWS and size > count and _are_label(group.numbers[: size - count]):
            good += size * (0.2 if size == usual and often else 0.9)  # a label's number is the exception among rows
        elif size < count and group.columns is None:
            good += size * 0.7
    return good / total if total else 0.0


def _stacked(draft: Draft, count: int) -> int:
    """How many groups would be several rows, of which all but the first have no label."""
    return sum(len(g.numbers) > count and len(g.numbers) % count == 0 for g in draft.groups)


def _usual(draft: Draft) -> tuple[int, bool]:
    """The commonest number of numbers in a row, and whether most rows have it; a total's label holds no numbers."""
    totals = [len(g.numbers) for g in draft.groups if g.numbers and g.texts and _TOTAL.match(g.texts[-1].text)]
    sizes = Counter(len(group.numbers) for group in draft.groups if group.numbers)
    usual, times = sizes.most_common(1)[0] if sizes else (0, 0)
    if totals and min(totals) <= usual:
        return min(totals), True
    return usual, times * 10 >= sizes.total() * 6


def _are_label(numbers: Sequence[Number]) -> bool:
    """Whether numbers before a row's amounts may belong to its label: no amount of a thousand or more among them."""
    return all((n.may_be_code and "." not in n.text.rstrip(".")) or n.year is not None or n.is_dash for n in numbers)


def codes_follow(draft: Draft, count: int) -> bool:
    """Whether the numbers left behind rows of `count` amounts are the codes of the next rows: they increase."""
    tails = [g.numbers[-1] for g in draft.groups[:-1] if len(g.numbers) == count + 1 and g.numbers[-1].may_be_code]
    if len(tails) == 1 and tails[0].amount is not None:
        return False  # one alone may be an amount, or number a page
    return increasing([n.text for n in tails])


def increasing(codes: Sequence[str]) -> bool:
    """Whether codes stand in the order of a list: 1, 2, 3 or 0.1, 0.10, 0.2; also of a list for each section."""
    keys = [tuple(int(part) for part in re.findall(r"\d+", code)) for code in codes]
    if len(keys) < 2 or all(a < b for a, b in pairwise(keys)):
        return True
    if all("." in code for code in codes):
        return list(codes) == sorted(codes)
    again = [n for n, (a, b) in enumerate(pairwise(keys)) if a >= b]
    return len(again) * 4 <= len(keys) and all(keys[n + 1] <= keys[0] for n in again)


def placed(
    group: Group, count: int, form: Form, *, has_next: bool, coded: bool, free: Sequence[int]
) -> Iterator[Placed]:
    """The rows in a group's numbers: one, or several where the rows below the first have no label."""
    numbers = group.numbers
    size = len(numbers)
    if group.columns is not None:
        yield _in_grid(group, count)
    elif size == count:
        yield Placed(tuple(numbers))
    elif form is Form.STREAM and size > count:
        yield from _in_stream(numbers, count, has_next=has_next and coded, last=not has_next)
    elif size > count:
        extra = tuple(n.cell for n in numbers[: size - count])
        fits = _are_label(numbers[: size - count])
        yield Placed(tuple(numbers[size - count :]), extra=extra, unfit="" if fits else "too_many_amounts")
    else:
        yield _short(numbers, count, free)


def _in_grid(group: Group, count: int) -> Placed:
    if any(column >= count for column in group.columns or ()):
        return Placed(tuple(group.numbers), unfit="number_of_amounts")
    places: list[Number | None] = [None] * count
    for number, column in zip(group.numbers, group.columns or (), strict=False):
        places[column] = number
    return Placed(tuple(places))


def _ends_page(numbers: Sequence[Number], *, last: bool) -> bool:
    """Whether the number behind the amounts of a row numbers a page, a note or what follows: it stands apart from them,
    or it is small and they are all large, or it is the last of the table.
    """
    *amounts, number = numbers
    if not _PAGE.fullmatch(number.text):
        return False
    steps = [two.cell.line - one.cell.line for one, two in pairwise(numbers)]
    if len(steps) > 1 and steps[-1] > max(steps[:-1]):
        return True
    return last or all(_THOUSANDS.search(one.text) for one in amounts)


def _in_stream(numbers: list[Number], count: int, *, has_next: bool, last: bool) -> Iterator[Placed]:
    size = len(numbers)
    code: RawCell | None = None
    if has_next and size % count == 1 % count and numbers[-1].may_be_code and count > 1:
        code, numbers = numbers[-1].cell, numbers[:-1]
    elif count > 1 and size == count + 2 and numbers[-2].is_dash and numbers[-1].may_be_code and has_next:
        yield Placed(tuple(numbers[:count]), code=numbers[-1].cell)
        return
    elif count > 1 and size == count + 1 and (numbers[-1].is_dash or _ends_page(numbers, last=last)):
        yield Placed(tuple(numbers[:count]))
        return
    elif count == 1 and last and size > 1 and _ends_page(numbers, last=True):
        numbers = numbers[:-1]
    elif count > 1 and size == count + 1 and _ENDS_LABEL.fullmatch(numbers[0].text):
        yield Placed(tuple(numbers[1:]), extra=(numbers[0].cell,))
        return
    if len(numbers) % count:
        yield Placed(tuple(numbers), unfit="number_of_amounts")
        return
    rows = [tuple(numbers[n : n + count]) for n in range(0, len(numbers), count)]
    for row in rows[:-1]:
        yield Placed(row)
    yield Placed(rows[-1], code=code)


def _short(numbers: list[Number], count: int, free: Sequence[int]) -> Placed:
    ways = _ways(tuple(free), len(numbers))
    if not ways:
        return Placed(tuple(numbers), unfit="number_of_amounts")
    options = []
    for way in ways:
        places: list[Number | None] = [None] * count
        for column, number in zip(way, numbers, strict=True):
            places[column] = number
        options.append(tuple(places))
    return Placed(options[0], tuple(options))


@lru_cache(maxsize=1024)
def _ways(free: tuple[int, ...], size: int) -> tuple[tuple[int, ...], ...]:
    if size > len(free):
        return ()
    ways = tuple(combinations(free, size))
    return ways if len(ways) <= MOST_OPTIONS else ()
