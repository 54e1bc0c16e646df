"""A release against the official schemas of ../shared/standards, and each of them against a release that breaks it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from frictionless import validate
from lxml import etree
from pyshacl import validate as validate_shapes
from rdflib import RDF, Graph, Namespace, URIRef

from corpus_tests.conftest import SHARED
from publishers.portals.diwoo import FORMATS
from schemas.codelists import term, terms, tooi_uri
from tests.publishers.made_publication import written

STANDARDS = SHARED / "standards"
SHAPES = (
    "dcat-ap-SHACL",
    "dcat-ap-nl-SHACL",
    "dcat-ap-nl-SHACL-klassebereik",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten",
)
DCT, DCAT = Namespace("http://purl.org/dc/terms/"), Namespace("http://www.w3.org/ns/dcat#")
pytestmark = pytest.mark.skipif(not STANDARDS.is_dir(), reason="the standards are not here: ../shared/standards")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two bodies with DiWoo."""
    return written(tmp_path_factory.mktemp("portal") / "release")


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    """The same release, to be broken."""
    return Path(shutil.copytree(release, tmp_path / "copy"))


# ----------------------------------------------------------------------------------------------------------- DiWoo


@pytest.fixture(scope="module")
def sitemap_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(STANDARDS / "diwoo" / "sitemap-met-diwoo-offline.xsd")))


def sitemaps(folder: Path) -> list[Path]:
    return sorted((folder / "diwoo").rglob("sitemap-*.xml"))


def test_sitemaps_are_diwoo_0_9_8(release: Path, sitemap_schema: etree.XMLSchema) -> None:
    assert len(sitemaps(release)) == 2
    for path in sitemaps(release):
        sitemap_schema.assertValid(etree.parse(str(path)))


def test_indexes_are_sitemap_indexes(release: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(STANDARDS / "diwoo" / "extern" / "siteindex.xsd")))
    indexes = sorted((release / "diwoo").rglob("sitemapindex-diwoo-infocat012.xml"))
    assert len(indexes) == 2
    for path in indexes:
        schema.assertValid(etree.parse(str(path)))
    broken = etree.fromstring(indexes[0].read_bytes().replace(b"<loc>", b"<lok>").replace(b"</loc>", b"</lok>"))
    assert not schema.validate(broken)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"file-type/CSV", b"file-type/PARQUET"),
        (b"kern/c_c6cd1213", b"kern/c_00000000"),
        (b"gemeente/gm1895", b"gemeente/gm9999"),
        (b"T00:00:00+01:00</diwoo:atTime>", b"</diwoo:atTime>"),
        (b"officieleTitel", b"titel"),
    ],
)
def test_a_sitemap_that_is_broken_fails(
    release: Path, sitemap_schema: etree.XMLSchema, right: bytes, wrong: bytes
) -> None:
    content = sitemaps(release)[0].read_bytes()
    assert right in content
    assert not sitemap_schema.validate(etree.fromstring(content.replace(right, wrong)))


# ------------------------------------------------------------------------------------------------------ DCAT-AP-NL


@pytest.fixture(scope="module", params=["shapes-3.0.0", "shapes-werkversie"])
def shapes(request: pytest.FixtureRequest) -> Graph:
    graph = Graph()
    for name in SHAPES:
        graph.parse(STANDARDS / "dcat-ap-nl" / request.param / f"{name}.ttl")
    return graph


def conforms(graph: Graph, shapes: Graph) -> tuple[bool, str]:
    good, _, text = validate_shapes(graph, shacl_graph=shapes, inference="none")
    return bool(good), str(text)


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog.jsonld"])
def test_the_catalogue_is_dcat_ap_nl_3(release: Path, shapes: Graph, name: str) -> None:
    good, text = conforms(Graph().parse(release / name), shapes)
    assert good, text


def test_the_catalogue_follows_what_is_recommended_but_for_a_service_that_we_have_not(release: Path) -> None:
    graph, shapes = Graph().parse(release / "catalog.ttl"), Graph()
    shapes.parse(STANDARDS / "dcat-ap-nl" / "shapes-3.0.0" / "dcat-ap-nl-SHACL-aanbevolen.ttl")
    _, text = conforms(graph, shapes)
    paths = {line.split(":", 1)[1].strip() for line in text.splitlines() if "Result Path" in line}
    assert paths <= {"dcat:accessService"}, text


