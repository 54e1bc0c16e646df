"""Plain text whose tables came out flattened: one cell per line, one row per line, rows with pipes, or all of these.

Lines are taken by their form alone. What a table's columns are, and which line is a heading, is for transformers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.charsets import by_its_bytes
from extractors.lines import Kind, Line, kind_of
from extractors.pipes import pipe_blocks
from extractors.row_cells import row_cells, with_marks_in_front, with_minus_signs
from extractors.tabs import parts_by_tabs
from schemas.errors import DocumentError
from schemas.notation import count_tokens, is_code, parse_year, without_unseen
from schemas.records import Form, RawCell, RawDocument, RawTable, RawText

_LINE_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})
_STRANGE = re.compile("[\x00-\x08\x0e-\x1b\ufffd]")


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a mark, or Windows-1252.

    Raises:
        DocumentError: `empty` where nothing but white space is in it, `not_text` where it is no text.
    """
    text = by_its_bytes(content)
    if text is None:
        text = content.decode("cp1252", errors="replace")
    if not text.strip():
        raise DocumentError("empty", "the document is empty")
    sample = text[:100_000]
    strange = len(_STRANGE.findall(sample))
    if strange * 50 > len(sample):
        raise DocumentError("not_text", "the document is not text: it holds control characters or bytes of no charset")
    return text


def extract_text(content: bytes) -> RawDocument:
    """The tables and texts of a plain-text document, in reading order."""
    text = without_unseen(decoded(content))
    if "\r" in text or "\x0b" in text or "\x0c" in text or "\u2028" in text:
        text = text.replace("\r\n", "\n").translate(_LINE_BREAKS)
    blocks: list[RawTable | RawText] = []
    for part in parts_by_tabs(list(enumerate(text.split("\n"), start=1))):
        if isinstance(part, RawTable):
            blocks.append(part)
            continue
        for region in _regions(_in_tables(list(_lines(part)))):
            blocks += _blocks(region)
    return RawDocument(tuple(blocks), count_tokens(text))


def tables_in_texts(texts: Sequence[RawText]) -> Iterator[RawTable | RawText]:
    """The texts of a page without tables in its markup, and the tables that stand in them one cell a text."""
    by_line = {text.line: text for text in texts}
    lines = [Line(text.line, shown, kind_of(shown), 0) for text in texts if (shown := " ".join(text.text.split()))]
    for region in _regions(_in_tables(lines)):
        for block in _blocks(region):
            if isinstance(block, RawText):
                yield by_line[block.line]
            else:
                cells = ([cell._replace(locator=by_line[cell.line].locator) for cell in row] for row in block.rows)
                yield replace(block, rows=tuple(map(tuple, cells)))


def _lines(numbered: Iterable[tuple[int, str]]) -> Iterator[Line]:
    gap = 0
    for number, raw in numbered:
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        yield Line(number, stripped, kind_of(stripped), gap)
        gap = 0


_LONGEST_INSIDE = 160
_FIGURES = frozenset((Kind.NUMBER, Kind.ROW))


def _in_tables(lines: list[Line]) -> list[Line]:
    """The lines; what reads like prose between amounts is the label of the next ones, or a heading over them.

    `Voorz. onderhoud gebouwen buitenzijde enz.` ends in a point, `Middelen die moeten worden besteed:` in a colon.
    """
    out = list(lines)
    for at in range(1, len(lines) - 1):
        line = lines[at]
        if line.kind is not Kind.PROSE:
            continue
        if not _is_figure(lines[at - 1]):
            if line.text.endswith(":") and is_code(lines[at - 1].text) and any(map(_is_figure, lines[at + 1 : at + 4])):
                out[at] = replace(line, kind=Kind.TEXT)  # A. Middelen, waarvan de besteding vrij is:
            continue
        follows = _is_figure(lines[at + 1]) and len(line.text) <= 3 * _LONGEST_INSIDE
        heads = at + 2 < len(lines) and lines[at + 1].kind is Kind.TEXT and _is_figure(lines[at + 2])
        heads = heads or (lines[at + 1].kind is Kind.ROW)
        heads = heads and len(line.text) <= _LONGEST_INSIDE
        if follows or (heads and (line.text.endswith(":") or line.text[1:3] in (". ", ") "))):
            out[at] = replace(line, kind=Kind.TEXT)
    return out


def _is_figure(line: Line) -> bool:
    return line.kind in _FIGURES and parse_year(line.text) is None


