"""Tables whose rows are known: rows on one line, rows with pipes, HTML. In a full grid the columns are known too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.records import Form, RawCell, RawTable
from transformers.attributes import Marks, beside_names, marks_behind, numbers_of_wholes
from transformers.drafts import (
    Draft,
    Group,
    count_shared_once,
    figure_of,
    is_mark,
    number_of,
    numbering,
    once,
    unclear,
    with_mark,
)
from transformers.grid_heads import (
    Row,
    distinct,
    first_body_row,
    goes_under,
    has_one_full_row,
    head_cells,
    known_rows,
    repeats_heading,
    row_key,
    spanning,
    stack,
)
from transformers.row_lines import drafts_of_lines
from transformers.unit_words import with_units_of_cells


def drafts(table: RawTable) -> list[Draft]:
    """The tables in a region of rows: a new one begins where a new row of headings does."""
    if table.form is Form.ROWS:
        return drafts_of_lines(table.rows)
    found = _grid_drafts(table)
    count_shared_once(found)
    return found


def _grid_drafts(table: RawTable) -> list[Draft]:
    """The tables of a grid: side by side where labels stand again between amounts, below another at new headings."""
    numbers = [at for at, row in enumerate(table.rows) if _numbers_columns(row)]
    if numbers and len(numbers) < len(table.rows):
        others = tuple(row for at, row in enumerate(table.rows) if at not in numbers)
        heading_rows = table.heading_rows - sum(at < table.heading_rows for at in numbers)
        found = _grid_drafts(replace(table, rows=others, heading_rows=heading_rows))
        for draft in found[:1]:
            draft.spare += once(cell for at in numbers for cell in table.rows[at])
        return found
    width = max(len(row) for row in table.rows)
    first = first_body_row(table)
    body = table.rows[first:]
    if not body:
        return []
    even = len({len(row) for row in table.rows}) == 1
    cut = _second_labels(body, width) if table.exact or even else None
    if cut is not None:
        left, right = (tuple(row[:cut] for row in table.rows), tuple(row[cut:] for row in table.rows))
        halves = [replace(table, rows=tuple(row for row in half if row)) for half in (left, right)]
        return [draft for half in halves for draft in _grid_drafts(half)]
    columns = _amount_columns(_whole_rows(body, width), width)
    columns -= numbers_of_wholes(table.rows[:first], body, columns)
    if not columns:
        return []
    drafts: list[Draft] = []
    above: Sequence[Row] = ()
    for head, rows, repeated in _sections(list(table.rows[:first]), body, columns):
        draft = _grid_draft(table, head, rows, columns, width)
        draft.spare += repeated
        if goes_under(above, head, columns):
            draft.aligned = tuple(stack([*above, *head], column) for column in sorted(columns))
        else:
            above = spanning(head, columns)
        drafts.append(draft)
    if not any(draft.groups for draft in drafts):
        return []
    return drafts


def _numbers_columns(row: Row) -> bool:
    texts = [cell.text for cell in once(row) if cell.text]
    return bool(texts) and numbering(texts) == len(texts)


def _whole_rows(body: Sequence[Row], width: int) -> list[Row]:
    usual = Counter(len(row) for row in body).most_common(1)[0][0]
    return [row for row in body if len(row) in (usual, width)]


def _second_labels(body: Sequence[Row], width: int) -> int | None:
    """The column where labels stand again, with amounts on both sides: two tables side by side."""
    words = [0] * width
    numbers = [0] * width
    for row in body:
        for at, cell in enumerate(row):
            if cell.text and cell.column_span == 1:
                number = number_of(cell)
                words[at] += number is None and not is_mark(cell.text) and len(cell.text) > 3
                numbers[at] += number is not None and number.amount is not None
    labels = [at for at in range(1, width) if words[at] * 2 > len(body) and not numbers[at]]
    for at in labels:
        distinct = {row[at].text for row in body if at < len(row) and row[at].text}
        if any(numbers[1:at]) and any(numbers[at + 1 :]) and len(distinct) * 2 > words[at]:
            return at
    return None


def _sections(
    head: list[Row], body: Sequence[Row], columns: set[int]
) -> Iterator[tuple[list[Row], list[Row], list[RawCell]]]:
    """The heading rows and rows of each table in a grid, and the cells of heading rows that only repeat."""
    known = known_rows(head)
    rows: list[Row] = []
    repeated: list[RawCell] = []
    fresh: list[Row] = []
    again: list[Row] = []  # heading rows of the table itself, since its last row
    for row in body:
        if row_key(row) in known and not fresh:
            again.append(row)
        elif repeats_heading(row, columns):
            fresh, again = [*again, *fresh, row], []
        elif any(cell.text for cell in row):
            repeated += [cell for one in again for cell in distinct(one)]
            again = []
            if fresh and not rows:
                head, fresh = [*head, *fresh], []
            elif fresh:
                yield head, rows, repeated
                head, rows, repeated, fresh = fresh, [], [], []
            known = known_rows(head)
            rows.append(row)
    yield head, rows, [*repeated, *(cell for row in (*again, *fresh) for cell in distinct(row))]


def _grid_draft(table: RawTable, head: Sequence[Row], rows: Sequence[Row], columns: set[int], width: int) -> Draft:
    edge = min(columns)
    usual = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else width
    whole = all(len(row) > max(columns) for row in head)  # one without a corner stands over no columns for sure
    draft = Draft([], [], rows_known=True, exact=(table.exact and whole) or has_one_full_row(head, columns))
    collapsed = not table.exact and _is_collapsed(rows, columns)
    aside = beside_names(head, rows, columns)
    marks = marks_behind(head, rows, columns, exact=draft.exact)
    draft.groups = [
        _grid_group(
            row,
            edge,
            columns,
            aside,
            marks,
            aligned=len(row) in (usual, width) and not (collapsed and _ends_early(row, columns)),
        )
        for row in rows
    ]
    draft.head, draft.breaks = head_cells(head)
    draft.aligned = tuple(stack(head, column) for column in sorted(columns))
    return with_units_of_cells(draft)


def _ends_early(row: Row, columns: set[int]) -> bool:
    """Whether a row of amounts has none in its last columns."""
    filled = [at for at in sorted(columns) if at < len(row) and row[at].text]
    return bool(filled) and filled[-1] != max(columns)


def _is_collapsed(rows: Sequence[Row], columns: set[int]) -> bool:
    """Whether empty cells fell out of rows with pipes: none stands between amounts, and some rows end early."""
    order = sorted(columns)
    early = 0
    for row in rows:
        filled = [n for n, at in enumerate(order) if at < len(row) and row[at].text]
        if filled and filled != list(range(filled[-1] + 1)):
            return False
        early += bool(filled) and filled[-1] != len(order) - 1
    return early > 0


def _amount_columns(body: Sequence[Row], width: int) -> set[int]:
    """The columns that hold numbers, right of the first column of words."""
    numbers: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for row in body:
        for at, cell in enumerate(row):
            if not cell.text or is_mark(cell.text):
                continue
            number = figure_of(cell)
            if number is not None and number.amount is not None:
                numbers[at] += 1
            elif number is None and cell.column_span < width:
                words[at] += 1
    label = min((at for at in range(width) if words[at] > numbers[at] or (words[at] and not at)), default=-1)
    if label < 0:
        label = 0 if numbers[0] < max(numbers.values(), default=0) else -1
    return {at for at in range(label + 1, width) if numbers[at] and numbers[at] * 2 >= words[at]}


def _grid_group(
    row: Row, edge: int, columns: set[int], aside: frozenset[int], marks: Mapping[int, Marks], *, aligned: bool
) -> Group:
    group = Group(columns=[] if aligned else None)
    order = sorted(columns)
    seen: list[RawCell] = []
    for at, cell in enumerate(row):
        if not cell.text or any(cell is other for other in seen):
            continue
        seen.append(cell)
        if aligned and at in aside:
            group.attributes.append(cell)
            continue
        number = figure_of(cell) if at in columns else number_of(cell)
        if aligned and at in columns and number is not None and number.amount is None:
            number = unclear(cell)  # 12.5 may number a row, but not among amounts
        if is_mark(cell.text) and group.numbers and at in marks:
            group.attributes.append(cell)
            if marks[at] is Marks.UNCLEAR:
                group.numbers[-1] = unclear(group.numbers[-1].cell)
        elif is_mark(cell.text) and group.numbers:
            group.numbers[-1] = with_mark(group.numbers[-1], cell)
        elif aligned and at in columns and number is not None and number.amount is not None:
            group.numbers.append(number)
            if group.columns is not None:
                group.columns.append(order.index(at))
        elif (
            not aligned
            and number is not None
            and number.amount is not None
            and (group.texts or at or _all_numbers(row))
        ):
            group.numbers.append(number)
        elif (at < edge or not aligned) and not group.numbers:
            group.texts.append(cell)
        else:
            group.attributes.append(cell)
    group.heading_only = not group.numbers
    return group


def _all_numbers(row: Row) -> bool:
    return all(number_of(cell) for cell in row if cell.text)
