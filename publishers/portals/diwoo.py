"""DiWoo 0.9.8 for the Woo-index: per body a sitemap index, sitemaps and the lines of robots.txt, for that body to host.

The harvester reads files of these formats only, straight from their address, over https, and no index by another name
(handleiding sitemapindex en sitemaps, standaarden.overheid.nl/diwoo/metadata). Of a decision only the day is known: it
is written as its first moment in winter time, since the schema wants a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree

from publishers.portals.dcat import file_address
from publishers.portals.holdings import Document, File, Holding
from publishers.portals.rdf import iri
from publishers.portals.titles import description_of, title_of
from schemas.codelists import Term, term, terms, tooi_uri
from schemas.contract import BUDGET_LINES
from schemas.settings import Publication

INDEX = "sitemapindex-diwoo-infocat012.xml"  # jaarplannen en jaarverslagen, Woo art. 3.3 lid 2 g
FORMATS = ("csv", "xlsx", "zip")  # of ours, those on the list of the Woo-index
FOLDER = "diwoo"
_FIGURES = ("", BUDGET_LINES.name)  # workbooks and lines: the other tables are about how those were read
_ROBOTS = "# For robots.txt in the root of the host: the index that the Woo-index reads."
_MOST = 50_000  # addresses in one sitemap (sitemaps.org)
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
_NAMESPACES: dict[Any, str] = {None: _SITEMAP, "diwoo": _DIWOO}
_DEFAULT: dict[Any, str] = {None: _SITEMAP}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of a body, with the documents whose figures stand in it."""

    host: str
    file: File
    holding: Holding

    @property
    def address(self) -> str:
        return self.host + quote(self.file.path)


def write(held: Sequence[Holding], said: Publication, folder: Path) -> None:
    """Write the files of each body that the publication asks DiWoo for; nothing where it asks for none."""
    for body, of_body in groupby(held, lambda one: one.publisher_id):
        host = said.woo_host(body)
        if host is not None:
            _write_body(said, host, _entries(host, list(of_body)), folder / FOLDER / body)


def _entries(host: str, held: Sequence[Holding]) -> list[_Entry]:
    """The files of a body in the order of their paths; a file of several years has the documents of all of them."""
    by_path: dict[str, _Entry] = {}
    for holding in held:
        for file in holding.files:
            if file.format in FORMATS and file.table in _FIGURES:
                before = by_path.get(file.path)
                documents = (*before.holding.documents, *holding.documents) if before else holding.documents
                by_path[file.path] = _Entry(host, file, replace(holding, documents=documents))
    return [by_path[path] for path in sorted(by_path)]


def _write_body(said: Publication, host: str, entries: Sequence[_Entry], folder: Path) -> None:
    if not entries:
        return
    folder.mkdir(parents=True)
    below = f"{host}{FOLDER}/{folder.name}/"
    index = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap=_DEFAULT)
    for number, start in enumerate(range(0, len(entries), _MOST), start=1):
        part = entries[start : start + _MOST]
        name = f"sitemap-diwoo-{number:05}.xml"
        _save(_sitemap(said, part), folder / name)
        one = etree.SubElement(index, f"{{{_SITEMAP}}}sitemap")
        etree.SubElement(one, f"{{{_SITEMAP}}}loc").text = below + name
        _changed(one, (entry.holding for entry in part))
    _save(index, folder / INDEX)
    (folder / "robots.txt").write_text(f"{_ROBOTS}\nSitemap: {below}{INDEX}\n", encoding="utf-8")


def _sitemap(said: Publication, entries: Iterable[_Entry]) -> etree._Element:
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap=_NAMESPACES)
    for entry in entries:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = entry.address
        _changed(url, [entry.holding])
        document = etree.SubElement(url, f"{{{_DIWOO}}}Document")
        _describe(etree.SubElement(document, f"{{{_DIWOO}}}DiWoo"), said, entry)
    return root


