"""The commands about sources, the archive and the status, as a steward types them."""

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app
from publishers.release import latest
from sources.registry import read_registry
from tests.sources import hostile_pages as pages
from tests.sources.places import HASTY

SETTINGS = """settings:
  # a trial on loopback
  fetching: {contact: "mailto:data@example.org", delay: 0, attempts: 1, private_addresses: true}
"""


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Type a command in an empty folder that has a sources file with settings only."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BEGROTING_CONTACT", raising=False)
    (tmp_path / "sources.yaml").write_text(SETTINGS, encoding="utf-8")
    runner = CliRunner()
    return lambda *words: runner.invoke(app, [str(word) for word in words])


@pytest.fixture
def budget(site):
    """A site whose root says whose budget it is, and its address."""
    paths = pages.budget_site(site, 6)
    chapter = paths[0].rpartition("/")[0] + "/"
    page = pages.html("Programmabegroting 2026 - gemeente Oldambt", "", [chapter, *paths])
    site.page("/begroting/", page)
    return site.url("/begroting/")


def run(typed, status=0):
    done = typed("run", "--sources", "sources.yaml", "--output", "out", "--workers", 1)
    assert done.exit_code == status, done.output
    return done


def test_an_address_becomes_an_entry_with_what_it_was_believed_by(typed, budget, tmp_path):
    done = typed("sources", "add", budget)
    assert done.exit_code == 0, done.output
    assert "a site" in done.output
    assert "'Programmabegroting'" in done.output
    (source,) = read_registry(tmp_path / "sources.yaml").sources
    assert (source.source_id, source.publisher.code) == ("oldambt-begroting-2026", "gm1895")
    assert (source.document_type, source.document_year, source.url) == ("begroting", 2026, budget)
    assert "# a trial on loopback" in (tmp_path / "sources.yaml").read_text(encoding="utf-8")


def test_what_a_page_does_not_say_is_asked_for_and_nothing_is_written(typed, site, tmp_path):
    site.page("/p", pages.html("Welkom"))
    done = typed("sources", "add", site.url("/p"))
    assert done.exit_code == 2
    assert "--publisher and --type and --year" in done.output
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == SETTINGS
    assert (
        typed("sources", "add", site.url("/p"), "--publisher", "Epe", "--type", "begroting", "--year", 2026).exit_code
        == 0
    )


def test_an_entry_that_would_be_wrong_is_not_written(typed, budget, tmp_path):
    done = typed("sources", "add", budget, "--publisher", "Nergens")
    assert done.exit_code == 2
    assert "'Nergens' is in no register" in done.output
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == SETTINGS


def test_a_pdf_is_seen_with_its_pages(typed, site):
    site.page("/jaarstukken-2024.pdf", pages.budget_pdf(1), type="application/pdf")
    done = typed("sources", "add", site.url("/jaarstukken-2024.pdf"), "--publisher", "Oldambt", "--dry-run")
    assert "a PDF of 1 page" in done.output
    assert "document_type: jaarstukken" in done.output


def test_a_check_says_what_a_run_would_ask_and_keeps_nothing(typed, budget, site, tmp_path):
    typed("sources", "add", budget)
    done = typed("sources", "check", "--output", "out")
    assert done.exit_code == 0
    assert "robots.txt allows it" in done.output
    assert "at least 8 requests" in done.output
    assert not (tmp_path / "out").exists()
    site.robots("User-agent: *\nDisallow: /")
    done = typed("sources", "check")
    assert done.exit_code == 1
    assert "robots.txt forbids it" in done.output


def test_from_an_address_to_a_release_its_archive_and_its_status(typed, budget, tmp_path):
    typed("sources", "add", budget)
    run(typed)
    said = json.loads(typed("status", "--output", "out", "--json").output)
    assert [(one["source_id"], one["state"]) for one in said["sources"]] == [("oldambt-begroting-2026", "changed")]
    assert "changed" in typed("status", "--output", "out").output
    listed = typed("archive", "list", "--output", "out").output.splitlines()
    assert len(listed) == 6 + 2
    snapshot = listed[0].rpartition("\t")[2]
    assert "new" in typed("archive", "show", snapshot[:12], "--output", "out").output
    typed("archive", "show", snapshot, "--output", "out", "--to", "page.html")
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!DOCTYPE")
    assert typed("archive", "verify", "--output", "out").exit_code == 0
    name = latest(tmp_path / "out").name
    assert typed("archive", "rebuild", name, "--output", "out", "--to", "again").exit_code == 0
    assert latest(tmp_path / "again").name == name


def test_damage_to_the_archive_is_named(typed, budget, tmp_path):
    typed("sources", "add", budget)
    run(typed)
    next((tmp_path / "out" / "archive" / "readings").rglob("*.arrows")).write_bytes(b"")
    next(one for one in (tmp_path / "out" / "archive" / "objects").rglob("*") if one.is_file()).unlink()
    done = typed("archive", "verify", "--output", "out")
    assert done.exit_code == 1
    assert "can't be read" in done.output


@pytest.mark.parametrize("words", [("status",), ("archive", "list"), ("archive", "verify"), ("archive", "show", "00")])
def test_where_no_run_has_been_that_is_said(typed, words):
    done = typed(*words, "--output", "out")
    assert done.exit_code == 1
    assert "begroting: " in done.output


@pytest.mark.parametrize("words", [("status",), ("archive", "list")])
def test_an_address_is_no_folder_with_a_state(typed, words):
    done = typed(*words, "--output", "s3://bucket/prefix")
    assert done.exit_code == 2
    assert "--state" in done.output


def test_an_unknown_release_is_not_rebuilt(typed, budget):
    typed("sources", "add", budget)
    run(typed)
    done = typed("archive", "rebuild", "20200101T000000Z-000000000000", "--output", "out", "--to", "again")
    assert done.exit_code == 1
    assert "no run of this archive made" in done.output


def test_an_address_is_extracted_through_the_archive(typed, site, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cli.fetching_of", lambda *_: HASTY)
    site.page("/p", pages.budget_page(1), etag='"1"')
    words = ("extract", site.url("/p"), "--year", 2026, "--type", "begroting")
    first, again = typed(*words), typed(*words)
    assert first.exit_code == again.exit_code == 0, first.output
    assert first.output == again.output
    assert [request.status for request in site.asked("/p")] == [200, 304]
    site.vanish("/p")
    assert "this is the version of before" in typed(*words).output
    assert (tmp_path / "out" / "archive" / "captures.sqlite").is_file()


def test_without_a_contact_the_way_to_give_one_is_said(typed, site):
    done = typed("extract", site.url("/p"), "--year", 2026, "--type", "begroting")
    assert done.exit_code == 1
    assert "--contact" in done.output


def test_a_source_to_accept_must_be_there(typed, budget):
    typed("sources", "add", budget)
    done = typed("run", "--sources", "sources.yaml", "--output", "out", "--accept", "nergens")
    assert (done.exit_code, "no source has the id nergens" in done.output) == (2, True)
