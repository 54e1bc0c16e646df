"""The pages of a PDF one after the other, the next one loaded while Python works on this one.

A third to a half of the time is pdfium's loading of pages, during which no Python runs. A thread closes a page and
loads the next as soon as all was asked of it, while the reader makes tables of the answers: that takes a second core
and no more memory, since one page is open at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

import pypdfium2 as pdfium

from extractors.pdf.opening import PDFIUM

_SWITCH = 5e-5  # seconds: the loader asks for Python after each call of pdfium, and should not wait for it longer

_switching = Lock()
_usual: list[float] = []  # seconds, one for each document that is being read; the first is to be put back

Seen = TypeVar("Seen")


class Sheet:
    """An open page and its text, each None where pdfium can't read it."""

    def __init__(self, document: pdfium.PdfDocument, number: int) -> None:
        self.page: pdfium.PdfPage | None = None
        self.text: pdfium.PdfTextPage | None = None
        try:
            self.page = document[number]
            self.text = self.page.get_textpage()
        except pdfium.PdfiumError:
            return

    def close(self) -> None:
        """Let go of both; once is enough."""
        for part in (self.text, self.page):
            if part is not None:
                part.close()


def seen_ahead(document: pdfium.PdfDocument, count: int, look: Callable[[Sheet, int], Seen]) -> Generator[Seen]:
    """What `look` sees of each page, by its number from 0; only there may pdfium be asked. The next page is loaded
    while the caller works on what it was given. Close the generator to stop early.
    """
    with PDFIUM:
        sheet = Sheet(document, 0)
    try:
        with _quick_switching(), ThreadPoolExecutor(1, "next page") as loader:
            for number in range(count - 1):
                with PDFIUM:
                    seen = look(sheet, number)
                coming = loader.submit(_turned_over, sheet, document, number + 1)
                try:
                    yield seen
                finally:
                    sheet = coming.result()
        with PDFIUM:
            seen = look(sheet, count - 1)
        yield seen
    finally:
        with PDFIUM:
            sheet.close()


def _turned_over(sheet: Sheet, document: pdfium.PdfDocument, number: int) -> Sheet:
    with PDFIUM:
        sheet.close()
        return Sheet(document, number)


@contextmanager
def _quick_switching() -> Iterator[None]:
    """Threads wait shortly for each other; the last document that is read puts back what was before the first."""
    with _switching:
        _usual.append(sys.getswitchinterval())
        sys.setswitchinterval(_SWITCH)
    try:
        yield
    finally:
        with _switching:
            usual = _usual.pop()
            if not _usual:
                sys.setswitchinterval(usual)
