"""Which lines of which documents are one line: the same publisher, words, code and measure.

1. Lines are one where code, label, programme and headings agree (`exact`), and, where no document has two lines of the
   same words under different codes, where only the words agree (`by_label`).
2. Lines of one name that a document prints in several rows of a table are told apart by their order.
3. Tables under one title whose lines of one name mostly have other figures are about different things that the page no
   longer names: they are told apart by their order too. Where most agree, they are one table that was printed again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from publishers.line_names import Identity, identity_of
from publishers.vectors import Index, Mask, coded, codes, dense, distinct_within, firsts, rank_within, together
from schemas.contract import Breakdown

_NAMED_BY = ("table_title", "section_path", "line_label", "programme", "taakveld_code", "line_type")


@dataclass(frozen=True, slots=True)
class Series:
    """For each row the number of its series; what tells about it; and its key as text, by number."""

    of_row: Index
    exact: Index  # of each row: what it shares with those that agree in their codes too
    coded: Mask  # of each row
    by_taakveld: Mask
    by_order: Mask
    breakdown: list[str]  # of each row
    keys: list[tuple[str, str, str, str]]


def series_of(lines: pa.Table, values: Index, comparable: Mask) -> Series:
    """The series of lines with plain columns; `values` are their amounts in cents where `comparable`."""
    names, combination = _identities(lines)
    publisher, publishers = coded(lines.column("publisher_id"))
    measure, measures = coded(lines.column("measure"))
    exact_texts, exact_name = _interned([name.exact for name in names])
    label_texts, label_name = _interned([name.by_label for name in names])
    rows = _row_order(lines, exact_name[combination], measure)
    tables = _table_order(lines, together(exact_name[combination], measure, rows), values, comparable)
    shared = together(publisher, measure, rows, tables)
    exact = together(shared, exact_name[combination])
    by_label = together(shared, label_name[combination])
    alone = distinct_within(together(codes(lines.column("source_id")), by_label), exact) == 1
    certain = np.ones(int(by_label.max(initial=-1)) + 1, dtype=np.bool_)
    per_source = together(codes(lines.column("source_id")), by_label)
    np.logical_and.at(certain, by_label, alone[per_source])
    level = certain[by_label]
    number = together(level.astype(np.int64), np.where(level, by_label, exact))
    keys: list[tuple[str, str, str, str]] = [
        (
            publishers[publisher[row]],
            measures[measure[row]] if measure[row] >= 0 else "",
            f"{rows[row]} {tables[row]}",
            label_texts[label_name[combination[row]]] if level[row] else exact_texts[exact_name[combination[row]]],
        )
        for row in firsts(number)
    ]
    of_name = [name.breakdown.value for name in names]
    taakveld = np.array([name.breakdown is Breakdown.TAAKVELD for name in names], dtype=np.bool_)
    has_code = np.array([name.coded for name in names], dtype=np.bool_)
    return Series(
        number,
        exact,
        has_code[combination],
        taakveld[combination],
        (rows > 0) | (tables > 0),
        [of_name[n] for n in combination],
        keys,
    )


def _identities(lines: pa.Table) -> tuple[list[Identity], Index]:
    """The different identities of names, and which each row has."""
    columns = [coded(lines.column(name)) for name in _NAMED_BY]
    combination = together(*(of_row for of_row, _ in columns))
    rows = firsts(combination)
    texts = [[found[n] if n >= 0 else None for n in of_row[rows]] for of_row, found in columns]
    return [identity_of(*one) for one in zip(*texts, strict=True)], combination


def _interned(texts: list[str]) -> tuple[list[str], Index]:
    array = pa.array(texts, pa.string()).dictionary_encode()
    return array.dictionary.to_pylist(), array.indices.to_numpy().astype(np.int64)


def _row_order(lines: pa.Table, name: Index, measure: Index) -> Index:
    """The order of a row among those of one name and measure in its table, from 0."""
    line = lines.column("line_number").to_numpy().astype(np.int64)
    return rank_within(together(codes(lines.column("table_id")), name, measure), line)


def _table_order(lines: pa.Table, name: Index, values: Index, comparable: Mask) -> Index:
    """The order of a table among those of one title in its source, from 1, where they are about different things."""
    source, table = codes(lines.column("source_id")), codes(lines.column("table_id"))
    under_title = together(source, codes(lines.column("table_title")))
    place = together(under_title, name, codes(lines.column("fiscal_year")), codes(lines.column("stage")))
    several = (distinct_within(place, table)[place] > 1) & comparable
    if not several.any():
        return np.zeros(len(table), dtype=np.int64)
    low = np.full(int(place.max()) + 1, np.iinfo(np.int64).max)
    high = np.full(int(place.max()) + 1, np.iinfo(np.int64).min)
    np.minimum.at(low, place[several], values[several])
    np.maximum.at(high, place[several], values[several])
    several &= (low[place] != 0) | (high[place] != 0)  # that nothing stands twice says nothing
    unit = lines.column("unit").to_numpy().astype(np.int64) * 100
    agree = several & (high[place] - low[place] <= unit)
    count = np.bincount(under_title, several)
    differ = 2 * np.bincount(under_title, agree) < count
    order = rank_within(under_title, dense(table)) + 1
    return np.where(differ[under_title], order, 0)
