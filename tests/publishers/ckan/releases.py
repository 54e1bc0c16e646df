"""Releases of several bodies and years."""

from dataclasses import replace
from decimal import Decimal

from tests.publishers.release_rows import FINDING, rows_of, written

BODIES = (
    ("gm1895", "gemeente Oldambt", 2025),
    ("gm1895", "gemeente Oldambt", 2026),
    ("gm0344", "gemeente Utrecht", 2026),
)


def release_of(folder, bodies=BODIES, amount="1234000.00", lines=3, **facts):
    """A release with a document of each body and year; the first body's amounts are as given."""
    out = {"budget_lines": [], "tables": [], "documents": [], "findings": []}
    for n, (code, name, year) in enumerate(bodies):
        key = f"{code}-{year}"
        of = {"publisher_id": code, "publisher_name": name, "document_year": year, "source_id": key}
        about = rows_of(findings=(FINDING,), document_id=key, **of, **facts)
        line, table = about["budget_lines"][0], about["tables"][0]
        for m in range(lines):
            value = {"amount_eur": Decimal(amount)} if n == 0 and m == 0 else {}
            named = {
                "line_id": f"{key}-{m}",
                "line_key": f"{key}-{m}",
                "table_id": key,
                "taakveld_code": ("0.1", "0.10")[m % 2],
            }
            out["budget_lines"].append(replace(line, **of, **named, **value, line_label=f"Lasten {m}"))
        out["tables"].append(
            replace(table, table_id=key, document_id=key, source_id=key, line_count=lines, proved_count=lines)
        )
        counts = {"line_count": lines, "token_count": lines + 6, "published_token_count": lines}
        out["documents"].append(replace(about["documents"][0], **counts))
        out["findings"].append(replace(FINDING, finding_id=f"f-{key}", document_id=key, source_id=key, table_id=key))
    return written(folder, out)
