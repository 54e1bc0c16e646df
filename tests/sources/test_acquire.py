"""What a source is after a look at the web: its documents, their versions, and what went wrong."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schemas.captures import Outcome
from schemas.records import Follow
from sources.archive import Archive
from tests.sources import hostile_pages as pages
from tests.sources.hostile_faults import LASTING, PAGE
from tests.sources.hostile_reply import PNG
from tests.sources.places import HASTY, acquired, source_at

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
SITE = (Follow.PAGES,)


def at(day):
    return MONDAY + timedelta(days=day)


def paths_of(found, site):
    return [edition.address.removeprefix(site.url("")) for edition in found.editions]


# -------------------------------------------------------------------------------------------------------- one document


def test_a_page_is_kept_with_when_it_was_first_seen(site, tmp_path):
    site.page("/p", PAGE)
    first = acquired(tmp_path, source_at(site.url("/p")), when=at(0))
    again = acquired(tmp_path, source_at(site.url("/p")), when=at(1))
    assert first.editions == again.editions
    (edition,) = first.editions
    assert (edition.retrieved_at, edition.freshness, edition.version, edition.url) == (
        at(0), "current", 1, site.url("/p"),
    )  # fmt: skip
    assert Archive(tmp_path).read(edition.snapshot_id) == PAGE.encode()


def test_what_did_not_change_is_asked_for_with_its_etag_and_whole_again_after_a_month(site, tmp_path):
    site.page("/p", PAGE, etag='"1"')
    for day in (0, 1, 40):
        acquired(tmp_path, source_at(site.url("/p")), when=at(day))
    assert [request.status for request in site.asked("/p")] == [200, 304, 200]
    assert [one.outcome for one in Archive(tmp_path).captures()] == [Outcome.NEW, *[Outcome.UNCHANGED] * 2]


def test_other_bytes_at_the_same_address_are_a_new_version(site, tmp_path):
    site.page("/p", PAGE)
    (first,) = acquired(tmp_path, source_at(site.url("/p")), when=at(0)).editions
    site.page("/p", PAGE + "<!-- gewijzigd -->")
    (second,) = acquired(tmp_path, source_at(site.url("/p")), when=at(1)).editions
    assert (second.version, second.replaced, second.retrieved_at) == (2, first.snapshot_id, at(1))
    assert Archive(tmp_path).read(first.snapshot_id) == PAGE.encode()


@pytest.mark.parametrize("status", [404, 410])
def test_what_vanished_is_marked_with_since_when_and_keeps_its_last_version(site, tmp_path, status):
    site.page("/p", PAGE)
    (first,) = acquired(tmp_path, source_at(site.url("/p")), when=at(0)).editions
    site.vanish("/p", status)
    for day in (1, 2):
        (gone,) = acquired(tmp_path, source_at(site.url("/p")), when=at(day)).editions
    assert (gone.snapshot_id, gone.freshness, gone.stale_since) == (first.snapshot_id, "vanished", at(1))


def test_what_comes_back_is_current_again(site, tmp_path):
    source = source_at(site.url("/p"))
    site.page("/p", PAGE)
    acquired(tmp_path, source, when=at(0))
    site.vanish("/p")
    acquired(tmp_path, source, when=at(1))
    site.page("/p", PAGE)
    (edition,) = acquired(tmp_path, source, when=at(2)).editions
    assert (edition.freshness, edition.stale_since, edition.version) == ("current", None, 1)


@pytest.mark.parametrize("name", ["503 with Retry-After 0", "cut in the body", "silence", "gzip cut short", "401"])
def test_a_host_in_trouble_leaves_the_last_version_stale(site, tmp_path, name):
    source = source_at(site.url("/p"))
    site.page("/p", PAGE)
    (first,) = acquired(tmp_path, source, when=at(0)).editions
    LASTING[name](site, "/p")
    (stale,) = acquired(tmp_path, source, when=at(1)).editions
    assert (stale.snapshot_id, stale.freshness, stale.stale_since) == (first.snapshot_id, "stale", at(1))
    assert stale.reason
    assert site.url("/p") in stale.message


def test_what_never_was_there_says_why(site, tmp_path):
    (edition,) = acquired(tmp_path, source_at(site.url("/p"))).editions
    assert (edition.snapshot_id, edition.reason) == (None, "vanished")


def test_a_picture_is_no_document(site, tmp_path):
    LASTING["a picture"](site, "/p")
    (edition,) = acquired(tmp_path, source_at(site.url("/p"))).editions
    assert (edition.snapshot_id, edition.reason) == (None, "unknown_format")


# ---------------------------------------------------------------------------------------------------------- a site


def test_every_page_of_a_site_is_found_once_in_a_stable_order(site, tmp_path):
    paths = pages.budget_site(site, 30, chapter=10)
    source = source_at(site.url("/begroting/"), follow=SITE)
    first = acquired(tmp_path / "a", source)
    assert set(paths) < set(paths_of(first, site))
    assert len(first.editions) == 30 + 3 + 1
    asked = [request.path for request in site.asked() if request.path.startswith("/begroting")]
    assert len(asked) == len(set(asked)) == 34
    second = acquired(tmp_path / "b", source)
    assert paths_of(first, site) == paths_of(second, site)
    assert [e.snapshot_id for e in first.editions] == [e.snapshot_id for e in second.editions]


def test_all_spellings_of_an_address_are_one_page(site, tmp_path):
    site.page("/", pages.html("Begroting", "", pages.spellings(site)))
    site.page("/programma/zorg", PAGE)
    acquired(tmp_path, source_at(site.url("/"), follow=SITE))
    assert len(site.asked("/programma/zorg")) == 1


def test_links_that_lead_nowhere_are_left(site, tmp_path):
    site.page("/", pages.html("Begroting", "", pages.useless_links()))
    found = acquired(tmp_path, source_at(site.url("/"), follow=SITE))
    assert all(edition.address.startswith(site.url("/")) for edition in found.editions)
    assert not site.errors


@pytest.mark.parametrize("kind", [pages.calendar, pages.deeper])
def test_endless_links_end_at_the_limit_and_say_so(site, tmp_path, kind):
    site.page("/", pages.html("Begroting", "", ["/kalender", "/diep/", "/programma"]))
    site.page("/programma", PAGE)
    kind(site)
    found = acquired(tmp_path, source_at(site.url("/"), follow=SITE, most_pages=40))
    assert len(site.asked()) <= 43
    assert "/programma" in paths_of(found, site)
    assert [note.rule for note in found.notes] == ["pages_left_out"]


def test_pages_that_only_a_sitemap_names_are_found(site, tmp_path):
    site.page("/", pages.html("Begroting"))
    site.page("/los", PAGE)
    pages.put_sitemaps(site, [site.url("/los"), "https://elders.example.org/x"])
    found = acquired(tmp_path, source_at(site.url("/"), follow=SITE))
    assert "/los" in paths_of(found, site)


@pytest.mark.parametrize("content", [pages.sitemap_with_entities(), pages.sitemap_from_outside("file:///etc/passwd")])
def test_a_hostile_sitemap_does_no_harm(site, tmp_path, content):
    site.page("/", pages.html("Begroting", "", ["/p"]))
    site.page("/p", PAGE)
    site.page("/sitemap.xml", content, type="application/xml")
    assert "/p" in paths_of(acquired(tmp_path, source_at(site.url("/"), follow=SITE)), site)


def test_only_what_is_included_and_not_excluded_is_followed(site, tmp_path):
    links = ["/p/programma-1", "/p/programma-2", "/p/nieuws", "/elders"]
    site.page("/p/", pages.html("Begroting", "", links))
    for n, link in enumerate(links):
        site.page(link, pages.budget_page(n + 1))
    source = source_at(site.url("/p/"), follow=SITE, include=("/p/programma*",), exclude=("*-2",))
    assert paths_of(acquired(tmp_path, source), site) == ["/p/", "/p/programma-1"]


def test_pdfs_are_followed_only_where_the_entry_says_so(site, tmp_path):
    site.page("/p/", pages.html("Begroting", "", ["/files/begroting.pdf", "/p/een"]))
    site.page("/files/begroting.pdf", pages.budget_pdf(1), type="application/pdf")
    site.page("/p/een", PAGE)
    both = acquired(tmp_path / "a", source_at(site.url("/p/"), follow=(Follow.PAGES, Follow.PDFS)))
    assert paths_of(both, site) == ["/files/begroting.pdf", "/p/", "/p/een"]
    pdfs = acquired(tmp_path / "b", source_at(site.url("/p/"), follow=(Follow.PDFS,)))
    assert paths_of(pdfs, site) == ["/files/begroting.pdf", "/p/"]
    alone = acquired(tmp_path / "c", source_at(site.url("/p/"), follow=SITE))
    assert paths_of(alone, site) == ["/p/", "/p/een"]


def test_a_page_that_no_link_leads_to_any_more_is_looked_at_and_marked_when_gone(site, tmp_path):
    source = source_at(site.url("/"), follow=SITE)
    site.page("/", pages.html("Begroting", "", ["/een", "/twee"]))
    site.page("/een", pages.budget_page(1))
    site.page("/twee", pages.budget_page(2))
    acquired(tmp_path, source, when=at(0))
    site.page("/", pages.html("Begroting", "", ["/een"]))
    site.vanish("/twee")
    found = {edition.address: edition for edition in acquired(tmp_path, source, when=at(1)).editions}
    assert found[site.url("/twee")].freshness == "vanished"
    assert found[site.url("/een")].freshness == "current"


def test_where_the_root_fails_the_pages_are_not_asked_for_and_stay_as_they_were(site, tmp_path):
    source = source_at(site.url("/begroting/"), follow=SITE)
    paths = pages.budget_site(site, 5)
    acquired(tmp_path, source, when=at(0))
    site.forget()
    site.fail("/begroting/", 403)
    found = acquired(tmp_path, source, when=at(1))
    assert {edition.freshness for edition in found.editions} == {"stale"}
    assert {edition.stale_since for edition in found.editions} == {at(1)}
    assert len(found.editions) == 5 + 2
    assert not any(site.asked(path) for path in paths)


def test_a_site_is_asked_politely(site, tmp_path):
    pages.budget_site(site, 8)
    acquired(tmp_path, source_at(site.url("/begroting/"), follow=SITE), replace(HASTY, delay=0.05), sleep=time.sleep)
    assert site.measured().smallest_gap >= 0.045
    assert site.measured().most_at_once == 1


def test_a_page_that_is_no_document_is_left_out_of_the_documents(site, tmp_path):
    site.page("/", pages.html("Begroting", "", ["/logo"]))
    site.page("/logo", b"\x89PNG\r\n" + bytes(100), type=PNG)
    assert paths_of(acquired(tmp_path, source_at(site.url("/"), follow=SITE)), site) == ["/"]
