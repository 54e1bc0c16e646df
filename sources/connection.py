"""One connection to one network address: requests go to the very address that was looked at, and can be cut off."""

from __future__ import annotations

import http.cookiejar
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx

from schemas.settings import Fetching

_USER_AGENT = "begroting/1 (reads budgets of Dutch public bodies as open data; {contact})"


class Connection:
    """A client with one connection to one network address, which can be cut off."""

    def __init__(self, settings: Fetching) -> None:
        self.http = httpx.Client(
            headers={
                "User-Agent": _USER_AGENT.format(contact=settings.contact),
                "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5",
                "Accept-Language": "nl, en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
            timeout=settings.timeout,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )
        self.http.cookies.jar.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self._socket: socket.socket | None = None

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the socket of the connection."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")

    def cut(self) -> None:
        """End what the connection waits for; httpx has a limit for each read, none for all headers together."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close it."""
        self.http.close()


@contextmanager
def answering(
    connection: Connection, address: str, ip: str, headers: dict[str, str], method: str
) -> Iterator[httpx.Response]:
    """A request to the very network address that was looked at, under the name of the host."""
    url, parts = httpx.URL(address).copy_with(host=ip), urlsplit(address)
    extensions: dict[str, Any] = {"trace": connection.trace}
    if parts.scheme == "https":
        extensions["sni_hostname"] = parts.hostname
    watch = threading.Timer(2 * (connection.http.timeout.read or 0), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        with connection.http.stream(
            method, url, headers={**headers, "Host": parts.netloc}, extensions=extensions
        ) as response:
            watch.cancel()
            yield response
    finally:
        watch.cancel()
