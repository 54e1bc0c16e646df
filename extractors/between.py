"""Tables in the texts of a page that has tables in its markup too: made of other elements, one cell a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extractors.lines import Kind, kind_of
from extractors.text import tables_in_texts
from schemas.notation import Token, is_code, parse_amount, parse_year
from schemas.records import RawTable, RawText

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FEWEST_AMOUNTS = 4
_FEWEST_YEARS = 2  # cells with a year, such as headings of columns have


def with_tables_between(blocks: Iterable[RawTable | RawText], copies: set[int]) -> Iterator[RawTable | RawText]:
    """The blocks, with the tables that stand in the texts between them.

    Other than on a page without any table, years and amounts must show it: menus and figures on their own are texts.
    So are those that only some screens show (`copies`): they repeat a table.
    """
    for is_table, run in groupby(blocks, key=lambda block: isinstance(block, RawTable)):
        if is_table:
            yield from run
            continue
        texts = [block for block in run if isinstance(block, RawText)]
        yield from _read(texts, copies)


def _read(texts: Sequence[RawText], copies: set[int]) -> Iterator[RawTable | RawText]:
    if sum(_amounts(text.text) for text in texts) < _FEWEST_AMOUNTS:
        yield from texts
        return
    found = list(tables_in_texts(texts))
    starts = [block.line if isinstance(block, RawText) else block.rows[0][0].line for block in found]
    for block, start, end in zip(found, starts, [*starts[1:], texts[-1].line + 1], strict=True):
        if isinstance(block, RawText):
            yield block
            continue
        parts = [text for text in texts if start <= text.line < end]
        if _is_plain(block) and not any(id(text) in copies for text in parts):
            yield block
        else:
            yield from parts


def _amounts(text: str) -> int:
    """How many amounts a text holds, at least: two where it is a row on a line."""
    return 2 if kind_of(" ".join(text.split())) is Kind.ROW else int(_is_weighty(text))


def _is_plain(table: RawTable) -> bool:
    cells = [cell.text for row in table.rows for cell in row]
    years = sum(len(_YEAR.findall(text)) for text in cells if not _is_weighty(text))
    return years >= _FEWEST_YEARS and sum(map(_is_weighty, cells)) >= _FEWEST_AMOUNTS


def _is_weighty(text: str) -> bool:
    """Whether a text is an amount, and hardly the number of a page or an item."""
    amount = parse_amount(text)
    if amount is None or amount.token is not Token.NUMBER or parse_year(text):
        return False
    return not is_code(text) or len(text) > 2
