from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import pipeline
from flows.pipeline import Exit, run
from flows.progress import Watcher
from publishers import csv_file, parquet_file
from publishers.release import latest, verify
from schemas.errors import ReleaseError
from tests.flows.documents import BAD, WITHOUT_TABLES, WITHOUT_UNIT, source_of, text_of
from tests.publishers.release_rows import bytes_of

NOW, LATER = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 1, 6, 9, tzinfo=UTC)


def column(release, table, name):
    return parquet_file.read(release / f"{table}.parquet")[name].to_pylist()


@pytest.fixture
def good(tmp_path):
    return source_of(tmp_path, "good", text_of())


# ---------------------------------------------------------------------------------------------- bad among good ones


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_never_stops_the_others(tmp_path, good, name):
    bad = source_of(tmp_path, "bad", BAD[name])
    for sources in ([bad, good], [good, bad]):
        report = run(sources, tmp_path / "out", NOW)
        assert report.exit is Exit.PARTLY == 3
        assert report.lines == 9
        assert dict(
            zip(
                column(report.release, "documents", "source_id"),
                column(report.release, "documents", "status"),
                strict=True,
            )
        ) == {
            "bad": "failed",
            "good": "published",
        }
        assert verify(report.release) == []
        assert [source for source, _, _ in report.troubled] == ["bad"]


def test_all_bad_documents_together_stop_no_other(tmp_path, good):
    bad = [source_of(tmp_path, f"bad-{name}", content) for name, content in BAD.items()]
    url_only = source_of(tmp_path, "url-only", path=None, url="https://oldambt.nl/")
    report = run([*bad, good, url_only], tmp_path / "out", NOW)
    assert report.documents == {"failed": len(BAD) + 1, "published": 1}
    assert report.exit is Exit.PARTLY
    assert set(column(report.release, "findings", "severity")) == {"error"}


def test_no_local_folder_is_published(tmp_path, good):
    bad = [source_of(tmp_path, f"bad-{name}", content) for name, content in BAD.items()]
    folder = source_of(tmp_path, "folder", path=str(tmp_path))
    report = run([*bad, folder, good], tmp_path / "out", NOW)
    for content in bytes_of(report.release).values():
        assert str(tmp_path.parent).encode() not in content


@pytest.mark.parametrize("digits", [17, 20, 30, 38])
def test_an_amount_too_large_for_the_contract_stops_no_other_document(tmp_path, good, digits):
    huge = text_of(rows=[["Wegen", "1.000", "9" * digits, "1.213"], ["Groen", "5.000", "6.000", "7.001"]])
    report = run([source_of(tmp_path, "huge", huge), good], tmp_path / "out", NOW)
    assert column(report.release, "documents", "source_id") == ["good", "huge"]


def test_a_path_that_no_disk_can_have_stops_no_other_document(tmp_path, good):
    report = run([source_of(tmp_path, "nul", path=f"{tmp_path}/a\0b"), good], tmp_path / "out", NOW)
    assert report.documents == {"failed": 1, "published": 1}


def test_a_page_without_tables_and_a_table_set_aside_are_no_failures(tmp_path, good):
    plain, aside = source_of(tmp_path, "plain", WITHOUT_TABLES), source_of(tmp_path, "aside", WITHOUT_UNIT)
    report = run([plain, aside, good], tmp_path / "out", NOW)
    assert report.exit is Exit.PUBLISHED == 0
    assert report.documents == {"no_tables": 1, "set_aside": 1, "published": 1}
    assert [source for source, _, _ in report.troubled] == ["aside"]
    assert (report.tables, report.published, report.set_aside) == (2, 1, 1)


# -------------------------------------------------------------------------------------------------- nothing to publish


@pytest.mark.parametrize(
    "content", [None, b"", WITHOUT_TABLES, WITHOUT_UNIT], ids=["missing", "empty", "no tables", "aside"]
)
def test_where_nothing_can_be_published_there_is_no_release(tmp_path, content):
    report = run([source_of(tmp_path, "one", content)], tmp_path / "out", NOW)
    assert report.exit is Exit.NOTHING_PUBLISHED == 1
    assert report.release is None
    assert not (tmp_path / "out" / "releases").exists()


@pytest.mark.parametrize("content", [None, WITHOUT_TABLES, WITHOUT_UNIT], ids=["missing", "no tables", "aside"])
def test_where_nothing_is_found_any_more_the_last_good_lines_stay(tmp_path, good, content):
    first = run([good], tmp_path / "out", NOW).release
    before = bytes_of(first)
    path = Path(good.path)
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    report = run([good], tmp_path / "out", LATER)
    assert report.lines == 9
    assert column(report.release, "budget_lines", "line_id") == column(first, "budget_lines", "line_id")
    assert column(report.release, "documents", "freshness") == ["vanished" if content is None else "stale"]
    assert bytes_of(first) == before


