"""Rows with tabs between their cells, as spreadsheets copy them: empty cells stand where they are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from schemas.notation import parse_amount, parse_year
from schemas.records import Form, RawCell, RawTable

_FEWEST_ROWS = 3
Numbered = tuple[int, str]


def parts_by_tabs(lines: Sequence[Numbered]) -> Iterator[RawTable | list[Numbered]]:
    """The numbered lines of a text in parts: the tables with tabs, and the lines between them.

    Lines that follow each other are a table where all have as many tabs, at least two, and amounts stand behind some.
    """
    between: list[Numbered] = []
    for has_tabs, run in groupby(lines, key=lambda line: "\t" in line[1].strip(" ")):
        part = list(run)
        if has_tabs and _is_table(part):
            yield between
            between = []
            yield RawTable(Form.GRID, tuple(_cells(number, text) for number, text in part), exact=True)
        else:
            between += part
    yield between


def _is_table(part: Sequence[Numbered]) -> bool:
    tabs = {text.strip(" \r").count("\t") for _, text in part}
    amounts = [sum(map(_is_amount, text.split("\t")[1:])) for _, text in part]
    return len(part) >= _FEWEST_ROWS and len(tabs) == 1 and min(tabs) > 1 and sum(map(bool, amounts)) > 1


def _is_amount(text: str) -> bool:
    return parse_amount(text.strip()) is not None and parse_year(text) is None


def _cells(number: int, text: str) -> tuple[RawCell, ...]:
    return tuple(
        RawCell(cell.strip(), number, f"line={number};cell={at}") for at, cell in enumerate(text.split("\t"), start=1)
    )
