"""What a release says of those before it, through publish."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from publishers import checksums, parquet_file, release
from publishers.content import content_of
from publishers.history import predecessor
from publishers.release import content_hash, latest, publish, verify
from schemas.errors import ReleaseError
from schemas.settings import Publication, Retention
from tests.publishers.release_rows import bytes_of, lines_of, rows_of

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEW_BYTES = "1" * 64


def rows(*changes, **document):
    """A release of lines with keys of their own, which differ in what is given."""
    return rows_of(
        lines_of(*({"line_key": f"k{n}", **change} for n, change in enumerate(changes, start=1))), **document
    )


ONE, TWO = rows({}, {}), rows({}, {"amount_eur": Decimal("5.00")})
PUBLICATION = Publication(
    "https://data.oldambt.nl/begroting/",
    "gemeente Oldambt",
    "https://identifier.overheid.nl/tooi/id/gemeente/gm1895",
    "Team data",
    "data@oldambt.nl",
)


def published(output, *all_rows, start=MONDAY):
    """Publish one after another, a day apart; gives their folders."""
    return [publish(content_of(one), output, start + timedelta(days=n)) for n, one in enumerate(all_rows)]


def table(folder, name="changes"):
    return parquet_file.read(folder / f"{name}.parquet").to_pylist()


def history(folder):
    return json.loads((folder / "history.json").read_text(encoding="utf-8"))


def test_a_first_release_has_no_changes_and_says_that_it_is_the_first(tmp_path):
    (first,) = published(tmp_path, ONE)
    assert table(first) == table(first, "withdrawn") == []
    assert history(first)["compared_with"] is None
    text = (first / "CHANGES.md").read_text(encoding="utf-8")
    assert "eerste release" in text
    assert "first release" in text


def test_a_second_release_says_what_changed_since_the_first(tmp_path):
    first, second = published(tmp_path, ONE, TWO)
    (row,) = table(second)
    assert (row["change"], row["reason"], row["line_key"]) == ("changed", "new_code", "k2")
    told = history(second)
    assert told["compared_with"] == content_hash(first)
    assert told["lines"] == {"before": 2, "now": 2, "same": 1}
    assert told["changes"] == {"added": 0, "changed": 1, "removed": 0, "restated": 0}
    assert told["reasons"] == {"new_code": 1}
    assert verify(second) == []


def test_a_run_without_changes_is_no_new_release_though_the_last_one_had_changes(tmp_path):
    _, second, third, fourth = published(tmp_path, ONE, TWO, TWO, TWO)
    assert second == third == fourth
    assert latest(tmp_path) == second


def test_a_release_that_differs_in_metadata_only_hands_on_the_changes_since_other_data(tmp_path):
    _, second = published(tmp_path, ONE, TWO)
    titled = {
        name: [replace(row, title="Begroting") for row in of] if name == "documents" else of for name, of in TWO.items()
    }
    third = publish(content_of(titled), tmp_path, MONDAY + timedelta(days=3))
    fourth = publish(content_of(titled, PUBLICATION), tmp_path, MONDAY + timedelta(days=4))
    assert third != fourth
    assert history(fourth)["compared_with"] == history(third)["compared_with"] == content_hash(second)
    assert publish(content_of(titled, PUBLICATION), tmp_path, MONDAY + timedelta(days=5)) == fourth


def test_the_same_data_after_the_same_releases_give_the_same_bytes_on_another_day_in_another_folder(tmp_path):
    one = published(tmp_path / "a", ONE, TWO, rows({}))
    other = published(tmp_path / "b", ONE, TWO, TWO, rows({}), start=datetime(2027, 7, 1, tzinfo=UTC))
    assert bytes_of(one[-1]) == bytes_of(other[-1])
    assert one[-1].name.split("-")[1] == other[-1].name.split("-")[1]


def test_withdrawn_lines_are_carried_from_release_to_release(tmp_path):
    both, none, more = rows({}, {}), rows({}), rows({"amount_eur": Decimal(3)})
    first, _, third, fourth = published(tmp_path, both, none, more, both)
    (row,) = table(third, "withdrawn")
    assert (row["line_key"], row["last_release"]) == ("k2", content_hash(first))
    assert table(fourth, "withdrawn") == []


def test_a_run_killed_before_latest_moved_changes_nothing_of_what_the_next_one_says(tmp_path, monkeypatch):
    published(tmp_path / "a", ONE)
    published(tmp_path / "b", ONE)

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(release, "_point", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(content_of(TWO), tmp_path / "a", MONDAY + timedelta(days=1))
    after = publish(content_of(TWO), tmp_path / "a", MONDAY + timedelta(days=2))
    assert bytes_of(after) == bytes_of(publish(content_of(TWO), tmp_path / "b", MONDAY + timedelta(days=2)))


def test_where_latest_is_damaged_the_release_before_it_is_compared_with(tmp_path):
    first, second = published(tmp_path, ONE, TWO)
    (second / "budget_lines.parquet").write_bytes(b"x")
    (third,) = published(tmp_path, rows({}, {"amount_eur": Decimal(7)}), start=MONDAY + timedelta(days=3))
    assert history(third)["compared_with"] == content_hash(first)
    assert table(third)[0]["new_amount_eur"] == 7


def test_where_a_release_of_another_contract_stands_history_begins_anew(tmp_path, monkeypatch):
    published(tmp_path, ONE)
    monkeypatch.setattr("publishers.history.sides.VERSION", "2.0.0")
    (second,) = published(tmp_path, TWO, start=MONDAY + timedelta(days=1))
    assert history(second)["compared_with"] is None


def test_a_release_written_before_releases_had_a_history_can_be_compared_with(tmp_path):
    (first,) = published(tmp_path, ONE)
    for name in ("changes", "withdrawn"):
        for kind in ("csv", "parquet"):
            (first / f"{name}.{kind}").unlink()
    for name in ("history.json", "CHANGES.md"):
        (first / name).unlink()
    checksums.write(first)
    (second,) = published(tmp_path, TWO, start=MONDAY + timedelta(days=1))
    assert [row["line_key"] for row in table(second)] == ["k2"]


def test_changes_that_are_not_of_this_release_are_found(tmp_path):
    _, second = published(tmp_path, ONE, TWO)
    (other,) = published(tmp_path / "other", rows({}))
    for kind in ("csv", "parquet"):
        (second / f"budget_lines.{kind}").write_bytes((other / f"budget_lines.{kind}").read_bytes())
    checksums.write(second)
    assert any("changes.new_line_id" in problem for problem in verify(second))


HOSTILE = "<script>alert(1)</script> | [x](javascript:alert(1)) *b* `c` \x1b[31m \u202e |\n# h &amp; https://x.nl"


def test_texts_of_documents_stay_texts_in_changes_md(tmp_path):
    def hostile(amount):
        said = {"table_title": HOSTILE, "line_label": HOSTILE, "publisher_name": HOSTILE, "amount_eur": Decimal(amount)}
        return rows(said, publisher_name=HOSTILE)

    _, second = published(tmp_path, hostile(1), hostile(2))
    text = (second / "CHANGES.md").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in text
    for danger in ("<script", "](javascript", " *b*", "`c`", "\x1b", "\u202e", "\n# h", "https://x"):
        assert danger not in text
    lines = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {6, 8}


def test_changes_md_gives_counts_and_largest_differences_in_both_notations(tmp_path):
    _, second = published(tmp_path, ONE, TWO)
    dutch, english = (second / "CHANGES.md").read_text(encoding="utf-8").split("## Changes")
    assert "| gemeente Oldambt | 0 | 1 | 0 | 0 |" in dutch
    assert "| 1.234.000 | 5 | -1.233.995 | anders gelezen |" in dutch
    assert "| 1,234,000 | 5 | -1,233,995 | read otherwise |" in english


def test_a_document_replaced_at_its_address_is_restated(tmp_path):
    new = rows({"snapshot_id": NEW_BYTES}, {"snapshot_id": NEW_BYTES, "amount_eur": Decimal(9)}, snapshot_id=NEW_BYTES)
    new["tables"] = [replace(row, snapshot_id=NEW_BYTES) for row in new["tables"]]
    _, second = published(tmp_path, ONE, new)
    assert [(row["change"], row["reason"]) for row in table(second)] == [("restated", "new_version")]
    assert history(second)["documents"] == {"new_version": 1}


# --------------------------------------------------------------------------------------------------------- retention


def kept(output):
    return sorted(path.name for path in (output / "releases").iterdir())


def many(output, count, retention, days=1):
    for n in range(count):
        publish(content_of(rows({"amount_eur": Decimal(n)})), output, MONDAY + timedelta(days=n * days), retention)


def test_by_default_a_year_of_monthly_releases_is_kept(tmp_path):
    many(tmp_path, 3, Retention(), days=31)
    assert len(kept(tmp_path)) == 3
    assert not (tmp_path / "deleted-releases.csv").exists()


def test_releases_past_what_is_kept_are_deleted_and_recorded(tmp_path):
    many(tmp_path, 4, Retention(keep_months=0, keep_at_least=2))
    assert [name[:8] for name in kept(tmp_path)] == ["20260107", "20260108"]
    record = (tmp_path / "deleted-releases.csv").read_text(encoding="utf-8").splitlines()
    assert record[0] == "release,deleted_at,kept_months,kept_at_least"
    assert [line.split(",")[0][:8] for line in record[1:]] == ["20260105", "20260106"]
    assert record[1].split(",")[1:] == ["2026-01-07T09:00:00Z", "0", "2"]
    assert verify(latest(tmp_path)) == []


def test_a_run_without_changes_deletes_what_is_past_too(tmp_path):
    many(tmp_path, 2, Retention())
    publish(content_of(rows({"amount_eur": Decimal(1)})), tmp_path, MONDAY + timedelta(days=9), Retention(0, 1))
    assert len(kept(tmp_path)) == 1


def test_a_cited_release_and_what_is_no_release_are_never_deleted(tmp_path):
    many(tmp_path, 2, Retention())
    first = kept(tmp_path)[0]
    (tmp_path / "releases" / "notes").mkdir()
    for cited in (first, first[-12:], checksums.sum_of(tmp_path / "releases" / first / "budget_lines.csv")[:12]):
        many(tmp_path, 3, Retention(0, 1, (cited,)))
        assert first in kept(tmp_path)
    assert "notes" in kept(tmp_path)


def test_which_releases_are_due_counts_months_by_the_calendar():
    names = [f"2026{month:02}31T000000Z-{'a' * 12}" for month in (1, 3, 5)] + [f"20260601T000000Z-{'b' * 12}"]
    due = release.retention.due
    now = datetime(2026, 6, 30, tzinfo=UTC)
    assert [name[:6] for name in due(names, names[-1], now, Retention(1, 1))] == ["202603", "202601"]
    assert due(names, names[0], now, Retention(0, 1)) == names[1:3][::-1]
    assert due(names, names[-1], now, Retention(0, 12)) == []


def test_a_run_killed_while_deleting_is_finished_by_the_next(tmp_path, monkeypatch):
    many(tmp_path, 3, Retention())
    gone = kept(tmp_path)[0]

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(release.retention, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            many(tmp_path, 3, Retention(0, 2))
    assert gone not in kept(tmp_path)
    many(tmp_path, 3, Retention(0, 2))
    assert not [name for name in kept(tmp_path) if name.startswith(".")]
    assert gone in (tmp_path / "deleted-releases.csv").read_text(encoding="utf-8")


def test_a_predecessor_without_its_columns_is_no_predecessor(tmp_path):
    folder = tmp_path / "r"
    folder.mkdir()
    assert predecessor.usable([folder]) is None
    with pytest.raises(ReleaseError):
        predecessor.side_in(folder)
