"""Whether a second, independent reader of a PDF sees what the first one published.

Only tables that arithmetic does not prove are read again. Compared are: the text of every amount, that the amounts of
a row stand on one line and those of a column under each other, that nothing like an amount between them was left out,
and that the words on the lines are those of the labels. Headings, years and units are not compared: they are words
that both would read alike. What can't be compared is said to be `not_read`; it stands as it was.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from checks.label_words import differing_labels
from checks.same_amounts import Marks, bare, is_same, marks_behind
from schemas.places import box_in, holds
from schemas.records import (
    AmountCell,
    Box,
    BudgetTable,
    Finding,
    Judgement,
    Proof,
    RawCell,
    Region,
    SecondCell,
    SecondReading,
    SecondRow,
    SecondVerdict,
    Severity,
)

REASON = "readers_disagree"
_ROOM = 1.5  # points that two engines' boxes may differ by
_LEAST_SEEN = 0.5  # of the amounts: where the second reader sees fewer, it did not read the table
_SHELF = 10.0  # points of height that are looked up together
_MOST_SHOWN = 3500


def is_proved(judgement: Judgement) -> bool:
    """Whether arithmetic proves a table as a whole: half of its amounts and one in every column that has any, with no
    sum that fails. Columns of nothing but zeros can't be proved and need not be."""
    table = judgement.table
    if table is None:
        return True
    amounts = {
        (at, column): cell.amount.value
        for at, row in enumerate(table.rows)
        for column, cell in enumerate(row.cells)
        if cell is not None
    }
    proofs = {place: judgement.proofs.get(place, Proof.NOT_COVERED) for place in amounts}
    proved = [place for place, proof in proofs.items() if proof is Proof.PROVED]
    if Proof.CONTRADICTED in proofs.values() or len(proved) * 2 < len(amounts):
        return False
    return {column for (_, column), value in amounts.items() if value} <= {column for _, column in proved}


def regions_of(table: BudgetTable, cells: Iterable[RawCell]) -> tuple[Region, ...]:
    """The bands of the pages in which a table's amounts and their labels stand; none where places are no boxes."""
    lines = {(cell.page, cell.line) for _, _, cell in _amounts(table)}
    bands: dict[int, list[float]] = {}
    for raw in cells:
        box = box_in(raw.locator)
        if box is None or raw.page is None or (raw.page, raw.line) not in lines or raw.is_heading:
            continue
        band = bands.setdefault(raw.page, [box[1], box[3]])
        band[0], band[1] = min(band[0], box[1]), max(band[1], box[3])
    return tuple(Region(page, top, bottom) for page, (top, bottom) in sorted(bands.items()))


def _amounts(table: BudgetTable) -> Iterator[tuple[int, int, AmountCell]]:
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if cell is not None:
                yield at, column, cell


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the readers see differently."""

    what: str  # amount, row, column, left_out or label
    locator: str
    first: str
    second: str


@dataclass(slots=True)
class _Found:
    """Where the second reader has the amounts of the first: lines are numbered over all pages."""

    lines: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # of each row
    columns: dict[tuple[int, int], set[int]] = field(default_factory=lambda: defaultdict(set))  # of page and column
    used: set[int] = field(default_factory=set)  # ids of cells
    seen: int = 0
    differences: list[Difference] = field(default_factory=list)


def with_second_reading(judgement: Judgement, reading: SecondReading, cells: Sequence[RawCell]) -> Judgement:
    """The judgement with what the second reader says of it; where the readers disagree, the table is set aside.

    `cells` are all cells that the first reader found on the pages of the table, also those that are no amounts of it.
    """
    table = judgement.table
    if table is None:
        return judgement
    if reading.message or not any(row.cells for row in reading.rows):
        return _not_read(judgement, reading.message or "the second reader sees no amounts there")
    by_page: dict[int, list[RawCell]] = defaultdict(list)
    for cell in cells:
        if cell.page is not None and cell.text:
            by_page[cell.page].append(cell)
    marks = marks_behind(cells)
    found = _found(table, reading.rows, marks)
    count = sum(1 for _ in _amounts(table))
    if found.seen < _LEAST_SEEN * count:
        return _not_read(judgement, f"the second reader sees {found.seen} of its {count} amounts")
    differences = [
        *found.differences,
        *_torn_rows(table, found),
        *_torn_columns(table, found),
        *_left_out(reading.rows, found, by_page, marks),
        *(Difference("label", *one) for one in differing_labels(table, reading.rows, found.lines, by_page)),
    ]
    if not differences:
        return replace(judgement, second_reading=SecondVerdict.AGREED)
    return _set_aside(judgement, table, reading, differences)


def _found(table: BudgetTable, rows: Sequence[SecondRow], marks: Marks) -> _Found:
    """The second reader's text in the place of each amount."""
    found = _Found()
    shelves: dict[tuple[int, int], list[tuple[float, float, int, SecondCell]]] = defaultdict(list)  # of page and height
    for line, second in enumerate(rows):
        for cell in second.cells:
            x, y = (cell.box[0] + cell.box[2]) / 2, (cell.box[1] + cell.box[3]) / 2
            shelves[second.page, _shelf(y)].append((x, y, line, cell))
    for at, column, amount in _amounts(table):
        box, page = box_in(amount.locator), amount.page or table.page or 0
        if box is None:
            continue
        left, top, right, bottom = box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM
        here = [
            (line, cell)
            for shelf in range(_shelf(top), _shelf(bottom) + 1)
            for x, y, line, cell in shelves.get((page, shelf), ())
            if left <= x <= right and top <= y <= bottom
        ]
        here.sort(key=lambda each: (each[0], each[1].box[0]))
        text = "".join(cell.text for _, cell in here)
        if here:
            found.seen += 1
            found.lines[at].add(here[-1][0])
            found.columns[page, column] |= {cell.column for _, cell in here}
            found.used |= {id(cell) for _, cell in here}
        if not is_same(amount.amount.printed, text, marks.get((page, amount.line, box[2]), "")):
            found.differences.append(Difference("amount", amount.locator, amount.amount.printed, text))
    return found


