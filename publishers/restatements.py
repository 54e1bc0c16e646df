"""`restatements`: one fiscal year of a line over the sources that state it, value by value, oldest first."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from publishers.statements import Statements
from publishers.vectors import Index, Mask, amounts, dense, distinct_within, together
from schemas.contract import RESTATEMENTS, Change, Confidence, MatchMethod
from schemas.records import Measure
from schemas.renderings import arrow_schema

_CHANGES = (Change.FIRST, Change.UNCHANGED, Change.RESTATED, Change.OTHER_STAGE, Change.CONFLICTING)
_METHODS = (MatchMethod.TAAKVELD, MatchMethod.CODE_AND_LABEL, MatchMethod.LABEL, MatchMethod.ORDER, MatchMethod.NONE)
_CONFIDENCE = (Confidence.HIGH, Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW, None)
_HALF_A_UNIT = 50  # cents for each euro of a unit


def restatements(said: Statements, facts: dict[str, pa.Array]) -> pa.Table:
    """The table; `facts` are columns for each row of the statements that are not among its lines."""
    rows = _rows(said)
    history = together(said.series.of_row[rows], said.year[rows])
    order = np.lexsort((rows, said.conflicts[rows], said.stage[rows], said.source[rows], history))
    rows, history = rows[order], dense(history[order])
    extra = said.conflicts[rows]
    before = _before(said, rows, history, extra)
    compared = before >= 0
    previous = np.where(compared, rows[before], 0)
    change = _changes(said, rows, previous, compared, extra)
    known = compared & said.known[rows] & said.known[previous]
    method = _methods(said, rows, history)
    line_ids = said.lines.column("line_id")
    columns = {
        "statement_number": pa.array(_numbers(history, extra).astype(np.int32)),
        "change": pa.array([one.value for one in _CHANGES]).take(pa.array(change)),
        "previous_line_id": line_ids.take(pa.array(previous, mask=~compared)),
        "difference_eur": amounts(_differences(said, rows, previous), known),
        "match_method": pa.array([one.value for one in _METHODS]).take(pa.array(method)),
        "match_confidence": pa.array([one.value if one else None for one in _CONFIDENCE]).take(pa.array(method)),
    } | {name: fact.take(pa.array(rows)) for name, fact in facts.items()}
    taken = said.lines.take(pa.array(rows))
    schema = arrow_schema(RESTATEMENTS)
    return pa.table([columns[name] if name in columns else taken.column(name) for name in schema.names], schema=schema)


def _rows(said: Statements) -> Index:
    """The rows of the table: one for each statement of a year that several sources state, and all that conflict."""
    several = distinct_within(said.year, said.source)[said.year] > 1
    conflicting = np.bincount(said.statement, said.conflicts, minlength=len(said.best))[said.statement] > 0
    is_best = np.zeros(len(said.statement), dtype=np.bool_)
    is_best[said.best] = True
    rows: Index = np.flatnonzero((is_best & (several | conflicting)) | said.conflicts)
    return rows


def _before(said: Statements, rows: Index, history: Index, extra: Mask) -> Index:
    """The place of the row that each is compared with, -1 for none.

    A conflict is compared with the best of its statement; other rows with the one before of the same stage, else with
    the one before.
    """
    place = np.arange(len(rows))
    last = np.maximum.accumulate(np.where(~extra, place, -1))
    last_before = np.concatenate([[-1], last])[: len(rows)]
    in_history = (last_before >= 0) & (history[last_before] == history)
    out = np.where(extra, last, np.where(in_history, last_before, -1))
    main = np.flatnonzero(~extra)
    line = together(history[main], said.stage[rows[main]])
    order = np.argsort(line, kind="stable")
    same = line[order][1:] == line[order][:-1]
    out[main[order][1:][same]] = main[order][:-1][same]
    return out


def _changes(said: Statements, rows: Index, previous: Index, compared: Mask, extra: Mask) -> Index:
    unit = said.lines.column("unit").to_numpy().astype(np.int64)
    close = np.abs(_differences(said, rows, previous)) <= _HALF_A_UNIT * (unit[rows] + unit[previous])
    alike = np.where(said.known[rows] & said.known[previous], close, said.known[rows] == said.known[previous])
    same_stage = said.stage[rows] == said.stage[previous]
    change = np.where(same_stage, np.where(alike, 1, 2), 3)
    return np.where(extra, 4, np.where(compared, change, 0))


def _differences(said: Statements, rows: Index, previous: Index) -> Index:
    """Each amount less the one it is compared with, in the sign convention of the first where both are known."""
    by_net = said.net_known[rows] & said.net_known[previous]
    cost = np.array([value == Measure.LASTEN for value in said.lines.column("measure").to_pylist()], dtype=np.bool_)
    nothing = np.where(cost[rows], -1, 1)  # 0 has no sign: cost is printed positive
    turn = np.where(said.amount[rows] == 0, nothing, np.where(said.amount[rows] == said.net[rows], 1, -1))
    return said.amount[rows] - np.where(by_net, said.net[previous] * turn, said.amount[previous])


def _methods(said: Statements, rows: Index, history: Index) -> Index:
    """How the sources of each history were matched: the weakest."""
    series = said.series
    alone = distinct_within(history, said.source[rows])[history] < 2
    one_code = distinct_within(history, series.exact[rows])[history] == 1
    method = np.where(series.by_taakveld[rows], 0, np.where(one_code & series.coded[rows], 1, 2))
    return np.where(alone, 4, np.where(series.by_order[rows], 3, method))


def _numbers(history: Index, extra: Mask) -> Index:
    """The place of each row in its history, from 1; a conflict has that of its statement."""
    steps = np.cumsum(~extra)
    begins = np.where(np.diff(history, prepend=-1) != 0, steps - 1, 0)
    return steps - np.maximum.accumulate(begins)
