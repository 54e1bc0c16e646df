"""All that is asked of pdfium about a page, before anything is made of it: then the page can be closed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2 as pdfium

from extractors.pdf.frame import Box, PageText, page_text, shown_size
from extractors.pdf.legible import page_verdict
from extractors.pdf.letters import Known
from extractors.pdf.opening import PDFIUM
from extractors.pdf.rules import drawn_on
from extractors.pdf.signal import shows_table
from extractors.pdf.words import Word, words_of
from schemas.notation import count_tokens
from schemas.records import UnreadablePage

_OVER = 2.0  # points by which a word on the page may stand over its edge


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
        """Let go of both."""
        for part in (self.text, self.page):
            if part is not None:
                part.close()


@dataclass(slots=True)
class Sight:
    """What was seen of a page: without text where it is damaged, without runs of words where nothing is a table."""

    text: PageText | None = None
    unreadable: UnreadablePage | None = None
    runs: list[list[Word]] | None = None
    change: int = 0  # of the number of amounts, by words that stand apart or double, or outside the visible page
    drawn: list[Box] = field(default_factory=list)

    @property
    def characters(self) -> int:
        """How many the page has."""
        return len(self.text.text) if self.text is not None else 0


def sight_of(document: pdfium.PdfDocument, number: int, known: Known) -> Sight:
    """What can be seen of a page, counted from 0, which is closed again; `known` gathers over the document."""
    with PDFIUM:
        sheet = Sheet(document, number)
        try:
            return _sight_of_sheet(sheet, number, known)
        finally:
            sheet.close()


def _sight_of_sheet(sheet: Sheet, number: int, known: Known) -> Sight:
    """The same of an open page; the caller holds PDFIUM."""
    if sheet.page is None:
        return Sight(unreadable=UnreadablePage(number + 1, "damaged", "the page can't be opened"))
    try:
        if sheet.text is not None:
            return _seen(sheet.page, sheet.text, number + 1, known)
    except pdfium.PdfiumError:
        pass
    return Sight(unreadable=UnreadablePage(number + 1, "damaged", "the text of the page can't be read"))


def _seen(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, known: Known) -> Sight:
    text = page_text(page, textpage)
    verdict = page_verdict(page, text, number)
    if verdict is not None or not shows_table(text.text):
        return Sight(text, verdict)
    runs, change = words_of(text, known)
    shown, unseen = _within(runs, *shown_size(text))
    return Sight(text, None, shown, change - unseen, drawn_on(page))


def _within(runs: list[list[Word]], wide: float, high: float) -> tuple[list[list[Word]], int]:
    """The runs of words of which a viewer shows something, and the amount-like tokens in the others."""
    if all(
        run[0].x0 >= -_OVER and run[-1].x1 <= wide + _OVER and run[0].top >= -_OVER and run[0].bottom <= high + _OVER
        for run in runs
    ):
        return runs, 0
    kept, lost = [], 0
    for run in runs:
        seen = [word for word in run if word.x1 > 0 and word.x0 < wide and word.bottom > 0 and word.top < high]
        if len(seen) < len(run):
            lost += sum(count_tokens(word.text) for word in run) - sum(count_tokens(word.text) for word in seen)
        if seen:
            kept.append(seen)
    return kept, lost
