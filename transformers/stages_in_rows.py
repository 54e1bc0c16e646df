"""Tables whose rows are what columns should be: the stages of a budget, and what changes it from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.records import BudgetTable, ColumnRole, Stage
from transformers.headings import Heading, heading_of

_STAGES = frozenset(("realised", "budget", "original", "amended"))
_BETWEEN = frozenset(("movement", "difference"))
_Stage = tuple[str, int | None]


def shows_stages_in_rows(table: BudgetTable) -> bool:
    """Whether most rows are stages, changes and differences, or the rows lead from one stage to another.

    Columns that name a stage say it for every row; columns of changes and differences have none. Those that name a
    year may show how one budget of that year became another, in rows between the two: only most rows tell there.
    """
    shown = [c for c in table.columns if c.role is ColumnRole.AMOUNT and c.stage is not Stage.OVERIG]
    columns = [heading_of(column.label) for column in shown]
    rows = [heading_of(row.label) for row in table.rows]
    if (
        not columns
        or any(column.has_stage for column in columns)
        or len({stage for row in rows if (stage := _stage(row))}) < 2
    ):
        return False
    told = sum(bool(_stage(row)) or _is_between(row) for row in rows)
    return told * 2 > len(rows) or (not any(column.years for column in columns) and _leads(rows))


def _leads(rows: Sequence[Heading]) -> bool:
    first, last = _stage(rows[0]), _stage(rows[-1])
    return first is not None and last is not None and first != last


def _stage(row: Heading) -> _Stage | None:
    """The stage and the year that a label is, and nothing else."""
    if row.unknown or not row.tags & _STAGES or row.tags & _BETWEEN:
        return None
    stage = next(tag for tag in ("realised", "amended", "budget") if tag in row.tags or tag == "budget")
    return stage, row.year


def _is_between(row: Heading) -> bool:
    return not row.unknown and bool(row.tags & _BETWEEN)
