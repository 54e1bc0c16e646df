"""What the pages of a release cost beside its CSV and Parquet, on made lines: LINES... as arguments."""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers import csv_file, parquet_file, portal
from publishers.content import Content, content_of
from publishers.frames import plain
from publishers.release import completed
from schemas.contract import BUDGET_LINES
from schemas.renderings import arrow_schema
from tests.publishers.release_rows import DOCUMENT, FINDING, TABLE

ROWS, COLUMNS, TABLES, PROGRAMMES, YEARS = 8, 6, 30, 10, 10  # of a table, of a document, of a publisher


def made(lines: int) -> Content:
    """A release of so many lines: publishers of ten budgets of thirty tables, ten of which are about a programme."""
    per_table = ROWS * COLUMNS
    tables = max(lines // per_table, 1)
    documents = -(-tables // TABLES)
    at = np.arange(tables * per_table)
    table, document = at // per_table, at // per_table // TABLES
    row, column = at // COLUMNS % ROWS, at % COLUMNS
    publisher, year = document // YEARS, 2017 + document % YEARS
    amounts = pa.array((at * 7919) % 99_000 + 1)

    def texts(prefix: str, numbers: np.ndarray, end: str = "") -> pa.Array:
        distinct, where = np.unique(numbers, return_inverse=True)
        return pa.array([f"{prefix}{n}{end}" for n in distinct]).take(pa.array(where))

    title = texts("Programma ", table % TABLES)
    programme = pc.if_else(pa.array(table % TABLES < PROGRAMMES), title, None)
    kinds = pa.array(["lasten", "lasten", "lasten", "baten", "baten", "baten", "saldo", "lasten"])
    labels = pa.array(
        ["Bestuur", "Burgerzaken", "Totaal lasten", "Bestuur", "Burgerzaken", "Totaal baten", "Saldo", "X"]
    )
    euros = amounts.cast(pa.decimal128(19, 0)).cast(pa.decimal128(18, 2))
    count = len(at)
    given = {
        "line_id": texts("f0fa4ed62d972aff", at), "line_key": texts("b8588dfcc592e234", at),
        "source_id": texts("source-", document), "snapshot_id": texts("0" * 58, document),
        "table_id": texts("table-", table), "publisher_id": texts("gm", publisher),
        "publisher_name": texts("gemeente ", publisher), "document_type": pa.repeat("begroting", count),
        "document_year": pa.array(year), "table_title": title,
        "section_path": pa.array(["Lasten", "Baten", ""]).take(pa.array(np.minimum(row // 3, 2))),
        "line_number": pa.array(row + 1), "column_number": pa.array(column + 1),
        "line_label": labels.take(pa.array(row)), "column_label": texts("Begroting ", year + column),
        "line_type": pa.array([None, None, "lasten", None, None, "baten", "saldo", None]).take(pa.array(row)),
        "is_total": pa.array(np.isin(row, [2, 5, 6])), "programme": programme,
        "fiscal_year": pa.array(year + column), "stage": pa.repeat("begroting", count),
        "measure": kinds.take(pa.array(row)), "amount_kind": pa.repeat("exploitatie", count),
        "amount_printed": amounts.cast(pa.string()), "unit": pa.repeat(1000, count), "amount_eur": euros,
        "net_effect_eur": euros, "proof": pa.array(["proved", "not_covered"]).take(pa.array(at % 2)),
        "source_url": texts("https://publicaties.example.org/begroting-", document, ".pdf"),
        "page": pa.array(table % 300 + 1), "locator": texts("box=304.0,168.6,329.0,", at % 700),
    }  # fmt: skip
    schema = arrow_schema(BUDGET_LINES)
    columns = [given[f.name].cast(f.type) if f.name in given else pa.nulls(count, f.type) for f in schema]
    rest = _rest(tables, documents)
    return Content({"budget_lines": pa.table(columns, schema=schema), **rest})


def _rest(tables: int, documents: int) -> dict[str, pa.Table]:
    """The rows of tables, documents and findings beside the lines: one table in twenty has a finding."""
    from dataclasses import replace

    per_table = ROWS * COLUMNS
    table_rows = [
        replace(
            TABLE, table_id=f"table-{n}", source_id=f"source-{n // TABLES}", document_id=f"document-{n // TABLES}",
            table_title=f"Programma {n % TABLES}", page=n % 300 + 1, line_count=per_table, proved_count=per_table // 2,
            equations_found=12, equations_held=12,
        )
        for n in range(tables)
    ]  # fmt: skip
    document_rows = [
        replace(
            DOCUMENT, document_id=f"document-{n}", source_id=f"source-{n}", publisher_id=f"gm{n // YEARS}",
            publisher_name=f"gemeente {n // YEARS}", document_year=2017 + n % YEARS, token_count=9,
            line_count=per_table * min(TABLES, tables - n * TABLES),
            source_url=f"https://publicaties.example.org/begroting-{n}.pdf",
        )
        for n in range(documents)
    ]  # fmt: skip
    findings = [
        replace(FINDING, finding_id=f"f-{n}", table_id=f"table-{n}", document_id=f"document-{n // TABLES}")
        for n in range(0, tables, 20)
    ]
    rows = {"budget_lines": [], "tables": table_rows, "documents": document_rows, "findings": findings}
    frames = dict(content_of(rows).frames)
    del frames["budget_lines"]
    return frames


def main() -> None:
    for lines in [int(argument) for argument in sys.argv[1:]] or [50_000, 500_000]:
        content = completed(made(lines))
        folder = Path(tempfile.mkdtemp())
        try:
            start = time.process_time()
            for name, frame in content.frames.items():
                csv_file.write(plain(frame), folder / f"{name}.csv")
                parquet_file.write(frame, folder / f"{name}.parquet")
            files = time.process_time() - start
            start = time.process_time()
            portal.write(content, folder)
            pages = time.process_time() - start
            size = sum(path.stat().st_size for path in folder.rglob("*.html"))
            count = sum(1 for _ in folder.rglob("*.html"))
        finally:
            shutil.rmtree(folder)
        rows = content.frames["budget_lines"].num_rows
        print(
            f"{rows:>9,} lines: CSV and Parquet {files:6.2f} s, pages {pages:6.2f} s ({pages / files:.0%}); "
            f"{count:,} pages, {size / 1e6:,.0f} MB"
        )


if __name__ == "__main__":
    main()
