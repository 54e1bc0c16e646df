import hashlib

import pytest

from schemas.codelists import find_publishers
from schemas.errors import DocumentError
from schemas.records import DocumentType, Source
from sources import local
from sources.local import read_snapshot


def source(path=None, url=None):
    publisher = find_publishers("gm1895", 2026)[0].publisher
    return Source("oldambt", publisher, DocumentType.BEGROTING, 2026, path=None if path is None else str(path), url=url)


def reason_of(one):
    with pytest.raises(DocumentError) as caught:
        read_snapshot(one)
    return caught.value.reason, str(caught.value)


def test_a_file_becomes_its_bytes_their_sha256_and_its_name_only(tmp_path):
    file = tmp_path / "begroting.txt"
    file.write_bytes(b"Lasten\r\n1.234\r\n")
    snapshot = read_snapshot(source(file))
    assert snapshot.content == b"Lasten\r\n1.234\r\n"
    assert snapshot.snapshot_id == hashlib.sha256(snapshot.content).hexdigest()
    assert snapshot.file_name == "begroting.txt"


def test_the_same_bytes_elsewhere_are_the_same_snapshot(tmp_path):
    (tmp_path / "a").mkdir()
    for file in (tmp_path / "b.txt", tmp_path / "a" / "b.txt"):
        file.write_bytes(b"1.234")
    assert read_snapshot(source(tmp_path / "b.txt")) == read_snapshot(source(tmp_path / "a" / "b.txt"))


def test_a_replaced_file_is_another_snapshot(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"1.234")
    first = read_snapshot(source(file))
    file.write_bytes(b"1.235")
    assert read_snapshot(source(file)).snapshot_id != first.snapshot_id


def test_with_a_path_and_a_url_the_file_is_read(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"1.234")
    assert read_snapshot(source(file, "https://oldambt.nl/")).content == b"1.234"


def test_a_missing_file_is_named_without_its_folder(tmp_path):
    reason, message = reason_of(source(tmp_path / "nowhere.txt"))
    assert reason == "missing"
    assert "nowhere.txt" in message
    assert str(tmp_path) not in message


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n"])
def test_a_file_without_anything_in_it_is_empty(tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert reason_of(source(file))[0] == "empty"


def test_an_entry_with_only_a_url_says_what_to_do():
    reason, message = reason_of(source(url="https://oldambt.nl/begroting"))
    assert reason == "not_fetched"
    assert "https://oldambt.nl/begroting" in message
    assert "`path`" in message


def test_a_folder_in_the_place_of_a_file_is_unreadable(tmp_path):
    reason, message = reason_of(source(tmp_path))
    assert reason == "unreadable"
    assert tmp_path.name in message


def test_a_file_below_a_file_is_unreadable(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"1")
    assert reason_of(source(tmp_path / "a.txt" / "b.txt"))[0] == "unreadable"


def test_a_name_longer_than_the_disk_allows_is_unreadable(tmp_path):
    assert reason_of(source(tmp_path / ("a" * 300)))[0] == "unreadable"


def test_a_file_larger_than_the_bound_is_too_large_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(local, "LARGEST", 10)
    (tmp_path / "a.txt").write_bytes(b"12345678901")
    (tmp_path / "b.txt").write_bytes(b"1234567890")
    assert reason_of(source(tmp_path / "a.txt"))[0] == "too_large"
    assert read_snapshot(source(tmp_path / "b.txt")).content == b"1234567890"


def test_a_path_that_no_disk_can_have_is_a_document_error(tmp_path):
    reason_of(source(f"{tmp_path}/a\0b.txt"))
