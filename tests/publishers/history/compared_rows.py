"""Two releases in memory, and how they differ."""

from dataclasses import replace

from publishers.frames import frame_of
from publishers.history.changes import compared
from publishers.history.sides import side_of
from schemas.contract import ALL_TABLES
from tests.publishers.release_rows import DOCUMENT, LINE, TABLE

OLD_BYTES, NEW_BYTES = "0" * 64, "1" * 64


def document(name="a", *changes, snapshot=OLD_BYTES, **facts):
    """The rows of a document whose lines differ in what is given; keys are k1, k2 … unless they are given."""
    about = {
        k: v
        for k, v in facts.items()
        if k in ("publisher_id", "publisher_name", "document_type", "document_year", "document_status")
    }
    facts = {"source_id": f"source-{name}", **facts}
    row = replace(DOCUMENT, document_id=f"document-{name}", snapshot_id=snapshot, **facts)
    table = replace(
        TABLE,
        table_id=f"table-{name}",
        document_id=row.document_id,
        source_id=row.source_id,
        snapshot_id=snapshot or "",
    )
    lines = []
    for n, change in enumerate(changes, start=1):
        one = {
            "line_key": f"k{n}",
            "line_id": f"{name}-{n}-{(snapshot or '-')[0]}",
            "snapshot_id": snapshot,
            **about,
            **change,
        }
        lines.append(replace(LINE, table_id=table.table_id, source_id=row.source_id, **one))
    return row, table, lines


def side(*documents):
    rows = {
        "documents": [row for row, _, _ in documents],
        "tables": [table for _, table, _ in documents],
        "budget_lines": [line for _, _, lines in documents for line in lines],
        "findings": [],
    }
    return side_of({table.name: frame_of(table, rows[table.name]) for table in ALL_TABLES})


def changes(old, new):
    """The changes between two lists of documents, as rows."""
    return compared(side(*old), side(*new)).changes.to_pylist()


def told(rows):
    return [(row["change"], row["reason"], row["line_key"]) for row in rows]