def broken(graph: Graph) -> Iterator[tuple[str, Graph]]:
    """The graph, each time without one thing that must be there."""
    for kind, name in (
        (DCAT.Dataset, DCT.accessRights), (DCAT.Dataset, DCT.creator), (DCAT.Dataset, DCT.identifier),
        (DCAT.Dataset, DCAT.theme), (DCAT.Dataset, DCAT.contactPoint), (DCAT.Dataset, DCT.title),
        (DCAT.Distribution, DCT.license), (DCAT.Distribution, DCAT.accessURL), (DCAT.Catalog, DCAT.dataset),
        (DCAT.DatasetSeries, DCT.description),
    ):  # fmt: skip
        other = Graph() + graph
        for node in graph.subjects(RDF.type, kind):
            other.remove((node, name, None))
        yield f"{kind} without {name}", other


def test_a_catalogue_that_is_broken_fails(release: Path, shapes: Graph) -> None:
    graph = Graph().parse(release / "catalog.ttl")
    for what, other in broken(graph):
        assert len(other) < len(graph), what
        assert not conforms(other, shapes)[0], what


def test_a_catalogue_with_a_term_of_no_list_fails(release: Path, shapes: Graph) -> None:
    graph = Graph().parse(release / "catalog.ttl")
    for node in list(graph.subjects(RDF.type, DCAT.Distribution)):
        graph.set((node, DCT.license, URIRef("https://example.org/free")))
    assert not conforms(graph, shapes)[0]


# ---------------------------------------------------------------------------------------------------- Data Package


def profile_errors(package: Any) -> list[str]:
    schema = json.loads((STANDARDS / "datapackage" / "profiles-2.0" / "datapackage.json").read_text(encoding="utf-8"))
    return [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(package)]


def test_the_package_follows_the_profile_of_data_package_2(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert profile_errors(package) == []
    assert profile_errors(package | {"resources": []})
    assert profile_errors(package | {"contributors": [{"title": 3}]})
    package["resources"][0]["schema"]["fields"][0]["type"] = "money"
    assert profile_errors(package)


def test_frictionless_finds_the_files_as_they_are_described(release: Path) -> None:
    report = validate(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


@pytest.mark.parametrize(("name", "right", "wrong"), [
    ("budget_lines.csv", b"begroting", b"begrooting"),
    ("documents.csv", b"2026", b"twee"),
    ("budget_lines.parquet", b"PAR1", b"PAR2"),
])  # fmt: skip
def test_frictionless_sees_a_file_that_was_changed(copy: Path, name: str, right: bytes, wrong: bytes) -> None:
    content = (copy / name).read_bytes()
    assert right in content
    (copy / name).write_bytes(content.replace(right, wrong))
    assert not validate(str(copy / "datapackage.json")).valid


def test_frictionless_sees_a_line_of_a_table_that_is_not_there(copy: Path) -> None:
    path = copy / "budget_lines.csv"
    path.write_bytes(path.read_bytes().replace(b'"table-1"', b'"table-9"'))
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    report = validate(str(copy / "datapackage.json"))
    assert {row[0] for row in report.flatten(["type"])} == {"foreign-key"}


# --------------------------------------------------------------------------------------------------------- our lists


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(("of", "official", "label"), [
    ("information_category", "informatiecategorieen.csv", "label_xsd_0_9_8"),
    ("document_kind", "documentsoorten.csv", "label"),
    ("handling", "soorthandelingen.csv", "label"),
    ("woo_theme", "themas.csv", "label"),
    ("language", "talen.csv", "label"),
])  # fmt: skip
def test_our_terms_are_those_of_the_official_lists(of: str, official: str, label: str) -> None:
    known = {row["uri"]: row[label] for row in rows_of(STANDARDS / "diwoo" / official)}
    for several in terms(of).values():
        for one in several:
            assert known[one.uri] == one.label


def test_our_identifiers_of_bodies_are_those_of_the_registers() -> None:
    for name in ("municipalities.csv", "provinces.csv", "water_boards.csv"):
        for row in rows_of(STANDARDS / "tooi" / name):
            assert tooi_uri(row["code"]) == row["tooi_uri"]


def test_the_formats_that_sitemaps_list_are_on_the_list_of_the_woo_index() -> None:
    known = {row["uri"] for row in rows_of(STANDARDS / "diwoo" / "formaten.csv")}
    assert {term("format", name).uri for name in FORMATS} <= known
    assert term("format", "parquet").uri not in known
