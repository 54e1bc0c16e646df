from dataclasses import replace
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from rdflib import RDF, Graph, Namespace

from tests.publishers.made_publication import BEGROTING, PUBLICATION, written

DCAT = Namespace("http://www.w3.org/ns/dcat#")
BASE = PUBLICATION.base_url


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("identifiers") / "release")


def pages(folder):
    return sorted((folder / "id").rglob("index.html"))


def test_each_identifier_of_the_catalogue_leads_to_a_page(folder):
    graph = Graph().parse(folder / "catalog.ttl")
    ours = {str(node).partition("#")[0] for node in graph.all_nodes() if str(node).startswith(f"{BASE}id/")}
    assert {f"{BASE}id/catalogus", f"{BASE}id/contact", f"{BASE}id/begroting/gm1895"} <= ours
    assert {path.parent.relative_to(folder).as_posix() for path in pages(folder)} == {
        one.removeprefix(BASE) for one in ours
    }


def test_every_link_of_such_a_page_leads_to_a_file_of_the_release(folder):
    for path in pages(folder):
        here = f"{BASE}{path.relative_to(folder).as_posix()}"
        links = html.parse(path).xpath("//a/@href")
        assert links, path
        for link in links:
            if not link.startswith("mailto:"):
                assert (folder / unquote(urljoin(here, link)).removeprefix(BASE)).is_file(), (path, link)


def test_the_page_of_a_dataset_has_its_files_at_the_fragments_that_identify_them(folder):
    graph = Graph().parse(folder / "catalog.ttl")
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        page, _, fragment = str(one).partition("#")
        tree = html.parse(folder / page.removeprefix(BASE) / "index.html")
        (item,) = tree.xpath(f"//li[@id='{fragment}']/a/@href")
        assert urljoin(f"{page}/", item) == str(graph.value(one, DCAT.downloadURL))
    own = html.parse(folder / "id/begroting/gm1895/2026/index.html").xpath("//a/@href")
    assert "../../../../portal/gm1895/2026/index.html" in own


def test_hostile_titles_stay_texts(folder):
    text = (folder / "id/begroting/gm1895/2026/index.html").read_text(encoding="utf-8")
    assert "<b>" in BEGROTING.title
    assert "<b>" not in text
    assert "&lt;b&gt;" in text


def test_identifiers_that_begin_elsewhere_have_no_pages_here(tmp_path):
    moved = replace(PUBLICATION, identifier_base="https://data.example.org/id/")
    assert not (written(tmp_path / "release", moved) / "id").exists()
