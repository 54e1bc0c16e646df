"""PDF: pages of words to tables and texts in reading order.

Tables are rebuilt from where the words stand: numbers under each other are columns, headings belong to what they stand
over, and drawn lines and surfaces only support that. A page without numbers in rows is left at once, as texts. Pages
are read one by one and closed, so that memory does not grow with the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby

from extractors.pdf.beside import parted, ruled_side, side
from extractors.pdf.ends import split_at, with_rest
from extractors.pdf.frame import Box, shown_size, turned_back
from extractors.pdf.grid import Grid, grid_of
from extractors.pdf.gutter import text_columns
from extractors.pdf.hand_over import handed_over
from extractors.pdf.joining import Furniture, continues, with_footers
from extractors.pdf.letters import Known
from extractors.pdf.notes import with_notes
from extractors.pdf.opening import MOST_CHARACTERS, collector_paused, count_as_old, opened
from extractors.pdf.pieces import Piece, running
from extractors.pdf.regions import regions_of
from extractors.pdf.rules import Rules, rules_of
from extractors.pdf.sight import Sight, sight_of
from extractors.pdf.signal import paragraphs_of_text
from extractors.pdf.textlines import Line, box_of, lines_of
from extractors.pdf.turning import turned
from extractors.pdf.words import Word, around
from schemas.errors import DocumentError
from schemas.notation import count_tokens
from schemas.records import Form, RawCell, RawDocument, RawTable, RawText, UnreadablePage

MOST_PAGES = 2000


@dataclass(slots=True)
class Passage:
    """A text outside tables, with its box as the page is read; without one where the page was left at once."""

    text: str
    box: Box | None


@dataclass(slots=True)
class Page:
    """What stands on one page, in reading order."""

    number: int
    parts: list[Grid | Passage] = field(default_factory=list)
    turn: int = 0
    size: tuple[float, float] = (0.0, 0.0)
    tokens: int = 0
    characters: int = 0
    unreadable: UnreadablePage | None = None


def extract_pdf(
    content: bytes, most_pages: int = MOST_PAGES, each_page: Callable[[int, int], None] | None = None
) -> RawDocument:
    """The tables and texts of a PDF, and the pages that can't be read; `each_page` is told which of how many is done.

    Raises:
        DocumentError: where nothing can be read of it.
    """
    writer = _Writer()
    with opened(content, most_pages) as (document, count), collector_paused():
        known = Known()
        sights = ((number, sight_of(document, number, known)) for number in range(count))
        for done, _ in enumerate(handed_over(sights, writer.take), start=1):
            if each_page is not None:
                each_page(done, count)
        found = writer.finished()
        count_as_old()
    return found


def _page_of(sight: Sight, number: int) -> Page:
    """The page that was seen, without another look at it."""
    text = sight.text
    if text is None or sight.unreadable is not None:
        return Page(number, characters=sight.characters, unreadable=sight.unreadable)
    out = Page(number, tokens=count_tokens(text.text), characters=sight.characters)
    if sight.runs is None:
        out.parts = [Passage(passage, None) for passage in paragraphs_of_text(text.text)]
        return out
    runs, out.turn = turned(with_notes(sight.runs), text)
    out.size = shown_size(text)
    rules = rules_of(sight.drawn, text, out.turn)
    across = _across(runs)
    lines, doubled = lines_of([run for run in runs if run[0].turn == 0], rules)
    out.tokens += sight.change - doubled
    out.parts = [*_parts(lines, rules, number), *across]
    return out


def _across(runs: Sequence[Sequence[Word]]) -> list[Passage]:
    """The passages of words that are not set level, as they follow each other in the file."""
    groups = groupby(runs, key=lambda run: run[0].turn)
    return [_passage_of_words([word for run in group for word in run]) for turn, group in groups if turn]


def _parts(lines: Sequence[Line], rules: Rules, number: int) -> list[Grid | Passage]:
    """The tables and passages in lines; of columns beside each other, first all that stands on the left."""
    columns = text_columns(lines, rules)
    if columns is not None:
        start, end, place = columns
        return [
            *_parts(lines[:start], rules, number),
            *_sides(lines[start:end], rules, number, place),
            *_parts(lines[end:], rules, number),
        ]
    parts: list[Grid | Passage] = []
    at = 0
    for region in regions_of(lines, rules):
        white = parted(lines, region, at, rules)
        if white is None:
            parts += _passages(lines[at : region.start])
            parts.append(grid_of(lines, region, rules, number))
            at = region.end
            continue
        start, end, place = white
        parts += _passages(lines[at:start])
        parts += _sides(lines[start:end], rules, number, place)
        at = end
    parts += _passages(lines[at:])
    return parts


def _sides(lines: Sequence[Line], rules: Rules, number: int, place: float) -> Iterator[Grid | Passage]:
    """What stands left of a place, and then what stands right of it."""
    for first in (True, False):
        yield from _parts(side(lines, place, first=first), ruled_side(rules, place, first=first), number)


def _passages(lines: Sequence[Line]) -> Iterator[Passage]:
    """The texts of lines outside tables; lines that fill their measure are one paragraph with the next."""
    right = max((line.x1 for line in lines), default=0.0)
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held[-1], line, right):
            yield _passage(held)
            held = []
        held.append(line)
    if held:
        yield _passage(held)


def _goes_on(before: Line, line: Line, right: float) -> bool:
    if len(before.chunks) > 1 or len(line.chunks) > 1:
        return False
    alike = abs(before.height - line.height) < 0.15 * line.height and before.chunks[0].bold == line.chunks[0].bold
    near = line.middle - before.middle < 1.7 * line.height and abs(before.x0 - line.x0) < 20
    return alike and near and before.x1 > right - 60


def _passage(lines: Sequence[Line]) -> Passage:
    chunks = [chunk for line in lines for chunk in line.chunks]
    return Passage(running([line.text for line in lines]), box_of(chunks))


def _passage_of_words(words: Sequence[Word]) -> Passage:
    boxes: list[Box] = [(word.x0, word.top, word.x1, word.bottom) for word in words]
    return Passage(" ".join(word.text for word in words), reduce(around, boxes))


class _Writer:
    """Blocks in reading order; a table is held back while it may go on on the next page."""

    def __init__(self) -> None:
        self._characters = 0
        self._blocks: list[RawTable | RawText] = []
        self._unreadable: list[UnreadablePage] = []
        self._tokens = 0
        self._line = 0
        self._open: tuple[Grid, list[tuple[RawCell, ...]]] | None = None
        self._waiting: list[RawText] = []
        self._furniture = Furniture()

    def take(self, seen: tuple[int, Sight]) -> None:
        """Take in the next page, counted from 0, as it was seen.

        Raises:
            DocumentError: where the document is larger than any budget.
        """
        number, sight = seen
        self.add(_page_of(sight, number + 1))
        if self._characters > MOST_CHARACTERS:
            raise DocumentError("too_large", f"the PDF holds more than {MOST_CHARACTERS:,} characters")

    def add(self, page: Page) -> None:
        """Take in the next page."""
        self._characters += page.characters
        self._tokens += page.tokens
        if page.unreadable is not None:
            self._unreadable.append(page.unreadable)
        first = True
        for part in page.parts:
            if isinstance(part, Passage):
                self._text(part, page)
                continue
            if first and self._open is not None and self._is_next(part, page):
                self._extend(part, page)
            else:
                self._close()
                self._open = (part, self._rows(part, page))
            first = False
        if first or not page.parts:
            self._close()
        self._furniture.turn_page(part.text for part in page.parts if isinstance(part, Passage))

    def _is_next(self, grid: Grid, page: Page) -> bool:
        """Whether a table goes on with the one that was open at the end of the page before."""
        before = self._open[0] if self._open else grid
        if before.page != page.number - 1 or len(self._waiting) > 6 or not continues(before, grid):
            return False
        above = [text.text for text in self._waiting if text.page == page.number]
        return not self._furniture.has_title(above, headed=grid.heading_rows > 0)

    def _extend(self, grid: Grid, page: Page) -> None:
        if self._open is None:
            return
        before, rows = self._open
        more = self._rows(grid, page)
        split = split_at(before.ends, grid.ends, (before.columns, grid.columns))
        if split is not None:
            rows = with_rest(rows, more.pop(grid.heading_rows)[split], split)
        self._open = (grid if grid.heading_rows else _headed(grid, before), rows + more)

    def _text(self, passage: Passage, page: Page) -> None:
        self._line += 1
        box = turned_back(passage.box, -page.turn % 4, *_read_size(page)) if passage.box else None
        text = RawText(passage.text, self._line, _locator(box) if box else "", page=page.number)
        if self._open is not None:
            self._waiting.append(text)
        else:
            self._blocks.append(text)

    def _rows(self, grid: Grid, page: Page) -> list[tuple[RawCell, ...]]:
        rows = []
        spanning: dict[int, RawCell] = {}
        for row, heading in zip(grid.rows, grid.headings, strict=True):
            self._line += 1
            empty = RawCell("", self._line, "", page=page.number)
            cells = []
            for piece in row:
                if piece is None:
                    cells.append(empty)
                elif piece.column_span == 1 == piece.row_span:
                    cells.append(_cell(piece, self._line, page, heading=heading))
                else:
                    if id(piece) not in spanning:
                        spanning[id(piece)] = _cell(piece, self._line, page, heading=heading)
                    cells.append(spanning[id(piece)])
            rows.append(tuple(cells))
        return rows

    def _close(self) -> None:
        if self._open is not None:
            grid, rows = self._open
            heading_rows = sum(
                all(cell.is_heading or not cell.text for cell in row) for row in rows[: grid.heading_rows]
            )
            page = next((cell.page for row in rows for cell in row if cell.page), grid.page)
            self._blocks.append(RawTable(Form.GRID, tuple(rows), page, heading_rows, exact=True))
            self._open = None
        self._blocks += self._waiting
        self._waiting = []

    def finished(self) -> RawDocument:
        """The whole document."""
        self._close()
        return RawDocument(tuple(with_footers(self._blocks)), self._tokens, tuple(self._unreadable))


def _cell(piece: Piece, line: int, page: Page, *, heading: bool) -> RawCell:
    box = turned_back(piece.box, -page.turn % 4, *_read_size(page)) if page.turn else piece.box
    return RawCell(
        piece.text, line, _locator(box), heading, piece.indent, piece.row_span, piece.column_span, page.number
    )


def _headed(grid: Grid, before: Grid) -> Grid:
    """A grid without headings, with those of the page before in mind for the next page."""
    head = before.rows[: before.heading_rows]
    headings = [*before.headings[: len(head)], *grid.headings]
    return replace(grid, rows=[*head, *grid.rows], heading_rows=len(head), headings=headings)


def _read_size(page: Page) -> tuple[float, float]:
    wide, high = page.size
    return (wide, high) if page.turn % 2 == 0 else (high, wide)


def _locator(box: Box) -> str:
    return "box=%.1f,%.1f,%.1f,%.1f" % box  # noqa: UP031 - there are thousands on a page, and this is faster
