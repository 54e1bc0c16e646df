"""A total is the sum of its parts; a result is the sum of what stands before it, some of it subtracted.

The parts of a row are looked for among the rows above it that no total has taken in yet, then among those below it.
A hypothesis counts when it holds in every column that can tell, or in most of several columns for a row that calls
itself a total: then the other columns contradict it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from checks.grid import Grid, equation, evidence, tolerance
from schemas.records import Equation, LineType, Measure, Row

RULE_TOTAL = "total"
RULE_RESULT = "result"
MOST_PARTS = 80
MOST_SIGNED = 4
_ENOUGH = 0.6
_NAMED, _NAMELESS, _SIGNED = 1.3, 3.5, 2.5  # the evidence that a sum needs, in powers of ten
_BALANCES = (LineType.SALDO, LineType.SALDO_VAN_BATEN_EN_LASTEN, LineType.RESULTAAT, LineType.MUTATIE_RESERVES)
_RESULT_WORDS = (
    "saldo",
    "resultaat",
    "netto",
    "bruto",
    "uitgangspositie",
    "positie",
    "stand",
    "som",
    "beschikbaar",
    "structureel",
    "actueel",
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A row as the signed sum of others. `parts` are (row, sign)."""

    row: int
    parts: tuple[tuple[int, int], ...]
    rule: str
    forward: bool = False


def sums(grid: Grid) -> list[Sum]:
    """The rows that are sums of other rows."""
    found: list[Sum] = []
    lists: dict[str, list[int]] = {}
    keys = [_list_of(row) for row in grid.rows()]
    for at, (row, key) in enumerate(zip(grid.rows(), keys, strict=True)):
        hit = _explained(grid, at, row, lists, key)
        if hit is not None:
            found.append(hit)
            taken = {part for part, _ in hit.parts}
            for rows in lists.values():
                rows[:] = [r for r in rows if r not in taken]
        lists.setdefault(key, []).append(at)
    return found + list(_below(grid, {s.row for s in found}, keys))


def equations(grid: Grid, found: Sequence[Sum]) -> Iterator[Equation]:
    """Each sum as an equation in every column where it says something: an empty cell may be zero, or not said."""
    for one in found:
        for column in grid.columns:
            empty = grid.values[one.row][column] is None
            if empty and not any(grid.number(p, column) for p, _ in one.parts):
                continue
            terms = [(one.row, column, 1), *((part, column, -sign) for part, sign in one.parts)]
            present = [term for term in terms if grid.values[term[0]][term[1]] is not None]
            made = equation(one.rule, grid, present)
            if made.holds or not empty:
                yield made


def _list_of(row: Row) -> str:
    """Rows that say lasten, baten or saldo and nothing else add up among themselves."""
    label = row.label.strip().lower().rstrip(".:")
    return label if label in ("lasten", "baten", "saldo", "uitgaven", "inkomsten") else ""


def is_named(row: Row) -> bool:
    """Whether a row's label says that it is a sum or a balance of others."""
    lower = row.label.lower()
    return row.is_total or not row.label or row.line_type in _BALANCES or any(word in lower for word in _RESULT_WORDS)


def _explained(grid: Grid, at: int, row: Row, lists: dict[str, list[int]], key: str) -> Sum | None:
    named = is_named(row)
    several = len(_telling(grid, at)) >= 2
    if not named and not several:
        return None
    scopes = [lists.get(key, [])]
    mixed = sorted({*lists.get("", []), *lists.get("saldo", [])}) if named else []
    if not key:
        measure = row.measure or (Measure.SALDO if named else None)
        order = [measure.value] if measure else []
        scopes += [mixed, *(lists.get(name, []) for name in [*order, "saldo", "lasten", "baten"])]
    elif key == Measure.SALDO:
        scopes.append(mixed)
    for scope in scopes:
        hit = _plain_sum(grid, at, scope, named=named)
        if hit is not None:
            return Sum(at, tuple((part, 1) for part in hit), RULE_TOTAL)
    if named:
        for scope in scopes[:2]:
            signed = _signed_sum(grid, at, scope)
            if signed is not None:
                return Sum(at, signed, RULE_RESULT)
    return None


def _telling(grid: Grid, row: int) -> list[int]:
    return [column for column in grid.columns if grid.values[row][column]]


def _plain_sum(grid: Grid, at: int, scope: Sequence[int], *, named: bool) -> tuple[int, ...] | None:
    """The nearest rows of a scope, at least two, that add up to the row."""
    columns = [c for c in grid.columns if grid.values[at][c] is not None]
    target = [grid.number(at, c) for c in columns]
    running = [0] * len(columns)
    best: tuple[float, tuple[int, ...]] | None = None
    most_columns = named and len(columns) >= 3  # are enough; otherwise the sum must hold in all
    sections = _section_starts(grid, scope, at) if len(columns) == 1 else None
    for size, part in enumerate(reversed(scope[-MOST_PARTS:]), start=1):
        row = grid.values[part]
        running = [total + (row[c] or 0) for total, c in zip(running, columns, strict=True)]
        if size < 2 or (sections is not None and len(scope) - size not in sections):
            continue
        allowed = tolerance(size + 1)
        if not most_columns and abs(running[0] - target[0]) > allowed:
            continue
        off = [abs(a - b) > allowed for a, b in zip(running, target, strict=True)]
        if all(off):
            continue
        parts = tuple(scope[len(scope) - size :])
        share = _share(grid, at, parts, columns, off)
        if share and evidence(grid, (at, *parts), columns) < (_NAMED if named else _NAMELESS):
            continue
        if share == 1.0:
            return parts
        if most_columns and share >= _ENOUGH and (best is None or share > best[0]):
            best = (share, parts)
    return best[1] if best else None


