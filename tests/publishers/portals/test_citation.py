import datetime
from dataclasses import replace

import yaml

from publishers.checksums import sum_of
from schemas.contract import VERSION
from tests.publishers.made_publication import PUBLICATION, WATER, written


def test_the_citation_says_who_what_which_version_and_since_when(tmp_path):
    folder = written(tmp_path / "release")
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    digest = sum_of(folder / "budget_lines.csv")
    assert (citation["cff-version"], citation["type"], citation["license"]) == ("1.2.0", "dataset", "CC0-1.0")
    assert citation["authors"] == [{"name": PUBLICATION.publisher_name, "website": PUBLICATION.publisher_uri}]
    assert citation["version"] == f"{VERSION}+{digest[:12]}"
    assert citation["identifiers"][0]["value"] == f"sha256:{digest}"
    assert citation["date-released"] == datetime.date(2025, 11, 14)


def test_no_day_is_made_up(tmp_path):
    said = replace(PUBLICATION, woo=False)
    folder = written(tmp_path / "release", said, [replace(WATER, status_date=None)])
    assert "date-released" not in yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
