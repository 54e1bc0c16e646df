import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from publishers.checksums import sum_of
from publishers.content import content_of
from publishers.portals.holdings import holdings
from publishers.portals.titles import keywords_of
from tests.publishers.made_publication import BEGROTING, PUBLICATION, rows, written

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
BASE = PUBLICATION.base_url
OLDAMBT = URIRef(f"{BASE}id/begroting/gm1895/2026")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("dcat") / "release")


@pytest.fixture(scope="module")
def graph(folder):
    return Graph().parse(folder / "catalog.ttl")


def test_turtle_and_json_ld_say_the_same(folder, graph):
    assert isomorphic(graph, Graph().parse(folder / "catalog.jsonld"))
    json.loads((folder / "catalog.jsonld").read_text(encoding="utf-8"))


def test_every_node_has_an_address(graph):
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)


def test_a_series_for_each_body_with_a_dataset_for_each_year_and_one_for_all_years(graph):
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    names = ("gm1895/2026", "gm1895/alle-jaren", "ws0152/2024", "ws0152/alle-jaren")
    assert datasets == {URIRef(f"{BASE}id/begroting/{name}") for name in names}
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert set(graph.objects(catalog, DCAT.dataset)) == datasets
    series = set(graph.subjects(RDF.type, DCAT.DatasetSeries))
    assert {graph.value(one, DCAT.inSeries) for one in datasets} == series
    assert len(series) == 2


def test_a_dataset_has_what_portals_ask(graph):
    wanted = (DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.accessRights, DCTERMS.creator,
              DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCTERMS.language)  # fmt: skip
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        assert all((dataset, one, None) in graph for one in wanted)
        assert graph.value(dataset, DCTERMS.identifier) == Literal(str(dataset))
    creator = graph.value(OLDAMBT, DCTERMS.creator)
    assert str(creator) == "https://identifier.overheid.nl/tooi/id/gemeente/gm1895"
    assert str(graph.value(OLDAMBT, DCTERMS.publisher)) == PUBLICATION.publisher_uri


def test_each_distribution_is_a_file_that_is_there_with_its_licence_size_and_sum(folder, graph):
    distributions = list(graph.subjects(RDF.type, DCAT.Distribution))
    below = {path.relative_to(folder).as_posix() for path in (folder / "by_publisher").rglob("*") if path.is_file()}
    listed = {str(graph.value(one, DCAT.downloadURL)).removeprefix(BASE) for one in distributions}
    assert listed == below
    assert len(listed) == len(distributions) == 26  # four tables and a workbook of a year, two tables over all years
    for one in distributions:
        file = folder / str(graph.value(one, DCAT.downloadURL)).removeprefix(BASE)
        assert int(graph.value(one, DCAT.byteSize)) == file.stat().st_size
        assert str(graph.value(graph.value(one, SPDX.checksum), SPDX.checksumValue)) == sum_of(file)
        licence = graph.value(one, DCTERMS.license)
        assert str(licence) == "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
        assert (one, DCAT.mediaType, None) in graph


def test_each_distribution_says_which_file_it_is(graph):
    titles = {
        str(one).rpartition("#")[2]: str(graph.value(one, DCTERMS.title))
        for one in graph.objects(URIRef(f"{BASE}id/begroting/gm1895/alle-jaren"), DCAT.distribution)
    }
    assert titles == {
        "budget_current.csv": "Actuele bedragen (CSV)",
        "budget_current.parquet": "Actuele bedragen (Parquet)",
        "restatements.csv": "Herzieningen (CSV)",
        "restatements.parquet": "Herzieningen (Parquet)",
    }
    current = URIRef(f"{BASE}id/begroting/gm1895/alle-jaren#budget_current.csv")
    assert "Het veilige overzicht" in str(graph.value(current, DCTERMS.description))


def test_landing_pages_are_those_of_the_body_and_year(folder, graph):
    for name in ("", "/2026", "/alle-jaren"):
        page = str(graph.value(URIRef(f"{BASE}id/begroting/gm1895{name}"), DCAT.landingPage))
        own = name.replace("/alle-jaren", "")
        assert page == f"{BASE}portal/gm1895{own}/index.html"
        assert (folder / page.removeprefix(BASE)).is_file()


def test_keywords_are_about_the_documents_and_lines_of_the_dataset(folder, graph):
    assert set(map(str, graph.objects(OLDAMBT, DCAT.keyword))) == {
        "begrotingscijfers", "begroting", "kadernota", "gemeentefinanciën", "gemeente Oldambt"
    }  # fmt: skip
    made = rows()
    coded = [replace(line, taakveld_code="0.1") for line in made["budget_lines"] if line.publisher_id == "ws0152"]
    held = holdings(content_of({**made, "budget_lines": [*made["budget_lines"][:2], *coded]}, PUBLICATION), folder)
    assert [one.has_taakvelden for one in held] == [False, True]
    assert keywords_of(held[1]) == [
        "begrotingscijfers", "jaarstukken", "waterschapsfinanciën", "waterschap Rijn en IJssel", "taakvelden", "Iv3"
    ]  # fmt: skip


def test_the_licence_note_of_a_source_stands_beside_our_licence(graph):
    notes = [str(graph.value(one, URIRef("http://www.w3.org/2000/01/rdf-schema#comment")))
             for one in graph.subjects(RDF.type, DCTERMS.RightsStatement)]  # fmt: skip
    assert any(BEGROTING.licence_note in note for note in notes)


def test_provenance_names_the_documents_and_their_bytes(graph):
    statement = str(graph.value(graph.value(OLDAMBT, DCTERMS.provenance), None))
    texts = " ".join(map(str, graph.objects(graph.value(OLDAMBT, DCTERMS.provenance))))
    assert statement
    assert BEGROTING.snapshot_id in texts
    assert URIRef("https://oldambt.nl/kadernota.pdf") in set(graph.objects(OLDAMBT, PROV.wasDerivedFrom))


def test_hostile_titles_and_addresses_stay_texts_and_addresses(graph):
    assert BEGROTING.title in str(graph.value(OLDAMBT, DCTERMS.title))
    (hostile,) = (one for one in graph.objects(OLDAMBT, PROV.wasDerivedFrom) if "begroting" in one)
    assert not set('<>"{} ') & set(hostile)


def test_identifiers_stay_where_the_files_move(tmp_path):
    moved = replace(PUBLICATION, base_url="https://new.example.org/", identifier_base=f"{BASE}id/")
    graph = Graph().parse(written(tmp_path / "release", moved) / "catalog.ttl")
    assert set(graph.subjects(RDF.type, DCAT.Dataset)) >= {OLDAMBT}
    assert all(str(one).startswith("https://new.") for one in graph.objects(None, DCAT.downloadURL))


def test_the_order_of_sets_does_not_show(folder, tmp_path):
    code = "import sys; from pathlib import Path; from tests.publishers.made_publication import written;"
    code += " written(Path(sys.argv[1]))"
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(out)], check=True, cwd=ROOT, env=environment)
        for name in ("catalog.ttl", "catalog.jsonld"):
            assert (out / name).read_bytes() == (folder / name).read_bytes()
