"""Small documents as text, and the sources that name them."""

from schemas.codelists import find_publishers
from schemas.records import DocumentType, Source

UNIT = "Bedragen x € 1.000"
HEADINGS = ["Omschrijving", "Rekening 2024", "Begroting 2025", "Begroting 2026"]
ROWS = [
    ["Lasten", "1.000", "1.107", "1.213"],
    ["Baten", "400", "452", "479"],
    ["Saldo", "-600", "-655", "-734"],
]


def text_of(title="Programma 1 Bestuur", *, unit=UNIT, rows=ROWS, headings=HEADINGS):
    """A flattened table: one cell per line."""
    lines = [title, *([unit] if unit else []), *headings, *(cell for row in rows for cell in row)]
    return "\n".join(lines) + "\n"


BAD = {
    "missing": None,
    "empty": b"",
    "blank": b" \n\n\t\n",
    "garbage": bytes(range(256)) * 20,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "office": b"PK\x03\x04" + bytes(200),
}
WITHOUT_TABLES = "De gemeente werkt aan haar begroting.\n\nDaarover leest u later meer.\n"
WITHOUT_UNIT = text_of("Programma 2 Zorg", unit="")


def source_of(folder, source_id="oldambt", content=None, *, name=None, **said):
    """A source whose file is written first; where `content` is None, the file is not there."""
    path = folder / (name or f"{source_id}.txt")
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    facts = {"path": str(path)} | said
    publisher = find_publishers("gm1895", 2026)[0].publisher
    return Source(source_id, publisher, DocumentType.BEGROTING, 2026, **facts)


def sources_file(folder, *entries, name="sources.yaml"):
    """A sources file with entries of an id and a path, or an id and a whole mapping."""
    lines = ["sources:"]
    for source_id, where in entries:
        facts = where if isinstance(where, dict) else {"path": where}
        known = {"publisher": "gm1895", "document_type": "begroting", "document_year": 2026, **facts}
        lines += [f"  - id: {source_id}", *(f"    {key}: {value}" for key, value in known.items())]
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
