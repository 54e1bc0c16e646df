"""A release with a publication: two bodies, three documents, hostile texts, and the days that are known of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from publishers.content import content_of
from publishers.release import write_files
from schemas.settings import Publication
from tests.publishers.release_rows import DOCUMENT, FINDING, LINE, TABLE

PUBLICATION = Publication(
    base_url="https://data.example.org/begroting/latest/",
    publisher_name='Open "data" & <partners>',
    publisher_uri="https://example.org/",
    contact_name="Team open data",
    contact_email="opendata@example.org",
    woo=True,
)
_LEDGER = {"line_count": 1, "token_count": 7, "published_token_count": 1, "set_aside_token_count": 1,
           "not_euros_token_count": 2, "outside_token_count": 3}  # fmt: skip
BEGROTING = replace(
    DOCUMENT,
    title="Programmabegroting 2026 <b>\"&'é\u0007 @prefix x: <y> .",
    document_status="vastgesteld",
    status_date=date(2025, 11, 6),
    source_url='https://oldambt.nl/begroting 2026/<a>"{b}.pdf?x=1&y=é',
    retrieved_at=datetime(2025, 11, 14, 8, 30, tzinfo=UTC),
    licence_note='Op de site staat: "vrij te gebruiken".',
    **_LEDGER,
)
KADERNOTA = replace(
    BEGROTING, document_id="document-2", source_id="oldambt-kadernota", snapshot_id="1" * 64,
    document_type="kadernota", title="Kadernota 2026", document_status="ontwerp", status_date=date(2025, 6, 5),
    source_url="https://oldambt.nl/kadernota.pdf", retrieved_at=None, licence_note=None,
)  # fmt: skip
WATER = replace(
    BEGROTING, document_id="document-3", source_id="ws0152-2025", snapshot_id="2" * 64, publisher_id="ws0152",
    publisher_name="waterschap Rijn en IJssel", document_type="jaarstukken", document_year=2024,
    title="Jaarstukken 2024", source_url=None, retrieved_at=None, licence_note=None,
)  # fmt: skip
DOCUMENTS = (BEGROTING, KADERNOTA, WATER)


def rows(documents=DOCUMENTS):
    """The rows of a release of documents with a line each."""
    shared = ("source_id", "snapshot_id", "publisher_id", "publisher_name", "document_type", "document_year",
              "document_status", "source_url")  # fmt: skip
    lines, tables = [], []
    for number, document in enumerate(documents, start=1):
        keys = {"table_id": f"table-{number}"}
        said = {name: getattr(document, name) for name in shared}
        year = {"fiscal_year": document.document_year}
        lines.append(replace(LINE, line_id=f"line-{number}", line_key=f"key-{number}", **keys, **said, **year))
        about = {name: getattr(document, name) for name in ("source_id", "snapshot_id", "document_id")}
        tables.append(replace(TABLE, **keys, **about))
    return {"budget_lines": lines, "tables": tables, "documents": list(documents), "findings": [FINDING]}


def written(folder, publication=PUBLICATION, documents=DOCUMENTS):
    """A folder with the files of such a release."""
    folder.mkdir(parents=True)
    write_files(content_of(rows(documents), publication), folder)
    return folder
