"""A host on loopback that is hostile on purpose, and measures how it is treated. Each one started is a host of its own.

with hosting() as site:
    site.page("/p", "<h1>Begroting</h1>", etag='"1"')
    site.fail("/p", 503, times=2, retry_after=1)
    ... fetch site.url("/p") ...
    assert site.measured().smallest_gap >= 0.5
"""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, cast
from urllib.parse import unquote

from tests.sources.hostile_measures import Measured, Request, measured
from tests.sources.hostile_reply import Asked, Header, LeftError, Line, Reply, send

EVERY = "*"  # in the place of a path: whatever is asked for, robots.txt too
_MISSING = Reply("<h1>404</h1><p>Pagina niet gevonden</p>", 404)


@dataclass
class _Fault:
    reply: Reply
    left: float


@dataclass
class Site:
    """What a host answers, path by path, and what it was asked. All of it may change while it runs."""

    host: str
    port: int
    every: tuple[tuple[str, Header], ...] = ()  # headers on everything, such as Set-Cookie
    requests: list[Request] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    _pages: dict[str, Reply] = field(default_factory=dict)
    _made: dict[str, Callable[[str], Reply | None]] = field(default_factory=dict)
    _faults: dict[str, list[_Fault]] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/", *, user: str = "") -> str:
        """The whole address of a path; `user` may be credentials such as "jan:geheim"."""
        where = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{user and user + '@'}{where}:{self.port}{path}"

    def page(self, path: str, body: Any = b"", status: int = 200, **how: Any) -> None:
        """What stands at a path, until it is declared anew; `how` are the fields of Reply, `headers` may be a dict.

        A path without a query answers whatever the query is, in every percent-encoding.
        """
        self._pages[path] = _reply(body, status, how)

    def pages_below(self, prefix: str, make: Callable[[str], Reply | None]) -> None:
        """Pages without end: `make` gives the answer for a target below `prefix`, None for 404."""
        self._made[prefix] = make

    def redirect(self, path: str, to: str, status: int = 302, **how: Any) -> None:
        """Send on, to a path of this host or to any address."""
        self.page(path, b"", status, **how | {"headers": {"Location": to, **how.get("headers", {})}})

    def chain(self, path: str, to: str, length: int) -> None:
        """So many redirects from a path until `to`."""
        steps = [path, *(f"{path}-{n}" for n in range(1, length)), to]
        for here, there in pairwise(steps):
            self.redirect(here, there)

    def loop(self, *paths: str) -> None:
        """Redirects from each path to the next, and from the last to the first."""
        for here, there in zip(paths, (*paths[1:], paths[0]), strict=True):
            self.redirect(here, there)

    def fail(
        self,
        path: str,
        status: int = 200,
        *,
        times: float = float("inf"),
        retry_after: Header | float | None = None,
        **how: Any,
    ) -> None:
        """For the next so many requests to a path (or EVERY), another answer than its page.

        Where nothing is said of `body`, a 200 keeps the body of the page, and `how` goes over how the page is sent.
        """
        if retry_after is not None:
            value = retry_after if callable(retry_after) else str(retry_after)
            how["headers"] = {"Retry-After": value, **how.get("headers", {})}
        page = self._pages.get(path)
        if status == 200 and "body" not in how and page is not None:
            reply = replace(page, **_fields(how))
        else:
            reply = _reply(how.pop("body", f"<h1>{status}</h1>"), status, how)
        with self._lock:
            self._faults.setdefault(path, []).append(_Fault(reply, times))

    def heal(self, path: str | None = None) -> None:
        """Take back all faults, or those of a path."""
        with self._lock:
            self._faults = {} if path is None else {key: one for key, one in self._faults.items() if key != path}

    def vanish(self, path: str, status: int = 404) -> None:
        """From now on 404, or 410, or 200 that says in words that there is nothing."""
        self.page(path, "<!DOCTYPE html><title>Niet gevonden</title><h1>Niet gevonden</h1>", status)

    def robots(self, text: str | bytes, status: int = 200, **how: Any) -> None:
        """What robots.txt says."""
        self.page("/robots.txt", text, status, **{"type": "text/plain"} | how)

    def asked(self, path: str | None = None) -> list[Request]:
        """The requests until now, in the order in which they came; those of a path only, whatever their query."""
        return [one for one in list(self.requests) if path is None or one.path == path]

    def measured(self, path: str | None = None) -> Measured:
        """How the host was treated until now."""
        return measured(self.asked(path))

    def forget(self) -> None:
        """Count and measure from here on; what stands at each path remains."""
        self.requests.clear()
        self._asked.clear()

    def settle(self, seconds: float = 5.0) -> None:
        """Wait until no answer is under way: a client has its answer before the server writes down that it ended."""
        until = time.monotonic() + seconds
        while any(one.ended is None for one in list(self.requests)):
            if time.monotonic() > until:
                raise TimeoutError("answers are still under way")
            time.sleep(0.005)

    def _reply_to(self, target: str) -> tuple[Reply, int]:
        """The answer to a target, and how often its path was asked for before."""
        path = unquote(target.partition("?")[0])
        with self._lock:
            key = next((one for one in (target, path) if one in self._pages), path)
            before = self._asked[key]
            self._asked[key] += 1
            for place in (target, path, EVERY):
                for fault in self._faults.get(place, []):
                    if fault.left > 0:
                        fault.left -= 1
                        return fault.reply, before
        if key in self._pages:
            return self._pages[key], before
        prefixes = [one for one in self._made if path.startswith(one)]
        made = self._made[max(prefixes, key=len)](target) if prefixes else None
        return made or _MISSING, before


