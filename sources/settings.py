"""The settings of a sources file, under its key `settings`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import yaml

from schemas.codelists import find_publishers, folded, publishers, tooi_uri
from schemas.settings import Alerts, Fetching, Publication, Retention, Settings
from sources.entries import Entry

_FETCHING = frozenset(("contact", "delay", "timeout", "largest_mb", "attempts", "private_addresses"))
_PUBLICATION = frozenset(
    (
        "base_url",
        "publisher_name",
        "publisher_uri",
        "contact_name",
        "contact_email",
        "licence",
        "identifier_base",
        "woo",
    )
)
_ADDRESS = re.compile(r"https?://[^\s/@<>\"{}|\\^`]+(?:/[^\s<>\"{}|\\^`?#]*)?")
_TODAY = 9999  # a year in which the bodies exist that have not been ended
_KINDS = ("gemeente", "provincie", "waterschap")
_TOOI = re.compile(rf"https?://identifier\.overheid\.nl/tooi/id/(?:{'|'.join(_KINDS)})/.*")
_ALERTS = frozenset(("on", "block"))
_STATES = ("failing", "stale", "vanished", "changed", "fresh")
_RELEASES = frozenset(("keep_months", "keep_at_least", "cited"))
_RELEASE = re.compile(r"(?:\d{8}T\d{6}Z-|\d+\.\d+\.\d+\+)?[0-9a-f]{12}")
_LICENCES = ("CC0-1.0", "CC-BY-4.0")
_CONTACT = re.compile(r"https://[^\s()]+|mailto:[^\s@()]+@[^\s@()]+\.[a-z]+")
_MEGABYTE = 1_000_000


def settings_of(node: yaml.Node, name: str) -> Settings:
    """The settings that a mapping says; what it leaves out keeps its default.

    Raises:
        SourcesError: with the key, the line and what is allowed.
    """
    keys = ("fetching", "publication", "alerts", "releases")
    entry = Entry(node, name, keys, "settings")
    fetching, publication, alerts, releases = (entry.mapping(key) for key in keys)
    return Settings(
        Fetching() if fetching is None else _fetching(Entry(fetching, name, _FETCHING, "fetching")),
        None if publication is None else _publication(Entry(publication, name, _PUBLICATION, "publication")),
        None if alerts is None else _alerts(Entry(alerts, name, _ALERTS, "alerts")),
        Retention() if releases is None else _retention(Entry(releases, name, _RELEASES, "releases")),
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
    for key, (value, _) in entry.values.items():
        if value in (None, ""):
            raise entry.wrong(key, "is empty: say what it is, or leave the key out")
    for key in ("base_url", "publisher_uri", "identifier_base"):
        value = entry.text(key) if key == "identifier_base" else entry.needed(key)
        if value is not None and not _ADDRESS.fullmatch(value):
            raise entry.wrong(key, f"{value!r} {_fault(value)}")
    _check_publisher(entry)
    if not re.fullmatch(r"[^\s@:<>\"]+@[^\s@:<>\"]+\.[a-z]+", entry.needed("contact_email")):
        raise entry.wrong("contact_email", f"{entry.needed('contact_email')!r} is no e-mail address")
    licence = entry.text("licence") or _LICENCES[0]
    if licence not in _LICENCES:
        raise entry.wrong("licence", f"{licence!r} is not known; known: {', '.join(_LICENCES)}")
    woo, hosts = _woo(entry)
    return Publication(
        _folder(entry.needed("base_url")),
        entry.needed("publisher_name"),
        entry.needed("publisher_uri"),
        entry.needed("contact_name"),
        entry.needed("contact_email"),
        licence,
        _folder(entry.text("identifier_base") or ""),
        woo,
        hosts,
    )


def _check_publisher(entry: Entry) -> None:
    """A TOOI identifier of a gemeente, provincie or waterschap must be in the register, and be that of the name; one
    of another kind of body is taken as it is.
    """
    found = _TOOI.fullmatch(entry.needed("publisher_uri"))
    if found is None:
        return
    bodies = {tooi_uri(one.publisher.code): one for one in publishers()}
    body = bodies.get(found[0])
    if body is None:
        named = [tooi_uri(one.publisher.code) for one in find_publishers(entry.needed("publisher_name"), _TODAY)]
        near = _meant(named or get_close_matches(found[0], bodies))
        raise entry.wrong("publisher_uri", f"{found[0]!r} is in no register{near}")
    name = f" {folded(entry.needed('publisher_name'))} "
    kinds = {word for word in _KINDS if f" {word} " in name}
    names = {folded(text) for text in (body.publisher.name, body.official_name, body.publisher.label)}
    if not any(f" {one} " in name for one in names) or (kinds and body.publisher.kind not in kinds):
        raise entry.wrong(
            "publisher_uri",
            f"is that of {body.publisher.label}, and publisher_name says {entry.needed('publisher_name')!r}",
        )


def _meant(words: Sequence[str]) -> str:
    return f"; did you mean {' or '.join(words)}?" if words else ""


def _fault(address: str) -> str:
    """Why an address is none that may stand in metadata."""
    begin, _, rest = address.partition("://")
    if begin not in ("http", "https") or not rest:
        return "is no address that begins with https:// or http://"
    if "@" in rest.partition("/")[0]:
        return "holds a user name or password, which would be published"
    if "?" in rest or "#" in rest:
        return "holds a query (?) or a fragment (#): files are found by what stands after the address"
    return "holds characters that no address has: write them with percent signs"


def _folder(address: str) -> str:
    return address.rstrip("/") + "/" if address else ""


def _woo(entry: Entry) -> tuple[bool, tuple[tuple[str, str], ...]]:
    """Whether DiWoo files are asked for of all bodies, or of those that a mapping gives the address of.

    The Woo harvester reads https only (handleiding sitemapindex en sitemaps).
    """
    if isinstance(entry.values.get("woo", (None, 0))[0], yaml.MappingNode):
        node = entry.mapping("woo")
        known = {one.publisher.code: one.publisher.label for one in publishers()}
        _check_codes(entry, node, known)
        bodies = Entry(node, entry.name, known, "woo") if node is not None else None
        hosts = [(code, bodies.needed(code)) for code in sorted(bodies.values)] if bodies is not None else []
        for code, address in hosts:
            if not _ADDRESS.fullmatch(address):
                raise entry.wrong("woo", f"{code}: {address!r} {_fault(address)}")
            if not address.startswith("https://"):
                raise entry.wrong("woo", f"{code}: {address!r} does not begin with https://")
        return False, tuple((code, _folder(address)) for code, address in hosts)
    woo = entry.yes("woo")
    if woo and not entry.needed("base_url").startswith("https://"):
        raise entry.wrong("woo", "needs a base_url that begins with https://")
    return woo, ()


def _check_codes(entry: Entry, node: yaml.MappingNode | None, known: Mapping[str, str]) -> None:
    """Look whether the keys of a mapping are codes of bodies; an error says which few may be meant."""
    for key, _ in node.value if node is not None else ():
        if str(key.value) not in known:
            named = [one.publisher.code for one in find_publishers(str(key.value), _TODAY)]
            near = named or get_close_matches(str(key.value), known)
            hint = _meant([f"{code} ({known[code]})" for code in near])
            line = key.start_mark.line + 1
            raise entry.wrong("woo", f"{key.value!r} is no TOOI code of a body{hint}", line)


def _alerts(entry: Entry) -> Alerts:
    states = entry.texts("on")
    strange = [state for state in states if state not in _STATES]
    if strange:
        raise entry.wrong("on", f"{', '.join(strange)} is not known; known: {', '.join(_STATES)}")
    block = entry.text("block")
    if block is not None and not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", block):
        raise entry.wrong("block", f"{block!r} is no type and name of a block, such as webhook/begroting-alerts")
    return Alerts(states or Alerts().on, block)


def _retention(entry: Entry) -> Retention:
    usual, cited = Retention(), entry.texts("cited")
    for one in cited:
        if not _RELEASE.fullmatch(one):
            raise entry.wrong(
                "cited",
                f"{one!r} is neither the name of a release or its last twelve digits, nor the version of a citation",
            )
    return Retention(
        int(entry.number("keep_months", usual.keep_months, 0, 1200)),
        int(entry.number("keep_at_least", usual.keep_at_least, 1, 100_000)),
        tuple(one.rpartition("+")[2] for one in cited),
    )
