"""From the tables of a document to their readings: headings over columns, labels before amounts, a unit for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.notation import Token, count_tokens, is_code, plain
from schemas.records import (
    AmountCell,
    BudgetTable,
    Cells,
    Column,
    ColumnRole,
    DocumentReadings,
    Form,
    RawCell,
    RawDocument,
    RawTable,
    RawText,
    Row,
    Source,
    TableReadings,
    Tally,
)
from transformers import grids, stream
from transformers.columns import HeadingReading, solve
from transformers.drafts import Draft, Group, Number
from transformers.headings import Heading, heading_of, merged, phrases
from transformers.labels import Path, code_of, is_noise, label_and_headings, one_line, starts_low, without_footnote
from transformers.placing import Placed, fitness, likely_counts, placed
from transformers.stages import Context, column_of
from transformers.units import is_unit_only, unit_in, without_unit
from transformers.words import balance_date, is_measure_word, meaning_of

NOT_EURO_TABLE = re.compile(r"\bindicator(?:en)?\b|\bkengetal(?:len)?\b|\beenheid\b|\bstreefwaarde\b", re.I)
_NOT_EURO_ROW = re.compile(
    r"per (?:1\.?000 )?inwoner|\bfte'?s?\b|%|\bprocent|\bpercentage|aantal\b|per huishouden|dekkingsgraad|\bratio\b|\bformatie\b", re.I
)
_CHANGES = re.compile(r"\bafwijking|\bverschillen\b|\bverschil tussen\b|verklaring van de verschil", re.I)
_BUDGET_CHANGES = re.compile(r"begrotingswijziging", re.I)
_NOTE = re.compile(r"\([^()]*\)")
_GOOD_COST = 0.7
_KEEPS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft with its surroundings: its place in the document, and the titles and units around it."""

    draft: Draft
    table: RawTable
    raw_index: int
    order: int
    outside: tuple[str, ...]  # what stands above the table and may be its title, the nearest last
    unit: int | None
    unit_conflict: bool
    after_prose: bool


def read(document: RawDocument, source: Source) -> DocumentReadings:
    """All tables of a document, each with the readings that stay possible, in the order of the page."""
    context = Context(source.document_type, source.document_year)
    pieces = list(_pieces(document, source))
    labels = _labels_with_amounts(piece.draft for piece in pieces)
    readings: list[TableReadings] = []
    previous: HeadingReading | None = None
    for piece in pieces:
        found, previous = _read_piece(piece, context, labels, previous)
        readings.append(found)
    return DocumentReadings(tuple(readings), _outside(document, {piece.raw_index for piece in pieces}))


def _outside(document: RawDocument, read_tables: set[int]) -> int:
    """The tokens of the texts, and of regions in which no table was seen."""
    total = 0
    raw_index = -1
    for block in document.blocks:
        if isinstance(block, RawText):
            total += count_tokens(block.text)
            continue
        raw_index += 1
        if raw_index not in read_tables:
            total += sum(count_tokens(cell.text) for cell in _once(c for row in block.rows for c in row))
    return total


# ------------------------------------------------------------------------------------------------ pieces of a document


def _pieces(document: RawDocument, source: Source) -> Iterator[Piece]:
    """Each draft of the document with its title and its unit."""
    found: list[tuple[int, int, RawTable, Draft]] = []
    titles: list[tuple[int, str, bool]] = []
    markers: list[tuple[int, int]] = []
    order = 0
    raw_index = -1
    for block in document.blocks:
        order += 1
        if isinstance(block, RawText):
            _note_text(block, order, titles, markers)
            continue
        raw_index += 1
        drafts = stream.drafts([c for row in block.rows for c in row]) if block.form is Form.STREAM else grids.drafts(block)
        if not drafts:
            for row in block.rows:
                for cell in row:
                    _note_cell(cell, order, markers)
        for draft in drafts:
            order += 1
            found.append((order, raw_index, block, draft))
    units = [_unit_inside(draft) for _, _, _, draft in found]
    first_marker = min([place for place, _ in markers], default=0)
    for number, (at, raw, block, draft) in enumerate(found):
        inside = units[number]
        before = _nearest_before(at, markers, found, units, number)
        after = _next_after(at, markers, found[number + 1][0] if number + 1 < len(found) else order + 1)
        if after is None and number + 1 < len(found) and len(units[number + 1]) == 1 and found[number + 1][1] == raw:
            after = (found[number + 1][0], next(iter(units[number + 1])))
        unit = next(iter(inside)) if len(inside) == 1 else None
        if not inside:
            unit = _chosen(before, after, source.unit, after_first=found[0][0] < first_marker)
        outside = tuple(_titles_before(titles, at))
        since = found[number - 1][0] if number else at
        prose_only = number > 0 and not any(since < place < at for place, _, _ in titles)
        yield Piece(draft, block, raw, at, outside, unit, len(inside) > 1, prose_only)


