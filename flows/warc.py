"""The captures of an archive as WARC, and back. The same captures give the same bytes.

Each capture has a `metadata` record with all that the archive knows of it, as JSON: reading it back goes by these.
Beside it, for other tools: a `response` with what a host sent, a `revisit` where the same bytes are in the file
already, and a `resource` for the bytes of a local file. Bytes are archived unpacked, so headers that speak of how they
were sent are called `X-Archive-Orig-...`, and `Content-Length` is theirs.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote
from uuid import UUID

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from schemas.captures import Capture
from schemas.errors import ArchiveError
from sources.archive import Archive

_WARC = "WARC/1.1"
CAPTURE = "application/vnd.begroting.capture+json"
COUNT = "begroting-captures"  # in the warcinfo: a file that was cut off has fewer
_AS_SENT = frozenset(("content-encoding", "content-length", "transfer-encoding"))
_RENAMED = "X-Archive-Orig-"
_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"


# -------------------------------------------------------------------------------------------------------- writing


@dataclass
class _Writing:
    """A WARC being written: which bytes are in it already, and how often an equal capture was."""

    writer: WARCWriter
    archive: Archive
    first: dict[str, Capture] = field(default_factory=dict)
    equal: Counter[str] = field(default_factory=Counter)


def export(archive: Archive, to: Path, source_id: str | None = None) -> int:
    """Write all captures, or those of one source, oldest first; gives their number. A name in `.gz` is packed.

    Raises:
        ArchiveError: where there are none, bytes are gone, or the file can't be written. It is then not there.
    """
    captures = archive.captures(source_id)
    if not captures:
        raise ArchiveError("there is no capture to write" + (f" of {source_id}" if source_id is not None else ""))
    try:
        with NamedTemporaryFile(dir=to.parent, prefix=f".{to.name}-", delete=False) as handle:
            try:
                _write(WARCWriter(handle, gzip=to.suffix == ".gz", warc_version=_WARC), archive, captures)
                handle.flush()
                Path(handle.name).chmod(0o644)
                Path(handle.name).replace(to)
            except BaseException:
                Path(handle.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ArchiveError(f"{to}: can't be written: {error.strerror}") from error
    return len(captures)


def _write(writer: WARCWriter, archive: Archive, captures: Sequence[Capture]) -> None:
    writing = _Writing(writer, archive)
    newest = max(capture.captured_at for capture in captures)
    about = {
        "software": f"begroting {version('begroting')}",
        "format": "WARC File Format 1.1",
        COUNT: str(len(captures)),
    }
    said = "".join(f"{name}: {value}\r\n" for name, value in about.items()).encode()
    _put(writer, "warcinfo", "", said, "application/warc-fields", _id("info", newest.isoformat(), said), newest)
    for capture in captures:
        _write_capture(writing, capture)


def _write_capture(writing: _Writing, capture: Capture) -> None:
    said = _json_of(capture)
    writing.equal[said] += 1
    name = f"{said}{writing.equal[said]}".encode()
    record_id = _id("bytes", capture.captured_at.isoformat(), name)
    beside = {}
    if _write_bytes(writing, capture, record_id):
        beside = {"WARC-Concurrent-To": record_id}
    own = _id("capture", capture.captured_at.isoformat(), name)
    _put(
        writing.writer, "metadata", _uri(capture), said.encode(), CAPTURE, own, capture.captured_at, beside,
    )  # fmt: skip


def _write_bytes(writing: _Writing, capture: Capture, record_id: str) -> bool:
    """Write the record of what was found, where something was."""
    if capture.snapshot_id is None:
        return False
    first = writing.first.setdefault(capture.snapshot_id, capture)
    digest = {"WARC-Payload-Digest": f"sha256:{capture.snapshot_id}"}
    about = (_uri(capture), record_id, capture.captured_at)
    if first is not capture and capture.status is None:
        return False  # a local file whose bytes are there: its metadata say so
    if first is not capture:
        not_modified = capture.status == HTTPStatus.NOT_MODIFIED
        digest |= {
            "WARC-Profile": _PROFILES + ("server-not-modified" if not_modified else "identical-payload-digest"),
            "WARC-Refers-To-Target-URI": _uri(first),
            "WARC-Refers-To-Date": _date(first.captured_at),
        }
        _put_http(writing.writer, "revisit", capture, None, about, digest)
    elif capture.status is None:
        content = writing.archive.read(capture.snapshot_id)
        _put(
            writing.writer, "resource", about[0], content, "application/octet-stream", *about[1:], digest
        )  # fmt: skip
    else:
        _put_http(writing.writer, "response", capture, writing.archive.read(capture.snapshot_id), about, digest)
    return True


def _put_http(
    writer: WARCWriter,
    kind: str,
    capture: Capture,
    content: bytes | None,
    about: tuple[str, str, datetime],
    more: dict[str, str],
) -> None:
    headers = [(f"{_RENAMED}{k}" if k.lower() in _AS_SENT else k, _one_line(v)) for k, v in capture.headers]
    if content is not None:
        headers.append(("Content-Length", str(len(content))))
    status = capture.status or HTTPStatus.OK
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    http = StatusAndHeaders(f"{status} {phrase}".strip(), headers, protocol="HTTP/1.1")
    uri, record_id, when = about
    _put(writer, kind, uri, content or b"", "application/http; msgtype=response", record_id, when, more, http)


def _put(
    writer: WARCWriter,
    kind: str,
    uri: str,
    content: bytes,
    content_type: str,
    record_id: str,
    when: datetime,
    more: dict[str, str] | None = None,
    http: StatusAndHeaders | None = None,
) -> None:
    named = {"WARC-Record-ID": record_id, "WARC-Date": _date(when)} | (more or {})
    record = writer.create_warc_record(
        uri, kind, payload=BytesIO(content), length=len(content), warc_content_type=content_type,
        warc_headers_dict=named, http_headers=http,
    )  # fmt: skip
    writer.write_record(record)


def _json_of(capture: Capture) -> str:
    said = asdict(capture) | {"captured_at": capture.captured_at.isoformat(), "outcome": capture.outcome.value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _uri(capture: Capture) -> str:
    address = capture.final_url or capture.url or capture.address
    return address if address.startswith(("https://", "http://")) else f"file:///{quote(address)}"


def _id(kind: str, when: str, name: bytes) -> str:
    digest = hashlib.sha256(f"{kind} {when} ".encode() + name).digest()
    return f"<urn:uuid:{UUID(bytes=digest[:16], version=5)}>"


def _date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_line(value: str) -> str:
    return " ".join(value.split("\n")).replace("\r", "")
