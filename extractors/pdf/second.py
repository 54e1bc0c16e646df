"""The second reader: what stands in the place of a table by pdfplumber, without what the first reader knows.

It shares nothing with the first reader but the notation of amounts and how a page is turned: another engine's
characters, words by gaps of its own, lines by vertical overlap, columns by the white space that stands between numbers
from top to bottom. It names no headings and reads no amounts: it says which texts like amounts stand on one line and
under each other, and which words stand beside them.
"""

from __future__ import annotations

import gc
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import pdfplumber
from pdfminer.pdffont import PDFFont

from extractors.pdf.frame import turned_back
from extractors.pdf.opening import collector_paused
from extractors.pdf.second_chars import chars_of
from extractors.pdf.second_columns import Column, columns_of
from extractors.pdf.second_setting import Spelling
from extractors.pdf.second_words import Char, Line, Word, char_at, lines_of
from schemas.records import Box, Placed, Region, SecondCell, SecondReading, SecondRow

_MARGIN = 1.0  # points above and below a region
_MOST_UNMAPPED = 0.05  # of the characters of a region, for which the fonts name no letter


def read_again(content: bytes, tables: Sequence[Sequence[Region]]) -> list[SecondReading]:
    """What stands in the regions of each table; pages are opened once, in their order, and closed again."""
    wanted: dict[int, list[tuple[int, Region]]] = defaultdict(list)
    for number, regions in enumerate(tables):
        for region in regions:
            wanted[region.page].append((number, region))
    found: list[list[SecondReading]] = [[] for _ in tables]
    try:
        with pdfplumber.open(io.BytesIO(content), pages=sorted(wanted)) as document:
            known: dict[PDFFont, Spelling] = {}
            for page in document.pages:
                with collector_paused():
                    for number, reading in _read_page(page, wanted[page.page_number], known):
                        found[number].append(reading)
                gc.collect(0)  # what the engine made of the page, before it counts as old
    except Exception as error:  # noqa: BLE001 - whatever the engine finds wrong, the first reading stands
        return [SecondReading(message=f"the second reader can't open the file: {type(error).__name__}")] * len(tables)
    return [_joined(parts) for parts in found]


def _joined(parts: Sequence[SecondReading]) -> SecondReading:
    """The parts of a table as one reading; where one can't be read, none is."""
    failed = next((part.message for part in parts if part.message), "")
    if failed or not parts:
        return SecondReading(message=failed or "the second reader found no such page")
    return SecondReading(tuple(row for part in parts for row in part.rows))


def _read_page(
    page: pdfplumber.page.Page, wanted: Sequence[tuple[int, Region]], known: dict[PDFFont, Spelling]
) -> Iterator[tuple[int, SecondReading]]:
    """The regions of one page; the page is closed again."""
    try:
        top, bottom = min(region.top for _, region in wanted), max(region.bottom for _, region in wanted)
        chars = chars_of(page, top - _MARGIN, bottom + _MARGIN, known)
    except Exception as error:  # noqa: BLE001 - see above
        message = f"the second reader can't read page {page.page_number}: {type(error).__name__}"
        yield from ((number, SecondReading(message=message)) for number, _ in wanted)
        return
    finally:
        page.close()
    for number, region in wanted:
        inside = [char for char in chars if region.top - _MARGIN <= char.middle <= region.bottom + _MARGIN]
        yield number, _read_region(inside, page.page_number, (float(page.width), float(page.height)))


def _read_region(chars: Sequence[Char], page: int, size: tuple[float, float]) -> SecondReading:
    """The rows of a region, read as a reader would who turns the page until most of its letters stand upright."""
    if not chars:
        return SecondReading(message=f"the second reader sees no letters there on page {page}")
    if sum(char.text.startswith("(cid:") for char in chars) > _MOST_UNMAPPED * len(chars):
        return SecondReading(message=f"the second reader can't tell which letters page {page} shows")
    turn = Counter(char.turn for char in chars).most_common(1)[0][0]
    upright = [char for char in chars if char.turn == turn]
    if turn:
        upright = [char_at(char.text, turned_back(char.box, turn, *size), 0) for char in upright]
    lines = lines_of(upright)
    columns = columns_of(lines)
    if columns is None:
        return SecondReading(message=f"the second reader finds no white space between the numbers on page {page}")
    back = size if turn % 2 == 0 else (size[1], size[0])
    places = {id(word): number for number, column in enumerate(columns) for _, word in column.words}

    def shown(box: Box) -> Box:
        return turned_back(box, -turn % 4, *back) if turn else box

    rows = []
    for line in lines:
        for word in line.words:
            if word.amount and id(word) not in places:
                _put(word, columns, places)
        rows.append(_row(line, places, page, shown))
    return SecondReading(tuple(rows))


def _put(word: Word, columns: Sequence[Column], places: dict[int, int]) -> None:
    """Give a number that stands close to words its column, where it stands in one."""
    middle = (word.x0 + word.x1) / 2
    at = next((number for number, column in enumerate(columns) if column.left <= middle <= column.right), None)
    if at is not None:
        places[id(word)] = at


def _row(line: Line, places: dict[int, int], page: int, shown: Callable[[Box], Box]) -> SecondRow:
    cells = [SecondCell(word.text, shown(word.box), places[id(word)]) for word in line.words if id(word) in places]
    words = [Placed(word.text, shown(word.box)) for word in line.words if id(word) not in places]
    return SecondRow(page, tuple(cells), tuple(words))
