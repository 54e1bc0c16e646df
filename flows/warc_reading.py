"""A WARC that `archive export` wrote, read back into an archive."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from flows.warc import CAPTURE, COUNT
from schemas.captures import Capture, Outcome
from schemas.errors import ArchiveError
from sources.archive import Archive

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST = 300_000_000  # bytes of a document, as for those that are fetched
_LARGEST_CAPTURE = 1_000_000  # bytes of the JSON of a capture


def read(file: Path, archive: Archive) -> int:
    """Take the captures of a WARC into an archive, with their bytes; gives how many were new.

    The history of an address goes on from where the archive is, or nothing is taken.

    Raises:
        ArchiveError: where the file is no WARC of an archive, lacks bytes, or tells another history than the archive.
    """
    captures: list[Capture] = []
    promised = 0
    try:
        with file.open("rb") as handle:
            for number, record in enumerate(_records(handle), start=1):
                try:
                    promised += _promised(record)
                    _store(record, archive)
                    captures += _captures_in(record)
                except (ValueError, KeyError, TypeError) as error:
                    raise ArchiveError(f"{file}, record {number}: {error}") from error
    except (OSError, ArchiveLoadFailed) as error:
        raise ArchiveError(f"{file}: can't be read: {error}") from error
    if not captures:
        raise ArchiveError(f"{file} holds no capture of an archive, which `archive export` writes")
    if len(captures) != promised:
        raise ArchiveError(f"{file} has {len(captures)} captures and should have {promised}: it is not whole")
    gone = sorted({one.snapshot_id for one in captures if one.snapshot_id and not archive.has(one.snapshot_id)})
    if gone:
        raise ArchiveError(f"{file} lacks the bytes of {', '.join(gone[:3])}" + (" and more" if len(gone) > 3 else ""))
    new = list(_new(captures, archive))
    archive.record_all(new)
    return len(new)


def _records(handle: BinaryIO) -> Iterator[ArcWarcRecord]:
    yield from ArchiveIterator(handle, no_record_parse=False, arc2warc=False)


def _promised(record: ArcWarcRecord) -> int:
    """How many captures a file says to have; two files after each other have both."""
    if record.rec_type != "warcinfo":
        return 0
    lines = record.raw_stream.read(_LARGEST_CAPTURE).decode().splitlines()
    return int(next((line.partition(":")[2] for line in lines if line.startswith(f"{COUNT}:")), "0"))


def _store(record: ArcWarcRecord, archive: Archive) -> None:
    if record.rec_type not in ("response", "resource"):
        return
    content = record.raw_stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"more than {_LARGEST // 1_000_000} MB")
    wanted = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    if wanted != f"sha256:{hashlib.sha256(content).hexdigest()}":
        raise ValueError(f"the bytes are not those of {wanted or 'a digest'}")
    archive.store(content)


def _captures_in(record: ArcWarcRecord) -> list[Capture]:
    if record.rec_type != "metadata" or record.rec_headers.get_header("Content-Type") != CAPTURE:
        return []
    text = record.raw_stream.read(_LARGEST_CAPTURE + 1)
    if len(text) > _LARGEST_CAPTURE:
        raise ValueError("a capture of more than 1 MB")
    return [_capture_of(json.loads(text))]


def _capture_of(said: dict[str, Any]) -> Capture:
    """A capture from its JSON, of which every value is checked."""
    if said.keys() != {one.name for one in fields(Capture)}:
        raise ValueError("a capture with other fields than ours")
    when, outcome = datetime.fromisoformat(said.pop("captured_at")), Outcome(said.pop("outcome"))
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    headers = tuple((name, value) for name, value in said.pop("headers"))
    status = said.pop("status")
    texts = {name for name in ("source_id", "address", "reason", "message") if not isinstance(said[name], str)}
    texts |= {name for name in ("snapshot_id", "url", "final_url") if not isinstance(said[name], str | None)}
    if said["snapshot_id"] is not None and not _SHA256.fullmatch(str(said["snapshot_id"])):
        raise ValueError("a snapshot without a sha256")
    if texts or not isinstance(status, int | None) or not all(isinstance(v, str) for pair in headers for v in pair):
        raise ValueError(f"a capture with a value of another kind: {', '.join(sorted(texts)) or 'status or headers'}")
    return Capture(captured_at=when, outcome=outcome, headers=headers, status=status, **said)


def _new(captures: Iterable[Capture], archive: Archive) -> Iterator[Capture]:
    """The captures that the archive lacks, in their order."""
    by_address: dict[tuple[str, str], list[Capture]] = {}
    for one in captures:
        by_address.setdefault((one.source_id, one.address), []).append(one)
    known: dict[tuple[str, str], int] = {}
    for (source_id, address), told in by_address.items():
        here = archive.captures(source_id, address)
        both = min(len(here), len(told))
        if here[:both] != told[:both]:
            raise ArchiveError(f"{source_id}, {address}: the archive knows another history than the file")
        known[source_id, address] = both
    seen: Counter[tuple[str, str]] = Counter()
    for one in captures:
        key = (one.source_id, one.address)
        seen[key] += 1
        if seen[key] > known[key]:
            yield one