def _titles_before(titles: Sequence[tuple[int, str, bool]], at: int) -> list[str]:
    """What may be the title of a table, the nearest last: headings in the markup before other texts."""
    near = [(text, heading) for place, text, heading in titles if place < at][-12:]
    headings = [text for text, heading in near if heading]
    return headings or [text for text, _ in near][-6:]


def _note_text(text: RawText, order: int, titles: list[tuple[int, str, bool]], markers: list[tuple[int, int]]) -> None:
    unit = unit_in(text.text)
    if unit is not None:
        markers.append((order, unit))
    if not is_noise(text.text) and (text.is_heading or _may_be_title(text.text)):
        titles.append((order, one_line(text.text), text.is_heading))


def _note_cell(cell: RawCell, order: int, markers: list[tuple[int, int]]) -> None:
    unit = unit_in(cell.text)
    if unit is not None:
        markers.append((order, unit))


def _may_be_title(text: str) -> bool:
    flat = text.strip()
    return 3 <= len(flat) <= 120 and not re.search(r"[.;!?]$", flat) and flat[0] not in "•·-*" and any(c.isalpha() for c in flat)


def _unit_inside(draft: Draft) -> set[int]:
    """The units stated in a table's own cells, but not in its labels of amounts."""
    texts = [cell.text for cell in (*draft.head, *draft.spare)]
    texts += [c.text for group in draft.groups for c in (*group.texts, *group.attributes) if is_unit_only(c.text)]
    return {unit for text in texts if (unit := unit_in(text)) is not None}


def _nearest_before(
    at: int,
    markers: Sequence[tuple[int, int]],
    found: Sequence[tuple[int, int, RawTable, Draft]],
    units: Sequence[set[int]],
    number: int,
) -> tuple[int, int] | None:
    """The place and value of the nearest unit before a table, stated outside or inside another table."""
    stated = [(place, unit) for place, unit in markers if place < at]
    stated += [(found[n][0], next(iter(units[n]))) for n in range(number) if len(units[n]) == 1]
    return max(stated, default=None)


def _next_after(at: int, markers: Sequence[tuple[int, int]], until: int) -> tuple[int, int] | None:
    return min(((place, unit) for place, unit in markers if at < place < until), default=None)


def _chosen(
    before: tuple[int, int] | None, after: tuple[int, int] | None, told: int | None, *, after_first: bool
) -> int | None:
    """The unit of a table that states none itself: the nearest before, else after, else what the steward told.

    Where the page's first table has its unit behind it (`after_first`), so have the others.
    """
    nearest = [after, before] if after_first else [before, after]
    return next((unit for unit in nearest if unit is not None), (0, told))[1]


def _title(piece: Piece, start: int) -> str:
    """The nearest text above the headings of the columns that can be a title; `start` is where these begin."""
    head = [cell.text for cell in piece.draft.head]
    if piece.table.form is Form.ROWS:
        start = next((at for at, text in enumerate(head) if sum(p.is_pure for p in phrases(text)) > 1), len(head))
        lead = phrases(_without_inline_unit(head[start])) if start < len(head) else []
        if len(lead) > 2 and not lead[0].says_something and lead[0].unknown:
            return lead[0].text
    for text in reversed(head[:start]):
        clean = without_unit(text)
        if clean and not is_noise(text) and _may_be_title(clean) and not _is_label_head(clean):
            return clean
    return next((clean for text in reversed(piece.outside) if (clean := without_unit(text))), "")


