from dataclasses import replace

import pytest

from publishers import checksums, csv_file, parquet_file
from publishers.content import Content, content_of
from publishers.frames import compact
from publishers.order import ordered, parts_of
from publishers.release import completed, verify, write_files
from schemas.contract import ALL_TABLES, BUDGET_LINES, PUBLISHED_TABLES
from schemas.errors import ReleaseError
from tests.publishers.release_rows import DOCUMENT, FINDING, LINE, TABLE, bytes_of

ABOUT = [("gm1895", 2026, "b"), ("gm0014", 2025, "d"), ("gm1895", 2025, "c"), ("gm1895", 2026, "a")]


def rows(about=ABOUT, each=3):
    """Documents of several publishers and years, in no order; a finding about a source without a document."""
    out = {
        "budget_lines": [],
        "tables": [],
        "documents": [],
        "findings": [replace(FINDING, document_id=None, source_id="x")],
    }
    for publisher, year, source in about:
        facts = {"publisher_id": publisher, "document_year": year, "source_id": source}
        counts = {"line_count": each, "token_count": each, "published_token_count": each}
        out["documents"].append(replace(DOCUMENT, document_id=f"d{source}", **facts, **counts))
        tables = {"table_id": f"t{source}", "source_id": source, "document_id": f"d{source}", "line_count": each}
        out["tables"].append(replace(TABLE, **tables))
        given = {"source_id": source, "document_id": f"d{source}", "finding_id": source}
        out["findings"].append(replace(FINDING, **given, table_id=None))
        out["budget_lines"] += [
            replace(LINE, line_id=f"{source}{n}", table_id=f"t{source}", line_label=f"{n} R", **facts)
            for n in range(each)
        ]
    return out


def test_rows_stand_by_publisher_year_and_source_and_inside_a_source_as_they_were_read():
    frame = ordered(content_of(rows()).frames)["budget_lines"]
    shown = list(zip(*(frame[n].to_pylist() for n in ("publisher_id", "document_year", "line_id")), strict=True))
    assert shown == [
        (publisher, year, f"{source}{n}")
        for publisher, year, source in [ABOUT[1], ABOUT[2], ABOUT[3], ABOUT[0]]
        for n in range(3)
    ]


def test_many_short_runs_are_put_in_order_too():
    content = content_of(rows(each=20))
    shuffled = content.frames["budget_lines"].take([n * 37 % 80 for n in range(80)])
    frame = ordered(dict(content.frames) | {"budget_lines": shuffled})["budget_lines"]
    keys = list(zip(*(frame[n].to_pylist() for n in ("publisher_id", "document_year", "source_id")), strict=True))
    assert keys == sorted(keys)
    assert sorted(frame["line_id"].to_pylist()) == sorted(shuffled["line_id"].to_pylist())


def test_rows_in_order_are_not_copied():
    frames = ordered(content_of(rows()).frames)
    again = ordered(frames)
    assert all(again[name] is frames[name] for name in frames)


def test_a_part_is_what_one_publisher_says_in_one_year(tmp_path):
    write_files(content_of(rows()), tmp_path)
    assert sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("by_publisher/*/*/budget_lines.csv")
    ) == [
        "by_publisher/gm0014/2025/budget_lines.csv",
        "by_publisher/gm1895/2025/budget_lines.csv",
        "by_publisher/gm1895/2026/budget_lines.csv",
    ]
    for table in ("budget_lines", "tables", "documents", "findings"):
        part = parquet_file.read(tmp_path / f"by_publisher/gm1895/2026/{table}.parquet")
        assert sorted(set(part["source_id"].to_pylist())) == ["a", "b"], table
    current = parquet_file.read(tmp_path / "by_publisher/gm1895/budget_current.parquet")
    assert set(current["publisher_id"].to_pylist()) == {"gm1895"}


