"""A picture of a page, for a person who wants to see why a table was read so."""

from __future__ import annotations

import pypdfium2 as pdfium
from PIL.Image import Image

from extractors.pdf.opening import PDFIUM, opened
from schemas.errors import DocumentError


def picture_of(content: bytes, page: int, scale: float, most_pages: int = 2000) -> Image:
    """Page `page`, counted from 1, as a viewer shows it; `scale` pixels for each point.

    Raises:
        DocumentError: where the file or the page can't be opened.
    """
    with opened(content, most_pages) as (document, count), PDFIUM:
        if not 1 <= page <= count:
            raise DocumentError("no_such_page", f"page {page} is not there: the PDF has {count}")
        try:
            opened_page = document[page - 1]
        except pdfium.PdfiumError as error:
            raise DocumentError("damaged", f"page {page} can't be opened") from error
        try:
            picture: Image = opened_page.render(scale=scale).to_pil()
            return picture.convert("RGB")
        finally:
            opened_page.close()
