import hashlib
import shutil
import subprocess

import pytest

from publishers import checksums
from tests.publishers.release_rows import bytes_of, written


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "release")


def test_the_sums_are_those_of_every_file_and_pass_sha256sum(folder):
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = dict(reversed(line.split("  ", 1)) for line in lines)
    assert set(sums) == set(bytes_of(folder)) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_sha256sum_itself_passes_and_notices_a_change(folder):
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    (folder / "tables.csv").write_text("x", encoding="utf-8")
    assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1


def test_a_whole_folder_has_no_differences(folder):
    assert checksums.differences(folder) == []


def test_a_changed_a_missing_and_an_extra_file_are_each_named(folder):
    content = bytearray((folder / "tables.csv").read_bytes())
    content[-2] ^= 1
    (folder / "tables.csv").write_bytes(bytes(content))
    (folder / "findings.csv").unlink()
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    problems = sorted(checksums.differences(folder))
    assert len(problems) == 3
    assert ["findings.csv" in problems[0], "notes.txt" in problems[1], "tables.csv" in problems[2]] == [True] * 3


def test_a_file_in_a_folder_below_is_extra_too(folder):
    (folder / "deep").mkdir()
    (folder / "deep" / "notes.txt").write_text("x", encoding="utf-8")
    assert [p for p in checksums.differences(folder) if "deep/notes.txt" in p]


def test_missing_sums_are_a_difference(folder):
    (folder / "SHA256SUMS").unlink()
    assert checksums.differences(folder) == ["SHA256SUMS is missing"]


def test_lines_that_are_no_sums_are_a_difference(folder):
    (folder / "SHA256SUMS").write_text("garbage\n", encoding="utf-8")
    assert checksums.differences(folder)


def test_sums_that_are_no_text_are_a_difference(folder):
    (folder / "SHA256SUMS").write_bytes(b"\xff\xfe garbage\n")
    assert checksums.differences(folder)
