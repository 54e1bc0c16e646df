"""The data dictionary beside the data, in English and Dutch."""

from __future__ import annotations

from pathlib import Path

from publishers.content import Content
from schemas.renderings import data_dictionary, gegevenswoordenboek

ENGLISH, DUTCH = "dictionary.en.md", "dictionary.nl.md"


def write(content: Content, folder: Path) -> None:  # noqa: ARG001 - all releases have the same
    """Write both dictionaries."""
    (folder / ENGLISH).write_text(data_dictionary(), encoding="utf-8")
    (folder / DUTCH).write_text(gegevenswoordenboek(), encoding="utf-8")
