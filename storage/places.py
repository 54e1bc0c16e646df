"""Where files are kept: a local path, or an address of fsspec. Callers need not know which."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TypeVar
from urllib.parse import unquote, urlsplit

from schemas.errors import StorageError
from storage.remote import Remote

Place = Path | Remote
One = TypeVar("One")
Made = TypeVar("Made")
_AT_THE_SAME_TIME = 16  # requests to an address


def place_of(text: str) -> Place:
    """The place that a path or an address names; `file://` is a local path.

    Raises:
        StorageError: where the address names no host or bucket, has secrets in it, or nothing here can open it.
    """
    if "::" in text:
        raise StorageError(f"{text}: addresses in each other are not used")
    protocol, mark, rest = text.partition("://")
    if not mark:
        return Path(text)
    if protocol in ("file", "local"):
        return Path(unquote(rest))
    if "@" in urlsplit(text).netloc:
        raise StorageError(f"{protocol}://...: secrets come from the environment, never from an address")
    if not rest.strip("/") or urlsplit(text).query:
        raise StorageError(f"{text}: give an address such as s3://bucket/prefix")
    _check(protocol, text)
    return Remote(text.rstrip("/"))


def _check(protocol: str, text: str) -> None:
    from fsspec import get_filesystem_class

    try:
        get_filesystem_class(protocol)
    except (ImportError, ValueError) as error:
        raise StorageError(f"{text}: {error}; for S3 install begroting with the extra `cluster`") from error


def absolute(place: Place) -> Place:
    """The same place, named so that other processes find it."""
    return place.resolve() if isinstance(place, Path) else place


def write_whole(place: Place, content: bytes | memoryview) -> None:
    """Write a file whole or not at all, also where the machine stops."""
    if isinstance(place, Remote):
        place.put(bytes(content))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".writing-", delete=False) as handle:
        try:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
            Path(handle.name).replace(place)
        except BaseException:
            Path(handle.name).unlink(missing_ok=True)
            raise


def write_kept(place: Place, content: bytes | memoryview) -> None:
    """Write a file that never changes; a remote one is kept here too."""
    write_whole(place, content)
    if isinstance(place, Remote) and place.kept is not None:
        write_whole(place.kept, content)


def read_kept(place: Place) -> bytes:
    """The content of a file that never changes; a remote one is kept here once it was read."""
    if not isinstance(place, Remote) or place.kept is None:
        return place.read_bytes()
    try:
        return place.kept.read_bytes()
    except FileNotFoundError:
        content = place.read_bytes()
        write_whole(place.kept, content)
        return content


def open_kept(place: Place) -> BinaryIO:
    """A file that never changes, opened to be read in part; a remote one is kept here first, as in `read_kept`."""
    if not isinstance(place, Remote):
        return place.open("rb")
    content = read_kept(place)
    return place.kept.open("rb") if place.kept is not None else BytesIO(content)


def size_of(place: Place) -> int:
    """The bytes of a file."""
    return place.size() if isinstance(place, Remote) else place.stat().st_size


def are_there(places: Sequence[Place]) -> list[bool]:
    """For each place whether a file is there; what is kept here is."""
    return _each(_is_there, places)


def sizes_of(places: Sequence[Place]) -> list[int]:
    """The bytes of each file."""
    return _each(size_of, places)


def bring(places: Sequence[Place]) -> None:
    """Keep remote files here, many at the same time; a local one is where it is.

    Raises:
        OSError: where one is not there.
    """
    _each(lambda place: len(read_kept(place)), [one for one in places if isinstance(one, Remote)])


def _is_there(place: Place) -> bool:
    if isinstance(place, Remote) and place.kept is not None and place.kept.exists():
        return True
    return place.exists()


def _each(ask: Callable[[Place], Made], places: Sequence[Place]) -> list[Made]:
    if not any(isinstance(place, Remote) for place in places):
        return [ask(place) for place in places]
    return at_once(ask, places)


def at_once(do: Callable[[One], Made], things: Iterable[One]) -> list[Made]:
    """What is made of each thing, in their order, many at the same time: for waiting, not for work."""
    with ThreadPoolExecutor(_AT_THE_SAME_TIME) as pool:
        return list(pool.map(do, things))