def test_where_another_run_publishes_nothing_latest_stays(tmp_path, good):
    first = run([good], tmp_path / "out", NOW).release
    other = source_of(tmp_path, "other", WITHOUT_UNIT)
    assert run([other], tmp_path / "out", LATER).exit is Exit.NOTHING_PUBLISHED
    assert latest(tmp_path / "out") == first.resolve()
    assert len(list((tmp_path / "out" / "releases").iterdir())) == 1


def test_no_sources_publish_nothing(tmp_path):
    assert run([], tmp_path / "out", NOW).exit is Exit.NOTHING_PUBLISHED


# ------------------------------------------------------------------------------------------------- the same again


def several(folder):
    folder.mkdir(exist_ok=True)
    named = {"c": text_of(), "a": text_of("Programma 2 Zorg"), "b": WITHOUT_TABLES, "d": None, "e": WITHOUT_UNIT}
    return [source_of(folder, source_id, content) for source_id, content in named.items()]


def test_results_stand_in_the_order_of_their_ids_whatever_the_order_of_the_sources(tmp_path):
    sources = several(tmp_path / "in")
    first = run(sources, tmp_path / "one", NOW).release
    second = run(sources[::-1], tmp_path / "two", LATER).release
    assert column(first, "documents", "source_id") == ["a", "b", "c", "d", "e"]
    ids = column(first, "budget_lines", "source_id")
    assert ids == sorted(ids)
    assert bytes_of(first) == bytes_of(second)
    assert first.name.split("-")[1] == second.name.split("-")[1]


def test_the_same_documents_in_another_folder_give_the_same_bytes(tmp_path):
    one = run(several(tmp_path / "here"), tmp_path / "one", NOW).release
    other = run(several(tmp_path / "there"), tmp_path / "two", LATER).release
    assert bytes_of(one) == bytes_of(other)


def test_several_processes_give_the_same_bytes_as_one(tmp_path, monkeypatch):
    sources = several(tmp_path / "in")
    one = run(sources, tmp_path / "one", NOW).release
    monkeypatch.setattr(pipeline, "_WORTH_A_PROCESS", 0)
    other = run(sources, tmp_path / "two", NOW, workers=2).release
    assert bytes_of(one) == bytes_of(other)


def test_a_run_without_changes_makes_no_new_release(tmp_path, good):
    first = run([good], tmp_path / "out", NOW)
    second = run([good], tmp_path / "out", LATER)
    assert first.release.resolve() == second.release.resolve()
    assert second.exit is Exit.PUBLISHED


def test_a_changed_document_at_the_same_address_is_read_again(tmp_path, good):
    run([good], tmp_path / "out", NOW)
    Path(good.path).write_text(text_of().replace("1.107", "1.108"), encoding="utf-8")
    second = run([good], tmp_path / "out", LATER).release
    assert "1.108" in column(second, "budget_lines", "amount_printed")
    assert latest(tmp_path / "out") == second.resolve()


def test_the_clock_is_in_the_name_of_the_folder_only(tmp_path, good):
    one, other = (run([good], tmp_path / str(n), when).release for n, when in enumerate((NOW, LATER)))
    assert one.name != other.name
    assert bytes_of(one) == bytes_of(other)


# ------------------------------------------------------------------------------------------------------- the report


def test_each_document_is_reported_when_it_is_done(tmp_path):
    seen = []
    expected = []
    run(
        several(tmp_path / "in"),
        tmp_path / "out",
        NOW,
        watcher=Watcher(expected.append, lambda edition: seen.append(edition.source_id)),
    )
    assert expected == [4]  # d is not there
    assert seen == ["c", "a", "b", "e"]


def test_the_report_counts_what_the_release_holds(tmp_path):
    rows = [["Lasten", "1.000", "1.107", "1.213"], ["Baten", "400", "452", "479"], ["Saldo", "-600", "-655", "-999"]]
    report = run([source_of(tmp_path, "one", text_of(rows=rows))], tmp_path / "out", NOW)
    proofs = column(report.release, "budget_lines", "proof")
    assert (report.lines, report.proved, report.contradicted) == (
        9,
        proofs.count("proved"),
        proofs.count("contradicted"),
    )
    assert report.findings == {"does_not_add_up": 1}
    assert sum(column(report.release, "documents", "line_count")) == report.lines


def test_a_release_that_can_not_be_written_is_an_error_and_latest_stays(tmp_path, good, monkeypatch):
    first = run([good], tmp_path / "out", NOW).release
    Path(good.path).write_text(text_of("Programma 3"), encoding="utf-8")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(csv_file, "write", full)
    with pytest.raises(ReleaseError, match="No space left"):
        run([good], tmp_path / "out", LATER)
    assert latest(tmp_path / "out") == first.resolve()
    assert verify(first) == []