def _section_starts(grid: Grid, scope: Sequence[int], at: int) -> set[int]:
    """Where a sum in a table of one column may begin: at the head of a section, or behind the last sum."""
    rows = grid.rows()
    starts = {0}
    for place in range(1, len(scope)):
        before, here = rows[scope[place - 1]], rows[scope[place]]
        if before.path != here.path or is_named(before):
            starts.add(place)
            starts.add(place - 1) if is_named(before) else None
    return starts if at else set()


def _share(grid: Grid, at: int, parts: Sequence[int], columns: Sequence[int], off: Sequence[bool]) -> float:
    """The share of the telling columns in which the sum holds; 0 where none tells, or one that can't tell is off."""
    telling = good = 0
    for column, wrong in zip(columns, off, strict=True):
        non_zero = sum(1 for part in parts if grid.values[part][column])
        if grid.values[at][column] and non_zero >= 2:
            telling += 1
            good += not wrong
        elif wrong:
            return 0.0
    if not telling:
        return 0.0
    return good / telling


def _signed_sum(grid: Grid, at: int, scope: Sequence[int]) -> tuple[tuple[int, int], ...] | None:
    """The nearest rows that add up to the row when some are subtracted, in at least two columns.

    In one column alone any sign could be turned; and where the row and all its parts stand on one side, no order of
    them would be noticed.
    """
    columns = [c for c in grid.columns if grid.values[at][c] is not None]
    for size in range(2, min(MOST_SIGNED, len(scope)) + 1):
        parts = tuple(scope[-size:])
        telling = [c for c in columns if grid.values[at][c] and sum(1 for p in parts if grid.values[p][c]) >= 2]
        if len(telling) < 2 or evidence(grid, (at, *parts), telling) < _SIGNED:
            continue
        for signs in product((1, -1), repeat=size):
            if -1 not in signs or 1 not in signs or not _may_subtract(grid, at, parts, signs):
                continue
            allowed = tolerance(size + 1)
            off = [
                abs(sum(s * grid.number(p, c) for p, s in zip(parts, signs, strict=True)) - grid.number(at, c))
                > allowed
                for c in columns
            ]
            if _share(grid, at, parts, columns, off) == 1.0:
                return tuple(zip(parts, signs, strict=True))
    return None


def _may_subtract(grid: Grid, at: int, parts: Sequence[int], signs: Sequence[int]) -> bool:
    """Whether a row may subtract some of its parts: a balance may; a mere total only baten from lasten, or back."""
    rows = grid.rows()
    row = rows[at]
    if not row.is_total or row.line_type in _BALANCES or any(word in row.label.lower() for word in _RESULT_WORDS):
        return True
    sides: dict[object, set[int]] = {}
    for part, sign in zip(parts, signs, strict=True):
        sides.setdefault(rows[part].measure, set()).add(sign)
    return len(sides) > 1 and all(len(found) == 1 for found in sides.values())


def _below(grid: Grid, known: set[int], keys: Sequence[str]) -> Iterator[Sum]:
    """Rows that are the sum of the rows below them: a total that stands first, or `waarvan`."""
    rows = grid.rows()
    for at, row in enumerate(rows):
        if at in known or len(_telling(grid, at)) < 2:
            continue
        named = is_named(row)
        columns = [c for c in grid.columns if grid.values[at][c] is not None]
        first, total = grid.number(at, columns[0]), 0
        for part in range(at + 1, min(at + MOST_PARTS, len(rows) - 1) + 1):
            if (keys[part] and keys[part] != keys[at]) or (rows[part].is_total and not named):
                break
            total += grid.number(part, columns[0])
            size = part - at
            if size < 2 or abs(total - first) > tolerance(size + 1):
                continue
            if _adds_up(grid, at, range(at + 1, part + 1), columns):
                if evidence(grid, range(at, part + 1), columns) >= (_NAMED if named else _NAMELESS):
                    yield Sum(at, tuple((p, 1) for p in range(at + 1, part + 1)), RULE_TOTAL, forward=True)
                break


def _adds_up(grid: Grid, at: int, parts: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether a row is the sum of others in all columns, and one of them tells."""
    allowed = tolerance(len(parts) + 1)
    off = [abs(sum(grid.number(p, c) for p in parts) - grid.number(at, c)) > allowed for c in columns]
    return not any(off) and _share(grid, at, parts, columns, off) == 1.0
