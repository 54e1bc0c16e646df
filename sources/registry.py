"""The sources file: which documents to read, and what the steward knows of them.

YAML (JSON is YAML) with a list under `sources`. Anything unknown is an error that names the key and the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from schemas.codelists import find_publishers, similar_names
from schemas.errors import SourcesError
from schemas.records import DocumentStatus, DocumentType, Publisher, Source

KEYS = frozenset(
    ("id", "publisher", "document_type", "document_year", "document_status", "title", "status_date", "url", "path",
     "unit")
)  # fmt: skip
_ID = re.compile(r"[a-z0-9-]+")
_LARGEST = 20_000_000
_DEEPEST = 20  # levels of nesting; libyaml's composer recurses in C and takes the process down with it
_UNITS = (1, 1000, 1_000_000)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a file, in its order; relative paths are taken from the file's folder.

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
    return parse_sources(text, path.name, path.parent)


def parse_sources(text: str, name: str, folder: Path) -> tuple[Source, ...]:
    """The sources of a file's text; `name` is used in messages."""
    try:
        _check_depth(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}, line {mark.line + 1}" if mark else name
        raise SourcesError(f"{place}: is not YAML: {getattr(error, 'problem', error)}") from error
    entries = _entries(root, name)
    out: list[Source] = []
    lines: dict[str, int] = {}
    for node in entries:
        source = _source(node, name, folder)
        line = node.start_mark.line + 1
        if source.source_id in lines:
            first = lines[source.source_id]
            raise SourcesError(f"{name}, line {line}: the id {source.source_id!r} is used already, in line {first}")
        lines[source.source_id] = line
        out.append(source)
    return tuple(out)


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise SourcesError(f"{name}: is nested more than {_DEEPEST} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _entries(root: yaml.Node | None, name: str) -> Sequence[yaml.MappingNode]:
    if not isinstance(root, yaml.MappingNode):
        raise SourcesError(f"{name}: has no list under `sources`")
    found: yaml.Node | None = None
    for key, value in root.value:
        if key.value != "sources":
            raise SourcesError(
                f"{name}, line {key.start_mark.line + 1}: the key {key.value!r} is not known; known: sources"
            )
        if found is not None:
            raise SourcesError(f"{name}, line {key.start_mark.line + 1}: the key 'sources' stands twice")
        found = value
    if not isinstance(found, yaml.SequenceNode):
        raise SourcesError(f"{name}: has no list under `sources`")
    if not found.value:
        raise SourcesError(f"{name}: the list under `sources` is empty")
    nodes: list[yaml.MappingNode] = []
    for node in found.value:
        if not isinstance(node, yaml.MappingNode):
            raise SourcesError(f"{name}, line {node.start_mark.line + 1}: a source is a mapping of keys to values")
        nodes.append(node)
    return nodes


class _Entry:
    """The values of one entry; each is taken out once, and asked for by name when it is missing."""

    def __init__(self, node: yaml.MappingNode, name: str) -> None:
        self.name = name
        self.line = node.start_mark.line + 1
        self.values: dict[str, tuple[Any, int]] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.value not in KEYS:
                known = ", ".join(sorted(KEYS))
                raise SourcesError(f"{name}, line {line}: the key {key.value!r} is not known; known: {known}")
            if key.value in self.values:
                raise SourcesError(f"{name}, line {line}: the key {key.value!r} stands twice in one source")
            self.values[key.value] = (self._value(value), line)

    @staticmethod
    def _value(node: yaml.Node) -> Any:  # noqa: ANN401
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag.endswith(":null") else node.value
        if isinstance(node, yaml.SequenceNode):
            return [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
        return node

    def text(self, key: str) -> str | None:
        """A text, or None where the key is missing or empty."""
        value, line = self.values.get(key, (None, 0))
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "must be text", line)
        return value or None

    def needed(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise SourcesError(f"{self.name}, line {self.line}: the source has no `{key}`")
        return value

    def wrong(self, key: str, what: str, line: int | None = None) -> SourcesError:
        """The error that a key's value is not what it must be."""
        place = line or self.values.get(key, (None, self.line))[1]
        return SourcesError(f"{self.name}, line {place}: {key} {what}")


def _source(node: yaml.MappingNode, name: str, folder: Path) -> Source:
    entry = _Entry(node, name)
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
        _date(entry),
        url,
        str(folder / path) if path else None,
        _unit(entry),
    )


Option = TypeVar("Option", DocumentType, DocumentStatus)


def _choice(entry: _Entry, key: str, options: type[Option]) -> Option:
    value = entry.needed(key)
    try:
        return options(value)
    except ValueError:
        allowed = ", ".join(option.value for option in options)
        raise entry.wrong(key, f"{value!r} is not known; known: {allowed}") from None


def _year(entry: _Entry) -> int:
    value = entry.needed("document_year")
    if not re.fullmatch(r"(?:19|20)\d\d", value):
        raise entry.wrong("document_year", f"{value!r} is no year")
    return int(value)


def _unit(entry: _Entry) -> int | None:
    value = entry.text("unit")
    if value is None:
        return None
    if value not in map(str, _UNITS):
        raise entry.wrong("unit", f"{value!r} is not 1, 1000 or 1000000 euros per printed unit")
    return int(value)


def _date(entry: _Entry) -> date | None:
    value = entry.text("status_date")
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise entry.wrong("status_date", f"{value!r} is no day such as 2025-11-06") from None


def _publisher(entry: _Entry, year: int) -> Publisher:
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
