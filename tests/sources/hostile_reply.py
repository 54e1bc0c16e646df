"""What the hostile server answers to one request, and how it sends it: rightly, or wrong in every way at will."""

from __future__ import annotations

import gzip
import os
import select
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from threading import Event
from typing import Literal

HTML = "text/html; charset=utf-8"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml"
PNG = "image/png"
LONGEST = 120.0  # seconds that any answer may take, however slow it is meant to be
_LOOK = 0.02  # seconds between two looks at whether the client has left


@dataclass(frozen=True)
class Repeated:
    """A body without an end, but for a cap: `start`, then `piece` again and again, at most `most` bytes."""

    piece: bytes
    most: int = 50_000_000
    start: bytes = b""


Body = bytes | str | Repeated | Callable[[int], "bytes | str"]
Header = str | Callable[[], str]


@dataclass(frozen=True)
class Reply:
    """One answer. The defaults are those of a well-behaved host.

    `body` and `etag` may be functions of how often the path was asked for before. `conditional`: a host that never
    answers 304 to a condition, or always does, condition or not. `claims`: bytes that Content-Length says too many
    (or too few). `framing`: "close" names no length, "torn" is chunked with a chunk that is none.
    `wait`: seconds before the first byte; `header_gap`: between two headers; `gap`: after each `piece` bytes.
    `cut`: the connection ends after so many bytes of the body, -1: before the headers; `reset`: as RST, not FIN.
    `raw`: these bytes in place of everything.
    """

    body: Body = b""
    status: int = 200
    type: str | None = HTML
    etag: str | Callable[[int], str] | None = None
    modified: str | None = None
    conditional: Literal["rightly", "never", "always"] = "rightly"
    headers: tuple[tuple[str, Header], ...] = ()
    zipped: bool = False
    claims: int = 0
    framing: Literal["length", "chunked", "close", "torn"] = "length"
    wait: float = 0.0
    header_gap: float = 0.0
    piece: int = 65_536
    gap: float = 0.0
    cut: int | None = None
    reset: bool = False
    raw: bytes | None = None


@dataclass(frozen=True)
class Asked:
    """What an answer depends on: the method, the headers by name in small letters, how often this was asked before."""

    method: str
    header: Callable[[str], str]
    before: int


