"""What a release is made of: the tables of the contract, and what the steward says of the publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from publishers.frames import frame_of
from publishers.history.persons import IsPersonal, nobody
from schemas.contract import ALL_TABLES
from schemas.settings import Publication


@dataclass(frozen=True, slots=True)
class Summary:
    """With which release this one is compared (None: it is the first), how many lines that had, how many of them say
    the same, and what became of documents.
    """

    compared_with: str | None = None
    lines_before: int = 0
    lines_same: int = 0
    documents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The frames of a release by the name of their table; without a publication no metadata for portals are written.

    What a release says of the one `before` it is made when it is written: `completed` in publishers/release.py.
    `is_personal` says which texts may be about a person: of lines that are gone these are not said again.
    """

    frames: Mapping[str, pa.Table]
    publication: Publication | None = None
    before: Path | None = None
    is_personal: IsPersonal = nobody
    summary: Summary = field(default_factory=Summary)


def content_of(rows: Mapping[str, Sequence[Any]], publication: Publication | None = None) -> Content:
    """The content of a release from the records of each table of the contract.

    Raises:
        ReleaseError: where a value does not fit its column, or a key stands twice.
    """
    return Content({table.name: frame_of(table, rows[table.name]) for table in ALL_TABLES}, publication)
