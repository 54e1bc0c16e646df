"""The figures of tables as HTML: one `table` element's inside for each table, made a column at a time from Arrow.

A page may hold thousands of figures and a release millions; no figure passes through Python by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publishers.portal.markup import bilingual, escaped, gathered, joined, safe_url
from publishers.portal.words import MEASURES, STAGES, Words

Index = npt.NDArray[np.int64]
COLUMNS = (
    "line_id", "table_id", "section_path", "line_number", "column_number", "line_label", "column_label", "is_total",
    "taakveld_code", "fiscal_year", "stage", "measure", "amount_printed", "proof", "source_url", "page", "locator",
)  # fmt: skip
_MARKS = {
    "proved": ("", ""),
    "contradicted": (
        ' class="x"',
        '<b class="x"><span class="vh nl">tegengesproken</span><span class="vh en" lang="en">contradicted</span></b>',
    ),
    "not_covered": (' class="o"', '<i class="o">○</i>'),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a release in the order of the tables, and where the lines of each table stand: start and end."""

    frame: pa.Table
    bounds: Mapping[str, tuple[int, int]]

    def of(self, table_ids: Sequence[str]) -> pa.Table:
        """The lines of tables that stand one after another."""
        if not table_ids:
            return self.frame.slice(0, 0)
        start, end = self.bounds[table_ids[0]][0], self.bounds[table_ids[-1]][1]
        return self.frame.slice(start, end - start)


def ordered(lines: pa.Table, table_ids: Sequence[str]) -> Lines:
    """The lines table by table in the given order, row by row and column by column. They move only if they must."""
    frame = lines.select(COLUMNS)
    known = pa.array(table_ids, pa.string())
    ranks = _numbers(pc.fill_null(pc.index_in(_plain(frame.column("table_id")), known), len(table_ids)))
    keys = (_numbers(frame.column("column_number")), _numbers(frame.column("line_number")), ranks)
    if not _in_order(keys):
        order = np.lexsort(keys)
        frame, ranks = frame.take(pa.array(order)), ranks[order]
    ends = np.searchsorted(ranks, np.arange(len(table_ids) + 1))
    return Lines(frame, {one: (int(ends[n]), int(ends[n + 1])) for n, one in enumerate(table_ids)})


def bodies(lines: pa.Table) -> dict[str, str]:
    """The inside of a `table` element, heads and rows, for each table of some lines that are in order."""
    if not lines.num_rows:
        return {}
    columns = {name: _one(lines.column(name)) for name in COLUMNS}
    tables = np.flatnonzero(_changes(columns["table_id"]))
    grid = _grid_of(columns, tables)
    bodies = gathered(
        _rows(columns, grid), [*np.searchsorted(grid.row_starts, grid.table_starts), len(grid.row_starts)]
    )
    inside = joined(_heads(columns, grid), "<tbody>", bodies, "</tbody>")
    return dict(zip(columns["table_id"].take(pa.array(tables)).to_pylist(), inside.to_pylist(), strict=True))


