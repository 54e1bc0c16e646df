"""The title and first words of a document, without its tables."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup

_FIRST_PAGES = 3
_MOST_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The title of a document, its first texts, and how many pages it has if it is a PDF."""

    title: str
    texts: tuple[str, ...]
    pages: int | None = None


def glimpse(content: bytes) -> Glimpse:
    """What a document calls itself.

    Raises:
        DocumentError: where it is a PDF that can't be opened.
    """
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    page = BeautifulSoup(content, "lxml")
    title = page.title.get_text(" ", strip=True) if page.title is not None else ""
    return Glimpse(title, tuple(one.get_text(" ", strip=True) for one in page.find_all(["h1", "h2"])[:10]))


def _pdf(content: bytes) -> Glimpse:
    from extractors.pdf.opening import PDFIUM, opened
    from extractors.pdf.reader import MOST_PAGES

    with opened(content, MOST_PAGES) as (document, count), PDFIUM:
        texts = []
        for number in range(min(_FIRST_PAGES, count)):
            page = document[number]
            text = page.get_textpage()
            texts.append(text.get_text_bounded()[:_MOST_CHARACTERS])
            text.close()
            page.close()
        title = document.get_metadata_dict().get("Title") or ""
        return Glimpse(title.strip(), tuple(texts), count)
