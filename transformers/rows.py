"""The rows of a table: labels, paths, amounts in their columns; and what becomes of the numbers that are in no row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from schemas.notation import Token, count_tokens, is_code, plain
from schemas.records import AmountCell, Cells, Column, ColumnRole, Form, RawCell, Row, Tally
from transformers.attributes import Habits, habits_of, has_numbers_behind_names, is_mark_of_row, marks_are_signs
from transformers.budget_stands import with_stands_of_budget
from transformers.columns import HeadingReading
from transformers.doubted_rows import amounts_for_sure
from transformers.drafts import Draft, Group, Number, words_of
from transformers.headings import heading_of
from transformers.labels import (
    code_of,
    is_noise,
    is_row_number,
    label_and_headings,
    one_line,
    starts_low,
    with_total,
    without_footnote,
)
from transformers.marks_behind import is_head_of_marks
from transformers.not_euros import shows_no_euros, states_no_euros
from transformers.own_signs import signed
from transformers.path import Path
from transformers.placing import Placed, codes_follow, placed
from transformers.sections import with_totals_of_all
from transformers.stream import is_columnar
from transformers.units import unit_in
from transformers.words import balance_date, duration_above, is_measure_word, meaning_of

_HEADS_ROWS = re.compile(r"[A-Z][^\d:]*:|activa|passiva", re.I)  # between headings of columns: it heads the rows
_NAMES_ROWS = re.compile(
    r"(?:(?:deel|hoofd|sub)?(?:programma|taakveld)|beleidsveld|thema|product|portefeuille|domein)\s?:\s?\w", re.I
)
_MARKED = re.compile(r" [ISVNJE]$")
_REFERENCE = re.compile(r"(?:tabel|bijlage|paragraaf|noot|zie|blz\.?|pag\.?)\s*\d+[a-z]?\.?", re.I)
_NEAR = 8  # rows within which the total of a heading stands under the heading's own name
_NOTE = re.compile(r"\([^()]*\)")
Notes = list[tuple[str, str, str]]  # rule, message, locator
Doubts = dict[int, Placed]  # rows that may show no euros, by their number


def rows_of(
    draft: Draft,
    form: Form,
    reading: HeadingReading,
    columns: tuple[Column, ...],
    labels: frozenset[str],
    unit: int | None,
    title: str,
) -> tuple[list[Row], Notes, Tally, int]:
    """The rows of amounts with their labels and paths, a note for each row that fits no columns or has another unit
    than the table, what became of the numbers that are in no row, and how many rows show no euros."""
    free = [n for n, column in enumerate(columns) if column.role is ColumnRole.AMOUNT]
    codes = frozenset(
        found for group in draft.groups if group.numbers and group.texts and (found := code_of(_coded_text(group)))
    )
    named = [plain(one_line(g.texts[-1].text)).lower() if g.texts and g.numbers else "" for g in draft.groups]
    times = Counter(name for name in named if name)
    path = Path(labels, codes, times)
    rows: list[Row] = []
    notes: Notes = []
    doubts: Doubts = {}
    inside = [cell for cell in draft.head[reading.start : reading.end] if _HEADS_ROWS.fullmatch(cell.text)]
    if form is Form.GRID:  # beside the headings of the columns stands what all rows are about
        inside += [cell for cell in draft.head if _NAMES_ROWS.match(cell.text)]
    below = list(draft.head[reading.end :])
    while len(below) > 1 and is_columnar(below[0].text) and not heading_of(below[0].text).measures:
        below.pop(0)  # the heading of a column that is empty in every row
    below = [cell for at, cell in enumerate(below) if at == len(below) - 1 or not is_head_of_marks(cell.text)]
    left = [*inside, *below]
    habits = habits_of(draft, left)
    tally, counts = words_of(draft), 0
    coded = codes_follow(draft, len(columns))
    numbered = has_numbers_behind_names(draft, len(columns), form)
    code: RawCell | None = None
    for place, group in enumerate(draft.groups):
        path.ahead = frozenset(takewhile(lambda name: times[name] < 2, named[place : place + _NEAR]))
        texts = [*left, *([code] if code else []), *group.texts]
        left, code = [], None
        if group.heading_only:
            left = _words_only(texts, path, rows, form, _next_label(draft.groups[place + 1 :]))
            continue
        has_next = place + 1 < len(draft.groups)
        extra: list[RawCell] = []
        placements = list(placed(group, len(columns), form, has_next=has_next, coded=coded, free=free))
        if numbered:
            extra = [cell for row in placements for cell in row.extra]
            placements = [replace(row, extra=()) for row in placements]
        for number, row in enumerate(placements):
            code = row.code
            own = texts if number == 0 else []
            before = len(rows)
            counted = _add_row(rows, notes, path, own, row, columns, unit, habits, doubts)
            counts += len(rows) == before and counted.not_euros > 0
            tally = _sum(tally, counted)
        tally = _sum(tally, _dropped(group, placements, extra, notes))
    rows, counted, doubted = _without_doubted(rows, doubts, columns, unit, notes)
    tally, counts = _sum(tally, counted), counts + doubted
    rows = signed(rows, columns, marks=marks_are_signs(draft, title, in_grid=form is Form.GRID))
    return with_totals_of_all(with_stands_of_budget(rows)), notes, tally, counts


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(one.words + other.words, one.not_euros + other.not_euros, one.set_aside + other.set_aside)


def _dropped(group: Group, placements: Sequence[Placed], extra: Sequence[RawCell], notes: Notes) -> Tally:
    """The numbers of a group that no row took: lone dashes behind a row are marks, anything else is not understood."""
    taken = {id(n) for row in placements for n in row.places if n is not None}
    cells = {id(cell) for row in placements for cell in (*row.extra, *([row.code] if row.code else []))}
    cells |= {id(cell) for cell in extra}
    left = [n for n in group.numbers if id(n) not in taken and id(n.cell) not in cells]
    words = sum(count_tokens(n.text) for n in group.numbers if id(n.cell) in cells and id(n) not in taken)
    tokens = sum(count_tokens(n.text) for n in left)
    if all(n.is_dash for n in left):
        return Tally(words, tokens)
    notes.append(("number_not_placed", f"{left[0].text!r} belongs to no column", left[0].cell.locator))
    return Tally(words, 0, tokens)


def _coded_text(group: Group) -> str:
    texts = [one_line(cell.text) for cell in group.texts[-2:]]
    return " ".join(texts) if len(texts) == 2 and is_code(texts[0]) else texts[-1]


def _next_label(groups: Sequence[Group]) -> str:
    """The label of the row that follows, if it has numbers."""
    return one_line(groups[0].texts[-1].text) if groups and groups[0].numbers and groups[0].texts else ""


def _words_only(texts: list[RawCell], path: Path, rows: list[Row], form: Form, following: str) -> list[RawCell]:
    """Take in a row without numbers: a heading, the rest of a label, or the beginning of the next one."""
    words = [cell for cell in texts if not is_noise(cell.text)]
    if not words or (len(texts) > 1 and plain(texts[0].text) == "-"):
        return []  # nothing, or an item of a list whose amounts are all empty
    text = " ".join(one_line(cell.text) for cell in words)
    if text.startswith("- ") and (following.startswith("- ") or (rows and rows[-1].label.startswith("- "))):
        return []
    if rows and starts_low(text) and len(words) == 1 and form is not Form.GRID:
        rows[-1] = replace(rows[-1], label=f"{rows[-1].label} {text}")
        return []
    path.heading(text, words[0].indent, group=is_measure_word(following))
    return []


def _add_row(
    rows: list[Row],
    notes: Notes,
    path: Path,
    texts: Sequence[RawCell],
    row: Placed,
    columns: tuple[Column, ...],
    unit: int | None,
    habits: Habits,
    doubts: Doubts,
) -> Tally:
    """Add a row with its label and path; what of its numbers becomes no line is returned, save of a doubted row."""
    label, where = _labelled(rows, path, texts, row, habits)
    numbers = [n for n in row.places if n is not None]
    first = numbers[0].cell.locator if numbers else ""
    if row.unfit:
        message = f"the row {label!r} has {len(numbers)} amounts for {len(columns)} columns"
        notes.append((row.unfit, message, first))
        return Tally(set_aside=_tokens(numbers))
    cells = _cells(row.places, columns)
    doubted = shows_no_euros(label)
    if doubted and (states_no_euros(label) or not any(cells)):
        return Tally(not_euros=_tokens(numbers))
    if any(unit_in(text) not in (None, unit) for text in (label, *where)):
        notes.append(("other_unit", f"the row {label!r} states another unit than the table", first))
        return Tally(set_aside=_tokens(numbers))
    if any(cells):
        options = tuple(_cells(option, columns) for option in row.options)
        rows.append(_row(len(rows) + 1, label, where, cells, options))
    if doubted:
        doubts[len(rows)] = row
        return Tally()
    return _not_kept(row, columns, label, notes)


def _without_doubted(
    rows: list[Row], doubts: Doubts, columns: tuple[Column, ...], unit: int | None, notes: Notes
) -> tuple[list[Row], Tally, int]:
    """The rows without those that may show no euros, what becomes of the numbers of these, and how many they are."""
    sure = amounts_for_sure(rows, doubts.keys(), unit)
    kept: list[Row] = []
    tally = Tally()
    for row in rows:
        placed_row = doubts.get(row.number)
        if placed_row is None or row.number in sure:
            kept.append(replace(row, number=len(kept) + 1))
            tally = tally if placed_row is None else _sum(tally, _not_kept(placed_row, columns, row.label, notes))
            continue
        numbers = [n for n in placed_row.places if n is not None]
        tally = _sum(tally, Tally(not_euros=_tokens(numbers)))
        message = f"the row {row.label!r} is left out: by its words it may show no euros, and no sum shows that it does"
        notes.append(("doubted_row", message, numbers[0].cell.locator))
    return kept, tally, len(rows) - len(kept)


def _goes_on(text: str) -> bool:
    """Whether a text before a label is the rest of the label above."""
    return starts_low(one_line(text)) and not text[:1].isdigit() and not is_row_number(text)


def _labelled(
    rows: list[Row], path: Path, texts: Sequence[RawCell], row: Placed, habits: Habits
) -> tuple[str, tuple[str, ...]]:
    """The label and the path of a row; the rest of the label above, where the texts begin with it, goes there."""
    cleaned = [_clean(cell) for cell in texts if not is_noise(cell.text)]
    words = [cell for cell in cleaned if cell.text]
    if len(words) > 1 and rows and _NOTE.fullmatch(words[0].text) and not is_row_number(words[0].text):
        words = words[1:]  # a remark below the row before
    if len(words) > 1 and rows and not habits.low and _goes_on(words[0].text):
        rows[-1] = replace(rows[-1], label=f"{rows[-1].label} {one_line(words[0].text)}")
        words = words[1:]
    if len(words) > 1 and _REFERENCE.fullmatch(words[-1].text):
        words = words[:-1]
    if len(words) > 1 and is_mark_of_row(words[-1].text, habits.letters):
        words = words[:-1]  # incidenteel or structureel: said of the row, not its name
    if habits.attribute and len(words) > 1:
        words = words[:-1]
    headings, label, _ = label_and_headings([cell.text for cell in words], low=habits.low)
    headings, label = with_total(headings, label)
    label = " ".join([label, *(cell.text for cell in row.extra)])
    indents = {one_line(cell.text): cell.indent for cell in words}
    for heading in headings:
        path.heading(heading, indents.get(heading, 0), group=is_measure_word(label) and heading == headings[-1])
    if habits.marked and _MARKED.search(label):
        label = label[:-2]
    return label, path.row(label)


def _not_kept(row: Placed, columns: tuple[Column, ...], label: str, notes: Notes) -> Tally:
    """The numbers of a row that are no amounts in euros, and those that can't be read."""
    not_euros = set_aside = 0
    for number, column in zip(row.places, columns, strict=True):
        if number is None or _cell(number, column) is not None:
            continue
        tokens = count_tokens(number.text)
        unclear = number.amount is None or number.amount.token is Token.UNCLEAR or number.cell.row_span > 1
        if column.role is ColumnRole.NOT_EUROS or not (unclear or column.role is ColumnRole.UNKNOWN):
            not_euros += tokens
            continue
        set_aside += tokens
        if unclear:
            why = "covers several rows" if number.cell.row_span > 1 else "is in no Dutch notation of amounts"
            message = f"{number.text!r} in the row {label!r} {why}"
            notes.append(("unclear_amount", message, number.cell.locator))
    return Tally(0, not_euros, set_aside)


def _tokens(numbers: Iterable[Number]) -> int:
    return sum(count_tokens(number.text) for number in numbers)


def _clean(cell: RawCell) -> RawCell:
    """The cell without the mark of a footnote."""
    text = without_footnote(cell.text)
    return cell._replace(text=text) if text != cell.text else cell


def _cells(places: Sequence[Number | None], columns: tuple[Column, ...]) -> Cells:
    return tuple(_cell(number, column) for number, column in zip(places, columns, strict=True))


def _cell(number: Number | None, column: Column) -> AmountCell | None:
    if number is None or number.amount is None or column.role is not ColumnRole.AMOUNT or number.cell.row_span > 1:
        return None
    return number.as_cell if number.amount.is_number else None


def _row(number: int, label: str, path: tuple[str, ...], cells: Cells, options: tuple[Cells, ...]) -> Row:
    meaning = meaning_of(label)
    return Row(
        number,
        label,
        path,
        cells,
        meaning.line_type,
        meaning.measure,
        meaning.is_total,
        meaning.stand,
        meaning.movement,
        meaning.duration or (None if meaning.is_total else duration_above(path)),
        balance_date(meaning.balance_day, None),
        code_of(label),
        options,
    )
