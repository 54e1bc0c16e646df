import fcntl
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from publishers import checksums, csv_file, parquet_file, release
from publishers.content import content_of
from publishers.release import content_hash, latest, publish, verify
from schemas.contract import ALL_TABLES, DERIVED_TABLES, PUBLISHED_TABLES
from schemas.errors import ReleaseError
from tests.publishers.release_rows import FINDING, LINE, TABLE, bytes_of, lines_of, rows_of, written

MONDAY, TUESDAY = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 1, 6, 9, tzinfo=UTC)
CHANGED = rows_of([replace(LINE, amount_printed="1.235")])
PLACES = [
    *(table.name for table in PUBLISHED_TABLES),
    *(f"by_publisher/gm1895/2026/{table.name}" for table in ALL_TABLES),
    *(f"by_publisher/gm1895/{table.name}" for table in DERIVED_TABLES),
]
FILES = sorted(
    [
        *(f"{place}.{kind}" for place in PLACES for kind in ("csv", "parquet")),
        "begroting.sqlite",
        "by_publisher/gm1895/2026/gm1895-2026.xlsx",
    ]
)
DICTIONARIES = ["dictionary.en.md", "dictionary.nl.md"]
OTHERS = ["CHANGES.md", "SHA256SUMS", "datapackage.json", "history.json", "index.html"]


def releases_in(output):
    return sorted(path.name for path in (output / "releases").iterdir())


def edited(folder, name, edit):
    """Change the rows of a table in CSV and Parquet, and write the sums anew."""
    frame = parquet_file.read(folder / f"{name}.parquet")
    rows = frame.to_pylist()
    edit(rows)
    changed = pa.Table.from_pylist(rows, schema=frame.schema)
    parquet_file.write(changed, folder / f"{name}.parquet")
    csv_file.write(changed, folder / f"{name}.csv")
    checksums.write(folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "release")


# --------------------------------------------------------------------------------------------------------- files


def test_a_release_has_every_table_twice_whole_and_in_parts_its_description_and_its_sums(folder):
    found = [name for name in bytes_of(folder) if not name.startswith("portal/")]
    assert sorted(found) == sorted([*FILES, *DICTIONARIES, *OTHERS])
    assert (folder / "portal").is_dir()


def test_the_same_rows_give_the_same_bytes_twice(tmp_path):
    rows = rows_of(lines_of(*({"line_label": f"label {n % 7}"} for n in range(500))))
    assert bytes_of(written(tmp_path / "a", rows)) == bytes_of(written(tmp_path / "b", rows))


def test_other_rows_give_another_hash(tmp_path):
    one, other = written(tmp_path / "a"), written(tmp_path / "b", CHANGED)
    assert content_hash(one) != content_hash(other)
    assert content_hash(one) == hashlib.sha256((one / "SHA256SUMS").read_bytes()).hexdigest()[:12]


# -------------------------------------------------------------------------------------------------------- verify


def test_a_whole_release_has_no_problems(folder):
    assert verify(folder) == []


def test_a_release_of_several_documents_and_no_findings_has_no_problems(tmp_path):
    one, other = rows_of(findings=()), rows_of()
    rows = {name: list(one[name]) for name in one}
    rows["documents"].append(
        replace(other["documents"][0], document_id="b", source_id="b", status="failed", line_count=0, token_count=9)
    )
    assert verify(written(tmp_path / "r", rows)) == []


@pytest.mark.parametrize("name", [*FILES, "datapackage.json"])
@pytest.mark.parametrize("place", [0, -1])
def test_a_changed_byte_is_found(folder, name, place):
    content = bytearray((folder / name).read_bytes())
    content[place] ^= 1
    (folder / name).write_bytes(bytes(content))
    assert verify(folder) == [f"{name} was changed"]


@pytest.mark.parametrize("name", [*FILES, "datapackage.json", "SHA256SUMS"])
def test_a_missing_file_is_found(folder, name):
    (folder / name).unlink()
    assert verify(folder) == [f"{name} is missing"]