def _changed(above: etree._Element, held: Iterable[Holding]) -> None:
    """The last day that the documents tell of: a capture, else the council's decision."""
    days = [day for one in held if (day := one.known_since) is not None]
    if days:
        etree.SubElement(above, f"{{{_SITEMAP}}}lastmod").text = max(days).isoformat()


def _describe(node: etree._Element, said: Publication, entry: _Entry) -> None:
    holding, form = entry.holding, term("format", entry.file.format)
    body = Term(tooi_uri(holding.publisher_id), holding.publisher_name, "")
    _text(node, "identifiers/identifier", file_address(said, holding, entry.file))
    _term(node, "publisher", body)
    _term(node, "verantwoordelijke", body)
    _text(node, "titelcollectie/officieleTitel", f"{title_of(holding)} ({form.label})")
    _text(node, "omschrijvingen/omschrijving", description_of(holding))
    kinds = _below(node, "classificatiecollectie")
    _terms(kinds, "informatiecategorieen/informatiecategorie", _of_types(holding, "information_category"))
    _terms(kinds, "documentsoorten/documentsoort", _of_types(holding, "document_kind"))
    _terms(kinds, "themas/thema", [term("woo_theme", "begroting")])
    _text(node, "geldigheid/begindatum", _moment(date(holding.year, 1, 1)))
    _text(node, "geldigheid/einddatum", f"{holding.year}-12-31T23:59:59+01:00")
    _term(node, "language", term("language", "nld"))
    _term(node, "format", form)
    _text(node, "aggregatiekenmerk", f"begroting-{holding.publisher_id}-{holding.year}")
    _part_of(node, holding.documents)
    handlings = _below(node, "documenthandelingen")
    for document in _decided(holding.documents):
        handling = etree.SubElement(handlings, f"{{{_DIWOO}}}documenthandeling")
        _term(handling, "soortHandeling", term("handling", document.document_status or ""))
        _text(handling, "atTime", _moment(document.status_date))
        _term(handling, "wasAssociatedWith", body)


def _part_of(node: etree._Element, documents: Sequence[Document]) -> None:
    """The document that a file is part of; where there are several, none can be named."""
    addresses = {one.source_url: one.title for one in documents}
    if len(addresses) == 1:
        ((address, title),) = addresses.items()
        if address is not None:
            etree.SubElement(node, f"{{{_DIWOO}}}isPartOf", resource=iri(address)).text = _legible(title)


def _decided(documents: Sequence[Document]) -> Iterator[Document]:
    """One document for each decision."""
    seen = set()
    for one in documents:
        decision = (one.document_status, one.status_date)
        if decision not in seen:
            seen.add(decision)
            yield one


def _of_types(holding: Holding, of: str) -> list[Term]:
    """The terms of the kinds of documents, each once."""
    return list(dict.fromkeys(one for word in holding.document_types for one in terms(of)[word]))


def _moment(day: date | None) -> str:
    return f"{day}T00:00:00+01:00"


def _below(node: etree._Element, path: str) -> etree._Element:
    """The element at a path below a node, made where it is not there."""
    for name in path.split("/"):
        found = node.find(f"{{{_DIWOO}}}{name}")
        node = etree.SubElement(node, f"{{{_DIWOO}}}{name}") if found is None else found
    return node


def _text(node: etree._Element, path: str, text: str) -> None:
    _below(node, path).text = _legible(text)


def _term(node: etree._Element, path: str, one: Term) -> None:
    _terms(node, path, [one])


def _terms(node: etree._Element, path: str, many: Iterable[Term]) -> None:
    above, _, name = path.rpartition("/")
    parent = _below(node, above) if above else node
    for one in many:
        etree.SubElement(parent, f"{{{_DIWOO}}}{name}", resource=one.uri).text = _legible(one.label)


def _legible(text: str) -> str:
    """A text without the control characters that XML can't hold."""
    return "".join(c if c.isprintable() else " " for c in text)


def _save(root: etree._Element, path: Path) -> None:
    etree.indent(root)
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n")
