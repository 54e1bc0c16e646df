from dataclasses import replace

import pytest

from publishers.content import content_of
from publishers.portals.holdings import check_facts, holdings
from publishers.release import write_files
from schemas.errors import ReleaseError
from tests.publishers.made_publication import BEGROTING, DOCUMENTS, PUBLICATION, rows, written


def held_of(folder, documents=DOCUMENTS, publication=PUBLICATION):
    return holdings(content_of(rows(documents), publication), folder)


def test_a_holding_is_what_one_body_says_in_the_documents_of_one_year(tmp_path):
    first, second = held_of(tmp_path)
    assert (first.publisher_id, first.year, first.document_types) == ("gm1895", 2026, ("begroting", "kadernota"))
    assert (second.publisher_id, second.year, second.line_count) == ("ws0152", 2024, 1)
    assert first.known_since.isoformat() == "2025-11-14"
    assert second.known_since.isoformat() == "2025-11-06"


def test_its_files_are_those_of_its_own_folder_where_there_is_one(tmp_path):
    part = tmp_path / "by_publisher" / "gm1895" / "2026"
    part.mkdir(parents=True)
    for name in ("budget_lines.csv", "budget_lines.parquet", "gm1895-2026.xlsx", "tables.csv", "notes.txt", "own.csv"):
        (part / name).write_text(name)
    (tmp_path / "budget_lines.csv").write_text("all")
    first, second = held_of(tmp_path)
    assert [one.path.rpartition("/")[2] for one in first.files] == [
        "budget_lines.csv", "budget_lines.parquet", "gm1895-2026.xlsx", "tables.csv"
    ]  # fmt: skip
    assert [one.path for one in second.files] == ["budget_lines.csv"]


@pytest.mark.parametrize("key", ["title", "document_status", "status_date"])
def test_what_is_missing_is_an_error_that_names_source_and_key_and_nothing_is_published(tmp_path, key):
    documents = [replace(BEGROTING, **{key: None})]
    with pytest.raises(ReleaseError, match=rf"the source oldambt has no `{key}`"):
        write_files(content_of(rows(documents), PUBLICATION), tmp_path)


def test_the_status_and_day_of_a_decision_are_asked_for_only_where_diwoo_is(tmp_path):
    bare = replace(BEGROTING, document_status=None, status_date=None)
    only_water = replace(PUBLICATION, woo=False, woo_hosts=(("ws0152", "https://water.example.org/"),))
    for publication in (replace(PUBLICATION, woo=False), only_water):
        assert held_of(tmp_path, [bare], publication)


def test_nothing_is_asked_of_a_document_without_lines_or_without_a_publication(tmp_path):
    failed = replace(BEGROTING, document_id="other", title=None, line_count=0)
    documents = content_of({**rows(), "documents": [*DOCUMENTS, failed]}, PUBLICATION)
    assert len(holdings(documents, tmp_path)) == 2
    check_facts([{"source_id": "a", "publisher_id": "gm1895", "title": None}], None)


def test_without_a_publication_no_file_for_portals_is_written(tmp_path):
    folder = written(tmp_path / "release", publication=None)
    names = {path.name for path in folder.iterdir()}
    assert not names & {"catalog.ttl", "catalog.jsonld", "diwoo", "CITATION.cff"}
    assert {"dictionary.nl.md", "dictionary.en.md"} <= names


def test_the_same_content_gives_the_same_bytes_in_another_folder_and_order(tmp_path):
    one = written(tmp_path / "one")
    other = written(tmp_path / "elsewhere" / "two")
    for path in (path for path in one.rglob("*") if path.is_file()):
        assert path.read_bytes() == (other / path.relative_to(one)).read_bytes(), path.name
