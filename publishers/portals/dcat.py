"""catalog.ttl and catalog.jsonld: the release as a DCAT-AP-NL 3.0 catalogue.

A series for each body, a dataset for each of its document years and one for all years, a distribution for each file.
Every node has an address, so that the same content gives the same bytes; the terms of value lists bring the class that
the official shapes ask of them. `dct:spatial` is the country: the lists of places that the profile names (Geonames, EU)
are not those of TOOI, whose addresses are of bodies and no places.

Not set: dcatap:hvdCategory, since municipal budgets are no high-value dataset (Reg. 2023/138).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Literal, Namespace, URIRef

from publishers.portals.holdings import Body, Document, File, Holding
from publishers.portals.rdf import Nodes, iri, json_ld, turtle
from publishers.portals.titles import (
    description_of,
    file_description,
    file_title,
    keywords_of,
    series_title_of,
    title_of,
)
from schemas.codelists import Term, kind_of, term, tooi_uri
from schemas.settings import Publication

TURTLE, JSON_LD = "catalog.ttl", "catalog.jsonld"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_PREFIXES: dict[str, str] = {"dcat": DCAT, "dct": str(DCTERMS), "foaf": str(FOAF), "prov": str(PROV), "rdfs": str(RDFS),
             "skos": str(SKOS), "xsd": str(XSD),
             "dcatap": DCATAP, "spdx": SPDX, "vcard": VCARD}  # fmt: skip
TITLE = "Begrotingen van gemeenten, provincies en waterschappen als open data"
DESCRIPTION = (
    "Bedragen uit begrotingen, jaarstukken en andere documenten van de planning-en-controlcyclus, elk met zijn plaats"
    " in de bron en wat de optellingen van zijn tabel bewijzen."
)
_METHOD = (
    "Automatisch overgenomen uit de gepubliceerde documenten van de overheid, zonder bedragen te wijzigen; wat niet met"
    " zekerheid te lezen was, is opzijgelegd met de reden."
)
_STANDARD = "https://datapackage.org/profiles/2.0/tableschema.json"


def write(of_bodies: Sequence[Body], said: Publication, folder: Path) -> None:
    """Write the catalogue in Turtle and JSON-LD."""
    nodes = catalogue(of_bodies, said, home=(folder / "index.html").exists())
    (folder / TURTLE).write_text(turtle(nodes, _PREFIXES), encoding="utf-8")
    (folder / JSON_LD).write_text(json_ld(nodes, _PREFIXES), encoding="utf-8")


def catalogue(of_bodies: Sequence[Body], publication: Publication, *, home: bool = False) -> Nodes:
    """The nodes of a catalogue; `home` says whether a page for people stands at the base address."""
    ours = _Ours(publication, home=home)
    ours.write_catalog(of_bodies)
    for body in of_bodies:
        series = ours.write_series(body)
        for held in datasets_of(body):
            ours.write_dataset(held, series)
    return ours.nodes


def datasets_of(body: Body) -> list[Holding | Body]:
    """What is a dataset of a body: that over all years, where there are files of it, and each year."""
    return [*([body] if body.files else []), *body.years]


def series_address(publication: Publication, publisher_id: str) -> str:
    """The identifier of the series of a body."""
    return f"{publication.identifiers}begroting/{publisher_id}"


def dataset_address(publication: Publication, held: Holding | Body) -> str:
    """The identifier of the dataset of a body and document year, or of all its years."""
    return f"{series_address(publication, held.publisher_id)}/{held.part}"


def file_address(publication: Publication, held: Holding | Body, file: File) -> str:
    """The identifier of a file of a dataset."""
    return f"{dataset_address(publication, held)}#{file.name}"


class _Ours:
    """The nodes of one catalogue."""

    def __init__(self, publication: Publication, *, home: bool) -> None:
        self.nodes: Nodes = {}
        self.publication, self.home = publication, home
        self.contact = iri(f"{publication.identifiers}contact")
        self.publisher = iri(publication.publisher_uri)
        self.licence = self.term(term("licence", publication.licence))

    def add(self, subject: URIRef, **said: Any) -> None:  # noqa: ANN401 - one value or several
        """Say of a subject, by our names for properties, one value or several."""
        node = self.nodes.setdefault(subject, {})
        for name, values in said.items():
            known = [one for one in (values if isinstance(values, list | tuple) else [values]) if one is not None]
            if known:
                node.setdefault(_PROPERTIES[name], {}).update(dict.fromkeys(known))

    def term(self, one: Term) -> URIRef:
        """A term of a value list, with the class that shapes ask of it."""
        node, kind = iri(one.uri), iri(one.kind)
        if node not in self.nodes:
            self.add(node, a=kind, label=Literal(one.label) if kind == SKOS.Concept else None)
        return node

    def agent(self, publisher_id: str, name: str) -> URIRef:
        """A government body."""
        node = iri(tooi_uri(publisher_id))
        kind = self.term(term("publisher_type", kind_of(publisher_id)))
        self.add(node, a=FOAF.Agent, name=_dutch(name), type=kind)
        return node

    def page(self, path: str) -> URIRef:
        """A page for people, below the base address."""
        node = iri(self.publication.base_url + path)
        self.add(node, a=FOAF.Document)
        return node

    def landing(self, held: Holding | Body) -> URIRef | None:
        """Its own page for people, else that of the release."""
        if held.page is not None:
            return self.page(held.page)
        return self.page("") if self.home else None

    def write_catalog(self, of_bodies: Sequence[Body]) -> None:
        """The catalogue itself, its publisher and its contact."""
        said = self.publication
        days = [day for one in of_bodies if (day := one.known_since) is not None]
        self.add(
            iri(f"{said.identifiers}catalogus"),
            a=DCAT.Catalog,
            title=_dutch(TITLE),
            description=_dutch(DESCRIPTION),
            publisher=self.publisher,
            creator=self.publisher,
            contact=self.contact,
            language=self.term(term("language", "nld")),
            license=self.licence,
            homepage=self.page("") if self.home else None,
            modified=Literal(max(days)) if days else None,
            dataset=[iri(dataset_address(said, one)) for body in of_bodies for one in datasets_of(body)],
        )
        own = {tooi_uri(one.publisher_id) for one in of_bodies}
        if said.publisher_uri not in own:
            self.add(self.publisher, a=FOAF.Agent, name=_dutch(said.publisher_name))
        email = iri(f"mailto:{said.contact_email}")
        self.add(self.contact, a=(VCARD.Organization, VCARD.Kind), fn=_dutch(said.contact_name), email=email)

    def write_series(self, body: Body) -> URIRef:
        """The series of all datasets of a body."""
        node = iri(series_address(self.publication, body.publisher_id))
        self.add(
            node,
            a=DCAT.DatasetSeries,
            title=_dutch(series_title_of(body)),
            description=_dutch(
                f"De documenten van {body.publisher_name} als open data: een dataset per jaar, en een over alle jaren."
            ),
            creator=self.agent(body.publisher_id, body.publisher_name),
            publisher=self.publisher,
            contact=self.contact,
            frequency=self.term(term("frequency", "annual")),
            landing=self.landing(body),
        )
        return node

    def write_dataset(self, holding: Holding | Body, series: URIRef) -> None:
        """The dataset of a body and document year, or of all its years, with its distributions and provenance."""
        address = dataset_address(self.publication, holding)
        body = self.agent(holding.publisher_id, holding.publisher_name)
        since = holding.known_since
        rights = tuple(self.rights(address, one) for one in _noted(holding))
        self.add(
            iri(address),
            a=DCAT.Dataset,
            identifier=Literal(address),
            title=_dutch(title_of(holding)),
            description=_dutch(description_of(holding)),
            access=self.term(term("access", "public")),
            creator=body,
            publisher=self.publisher,
            contact=self.contact,
            theme=[self.term(term("theme", word)) for word in ("government", "economy")],
            keyword=[_dutch(word) for word in keywords_of(holding)],
            language=self.term(term("language", "nld")),
            spatial=self.term(term("place", "netherlands")),
            temporal=self.period(address, holding),
            modified=Literal(since) if since is not None else None,
            frequency=self.term(term("frequency", "annual")),
            series=series,
            page=self.page("dictionary.nl.md"),
            landing=self.landing(holding),
            conforms=self.standard(),
            provenance=self.provenance(address, holding),
            derived=[self.source(one) for one in holding.documents if one.source_url],
            distribution=[self.distribution(holding, one, rights) for one in holding.files],
        )

    def period(self, address: str, holding: Holding | Body) -> URIRef:
        """The years that the amounts are of."""
        node = iri(f"{address}#periode")
        begin, end = (f"{holding.first_year}-01-01", f"{holding.last_year}-12-31")
        dates = {"begin": Literal(begin, datatype=XSD.date), "end": Literal(end, datatype=XSD.date)}
        self.add(node, a=DCTERMS.PeriodOfTime, **dates)
        return node

    def provenance(self, address: str, holding: Holding | Body) -> URIRef:
        """From which bytes of which documents the amounts were taken, and how."""
        node = iri(f"{address}#herkomst")
        texts = [
            f"{one.title}: {one.source_url or 'lokaal bestand'}, sha256 {one.snapshot_id}" for one in holding.documents
        ]
        self.add(node, a=DCTERMS.ProvenanceStatement, comment=_dutch("\n".join([_METHOD, *texts])))
        return node

    def source(self, document: Document) -> URIRef:
        """A document of a body, where it is published."""
        node = iri(document.source_url or "")
        self.add(node, a=(FOAF.Document, PROV.Entity), title=_dutch(document.title))
        return node

    def rights(self, address: str, document: Document) -> URIRef:
        """What a source itself says of its use: beside our licence, which can't waive the rights of others."""
        node = iri(f"{address}#rechten-{document.source_id}")
        note = f"{document.title}: {document.licence_note}"
        self.add(node, a=DCTERMS.RightsStatement, comment=_dutch(note))
        return node

    def standard(self) -> URIRef:
        """The standard that describes the columns."""
        node = iri(_STANDARD)
        self.add(node, a=DCTERMS.Standard)
        return node

    def distribution(self, holding: Holding | Body, file: File, rights: tuple[URIRef, ...]) -> URIRef:
        """A file of a dataset."""
        node = iri(file_address(self.publication, holding, file))
        where = iri(self.publication.base_url + file.path)
        self.add(where, a=RDFS.Resource)
        form = term("format", file.format)
        checksum = iri(f"{node}-sha256")
        value = Literal(file.sha256, datatype=XSD.hexBinary)
        self.add(SPDX.checksumAlgorithm_sha256, a=SPDX.ChecksumAlgorithm)
        self.add(checksum, a=SPDX.Checksum, algorithm=SPDX.checksumAlgorithm_sha256, checksum_value=value)
        self.add(
            node,
            a=DCAT.Distribution,
            title=_dutch(file_title(file)),
            description=_dutch(file_description(file)),
            access_url=where,
            download_url=where,
            license=self.licence,
            rights=rights,
            format=self.term(form),
            media_type=self.term(term("media_type", file.format)),
            language=self.term(term("language", "nld")),
            availability=self.term(term("availability", "stable")),
            size=Literal(file.byte_count, datatype=XSD.nonNegativeInteger),
            conforms=self.standard(),
            checksum=checksum,
        )
        return node


