"""The text of a page and its frame: from the coordinates of the file to those of the page as a viewer shows it."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class PageText:
    """The text of a page as pdfium gives it, with the means to ask where its characters stand."""

    text: str
    handle: object
    aligned: bool  # whether the place in the text is also the number of the character
    height: float
    width: float
    left: float
    bottom: float
    rotation: int
    words: list[str]
    printable: bool  # whether it holds no character that is not shown, such as soft hyphens


def page_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> PageText:
    """The page's text and its frame: the visible box, and the quarter turns by which a viewer shows it."""
    text = textpage.get_text_range()
    words = text.split()
    printable = text.replace("\r\n", "").isprintable() or "".join(words).isprintable()
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() // 90
    return PageText(
        text,
        textpage.raw,
        len(text) == textpage.count_chars(),
        top - bottom,
        right - left,
        left,
        bottom,
        rotation,
        words,
        printable,
    )


def viewed(page: PageText, box: Box) -> Box:
    """A box of the file as a viewer shows it: from the top left of the visible page, turned as the page says."""
    x0, y0, x1, y1 = box[0] - page.left, box[1] - page.bottom, box[2] - page.left, box[3] - page.bottom
    wide, high = page.width, page.height
    if page.rotation == 0:
        return x0, high - y1, x1, high - y0
    if page.rotation == 1:
        return y0, x0, y1, x1
    if page.rotation == 2:
        return wide - x1, y0, wide - x0, y1
    return high - y1, wide - x1, high - y0, wide - x0


def shown_box(page: PageText, box: Box, turn: int) -> Box:
    """A box of the file on the page as it is read, after quarter turns of the page as shown."""
    return turned_back(viewed(page, box), turn, *shown_size(page))


def shown_size(page: PageText) -> tuple[float, float]:
    """Width and height of the page as a viewer shows it."""
    return (page.width, page.height) if page.rotation % 2 == 0 else (page.height, page.width)


def turned_back(box: Box, turn: int, wide: float, high: float) -> Box:
    """A box of a page of the given size, turned back by quarter turns clockwise."""
    x0, top, x1, bottom = box
    if turn == 1:
        return top, wide - x1, bottom, wide - x0
    if turn == 2:
        return wide - x1, high - bottom, wide - x0, high - top
    if turn == 3:
        return high - bottom, x0, high - top, x1
    return box
