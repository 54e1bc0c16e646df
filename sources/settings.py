"""The settings of a sources file, under its key `settings`."""

from __future__ import annotations

import re

import yaml

from schemas.settings import Fetching, Publication, Settings
from sources.entries import Entry

_FETCHING = frozenset(("contact", "delay", "timeout", "largest_mb", "attempts", "private_addresses"))
_PUBLICATION = frozenset(("base_url", "publisher_name", "publisher_uri", "contact_name", "contact_email", "licence"))
_LICENCES = ("CC0-1.0", "CC-BY-4.0")
_CONTACT = re.compile(r"https://[^\s()]+|mailto:[^\s@()]+@[^\s@()]+\.[a-z]+")
_MEGABYTE = 1_000_000


def settings_of(node: yaml.Node, name: str) -> Settings:
    """The settings that a mapping says; what it leaves out keeps its default.

    Raises:
        SourcesError: with the key, the line and what is allowed.
    """
    entry = Entry(node, name, {"fetching", "publication"}, "settings")
    fetching, publication = entry.mapping("fetching"), entry.mapping("publication")
    return Settings(
        Fetching() if fetching is None else _fetching(Entry(fetching, name, _FETCHING, "fetching")),
        None if publication is None else _publication(Entry(publication, name, _PUBLICATION, "publication")),
    )


def _fetching(entry: Entry) -> Fetching:
    usual = Fetching()
    contact = entry.text("contact")
    if contact is not None and not _CONTACT.fullmatch(contact):
        raise entry.wrong(
            "contact", f"{contact!r} is no address such as https://example.org/ or mailto:data@example.org"
        )
    return Fetching(
        contact,
        entry.number("delay", usual.delay, 0, 3600),
        entry.number("timeout", usual.timeout, 1, 3600),
        int(entry.number("largest_mb", usual.largest / _MEGABYTE, 1, 2000)) * _MEGABYTE,
        int(entry.number("attempts", usual.attempts, 1, 10)),
        entry.yes("private_addresses"),
    )


def _publication(entry: Entry) -> Publication:
    for key in ("base_url", "publisher_uri"):
        if not re.fullmatch(r"https?://[^\s/@]+(?:/\S*)?", entry.needed(key)):
            raise entry.wrong(key, f"{entry.needed(key)!r} is no address that begins with https:// or http://")
    if not re.fullmatch(r"[^\s@:]+@[^\s@:]+\.[a-z]+", entry.needed("contact_email")):
        raise entry.wrong("contact_email", f"{entry.needed('contact_email')!r} is no e-mail address")
    licence = entry.text("licence") or _LICENCES[0]
    if licence not in _LICENCES:
        raise entry.wrong("licence", f"{licence!r} is not known; known: {', '.join(_LICENCES)}")
    return Publication(
        entry.needed("base_url").rstrip("/") + "/",
        entry.needed("publisher_name"),
        entry.needed("publisher_uri"),
        entry.needed("contact_name"),
        entry.needed("contact_email"),
        licence,
    )