# ------------------------------------------------------------------------------------------------------ the grid


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the lines of some tables stand: indexes of lines, but for `widths`, which has a number for each table."""

    table_starts: Index  # the first line of each table
    row_starts: Index  # the first line of each row
    table_of: Index  # of each line, the table from 0
    position: Index  # of each line, its column from 0
    heads: Index  # a line of each column, table by table
    head_of: Index  # of each line, the head from 0
    head_starts: Index  # the first head of each table
    widths: Index  # the columns of each table


def _grid_of(columns: Mapping[str, pa.Array], table_starts: Index) -> _Grid:
    count = len(columns["table_id"])
    table_of = np.zeros(count, dtype=np.int64)
    table_of[table_starts[1:]] = 1
    table_of = np.cumsum(table_of)
    number = _numbers(columns["column_number"])
    _, heads, head_of = np.unique(table_of << 32 | number, return_index=True, return_inverse=True)
    head_starts = np.searchsorted(table_of[heads], np.arange(len(table_starts)))
    rows = _numbers(columns["line_number"])
    changed = np.ones(count, dtype=bool)
    changed[1:] = (rows[1:] != rows[:-1]) | (table_of[1:] != table_of[:-1])
    widths = np.diff(np.append(head_starts, len(heads)))
    position = head_of - head_starts[table_of]
    return _Grid(table_starts, np.flatnonzero(changed), table_of, position, heads, head_of, head_starts, widths)


# -------------------------------------------------------------------------------------------------- heads and rows


def _heads(columns: Mapping[str, pa.Array], grid: _Grid) -> pa.Array:
    """The head of each table: what is printed over a column, and how it was understood where all its figures agree."""
    first = pa.array(grid.heads)
    understood = _understood(columns, grid)
    label = columns["column_label"].take(first)
    said = pc.binary_join_element_wise(
        columns["stage"].take(first), columns["fiscal_year"].take(first).cast(pa.string()), " "
    )
    small = pc.if_else(pc.fill_null(pc.equal(pc.utf8_lower(label), said), False), '<small class="same">', "<small>")
    cells = joined('<th scope="col">', escaped(label), small, understood, "</small></th>")
    starts = [*grid.head_starts, len(grid.heads)]
    corner = '<thead><tr><th scope="col"><span class="nl">Regel</span><span class="en" lang="en">Line</span></th>'
    return joined(corner, gathered(cells, starts), "</tr></thead>")


def _understood(columns: Mapping[str, pa.Array], grid: _Grid) -> pa.Array:
    """Stage, year and measure of each column in both languages; empty where its figures differ in it."""
    parts: list[Any] = []
    spoken = {"stage": _spoken(STAGES), "fiscal_year": None, "measure": _spoken(MEASURES)}
    for name, texts in spoken.items():
        coded = columns[name].dictionary_encode(null_encoding="encode")
        codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        at = codes[grid.heads]
        same = np.ones(len(grid.heads), dtype=bool)
        same[grid.head_of[codes != at[grid.head_of]]] = False
        values = coded.dictionary.cast(pa.string())
        if texts is not None:
            known = pa.array(list(texts), pa.string())
            values = pa.array(list(texts.values()), pa.string()).take(pc.index_in(values, known))
        parts += [pc.if_else(pa.array(same), values.take(pa.array(at)), None), " "]
    return joined(*parts)


def _spoken(known: Mapping[str, Words]) -> dict[str, str]:
    return {code: bilingual(words) for code, words in known.items()}


def _rows(columns: Mapping[str, pa.Array], grid: _Grid) -> pa.Array:
    """The rows of all tables; a row under another path of headings begins a body of its own, with that path over it."""
    starts = grid.row_starts
    first = pa.array(starts)
    last = np.append(starts[1:], len(grid.table_of)) - 1
    widths = grid.widths[grid.table_of[starts]]
    missing = _empty(widths - 1 - grid.position[last])
    cells = gathered(joined(_gaps(grid), _cells(columns)), [*starts, len(grid.table_of)])
    code = columns["taakveld_code"].take(first)
    taakveld = pc.if_else(pc.is_valid(code), joined(' <span class="k">', escaped(code), "</span>"), None)
    head = joined('<th scope="row">', escaped(columns["line_label"].take(first)), taakveld, "</th>")
    begins = pc.if_else(columns["is_total"].take(first), '<tr class="t">', "<tr>")
    return joined(_sections(columns, grid, widths), begins, head, cells, missing, "</tr>")


def _sections(columns: Mapping[str, pa.Array], grid: _Grid, widths: Index) -> pa.Array:
    starts = grid.row_starts
    paths = columns["section_path"].take(pa.array(starts))
    opens = _changes(paths)
    new_table = np.isin(starts, grid.table_starts)
    opens[new_table] = True
    ends = pc.if_else(pa.array(opens & ~new_table), "</tbody><tbody>", "")
    spans = pa.array(widths + 1).cast(pa.string())
    heading = joined(
        '<tr class="s"><th scope="rowgroup" colspan="', spans, '"><span>', escaped(paths), "</span></th></tr>"
    )
    shown = pc.and_(pa.array(opens), pc.not_equal(paths, ""))
    return joined(ends, pc.if_else(shown, heading, ""))


def _cells(columns: Mapping[str, pa.Array]) -> pa.Array:
    """Each figure, linked to its place in the source; the place is written beside it."""
    identity = escaped(columns["line_id"])
    proofs = columns["proof"].dictionary_encode()
    known = proofs.dictionary.to_pylist()
    style = pa.array([_MARKS[proof][0] for proof in known]).take(proofs.indices)
    mark = pa.array([_MARKS[proof][1] for proof in known]).take(proofs.indices)
    page = columns["page"].cast(pa.string())
    shown_page = pc.binary_join_element_wise("p. ", page, " · ", "")
    place = joined(pc.coalesce(shown_page, pa.scalar("")), escaped(columns["locator"]))
    target = pc.coalesce(_source(columns["source_url"], page), joined("#", identity))
    printed = escaped(columns["amount_printed"])
    opening = joined('<td id="', identity, '"', style, '><a href="', target, '">')
    return joined(opening, printed, "</a>", mark, "<small>", place, "</small></td>")


def _source(urls: pa.Array, pages: pa.Array) -> pa.Array:
    """Where a figure can be seen: the document's address with its page; null where there is none."""
    coded = urls.dictionary_encode()
    safe = pa.array([safe_url(url) for url in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
    return pc.coalesce(pc.binary_join_element_wise(safe, "#page=", pages, ""), safe)


def _gaps(grid: _Grid) -> pa.Array:
    """The empty cells before each figure: places of its row where the document has none."""
    before = np.empty_like(grid.position)
    before[1:] = grid.position[:-1]
    before[grid.row_starts] = -1
    return _empty(grid.position - before - 1)


def _empty(counts: Index) -> pa.Array:
    most = int(counts.max(initial=0))
    return pa.array(["<td></td>" * count for count in range(most + 1)]).take(pa.array(np.maximum(counts, 0)))


# ------------------------------------------------------------------------------------------------------- arrays


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _one(column: pa.ChunkedArray) -> pa.Array:
    combined = _plain(column).combine_chunks()
    return combined.chunk(0) if isinstance(combined, pa.ChunkedArray) else combined


def _numbers(column: pa.Array | pa.ChunkedArray) -> Index:
    return column.cast(pa.int64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _changes(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Where a text is not the one before it; true for the first."""
    out = np.ones(len(texts), dtype=bool)
    if len(texts) > 1:
        out[1:] = pc.not_equal(texts.slice(1), texts.slice(0, len(texts) - 1)).to_numpy(zero_copy_only=False)
    return out


def _in_order(keys: Sequence[Index]) -> bool:
    column, line, rank = keys
    same_rank = rank[1:] == rank[:-1]
    in_row = (line[1:] > line[:-1]) | ((line[1:] == line[:-1]) & (column[1:] >= column[:-1]))
    return bool(np.all((rank[1:] > rank[:-1]) | (same_rank & in_row)))
