"""What stands in one cell of a table on a page, from the lines in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pdf.frame import Box
from extractors.pdf.textlines import Chunk

_SOFT = "\u00ad"
_DATE = re.compile(
    r"(?<![\d.,])(?:\d{1,2}|\d{4}|\d{1,2}-\d{1,2})-$"
)  # of a date or a span of years, broken behind its dash
_STAYS = re.compile(
    r"(?<![^\W\d_])(?:[Nn]iet|NIET|[A-Z]{2,4}|W[ml][oz]|[A-Za-z])$|(?<!\w)[A-Z]{1,4}\d{1,3}$|(?<![\w.,-])\d{1,3}$"
)  # before a hyphen that breaks no word
_GOES_ON = re.compile(r"[^\W_]|[,;/)]")
_AND = re.compile(r"(?:en|of|en/of)\b")  # behind the hyphen that stands for the rest of a word


@dataclass(slots=True)
class Piece:
    """What stands in a cell: its text, its box, and what is known of its place."""

    text: str
    box: Box
    indent: int = 0
    column_span: int = 1
    row_span: int = 1


def joined(chunks: Sequence[Chunk]) -> str:
    """The text of lines that are one cell: parts of a broken word are put together."""
    text = chunks[0].text
    if len(chunks) > 1:
        for chunk in chunks[1:]:
            text = with_more(text, chunk.text)
    return text[:-1].replace(_SOFT, "") + text[-1:].replace(_SOFT, "-") if _SOFT in text else text


def running(lines: Sequence[str]) -> str:
    """Lines of running text as one: words that were broken at a hyphen are whole again."""
    text = " ".join(lines)
    if _SOFT not in text:
        return text
    text = lines[0]
    for line in lines[1:]:
        text = with_more(text, line) if text.endswith(_SOFT) else f"{text} {line}"
    return text.replace(_SOFT, "")


def with_more(text: str, more: str) -> str:
    """A text that goes on on the next line: a word that was broken there is whole again."""
    if not text:
        return more
    if _DATE.search(text) and more[:1].isdigit():
        return text + more
    if text[-1] in "-\u00ad" and len(text) > 1 and not text[-2].isspace():
        return _behind_hyphen(text[:-1], more, soft=text[-1] == _SOFT)
    if text.endswith(_SOFT):
        return text[:-1] + more
    broken = text[-1] == "/" and len(text) > 1 and text[-2].isalpha() and more[:1].islower()
    if broken and more.split(" ", 1)[0] not in ("en", "of", "en/of"):
        return text + more
    return f"{text} {more}"


def _behind_hyphen(text: str, more: str, *, soft: bool) -> str:
    """A text whose line ends in a hyphen, with what follows: where it is `soft`, it may only break a word.

    It breaks none before a capital, a figure or a comma, nor behind letters or figures that are no syllable. Before en
    and of it stands for the rest of a word.
    """
    whole = text[-1].isalpha() or _STAYS.search(text) is not None
    if _AND.match(more) or not (whole and _GOES_ON.match(more)):
        return f"{text}- {more}"
    if more[0].isupper() and (text + more).isupper():
        return text + more if soft else f"{text}- {more}"
    stays = not soft or not more[0].islower() or _STAYS.search(text)
    return f"{text}-{more}" if stays else text + more
