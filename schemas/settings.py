"""What a steward sets once for all sources: how to fetch, and what is said of the publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetching:
    """How documents are fetched. Times are in seconds, sizes in bytes.

    `contact` is an address (https: or mailto:) that hosts can turn to; it stands in the user agent, and nothing is
    fetched without it. `delay` lies between an answer of a host and the next request to it; a longer `Crawl-delay` of
    its robots.txt goes first.
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
    `contact_email` is a mailbox of a function, never of a person. `identifier_base` is what the identifiers of
    datasets begin with; it stays when the files move. `woo` asks for DiWoo files of all bodies below `base_url`,
    `woo_hosts` for those of single bodies: TOOI code and the address at which that body hosts the release.
    """

    base_url: str
    publisher_name: str
    publisher_uri: str
    contact_name: str
    contact_email: str
    licence: str = "CC0-1.0"
    identifier_base: str = ""
    woo: bool = False
    woo_hosts: tuple[tuple[str, str], ...] = ()

    def woo_host(self, publisher_id: str) -> str | None:
        """The address at which a body hosts its DiWoo files; None where none are asked for."""
        return dict(self.woo_hosts).get(publisher_id) or (self.base_url if self.woo else None)

    @property
    def identifiers(self) -> str:
        """What the identifiers of datasets begin with."""
        return self.identifier_base or self.default_identifiers

    @property
    def default_identifiers(self) -> str:
        """What they begin with where nothing is said of it: the release has a page at each of these addresses."""
        return f"{self.base_url}id/"


# What the metadata of portals need of each document besides what the sources file must say anyway; never a default.
PORTAL_KEYS = ("title",)
WOO_KEYS = ("title", "document_status", "status_date")


def needed_keys(publication: Publication | None, publisher_id: str) -> tuple[str, ...]:
    """The keys of the sources file that the metadata of a document of a body need."""
    if publication is None:
        return ()
    return WOO_KEYS if publication.woo_host(publisher_id) else PORTAL_KEYS


@dataclass(frozen=True, slots=True)
class Alerts:
    """Which states of sources are told of, and the block of Prefect that sends, as `type/name`; never a secret."""

    on: tuple[str, ...] = ("failing", "stale", "vanished", "changed")
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Which old releases are kept: those of the last months, the newest ones whatever their age, and those cited,
    by their name, its last twelve digits or those of a citation; the one that `latest` names always.
    """

    keep_months: int = 24
    keep_at_least: int = 12
    cited: tuple[str, ...] = ()


KEPT = Retention()


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a sources file."""

    fetching: Fetching = Fetching()
    publication: Publication | None = None
    alerts: Alerts | None = None
    releases: Retention = KEPT
