import datetime
from dataclasses import replace

import yaml

from publishers.checksums import sum_of
from publishers.content import content_of
from publishers.pointer import read
from publishers.release import publish
from schemas.contract import VERSION
from tests.publishers.made_publication import PUBLICATION, WATER, rows, written


def test_the_citation_says_who_what_which_version_and_since_when(tmp_path):
    folder = written(tmp_path / "release")
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    digest = sum_of(folder / "budget_lines.csv")
    assert (citation["cff-version"], citation["type"], citation["license"]) == ("1.2.0", "dataset", "CC0-1.0")
    assert citation["authors"] == [{"name": PUBLICATION.publisher_name, "website": PUBLICATION.publisher_uri}]
    assert citation["version"] == f"{VERSION}+{digest[:12]}"
    assert citation["identifiers"][0]["value"] == f"sha256:{digest}"
    assert citation["date-released"] == datetime.date(2025, 11, 14)


def test_the_day_of_a_decision_is_no_day_of_release(tmp_path):
    decided = replace(WATER, status_date=datetime.date(2099, 1, 1))
    folder = written(tmp_path / "release", documents=[decided])
    assert "date-released" not in yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))


def test_a_release_is_found_by_its_citation(tmp_path):
    now = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    folder = publish(content_of(rows(), PUBLICATION), tmp_path, now)
    version = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    digits = version.partition("+")[2]
    assert read(tmp_path).lines_hash.startswith(digits)
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.partition("  ")[2] for line in sums if line.startswith(digits)] == ["budget_lines.csv"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert '<span id="citeren">' in page
    assert version in page
    of_year = (folder / "portal/gm1895/2026/index.html").read_text(encoding="utf-8")
    assert 'href="../../../index.html#citeren"' in of_year


def test_no_day_is_made_up(tmp_path):
    said = replace(PUBLICATION, woo=False)
    folder = written(tmp_path / "release", said, [replace(WATER, status_date=None)])
    assert "date-released" not in yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
