import errno
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from schemas.errors import StorageError
from storage.places import are_there, bring, place_of, read_kept, size_of, sizes_of, write_kept, write_whole
from storage.remote import Remote, _connected


class SharedDisk(LocalFileSystem):
    """A disk at an address: a file that is being written there is seen half."""

    protocol = "shared"
    broken = False

    def pipe_file(self, path, value, **kwargs):
        super().pipe_file(path, value[: len(value) // 2] if self.broken else value, **kwargs)
        if self.broken:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(params=["memory", "shared"])
def address(request, tmp_path):
    fsspec.register_implementation("shared", SharedDisk, clobber=True)
    _connected.cache_clear()
    SharedDisk.broken = False
    return f"{request.param}://{tmp_path.as_posix().lstrip('/') if request.param == 'memory' else tmp_path}/out"


# ---------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("out", Path("out")),
        ("/data/out", Path("/data/out")),
        ("file:///data/my%20out", Path("/data/my out")),
        ("memory://bucket/prefix/", Remote("memory://bucket/prefix")),
    ],
)
def test_a_path_is_local_and_an_address_remote(text, place):
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("memory://key:secret@bucket/x", "secrets come from the environment"),
        ("memory://", "give an address"),
        ("memory://bucket?x=1", "give an address"),
        ("gopher://bucket/x", "gopher"),
        ("simplecache::memory://bucket/x", "in each other"),
    ],
)
def test_an_address_that_can_not_be_used_is_refused(text, why):
    with pytest.raises(StorageError, match=why) as refused:
        place_of(text)
    assert "secret@" not in str(refused.value)


# -------------------------------------------------------------------------------------------------------- files


def test_a_file_is_written_read_sized_listed_and_removed(address):
    folder = place_of(address)
    file = folder / "a" / "b.txt"
    assert not file.exists()
    write_whole(file, b"content")
    assert (file.exists(), file.read_bytes(), size_of(file), b"".join(file.parts())) == (
        True,
        b"content",
        7,
        b"content",
    )
    assert ((folder / "a").names(), folder.names(), (folder / "gone").names()) == (["b.txt"], [], [])
    assert not (folder / "a").exists()  # a folder is no file
    file.remove()
    assert not file.exists()


def test_a_local_file_goes_there_and_comes_back(address, tmp_path):
    (tmp_path / "one").write_bytes(bytes(range(256)))
    place = place_of(address) / "one"
    place.put_file(tmp_path / "one")
    place.get_file(tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == bytes(range(256))


def test_what_is_not_there_is_said_with_its_address(address):
    with pytest.raises(FileNotFoundError, match="is not there") as missing:
        (place_of(address) / "gone").read_bytes()
    assert address in str(missing.value)


def test_a_file_that_is_written_half_is_not_seen_and_leaves_nothing(tmp_path):
    fsspec.register_implementation("shared", SharedDisk, clobber=True)
    _connected.cache_clear()
    place = place_of(f"shared://{tmp_path}/out") / "a.txt"
    write_whole(place, b"whole")
    SharedDisk.broken = True
    try:
        with pytest.raises(OSError, match="No space left") as full:
            write_whole(place, b"another")
    finally:
        SharedDisk.broken = False
    assert full.value.errno == errno.ENOSPC
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]
    assert place.read_bytes() == b"whole"


def test_a_file_that_never_changes_is_kept_here_once_it_was_read_or_written(tmp_path, address):
    there = place_of(address)
    here = Remote(there.address, kept=tmp_path / "kept")
    write_whole(there / "r" / "one", b"1")
    assert read_kept(here / "r" / "one") == b"1"
    assert (tmp_path / "kept" / "r" / "one").read_bytes() == b"1"
    (there / "r" / "one").remove()
    assert read_kept(here / "r" / "one") == b"1"
    write_kept(here / "r" / "two", b"2")
    assert (there / "r" / "two").read_bytes() == (tmp_path / "kept" / "r" / "two").read_bytes() == b"2"


def test_many_files_are_looked_for_at_once_in_their_order(tmp_path, address):
    there = place_of(address)
    for n in range(0, 40, 2):
        write_whole(there / str(n), b"x" * n)
    places = [there / str(n) for n in range(40)]
    assert are_there(places) == [n % 2 == 0 for n in range(40)]
    assert sizes_of(places[::2]) == list(range(0, 40, 2))
    bring([Remote(there.address, kept=tmp_path / "kept") / str(n) for n in range(0, 40, 2)])
    assert len(list((tmp_path / "kept").iterdir())) == 20
    with pytest.raises(FileNotFoundError):
        bring([there / "1"])


def test_local_files_are_asked_for_without_threads(tmp_path):
    (tmp_path / "a").write_bytes(b"12")
    assert are_there([tmp_path / "a", tmp_path / "b"]) == [True, False]
    assert sizes_of([tmp_path / "a"]) == [2]


def test_a_bucket_that_is_not_there_is_named(monkeypatch):
    class NoBucket(LocalFileSystem):
        protocol = "s3"

        def pipe_file(self, path, value, **kwargs):
            raise FileNotFoundError(path)

    monkeypatch.setattr("storage.remote._system", lambda address: (NoBucket(), "bucket/prefix/a"))
    with pytest.raises(FileNotFoundError, match="s3://bucket/prefix/a: s3://bucket is not there: create it first"):
        Remote("s3://bucket/prefix/a").put(b"x")
