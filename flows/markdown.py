"""Words of documents and hosts inside Markdown: shown as they are, never as markup, HTML or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:@/^=$])")
_IN_ADDRESSES = ":/?#@!$&*+,;=%~-._'"
_LONGEST = 300


def plain(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, without characters that don't show, cut where it is too long."""
    shown = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def said(text: str) -> str:
    """A text whose every mark is shown and none obeyed; an address in it is no link either."""
    return _MARKS.sub(r"\\\1", escape(plain(text), quote=False))


def link(text: str, address: str | None) -> str:
    """A link to a page of the web; to anything else (a file, a script) the text alone."""
    if address is None or not re.match(r"https?://[^\s/@]+(?:/|$)", address):
        return said(text)
    return f"[{said(text)}](<{quote(address, safe=_IN_ADDRESSES)}>)"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
