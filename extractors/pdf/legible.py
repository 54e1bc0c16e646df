"""Whether the text of a page can be trusted: a page that is a picture, or whose fonts spell nothing, is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.pdf.frame import PageText
from extractors.pdf.quick import address, letter_is_unmapped, letter_object, reference, render_mode
from schemas.records import UnreadablePage

MOST_ON_PAGE = 200_000  # characters
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_VOWELS = frozenset("aeiouyàáâäèéêëìíîïòóôöùúûüAEIOUYÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜ")
_INVISIBLE = 3  # the rendering mode of text that is not shown
_WORDS = 60  # of a page that are looked at for vowels
_MODES = 8  # characters of a page that are asked whether they are shown
_SAMPLE = 24  # characters of a page whose font is asked for


def page_verdict(page: pdfium.PdfPage, text: PageText, number: int) -> UnreadablePage | None:
    """Why a page can't be read; None where it can."""
    if len(text.text) > MOST_ON_PAGE:
        return UnreadablePage(number, "too_large", f"page {number} holds more than {MOST_ON_PAGE:,} characters")
    words = text.words
    if sum(map(len, words[:12])) < 12 and _has_picture(page):
        return UnreadablePage(number, "picture", f"page {number} is a picture without text")
    if not words:
        return None
    sample = _sample(text)
    if _is_strange(text) or not _spells(words) or _share_unmapped(text, sample) > 0.1:
        return UnreadablePage(
            number,
            "no_text_mapping",
            f"the fonts of page {number} don't say which letters they show: no figure is read",
        )
    if _is_invisible(text, sample) and _has_picture(page):
        return UnreadablePage(
            number, "machine_read", f"page {number} is a picture whose text a machine guessed and the page doesn't show"
        )
    return None


def _is_strange(text: PageText) -> bool:
    """Whether one in twenty characters is a control, a private one, or names a letter by its number in the font."""
    if text.printable and "\ufffd" not in text.text and "(cid:" not in text.text:
        return False
    return len(_STRANGE.findall(text.text)) * 20 > len(text.text)


def _has_picture(page: pdfium.PdfPage) -> bool:
    handle = page.raw
    for at in range(min(raw.FPDFPage_CountObjects(handle), 2000)):
        if raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(handle, at)) in (
            raw.FPDF_PAGEOBJ_IMAGE,
            raw.FPDF_PAGEOBJ_FORM,
        ):
            return True
    return False


def _sample(text: PageText) -> list[int]:
    """The numbers of some characters that are no white space, spread over the page."""
    step = max(1, len(text.text) // _SAMPLE)
    places = (at for at in range(0, len(text.text), step) if not text.text[at].isspace())
    return [at if text.aligned else raw.FPDFText_GetCharIndexFromTextIndex(text.handle, at) for at in places]


def _share_unmapped(text: PageText, sample: Sequence[int]) -> float:
    """The share of a page's characters for which its fonts name no letter."""
    handle = reference(address(text.handle))
    missing = [at for at in sample if letter_is_unmapped(handle, at) == 1]
    return len(missing) / max(1, len(sample))


def _spells(words: Sequence[str]) -> bool:
    """Whether the words of a page have vowels, as those of any language do: as many of them as show it."""
    long = [word for word in filter(str.isalpha, words) if len(word) > 3]
    if len(long) < 12:
        long = _LETTERS.findall(" ".join(words))
    if len(long) < 12:
        return True
    sample = long[:: max(1, len(long) // _WORDS)]
    return (len(sample) - sum(map(_VOWELS.isdisjoint, sample))) * 10 > len(sample) * 6


def _is_invisible(text: PageText, sample: Sequence[int]) -> bool:
    """Whether most of the text is not shown."""
    sample = sample[:: _SAMPLE // _MODES]
    handle = reference(address(text.handle))
    modes = [render_mode(letter_object(handle, at)) for at in sample]
    return modes.count(_INVISIBLE) * 2 > len(sample)