_PROPERTIES = {
    "a": RDF.type, "access": DCTERMS.accessRights, "access_url": DCAT.accessURL, "algorithm": SPDX.algorithm,
    "availability": DCATAP.availability, "begin": DCAT.startDate, "checksum": SPDX.checksum,
    "checksum_value": SPDX.checksumValue, "comment": RDFS.comment, "conforms": DCTERMS.conformsTo,
    "contact": DCAT.contactPoint, "creator": DCTERMS.creator, "dataset": DCAT.dataset, "derived": PROV.wasDerivedFrom,
    "description": DCTERMS.description, "distribution": DCAT.distribution, "download_url": DCAT.downloadURL,
    "email": VCARD.hasEmail, "end": DCAT.endDate, "fn": VCARD.fn, "format": DCTERMS["format"],
    "frequency": DCTERMS.accrualPeriodicity, "homepage": FOAF.homepage, "identifier": DCTERMS.identifier,
    "keyword": DCAT.keyword, "label": SKOS.prefLabel, "landing": DCAT.landingPage, "language": DCTERMS.language,
    "license": DCTERMS.license, "media_type": DCAT.mediaType, "modified": DCTERMS.modified, "name": FOAF.name,
    "page": FOAF.page, "provenance": DCTERMS.provenance, "publisher": DCTERMS.publisher, "rights": DCTERMS.rights,
    "series": DCAT.inSeries, "size": DCAT.byteSize, "spatial": DCTERMS.spatial, "temporal": DCTERMS.temporal,
    "theme": DCAT.theme, "title": DCTERMS.title, "type": DCTERMS.type,
}  # fmt: skip


def _noted(holding: Holding | Body) -> list[Document]:
    return list({one.source_id: one for one in holding.documents if one.licence_note}.values())


def _dutch(text: str) -> Literal:
    return Literal(text, lang="nl")
