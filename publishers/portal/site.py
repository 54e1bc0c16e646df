"""All pages of a release: the index, a page per publisher and per year, and pages of figures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from markupsafe import Markup

from publishers.cited import version_of
from publishers.content import Content
from publishers.portal import figures
from publishers.portal.charts import chart_of
from publishers.portal.downloads import downloads_in
from publishers.portal.pages import Pages
from publishers.portal.programmes import Line, programme_lines, programmes_of
from publishers.portal.queries import queries_for
from publishers.portal.rows import Document, Publisher, Rows, TableRow, Year, counted, rows_of

FOLDER = "portal"
_LINES_ON_A_PAGE = 1_500  # above which the tables of a year go over to a next page


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of figures: its file, and the tables of each document on it."""

    name: str
    parts: tuple[tuple[Document, tuple[TableRow, ...]], ...]

    @property
    def tables(self) -> list[TableRow]:
        """All tables of the page."""
        return [table for _, tables in self.parts for table in tables]


def write(content: Content, folder: Path) -> None:
    """Write the pages of a release beside its files; the same content and files give the same bytes.

    Raises:
        ReleaseError: where a publisher's code can't be the name of a folder.
    """
    rows = rows_of(content.frames)
    pages = Pages(content.publication, rows.of_table)
    _write_assets(folder / FOLDER)
    lines = figures.ordered(content.frames["budget_lines"], list(_table_ids(rows)))
    of_programmes = programme_lines(content.frames)
    for publisher in rows.publishers:
        _write_publisher(pages, publisher, lines, of_programmes.get(publisher.code, []), folder)
    _write_index(pages, rows, content, folder)


def write_index(content: Content, folder: Path) -> None:
    """Write the first page anew, with links to all files that are there by now."""
    rows = rows_of(content.frames)
    _write_index(Pages(content.publication, rows.of_table), rows, content, folder)


def _write_index(pages: Pages, rows: Rows, content: Content, folder: Path) -> None:
    newest = max((moment for moment in content.frames["documents"]["retrieved_at"].to_pylist() if moment), default=None)
    # Of the pages only this one says it: the others stay as they are where only bodies elsewhere changed.
    cited = version_of(folder)
    facts = {"rows": rows, "downloads": downloads_in(folder), "newest": newest, "cited": cited}
    pages.write(folder / "index.html", "index.html", **facts)


def _write_assets(folder: Path) -> None:
    folder.mkdir()
    with as_file(files("publishers.portal") / "assets") as assets:
        for path in sorted(assets.iterdir()):
            shutil.copyfile(path, folder / path.name)


def _table_ids(rows: Rows) -> Iterator[str]:
    for publisher in sorted(rows.publishers, key=lambda one: one.code):
        yield from (table.table_id for table in _published(publisher))


def _published(publisher: Publisher) -> Iterator[TableRow]:
    """The tables that have figures, the oldest year first."""
    for year in reversed(publisher.years):
        for document in year.documents:
            yield from document.published


def _write_publisher(
    pages: Pages, publisher: Publisher, lines: figures.Lines, of_programmes: Sequence[Line], folder: Path
) -> None:
    at = folder / FOLDER / publisher.code
    at.mkdir()
    made = figures.bodies(lines.of([table.table_id for table in _published(publisher)]))
    bodies = {table_id: Markup(body) for table_id, body in made.items()}  # noqa: S704 - escaped where it is made
    sheet_of: dict[str, str] = {}
    for year in publisher.years:
        below = at / str(year.year)
        below.mkdir()
        sheets = list(_sheets(year))
        for number, sheet in enumerate(sheets):
            sheet_of.update((table.table_id, f"{year.year}/{sheet.name}") for table in sheet.tables)
            _write_sheet(pages, publisher, year, sheets, number, bodies, below)
        pages.write(
            below / "index.html",
            "year.html",
            publisher=publisher,
            year=year,
            counts=counted(year),
            sheet_of={table.table_id: sheet.name for sheet in sheets for table in sheet.tables},
            downloads=downloads_in(folder, f"by_publisher/{publisher.code}/{year.year}"),
        )
    programmes = programmes_of(publisher, of_programmes)
    line_sheets = {line.line_id: sheet_of[line.table_id] for line in of_programmes if line.table_id in sheet_of}
    pages.write(
        at / "index.html",
        "publisher.html",
        publisher=publisher,
        programmes=[(programme, chart_of(programme)) for programme in programmes],
        line_sheets=line_sheets,
        queries=queries_for(publisher.code, pages.base_url),
        downloads={
            year.year: found
            for year in publisher.years
            if (found := downloads_in(folder, f"by_publisher/{publisher.code}/{year.year}"))
        },
    )


def _sheets(year: Year) -> Iterator[Sheet]:
    """The pages of figures of a year: whole tables, so many that a page stays light."""
    parts: list[tuple[Document, tuple[TableRow, ...]]] = []
    held, number = 0, 1
    for document in year.documents:
        start = 0
        published = document.published
        for n, table in enumerate(published):
            if held and held + table.line_count > _LINES_ON_A_PAGE:
                if n > start:
                    parts.append((document, tuple(published[start:n])))
                yield Sheet(f"cijfers-{number}.html", tuple(parts))
                parts, held, start, number = [], 0, n, number + 1
            held += table.line_count
        if start < len(published):
            parts.append((document, tuple(published[start:])))
    if parts:
        yield Sheet(f"cijfers-{number}.html", tuple(parts))


def _write_sheet(
    pages: Pages,
    publisher: Publisher,
    year: Year,
    sheets: Sequence[Sheet],
    number: int,
    bodies: Mapping[str, Markup],
    folder: Path,
) -> None:
    sheet = sheets[number]
    pages.write(
        folder / sheet.name,
        "figures.html",
        publisher=publisher,
        year=year,
        sheet=sheet,
        number=number + 1,
        count=len(sheets),
        bodies=bodies,
        before=sheets[number - 1].name if number else None,
        after=sheets[number + 1].name if number + 1 < len(sheets) else None,
    )
