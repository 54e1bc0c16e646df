"""Numbers before names in a run of cells: the row numbers of a list, and the years that head columns before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from schemas.records import RawCell
from transformers.drafts import Group, Number

_ROW_NUMBER = re.compile(r"\d{1,10}\.?|[+-]\s?\d{1,2}|\(\d{1,2}\)")


def row_number(number: Number) -> int | None:
    """The number that a cell before a name may give the row: 1, 911, +2, (3); None where it can be none."""
    if number.mark or not _ROW_NUMBER.fullmatch(number.text):
        return None
    return int(re.sub(r"\D", "", number.text))


def codes_before_names(groups: Sequence[Group]) -> bool:
    """Whether a number stands before every name, the first one included, and they count up."""
    if len(groups) < 4:
        return False
    first = next((n for n, group in enumerate(groups[:2]) if not _years_only(group)), 0)
    head = groups[first].numbers[leading_years(groups[first].numbers, has_next=True) :]
    if len(head) == 2 and head[0].year is not None:
        head = head[1:]  # one year heads the one column
    if len(head) != 1 or row_number(head[0]) is None:
        return False
    codes = [row_number(group.numbers[-1]) for group in groups[first + 1 : -1]]
    found = [code for code in (row_number(head[0]), *codes) if code is not None]
    ups = sum(a < b <= a + max(20, a) or a == b >= 1000 for a, b in pairwise(found))
    counted = sum(b == a + 1 for a, b in pairwise(found))
    named = found[0] >= 100 or counted * 2 > len(found) - 1
    return named and len(found) * 5 >= len(groups) * 2 and ups * 10 >= (len(found) - 1) * 7


def _years_only(group: Group) -> bool:
    return bool(group.numbers) and leading_years(group.numbers, has_next=True) == len(group.numbers)


def without_codes(groups: Sequence[Group], usual: int) -> list[Group]:
    """The groups, with the number before each name counted among the texts of its row."""
    out: list[Group] = []
    carried: list[RawCell] = []
    last = 0
    for place, group in enumerate(groups):
        texts, numbers = [*carried, *group.texts], list(group.numbers)
        carried = []
        if place < 2 and (not place or _years_only(group)):
            years = leading_years(numbers, has_next=True) or len(numbers) - 1
            texts += [number.cell for number in numbers[:years]]
            numbers = numbers[years:]
        code = row_number(numbers[-1]) if numbers and place + 1 < len(groups) else None
        whole = len(numbers) == usual - 1 and len(numbers) > 1  # the next row has none
        if code is not None and not whole and (code > last or code <= 1 or len(numbers) in (1, usual)):
            carried, last = [numbers.pop().cell], code
        if len(numbers) > 2 and all(number.year is not None for number in numbers):
            texts, numbers = [*texts, *(number.cell for number in numbers)], []  # the headings of the next table
        if numbers:
            out.append(Group(texts, numbers, None, group.attributes))
        else:
            carried = [*texts, *carried]
    if carried and out:
        out[-1].attributes += carried
    return out


def may_number(number: Number) -> bool:
    """Whether a number alone between two texts may be the code of a row."""
    return number.may_be_code and not ("." in number.text.rstrip(".") and number.amount is not None)


_MOST_YEARS = 15


def may_head(years: Sequence[int]) -> bool:
    """Whether these may be the years of neighbouring columns; 2024, 1998 are amounts sooner."""
    return max(years, default=0) - min(years, default=0) < _MOST_YEARS


def leading_years(numbers: list[Number], *, has_next: bool) -> int:
    """How many numbers at the head of a run are years that head columns."""
    years = [number.year for number in numbers]
    count = next((n for n, year in enumerate(years) if year is None), len(years))
    run = [year for year in years[:count] if year is not None]
    steps = next((n for n, (a, b) in enumerate(pairwise(run), start=1) if abs(b - a) > 1 or a == b), len(run))
    if len(numbers) == count >= 3 and has_next and may_head(run):
        return count  # also 2023 2023 2024: years over stages
    if (
        count >= 3
        and len(numbers) == count + 1
        and has_next
        and run == sorted(run)
        and row_number(numbers[-1]) is not None
    ):
        return count  # and the number of the first row
    if steps >= 2 or (steps == 1 and len(numbers) == 1 and has_next):
        return steps
    return 0
