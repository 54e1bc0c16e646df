"""Small sets of published rows that agree with each other."""

from dataclasses import replace
from decimal import Decimal

from publishers.content import content_of
from publishers.release import write_files
from schemas.records import BudgetLine
from schemas.rows import DocumentRow, FindingRow, TableRow

LINE = BudgetLine(
    line_id="line-1",
    line_key="key-1",
    source_id="oldambt",
    snapshot_id="0" * 64,
    table_id="table-1",
    publisher_id="gm1895",
    publisher_name="gemeente Oldambt",
    document_type="begroting",
    document_year=2026,
    document_status=None,
    table_title="Programma 1 Bestuur",
    section_path="",
    line_number=1,
    column_number=1,
    line_label="Lasten",
    column_label="Begroting 2026",
    line_type="lasten",
    is_total=False,
    programme=None,
    taakveld_code=None,
    fiscal_year=2026,
    stage="begroting",
    measure="lasten",
    amount_kind="exploitatie",
    balance_date=None,
    duration=None,
    amount_printed="1.234",
    unit=1000,
    amount_eur=Decimal("1234000.00"),
    net_effect_eur=Decimal("-1234000.00"),
    proof="proved",
    source_url=None,
    page=None,
    locator="line=8",
)
TABLE = TableRow(
    table_id="table-1",
    source_id="oldambt",
    document_id="document-1",
    snapshot_id="0" * 64,
    table_title="Programma 1 Bestuur",
    page=None,
    locator="line=1",
    status="published",
    reason=None,
    message=None,
    unit=1000,
    sign_convention=None,
    row_count=1,
    column_count=1,
    line_count=1,
    proved_count=1,
    contradicted_count=0,
    equations_found=1,
    equations_held=1,
    second_reading=None,
    duplicate_of=None,
)
DOCUMENT = DocumentRow(
    document_id="document-1",
    source_id="oldambt",
    snapshot_id="0" * 64,
    publisher_id="gm1895",
    publisher_name="gemeente Oldambt",
    document_type="begroting",
    document_year=2026,
    document_status=None,
    title=None,
    status_date=None,
    file_name="begroting.txt",
    source_url=None,
    retrieved_at=None,
    freshness="current",
    stale_since=None,
    status="published",
)
FINDING = FindingRow(
    "finding-1",
    "oldambt",
    "document-1",
    "0" * 64,
    "table-1",
    "short_row",
    "warning",
    None,
    "line=9",
    "a message",
    None,
)


def lines_of(*changes):
    """Lines that differ from the first in what is given."""
    return [replace(LINE, line_id=f"line-{n}", **change) for n, change in enumerate(changes, start=1)]


def rows_of(lines=None, findings=(FINDING,), **document):
    """The rows of a release of one document with one table, whose counts agree."""
    lines = [LINE] if lines is None else lines
    tokens = len(lines)
    counts = {"table_count": 1, "published_table_count": 1, "line_count": tokens, "token_count": tokens + 6}
    ledger = {"published_token_count": tokens, "set_aside_token_count": 1, "not_euros_token_count": 2}
    return {
        "budget_lines": lines,
        "tables": [replace(TABLE, line_count=len(lines), proved_count=len(lines))],
        "documents": [replace(DOCUMENT, **{**counts, **ledger, "outside_token_count": 3, **document})],
        "findings": list(findings),
    }


def bytes_of(folder):
    """The content of every file below a folder, by its address."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder, rows=None):
    """A folder with the files of a release."""
    folder.mkdir(parents=True)
    write_files(content_of(rows_of() if rows is None else rows), folder)
    return folder
