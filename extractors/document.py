"""Which extractor a document needs, by its bytes."""

from __future__ import annotations

from collections.abc import Callable

from extractors.text import extract_text
from schemas.errors import DocumentError
from schemas.records import RawDocument, Snapshot

LARGEST_TEXT = 25_000_000  # bytes; a budget of 400 pages is under one million
_MAGIC = (
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
)


def extract(snapshot: Snapshot, each_page: Callable[[int, int], None] | None = None) -> RawDocument:
    """The tables and texts of a document; `each_page` is told which page of how many was read.

    Raises:
        DocumentError: where nothing can be read of it.
    """
    head = snapshot.content[:1024].lstrip()
    if b"%PDF" in head:
        from extractors import pdf  # pypdfium2 is loaded only for a PDF

        return pdf.extract_pdf(snapshot.content, each_page=each_page)
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise DocumentError("unknown_format", f"{snapshot.address} is {what}; text, HTML and PDF can be read")
    if len(snapshot.content) > LARGEST_TEXT:
        megabytes = LARGEST_TEXT // 1_000_000
        raise DocumentError("too_large", f"{snapshot.address} holds more than {megabytes} MB of text: split it")
    from extractors import html  # lxml is loaded only where there is markup

    if html.looks_like_html(snapshot.content):
        return html.extract_html(snapshot.content)
    return extract_text(snapshot.content)
