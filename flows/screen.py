"""What the command shows on the screen."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from checks.judge import shown
from flows.document import JudgedDocument, TableResult, ledger_of
from flows.pipeline import RunReport
from flows.places import is_on
from schemas.records import ColumnRole, Proof
from schemas.shares import percentage

_MARKS = {Proof.PROVED.value: "✓", Proof.CONTRADICTED.value: "✗", Proof.NOT_COVERED.value: "·"}
_MOST_EQUATIONS = 12


def show_report(console: Console, report: RunReport) -> None:
    """The summary of a run, ending with the path of the release."""
    table = Table(title="begroting", title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, count in sorted(report.documents.items()):
        table.add_row(f"documents {name}", f"{count:,}")
    table.add_row("tables found", f"{report.tables:,}")
    table.add_row("tables published", f"{report.published:,}")
    table.add_row("tables set aside", f"{report.set_aside:,}")
    table.add_row("lines", f"{report.lines:,}")
    share = percentage(report.proved, report.lines)
    table.add_row("proved by arithmetic", f"{report.proved:,} ({share}%)")
    table.add_row("contradicted as printed", f"{report.contradicted:,}")
    for rule, count in sorted(report.findings.items()):
        table.add_row(f"finding {rule}", f"{count:,}")
    console.print(table)
    for source_id, status, message in report.troubled:
        console.print(f"{status}: {source_id}: {message}", markup=False, highlight=False)
    if report.release is None:
        console.print("nothing was published; the release before this one stays", markup=False)
    else:
        console.print(f"release: {report.address or report.release}", markup=False, highlight=False, soft_wrap=True)


def show_document(console: Console, judged: JudgedDocument, page: int | None = None) -> None:
    """The tables of one document, or of one page of it, with their verdicts and equations, and its ledger."""
    shown_tables = [
        (number, one)
        for number, one in enumerate(judged.tables, start=1)
        if page is None or is_on(one, judged.raw_tables, page)
    ]
    if not shown_tables:
        console.print("no table of amounts stands " + ("in it" if page is None else f"on page {page}"))
    for number, one in shown_tables:
        _show_table(console, number, one)
    ledger = ledger_of(judged)
    console.print(
        f"ledger: {ledger.counted} amount-like tokens = {ledger.published} published + {ledger.set_aside} set aside "
        f"+ {ledger.not_euros} not euros + {ledger.outside} outside tables"
        + ("" if ledger.closes else f"; {ledger.difference} are LOST"),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _show_table(console: Console, number: int, one: TableResult) -> None:
    judgement, table = one.judgement, one.judgement.table
    head = f"table {number} at {one.readings.place}: {one.readings.title or '(no title)'}"
    console.print(head, markup=False, highlight=False, style="bold", soft_wrap=True)
    if table is None:
        console.print(f"  set aside ({judgement.reason}): {judgement.message}", markup=False, highlight=False)
        for finding in judgement.findings:
            console.print(f"  {finding.rule}: {finding.message} {finding.values}", markup=False, highlight=False)
        return
    grid = Table(show_lines=False, pad_edge=False)
    grid.add_column("", overflow="fold")
    columns = [at for at, column in enumerate(table.columns) if column.role is ColumnRole.AMOUNT]
    for at in columns:
        column = table.columns[at]
        measure = f"\n{column.measure.value}" if column.measure else ""
        grid.add_column(f"{column.year or ''}\n{column.stage.value}{measure}", justify="right", overflow="fold")
    previous: tuple[str, ...] = ()
    for row_at, row in enumerate(table.rows):
        if row.path != previous:
            grid.add_row(f"[bold]{_escaped(' > '.join(row.path))}[/bold]")
            previous = row.path
        cells = []
        for at in columns:
            cell = row.cells[at]
            proof = judgement.proofs.get((row_at, at), Proof.NOT_COVERED).value
            cells.append(_escaped(f"{cell.amount.printed} {_MARKS[proof]}") if cell else "")
        grid.add_row(_escaped(row.label or "(no label)"), *cells)
    console.print(grid)
    counts = Counter(line.proof for line in one.lines)
    console.print(
        f"  unit {table.unit}; {judgement.sign_convention or 'no sign convention shown'}; "
        f"{len(one.lines)} lines: {counts['proved']} proved ✓, {counts['contradicted']} contradicted ✗, "
        f"{counts['not_covered']} not covered ·"
        + (f"; second reader: {judgement.second_reading.value}" if judgement.second_reading else ""),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    _show_equations(console, one)
    for finding in judgement.findings:
        text = f"  {finding.rule} at {finding.locator}: {finding.message} {finding.values}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def _show_equations(console: Console, one: TableResult) -> None:
    table, equations = one.judgement.table, one.judgement.equations
    if table is None:
        return
    held = sum(equation.holds for equation in equations)
    console.print(f"  equations: {held} of {len(equations)} hold", markup=False, highlight=False)
    for equation in sorted(equations, key=lambda e: e.holds)[:_MOST_EQUATIONS]:
        row, column, _ = equation.terms[0]
        verdict = "holds" if equation.holds else f"is off by {abs(equation.difference)}"
        name = f"{table.rows[row].label} | {table.columns[column].label}"
        text = f"    {equation.rule} {verdict}: {name}: {shown(table, equation)}"
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    if len(equations) > _MOST_EQUATIONS:
        console.print(f"    and {len(equations) - _MOST_EQUATIONS} more", markup=False, highlight=False)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
