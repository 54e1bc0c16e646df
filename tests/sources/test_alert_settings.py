"""What the sources file says of alerts."""

import pytest

from schemas.errors import SourcesError
from schemas.settings import Alerts
from sources.registry import read_registry

ENTRY = """
sources:
  - {id: one, publisher: gm1895, document_type: begroting, document_year: 2026, path: one.txt}
"""


def alerts(folder, text):
    path = folder / "sources.yaml"
    path.write_text(f"settings:\n{text}{ENTRY}", encoding="utf-8")
    return read_registry(path).settings.alerts


def test_nothing_said_is_no_alerts(tmp_path):
    assert alerts(tmp_path, "  fetching: {delay: 1}") is None


def test_alerts_tell_of_what_needs_a_look_and_of_changes(tmp_path):
    assert alerts(tmp_path, "  alerts: {block: webhook/begroting-alerts}") == Alerts(
        ("failing", "stale", "vanished", "changed"), "webhook/begroting-alerts"
    )
    assert alerts(tmp_path, "  alerts: {on: failing}") == Alerts(("failing",), None)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{on: [failing, broken]}", "line 2: on broken is not known; known: failing, stale"),
        ("{block: https://hooks.example.org/secret}", "line 2: block 'https://hooks.example.org/secret' is no type"),
        ("{url: https://hooks.example.org/secret}", "url"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, said, message):
    with pytest.raises(SourcesError, match=message):
        alerts(tmp_path, f"  alerts: {said}")
