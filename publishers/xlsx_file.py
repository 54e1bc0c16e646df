"""A workbook of what one publisher says in the documents of one year: Dutch, amounts as numbers, codes as text.

Texts of documents are written as texts whatever they begin with, and there are no formulas. The same rows give the same
bytes: the time of making is a fixed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pyarrow as pa

from publishers.xlsx_words import COLUMNS, DOCUMENTS, FINDINGS, LINES, READING, TABLES, VALUES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a moment that says nothing, and is the same in every release
_ROWS = 1_048_575  # of a sheet under its headings
_LONGEST = 32_767  # characters of a cell
SHEETS = {"budget_lines": LINES, "tables": TABLES, "documents": DOCUMENTS, "findings": FINDINGS}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


_Write = Callable[[int, int, Any, "Format"], object]  # a row, a column, a value and its format


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of a workbook."""

    heading: Format
    text: Format
    amount: Format
    whole: Format
    day: Format
    title: Format
    wrapped: Format


def write(frames: Mapping[str, pa.Table], path: Path) -> None:
    """Write the tables of one publisher and year as a workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"title": _title(frames), "created": _MADE, "language": "nl-NL"})
        looks = _looks(book)
        _write_guide(book.add_worksheet("Leeswijzer"), frames, looks)
        for name, sheet in SHEETS.items():
            frame = frames[name]
            for number, start in enumerate(range(0, max(frame.num_rows, 1), _ROWS), start=1):
                title = sheet if number == 1 else f"{sheet} {number}"
                _write_rows(book.add_worksheet(title), frame.slice(start, _ROWS), COLUMNS[sheet], looks)


def row_counts(path: Path) -> list[int]:
    """How many rows a workbook has of each of the tables, its sheets read back.

    Raises:
        OSError, zipfile.BadZipFile: where it can't be read.
    """
    counts = dict.fromkeys(SHEETS.values(), 0)
    with ZipFile(path) as file:
        titles = re.findall(rb'<sheet name="([^"]+)"', file.read("xl/workbook.xml"))
        for number, title in enumerate(titles, start=1):
            name = title.decode().split()[0]
            if name in counts:
                counts[name] += file.read(f"xl/worksheets/sheet{number}.xml").count(b"<row ") - 1
    return list(counts.values())


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        heading=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        text=book.add_format({"num_format": "@"}),
        amount=book.add_format({"num_format": "#,##0.00"}),
        whole=book.add_format({"num_format": "0"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        title=book.add_format({"bold": True, "font_size": 16}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _title(frames: Mapping[str, pa.Table]) -> str:
    row = frames["documents"].slice(0, 1).to_pylist()[0]
    return f"{row['publisher_name']}, begrotingsdocumenten van {row['document_year']}"


def _write_guide(sheet: Worksheet, frames: Mapping[str, pa.Table], looks: _Looks) -> None:
    """The first sheet: what the workbook holds and how to read it."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _cut(_title(frames)), looks.title)
    at = 2
    for heading, text in _guide(frames):
        sheet.write_string(at, 0, heading, looks.heading if not text else looks.wrapped)
        sheet.write_string(at, 1, text, looks.wrapped)
        at += 1


def _guide(frames: Mapping[str, pa.Table]) -> Iterator[tuple[str, str]]:
    yield from READING
    yield "", ""
    yield "Bladen", ""
    for name, sheet in SHEETS.items():
        yield sheet, f"{frames[name].num_rows} rijen"
    yield "", ""
    yield "Kolommen", ""
    for name, sheet in SHEETS.items():
        for column, heading, _ in COLUMNS[sheet]:
            yield heading, f"{sheet}: kolom {column} van {name} in de dataset"


def _write_rows(sheet: Worksheet, frame: pa.Table, columns: tuple[tuple[str, str, int], ...], looks: _Looks) -> None:
    for at, (_, heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, looks.heading)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(frame.num_rows, 1), len(columns) - 1)
    cells = [(at, *_shown(sheet, name, frame.column(name), looks)) for at, (name, _, _) in enumerate(columns)]
    writers = [(at, write, look) for at, write, look, _ in cells]
    for number, row in enumerate(zip(*(values for *_, values in cells), strict=True), start=1):
        for value, (at, write, look) in zip(row, writers, strict=True):
            if value is not None and value != "":
                write(number, at, value, look)


def _shown(sheet: Worksheet, name: str, column: pa.ChunkedArray, looks: _Looks) -> tuple[_Write, Format, list[Any]]:
    """How the values of a column are written, in which format, and what is shown of each."""
    kind, values = column.type, column.to_pylist()
    if pa.types.is_boolean(kind):
        return sheet.write_string, looks.text, ["ja" if value else "nee" for value in values]
    if pa.types.is_decimal(kind):
        return sheet.write_number, looks.amount, [value if value is None else float(value) for value in values]
    if pa.types.is_integer(kind):
        return sheet.write_number, looks.whole, values
    if pa.types.is_temporal(kind):
        return sheet.write_datetime, looks.day, values
    words = VALUES.get(name, {})
    return (
        sheet.write_string,
        looks.text,
        [value if value is None else words.get(value) or _cut(value) for value in values],
    )


def _cut(text: str) -> str:
    """A text as far as a cell can hold it."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
