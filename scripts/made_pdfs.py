"""How much of a made PDF (make_budget_pdf.py) a reader found: cells, headings, and cells that are none.

A true row is looked for on its own page by its label, or by the part of a broken label that stands beside its figures.
Rows are paired in order over the whole table, columns in order over all rows of a table that a reader found: a row that
slipped by one column loses its cells. Labels are compared without spaces, figures with single ones; an empty true
cell is no cell. An upper heading that spans columns counts once and must stand over one of them, and over no other.
False cells are texts outside all true rows and headings: titles, prose, page numbers. Columns of which the PDF shows
nothing are left out (made_truth.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scripts.grid_match import FoundRow, FoundTable, Pair, paired_in_order, squeezed, tidy
from scripts.made_truth import TrueTable

_HEAD_WINDOW = 4  # found rows above the first true row, beyond one per true row of headings
_LEAST_LABEL = 3  # letters by which a part of a label is recognised


@dataclass(slots=True)
class Score:
    """Counts that add up over tables."""

    cells: int = 0
    cells_found: int = 0
    headings: int = 0
    headings_found: int = 0
    spanned: int = 0  # columns under a heading over several, and those that have it themselves
    spanned_found: int = 0
    false_cells: int = 0
    false_tables: int = 0  # found tables without a true row
    columns_off: int = 0  # true columns that the PDF does not show
    by_look: dict[str, tuple[int, int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, table: TrueTable, true: int, found: int) -> None:
        """Count the cells of one table."""
        self.cells, self.cells_found = self.cells + true, self.cells_found + found
        before = self.by_look.get(table.look, (0, 0))
        self.by_look[table.look] = (before[0] + true, before[1] + found)

    @property
    def cell_share(self) -> float:
        """The share of the true cells that stand in the right row and column."""
        return self.cells_found / self.cells if self.cells else 1.0

    @property
    def heading_share(self) -> float:
        """The share of the true headings that stand over the right column."""
        return self.headings_found / self.headings if self.headings else 1.0

    @property
    def spanned_share(self) -> float:
        """The share of the columns under a spanning heading over which a reader repeats it."""
        return self.spanned_found / self.spanned if self.spanned else 1.0

    @property
    def false_share(self) -> float:
        """The false cells, per true cell."""
        return self.false_cells / self.cells if self.cells else float(self.false_cells)


# ---------------------------------------------------------------------------------------------------- the pairing


@dataclass(slots=True)
class _Place:
    """A found row and what has been said of it: whose it is, which of its cells are headings."""

    table: int
    row: int
    page: int
    cells: tuple[str, ...]
    text: str
    first: str
    taken: bool = False


def _places(found: Iterable[FoundTable]) -> list[_Place]:
    places = [
        _Place(n, r, row.page, tuple(tidy(cell) for cell in row.cells), squeezed("".join(row.cells)), _first(row))
        for n, table in enumerate(found)
        for r, row in enumerate(table)
    ]
    return sorted(places, key=lambda place: place.page)


def _first(row: FoundRow) -> str:
    return next((squeezed(cell) for cell in row.cells if cell.strip()), "")


def _evidence(true: tuple[str, ...], label: str, place: _Place) -> float:
    """How much speaks for a found row being this true row; nothing without its label."""
    exact = place.text.startswith(label)
    part = len(place.first) >= min(_LEAST_LABEL, len(label)) and place.first in label
    if not exact and not part:
        return 0.0
    there = set(place.cells)
    figures = [cell for cell in true[1:] if cell]
    right = sum(cell in there for cell in figures)
    return 0.1 + 0.2 * exact + 0.1 * (place.first == label) + (right / len(figures) if figures else 0.2)


def _located(table: TrueTable, places: Sequence[_Place]) -> dict[int, int]:
    """The index of the found row of each true row."""
    low, high = table.pages[0][0], table.pages[-1][1]
    near = [n for n, place in enumerate(places) if low <= place.page <= high and not place.taken]
    weights: dict[Pair, float] = {}
    for r, row in enumerate(table.rows):
        label, (first, last) = squeezed(row[0]), table.pages[r]
        for n in near:
            if first <= places[n].page <= last:
                weight = _evidence(row, label, places[n])
                if weight:
                    weights[r, n] = weight
    return paired_in_order(weights)


def _columns(table: TrueTable, places: Sequence[_Place], located: dict[int, int]) -> dict[int, dict[int, int]]:
    """For each found table the column of it that holds each true column, by the texts of all rows."""
    weights: dict[int, dict[Pair, float]] = {}
    for r, n in located.items():
        theirs = weights.setdefault(places[n].table, {})
        for c, true in enumerate(table.rows[r]):
            for f, text in enumerate(places[n].cells):
                if true and _same(true, text, is_label=c == 0):
                    theirs[c, f] = theirs.get((c, f), 0.0) + 1.0
    return {found: paired_in_order(pairs) for found, pairs in weights.items()}


def _same(true: str, text: str, *, is_label: bool) -> bool:
    return squeezed(true) == squeezed(text) if is_label else tidy(true) == text


# ------------------------------------------------------------------------------------------------------ the score


def score(tables: Sequence[TrueTable], found: Iterable[FoundTable]) -> Score:
    """What a reader found of these tables."""
    places = _places(found)
    result = Score()
    headed: dict[int, set[str]] = {}
    for table in tables:
        result.columns_off += table.columns_off
        located = _located(table, places)
        columns = _columns(table, places, located)
        _score_cells(table, places, located, columns, result)
        _score_headings(table, places, located, columns, result)
        words = {squeezed(text) for pair in table.headings for text in pair if text}
        for n in located.values():
            places[n].taken = True
            headed.setdefault(places[n].table, set()).update(words)
            headed[places[n].table].update(_parts_of_labels(table))
    result.false_cells = sum(
        _is_false(cell, headed.get(place.table, set())) for place in places if not place.taken for cell in place.cells
    )
    result.false_tables = len({place.table for place in places} - set(headed))
    return result


def _parts_of_labels(table: TrueTable) -> set[str]:
    return {squeezed(row[0]) for row in table.rows if len(row[0].split()) > 1}


def _is_false(cell: str, expected: set[str]) -> bool:
    """Whether a cell outside the true rows is neither a heading nor the rest of a broken label, or part of one."""
    text = squeezed(cell)
    if not text or text in expected:
        return False
    return not (len(text) >= _LEAST_LABEL and any(text in whole for whole in expected)) and not _of_headings(
        text, expected
    )


def _of_headings(text: str, expected: set[str]) -> bool:
    """Whether a text is nothing but headings after each other, as a reader gives them that leaves lines together."""
    return any(text.startswith(word) and text[len(word) :] in expected for word in expected)


def _score_cells(
    table: TrueTable,
    places: Sequence[_Place],
    located: dict[int, int],
    columns: dict[int, dict[int, int]],
    result: Score,
) -> None:
    true = found = 0
    for r, row in enumerate(table.rows):
        place = places[located[r]] if r in located else None
        at = columns.get(place.table, {}) if place else {}
        for c, cell in enumerate(row):
            if not cell:
                continue
            true += 1
            if place and c in at and at[c] < len(place.cells) and _same(cell, place.cells[at[c]], is_label=c == 0):
                found += 1
            else:
                seen = " | ".join(place.cells) if place else "row not found"
                result.misses.append(f"{table.name} {table.look} page {table.pages[r][0]}: {row[0]!r} {cell!r}: {seen}")
    result.add(table, true, found)


def _score_headings(
    table: TrueTable,
    places: Sequence[_Place],
    located: dict[int, int],
    columns: dict[int, dict[int, int]],
    result: Score,
) -> None:
    wanted = [([c], lower) for c, (lower, _) in enumerate(table.headings) if lower] + _upper(table)
    result.headings += len(wanted)
    if not located:
        return
    first = places[located[min(located)]]
    depth = 1 + any(upper for _, upper in table.headings) + _HEAD_WINDOW
    head = [p for p in places if p.table == first.table and first.row - depth <= p.row < first.row and not p.taken]
    at = columns.get(first.table, {})
    stacks = {c: _stacked([p.cells[f] for p in head if f < len(p.cells)]) for c, f in at.items()}
    for own, text in wanted:
        over = {c for c, texts in stacks.items() if texts & _as_read(table, c, text)}
        if over & set(own) and (len(own) == 1 or over <= set(own)):
            result.headings_found += 1
        else:
            result.misses.append(
                f"{table.name} {table.look} heading {text!r} of columns {own} stands over {sorted(over)}"
            )
        if len(own) > 1:
            result.spanned += len(own)
            result.spanned_found += len(over & set(own))


def _as_read(table: TrueTable, column: int, text: str) -> set[str]:
    """A heading, and all headings of its column together, as a reader gives them that keeps the lines of a cell."""
    lower, upper = table.headings[column]
    return {squeezed(text), squeezed(upper + lower)} if text in (lower, upper) else {squeezed(text)}


def _upper(table: TrueTable) -> list[tuple[list[int], str]]:
    """The upper headings with the columns that each spans."""
    groups: list[tuple[list[int], str]] = []
    for c, (_, upper) in enumerate(table.headings):
        if groups and groups[-1][1] == upper:
            groups[-1][0].append(c)
        else:
            groups.append(([c], upper))
    return [(columns, upper) for columns, upper in groups if upper]


def _stacked(texts: Sequence[str]) -> set[str]:
    """The texts that stand in a column of headings: cells, and cells under each other taken together."""
    words = [squeezed(text) for text in texts if text.strip()]
    return {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
