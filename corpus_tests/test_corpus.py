"""What must hold on every real page: the ledger, the places of cells, and figures that no convention changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest

import flows.document
from checks.judge import judge
from checks.saldo import RULE_ACROSS, RULE_DOWN
from checks.weighing import weigh
from corpus_tests.conftest import cases, judged, source_of
from extractors.document import extract
from flows.document import ledger_of, process, process_snapshot
from schemas.contract import DocumentState
from schemas.records import (
    AmountCell,
    BudgetTable,
    Measure,
    Proof,
    RawDocument,
    RawTable,
    Snapshot,
    TableReadings,
)

FOLDERS = pytest.mark.parametrize("folder", cases(), ids=lambda folder: folder.name)


@FOLDERS
def test_every_token_is_accounted_for(folder: Path) -> None:
    ledger = ledger_of(judged(folder)[2])
    assert ledger.closes
    assert ledger.counted > 0


@FOLDERS
def test_each_published_amount_stands_in_its_place(folder: Path) -> None:
    _, snapshot, document = judged(folder)
    text = snapshot.content.decode().splitlines()
    for one in document.tables:
        for line in one.lines:
            place = dict(part.split("=") for part in line.locator.split(";"))
            found = "".join(text[int(place["line"]) - 1 :][:2])
            assert line.amount_printed.split()[0].strip("NV ") in found
    assert len({line.line_id for one in document.tables for line in one.lines}) == sum(
        len(one.lines) for one in document.tables
    )


@FOLDERS
def test_a_page_of_paragraphs_is_read_as_its_text(folder: Path) -> None:
    source, snapshot, document = judged(folder)
    lines = snapshot.content.decode().splitlines()
    page = "<body>" + "".join(f"<p>{escape(line)}</p>\n" for line in lines) + "</body>"
    other = process_snapshot(source, replace(snapshot, content=page.encode()))
    assert [(line.line_label, line.column_label, line.amount_eur) for line in other.lines] == [
        (line.line_label, line.column_label, line.amount_eur) for one in document.tables for line in one.lines
    ]


def losing_a_row(document: RawDocument) -> RawDocument:
    blocks = list(document.blocks)
    at = next(n for n, block in enumerate(blocks) if isinstance(block, RawTable))
    table = blocks[at]
    assert isinstance(table, RawTable)
    last = max(n for n, row in enumerate(table.rows) if any(c.isdigit() for cell in row for c in cell.text))
    blocks[at] = replace(table, rows=table.rows[:last] + table.rows[last + 1 :])
    return replace(document, blocks=tuple(blocks))


def losing_a_table(document: RawDocument) -> RawDocument:
    at = next(n for n, block in enumerate(document.blocks) if isinstance(block, RawTable))
    return replace(document, blocks=document.blocks[:at] + document.blocks[at + 1 :])


@pytest.mark.parametrize("lose", [losing_a_row, losing_a_table])
@FOLDERS
def test_a_loss_in_extraction_fails_the_document(
    folder: Path, lose: Callable[[RawDocument], RawDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(snapshot: Snapshot, each_page: object = None) -> RawDocument:
        return lose(extract(snapshot))

    monkeypatch.setattr(flows.document, "extract", lossy)
    result = process(source_of(folder))
    assert (result.document.status, result.document.reason) == (DocumentState.FAILED, "ledger")
    assert not result.lines


# ---------------------------------------------------------------------------------------------------- conventions


def tables() -> list[BudgetTable]:
    found = [one.judgement.table for folder in cases() for one in judged(folder)[2].tables]
    return [table for table in found if table is not None]


def net_effects(table: BudgetTable) -> dict[tuple[int, int], Decimal]:
    verdict = judge(TableReadings((table,), 0, table.place))
    out = {}
    for cell, sign in verdict.orientation.items():
        printed = table.rows[cell[0]].cells[cell[1]]
        if printed is not None and printed.amount.value is not None:
            out[cell] = printed.amount.value * sign
    return out


def turned(table: BudgetTable, which: Callable[[int, int], bool]) -> BudgetTable:
    def cell_of(row: int, column: int, cell: AmountCell | None) -> AmountCell | None:
        if cell is None or cell.amount.value is None or not which(row, column):
            return cell
        return replace(cell, amount=replace(cell.amount, value=-cell.amount.value))

    rows = [
        replace(row, cells=tuple(cell_of(n, c, cell) for c, cell in enumerate(row.cells)))
        for n, row in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows))


def measure_at(table: BudgetTable, row: int, column: int) -> Measure | None:
    return table.columns[column].measure or table.rows[row].measure


def test_no_convention_of_signs_changes_a_net_effect() -> None:
    seen = 0
    for table in tables():
        rules = {equation.rule for equation in weigh(table).equations if equation.holds}
        if not rules & {RULE_ACROSS, RULE_DOWN} or any(
            cell and cell.amount.mark for row in table.rows for cell in row.cells
        ):
            continue
        effects = net_effects(table)
        costs_negative = turned(table, lambda r, c, t=table: measure_at(t, r, c) is Measure.LASTEN)
        balance_turned = turned(table, lambda r, c, t=table: measure_at(t, r, c) not in (Measure.LASTEN, Measure.BATEN))
        for other in (costs_negative, balance_turned):
            again = net_effects(other)
            measured = [cell for cell in effects if measure_at(table, *cell) is not None]
            assert all(again.get(cell) == effects[cell] for cell in measured), table.title
            seen += len(measured)
    assert seen > 1000


def test_lasten_and_baten_of_a_proved_triple_add_up_to_saldo() -> None:
    seen = 0
    for table in tables():
        effects = net_effects(table)
        weighed = weigh(table)
        for equation in weighed.equations:
            cells = [(row, column) for row, column, _ in equation.terms]
            proved = all(weighed.proofs.get(cell) is Proof.PROVED for cell in cells)
            if equation.rule in (RULE_ACROSS, RULE_DOWN) and proved and all(cell in effects for cell in cells):
                saldo, lasten, baten = (effects[cell] for cell in cells)
                assert abs(lasten + baten - saldo) <= Decimal(equation.tolerance)
                seen += 1
    assert seen > 100
