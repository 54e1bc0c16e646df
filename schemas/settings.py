"""What a steward sets once for all sources: how to fetch, and what is said of the publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetching:
    """How documents are fetched. Times are in seconds, sizes in bytes.

    `contact` is an address (https: or mailto:) that hosts can turn to; it stands in the user agent, and nothing is
    fetched without it. `delay` lies between two requests to a host; a longer `Crawl-delay` of robots.txt goes first.
    `private_addresses` allows loopback and private networks: for tests only.
    """

    contact: str | None = None
    delay: float = 1.0
    timeout: float = 60.0
    largest: int = 300_000_000
    attempts: int = 4
    private_addresses: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes the release, where, and under which licence.

    `base_url` is where the folder `latest` can be reached; `publisher_uri` is a TOOI identifier or another address.
    `contact_email` is a mailbox of a function, never of a person.
    """

    base_url: str
    publisher_name: str
    publisher_uri: str
    contact_name: str
    contact_email: str
    licence: str = "CC0-1.0"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a sources file."""

    fetching: Fetching = Fetching()
    publication: Publication | None = None