def _fields(how: dict[str, Any]) -> dict[str, Any]:
    headers = how.get("headers", ())
    return how | {"headers": tuple(headers.items()) if isinstance(headers, dict) else tuple(headers)}


def _reply(body: Any, status: int, how: dict[str, Any]) -> Reply:
    return Reply(body, status, **_fields(how))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        self.arrived = time.monotonic()
        return super().parse_request()

    def do_GET(self) -> None:
        server = cast("_Server", self.server)
        request = Request(self.arrived, self.command, self.path, tuple(self.headers.items()), self.client_address[1])
        server.site.requests.append(request)
        line = Line(self.connection, server.stopping)
        reply, before = server.site._reply_to(self.path)
        reply = replace(reply, headers=(*server.site.every, *reply.headers))
        try:
            send(reply, Asked(self.command, request.header, before), line, lambda status: _note(request, status))
        except LeftError as error:
            request.how = error.how
            self.close_connection = True
        finally:
            request.sent, request.ended = line.sent, line.last

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Nothing: a test has the requests themselves."""


def _note(request: Request, status: int) -> None:
    request.status = status


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    site: Site

    def __init__(self, host: str) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._at_hand = threading.Condition()
        super().__init__((host, 0), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of the host's name that HTTPServer does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._at_hand:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._at_hand:
            self._open.discard(request)
            self._at_hand.notify_all()

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.site.errors.append(error)

    def stop(self) -> None:
        """End all connections, whatever they were at, and wait for their threads."""
        self.stopping.set()
        self.shutdown()
        with self._at_hand:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._at_hand.wait_for(lambda: not self._open, timeout=5)
        self.server_close()


@contextmanager
def hosting(host: str = "127.0.0.1", *, cookies: bool = False) -> Iterator[Site]:
    """A host on a port of its own, until the block ends; `host` may be any address of loopback, also "::1".

    Raises:
        ExceptionGroup: the server itself went wrong.
    """
    server = _Server(host)
    cookie: tuple[tuple[str, Header], ...] = (("Set-Cookie", "sessie=1; Path=/"), ("Set-Cookie", "volg=2; Domain=nl"))
    server.site = Site(host, server.server_address[1], cookie if cookies else ())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.stop()
        thread.join(5)
    if server.site.errors:
        raise ExceptionGroup(
            "the hostile server went wrong", [e for e in server.site.errors if isinstance(e, Exception)]
        )


@contextmanager
def refusing(host: str = "127.0.0.1") -> Iterator[str]:
    """The address of a host that refuses every connection."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as taken:
        taken.bind((host, 0))
        yield f"http://{f'[{host}]' if ':' in host else host}:{taken.getsockname()[1]}/"
