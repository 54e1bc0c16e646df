"""From an entry of the sources file to the documents it stands for now, each in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from schemas.captures import Answer, Capture, Edition, Outcome
from schemas.contract import Freshness
from schemas.errors import DocumentError
from schemas.records import Follow, Severity, Snapshot, Source
from sources.addresses import host_of, normal
from sources.archive import Archive
from sources.fetching import Fetcher
from sources.local import read_snapshot
from sources.site import Queue, links_of, scope_of, sitemap_of

_WHOLE_AGAIN = timedelta(days=30)  # after which a document is asked for whole, whatever its host says of changes
_MOST_SITEMAPS = 50
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of the fetching of a source."""

    rule: str
    severity: Severity
    message: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Acquired:
    """The documents of a source as they are in the archive now, by address, and what went wrong."""

    source: Source
    editions: tuple[Edition, ...]
    notes: tuple[Note, ...] = ()


@dataclass
class _Visit:
    """One source being acquired."""

    source: Source
    archive: Archive
    fetcher: Fetcher
    now: Callable[[], datetime]
    editions: dict[str, Edition] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def acquire(source: Source, archive: Archive, fetcher: Fetcher, now: Callable[[], datetime]) -> Acquired:
    """Fetch a source, or read its file, and keep what was found.

    A document that can't be had now is there with its last version, or, where it never had one, without a snapshot and
    with the reason. Nothing is raised for a document.

    Raises:
        ArchiveError: where the archive can't be written.
    """
    visit = _Visit(source, archive, fetcher, now)
    if source.path is not None or source.url is None:
        _local(visit)
    elif source.follow:
        _site(visit, normal(source.url) or source.url)
    else:
        _look(visit, normal(source.url) or source.url)
    return Acquired(source, tuple(visit.editions[address] for address in sorted(visit.editions)), tuple(visit.notes))


def from_archive(source: Source, archive: Archive) -> Acquired:
    """The documents of a source as the archive has them, without asking anyone."""
    captures = archive.captures(source.source_id)
    wanted = dict.fromkeys(capture.address for capture in captures if capture.outcome is not Outcome.SKIPPED)
    if not source.follow:
        only = _address_of(source)
        wanted = {address: None for address in wanted if address == only}
    return Acquired(source, tuple(_edition(source, archive, address) for address in sorted(wanted)))


def _address_of(source: Source) -> str:
    if source.path is not None:
        return source.url or source.path.replace("\\", "/").rpartition("/")[2]
    return normal(source.url or "") or source.url or ""


def _local(visit: _Visit) -> None:
    source, when, address = visit.source, visit.now(), _address_of(visit.source)
    try:
        snapshot = read_snapshot(source)
    except DocumentError as error:
        outcome = Outcome.VANISHED if error.reason == "missing" else Outcome.FAILED
        capture = Capture(source.source_id, address, when, outcome, reason=error.reason, message=str(error))
    else:
        visit.archive.store(snapshot.content)
        capture = Capture(source.source_id, address, when, _outcome(visit, snapshot, address), snapshot.snapshot_id)
    visit.archive.record(capture)
    visit.editions[address] = _edition(source, visit.archive, address)


def _outcome(visit: _Visit, snapshot: Snapshot, address: str) -> Outcome:
    versions = visit.archive.versions(visit.source.source_id, address)
    if not versions:
        return Outcome.NEW
    return Outcome.UNCHANGED if versions[-1].snapshot_id == snapshot.snapshot_id else Outcome.CHANGED


# -------------------------------------------------------------------------------------------------------- the web


def _site(visit: _Visit, root: str) -> None:
    """A site from its root: its navigation, its sitemaps, and what was known of it before."""
    first = _look(visit, root)
    if first is None:
        known = [address for address in visit.archive.addresses(visit.source.source_id) if address != root]
        for address in known:  # the root failed, so the rest is not asked for
            visit.editions[address] = replace(
                _edition(visit.source, visit.archive, address),
                freshness=Freshness.STALE.value,
                stale_since=visit.editions[root].stale_since,
                reason=visit.editions[root].reason,
                message=f"not looked at: {visit.editions[root].message}",
            )
        return
    scope = scope_of(visit.source, first.final_url)
    queue = Queue(visit.source.most_pages)
    finals = {first.final_url}
    queue.add(root)
    _add(queue, links_of(first.content or b"", first.final_url), scope.holds)
    if Follow.PAGES in visit.source.follow:
        _add(queue, _sitemap_pages(visit, first.final_url), scope.holds)
    _add(queue, visit.archive.addresses(visit.source.source_id), scope.holds)
    for address in queue:
        if address in finals:
            continue
        answer = _look(visit, address, finals)
        if answer is not None and answer.content is not None:
            finals.add(answer.final_url)
            if Follow.PAGES in visit.source.follow and not answer.content.startswith(b"%PDF"):
                _add(queue, links_of(answer.content, answer.final_url), scope.holds)
    if queue.left_out:
        message = f"{queue.left_out} addresses were left out: more than {queue.most} pages, or endless lists of queries"
        visit.notes.append(Note("pages_left_out", Severity.WARNING, message))


def _add(queue: Queue, addresses: list[str], holds: Callable[[str], bool]) -> None:
    for address in addresses:
        if holds(address):
            queue.add(address)


