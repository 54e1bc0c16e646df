from pathlib import Path

import pytest

from schemas.errors import SourcesError
from schemas.settings import Retention
from sources.registry import parse_registry

SOURCE = """sources:
  - id: oldambt
    publisher: gm1895
    document_type: begroting
    document_year: 2026
    path: begroting.txt
"""


def retention(*lines):
    text = "settings:\n  releases:\n" + "".join(f"    {line}\n" for line in lines)
    return parse_registry(text + SOURCE, "bronnen.yaml", Path("folder")).settings.releases


def test_two_years_and_twelve_releases_are_kept_by_default():
    assert parse_registry(SOURCE, "bronnen.yaml", Path("folder")).settings.releases == Retention(24, 12, ())


def test_months_number_and_cited_releases_can_be_said():
    cited = "20260105T120000Z-0123456789ab"
    said = retention("keep_months: 6", "keep_at_least: 3", f"cited: [{cited}, 0123456789ff, 1.4.0+0123456789ee]")
    assert said == Retention(6, 3, (cited, "0123456789ff", "0123456789ee"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("keep_at_least: 0", "line 3: keep_at_least '0' is no number from 1"),
        ("keep_months: -1", "line 3: keep_months '-1' is no number from 0"),
        ("cited: latest", "line 3: cited 'latest' is neither the name of a release"),
        ("keep: 3", "'keep' is not known"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(line, said):
    with pytest.raises(SourcesError) as caught:
        retention(line)
    assert said in str(caught.value)
