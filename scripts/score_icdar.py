"""Score readers on tables whose cell structure is known (ICDAR 2013, EU half): geometry alone, no budgets.

    python -m scripts.score_icdar FOLDER [--reader begroting] [--misses]

Found is a true cell whose text is a cell of a table that the reader found on that page. Complete is a true table all of
whose cells stand in one found table so that rows and columns keep their order: cells of one true row in one row, of one
true column in one column, different ones apart; a cell that spans may stand anywhere in what it spans.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from scripts.grid_match import FoundTable, Pair, paired_in_order, squeezed
from scripts.pdf_readers import installed_readers

Grid = dict[Pair, str]  # row and column of a text


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell of a true table: its text, and the first and last row and column that it covers."""

    text: str
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TrueTable:
    """The cells with text of a true table, and its page."""

    name: str
    page: int
    cells: tuple[TrueCell, ...]


@dataclass(slots=True)
class Score:
    """Counts over documents."""

    cells: int = 0
    cells_found: int = 0
    tables: int = 0
    incomplete: tuple[str, ...] = ()

    def shown(self) -> str:
        """One line of figures."""
        share = self.cells_found / self.cells
        complete = self.tables - len(self.incomplete)
        return f"cell text found {share:.3f} of {self.cells}, complete tables {complete} of {self.tables}"


# ------------------------------------------------------------------------------------------------------ the truth


def read_truth(path: Path) -> tuple[TrueTable, ...]:
    """The true tables of one structure file."""
    root = etree.parse(path).getroot()
    return tuple(
        TrueTable(f"{path.stem} {table.get('id')}", int(region.get("page", "0")), tuple(_cells(region)))
        for table in root.iter("table")
        for region in table.iter("region")
    )


def _cells(region: etree._Element) -> list[TrueCell]:
    cells = []
    for cell in region.iter("cell"):
        text = squeezed(cell.findtext("content") or "")
        row, column = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
        if text:
            rows, columns = (row, int(cell.get("end-row", row))), (column, int(cell.get("end-col", column)))
            cells.append(TrueCell(text, rows, columns))
    return cells


def pdf_of(path: Path) -> Path:
    """The document of a structure file; some documents have several, told apart by a letter."""
    stem = path.stem.removesuffix("-str")
    own = path.with_name(f"{stem}.pdf")
    return own if own.exists() else path.with_name(f"{stem[:-1]}a.pdf")


# ------------------------------------------------------------------------------------------------------ the score


def is_complete(table: TrueTable, grid: Grid) -> bool:
    """Whether all cells of a true table stand in a found one, in their order."""
    rows = _aligned(table, grid, axis=0)
    columns = _aligned(table, grid, axis=1)
    return all(_stands(cell, grid, rows, columns) for cell in table.cells)


def _aligned(table: TrueTable, grid: Grid, axis: int) -> dict[int, int]:
    """The found row (or column) of each true one: as many equal texts as can be, in order."""
    true: dict[int, Counter[str]] = {}
    for cell in table.cells:
        first, last = (cell.rows, cell.columns)[axis]
        if first == last:
            true.setdefault(first, Counter())[cell.text] += 1
    found: dict[int, Counter[str]] = {}
    for place, text in grid.items():
        found.setdefault(place[axis], Counter())[text] += 1
    weights = {(t, f): float((words & there).total()) for t, words in true.items() for f, there in found.items()}
    return paired_in_order({pair: weight for pair, weight in weights.items() if weight})


def _stands(cell: TrueCell, grid: Grid, rows: dict[int, int], columns: dict[int, int]) -> bool:
    return any(
        text == cell.text and _within(row, cell.rows, rows) and _within(column, cell.columns, columns)
        for (row, column), text in grid.items()
    )


def _within(place: int, span: tuple[int, int], pairs: dict[int, int]) -> bool:
    """Whether a found row (or column) lies where a true span does: between its neighbours where it has no pair."""
    if span[0] == span[1] and span[0] in pairs:
        return pairs[span[0]] == place
    before = max((found for true, found in pairs.items() if true < span[0]), default=-1)
    after = min((found for true, found in pairs.items() if true > span[1]), default=1 << 30)
    return before < place < after


def grids_by_page(found: Sequence[FoundTable]) -> dict[int, list[Grid]]:
    """The cells with text of the found tables, page by page: a table over two pages is two."""
    pages: dict[int, list[Grid]] = {}
    for table in found:
        grids: dict[int, Grid] = {}
        for r, row in enumerate(table):
            for c, text in enumerate(map(squeezed, row.cells)):
                if text:
                    grids.setdefault(row.page, {})[r, c] = text
        for page, grid in grids.items():
            pages.setdefault(page, []).append(grid)
    return pages


def add_document(score: Score, tables: Sequence[TrueTable], found: Sequence[FoundTable]) -> None:
    """Score the tables of one document."""
    pages = grids_by_page(found)
    for table in tables:
        grids = pages.get(table.page, [])
        texts: Counter[str] = Counter(text for grid in grids for text in grid.values())
        true = Counter(cell.text for cell in table.cells)
        score.cells += true.total()
        score.cells_found += (true & texts).total()
        score.tables += 1
        if not any(is_complete(table, grid) for grid in grids):
            score.incomplete += (table.name,)


def main() -> None:
    """Print a line per reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", action="append", choices=list(installed_readers()))
    parser.add_argument("--misses", action="store_true", help="name the tables that are not complete")
    asked = parser.parse_args()
    for name in asked.reader or installed_readers():
        result = Score()
        for path in sorted(asked.folder.glob("*-str.xml")):
            add_document(result, read_truth(path), list(installed_readers()[name](pdf_of(path))))
        print(f"{name}: {result.shown()}")
        if asked.misses:
            print("    " + ", ".join(result.incomplete))


if __name__ == "__main__":
    main()
