"""Saldo is baten less lasten, in the signs of the table: across three columns, or down three rows (BBV art. 17 a)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checks.grid import Grid, equation, non_zero
from schemas.records import AmountKind, Equation, LineType, Measure

RULE_ACROSS = "saldo_across"
RULE_DOWN = "saldo_down"
# saldo = a * lasten + b * baten: costs positive, the balance as a cost, costs printed negative, and both of the last.
CONVENTIONS = ((-1, 1), (1, -1), (1, 1), (-1, -1))
Cell = tuple[int, int]
Triple = tuple[Cell, Cell, Cell]  # lasten, baten, saldo


@dataclass(frozen=True, slots=True)
class Saldo:
    """The equations of one direction and their convention, (a, b) in saldo = a lasten + b baten."""

    equations: tuple[Equation, ...]
    convention: tuple[int, int] | None
    triples: tuple[Triple, ...]
    doubted: tuple[Equation, ...] = ()  # those of the best convention where too few hold to believe it


def across(grid: Grid) -> Saldo:
    """Columns of one year and stage that hold lasten, baten and saldo."""
    groups: dict[object, dict[Measure, int]] = defaultdict(dict)
    for at in grid.columns:
        column = grid.table.columns[at]
        if column.measure is not None:
            groups[column.year, column.stage, column.kind, column.duration].setdefault(column.measure, at)
    triples = []
    for group in groups.values():
        if len(group) == 3:
            lasten, baten, saldo = group[Measure.LASTEN], group[Measure.BATEN], group[Measure.SALDO]
            triples += [((r, lasten), (r, baten), (r, saldo)) for r in range(len(grid.values))]
    return _settled(grid, triples, RULE_ACROSS)


def down(grid: Grid) -> Saldo:
    """Rows of one name that hold lasten, baten and saldo."""
    triples = []
    for rows in _row_triples(grid):
        triples += [((rows[0], c), (rows[1], c), (rows[2], c)) for c in grid.columns]
    return _settled(grid, triples, RULE_DOWN)


def _row_triples(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """Three neighbouring rows that are lasten, baten and the balance of the two, in any order with the balance last."""
    rows = grid.rows()
    for at in range(2, len(rows)):
        first, second, third = rows[at - 2], rows[at - 1], rows[at]
        pair = {first.measure: at - 2, second.measure: at - 1}
        balance = (
            third.line_type in (LineType.SALDO, LineType.SALDO_VAN_BATEN_EN_LASTEN) or third.measure is Measure.SALDO
        )
        same = first.path == second.path
        if balance and same and Measure.LASTEN in pair and Measure.BATEN in pair:
            yield pair[Measure.LASTEN], pair[Measure.BATEN], at


def _settled(grid: Grid, triples: list[Triple], rule: str) -> Saldo:
    """The triples as equations in the convention that most of them keep; no convention where few keep any."""
    telling = [t for t in triples if all(grid.number(*cell) for cell in t) and _is_plain(grid, t)]
    best: tuple[int, tuple[int, int]] | None = None
    for convention in CONVENTIONS:
        count = sum(1 for t in telling if _equation(grid, t, convention, rule).holds)
        if best is None or count > best[0]:
            best = (count, convention)
    if best is None or not telling or best[0] * 10 < len(telling) * 6:
        return Saldo(
            (), None, (), tuple(_equation(grid, t, best[1], rule) for t in telling) if best and best[0] else ()
        )
    known = [t for t in triples if _is_plain(grid, t) and any(grid.values[r][c] is not None for r, c in t)]
    equations = tuple(_equation(grid, t, best[1], rule) for t in known)
    kept = tuple(e for e in equations if non_zero(grid, e.terms))
    # One triple alone holds in one convention as well as, with a sign turned, in another: it shows, but proves nothing.
    return Saldo(kept if len(telling) > 1 else (), best[1], tuple(triples))


def _is_plain(grid: Grid, triple: Triple) -> bool:
    """Whether a triple shows amounts, not their differences, whose signs may follow another convention."""
    return all(grid.table.columns[column].kind is not AmountKind.VERSCHIL for _, column in triple)


def _equation(grid: Grid, triple: Triple, convention: tuple[int, int], rule: str) -> Equation:
    (lr, lc), (br, bc), (sr, sc) = triple
    a, b = convention
    return equation(rule, grid, ((sr, sc, 1), (lr, lc, -a), (br, bc, -b)))
