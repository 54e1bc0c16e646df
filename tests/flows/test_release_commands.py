"""`begroting diff` as it is typed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.pipeline import run
from publishers import csv_file, parquet_file
from publishers.content import content_of
from publishers.release import publish
from schemas.contract import CHANGES
from tests.flows.documents import source_of, text_of
from tests.publishers.release_rows import lines_of, rows_of

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOSTILE = "a\x1b[31m \u202e [bold]b[/bold] <script>"


def begroting(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def releases(tmp_path):
    """Two releases of six lines: one restated in words only, one changed, one gone, one new."""
    old = [{"line_key": f"k{n}", "line_label": f"{n} {HOSTILE}"} for n in range(5)]
    new = [{**old[0], "amount_eur": Decimal("7.50")}, {**old[1], "stage": "rekening"}, *old[2:4], {"line_key": "new"}]
    return [
        publish(content_of(rows_of(lines_of(*lines))), tmp_path / "out", MONDAY + timedelta(days=n))
        for n, lines in enumerate((old, new))
    ]


def test_diff_shows_counts_and_the_largest_changes_first(releases):
    done = begroting("diff", *releases)
    assert done.exit_code == 0, done.output
    for kind in ("added", "changed", "removed"):
        assert f"lines {kind}" in done.stdout
    assert "lines that say the same │ 2" in done.stdout
    assert done.stdout.index("-1,233,992.50") < done.stdout.index("rekening")
    assert "\x1b[31m" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "[bold]b[/bold]" in done.stdout.replace("\n", "")


def test_diff_shows_as_many_rows_as_asked_for_and_says_how_many_more(releases):
    done = begroting("diff", *releases, "--rows", 1)
    assert "and 3 more" in done.stdout
    assert "rekening" not in done.stdout
    assert "and 4 more" in begroting("diff", *releases, "--rows", 0).stdout


def test_diff_writes_every_change_as_the_release_itself_has_them(releases, tmp_path):
    done = begroting("diff", *releases, "--csv", tmp_path / "c.csv")
    assert done.exit_code == 0
    assert (tmp_path / "c.csv").read_bytes() == (releases[1] / "changes.csv").read_bytes()
    assert csv_file.read(CHANGES, tmp_path / "c.csv").num_rows == 4


def test_diff_the_other_way_round_and_with_itself(releases):
    back = begroting("diff", releases[1], releases[0])
    assert "1,233,992.50" in back.stdout
    same = begroting("diff", releases[0], releases[0])
    assert same.exit_code == 0
    assert "lines that say the same │ 5" in same.stdout


def test_diff_takes_latest(releases):
    latest = releases[0].parent.parent / "latest"
    assert begroting("diff", releases[0], latest).stdout == begroting("diff", *releases).stdout


def test_diff_of_what_is_no_folder_ends_in_2_and_of_what_is_no_release_in_1(releases, tmp_path):
    assert begroting("diff", releases[0], tmp_path / "nowhere").exit_code == 2
    done = begroting("diff", releases[0], tmp_path)
    assert done.exit_code == 1
    assert "is no release" in done.stderr


def test_diff_with_a_release_that_is_not_as_written_ends_in_1(releases):
    frame = parquet_file.read(releases[1] / "budget_lines.parquet")
    parquet_file.write(frame.slice(0, 1), releases[1] / "budget_lines.parquet")
    done = begroting("diff", *releases)
    assert done.exit_code == 1
    assert "not as they were written" in done.stderr


def test_diff_to_a_file_that_can_not_be_written_ends_in_1(releases, tmp_path):
    done = begroting("diff", *releases, "--csv", tmp_path / "no" / "c.csv")
    assert done.exit_code == 1
    assert "c.csv" in done.stderr


def test_lines_that_may_no_longer_be_shown_are_not_told_of_either(tmp_path):
    rows = [["Wachtgeld oud-wethouder", "10", "11", "12"], ["Wegen", "20", "21", "22"], ["Totaal", "30", "32", "34"]]
    source = source_of(tmp_path, "one", text_of("Lasten", rows=rows), personal_data=True)
    first = run([source], tmp_path / "out", MONDAY).release
    assert b"Wachtgeld" in (first / "budget_lines.csv").read_bytes()
    second = run([replace(source, personal_data=False)], tmp_path / "out", MONDAY + timedelta(days=1)).release
    for path in [*second.rglob("*.csv"), second / "CHANGES.md"]:
        assert b"oud-wethouder" not in path.read_bytes(), path.name
    gone = [row for row in parquet_file.read(second / "changes.parquet").to_pylist() if row["change"] == "removed"]
    assert len(gone) == 3
    assert all(row["line_label"] == "" and row["old_amount_eur"] is None for row in gone)
    shown = begroting("diff", first, second).stdout
    assert "removed" in shown
    assert "oud-wethouder" not in shown
