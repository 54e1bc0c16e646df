"""What one page has to do with the next: tables that run on over a page break, headers and footers."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.pdf.grid import Grid
from extractors.pdf.pieces import Piece
from schemas.records import RawTable, RawText

_SHIFT = 3.0  # points by which columns of one table may differ from page to page
_LONGEST = 200  # characters of what stands around the text of a page
_BEFORE = 2  # pages: what stands on all left pages, or on all right ones, is on one of them
_NUMBERED = re.compile(r"(?:(?:deel)?programma|hoofdstuk|paragraaf|tabel|bijlage)\s+(?:\d+(?:\.\d+)*|[A-Z])\b", re.I)
_DIGITS, _SPACE = re.compile(r"\d+"), re.compile(r"\s+")
_PAGE = re.compile(r"(?:pagina|blz\.?|bladzijde|pag\.?)?\s?0?(?:\s?(?:van|/|\|)\s?0)?", re.I)  # its number, digits as 0


class Furniture:
    """What stands on page after page around the text: headers, footers, numbers of pages."""

    def __init__(self) -> None:
        self._seen: deque[tuple[str, ...]] = deque(maxlen=_BEFORE)

    def turn_page(self, texts: Iterable[str]) -> None:
        """Remember the texts of a page that is done."""
        self._seen.append(tuple(text for text in texts if len(text) <= _LONGEST))

    def has_title(self, texts: Iterable[str], *, headed: bool) -> bool:
        """Whether one of the texts above the first table of a page begins something new: none that stood on the pages
        before. Above a table without headings of its own only what numbers a part of the document does: there the
        headings may be among the texts.
        """
        seen = {_folded(text) for page in self._seen for text in page}
        new = [text for text in texts if (folded := _folded(text)) not in seen and not _goes_on(folded)]
        return any(headed or _NUMBERED.match(text) for text in new)


def with_footers(blocks: Sequence[RawTable | RawText]) -> Iterator[RawTable | RawText]:
    """The blocks of a document, with the texts marked that end page after page: they are about no table."""
    last: dict[int, list[int]] = {}  # for each page the places of its last two blocks
    for at, block in enumerate(blocks):
        if block.page is not None:
            last[block.page] = [*last.get(block.page, ())[-1:], at]
    ends = [
        (at, _folded(block.text)) for two in last.values() for at in two if isinstance(block := blocks[at], RawText)
    ]
    often = Counter(text for _, text in ends if len(text) <= _LONGEST)
    footers = {at for at, text in ends if often[text] > 1}
    for at, block in enumerate(blocks):
        yield replace(block, is_apart=True) if at in footers and isinstance(block, RawText) else block


def _goes_on(folded: str) -> bool:
    return "vervolg" in folded or _PAGE.fullmatch(folded) is not None


def _folded(text: str) -> str:
    """A text as it stands on every page: with any number, but for that of a part of the document."""
    text = _SPACE.sub(" ", text.casefold()).strip()
    named = _NUMBERED.match(text)
    own = named.group() if named else ""
    return own + _DIGITS.sub("0", text[len(own) :])


def continues(before: Grid, after: Grid) -> bool:
    """Whether the first table of a page goes on with the last one of the page before: the same columns, and no
    headings of its own or the same ones again."""
    if len(before.columns) != len(after.columns):
        return False
    if [column.is_number for column in before.columns] != [column.is_number for column in after.columns]:
        return False
    if not _aligned(before, after):
        return False
    return after.heading_rows == 0 or _headings(before) == _headings(after)


def _aligned(before: Grid, after: Grid) -> bool:
    """Whether the right edges of the numbers stand under each other, shifted by one distance at most."""
    shifts = [two.right - one.right for one, two in zip(before.columns, after.columns, strict=True) if one.is_number]
    return max(shifts) - min(shifts) < 2 * _SHIFT and max(abs(shift) for shift in shifts) < 40


def _headings(grid: Grid) -> list[list[str]]:
    return [[_text(piece) for piece in row] for row in grid.rows[: grid.heading_rows]]


def _text(piece: Piece | None) -> str:
    return piece.text.lower() if piece else ""
