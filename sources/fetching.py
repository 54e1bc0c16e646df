"""Asks hosts for documents: politely, within limits, never where robots.txt or a private address forbids it.

One request at a time for each host, `delay` seconds between the end of one and the start of the next.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from schemas.captures import Answer, Validators
from schemas.errors import DocumentError
from schemas.settings import Fetching
from sources.addresses import host_of, normal, public_addresses
from sources.connection import Connection, answering
from sources.decoding import CutOffError, unpacked
from sources.robots import LARGEST as LARGEST_ROBOTS
from sources.robots import NAME as ROBOTS
from sources.robots import Robots, robots_of

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_MOST_REDIRECTS = 10
_MOST_ROBOTS_REDIRECTS = 5
_LONGEST_WAIT = 300.0  # seconds that a Retry-After is obeyed within a run; after a longer one the run goes on
_SLOWEST = 10_000  # bytes a second, after the first `timeout`
_MOST_FAILURES = 3  # documents of a host, one after another, after which it is left alone for this run
_LARGEST_HEADERS = 100


class _TransientError(DocumentError):
    """An answer that may be another one later. `wait` is what the host asks for, in seconds."""

    def __init__(self, reason: str, message: str, wait: float | None = None) -> None:
        super().__init__(reason, message)
        self.wait = wait


@dataclass
class _Host:
    """What is known of one scheme, host and port."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    robots_lock: threading.Lock = field(default_factory=threading.Lock)
    robots: Robots | None = None
    not_before: float = 0.0
    failures: int = 0
    connections: dict[str, Connection] = field(default_factory=dict)