def _shelf(height: float) -> int:
    return int(height // _SHELF)


def _torn_rows(table: BudgetTable, found: _Found) -> Iterator[Difference]:
    """Rows whose amounts stand on several lines for the second reader, and rows that are one line for it."""
    owner: dict[int, int] = {}
    for at, lines in found.lines.items():
        place = next(cell.locator for cell in table.rows[at].cells if cell is not None)
        if len(lines) > 1:
            yield Difference("row", place, "one row", f"{len(lines)} lines")
        for line in lines:
            other = owner.setdefault(line, at)
            if other != at:
                yield Difference("row", place, f"rows {table.rows[other].number} and {table.rows[at].number}", "one")


def _torn_columns(table: BudgetTable, found: _Found) -> Iterator[Difference]:
    """Columns that are several for the second reader, that are one for it, or that stand in another order."""
    last: dict[int, int] = {}
    for (page, column), seconds in sorted(found.columns.items()):
        if min(seconds) < last.get(page, 0):
            yield Difference("column", f"page={page}", f"column {column + 1}: {table.columns[column].label}", "before")
        last[page] = min(seconds)
    owner: dict[tuple[int, int], int] = {}
    for (page, column), seconds in found.columns.items():
        label = table.columns[column].label
        if len(seconds) > 1:
            yield Difference("column", f"page={page}", f"column {column + 1}: {label}", f"{len(seconds)} columns")
        for second in seconds:
            other = owner.setdefault((page, second), column)
            if other != column:
                yield Difference("column", f"page={page}", f"columns {other + 1} and {column + 1}: {label}", "one")


def _left_out(
    rows: Sequence[SecondRow], found: _Found, by_page: dict[int, list[RawCell]], marks: Marks
) -> Iterator[Difference]:
    """What is like an amount on the lines of the table, and neither an amount of it nor in a cell of anything else.

    From the first column of amounts on, that cell must hold the number alone, or be a heading: otherwise it was
    swallowed by a text.
    """
    lines = sorted(line for lines in found.lines.values() for line in lines)
    first = {page: min(seconds) for (page, _), seconds in sorted(found.columns.items(), reverse=True)}
    for second in rows[lines[0] : lines[-1] + 1]:
        for cell in second.cells:
            if id(cell) in found.used:
                continue
            alone = cell.column >= first.get(second.page, 0)
            if not any(_accounts_for(raw, cell, marks, alone=alone) for raw in by_page[second.page]):
                yield Difference("left_out", f"page={second.page};{_shown(cell.box)}", "", cell.text)


def _accounts_for(raw: RawCell, cell: SecondCell, marks: Marks, *, alone: bool) -> bool:
    """Whether a cell of the first reader holds what the second reader sees in its place."""
    box = box_in(raw.locator)
    if box is None or not holds(box, cell.box, _ROOM):
        return False
    if alone and not raw.is_heading:
        return is_same(raw.text, cell.text, marks.get((raw.page or 0, raw.line, box[2]), ""))
    return bare(cell.text) in bare(raw.text)


def _shown(box: Box) -> str:
    return "box=" + ",".join(f"{side:.1f}" for side in box)


# ------------------------------------------------------------------------------------------------------- verdicts


def _not_read(judgement: Judgement, message: str) -> Judgement:
    place = judgement.table.place if judgement.table else ""
    finding = Finding("second_reading_not_read", Severity.INFO, message, place)
    return replace(judgement, second_reading=SecondVerdict.NOT_READ, findings=(*judgement.findings, finding))


def _set_aside(
    judgement: Judgement, table: BudgetTable, reading: SecondReading, differences: Sequence[Difference]
) -> Judgement:
    first = differences[0]
    message = (
        f"a second reader sees {first.second or 'nothing'!r} where the first sees {first.first or 'nothing'!r} "
        f"({first.what}; {len(differences)} differences)"
    )
    finding = Finding(
        "second_reading",
        Severity.WARNING,
        message,
        first.locator or table.place,
        values=_both_readings(table, reading, differences),
    )
    return Judgement(
        None,
        REASON,
        message,
        equations=judgement.equations,
        findings=(*judgement.findings, finding),
        alternatives=(table,),
        second_reading=SecondVerdict.DISAGREED,
    )


def _both_readings(table: BudgetTable, reading: SecondReading, differences: Sequence[Difference]) -> str:
    """What differs, and the rows of both readers as JSON; as many of each as a person can look at."""
    differing = [[one.what, one.locator, one.first, one.second] for one in differences]
    first = [[row.label, *(cell.amount.printed if cell else "" for cell in row.cells)] for row in table.rows]
    second = [
        [" ".join(word.text for word in row.words), *(f"{cell.column + 1}: {cell.text}" for cell in row.cells)]
        for row in reading.rows
    ]
    most = max(len(differing), len(first), len(second))
    while True:
        shown = {"differences": differing[:most], "first": first[:most], "second": second[:most]}
        text = json.dumps(shown, ensure_ascii=False)
        if len(text) <= _MOST_SHOWN or most == 1:
            return text
        most = max(1, most // 2)
