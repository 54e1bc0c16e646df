"""The files that tell what changed: history.json, for programs, and CHANGES.md, for people."""

from __future__ import annotations

from pathlib import Path

from publishers.content import Content
from publishers.history import summary, told
from schemas.contract import BUDGET_LINES, CHANGES


def write(content: Content, folder: Path) -> None:
    """Write both; the tables are written with the others."""
    changes = content.frames[CHANGES.name]
    summary.write(content.summary, changes, content.frames[BUDGET_LINES.name].num_rows, folder)
    told.write(content.summary, changes, folder)