def test_an_extra_file_is_found(folder):
    (folder / "budget_lines.csv.bak").write_text("", encoding="utf-8")
    assert verify(folder) == ["budget_lines.csv.bak is not in SHA256SUMS"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1234000.00,", "1234000.01,"),
        ('"Lasten"', '"lasten"'),
        ('"Lasten"', '""'),
        (",2026,,", ',2026,"",'),
        (",false,", ",true,"),
        ('"1.234"', '"1,234"'),
    ],
)
def test_a_csv_that_differs_from_parquet_is_found_though_the_sums_are_right(folder, old, new):
    path = folder / "budget_lines.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    checksums.write(folder)
    assert verify(folder) == ["budget_lines: CSV and Parquet differ"]


def test_a_csv_that_lacks_a_line_is_found_though_the_sums_are_right(folder):
    path = folder / "budget_lines.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    checksums.write(folder)
    assert "budget_lines: CSV and Parquet differ" in verify(folder)


@pytest.mark.parametrize("content", [b"", b"\x00\xff"])
@pytest.mark.parametrize("name", ["findings.csv", "findings.parquet"])
def test_a_file_that_can_not_be_read_back_is_found_though_the_sums_are_right(folder, name, content):
    (folder / name).write_bytes(content)
    checksums.write(folder)
    problems = verify(folder)
    assert len(problems) == 1
    assert problems[0].startswith("findings: can't be read back")


@pytest.mark.parametrize(("old", "new"), [("severity", "sev"), ('"rule",', ""), ('"rule"', '"rule","more"')])
def test_a_csv_with_other_columns_is_found_though_the_sums_are_right(tmp_path, old, new):
    folder = written(tmp_path / "r", rows_of(findings=()))
    path = folder / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    checksums.write(folder)
    assert [problem for problem in verify(folder) if problem.startswith("findings")]


def test_a_parquet_file_of_another_schema_is_found_though_the_sums_are_right(folder):
    frame = parquet_file.read(folder / "budget_lines.parquet")
    at = frame.schema.get_field_index("taakveld_code")
    parquet_file.write(frame.set_column(at, "taakveld_code", pa.array([1.0])), folder / "budget_lines.parquet")
    checksums.write(folder)
    assert verify(folder) == ["budget_lines: the schema is not the contract's"]


def test_a_line_whose_table_is_missing_is_found(folder):
    problems = verify(edited(folder, "budget_lines", lambda rows: rows[0].update(table_id="nowhere")))
    assert any("budget_lines.table_id" in problem for problem in problems)


def test_a_table_and_a_finding_whose_document_is_missing_are_found(folder):
    edited(folder, "tables", lambda rows: rows[0].update(document_id="nowhere"))
    edited(folder, "findings", lambda rows: rows[0].update(document_id="nowhere"))
    problems = verify(folder)
    assert [p.split(":")[0] for p in problems] == ["tables.document_id", "findings.document_id"]


@pytest.mark.parametrize(
    "part", ["token_count", "published_token_count", "outside_token_count", "not_euros_token_count"]
)
def test_a_ledger_that_does_not_close_is_found(folder, part):
    problems = verify(edited(folder, "documents", lambda rows: rows[0].update({part: rows[0][part] + 1})))
    assert problems == ["documents: the ledger of oldambt does not close"]


def test_lines_that_a_table_or_a_document_does_not_count_are_found(folder):
    problems = verify(edited(folder, "tables", lambda rows: rows[0].update(line_count=2)))
    assert problems == ["tables: table-1 has 1 lines, not 2"]
    edited(folder, "tables", lambda rows: rows[0].update(line_count=1))
    assert verify(edited(folder, "documents", lambda rows: rows[0].update(line_count=2))) == [
        "documents count 2 lines, there are 1"
    ]


def test_a_key_that_stands_twice_is_found(folder):
    problems = verify(edited(folder, "budget_lines", lambda rows: rows.append(rows[0])))
    assert "budget_lines: line_id is no key" in problems


