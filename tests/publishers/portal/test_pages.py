"""The pages as a browser without script, a screen reader and a hostile document meet them."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from lxml import html

from publishers import parquet_file, portal
from publishers.content import content_of
from publishers.release import completed, verify
from schemas.errors import ReleaseError
from schemas.settings import Publication
from tests.publishers.portal_rows import portal_rows
from tests.publishers.release_rows import FINDING, LINE, TABLE, bytes_of, lines_of, rows_of, written

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & {{ 7 * 7 }}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("portal") / "release", portal_rows())


@pytest.fixture(scope="module")
def pages(folder):
    return read(folder)


@pytest.fixture(scope="module")
def soups(folder):
    return {path.relative_to(folder).as_posix(): soup(path) for path in sorted(folder.rglob("*.html"))}


def read(folder):
    return {
        path.relative_to(folder).as_posix(): html.fromstring(path.read_bytes())
        for path in sorted(folder.rglob("*.html"))
    }


def soup(path):
    return BeautifulSoup(path.read_bytes(), "lxml")


def plain(element):
    """The text as it is shown in Dutch."""
    shown = BeautifulSoup(str(element), "lxml")
    for english in shown.select(".en"):
        english.decompose()
    return " ".join(shown.get_text().split())


def texts(elements):
    return [plain(element) for element in elements]


def test_a_release_with_pages_is_whole(folder):
    assert verify(folder) == []


def test_there_is_an_index_and_a_page_for_each_body_year_and_sheet_of_figures(pages):
    assert len(pages) == 1 + 6 + 21 + 20
    assert {"index.html", "portal/gm1895/index.html", "portal/gm1895/2026/index.html"} <= set(pages)


def test_the_index_names_every_body_and_download_without_script(soups, folder):
    index = soups["index.html"]
    linked = [a.get("href") for a in index.select("#lijst a")]
    assert linked == [
        f"portal/{code}/index.html" for code in ("gm0820", "gm1895", "gm0340", "gm1900", "pv26", "ws0152")
    ]
    files = [path.name for path in folder.iterdir() if path.suffix and path.name != "index.html"]
    assert sorted(a.get("href") for a in index.select(".downloads a")) == sorted(files)
    assert index.select("#zoek")[0].get("hidden") is not None


def test_every_link_inside_the_release_resolves_to_a_file_and_a_place_in_it(pages, folder):
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    checked = 0
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            assert target.is_file(), (name, address)
            checked += 1
            if parts.fragment:
                assert parts.fragment in ids[target.resolve().relative_to(folder.resolve()).as_posix()], (name, address)
    assert checked > 2_000


def test_every_figure_stands_once_as_printed_and_leads_to_its_page_in_the_source(soups, folder):
    lines = parquet_file.read(folder / "budget_lines.parquet").to_pylist()
    cells = {}
    for name, page in soups.items():
        for cell in page.select("table.figures td[id]"):
            assert cell.get("id") not in cells
            cells[cell.get("id")] = (name, cell)
    assert len(cells) == len(lines)
    for line in lines:
        name, cell = cells[line["line_id"]]
        link = cell.find("a")
        assert name.startswith(f"portal/{line['publisher_id']}/{line['document_year']}/")
        assert link.text == line["amount_printed"]
        expected = f"{line['source_url']}#page={line['page']}" if line["source_url"] else f"#{line['line_id']}"
        assert link.get("href") == expected
        assert cell.find("small").text == f"p. {line['page']} · {line['locator']}"
        assert cell.get("class") == {"proved": None, "contradicted": ["x"], "not_covered": ["o"]}[line["proof"]]


def test_figures_stand_in_their_row_and_column_also_where_a_cell_is_empty(soups, folder):
    lines = {line["line_id"]: line for line in parquet_file.read(folder / "budget_lines.parquet").to_pylist()}
    for page in soups.values():
        for table in page.select("table.figures"):
            heads = [head.find(string=True) for head in table.select("thead th")][1:]
            for row in table.select("tbody tr:not(.s)"):
                cells = row.find_all("td")
                assert len(cells) == len(heads)
                for head, cell in zip(heads, cells, strict=True):
                    if cell.get("id"):
                        line = lines[cell.get("id")]
                        assert (line["line_label"], line["column_label"]) == (
                            row.find("th").find(string=True).strip(),
                            head,
                        )


def test_pages_have_one_first_heading_and_skip_no_level(pages):
    for name, page in pages.items():
        levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5")]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_tables_have_captions_and_heads_that_say_what_they_head(pages):
    for name, page in pages.items():
        for table in page.xpath("//table"):
            assert table.find("caption") is not None, name
            assert table.xpath(".//th"), name
            assert all(head.get("scope") in ("col", "row", "rowgroup") for head in table.xpath(".//th")), name


def test_pages_have_a_language_a_title_a_skip_link_and_no_id_twice(pages):
    titles = [page.findtext(".//title") for page in pages.values()]
    for page in pages.values():
        assert page.get("lang") == "nl"
        skip = page.xpath("//body/a[1]")[0]
        assert page.xpath("//main/@id") == [skip.get("href")[1:]]
        ids = page.xpath("//@id")
        assert len(set(ids)) == len(ids)
        for labelled in page.xpath("//@aria-labelledby | //@aria-describedby"):
            assert set(labelled.split()) <= set(ids)
    assert len(set(titles)) == len(titles)


def test_nothing_runs_or_styles_inside_a_page_so_that_a_strict_policy_can_be_set(pages):
    for page in pages.values():
        assert not page.xpath("//style | //@style | //*[@*[starts-with(name(), 'on')]]")
        assert [script.get("src").rpartition("/")[2] for script in page.xpath("//script")] == ["portal.js"]
        assert not page.xpath("//script[text()] | //iframe | //form")


def test_every_text_of_ours_is_there_in_both_languages(soups):
    for page in soups.values():
        dutch, english = page.select("span.nl"), page.select("span.en")
        assert len(dutch) == len(english) > 10
        assert all(span.get("lang") == "en" for span in english)


def test_what_was_set_aside_is_shown_with_its_reason_and_readings(soups):
    page = soups["portal/gm1895/2026/index.html"]
    [item] = page.select(".aside-list > li")
    text = plain(item)
    assert "Overzicht incidentele baten en lasten" in text
    assert "De koppen zijn op meer manieren te lezen." in text
    assert len(item.select("table.reading")) == 2
    assert texts(item.select("table.reading")[1].select("td")) == ["1.204", ""]


def test_a_failing_sum_is_shown_with_its_table_and_its_figures_are_marked(soups):
    page = soups["portal/gm1895/2024/cijfers-1.html"]
    [table] = [one for one in page.select("article.table") if one.select(".v.bad")]
    text = plain(table)
    assert "Een som klopt niet zoals afgedrukt" in text
    assert "total is off by 90" in text
    assert "11 van 12 sommen kloppen" in text
    assert len(table.select("td.x b.x")) == 3


def test_a_document_that_could_not_be_read_has_a_page_that_says_so(pages):
    text = " ".join(pages["portal/gm0340/2026/index.html"].text_content().split())
    assert "niet te lezen" in text
    assert "De bladzijde is een plaatje zonder tekst." in text
    assert "geen programma gevonden" in " ".join(pages["portal/gm0340/index.html"].text_content().split())


def test_a_conflict_between_figures_of_one_document_is_shown_and_not_summed(soups):
    page = soups["portal/gm1895/index.html"]
    article = page.select("article.programme")[3]
    [row] = [row for row in article.select("tbody tr") if plain(row).startswith("2026begroting")]
    shown = texts(row.select("td"))[1]
    assert shown.count("€") == 2
    assert len(row.select("b.x")) == 1
    assert len(article.select("path.range")) == 1


def test_bars_lead_to_their_figure_and_say_what_they_show(soups):
    page = soups["portal/gm1895/index.html"]
    links = page.select("svg a")
    assert len(links) > 100
    assert all(link.get("tabindex") == "-1" for link in links)
    assert "lasten 2021, rekening: €\N{NO-BREAK SPACE}" in links[0].find("title").get_text()


def test_the_same_rows_give_the_same_pages_in_another_folder(folder, tmp_path):
    assert bytes_of(written(tmp_path / "elsewhere" / "again", portal_rows())) == bytes_of(folder)


# ------------------------------------------------------------------------------------------------------- hostility


def hostile_rows():
    line = replace(
        LINE, line_label=HOSTILE, column_label=HOSTILE, section_path=HOSTILE, amount_printed=HOSTILE, locator=HOSTILE,
        programme=HOSTILE, table_title=HOSTILE, source_url="javascript:alert(3)", page=1, taakveld_code=HOSTILE,
    )  # fmt: skip
    other = replace(
        line, line_id='" onclick="alert(4)', column_number=2, source_url='https://x.example/a b"><script>a()'
    )
    reading = [{"columns": [{"label": HOSTILE, "year": None, "stage": HOSTILE, "measure": None}],
                "rows": [{"label": HOSTILE, "values": [HOSTILE]}]}]  # fmt: skip
    finding = replace(FINDING, rule=HOSTILE, message=HOSTILE, values=json.dumps(reading), locator=HOSTILE)
    rows = rows_of([line, other], [finding, replace(FINDING, finding_id="g", values=HOSTILE)])
    rows["tables"] = [
        replace(rows["tables"][0], table_title=HOSTILE, sign_convention=HOSTILE),
        replace(TABLE, table_id="t2", table_title=HOSTILE, status="set_aside", reason=HOSTILE, message=HOSTILE,
                line_count=0, locator=HOSTILE),
    ]  # fmt: skip
    rows["documents"] = [
        replace(rows["documents"][0], title=HOSTILE, file_name=HOSTILE, reason=HOSTILE, message=HOSTILE,
                publisher_name=HOSTILE, source_url="javascript:alert(5)", status="set_aside", document_status=None)
    ]  # fmt: skip
    return rows


def test_texts_of_documents_stay_texts(tmp_path):
    folder = written(tmp_path / "r", hostile_rows())
    for name, page in read(folder).items():
        assert len(page.xpath("//script")) == 1, name
        assert not page.xpath("//img | //@onclick | //@onerror"), name
        assert not [one for one in page.xpath("//@href") if one.lower().startswith(("javascript:", "data:"))], name
        assert not re.search(r"\b49\b", page.text_content()), name
    figures = soup(folder / "portal/gm1895/2026/cijfers-1.html")
    assert figures.select("tbody th[scope=row]")[0].find(string=True).strip() == HOSTILE
    links = figures.select("table.figures td a")
    assert [link.get_text() for link in links] == [HOSTILE, HOSTILE]
    assert links[0].get("href") == "#line-1"
    assert links[1].get("href") == 'https://x.example/a%20b"><script>a()#page=1'
    assert texts(figures.select("h3")) == [" ".join(HOSTILE.split())]


def test_a_code_that_can_be_no_folder_is_refused(tmp_path):
    rows = rows_of()
    rows["documents"] = [replace(rows["documents"][0], publisher_id="../../etc")]
    with pytest.raises(ReleaseError, match="no code of a publisher"):
        written(tmp_path / "r", rows)


# --------------------------------------------------------------------------------------------------- size and facts


def test_many_figures_go_over_to_further_pages_at_the_border_of_a_table(tmp_path):
    rows = rows_of(findings=())
    rows["tables"], rows["budget_lines"] = [], []
    for n in range(5):
        rows["tables"].append(replace(TABLE, table_id=f"t{n}", line_count=600, proved_count=600))
        changes = [{"table_id": f"t{n}", "line_number": m // 6 + 1, "column_number": m % 6 + 1} for m in range(600)]
        rows["budget_lines"] += [replace(one, line_id=f"{one.line_id}-{n}") for one in lines_of(*changes)]
    rows["documents"] = [replace(rows["documents"][0], line_count=3000, token_count=3006, published_token_count=3000)]
    folder = written(tmp_path / "r", rows)
    sheets = sorted((folder / "portal/gm1895/2026").glob("cijfers-*.html"))
    counts = [len(soup(path).select("td[id]")) for path in sheets]
    assert counts == [1200, 1200, 600]
    middle = soup(sheets[1])
    assert [a.get("href") for a in middle.select(".turn")[0].find_all("a")] == ["cijfers-1.html", "cijfers-3.html"]
    year = soup(folder / "portal/gm1895/2026/index.html")
    assert [a.get("href") for a in year.select("th[scope=row] a")][4] == "cijfers-3.html#t-t4"


def test_who_publishes_is_named_where_it_is_known(tmp_path):
    publication = Publication(
        "https://data.example.org/b/", "gemeente Oldambt", "https://x.example", "Loket", "a@b.example"
    )
    portal.write(completed(content_of(rows_of(), publication)), tmp_path)
    index = soup(tmp_path / "index.html")
    assert "gemeente Oldambt · CC0-1.0" in plain(index.select("footer")[0])
    body = soup(tmp_path / "portal/gm1895/index.html")
    assert "'https://data.example.org/b/budget_current.parquet'" in body.select("pre")[0].get_text()


def test_partitions_are_linked_where_they_are(tmp_path):
    part = tmp_path / "by_publisher" / "gm1895" / "2026"
    part.mkdir(parents=True)
    (part / "budget_lines.csv").write_text("x", encoding="utf-8")
    portal.write(completed(content_of(rows_of())), tmp_path)
    year = soup(tmp_path / "portal/gm1895/2026/index.html")
    assert [a.get("href") for a in year.select(".downloads a")] == [
        "../../../by_publisher/gm1895/2026/budget_lines.csv"
    ]
