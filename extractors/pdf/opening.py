"""Opening a PDF, or saying why it is not read: protected, damaged, too large, or made to exhaust its reader."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from schemas.errors import DocumentError

PDFIUM = Lock()  # held by who calls pdfium: it bears one thread at a time in a process, whatever the document
MOST_BYTES = 300_000_000
MOST_CHARACTERS = 20_000_000  # of a whole document; a budget of 400 pages has under two million
_ENDINGS = 2048  # where a reader looks for the end of the file


@contextmanager
def opened(content: bytes, most_pages: int) -> Iterator[tuple[pdfium.PdfDocument, int]]:
    """The document and how many pages it has, closed afterwards.

    Raises:
        DocumentError: `too_large`, `encrypted`, `damaged`, `too_many_pages` or `empty`.
    """
    if len(content) > MOST_BYTES:
        raise DocumentError("too_large", f"the PDF is larger than {MOST_BYTES // 1_000_000} MB")
    if b"%%EOF" not in content[-_ENDINGS:] and b"startxref" not in content[-_ENDINGS:]:
        raise DocumentError("damaged", "the PDF has no end: it was cut off on the way")
    try:
        with PDFIUM:
            document = pdfium.PdfDocument(content)
            count = len(document)
    except pdfium.PdfiumError as error:
        raise _refusal(error) from error
    try:
        if count == 0:
            raise DocumentError("empty", "the PDF has no pages")
        if count > most_pages:
            raise DocumentError("too_many_pages", f"the PDF has {count} pages, more than the {most_pages} allowed")
        yield document, count
    finally:
        with PDFIUM:
            document.close()


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles of objects meanwhile: pages leave next to none, and it looks through all cells each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def count_as_old() -> None:
    """Let the search for cycles take all that there is for long-lived, without looking through it: a document's cells
    hold none."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


def _refusal(error: pdfium.PdfiumError) -> DocumentError:
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return DocumentError("encrypted", "the PDF is protected by a password")
    return DocumentError("damaged", f"the PDF can't be opened: {error}")
