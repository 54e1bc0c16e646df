from dataclasses import replace

import pytest
from lxml import etree

from publishers.content import content_of
from publishers.portals import diwoo
from publishers.portals.holdings import holdings
from tests.publishers.made_publication import BEGROTING, PUBLICATION, rows, written

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "d": "https://standaarden.overheid.nl/diwoo/metadata/"}
INDEX = "sitemapindex-diwoo-infocat012.xml"


def diwoo_of(release, out, publication=PUBLICATION):
    """The DiWoo files of a folder in which a release might stand."""
    diwoo.write(holdings(content_of(rows(), publication), release), publication, out)
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    release = tmp_path_factory.mktemp("diwoo")
    part = release / "by_publisher" / "gm1895" / "2026"
    part.mkdir(parents=True)
    for file in (part / "budget_lines.csv", part / "budget_lines.parquet", part / "begroting gm1895.xlsx"):
        file.write_text("x")
    (release / "budget_lines.csv").write_text("x")
    return diwoo_of(release, release / "out")


def found(path, query):
    return etree.parse(path).xpath(query, namespaces=NAMES)


def sitemap(folder, body="gm1895"):
    return folder / "diwoo" / body / "sitemap-diwoo-00001.xml"


def test_each_body_has_an_index_sitemaps_and_lines_for_its_robots_txt(folder):
    for body in ("gm1895", "ws0152"):
        own = folder / "diwoo" / body
        below = f"{PUBLICATION.base_url}diwoo/{body}/"
        assert found(own / INDEX, "//s:sitemap/s:loc/text()") == [f"{below}sitemap-diwoo-00001.xml"]
        assert f"\nSitemap: {below}{INDEX}\n" in (own / "robots.txt").read_text(encoding="utf-8")


def test_only_formats_that_the_woo_index_reads_are_listed_straight_at_their_address(folder):
    below = f"{PUBLICATION.base_url}by_publisher/gm1895/2026/"
    assert found(sitemap(folder), "//s:url/s:loc/text()") == [
        f"{below}begroting%20gm1895.xlsx", f"{below}budget_lines.csv"
    ]  # fmt: skip
    formats = found(sitemap(folder), "//d:format/@resource")
    assert [one.rpartition("/")[2] for one in formats] == ["XLSX", "CSV"]


def test_each_file_has_an_identifier_of_its_own(tmp_path):
    path = sitemap(written(tmp_path / "release"))
    assert found(path, "//d:identifier/text()") == [
        f"{PUBLICATION.base_url}id/begroting/gm1895/2026#{name}" for name in ("budget_lines.csv", "gm1895-2026.xlsx")
    ]


def test_a_file_says_body_kinds_and_decisions_of_all_its_documents(folder):
    entry = found(sitemap(folder), "//d:DiWoo")[0]
    ask = lambda query: entry.xpath(query, namespaces=NAMES)  # noqa: E731
    assert ask("d:publisher/@resource") == ["https://identifier.overheid.nl/tooi/id/gemeente/gm1895"]
    assert set(ask(".//d:documentsoort/text()")) == {"begroting", "vergaderstuk"}
    assert "jaarplannen en jaarverslagen" in ask(".//d:informatiecategorie/text()")
    handlings = zip(ask(".//d:soortHandeling/text()"), ask(".//d:atTime/text()"), strict=True)
    assert list(handlings) == [
        ("vaststelling", "2025-11-06T00:00:00+01:00"),
        ("ontvangst", "2025-06-05T00:00:00+01:00"),
    ]
    assert not ask(".//d:naamOpsteller")


def test_the_day_of_change_comes_from_captures_and_decisions(folder):
    assert set(found(sitemap(folder), "//s:lastmod/text()")) == {"2025-11-14"}
    assert set(found(sitemap(folder, "ws0152"), "//s:lastmod/text()")) == {"2025-11-06"}


def test_a_file_of_one_document_is_part_of_it(tmp_path):
    folder = written(tmp_path / "release", documents=[BEGROTING])
    parts = found(sitemap(folder), "//d:isPartOf")
    assert len(parts) == 2  # of the CSV and of the workbook
    assert {part.get("resource") for part in parts} == {parts[0].get("resource")}
    assert parts[0].get("resource").startswith("https://oldambt.nl/begroting%202026/")


def test_only_bodies_that_diwoo_is_asked_for_have_files_at_their_own_address(tmp_path):
    said = replace(PUBLICATION, woo=False, woo_hosts=(("ws0152", "https://water.example.org/open/"),))
    folder = written(tmp_path / "release", said)
    assert [one.name for one in (folder / "diwoo").iterdir()] == ["ws0152"]
    assert found(sitemap(folder, "ws0152"), "//s:loc/text()") == [
        "https://water.example.org/open/by_publisher/ws0152/2024/budget_lines.csv",
        "https://water.example.org/open/by_publisher/ws0152/2024/ws0152-2024.xlsx",
    ]
    assert not (written(tmp_path / "none", replace(PUBLICATION, woo=False)) / "diwoo").exists()


def test_sitemaps_are_parted_where_they_would_be_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr("publishers.portals.diwoo._MOST", 1)
    for name in ("budget_lines.csv", "budget_lines.zip"):
        (tmp_path / name).write_text("x")
    diwoo_of(tmp_path, tmp_path / "out")
    names = [one.rpartition("/")[2] for one in found(tmp_path / "out/diwoo/gm1895" / INDEX, "//s:loc/text()")]
    assert names == ["sitemap-diwoo-00001.xml", "sitemap-diwoo-00002.xml"]
    for name in names:
        assert len(found(tmp_path / "out/diwoo/gm1895" / name, "//s:url")) == 1
