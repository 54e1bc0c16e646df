"""Readers of PDF tables behind one face: a path in, tables of rows of texts out. Each is imported only when used."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scripts.grid_match import FoundRow, FoundTable

Reader = Callable[[Path], Iterator[FoundTable]]


def _table(page: int, rows: Iterable[Iterable[object]]) -> FoundTable:
    return tuple(FoundRow(page, tuple("" if cell is None else str(cell) for cell in row)) for row in rows)


def read_with_begroting(path: Path) -> Iterator[FoundTable]:
    """The first reader of this project."""
    from extractors.pdf import extract_pdf
    from schemas.records import RawTable

    for block in extract_pdf(path.read_bytes()).blocks:
        if isinstance(block, RawTable):
            yield tuple(
                FoundRow(next((cell.page for cell in row if cell.page), block.page or 0), tuple(c.text for c in row))
                for row in block.rows
            )


def _read_with_pdfplumber(path: Path, settings: dict[str, str]) -> Iterator[FoundTable]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            for rows in page.extract_tables(settings):
                yield _table(page.page_number, rows)
            page.close()


def read_with_pdfplumber(path: Path) -> Iterator[FoundTable]:
    """pdfplumber as it comes: tables by their rules."""
    return _read_with_pdfplumber(path, {})


def read_with_pdfplumber_text(path: Path) -> Iterator[FoundTable]:
    """pdfplumber with its text strategy for rows and columns."""
    return _read_with_pdfplumber(path, {"vertical_strategy": "text", "horizontal_strategy": "text"})


def read_with_camelot(path: Path) -> Iterator[FoundTable]:
    """camelot in stream mode, page by page: it keeps all it has read."""
    import camelot
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        count = len(document)
    for number in range(1, count + 1):
        for table in camelot.read_pdf(str(path), pages=str(number), flavor="stream", suppress_stdout=True):
            yield _table(number, table.df.values.tolist())


def read_with_tabula(path: Path) -> Iterator[FoundTable]:
    """tabula in stream mode, all pages in one run of Java. It does not tell the page: that is where the texts stand."""
    import tabula
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    at = 0
    for table in tabula.read_pdf(str(path), pages="all", stream=True, guess=True, output_format="json", silent=True):
        rows = [[cell["text"] for cell in row] for row in table["data"]]
        words = ["".join(cell.split()) for row in rows for cell in row if cell]
        at = max(range(at, len(texts)), key=lambda n: sum(word in texts[n] for word in words))
        yield _table(at + 1, rows)


def read_with_pymupdf(path: Path) -> Iterator[FoundTable]:
    """PyMuPDF's own table finder."""
    import pymupdf

    with pymupdf.open(path) as document:
        for number, page in enumerate(document, 1):
            for table in page.find_tables().tables:
                yield _table(number, table.extract())


_READERS: dict[str, tuple[str, Reader]] = {
    "begroting": ("extractors.pdf", read_with_begroting),
    "pdfplumber": ("pdfplumber", read_with_pdfplumber),
    "pdfplumber-text": ("pdfplumber", read_with_pdfplumber_text),
    "camelot-stream": ("camelot", read_with_camelot),
    "tabula-stream": ("tabula", read_with_tabula),
    "pymupdf": ("pymupdf", read_with_pymupdf),
}


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def installed_readers() -> dict[str, Reader]:
    """The readers that this environment has, by name, ours first."""
    return {name: reader for name, (module, reader) in _READERS.items() if _installed(module)}


def import_reader(name: str) -> Reader:
    """A reader whose package is loaded, so that a clock started now sees no imports."""
    module, reader = _READERS[name]
    importlib.import_module(module)
    return reader
