"""From the tables of a document to their readings: headings over columns, labels before amounts, a unit for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from schemas.notation import Token, count_tokens, parse_year, plain
from schemas.records import (
    BudgetTable,
    ColumnRole,
    DocumentReadings,
    RawDocument,
    RawText,
    Source,
    Stage,
    TableReadings,
)
from transformers import stream
from transformers.columns import HeadingReading, undated
from transformers.drafts import Draft, once
from transformers.explained import DIFFERENCES
from transformers.headings import heading_of
from transformers.heads import heading_readings
from transformers.labels import one_line, with_total
from transformers.not_euros import heads_no_euros
from transformers.own_signs import has_loose_signs
from transformers.rows import rows_of
from transformers.stages import Context, stage_of
from transformers.stages_in_rows import shows_stages_in_rows
from transformers.stated import CHANGES_OF_PAPER
from transformers.surroundings import Piece, pieces, programme_above, title_of
from transformers.together import columns_of

_BUDGET_CHANGES = re.compile(r"begrotingswijziging", re.I)
_SECTION_YEAR = re.compile(r"(?:(?:jaarschijf|jaar|begrotingsjaar|begroting|raming)\s+)?((?:19|20)\d\d):?", re.I)
_INNER = re.compile(r"\S+\s+-?\d{1,3}(?:\.\d{3})+\s+\S")
_INNER_PAIR = re.compile(r"\S+(?:\s+-?\d{1,3}(?:\.\d{3})+){2}\s+\S")
_AMBIGUOUS = "ambiguous_headings"
_KEEPS = 3
_LARGEST = Decimal(10) ** 13  # ten times what all Dutch public bodies spend in a year


def read(document: RawDocument, source: Source) -> DocumentReadings:
    """All tables of a document, each with the readings that stay possible, in the order of the page."""
    context = Context(source.document_type, source.document_year)
    found_pieces = list(pieces(document, source))
    labels = _labels_with_amounts(piece.draft for piece in found_pieces)
    readings: list[TableReadings] = []
    previous: HeadingReading | None = None
    torn = -1  # the region in which years were seen that may be those of the tables that follow
    for piece in found_pieces:
        found, previous = _read_piece(piece, context, labels, previous, torn=piece.raw_index == torn)
        torn = piece.raw_index if found.reason == _AMBIGUOUS else torn
        readings.append(found)
    return DocumentReadings(tuple(readings), _outside(document, {piece.raw_index for piece in found_pieces}))


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
            total += sum(count_tokens(cell.text) for cell in once(c for row in block.rows for c in row))
    return total


def _labels_with_amounts(drafts: Iterable[Draft]) -> frozenset[str]:
    return frozenset(
        plain(
            one_line(" ".join(with_total([cell.text for cell in group.texts[:-1]], group.texts[-1].text)[1:]))
        ).lower()
        for draft in drafts
        for group in draft.groups
        if group.numbers and group.texts
    )


def _read_piece(
    piece: Piece, context: Context, labels: frozenset[str], previous: HeadingReading | None, *, torn: bool
) -> tuple[TableReadings, HeadingReading | None]:
    draft, form = piece.draft, piece.table.form
    cells = list(draft.cells())
    first = min(cells, key=lambda cell: cell.line, default=None)
    place, page = (first.locator, first.page or piece.table.page) if first else ("", piece.table.page)
    tokens = sum(count_tokens(cell.text) for cell in once(cells) if id(cell) not in draft.shared)
    title = title_of(piece, _head_end(draft))

    def none(reason: str, message: str) -> tuple[TableReadings, HeadingReading | None]:
        return (
            TableReadings((), tokens, place, title, reason, message, page,
                          piece.table.duplicate_of, piece.raw_index),
            None,
        )  # fmt: skip

    if piece.table.hidden_copy:
        return none("hidden_copy", "the same table stands elsewhere on the page, for another size of screen")
    if not any(group.numbers for group in draft.groups):
        return none("no_amounts", "no amounts stand in it")
    if heads_no_euros([cell.text for cell in draft.head], title):
        return none("not_euros", "its headings say that it shows indicators, not amounts in euros")
    candidates = heading_readings(draft, form, context, previous if piece.after_prose else None)
    if not candidates:
        return none("no_headings", "no headings were found that fit its columns")
    if not draft.exact and any(undated(candidates[0].columns)):
        return none(_AMBIGUOUS, "years stand behind lasten and baten, and not which of them they head")
    if _has_two_heads(draft, candidates[0]) or (torn and _says_no_period(candidates[0], title)):
        return none(_AMBIGUOUS, "years stand above lasten and baten, and not which of them is that of the table")
    if _all_not_euros(draft):
        return none("not_euros", "it shows percentages or numbers of people, not euros")
    if has_loose_signs(draft):
        return none("unclear_amounts", "a plus or a minus stands in a cell of its own behind each amount")
    if piece.unit_conflict:
        return none("unit_conflict", "it states more than one unit")
    tables = [_table(piece, context, reading, labels) for reading in candidates[:_KEEPS]]
    if piece.unit is None:
        return none("no_unit", "no unit of euros is stated for it on the page, and the sources file gives none")
    kept = _distinct(tables)
    if not any(column.role is ColumnRole.AMOUNT for table in kept for column in table.columns) and any(
        column.role is ColumnRole.UNKNOWN for table in kept for column in table.columns
    ):
        return none("no_headings", "none of its headings says a year and a stage in a way that is known")
    if all(_has_twin_columns(table) for table in kept):
        return none(
            _AMBIGUOUS, "two of its columns have the same heading, year and stage: what parts them was not read"
        )
    if any(_shows_years_in_rows(table) or shows_stages_in_rows(table) for table in kept):
        return none("years_in_rows", "its rows are years or stages: such a table is not read yet")
    if all(_has_no_labels(table) for table in kept):
        return none("no_labels", "its rows of amounts have no labels")
    if any(_shows_counts(table) for table in kept):
        return none("not_euros", "most of its rows show numbers of people or things, not euros")
    if any(_has_amounts_in_labels(table) for table in kept):
        return none("amounts_in_labels", "amounts stand inside its labels: two tables may stand side by side")
    if any(_has_years_in_sections(table) for table in kept):
        return none("years_in_rows", "its sections are years, and its columns name none: such a table is not read yet")
    if any(_has_stages_in_sections(table, context) for table in kept):
        return none("years_in_rows", "its sections are stages that its columns do not name: it is not read yet")
    if any(_too_large(table) for table in kept):
        return none("amount_too_large", f"an amount in it is {_LARGEST:.0e} euros or more: its unit can't be right")
    if not any(table.rows for table in kept) and any(table.notes for table in kept):
        return none("unclear_amounts", f"none of its numbers can be read as amounts: {kept[0].notes[0][1]}")
    if not any(table.rows for table in kept):
        return none("no_amounts", "no row of amounts could be made of its numbers")
    found = TableReadings(tuple(kept), tokens, place, kept[0].title, "", "", page,
                          piece.table.duplicate_of, piece.raw_index)  # fmt: skip
    return found, candidates[0]


def _has_two_heads(draft: Draft, reading: HeadingReading) -> bool:
    """Whether lasten and baten stand side by side below the headings that are read: these may be names of tabs."""
    below = [heading_of(cell.text) for cell in draft.head[reading.end : reading.end + 4]]
    pairs = ({one.measure_text and one.measure, two.measure_text and two.measure} for one, two in pairwise(below))
    bare = len(reading.columns) > 1 and not any(column.measures for column in reading.columns)
    return bare and {"lasten", "baten"} in list(pairs)


def _says_no_period(reading: HeadingReading, title: str) -> bool:
    named = (*reading.columns, *([reading.above] if reading.above else ()), heading_of(title))
    return not any(heading.years or heading.has_stage for heading in named)


def _has_twin_columns(table: BudgetTable) -> bool:
    """Whether nothing tells two columns of amounts apart, of a stage of the budget, whose headings name no one year."""
    told = [c for c in table.columns if c.role is ColumnRole.AMOUNT and c.stage is not Stage.OVERIG]
    undated = [column for column in told if heading_of(column.label).year is None]
    return len(set(undated)) < len(undated)


def _shows_years_in_rows(table: BudgetTable) -> bool:
    """Whether the rows are what columns should be: years, or stages with their years."""
    named = [heading_of(row.label) for row in table.rows if row.label]
    first = [row.cells[0] for row in table.rows if row.cells]
    years = [cell for cell in first if cell is not None and parse_year(cell.amount.printed)]
    dated = sum(heading.is_pure and bool(heading.years) and (heading.is_year or heading.has_stage) for heading in named)
    return len(table.rows) > 1 and (dated * 2 > len(table.rows) or len(years) * 10 > len(table.rows) * 8)


def _has_amounts_in_labels(table: BudgetTable) -> bool:
    """Whether most labels hold an amount of thousands between their words."""
    once = sum(bool(_INNER.search(row.label)) for row in table.rows)
    pairs = sum(bool(_INNER_PAIR.search(row.label)) for row in table.rows)
    return len(table.rows) > 1 and (once * 2 > len(table.rows) or pairs > 1)


def _has_years_in_sections(table: BudgetTable) -> bool:
    """Whether amounts whose column names no year stand under headings of sections that do."""
    bare = [n for n, c in enumerate(table.columns) if c.role is ColumnRole.AMOUNT and not heading_of(c.label).years]
    single = [c.year for c in table.columns if c.role is ColumnRole.AMOUNT]
    for row in table.rows:
        years = {int(found[1]) for part in row.path if (found := _SECTION_YEAR.fullmatch(part.strip()))}
        if years and any(row.cells[n] is not None for n in bare):
            return True
        if years and len(single) == 1 and single[0] not in years:
            return True
    return False


def _has_stages_in_sections(table: BudgetTable, context: Context) -> bool:
    """Whether amounts stand under a heading of a section that says another stage than their column, which says none."""
    for row in table.rows:
        parts = [heading_of(part) for part in row.path]
        said = [part for part in parts if part.is_pure and part.classes and part.classes <= {"realised", "budget"}]
        for cell, column in zip(row.cells, table.columns, strict=True):
            bare = column.stage is not Stage.OVERIG and not heading_of(column.label).has_stage
            if not said or cell is None or not bare or column.year is None:
                continue
            if any(stage_of(one, column.year, context, changes=False) is not column.stage for one in said):
                return True
    return False


def _too_large(table: BudgetTable) -> bool:
    values = (cell.amount.value for row in table.rows for cell in row.cells if cell is not None)
    return any(value is not None and abs(value) * (table.unit or 1) >= _LARGEST for value in values)


def _has_no_labels(table: BudgetTable) -> bool:
    """Whether most of several rows have no label: something else than labels stands before the amounts."""
    return len(table.rows) > 2 and sum(not row.label for row in table.rows) * 2 > len(table.rows)


def _shows_counts(table: BudgetTable) -> bool:
    """Whether most rows were left out because they show no euros."""
    return table.counts > len(table.rows)


def _head_end(draft: Draft) -> int:
    """Where the texts above a table end whose headings are not known: before the first heading, or the first label."""
    first = next((at for at, cell in enumerate(draft.head) if stream.is_columnar(cell.text)), len(draft.head) - 1)
    return max(0, first)


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


def _table(piece: Piece, context: Context, reading: HeadingReading, labels: frozenset[str]) -> BudgetTable:
    title = title_of(piece, reading.start if reading.end else len(piece.draft.head))
    changes = bool(DIFFERENCES.search(title) or CHANGES_OF_PAPER.match(title)) or (
        bool(_BUDGET_CHANGES.search(title)) and context.last_closed_year == context.document_year
    )
    columns = columns_of(reading, context, piece, title, changes=changes)
    rows, notes, tally, counts = rows_of(piece.draft, piece.table.form, reading, columns, labels, piece.unit, title)
    first = min(piece.draft.cells(), key=lambda cell: cell.line)
    return BudgetTable(
        title,
        piece.unit,
        columns,
        tuple(rows),
        first.locator,
        reading.cost,
        first.page or piece.table.page,
        changes,
        tally,
        tuple(notes),
        counts,
        programme_above(piece, title),
    )