def test_all_parts_together_are_the_whole_but_for_what_belongs_to_no_document(tmp_path):
    write_files(content_of(rows()), tmp_path)
    for table in PUBLISHED_TABLES:
        whole = csv_file.read(table, tmp_path / f"{table.name}.csv").to_pylist()
        parts = sorted(tmp_path.glob(f"by_publisher/**/{table.name}.csv"))
        found = [row for part in parts for row in csv_file.read(table, part).to_pylist()]
        if table.name == "findings":
            assert whole.pop(0)["source_id"] == "x"
        assert found == whole, table.name
    assert verify(tmp_path) == []


def test_texts_in_dictionaries_give_the_same_bytes(tmp_path):
    content = content_of(rows())
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write_files(content, tmp_path / "a")
    write_files(Content({name: compact(frame) for name, frame in content.frames.items()}), tmp_path / "b")
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_the_order_of_the_input_does_not_change_a_byte(tmp_path):
    for name, about in (("a", ABOUT), ("b", ABOUT[::-1])):
        (tmp_path / name).mkdir()
        write_files(content_of(rows(about)), tmp_path / name)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


@pytest.mark.parametrize("code", ["../gm1895", "", "gm1895/x", "GM1895", "."])
def test_a_code_that_is_no_name_of_a_folder_is_refused(code):
    with pytest.raises(ReleaseError, match="no code of a publisher"):
        parts_of(ordered(content_of(rows([(code, 2026, "a")])).frames))


def test_a_source_with_documents_of_two_years_is_refused():
    content = content_of(rows([("gm1895", 2026, "a")]))
    two = content_of(
        rows([("gm1895", 2026, "a")])
        | {"documents": [DOCUMENT, replace(DOCUMENT, document_id="e", document_year=2027)]}
    )
    assert ordered(content.frames)
    with pytest.raises(ReleaseError, match="two publishers or years"):
        ordered(two.frames)


def test_a_completed_content_has_every_table_of_the_contract():
    frames = completed(content_of(rows())).frames
    assert list(frames) == [table.name for table in PUBLISHED_TABLES]
    assert [table.name for table in ALL_TABLES] == list(frames)[:4]
    assert frames[BUDGET_LINES.name].num_rows == 12


# ------------------------------------------------------------------------------------------------- reading back


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "release"
    folder.mkdir()
    write_files(content_of(rows()), folder)
    return folder


def resummed(folder):
    checksums.write(folder)
    return verify(folder)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("place", ["by_publisher/gm1895/2026/budget_lines", "by_publisher/gm1895/budget_current"])
def test_a_part_that_is_not_that_of_the_whole_is_found_though_the_sums_are_right(folder, place, kind):
    other = {
        "budget_lines": "by_publisher/gm1895/2025/budget_lines",
        "budget_current": "by_publisher/gm0014/budget_current",
    }
    name = place.rpartition("/")[2]
    (folder / f"{place}.{kind}").write_bytes((folder / f"{other[name]}.{kind}").read_bytes())
    assert f"{place}.{kind} is not what {name}.{kind} has of it" in resummed(folder)


def test_a_part_that_is_missing_and_one_too_many_are_found(folder):
    (folder / "by_publisher/gm1895/2025/tables.csv").unlink()
    (folder / "by_publisher/gm1895/2031").mkdir()
    (folder / "by_publisher/gm1895/2031/tables.csv").write_text("", encoding="utf-8")
    assert resummed(folder) == [
        "by_publisher/gm1895/2025/tables.csv is missing",
        "by_publisher/gm1895/2031/tables.csv is of no part",
    ]


def test_rows_in_another_order_are_found(folder):
    frame = parquet_file.read(folder / "documents.parquet")
    turned = frame.take(list(range(frame.num_rows))[::-1])
    parquet_file.write(turned, folder / "documents.parquet")
    csv_file.write(turned, folder / "documents.csv")
    assert resummed(folder) == ["the rows are not in the order of a release"]