def test_a_value_outside_the_enum_is_found(folder):
    assert verify(edited(folder, "budget_lines", lambda rows: rows[0].update(proof="certain")))


def test_a_missing_description_is_found_though_the_sums_are_right(folder):
    (folder / "datapackage.json").unlink()
    checksums.write(folder)
    assert verify(folder)


def test_a_description_of_other_files_is_found_though_the_sums_are_right(folder, tmp_path):
    other = written(tmp_path / "other", CHANGED)
    (folder / "datapackage.json").write_bytes((other / "datapackage.json").read_bytes())
    checksums.write(folder)
    assert verify(folder)


def test_a_release_stays_whole_when_the_words_of_a_description_change_later(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        rendered = release.data_package.table_schema
        patch.setattr(
            release.data_package, "table_schema", lambda table: rendered(table) | {"description": "older words"}
        )
        folder = written(tmp_path / "old")
    assert verify(folder) == []


# ------------------------------------------------------------------------------------------------------- publish


def test_a_first_release_is_named_by_time_and_content_and_is_latest(tmp_path):
    target = publish(content_of(rows_of()), tmp_path / "out", MONDAY)
    assert target.name == f"20260105T090000Z-{content_hash(target)}"
    assert target.parent == (tmp_path / "out" / "releases")
    assert verify(target) == []
    link = tmp_path / "out" / "latest"
    assert link.is_symlink()
    assert link.readlink() == Path("releases") / target.name
    assert latest(tmp_path / "out") == target.resolve()


def test_the_same_content_makes_no_new_release(tmp_path):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    before = bytes_of(first)
    assert publish(content_of(rows_of()), tmp_path, TUESDAY).resolve() == first.resolve()
    assert releases_in(tmp_path) == [first.name]
    assert bytes_of(first) == before


def test_a_change_makes_a_new_release_and_moves_latest(tmp_path):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    before = bytes_of(first)
    second = publish(content_of(CHANGED), tmp_path, TUESDAY)
    assert releases_in(tmp_path) == [first.name, second.name]
    assert latest(tmp_path) == second.resolve()
    assert bytes_of(first) == before
    assert second.name.startswith("20260106T090000Z-")


def test_going_back_to_older_content_is_a_release_of_its_own(tmp_path):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    publish(content_of(CHANGED), tmp_path, TUESDAY)
    third = publish(content_of(rows_of()), tmp_path, datetime(2026, 1, 7, tzinfo=UTC))
    assert (third / "budget_lines.parquet").read_bytes() == (first / "budget_lines.parquet").read_bytes()
    assert len(releases_in(tmp_path)) == 3
    assert latest(tmp_path) == third.resolve()


def test_an_output_folder_may_be_moved_and_latest_still_leads_to_the_release(tmp_path):
    target = publish(content_of(rows_of()), tmp_path / "out", MONDAY)
    (tmp_path / "out").rename(tmp_path / "moved")
    assert latest(tmp_path / "moved") == (tmp_path / "moved" / "releases" / target.name).resolve()


def test_no_release_is_latest_before_the_first_and_where_the_link_leads_nowhere(tmp_path):
    assert latest(tmp_path) is None
    (tmp_path / "latest").symlink_to("releases/gone")
    assert latest(tmp_path) is None
    target = publish(content_of(rows_of()), tmp_path, MONDAY)
    assert latest(tmp_path) == target.resolve()


@pytest.mark.parametrize("place", ["", "releases", ".lock"])
def test_an_output_folder_that_can_not_be_written_is_a_release_error_that_names_it(tmp_path, place):
    output = tmp_path / "out"
    if place == ".lock":
        (output / place).mkdir(parents=True)
    else:
        output.parent.mkdir(exist_ok=True)
        if place:
            output.mkdir()
        (output / place if place else output).write_text("in the way", encoding="utf-8")
    with pytest.raises(ReleaseError, match=str(output)):
        publish(content_of(rows_of()), output, MONDAY)


def test_what_a_killed_run_left_is_removed(tmp_path):
    left = tmp_path / "releases" / ".writing-4242"
    left.mkdir(parents=True)
    (left / "tables.csv").write_text("half", encoding="utf-8")
    target = publish(content_of(rows_of()), tmp_path, MONDAY)
    assert releases_in(tmp_path) == [target.name]


def test_a_second_run_at_once_is_refused_and_touches_nothing(tmp_path):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    busy = tmp_path / "releases" / ".writing-4242"
    busy.mkdir()
    with (tmp_path / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(ReleaseError, match="another run"):
            publish(content_of(CHANGED), tmp_path, TUESDAY)
        assert releases_in(tmp_path) == sorted([".writing-4242", first.name])
    second = publish(content_of(CHANGED), tmp_path, TUESDAY)
    assert latest(tmp_path) == second.resolve()


FAILURES = [
    (csv_file, "write", OSError(28, "No space left on device")),
    (parquet_file, "write", OSError(28, "No space left on device")),
    (release.data_package, "write", OSError(5, "Input/output error")),
    (checksums, "write", OSError(28, "No space left on device")),
    (release, "_sync", OSError(5, "Input/output error")),
    (release, "_point", OSError(30, "Read-only file system")),
]


@pytest.mark.parametrize(("module", "name", "error"), FAILURES, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_failure_while_writing_leaves_latest_whole_and_the_next_run_works(tmp_path, monkeypatch, module, name, error):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)

    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(module, name, fail)
        with pytest.raises(ReleaseError, match=error.strerror):
            publish(content_of(CHANGED), tmp_path, TUESDAY)
    assert latest(tmp_path) == first.resolve()
    assert verify(first) == []
    assert not [left for left in releases_in(tmp_path) if left.startswith(".")]
    second = publish(content_of(CHANGED), tmp_path, datetime(2026, 1, 7, tzinfo=UTC))
    assert latest(tmp_path) == second.resolve()


@pytest.mark.parametrize(
    "rows",
    [
        rows_of([replace(LINE, amount_eur=None, proof="certain")]),
        rows_of([LINE, LINE]),
        rows_of([replace(LINE, table_id="nowhere")]),
        rows_of(token_count=99),
        rows_of(findings=(replace(FINDING, document_id="nowhere"),)),
        rows_of() | {"tables": [replace(TABLE, line_count=2)]},
    ],
    ids=["enum", "key", "reference", "ledger", "finding", "count"],
)
def test_rows_that_contradict_each_other_are_never_published(tmp_path, rows):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    with pytest.raises(ReleaseError):
        publish(content_of(rows), tmp_path, TUESDAY)
    assert latest(tmp_path) == first.resolve()
    assert releases_in(tmp_path) == [first.name]


def test_what_was_not_written_as_meant_is_never_published(tmp_path, monkeypatch):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    write = csv_file.write

    def torn(frame, path):
        write(frame, path)
        path.write_bytes(path.read_bytes()[:-20])

    monkeypatch.setattr(csv_file, "write", torn)
    with pytest.raises(ReleaseError, match="not written as meant"):
        publish(content_of(CHANGED), tmp_path, TUESDAY)
    assert latest(tmp_path) == first.resolve()
    assert releases_in(tmp_path) == [first.name]


def test_a_damaged_release_is_not_the_answer_to_a_run_with_the_same_content(tmp_path):
    first = publish(content_of(rows_of()), tmp_path, MONDAY)
    (first / "tables.csv").write_text("x", encoding="utf-8")
    assert verify(publish(content_of(rows_of()), tmp_path, TUESDAY)) == []


def test_a_folder_in_the_place_of_latest_is_a_release_error_that_leaves_no_link(tmp_path):
    (tmp_path / "latest").mkdir()
    with pytest.raises(ReleaseError):
        publish(content_of(rows_of()), tmp_path, MONDAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "latest", "releases"]