def _sitemap_pages(visit: _Visit, root: str) -> list[str]:
    """The pages that the sitemaps of a site name; those of other hosts are not asked for."""
    named = [*visit.fetcher.robots(root).sitemaps, host_of(root) + "/sitemap.xml"]
    waiting = [address for address in map(normal, named) if address is not None]
    seen: set[str] = set()
    pages: list[str] = []
    while waiting and len(seen) < _MOST_SITEMAPS:
        address = waiting.pop(0)
        if address in seen or host_of(address) != host_of(root):
            continue
        seen.add(address)
        try:
            content = visit.fetcher.get(address).content
        except DocumentError:
            continue  # the navigation leads on without it
        maps, found = sitemap_of(content or b"")
        waiting += maps
        pages += found
    return pages


def _look(visit: _Visit, address: str, finals: set[str] | None = None) -> Answer | None:
    """Ask for one address and keep what it says; its answer with content, or None where there is none to go on with."""
    source, when = visit.source, visit.now()
    known, snapshot_id = visit.archive.validators(source.source_id, address, after=when - _WHOLE_AGAIN)
    answer: Answer | None = None
    try:
        found = visit.fetcher.get(address, known)
        if finals is not None and found.final_url in finals:
            return None  # the same page under another address
        capture, answer = _captured(visit, address, when, found, snapshot_id)
    except DocumentError as error:
        capture = Capture(
            source.source_id, address, when, Outcome.FAILED, url=address, reason=error.reason, message=str(error)
        )
    visit.archive.record(capture)
    if capture.outcome is not Outcome.SKIPPED:
        visit.editions[address] = _edition(source, visit.archive, address)
    return answer


def _captured(
    visit: _Visit, address: str, when: datetime, answer: Answer, known: str | None
) -> tuple[Capture, Answer | None]:
    """The capture that an answer is, and the answer with its content where it has one."""
    capture = Capture(
        visit.source.source_id, address, when, Outcome.UNCHANGED, None, address, answer.final_url, answer.status,
        answer.headers,
    )  # fmt: skip
    if answer.status in _GONE:
        message = f"{address} answers with status {answer.status}: it is not there any more"
        return replace(capture, outcome=Outcome.VANISHED, reason="vanished", message=message), None
    if answer.content is None:
        if known is None:
            raise DocumentError("status_304", f"{address} says that nothing changed, which was not asked")
        return replace(capture, snapshot_id=known), replace(answer, content=visit.archive.read(known))
    if not answer.content.strip():
        raise DocumentError("empty", f"{address} is empty")
    if not _is_document(answer):
        kind = answer.header("content-type").partition(";")[0]
        if address == normal(visit.source.url or ""):
            raise DocumentError(
                "unknown_format", f"{address} is {kind or 'of no kind'}; text, HTML and PDF can be read"
            )
        return replace(capture, outcome=Outcome.SKIPPED, reason="unknown_format", message=f"{address} is {kind}"), None
    snapshot = Snapshot(visit.archive.store(answer.content), answer.content, address)
    outcome = _outcome(visit, snapshot, address)
    return replace(capture, outcome=outcome, snapshot_id=snapshot.snapshot_id), answer


def _is_document(answer: Answer) -> bool:
    """Whether the bytes begin as a PDF, or are called text; a wrong name is no reason to pass a document by."""
    head = (answer.content or b"")[:1024]
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    if b"%PDF-" in head or kind in ("", "text/html", "application/xhtml+xml", "text/plain"):
        return True
    return b"<html" in head.lower() or b"<!doctype html" in head.lower()


# ------------------------------------------------------------------------------------------------------- editions


def _edition(source: Source, archive: Archive, address: str) -> Edition:
    """What the archive says of a document: its newest version, and whether that is what stands there now."""
    captures = archive.captures(source.source_id, address)
    versions = archive.versions(source.source_id, address)
    since_good = list(_since_good(captures))
    first_bad = since_good[0] if since_good else None
    url = source.url if source.path is not None else address
    name = _name_of(address) if source.path is None else _file_name(source)
    if not versions:
        return Edition(
            source.source_id, address, name, url, None, None, None, Freshness.CURRENT.value,
            reason=first_bad.reason if first_bad else "not_fetched",
            message=first_bad.message if first_bad else f"{address} was never fetched",
        )  # fmt: skip
    version = versions[-1]
    edition = Edition(
        source.source_id, address, name, url, version.snapshot_id, None, version.since, Freshness.CURRENT.value,
        version=version.number, replaced=version.replaced,
    )  # fmt: skip
    if first_bad is None:
        return edition
    gone = all(capture.outcome is Outcome.VANISHED for capture in since_good)
    return replace(
        edition,
        freshness=(Freshness.VANISHED if gone else Freshness.STALE).value,
        stale_since=first_bad.captured_at,
        reason=first_bad.reason,
        message=first_bad.message,
    )


def _since_good(captures: list[Capture]) -> Iterator[Capture]:
    """The captures since the last that had the document, oldest first."""
    last = max((at for at, capture in enumerate(captures) if capture.snapshot_id is not None), default=-1)
    yield from captures[last + 1 :]


def _name_of(address: str) -> str:
    return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2]) or "index.html"


def _file_name(source: Source) -> str:
    return (source.path or "").replace("\\", "/").rpartition("/")[2]
