"""`budget_current`: one figure for each publisher, fiscal year, stage and line, from the newest source that states it.

Where the newest source states several figures that roundings don't explain, there is no figure. Nor is there where only
an older source has the line while a newer one states the same year and stage at least half as fully: the line may have
been renamed or moved, and the money would count twice. The row stays, and says so.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from publishers.statements import Statements
from publishers.vectors import Index, Mask, amounts, distinct_within, firsts, together
from schemas.contract import BUDGET_CURRENT, CurrentState
from schemas.renderings import arrow_schema

_STATES = (CurrentState.CURRENT, CurrentState.CONFLICTING, CurrentState.OLDER_ONLY)


def budget_current(said: Statements, facts: dict[str, pa.Array]) -> pa.Table:
    """The table; `facts` are columns for each row of the statements that are not among its lines."""
    line = together(said.series.of_row, said.year, said.stage)
    best = said.best  # a row for each statement
    newest = _newest(line[best], said.source[best])
    rows = np.sort(best[newest])
    of_row = said.statement[rows]
    conflicting = np.bincount(said.statement, said.conflicts, minlength=len(best))[of_row] > 0
    older = _left_behind(said)[of_row]
    state = np.where(older, 2, np.where(conflicting, 1, 0))
    low, high, any_known = _range(said)
    given = said.known[rows] & (state == 0)
    sources = distinct_within(line, said.source)[line[rows]]
    total = np.array(said.lines.column("is_total"))
    parts = np.bincount(said.statement, ~total, minlength=len(best))[of_row]
    columns = {
        "is_total": pa.array(parts == 0),
        "state": pa.array([kind.value for kind in _STATES]).take(pa.array(state)),
        "breakdown": pa.array(said.series.breakdown, pa.string()).take(pa.array(rows)),
        "amount_eur": amounts(said.amount[rows], given),
        "net_effect_eur": amounts(said.net[rows], given & said.net_known[rows]),
        "stated_eur": amounts(said.amount[rows], said.known[rows]),
        "lowest_eur": amounts(low[of_row], any_known[of_row]),
        "highest_eur": amounts(high[of_row], any_known[of_row]),
        "statement_count": pa.array(np.bincount(said.statement)[of_row].astype(np.int32)),
        "source_count": pa.array(sources.astype(np.int32)),
    } | {name: fact.take(pa.array(rows)) for name, fact in facts.items()}
    taken = said.lines.take(pa.array(rows))
    schema = arrow_schema(BUDGET_CURRENT)
    return pa.table([columns[name] if name in columns else taken.column(name) for name in schema.names], schema=schema)


def _newest(line: Index, source: Index) -> Index:
    """Of statements, the newest of each line, by their numbers."""
    order = np.lexsort((-source, line))
    newest: Index = order[firsts(line[order])]
    return newest


def _left_behind(said: Statements) -> Mask:
    """For each statement, whether a newer source states its year and stage at least half as fully."""
    best = said.best
    where = together(said.year, said.stage)[best]
    cell = together(where, said.source[best])  # what one source states of one year and stage
    first = firsts(cell)
    count = np.bincount(cell)
    order = np.lexsort((-said.source[best][first], where[first]))
    group, full = where[first][order], count[order]
    # The fullest of the newer ones: a running maximum that begins anew with each year and stage.
    step = int(full.max(initial=0)) + 1
    running = np.maximum.accumulate(full + group * step) - group * step
    before = np.concatenate([[0], running])[: len(full)]
    before[np.diff(group, prepend=-1) != 0] = 0
    behind = np.zeros(len(count), dtype=np.bool_)
    behind[order] = 2 * before >= full
    return behind[cell]


def _range(said: Statements) -> tuple[Index, Index, Mask]:
    """The lowest and the highest amount of each statement, and whether it has any."""
    low = np.full(len(said.best), np.iinfo(np.int64).max)
    high = np.full(len(said.best), np.iinfo(np.int64).min)
    np.minimum.at(low, said.statement[said.known], said.amount[said.known])
    np.maximum.at(high, said.statement[said.known], said.amount[said.known])
    any_known = low <= high
    return np.where(any_known, low, 0), np.where(any_known, high, 0), any_known
