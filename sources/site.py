"""The pages of a site: which links and sitemaps lead to, within its root and what the steward includes."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from schemas.records import Follow, Source
from sources.addresses import may_be_document, normal

_LARGEST_SITEMAP = 50_000_000  # bytes, as sitemaps.org has it
_MOST_OF_SITEMAP = 50_000
_MOST_QUERIES = 30  # addresses that differ only in their query: past that it is a calendar, a search or a filter
_PDF = re.compile(r"\.pdf$", re.I)


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs to a site: the host and folder of its root, and the globs of the steward."""

    root: str
    follow: tuple[Follow, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def holds(self, address: str) -> bool:
        """Whether an address is to be followed."""
        at, root = urlsplit(address), urlsplit(self.root)
        path = unquote(at.path)
        if any(fnmatchcase(path, glob) for glob in self.exclude):
            return False
        is_pdf = bool(_PDF.search(at.path))
        if is_pdf and Follow.PDFS in self.follow:
            return True
        if is_pdf or Follow.PAGES not in self.follow or at.netloc != root.netloc or not may_be_document(address):
            return False
        if not at.path.startswith(root.path.rpartition("/")[0] + "/"):
            return False
        return not self.include or any(fnmatchcase(path, glob) for glob in self.include)


def scope_of(source: Source, root: str) -> Scope:
    """The scope of a source whose root was found at an address, after redirects."""
    return Scope(root, source.follow, source.include, source.exclude)


class Queue:
    """The addresses to visit, each once, in the order in which they were found."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._seen: set[str] = set()
        self._order: list[str] = []
        self._queries: dict[str, int] = {}
        self._next = 0
        self.left_out = 0

    def add(self, address: str) -> None:
        """Take an address, but for one of an endless list."""
        if address in self._seen:
            return
        bare, _, query = address.partition("?")
        if query:
            self._queries[bare] = self._queries.get(bare, 0) + 1
        if len(self._seen) >= self.most or self._queries.get(bare, 0) > _MOST_QUERIES:
            self.left_out += 1
            return
        self._seen.add(address)
        self._order.append(address)

    def __iter__(self) -> Iterator[str]:
        while self._next < len(self._order):
            yield self._order[self._next]
            self._next += 1


def links_of(content: bytes, address: str) -> list[str]:
    """The addresses that a page links to, in its order; none where it asks not to follow them."""
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(content, parser)
    except etree.LxmlError:
        return []
    if root is None:
        return []
    rules = " ".join(root.xpath("//meta[translate(@name, 'ROBTS', 'robts') = 'robots']/@content")).lower()
    if "nofollow" in rules or "none" in rules.split():
        return []
    base = next((normal(str(href), address) for href in root.xpath("//base/@href")), None) or address
    found = (normal(str(one.get("href")), base) for one in root.xpath("//a[@href] | //area[@href]"))
    return list(dict.fromkeys(one for one in found if one is not None))


def sitemap_of(content: bytes) -> tuple[list[str], list[str]]:
    """The sitemaps and the pages that a sitemap names; none where it is no sitemap."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root: Any = etree.fromstring(_unzipped(content), parser)
    except (etree.LxmlError, ValueError, OSError, EOFError, zlib.error):
        return [], []
    if root is None:
        return [], []
    names = [(etree.QName(one.getparent()).localname, one.text or "") for one in root.iter("{*}loc")][:_MOST_OF_SITEMAP]
    found = [(kind, normal(text)) for kind, text in names]
    maps = [address for kind, address in found if kind == "sitemap" and address is not None]
    return maps, [address for kind, address in found if kind == "url" and address is not None]


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    with gzip.GzipFile(fileobj=BytesIO(content)) as handle:
        return handle.read(_LARGEST_SITEMAP)
