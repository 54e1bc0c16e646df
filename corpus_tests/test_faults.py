"""Faults put into proved readings: none of the touched cells may go on calling itself proved."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from checks.judge import judge
from checks.weighing import weigh
from corpus_tests.conftest import cases, judged
from schemas.records import AmountCell, BudgetTable, Cells, Proof, TableReadings

Cell = tuple[int, int]
SOAK = bool(os.environ.get("BEGROTING_SOAK"))
FAULTS_PER_TABLE = 400 if SOAK else 25
SHUFFLES = 20 if SOAK else 2


def tables() -> list[BudgetTable]:
    found = [one.judgement.table for folder in cases() for one in judged(folder)[2].tables]
    return [table for table in found if table is not None]


def judged_proofs(table: BudgetTable) -> dict[Cell, Proof]:
    verdict = judge(TableReadings((table,), 0, table.place))
    return verdict.proofs if verdict.table is not None else {}


def with_value(table: BudgetTable, cell: Cell, value: Decimal) -> BudgetTable:
    rows = list(table.rows)
    old = rows[cell[0]].cells[cell[1]]
    assert old is not None
    new: list[AmountCell | None] = list(rows[cell[0]].cells)
    new[cell[1]] = replace(old, amount=replace(old.amount, value=value))
    cells: Cells = tuple(new)
    rows[cell[0]] = replace(rows[cell[0]], cells=cells)
    return replace(table, rows=tuple(rows))


def value_of(table: BudgetTable, cell: Cell) -> Decimal | None:
    found = table.rows[cell[0]].cells[cell[1]]
    return found.amount.value if found is not None else None


def changed_digit(value: Decimal, rng: random.Random, allowed: int) -> Decimal | None:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    at = rng.randrange(len(digits))
    other = rng.choice([d for d in range(10) if d != digits[at]])
    step = abs(other - digits[at]) * 10 ** (len(digits) - 1 - at)
    if step <= allowed:
        return None
    return Decimal((sign, (*digits[:at], other, *digits[at + 1 :]), exponent))


def steps(value: Decimal, exponent: int) -> int:
    return int(value.scaleb(-exponent))


def faulty(
    table: BudgetTable, covered: dict[Cell, int], rng: random.Random
) -> tuple[str, BudgetTable, list[Cell]] | None:
    """One fault in a cell that an equation covers: its kind, the table with it, and the cells touched."""
    cell = rng.choice(sorted(covered))
    value = value_of(table, cell)
    assert value is not None
    kind = rng.choice(("digit", "sign", "swap"))
    if kind == "digit":
        wrong = changed_digit(value, rng, covered[cell])
        return None if wrong is None else (kind, with_value(table, cell, wrong), [cell])
    if kind == "sign":
        return (kind, with_value(table, cell, -value), [cell]) if value else None
    others = [
        (cell[0], c)
        for c in range(len(table.columns))
        if c != cell[1] and (other := value_of(table, (cell[0], c))) is not None and other != value
    ]
    if not others:
        return None
    mate = rng.choice(others)
    theirs = value_of(table, mate)
    assert theirs is not None
    exponent = min(int(value.as_tuple().exponent), int(theirs.as_tuple().exponent))
    if abs(steps(value, exponent) - steps(theirs, exponent)) <= max(covered[cell], covered.get(mate, 0)):
        return None  # within the tolerance: what arithmetic can't see
    touched = [at for at in (cell, mate) if at in covered]
    return kind, with_value(with_value(table, cell, theirs), mate, value), touched


def share_noticed(among: Sequence[BudgetTable]) -> tuple[int, float]:
    """How many cells were touched, and the share of them that no longer call themselves proved."""
    rng = random.Random(20260101)
    touched: Counter[str] = Counter()
    proved: Counter[str] = Counter()
    for table in among:
        covered: dict[Cell, int] = {}
        for equation in weigh(table).equations:
            for row, column, _ in equation.terms:
                if value_of(table, (row, column)) is not None:
                    covered[row, column] = max(covered.get((row, column), 0), equation.tolerance)
        for _ in range(FAULTS_PER_TABLE if covered else 0):
            fault = faulty(table, covered, rng)
            if fault is None:
                continue
            kind, wrong, cells = fault
            verdicts = judged_proofs(wrong)
            touched[kind] += len(cells)
            proved[kind] += sum(verdicts.get(cell) is Proof.PROVED for cell in cells)
    share = 1 - proved.total() / touched.total()
    print(f"touched {dict(touched)}, still proved {dict(proved)}: {share:.2%} noticed")
    return touched.total(), share


def share_proved_when_shuffled(among: Sequence[BudgetTable]) -> float:
    """The share of the cells that call themselves proved after the amounts of each column were shuffled."""
    rng = random.Random(7)
    cells = proved = 0
    for table in among:
        for _ in range(SHUFFLES):
            mixed = table
            for column in range(len(table.columns)):
                at = [row for row in range(len(table.rows)) if value_of(table, (row, column)) is not None]
                values = [value_of(table, (row, column)) for row in at]
                rng.shuffle(values)
                for row, value in zip(at, values, strict=True):
                    assert value is not None
                    mixed = with_value(mixed, (row, column), value)
            verdicts = judged_proofs(mixed)
            cells += sum(cell is not None for row in mixed.rows for cell in row.cells)
            proved += sum(proof is Proof.PROVED for proof in verdicts.values())
    print(f"{proved} of {cells} shuffled cells call themselves proved: {proved / cells:.2%}")
    return proved / cells


def test_no_touched_cell_stays_proved() -> None:
    touched, share = share_noticed(tables())
    assert touched > 500
    assert share >= 0.99


def test_shuffled_columns_prove_nothing() -> None:
    assert share_proved_when_shuffled(tables()) <= 0.01


if __name__ == "__main__":
    pytest.main([__file__, "-s"])
