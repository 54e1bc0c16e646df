"""What a run would ask for and find, without keeping anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schemas.records import Source
from sources.addresses import normal
from sources.archive import Archive
from sources.fetching import Fetcher
from sources.local import read_snapshot
from sources.site import links_of, scope_of


def checked_file(source: Source, archive: Archive | None) -> str:
    """What stands in the file of a source.

    Raises:
        DocumentError: where it can't be read.
    """
    snapshot = read_snapshot(source)
    return (
        f"a file of {_size(len(snapshot.content))}, {_change(source, snapshot.address, snapshot.snapshot_id, archive)}"
    )


def checked_url(source: Source, fetcher: Fetcher, archive: Archive | None) -> str:
    """What stands at the address of a source, after one request to it and one to the robots.txt of its host.

    Raises:
        DocumentError: where it can't be had.
    """
    address = normal(source.url or "") or ""
    robots = fetcher.robots(address)
    delay = max(robots.delay, fetcher.settings.delay)
    known, snapshot_id = (None, None)
    if archive is not None and not source.follow:
        after = datetime.now(UTC) - timedelta(days=30)
        known, snapshot_id = archive.validators(source.source_id, address, after=after)
    answer = fetcher.get(address, known, "GET" if source.follow else "HEAD")
    allowed = f"robots.txt allows it, a request each {delay:g} s"
    if answer.status in (404, 410):
        return f"{allowed}; {address} is not there (status {answer.status})"
    if not source.follow:
        length = answer.header("content-length")
        size = _size(int(length)) if length.isdigit() else "of unknown size"
        changed = "unchanged since the last run" if answer.content is None and known and answer.status == 304 else ""
        return f"{allowed}; 1 request, {size}" + (f", {changed or 'new or changed'}" if snapshot_id else "")
    scope = scope_of(source, answer.final_url)
    seen = {link for link in links_of(answer.content or b"", answer.final_url) if scope.holds(link)}
    before = set(archive.addresses(source.source_id)) if archive is not None else set()
    more = len((seen | before) - {address})
    return (
        f"{allowed}; at least {more + 1} requests ({len(seen)} links on its root, {len(before)} addresses known "
        f"before, at most {source.most_pages} pages), about {(more + 1) * delay:.0f} s"
    )


def _change(source: Source, address: str, snapshot_id: str, archive: Archive | None) -> str:
    versions = archive.versions(source.source_id, address) if archive is not None else []
    if not versions:
        return "new"
    return "unchanged since the last run" if versions[-1].snapshot_id == snapshot_id else "changed since the last run"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.1f} kB"
