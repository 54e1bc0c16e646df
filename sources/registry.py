"""The sources file: which documents to read, and what the steward knows of them.

YAML (JSON is YAML): a list under `sources`, and `settings`. What is unknown is an error with the key and the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from schemas.codelists import find_publishers, similar_names
from schemas.errors import SourcesError
from schemas.records import Bounds, DocumentStatus, DocumentType, Follow, Publisher, Source
from schemas.settings import Publication, Settings, needed_keys
from sources.entries import Entry, composed
from sources.settings import settings_of

KEYS = frozenset(
    ("id", "publisher", "document_type", "document_year", "document_status", "title", "status_date", "url", "path",
     "unit", "follow", "include", "exclude", "most_pages", "bounds", "licence_note", "personal_data")
)  # fmt: skip
_BOUNDS = frozenset(("lines_fall", "set_aside_growth", "totals_jump"))
_ID = re.compile(r"[a-z0-9-]+")
_LATEST_DECISION = 2  # years after that of the document: late annual accounts are decided on in the second
_LARGEST = 20_000_000
_UNITS = (1, 1000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Registry:
    """What a sources file says."""

    sources: tuple[Source, ...]
    settings: Settings


def read_registry(path: Path, *, may_be_empty: bool = False) -> Registry:
    """The sources of a file, in its order, and its settings; relative paths are taken from the file's folder.

    `may_be_empty` is for a file to which the first source is still to be added.

    Raises:
        SourcesError: with the key, the line and what is allowed.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise SourcesError(f"{path.name}: larger than {_LARGEST // 1_000_000} MB; split it")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourcesError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourcesError(f"{path.name}: is not UTF-8 text (byte {error.start})") from error
    return parse_registry(text, path.name, path.parent, may_be_empty=may_be_empty)


def parse_registry(text: str, name: str, folder: Path, *, may_be_empty: bool = False) -> Registry:
    """The sources and settings of a file's text; `name` is used in messages."""
    root = composed(text, name)
    if not isinstance(root, yaml.MappingNode):
        raise SourcesError(f"{name}: has no list under `sources`")
    nodes: dict[str, yaml.Node] = {}
    for key, value in root.value:
        place = f"{name}, line {key.start_mark.line + 1}"
        if key.value not in ("sources", "settings"):
            raise SourcesError(f"{place}: the key {key.value!r} is not known; known: settings, sources")
        if key.value in nodes:
            raise SourcesError(f"{place}: the key {key.value!r} stands twice")
        nodes[key.value] = value
    settings = settings_of(nodes["settings"], name) if "settings" in nodes else Settings()
    if may_be_empty and "sources" not in nodes:
        return Registry((), settings)
    return Registry(_sources(nodes.get("sources"), name, folder, settings.publication), settings)


