"""What a host's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

NAME = "/robots.txt"
LARGEST = 512_000  # bytes that are read of it; RFC 9309 asks for at least 500 KiB
PRODUCT = "begroting"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. Where `closed` says why, nothing may be asked for."""

    rules: Protego | None = None
    closed: str = ""

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return not self.closed and (self.rules is None or bool(self.rules.can_fetch(address, PRODUCT)))

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests."""
        delay = self.rules.crawl_delay(PRODUCT) if self.rules is not None else None
        rate = self.rules.request_rate(PRODUCT) if self.rules is not None else None
        asked = [float(delay or 0), rate.seconds / rate.requests if rate is not None and rate.requests else 0.0]
        return max(asked)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def robots_of(status: int, content: bytes | None) -> Robots:
    """The rules that an answer to /robots.txt means: no rules for 4xx, nothing allowed for 5xx."""
    if status >= 500:
        return Robots(closed=f"its robots.txt could not be fetched: status {status}")
    if status >= 400 or content is None:
        return Robots()
    text = content[:LARGEST].decode("utf-8-sig", errors="replace").replace("\0", "")
    return Robots(Protego.parse(text))
