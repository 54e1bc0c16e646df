"""Addresses of the web: one spelling for each, and which of them may be asked for."""

from __future__ import annotations

import ipaddress
import re
import socket
import string
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from schemas.errors import DocumentError

_LONGEST = 2000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|pk_\w+|mtm_\w+|phpsessid|jsessionid|sessionid", re.I
)
_KEPT = "/:@!$&'()*+,;=~-._"
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_NOT_DOCUMENTS = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico|css|js|json|xml|rss|woff2?|ttf|eot|mp[34]|avi|mov|zip|gz|rar|7z|exe|"
    r"docx?|xlsx?|pptx?|od[tsp]|csv|ics|vcf)$",
    re.I,
)


def normal(address: str, base: str = "") -> str | None:
    """The one spelling of an http(s) address, without its fragment and what only tracks visitors; else None.

    `base` is the page that a relative address stands on.
    """
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host or parts.username or parts.password:
        return None
    try:
        host = host if ":" in host else host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    scheme = parts.scheme.lower()
    where = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        where += f":{port}"
    path = _path(parts.path) or "/"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    found = urlunsplit((scheme, where, path, query, ""))
    return found if len(found) <= _LONGEST else None


def _path(path: str) -> str:
    """A path in which only what must be is percent-encoded, in capitals."""
    encoded = quote(path, safe=_KEPT + "%")
    spelled = re.sub("%[0-9A-Fa-f]{2}", lambda one: _spelled(one.group()), encoded)
    return re.sub("%(?![0-9A-F]{2})", "%25", spelled)


def _spelled(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character in _UNRESERVED else escape.upper()


def may_be_document(address: str) -> bool:
    """Whether the last part of an address does not name a picture, a style or another file that can't be read."""
    return not _NOT_DOCUMENTS.search(urlsplit(address).path)


def host_of(address: str) -> str:
    """Scheme, host and port: what robots.txt and politeness go by."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def public_addresses(host: str, port: int, *, private: bool = False) -> list[str]:
    """The network addresses of a host; with `private`, also those of loopback and of private networks.

    Raises:
        DocumentError: `unknown_host`, or `private_address` where any of them is not on the public internet.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DocumentError("unknown_host", f"the host {host} is not known: {error}") from error
    addresses = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    for address in addresses:
        if not private and not _is_public(address):
            named = host if host == address else f"{host} is {address}, which"
            message = f"{named} is an address of this machine or of a private network: it is not asked for"
            message += " (`settings: fetching: private_addresses: true` allows it, for tests)"
            raise DocumentError("private_address", message)
    return addresses


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast
