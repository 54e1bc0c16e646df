"""Whether what two readers of a PDF print of one amount is the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from schemas.notation import parse_amount, plain
from schemas.places import box_in
from schemas.records import RawCell

_LAST = re.compile(r"\s*[^\W\d]+$")
_LETTERS = {"V": "V", "N": "N", "VOORDEEL": "V", "NADEEL": "N", "VOORDELIG": "V", "NADELIG": "N"}

Marks = dict[tuple[int, int, float], str]  # of page, line and right side of a cell: the V or N in the cell behind it


def marks_behind(cells: Iterable[RawCell]) -> Marks:
    """The V and N that stand in cells of their own, by the cell before them on their line."""
    lines: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
    for cell in cells:
        box = box_in(cell.locator)
        if box is not None and cell.page is not None and cell.text:
            lines[cell.page, cell.line].append((box[0], box[2], cell.text))
    return {
        (*line, end): _LETTERS[plain(text).upper()]
        for line, placed in lines.items()
        for (_, end, _), (_, _, text) in pairwise(sorted(placed))
        if plain(text).upper() in _LETTERS
    }


def is_same(first: str, second: str, behind: str = "") -> bool:
    """Whether two texts are the same amount: digits, sign, brackets and marks; not spaces, € and notes.

    `behind` is the V or N that the first reader has in a cell of its own behind the amount.
    """
    one, two = parse_amount(first), parse_amount(second)
    if one is None or two is None or one.value is None or two.value is None:
        return bare(first) == bare(second)
    if one.mark and not two.mark:  # the V or N stands in a cell of its own, for the second reader a word
        return abs(one.value) == abs(two.value)
    if two.mark and not one.mark and behind:  # and for the first it is no sign of the amount
        return two.mark == behind and is_same(first, _LAST.sub("", second))
    return one.value == two.value and one.mark == two.mark and ("(" in first) == ("(" in second)


def bare(text: str) -> str:
    """A text as printed with or without capitals, spaces and ligatures, and with one kind of dash."""
    return "".join(char for char in plain(unicodedata.normalize("NFKC", text)).lower() if not char.isspace())