def _is_label_head(text: str) -> bool:
    heading = heading_of(text)
    return heading.tags == {"label_head"} and heading.unknown <= (len(text.split()) >= 3)


def _labels_with_amounts(drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset(
        plain(one_line(group.texts[-1].text)).lower()
        for draft in drafts
        for group in draft.groups
        if group.numbers and group.texts
    )


# ------------------------------------------------------------------------------------------------------ one table


def _read_piece(
    piece: Piece, context: Context, labels: frozenset[str], previous: HeadingReading | None
) -> tuple[TableReadings, HeadingReading | None]:
    draft, form = piece.draft, _form(piece)
    cells = list(draft.cells())
    place = min(cells, key=lambda cell: cell.line).locator if cells else ""
    tokens = sum(count_tokens(cell.text) for cell in _once(cells))
    title = _title(piece, len(draft.head))

    def none(reason: str, message: str) -> tuple[TableReadings, HeadingReading | None]:
        return (
            TableReadings((), tokens, place, title, reason, message, piece.table.page,
                          piece.table.duplicate_of, piece.raw_index),
            None,
        )  # fmt: skip

    if piece.table.hidden_copy:
        return none("hidden_copy", "the same table stands elsewhere on the page, for another size of screen")
    if not any(group.numbers for group in draft.groups):
        return none("no_amounts", "no amounts stand in it")
    if _is_not_euros(draft, title):
        return none("not_euros", "its headings say that it shows indicators, not amounts in euros")
    candidates = _heading_readings(draft, form, context, previous if piece.after_prose else None)
    if not candidates:
        return none("no_headings", "no headings were found that fit its columns")
    if _all_not_euros(draft):
        return none("not_euros", "it shows percentages or numbers of people, not euros")
    if piece.unit_conflict:
        return none("unit_conflict", "it states more than one unit")
    tables = [_table(piece, form, context, reading, labels) for reading in candidates[:_KEEPS]]
    if piece.unit is None:
        return none("no_unit", "no unit of euros stands on the page, and the sources file gives none")
    kept = _distinct(tables)
    if not any(table.rows for table in kept):
        return none("no_amounts", "no row of amounts could be made of its numbers")
    found = TableReadings(tuple(kept), tokens, place, kept[0].title, "", "", piece.table.page,
                          piece.table.duplicate_of, piece.raw_index)  # fmt: skip
    return found, candidates[0]


def _form(piece: Piece) -> Form:
    return piece.table.form


def _once(cells: Iterable[RawCell]) -> list[RawCell]:
    return list({id(cell): cell for cell in cells}.values())


def _is_not_euros(draft: Draft, title: str) -> bool:
    heads = [cell.text for cell in draft.head]
    return any(NOT_EURO_TABLE.search(text) for text in heads if len(text) < 60) or bool(
        re.search(r"\bindicatoren\b|\bkengetallen\b", title, re.I) and not any(unit_in(text) for text in heads)
    )


def _all_not_euros(draft: Draft) -> bool:
    numbers = [n.amount for group in draft.groups for n in group.numbers if n.amount]
    real = [a for a in numbers if a.token is not Token.DASH]
    return bool(real) and all(a.token in (Token.PERCENT, Token.NOT_GIVEN) for a in real)


def _distinct(tables: Sequence[BudgetTable]) -> list[BudgetTable]:
    """The readings that differ in more than the words of a heading."""
    out: list[BudgetTable] = []
    seen: set[object] = set()
    for table in tables:
        key = (tuple(replace(column, label="") for column in table.columns), table.rows)
        if key not in seen:
            seen.add(key)
            out.append(table)
    return out


# ------------------------------------------------------------------------------------------------------- headings


def _heading_readings(
    draft: Draft, form: Form, context: Context, previous: HeadingReading | None
) -> list[HeadingReading]:
    """The readings of the headings, for the number of columns that the rows and the headings agree on best."""
    aligned = _aligned(draft, context) if draft.aligned else None
    if aligned is not None and (draft.exact or aligned.cost < _GOOD_COST):
        return [aligned]
    counts = [len(draft.aligned)] if draft.aligned and form is Form.GRID else likely_counts(draft, form)
    found: list[tuple[float, HeadingReading]] = []
    for count in counts:
        misfit = 0.0 if draft.aligned else 8.0 * (1 - fitness(draft, count, form))
        for solved in _solved(draft, form, count, context):
            reading = replace(solved, cost=solved.cost + _content_cost(draft, solved.columns))
            if count == 1 and not (reading.columns[0].years or reading.columns[0].has_stage):
                continue  # one word such as Lasten is a section's heading, or a label
            found.append((reading.cost + misfit, replace(reading, cost=reading.cost + misfit)))
    if aligned is not None:
        found.append((aligned.cost, aligned))
    found.sort(key=lambda item: item[0])
    if found and found[0][0] < 6:
        best = len(found[0][1].columns)
        return [reading for cost, reading in found if len(reading.columns) == best and cost < found[0][0] + 1.0]
    if previous is not None and previous.columns and fitness(draft, len(previous.columns), form) > 0.99:
        return [replace(previous, start=0, end=0)]
    if counts and counts[0] == 1 and fitness(draft, 1, form) > 0.9:
        return [HeadingReading(0.5, (Heading(""),), 0, 0)]
    return []


def _content_cost(draft: Draft, columns: Sequence[Heading]) -> float:
    """What is strange in the numbers below the headings: thousands under one that heads no euros."""
    cost = 0.0
    for at, heading in enumerate(columns):
        if "not_euros" in heading.tags:
            below = [group.numbers[at] for group in draft.groups if len(group.numbers) == len(columns)]
            cost += 2.0 * any(n.amount and "." in n.text and not n.may_be_code for n in below)
    return cost


def _aligned(draft: Draft, context: Context) -> HeadingReading | None:
    """The headings of a grid as its markup shows them, where they leave no column without one."""
    columns: list[Heading] = []
    for texts in draft.aligned:
        column: Heading | None = Heading("")
        for text in texts:
            lower = _column_heading(text)
            column = merged(column, lower) if column is not None and column.text else lower
            if column is None:
                return None
        columns.append(column if column is not None else Heading(""))
    first = next((at for at, cell in enumerate(draft.head) if stream.is_columnar(cell.text)), len(draft.head))
    if len(columns) == 1 and not columns[0].says_something:
        return HeadingReading(0.0, tuple(columns), first, len(draft.head))
    if sum(column.says_something for column in columns) * 2 <= len(columns):
        return None
    empty = sum(not column.text for column in columns)
    if empty or any(len(texts) == 0 for texts in draft.aligned):
        return None
    solved = solve(columns, len(columns), context)
    cost = solved[0].cost if solved else 0.0
    return HeadingReading(cost, tuple(columns), first, len(draft.head))


def _column_heading(text: str) -> Heading:
    clean = without_unit(text) if unit_in(text) else text
    return heading_of(clean)


def _solved(draft: Draft, form: Form, count: int, context: Context) -> Iterator[HeadingReading]:
    """The readings of a table's head as `count` columns; their ends count the cells of the head."""
    if form is Form.ROWS:
        yield from _solved_lines(draft, count, context)
        return
    kept = [(at, _column_heading(cell.text)) for at, cell in enumerate(draft.head) if _may_head(cell.text)]
    breaks = frozenset(
        n for n, (at, _) in enumerate(kept) if n and any(kept[n - 1][0] < place <= at for place in draft.breaks)
    )
    label_last = form is Form.STREAM and kept and kept[-1][0] == len(draft.head) - 1
    tried = kept[:-1] if label_last and len(kept) > 1 else kept
    for reading in solve([heading for _, heading in tried], count, context, breaks):
        start, end = tried[reading.start][0], tried[reading.end - 1][0] + 1
        yield replace(reading, start=start, end=end)


def _may_head(text: str) -> bool:
    heading = heading_of(text)
    if is_noise(text) or "mark" in heading.tags:
        return False
    return not (heading.tags == {"label_head"} and not heading.unknown and not heading.says_something)


def _solved_lines(draft: Draft, count: int, context: Context) -> Iterator[HeadingReading]:
    """As above, where each cell of the head is a line with the headings of several columns."""
    lines = [cell for cell in draft.head if not is_unit_only(cell.text)]
    whole = len(draft.head)
    by_line: list[Heading] = []
    breaks: set[int] = set()
    for line in lines:
        parts = [part for part in phrases(_without_inline_unit(line.text)) if part.says_something or part.unknown]
        if by_line and parts:
            breaks.add(len(by_line))
        by_line += [part for part in parts if part.says_something]
    for reading in solve(by_line, count, context, frozenset(breaks)):
        yield replace(reading, start=0, end=whole)
    heads = [line for line in lines if sum(p.says_something for p in phrases(line.text))]
    together = [p for p in phrases(" ".join(_without_inline_unit(line.text) for line in heads)) if p.says_something]
    if together != by_line:
        for reading in solve(together, count, context):
            yield replace(reading, start=0, end=whole, cost=reading.cost + 0.1)


def _without_inline_unit(text: str) -> str:
    return without_unit(text) if unit_in(text) is not None else text


# ------------------------------------------------------------------------------------------------- columns and rows


def _table(
    piece: Piece, form: Form, context: Context, reading: HeadingReading, labels: frozenset[str]
) -> BudgetTable:
    title = _title(piece, reading.start if reading.end else len(piece.draft.head))
    changes = bool(_CHANGES.search(title)) or (
        bool(_BUDGET_CHANGES.search(title)) and context.last_closed_year == context.document_year
    )
    columns = _columns(reading, context, piece, changes=changes)
    rows, notes, tally = _rows(piece.draft, form, reading, columns, labels)
    place = min(piece.draft.cells(), key=lambda cell: cell.line).locator
    return BudgetTable(
        title, piece.unit, columns, tuple(rows), place, reading.cost, piece.table.page, changes, tally, tuple(notes)
    )


def _columns(reading: HeadingReading, context: Context, piece: Piece, *, changes: bool) -> tuple[Column, ...]:
    headings = _with_differences(_under(reading.above, reading.columns))
    years = {heading.year for heading in headings if heading.year and "credit" not in heading.tags}
    fallback = context.document_year
    if reading.above is not None and reading.above.year:
        fallback = reading.above.year
    elif len(years) == 1:
        fallback = next(iter(years))
    columns = [column_of(heading, fallback, context, changes=changes) for heading in headings]
    dated = any(heading.years or heading.has_stage for heading in headings)
    out = []
    for at, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if column.role is ColumnRole.AMOUNT and _holds_no_euros(piece.draft, at, len(columns)):
            column = replace(column, role=ColumnRole.NOT_EUROS)
        elif dated and not heading.says_something:
            column = replace(column, role=ColumnRole.UNKNOWN)
        out.append(column)
    return tuple(out)


def _under(above: Heading | None, headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings with the measure of the one that spans them all, where none names a measure itself."""
    if above is None or not above.measure or any(heading.measures for heading in headings):
        return headings
    return [replace(heading, measures=above.measures) for heading in headings]


def _with_differences(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings, with those marked as differences that can be nothing else between columns of two stages.

    `Saldo 2020` or `Resultaat` beside a budget and an account, without lasten and baten of its own, is what the one
    differs from the other.
    """
    stages = {"realised", "budget", "amended"}
    staged = {tag for heading in headings for tag in heading.tags & stages}
    if len(staged) < 2:
        return tuple(headings)
    out = []
    for heading in headings:
        bare = not heading.has_stage and (heading.measure == "saldo" or "result" in heading.tags or "total" in heading.tags)
        if bare and not heading.tags & {"movement", "added", "taken", "balance"}:
            heading = replace(heading, tags=heading.tags | {"difference"})
        out.append(heading)
    return tuple(out)


def _holds_no_euros(draft: Draft, column: int, count: int) -> bool:
    """Whether a column shows percentages only."""
    seen = percent = 0
    for group in draft.groups:
        number: Number | None = None
        if group.columns is not None:
            number = next((n for n, c in zip(group.numbers, group.columns, strict=False) if c == column), None)
        elif len(group.numbers) == count:
            number = group.numbers[column]
        if number and number.amount and number.amount.token is not Token.DASH:
            seen += 1
            percent += number.amount.token is Token.PERCENT
    return seen > 0 and percent == seen


Notes = list[tuple[str, str, str]]


def _rows(
    draft: Draft, form: Form, reading: HeadingReading, columns: tuple[Column, ...], labels: frozenset[str]
) -> tuple[list[Row], Notes, Tally]:
    """The rows of amounts with their labels and paths, a note for each row that fits no columns, and what became of
    the numbers that are in no row."""
    free = [n for n, column in enumerate(columns) if column.role is ColumnRole.AMOUNT]
    codes = frozenset(
        code for group in draft.groups if group.numbers and group.texts and (code := code_of(_coded_text(group)))
    )
    path = Path(labels, codes)
    rows: list[Row] = []
    notes: Notes = []
    left = draft.head[reading.end :]
    attribute = _has_attribute(draft, left)
    tally = _words_tally(draft)
    code: RawCell | None = None
    for place, group in enumerate(draft.groups):
        texts = [*left, *([code] if code else []), *group.texts]
        left, code = [], None
        if group.heading_only:
            left = _words_only(texts, path, rows, form)
            continue
        has_next = place + 1 < len(draft.groups)
        placements = list(placed(group, len(columns), form, has_next=has_next, free=free))
        for number, row in enumerate(placements):
            code = row.code
            own = texts if number == 0 else []
            counted = _add_row(rows, notes, path, own, row, columns, attribute=attribute)
            tally = _sum(tally, counted)
        tally = _sum(tally, _dropped(group, placements, notes))
    return rows, notes, tally


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(one.words + other.words, one.not_euros + other.not_euros, one.set_aside + other.set_aside)


def _words_tally(draft: Draft) -> Tally:
    """The tokens in the cells that are no numbers of rows."""
    cells = [*draft.head, *draft.spare]
    for group in draft.groups:
        cells += [*group.texts, *group.attributes]
    return Tally(words=sum(count_tokens(cell.text) for cell in _once(cells)))


def _dropped(group: Group, placements: Sequence[Placed], notes: Notes) -> Tally:
    """The numbers of a group that no row took: lone dashes behind a row are marks, anything else is not understood."""
    taken = {id(n) for row in placements for n in row.places if n is not None}
    cells = {id(cell) for row in placements for cell in (*row.extra, *([row.code] if row.code else []))}
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


def _words_only(texts: list[RawCell], path: Path, rows: list[Row], form: Form) -> list[RawCell]:
    """Take in a row without numbers: a heading, the rest of a label, or the beginning of the next one."""
    words = [cell for cell in texts if not is_noise(cell.text)]
    if not words:
        return []
    text = " ".join(one_line(cell.text) for cell in words)
    if rows and starts_low(text) and len(words) == 1 and form is not Form.GRID:
        rows[-1] = replace(rows[-1], label=f"{rows[-1].label} {text}")
        return []
    path.heading(text, words[0].indent)
    return []


def _has_attribute(draft: Draft, first: Sequence[RawCell]) -> bool:
    """Whether a cell after each name only says something of it, such as the kind of a reserve."""
    spoken = [[*(first if n == 0 else ()), *group.texts] for n, group in enumerate(draft.groups) if group.numbers]
    pairs = [[one_line(cell.text) for cell in texts if not is_noise(cell.text)][-2:] for texts in spoken]
    full = [pair for pair in pairs if len(pair) == 2 and not is_measure_word(pair[1]) and not code_of(pair[0] + " ")]
    named = [pair for pair in pairs if pair]
    heads = " ".join(one_line(cell.text).lower() for cell in draft.head)
    kinds = re.search(r"\b(?:soort|type|categorie|aard|portefeuille|i/s)\b", heads) is not None
    if not full or len(full) < len(named):
        return False
    second = {pair[1] for pair in full}
    first = {pair[0] for pair in full}
    return kinds or (len(full) >= 3 and len(second) * 2 <= len(full) and len(first) == len(full))


def _add_row(
    rows: list[Row],
    notes: Notes,
    path: Path,
    texts: Sequence[RawCell],
    row: Placed,
    columns: tuple[Column, ...],
    *,
    attribute: bool,
) -> Tally:
    """Add a row with its label and path; what of its numbers becomes no line is returned."""
    label, where = _labelled(rows, path, texts, row, attribute=attribute)
    numbers = [n for n in row.places if n is not None]
    first = numbers[0].cell.locator if numbers else ""
    if row.unfit:
        message = f"the row {label!r} has {len(numbers)} amounts for {len(columns)} columns"
        notes.append((row.unfit, message, first))
        return Tally(set_aside=_tokens(numbers))
    if _NOT_EURO_ROW.search(label) and not unit_in(label):
        return Tally(not_euros=_tokens(numbers))
    cells = _cells(row.places, columns)
    if any(cells):
        options = tuple(_cells(option, columns) for option in row.options)
        rows.append(_row(len(rows) + 1, label, where, cells, options))
    return _not_kept(row, columns, label, notes)


def _labelled(
    rows: list[Row], path: Path, texts: Sequence[RawCell], row: Placed, *, attribute: bool
) -> tuple[str, tuple[str, ...]]:
    """The label and the path of a row; the rest of the label above, where the texts begin with it, goes there."""
    words = [_clean(cell) for cell in texts if not is_noise(cell.text)]
    if len(words) > 1 and rows and _NOTE.fullmatch(words[0].text):
        words = words[1:]  # a remark below the row before
    if len(words) > 1 and rows and starts_low(one_line(words[0].text)) and not words[0].text[:1].isdigit():
        rows[-1] = replace(rows[-1], label=f"{rows[-1].label} {one_line(words[0].text)}")
        words = words[1:]
    if attribute and len(words) > 1:
        words = words[:-1]
    headings, label, _ = label_and_headings([cell.text for cell in words])
    label = " ".join([label, *(cell.text for cell in row.extra)])
    indents = {one_line(cell.text): cell.indent for cell in words}
    for heading in headings:
        path.heading(heading, indents.get(heading, 0), group=is_measure_word(label) and heading == headings[-1])
    return label, path.row(label)


def _not_kept(row: Placed, columns: tuple[Column, ...], label: str, notes: Notes) -> Tally:
    """The numbers of a row that are no amounts in euros, and those that can't be read."""
    not_euros = set_aside = 0
    for number, column in zip(row.places, columns, strict=True):
        if number is None or _cell(number, column) is not None:
            continue
        tokens = count_tokens(number.text)
        unclear = number.amount is not None and number.amount.token is Token.UNCLEAR
        if column.role is ColumnRole.NOT_EUROS or not (unclear or column.role is ColumnRole.UNKNOWN):
            not_euros += tokens
            continue
        set_aside += tokens
        if unclear:
            message = f"{number.text!r} in the row {label!r} is in no Dutch notation of amounts"
            notes.append(("unclear_amount", message, number.cell.locator))
    return Tally(0, not_euros, set_aside)


def _tokens(numbers: Iterable[Number]) -> int:
    return sum(count_tokens(number.text) for number in numbers)


def _clean(cell: RawCell) -> RawCell:
    """The cell without the mark of a footnote."""
    text = without_footnote(cell.text)
    return replace(cell, text=text) if text != cell.text else cell


def _cells(places: Sequence[Number | None], columns: tuple[Column, ...]) -> Cells:
    return tuple(_cell(number, column) for number, column in zip(places, columns, strict=True))


def _cell(number: Number | None, column: Column) -> AmountCell | None:
    if number is None or number.amount is None or column.role is not ColumnRole.AMOUNT:
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
        meaning.duration,
        balance_date(meaning.balance_day, None),
        code_of(label),
        options,
    )
