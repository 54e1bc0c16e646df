import shutil

import pytest
from typer.testing import CliRunner

from flows.cli import app
from publishers.release import latest, verify
from tests.flows.documents import BAD, WITHOUT_TABLES, WITHOUT_UNIT, sources_file, text_of

ABOUT = ("--year", "2026", "--type", "begroting")


def begroting(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def run(sources, output, *more):
    return begroting("run", "--sources", sources, "--output", output, "--workers", "1", *more)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(text_of(), encoding="utf-8")
    (tmp_path / "aside.txt").write_text(WITHOUT_UNIT, encoding="utf-8")
    (tmp_path / "plain.txt").write_text(WITHOUT_TABLES, encoding="utf-8")
    (tmp_path / "garbage.txt").write_bytes(BAD["garbage"])
    return tmp_path


# ----------------------------------------------------------------------------------------------------------- run


PUBLICATION = """settings:
  publication:
    base_url: https://data.example.org/begroting/latest/
    publisher_name: gemeente Oldambt
    publisher_uri: https://identifier.overheid.nl/tooi/id/gemeente/gm1895
    contact_name: Team open data
    contact_email: opendata@example.org
    woo: true
"""


def test_a_run_with_a_publication_describes_the_release_for_portals(folder):
    facts = {"document_status": "vastgesteld", "status_date": "2025-11-06", "title": "Programmabegroting"}
    entries = [
        ("one", {"path": "good.txt", **facts}),
        ("two", {"path": "good.txt", "document_year": 2025, **facts}),
        ("three", {"path": "good.txt", "publisher": "gm0344", **facts}),
    ]
    sources = sources_file(folder, *entries)
    sources.write_text(PUBLICATION + sources.read_text(encoding="utf-8"), encoding="utf-8")
    done = run(sources, folder / "out")
    assert done.exit_code == 0, done.output
    release = latest(folder / "out")
    assert verify(release) == []
    assert {"catalog.ttl", "catalog.jsonld", "CITATION.cff"} <= {path.name for path in release.iterdir()}
    assert sorted(path.name for path in (release / "diwoo").iterdir()) == ["gm0344", "gm1895"]


def test_run_publishes_and_says_what_and_where(folder):
    done = run(sources_file(folder, ("good", "good.txt"), ("aside", "aside.txt")), folder / "out")
    assert done.exit_code == 0, done.output
    release = latest(folder / "out")
    assert verify(release) == []
    assert str(release) in done.stdout
    assert "9 (100%)" in done.stdout
    assert "aside" in done.stdout
    assert "tables set aside" in done.stdout


def test_run_that_published_but_failed_on_a_source_ends_in_3_and_names_it(folder):
    entries = [
        ("gone", "gone.txt"),
        ("good", "good.txt"),
        ("web", {"url": "https://oldambt.nl/"}),
        ("bin", "garbage.txt"),
    ]
    done = run(sources_file(folder, *entries), folder / "out")
    assert done.exit_code == 3
    for source_id in ("gone", "web", "bin"):
        assert f"failed: {source_id}: " in done.stdout
    assert latest(folder / "out") is not None


@pytest.mark.parametrize("file", ["gone.txt", "aside.txt", "plain.txt", "garbage.txt"])
def test_run_that_published_nothing_ends_in_1_and_leaves_latest(folder, file):
    run(sources_file(folder, ("good", "good.txt")), folder / "out")
    first = latest(folder / "out")
    done = run(sources_file(folder, ("one", file)), folder / "out")
    assert done.exit_code == 1
    assert "nothing was published" in done.stdout
    assert latest(folder / "out") == first


def test_run_reads_paths_beside_the_sources_file(folder, monkeypatch):
    (folder / "elsewhere").mkdir()
    sources = sources_file(folder, ("good", "good.txt"))
    monkeypatch.chdir(folder / "elsewhere")
    assert run(sources, "out").exit_code == 0
    assert latest(folder / "elsewhere" / "out") is not None


def test_run_twice_publishes_once(folder):
    sources = sources_file(folder, ("good", "good.txt"))
    for _ in range(2):
        assert run(sources, folder / "out").exit_code == 0
    assert len(list((folder / "out" / "releases").iterdir())) == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"path": "good.txt", "adress": "x"}, ("line 7", "'adress'")),
        ({"path": "good.txt", "publisher": "Oldamt"}, ("line 3", "did you mean Oldambt")),
        ({"path": "good.txt", "unit": 7}, ("line 7", "unit")),
        ({}, ("line 2", "`path`")),
    ],
)
def test_run_with_a_wrong_sources_file_ends_in_2_and_names_the_place(folder, entry, said):
    done = run(sources_file(folder, ("one", entry)), folder / "out")
    assert done.exit_code == 2
    for part in said:
        assert part in done.stderr
    assert not (folder / "out").exists()


def test_run_without_a_sources_file_ends_in_2_and_names_it(folder):
    done = run(folder / "nowhere.yaml", folder / "out")
    assert done.exit_code == 2
    assert "nowhere.yaml" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("run",), ("run", "--sources", "x"), ("run", "--output", "x"), ("walk",), ("--what",)]
)
def test_wrong_use_ends_in_2(arguments):
    assert begroting(*arguments).exit_code == 2


