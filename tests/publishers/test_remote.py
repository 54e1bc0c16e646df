"""A release at an address, here the memory of this process."""

import json
from datetime import UTC, datetime

import fsspec
import pytest

from publishers import pointer
from publishers.content import content_of
from publishers.release import latest, publish
from publishers.remote import bring, send
from schemas.errors import ReleaseError
from storage.places import place_of
from storage.remote import Remote
from tests.publishers.release_rows import rows_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def memory():
    system = fsspec.filesystem("memory")
    system.store.clear()
    return system


@pytest.fixture
def there():
    return place_of("memory://bucket/out")


@pytest.fixture
def release(tmp_path):
    return publish(content_of(rows_of()), tmp_path / "out", NOW)


def bytes_of(release):
    return {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def test_the_files_go_first_then_their_sums_and_latest_last(release, there, monkeypatch):
    order = []
    for name in ("put", "put_file"):
        whole = getattr(Remote, name)

        def noted(self, what, whole=whole):
            order.append(self.address.partition(f"{release.name}/")[2] or self.name)
            whole(self, what)

        monkeypatch.setattr(Remote, name, noted)
    target = send(release, there)
    assert order[-2:] == ["SHA256SUMS", "latest.json"]
    assert sorted(order[:-1]) == sorted(bytes_of(release))
    assert target.address == f"memory://bucket/out/releases/{release.name}"
    assert json.loads((there / "latest.json").read_bytes())["release"] == release.name


def test_what_is_there_is_not_sent_again(release, there, monkeypatch):
    send(release, there)
    monkeypatch.setattr(Remote, "put_file", None)
    send(release, there)


def test_a_file_of_other_bytes_is_sent_again_where_latest_does_not_name_it_yet(release, there):
    target = send(release, there)
    (there / "latest.json").remove()
    (target / "tables.csv").put(b"x" * (release / "tables.csv").stat().st_size)
    send(release, there)
    assert (target / "tables.csv").read_bytes() == (release / "tables.csv").read_bytes()


def test_a_release_that_does_not_come_back_as_it_was_sent_is_not_named(release, there, monkeypatch):
    whole = Remote.put_file

    def damaged(self, file):
        whole(self, file)
        if self.name == "tables.csv":
            self.put(b"x" * file.stat().st_size)

    monkeypatch.setattr(Remote, "put_file", damaged)
    with pytest.raises(ReleaseError, match=r"not written as meant: .*tables\.csv"):
        send(release, there)
    assert not (there / "latest.json").exists()
    assert not (there / "releases" / release.name / "SHA256SUMS").exists()


def test_a_release_is_brought_whole_and_put_in_place(release, there, tmp_path):
    send(release, there)
    assert bring(there, tmp_path / "new")
    found = latest(tmp_path / "new")
    assert found.name == release.name
    assert bytes_of(found) == bytes_of(release)
    assert pointer.read(tmp_path / "new") == pointer.read(there)
    assert not bring(there, tmp_path / "new")  # there is one


def test_where_nothing_stands_at_the_address_nothing_is_brought(there, tmp_path):
    assert not bring(there, tmp_path / "new")


@pytest.mark.parametrize("name", ["tables.csv", "SHA256SUMS"])
def test_a_release_that_is_not_whole_is_not_brought(release, there, tmp_path, name):
    target = send(release, there)
    (target / name).remove()
    assert not bring(there, tmp_path / "new")
    assert latest(tmp_path / "new") is None


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a\\..\\outside", "a/../../outside"])
def test_sums_that_name_files_elsewhere_are_refused(release, there, tmp_path, name):
    target = send(release, there)
    (target / "SHA256SUMS").put(f"{'0' * 64}  {name}\n".encode())
    with pytest.raises(ReleaseError, match="not below it"):
        bring(there, tmp_path / "new")
    assert list(tmp_path.rglob("outside*")) == []


@pytest.mark.parametrize(
    "said",
    [b"{", b"[]", b"{}", b'{"release": "../../x", "content_hash": "", "published_at": ""}', b"\xff", b'{"release": 7}'],
)
def test_a_latest_that_names_no_release_is_an_error(there, said):
    (there / "latest.json").put(said)
    with pytest.raises(ReleaseError, match=r"latest\.json can't be read"):
        pointer.read(there)


def test_latest_json_on_a_disk_moves_with_the_link(tmp_path, release):
    assert pointer.read(tmp_path / "out") == pointer.pointer_of(release)
    old = json.loads((tmp_path / "out" / "latest.json").read_bytes())
    del old["lines_hash"]  # an older version wrote it
    (tmp_path / "out" / "latest.json").write_text(json.dumps(old))
    assert pointer.read(tmp_path / "out").release == release.name
    (tmp_path / "out" / "latest.json").unlink()
    publish(content_of(rows_of()), tmp_path / "out", datetime(2026, 2, 1, tzinfo=UTC))  # nothing changed
    assert pointer.read(tmp_path / "out").published_at == "2026-01-05T09:00:00+00:00"
