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
_STAYS = re.compile(r"(?<![^\W\d_])(?:[Nn]iet|NIET|[A-Z]{2,4}|W[ml][oz])$")  # before a hyphen that breaks no word


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
    return text.replace(_SOFT, "")


def with_more(text: str, more: str) -> str:
    """A text that goes on on the next line: a word that was broken there is whole again."""
    if not text:
        return more
    if text.endswith(_SOFT):
        return text[:-1] + "-" * (_STAYS.search(text[:-1]) is not None and more[:1].islower()) + more
    if _DATE.search(text) and more[:1].isdigit():
        return text + more
    broken = text[-1] in "-/" and len(text) > 1 and text[-2].isalpha() and more[:1].islower()
    if broken and more.split(" ", 1)[0] not in ("en", "of", "en/of"):
        return text + more
    return f"{text} {more}"