class LeftError(Exception):
    """The connection is over; `how`: "cut" by us, "left" by the client, "stopped", or "" for a rightful end."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class Line:
    """One connection during one answer: counts bytes, and leaves off when the client or the server is gone."""

    def __init__(self, connection: socket.socket, stopping: Event) -> None:
        self.connection, self.stopping = connection, stopping
        self.sent, self.begun = 0, time.monotonic()
        self.last = self.begun  # when the last bytes were handed over

    def write(self, content: bytes) -> None:
        """Send, or say who left."""
        self.last = time.monotonic()
        try:
            self.connection.sendall(content)
        except OSError as error:
            self.last = time.monotonic()
            raise LeftError("stopped" if self.stopping.is_set() else "left") from error

    def pause(self, seconds: float) -> None:
        """Do nothing, but notice at once that the client left or the server stops."""
        until = min(time.monotonic() + seconds, self.begun + LONGEST)
        while (rest := until - time.monotonic()) > 0:
            if self.stopping.wait(min(rest, _LOOK)):
                raise LeftError("stopped")
            if self._client_left():
                self.last = time.monotonic()
                raise LeftError("left")
        if time.monotonic() - self.begun >= LONGEST:
            self.cut(reset=False)

    def cut(self, *, reset: bool) -> None:
        """End the connection here."""
        self.last = time.monotonic()
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
        raise LeftError("cut")

    def _client_left(self) -> bool:
        try:
            readable = select.select([self.connection], [], [], 0)[0]
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True


def is_unchanged(reply: Reply, etag: str | None, none_match: str, modified_since: str) -> bool:
    """Whether 304 is due: RFC 9110, 13.1.2 (weak comparison, goes first) and 13.1.3."""
    if reply.conditional != "rightly" or reply.status != 200:
        return reply.conditional == "always"
    if none_match:
        asked = [one.strip().removeprefix("W/") for one in none_match.split(",")]
        return none_match.strip() == "*" or (etag is not None and etag.removeprefix("W/") in asked)
    if modified_since and reply.modified:
        try:
            return parsedate_to_datetime(reply.modified) <= parsedate_to_datetime(modified_since)
        except (ValueError, TypeError):
            return False
    return False


def send(reply: Reply, asked: Asked, line: Line, answered: Callable[[int], None]) -> None:
    """Send an answer; `answered` is told its status before its first byte.

    Raises:
        LeftError: the connection is over, by whoever's doing.
    """
    line.pause(reply.wait)
    etag = reply.etag(asked.before) if callable(reply.etag) else reply.etag
    unchanged = is_unchanged(reply, etag, asked.header("if-none-match"), asked.header("if-modified-since"))
    status = 304 if unchanged else reply.status
    answered(status)
    if reply.cut == -1:
        line.cut(reset=reply.reset)
    if reply.raw is not None:
        line.write(reply.raw)
        raise LeftError("cut")
    body, encoding = (b"", None) if unchanged else _body_of(reply, asked)
    headers = [("Date", formatdate(usegmt=True))]
    headers += [("ETag", etag)] if etag is not None else []
    headers += [("Last-Modified", reply.modified)] if reply.modified else []
    headers += [] if unchanged else _headers_of(reply, body, encoding)
    headers += [(name, value() if callable(value) else value) for name, value in reply.headers]
    _send_head(status, headers, reply, line)
    bodiless = unchanged or status == 204 or asked.method == "HEAD"
    if not bodiless:
        _send_body(body, reply, line)
    if reply.claims > 0 and not bodiless:
        raise LeftError("cut")
    if reply.framing == "close":
        raise LeftError("")


def _body_of(reply: Reply, asked: Asked) -> tuple[bytes | Repeated, str | None]:
    body = reply.body(asked.before) if callable(reply.body) else reply.body
    body = body.encode() if isinstance(body, str) else body
    if reply.zipped and isinstance(body, bytes) and "gzip" in asked.header("accept-encoding"):
        return gzip.compress(body, mtime=0), "gzip"
    return body, None


def _headers_of(reply: Reply, body: bytes | Repeated, encoding: str | None) -> list[tuple[str, str]]:
    size = body.most if isinstance(body, Repeated) else len(body)
    length = ("Content-Length", str(max(size + reply.claims, 0)))
    framing = {"length": length, "close": ("Connection", "close")}.get(reply.framing, ("Transfer-Encoding", "chunked"))
    return [
        *([("Content-Type", reply.type)] if reply.type else []),
        *([("Content-Encoding", encoding), ("Vary", "Accept-Encoding")] if encoding else []),
        framing,
    ]


def _send_head(status: int, headers: Iterable[tuple[str, str]], reply: Reply, line: Line) -> None:
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers), ""]
    if not reply.header_gap:
        line.write("".join(f"{one}\r\n" for one in lines).encode("utf-8", "surrogateescape"))
        return
    for one in lines:
        line.write(f"{one}\r\n".encode("utf-8", "surrogateescape"))
        line.pause(reply.header_gap)


def _send_body(body: bytes | Repeated, reply: Reply, line: Line) -> None:
    chunked = reply.framing in ("chunked", "torn")
    for part in _pieces(body, reply.piece):
        rest = len(part) if reply.cut is None else max(reply.cut - line.sent, 0)
        head = b"%x\r\n" % len(part) if chunked else b""
        tail = b"\r\n" if chunked else b""
        if rest < len(part):
            line.write(head + part[:rest])
            line.sent += rest
            line.cut(reset=reply.reset)
        line.write(head + part + tail)
        line.sent += len(part)
        line.pause(reply.gap)
    if reply.framing == "torn":
        line.write(b"zz\r\nthis chunk has no size\r\n")
        raise LeftError("cut")
    if chunked:
        line.write(b"0\r\n\r\n")


def _pieces(body: bytes | Repeated, size: int) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield from (body[at : at + size] for at in range(0, len(body), size))
        return
    sent, kept = 0, body.start
    while sent < body.most:
        while len(kept) < size:
            kept += body.piece * max(1, (size - len(kept)) // len(body.piece))
        part, kept = kept[: min(size, body.most - sent)], kept[size:]
        sent += len(part)
        yield part


def later(seconds: float) -> Callable[[], str]:
    """An HTTP date so many seconds after the moment of the answer."""
    return lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@cache
def zipped_zeros(megabytes: int, start: bytes = b"<html><body>", kind: Literal["gzip", "deflate"] = "gzip") -> bytes:
    """A small body that unpacks to so many megabytes: about a thousandth of them."""
    squeeze = zlib.compressobj(9, wbits=31 if kind == "gzip" else 15)
    block = bytes(1_000_000)
    return b"".join((squeeze.compress(start), *(squeeze.compress(block) for _ in range(megabytes)), squeeze.flush()))


@cache
def endless_gzip(most: int = 10_000_000, start: bytes = b"<html><body>") -> Repeated:
    """A gzip stream that never ends; each of its bytes unpacks to about a thousand."""
    squeeze, block = zlib.compressobj(9, wbits=31), bytes(1_000_000)
    head = squeeze.compress(start) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return Repeated(squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH), most, head)