def _sources(node: yaml.Node | None, name: str, folder: Path, publication: Publication | None) -> tuple[Source, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise SourcesError(f"{name}: has no list under `sources`")
    if not node.value:
        raise SourcesError(f"{name}: the list under `sources` is empty")
    out: list[Source] = []
    lines: dict[str, int] = {}
    for one in node.value:
        source = _source(one, name, folder)
        line = one.start_mark.line + 1
        for key in needed_keys(publication, source.publisher.code):
            if getattr(source, key) is None:
                raise SourcesError(
                    f"{name}, line {line}: {source.source_id} has no `{key}`, which the metadata of `publication` need"
                )
        if source.source_id in lines:
            first = lines[source.source_id]
            raise SourcesError(f"{name}, line {line}: the id {source.source_id!r} is used already, in line {first}")
        lines[source.source_id] = line
        out.append(source)
    return tuple(out)


def _source(node: yaml.Node, name: str, folder: Path) -> Source:
    entry = Entry(node, name, KEYS, "source")
    source_id = entry.needed("id")
    if not _ID.fullmatch(source_id):
        raise entry.wrong("id", f"{source_id!r} may hold lower-case letters, digits and dashes only")
    year = _year(entry)
    url, path = entry.text("url"), entry.text("path")
    if url is None and path is None:
        raise SourcesError(f"{name}, line {entry.line}: {source_id} has neither `path` nor `url`")
    if url is not None and not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", url):
        raise entry.wrong("url", f"{url!r} is no address that begins with https:// or http://")
    if url is not None and re.match(r"https?://[^/]*@", url):
        raise entry.wrong("url", "holds a user name or password; these would be published")
    return Source(
        source_id,
        _publisher(entry, year),
        _choice(entry, "document_type", DocumentType),
        year,
        _choice(entry, "document_status", DocumentStatus) if entry.text("document_status") else None,
        entry.text("title"),
        _date(entry, year),
        url,
        str(folder / path) if path else None,
        _unit(entry),
        _follow(entry),
        _globs(entry, "include"),
        _globs(entry, "exclude"),
        int(entry.number("most_pages", 1000, 1, 100_000)),
        _bounds(entry),
        entry.text("licence_note"),
        entry.yes("personal_data"),
    )


def _follow(entry: Entry) -> tuple[Follow, ...]:
    """Which links to follow: what is said, else the pages where `include` or `exclude` says which."""
    words = entry.texts("follow") or (("pages",) if entry.texts("include") or entry.texts("exclude") else ())
    for word in words:
        if word not in list(Follow):
            raise entry.wrong("follow", f"{word!r} is not known; known: {', '.join(Follow)}")
    if words and (entry.text("url") is None or entry.text("path") is not None):
        raise entry.wrong("follow", "needs a `url` without a `path`: links are followed on the web only")
    return tuple(dict.fromkeys(Follow(word) for word in words))


def _globs(entry: Entry, key: str) -> tuple[str, ...]:
    globs = entry.texts(key)
    for glob in globs:
        if not glob.startswith(("/", "*")):
            raise entry.wrong(key, f"{glob!r} must begin with / or *: it is compared with the path of an address")
    return globs


def _bounds(entry: Entry) -> Bounds:
    node = entry.mapping("bounds")
    if node is None:
        return Bounds()
    said, usual = Entry(node, entry.name, _BOUNDS, "bounds"), Bounds()
    return Bounds(
        said.number("lines_fall", usual.lines_fall, 0, 1),
        int(said.number("set_aside_growth", usual.set_aside_growth, 0, 1_000_000)),
        said.number("totals_jump", usual.totals_jump, 1, 1_000_000),
    )


Option = TypeVar("Option", DocumentType, DocumentStatus)


def _choice(entry: Entry, key: str, options: type[Option]) -> Option:
    value = entry.needed(key)
    try:
        return options(value)
    except ValueError:
        allowed = ", ".join(option.value for option in options)
        raise entry.wrong(key, f"{value!r} is not known; known: {allowed}") from None


def _year(entry: Entry) -> int:
    value = entry.needed("document_year")
    if not re.fullmatch(r"(?:19|20)\d\d", value):
        raise entry.wrong("document_year", f"{value!r} is no year")
    return int(value)


def _unit(entry: Entry) -> int | None:
    value = entry.text("unit")
    if value is None:
        return None
    if value not in map(str, _UNITS):
        raise entry.wrong("unit", f"{value!r} is not 1, 1000 or 1000000 euros per printed unit")
    return int(value)


def _date(entry: Entry, year: int) -> date | None:
    value = entry.text("status_date")
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise entry.wrong("status_date", f"{value!r} is no day such as 2025-11-06") from None
    if day.year > year + _LATEST_DECISION:
        raise entry.wrong(
            "status_date", f"{value} is more than {_LATEST_DECISION} years after the document year {year}"
        )
    return day


def _publisher(entry: Entry, year: int) -> Publisher:
    value = entry.needed("publisher")
    found = find_publishers(value, year)
    if not found:
        near = similar_names(value)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; give its name or TOOI code, such as gm1895"
        raise entry.wrong("publisher", f"{value!r} is in no register{hint}")
    if len(found) > 1:
        codes = ", ".join(f"{e.publisher.code} ({e.publisher.label})" for e in found)
        raise entry.wrong("publisher", f"{value!r} may be {codes}: give the code")
    return found[0].publisher