class Fetcher:
    """Gets documents over HTTP. Safe to use from several threads; those of one host wait for each other."""

    def __init__(
        self,
        settings: Fetching,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings
        self._clock, self._sleep = clock, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for host in self._hosts.values():
            for connection in host.connections.values():
                connection.close()

    def get(self, address: str, known: Validators | None = None, method: str = "GET") -> Answer:
        """What an address answers, after redirects: 200 with content, 304 without, 404 or 410 without.

        Raises:
            DocumentError: `no_contact`, `robots_forbidden`, `robots_unreachable`, `private_address`,
                `unknown_host`, `redirects`, `too_large`, `too_slow`, `host_left_alone`, `connection`, or `status_`
                and the status.
        """
        if not self.settings.contact:
            raise DocumentError(
                "no_contact",
                "nothing is fetched without an address that hosts can turn to: give --contact mailto:data@example.org, "
                "or `settings: fetching: contact:` in the sources file",
            )
        asked = address
        seen: set[str] = set()
        while asked not in seen and len(seen) <= _MOST_REDIRECTS:
            seen.add(asked)
            answer = self._one(asked, known if known is not None and known.url == asked else None, method)
            if answer.status not in _REDIRECTS:
                return Answer(address, asked, answer.status, answer.headers, answer.content)
            target = normal(answer.header("location"), asked) if answer.header("location").strip() else None
            if target is None:
                raise DocumentError("redirects", f"{asked} sends on to an address that is not of the web, or has none")
            asked = target
        raise DocumentError("redirects", f"{address} sends on in a circle, or more than {_MOST_REDIRECTS} times")

    def robots(self, address: str) -> Robots:
        """The robots.txt of the host of an address; asked for once."""
        host = self._host(address)
        with host.robots_lock:
            if host.robots is None:
                host.robots = self._robots(host_of(address))
            return host.robots

    def _one(self, address: str, known: Validators | None, method: str) -> Answer:
        robots = self.robots(address)
        if not robots.allows(address):
            reason = "robots_unreachable" if robots.closed else "robots_forbidden"
            raise DocumentError(reason, f"{address} is not asked for: {robots.closed or 'its robots.txt forbids it'}")
        host = self._host(address)
        if host.failures >= _MOST_FAILURES:
            raise DocumentError(
                "host_left_alone", f"{host_of(address)} failed {host.failures} times in a row and is left alone for now"
            )
        try:
            answer = self._patiently(host, address, _conditions(known), method, self.settings.largest)
        except _TransientError as error:
            host.failures += 1
            raise DocumentError(error.reason, str(error)) from error
        host.failures = 0
        if answer.status in (200, 304, 404, 410) or answer.status in _REDIRECTS:
            return answer
        raise DocumentError(f"status_{answer.status}", f"{address} answers with status {answer.status}")

    def _patiently(self, host: _Host, address: str, headers: dict[str, str], method: str, largest: int) -> Answer:
        """The answer to a request that is tried again where the next answer may be another one."""
        again = Retrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=_waiting,
            retry=retry_if_exception_type(_TransientError),
            sleep=self._sleep,
            reraise=True,
        )
        answer: Answer = again(self._polite, host, address, headers, method, largest)
        return answer

    def _polite(self, host: _Host, address: str, headers: dict[str, str], method: str, largest: int) -> Answer:
        with host.lock:
            answer = self._in_turn(host, address, headers, method, largest)
        if answer.status in _AGAIN:
            wait = _retry_after(answer.header("retry-after"))
            message = f"{address} answers with status {answer.status}"
            if wait is not None and wait > _LONGEST_WAIT:
                raise DocumentError(f"status_{answer.status}", f"{message} and wants {wait:.0f} seconds of rest")
            raise _TransientError(f"status_{answer.status}", message, wait)
        return answer

    def _in_turn(self, host: _Host, address: str, headers: dict[str, str], method: str, largest: int) -> Answer:
        """Ask when it is this host's turn; its lock is held."""
        wait = host.not_before - self._clock()
        if wait > 0:
            self._sleep(wait)
        asked_delay = host.robots.delay if host.robots is not None else 0.0
        delay = max(self.settings.delay, min(asked_delay, _LONGEST_WAIT))
        try:
            return self._answer(host, address, headers, method, largest)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, CutOffError) as error:
            what = str(error) or type(error).__name__
            reason = "too_slow" if isinstance(error, httpx.TimeoutException) else "connection"
            raise _TransientError(reason, f"{address} could not be fetched: {what}") from error
        finally:
            host.not_before = self._clock() + delay

    def _answer(self, host: _Host, address: str, headers: dict[str, str], method: str, largest: int) -> Answer:
        parts = urlsplit(address)
        name, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        addresses = public_addresses(name, port, private=self.settings.private_addresses)
        last: httpx.ConnectError | None = None
        for ip in addresses:
            if ip not in host.connections:
                host.connections[ip] = Connection(self.settings)
            try:
                with answering(host.connections[ip], address, ip, headers, method) as response:
                    return self._read(response, address, largest)
            except httpx.ConnectError as error:
                last = error
        raise last or httpx.ConnectError(f"{name} has no address")

    def _read(self, response: httpx.Response, address: str, largest: int) -> Answer:
        """The answer, read only as far as the limits of size and time go."""
        headers = tuple((k, v) for k, v in response.headers.multi_items() if k.lower() != "set-cookie")
        if len(headers) > _LARGEST_HEADERS:
            raise DocumentError("too_large", f"{address} answers with more than {_LARGEST_HEADERS} headers")
        if response.status_code != 200:
            return Answer(address, address, response.status_code, headers, None)
        begun, content = self._clock(), bytearray()
        encoding = response.headers.get("content-encoding", "")
        for part in unpacked(response.iter_raw(), encoding, address):
            content += part
            if len(content) > largest and urlsplit(address).path == ROBOTS:
                break  # RFC 9309, 2.5: the rest need not be read
            if len(content) > largest:
                raise DocumentError("too_large", f"{address} is larger than {largest // 1_000_000} MB")
            if self._clock() - begun > self.settings.timeout + response.num_bytes_downloaded / _SLOWEST:
                raise _TransientError("too_slow", f"{address} sends less than {_SLOWEST // 1000} kB a second")
        return Answer(address, address, response.status_code, headers, bytes(content))

    def _robots(self, where: str) -> Robots:
        """Fetch robots.txt, over few redirects, also to other hosts."""
        asked = where + ROBOTS
        for _ in range(_MOST_ROBOTS_REDIRECTS):
            try:
                answer = self._patiently(self._host(asked), asked, {}, "GET", LARGEST_ROBOTS)
            except DocumentError as error:
                if error.reason in ("private_address", "unknown_host"):
                    raise
                return Robots(closed=f"its robots.txt could not be read: {error}")
            if answer.status not in _REDIRECTS:
                return robots_of(answer.status, answer.content)
            target = normal(answer.header("location"), asked)
            if target is None:
                break
            asked = target
        return Robots()

    def _host(self, address: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host_of(address), _Host())


def _conditions(known: Validators | None) -> dict[str, str]:
    """The headers that ask for a document only where it is not the known one."""
    if known is None:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _waiting(state: RetryCallState) -> float:
    """The seconds until the next try: 1, 2, 4, ... and a little by chance, more where the host asks."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked = error.wait if isinstance(error, _TransientError) else None
    usual = wait_exponential_jitter(initial=1, max=60, jitter=1)(state)
    return usual if asked is None else max(asked, usual)


def _retry_after(value: str) -> float | None:
    """The seconds of a Retry-After header: a number, or a date."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