def test_run_into_what_is_no_folder_ends_in_1_and_names_it(folder):
    (folder / "out").write_text("in the way", encoding="utf-8")
    done = run(sources_file(folder, ("good", "good.txt")), folder / "out")
    assert done.exit_code == 1
    assert "out" in done.stderr
    assert (folder / "out").read_text(encoding="utf-8") == "in the way"


# ------------------------------------------------------------------------------------------------------- extract


def test_extract_shows_the_tables_with_their_verdicts_equations_and_ledger(folder):
    done = begroting("extract", folder / "good.txt", *ABOUT)
    assert done.exit_code == 0, done.output
    for part in ("Programma 1 Bestuur", "1.107 ✓", "3 of 3 hold", "saldo = baten - lasten", "unit 1000", "9 proved"):
        assert part in done.stdout
    assert "14 amount-like tokens = 9 published + 0 set aside + 5 not euros + 0 outside" in done.stdout


def test_extract_shows_what_does_not_add_up(folder):
    (folder / "wrong.txt").write_text(text_of().replace("-655", "-999"), encoding="utf-8")
    done = begroting("extract", folder / "wrong.txt", *ABOUT)
    assert done.exit_code == 0
    assert "-999 ✗" in done.stdout
    assert "does_not_add_up" in done.stdout
    assert "off by 344" in done.stdout


@pytest.mark.parametrize(
    ("given", "missing", "told"),
    [
        ((), ["--year", "--type"], []),
        (("--type", "begroting"), ["--year"], []),
        (("--year", "2026"), ["--type"], ["begroting, begrotingswijziging, jaarstukken"]),
    ],
)
def test_extract_asks_by_name_for_what_is_missing(folder, given, missing, told):
    done = begroting("extract", folder / "good.txt", *given)
    assert done.exit_code == 2
    asked = done.stderr.split(":")[1]
    assert asked.strip() == f"give {' and '.join(missing)}"
    for part in told:
        assert part in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("option", "value"), [("--type", "budget"), ("--unit", "100"), ("--year", "twintig")])
def test_extract_with_a_wrong_option_ends_in_2_and_names_it(folder, option, value):
    given = dict(zip(ABOUT[::2], ABOUT[1::2], strict=True)) | {option: value}
    done = begroting("extract", folder / "good.txt", *(part for pair in given.items() for part in pair))
    assert done.exit_code == 2
    assert option in done.stderr


def test_extract_of_a_table_without_a_unit_says_so_and_takes_one(folder):
    done = begroting("extract", folder / "aside.txt", *ABOUT)
    assert done.exit_code == 1
    assert "no_unit" in done.stdout
    done = begroting("extract", folder / "aside.txt", *ABOUT, "--unit", "1000")
    assert done.exit_code == 0
    assert "unit 1000" in done.stdout


def test_extract_of_a_page_without_tables_is_no_failure(folder):
    done = begroting("extract", folder / "plain.txt", *ABOUT)
    assert done.exit_code == 0
    assert "no table" in done.stdout


@pytest.mark.parametrize("name", ["gone.txt", "garbage.txt", "."])
def test_extract_of_what_can_not_be_read_fails_with_one_line_that_names_it(folder, name):
    done = begroting("extract", folder / name, *ABOUT)
    assert done.exit_code in (1, 2)
    assert done.stderr.startswith("begroting: ")
    assert done.stderr.count("\n") == 1
    assert isinstance(done.exception, SystemExit)


# --------------------------------------------------------------------------------------------------------- check


@pytest.fixture
def release(folder):
    run(sources_file(folder, ("good", "good.txt")), folder / "out")
    return latest(folder / "out")


def test_check_of_a_whole_release_ends_in_0(folder, release):
    for place in (release, folder / "out" / "latest"):
        done = begroting("check", place)
        assert done.exit_code == 0
        assert "whole" in done.stdout


def test_check_of_a_changed_release_ends_in_1_and_names_the_file(release):
    path = release / "budget_lines.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1.107", "1.108"), encoding="utf-8")
    done = begroting("check", release)
    assert done.exit_code == 1
    assert "budget_lines.csv" in done.stderr
    assert "whole" not in done.stdout


def test_check_names_everything_that_is_missing_or_extra(release):
    (release / "tables.csv").unlink()
    (release / "notes.txt").write_text("x", encoding="utf-8")
    done = begroting("check", release)
    assert done.exit_code == 1
    assert "tables.csv" in done.stderr
    assert "notes.txt" in done.stderr


@pytest.mark.parametrize("place", ["nowhere", "good.txt"])
def test_check_of_what_is_no_folder_ends_in_2_and_names_it(folder, place):
    done = begroting("check", folder / place)
    assert done.exit_code == 2
    assert place in done.stderr


def test_check_of_a_folder_that_is_no_release_ends_in_1(folder):
    assert begroting("check", folder).exit_code == 1


def test_check_finds_a_release_that_was_copied_whole(folder, release):
    shutil.copytree(release, folder / "copy")
    assert begroting("check", folder / "copy").exit_code == 0
