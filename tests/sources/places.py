"""Sources on the web, and fetchers for them that wait less than they would."""

import time
from datetime import UTC, datetime

from schemas.codelists import find_publishers
from schemas.records import DocumentType, Source
from schemas.settings import Fetching
from sources.acquire import acquire
from sources.archive import Archive
from sources.fetching import Fetcher

HASTY = Fetching(
    "mailto:data@example.org", delay=0.0, timeout=0.6, largest=3_000_000, attempts=3, private_addresses=True
)
PUBLISHER = find_publishers("gm1895", 2026)[0].publisher


def source_at(url, **said):
    """A source at an address."""
    return Source("oldambt", PUBLISHER, DocumentType.BEGROTING, 2026, url=url, **said)


def hurried(seconds):
    """Sleep, but not long."""
    time.sleep(min(seconds, 0.02))


def acquired(folder, source, settings=HASTY, sleep=hurried, when=None):
    """What a source gives, with the archive in a folder."""
    archive = Archive(folder)
    try:
        with Fetcher(settings, sleep=sleep) as fetcher:
            return acquire(source, archive, fetcher, lambda: when or datetime.now(UTC))
    finally:
        archive.close()
