"""What is known of documents as they were fetched: captures, and the editions that a release publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a capture found at an address."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    VANISHED = "vanished"
    FAILED = "failed"
    SKIPPED = "skipped"  # neither a page, a text nor a PDF


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered. `content` is None where it says that nothing changed (304)."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes | None

    def header(self, name: str) -> str:
        """The first value of a header, or empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a later request to `url` may send so that an unchanged document need not be sent again."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """One look at one address, as the archive keeps it. `address` is a URL, or the name of a local file."""

    source_id: str
    address: str
    captured_at: datetime
    outcome: Outcome
    snapshot_id: str | None = None
    url: str | None = None
    final_url: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """The bytes of a document at an address: since when they stand there, and which version they are, from 1."""

    snapshot_id: str
    since: datetime | None
    number: int
    replaced: str | None = None  # the snapshot before


@dataclass(frozen=True, slots=True)
class Edition:
    """What a release publishes of one document: which bytes, read how, and whether they are what stands there now.

    `reading_id` names the reading in the archive; it is None where nothing was ever fetched or read, and `reason` and
    `message` say why. `captured` are the first captures of these bytes and of those before them.
    """

    source_id: str
    address: str
    file_name: str
    url: str | None
    snapshot_id: str | None
    reading_id: str | None
    retrieved_at: datetime | None
    freshness: str
    stale_since: datetime | None = None
    reason: str = ""
    message: str = ""
    version: int = 1
    replaced: str | None = None
