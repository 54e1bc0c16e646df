"""Texts of documents inside Markdown: as text, whatever they hold."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@$^='\"/])")


def escaped(text: str, longest: int = 80) -> str:
    """One line of plain text: white space is one space, control characters and turns of direction are gone, what
    Markdown or HTML would read is escaped, and more than `longest` characters are cut.
    """
    shown = " ".join(plain(text).split())
    cut = shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"
    return _SPECIAL.sub(r"\\\1", cut).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


def plain(text: str) -> str:
    """A text without control and format characters, which can hide or turn what is shown; white space stays."""
    return "".join(char if char.isspace() else "" if unicodedata.category(char)[0] == "C" else char for char in text)