def _regions(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines that may be one table: pipes apart from the rest, and prose alone."""
    region: list[Line] = []
    for line in lines:
        piped = line.kind is Kind.PIPES
        if line.kind is Kind.PROSE:
            if region:
                yield region
            yield [line]
            region = []
            continue
        if region and (region[-1].kind is Kind.PIPES) != piped:
            yield region
            region = []
        region.append(line)
    if region:
        yield region


def _blocks(region: list[Line]) -> Iterator[RawTable | RawText]:
    if region[0].kind is Kind.PIPES:
        yield from pipe_blocks(region)
        return
    for part in _by_form(region):
        yield from _plain_blocks(part)


def _plain_blocks(region: list[Line]) -> Iterator[RawTable | RawText]:
    form = _form(region)
    if form is None:
        yield from map(_text, region)
        return
    figures = {Kind.NUMBER, Kind.ROW} if form is Form.STREAM else {Kind.NUMBER, Kind.ROW, Kind.WEAK_ROW}
    last = max(index for index, line in enumerate(region) if line.kind in figures)
    if form is Form.STREAM and last + 1 < len(region) and region[last + 1].text[:1].islower():
        last += 1  # the rest of a label that goes on behind its amounts
    rows: tuple[tuple[RawCell, ...], ...]
    if form is Form.STREAM:
        rows = tuple((cell,) for cell in with_marks_in_front(with_minus_signs(list(_stream_cells(region[: last + 1])))))
    else:
        rows = tuple(row_cells(region[: last + 1]))
    yield RawTable(form, rows)
    yield from map(_text, region[last + 1 :])


def _form(region: list[Line]) -> Form | None:
    """How the region's amounts stand; None where it holds too few to be a table."""
    kinds = Counter(line.kind for line in region)
    rows, weak, numbers = kinds[Kind.ROW], kinds[Kind.WEAK_ROW], kinds[Kind.NUMBER]
    amounts = numbers - sum(1 for line in region if line.kind is Kind.NUMBER and parse_year(line.text))
    if rows + weak > numbers and (rows or weak >= 3):
        return Form.ROWS
    return Form.STREAM if amounts else None


def _by_form(region: list[Line]) -> Iterator[list[Line]]:
    """The region in parts where rows on one line give way to one cell per line, or the other way round."""
    marks = [
        (index, line.kind is Kind.ROW)
        for index, line in enumerate(region)
        if line.kind is Kind.ROW or (line.kind is Kind.NUMBER and not parse_year(line.text))
    ]
    start = 0
    for number, ((left, was_row), (right, is_row)) in enumerate(pairwise(marks)):
        if (
            was_row != is_row
            and _lasts(marks, number, was_row)
            and _lasts(marks[::-1], len(marks) - 2 - number, is_row)
        ):
            cut = next((i for i in range(left + 1, right + 1) if region[i].gap), left + 1)
            yield region[start:cut]
            start = cut
    yield region[start:]


def _lasts(marks: list[tuple[int, bool]], at: int, is_row: bool) -> bool:  # noqa: FBT001
    """Whether at least three figures up to `at` stand in the same form: one odd line makes no new table."""
    return at >= 2 and all(mark == is_row for _, mark in marks[at - 2 : at + 1])


_ENDS_TITLE = re.compile(r"\?$|^\(?(?:alle )?bedragen\b.*(?:€|eur|\d)", re.I)  # what stands over a table, not in it


def _stream_cells(lines: list[Line]) -> Iterator[RawCell]:
    """One cell per line; where empty lines stand between the cells, lines without one between are one cell."""
    if not _is_spaced(lines):
        for line in lines:
            yield RawCell(line.text, line.number, f"line={line.number}")
        return
    cells: list[list[Line]] = []
    first_gap = next((line.number for line in lines[1:] if line.gap), 0)
    for line in lines:
        titled = cells and line.number < first_gap and _ENDS_TITLE.search(cells[-1][-1].text)
        if cells and line.gap == 0 and not titled and _continues(cells[-1], line):
            cells[-1].append(line)
        else:
            cells.append([line])
    for cell in cells:
        text = "\n".join(line.text for line in cell)
        yield RawCell(text, cell[0].number, f"line={cell[0].number}")


def _is_spaced(lines: list[Line]) -> bool:
    numbers = [line.gap > 0 for _, line in pairwise(lines) if line.kind is Kind.NUMBER and not parse_year(line.text)]
    return sum(numbers) * 2 > len(numbers)


def _continues(cell: list[Line], line: Line) -> bool:
    if cell[0].kind is Kind.NUMBER:
        return False
    return line.kind is not Kind.NUMBER or parse_year(line.text) is not None


def _text(line: Line) -> RawText:
    return RawText(line.text, line.number, f"line={line.number}")
