"""A place at an address of fsspec, such as `s3://bucket/prefix`: whole files are put there and read, nothing else.

Who may enter is said by the environment alone (for S3 `AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` and so on), never by the
address.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

# A file that is put there is seen whole or not at all; elsewhere it is written aside and moved.
_WHOLE_AT_ONCE = frozenset(("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss", "memory"))


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder at an address. It may go to other processes: connections are made where they are needed.

    `kept` is a local folder for what is read there more than once; only for files that never change.
    """

    address: str
    kept: Path | None = None

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, name: str) -> Remote:
        return replace(self, address=f"{self.address}/{name}", kept=self.kept / name if self.kept is not None else None)

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    def exists(self) -> bool:
        """Whether there is a file."""
        try:
            with self._opened() as (system, path):
                return bool(system.info(path)["type"] == "file")
        except FileNotFoundError:
            return False

    def read_bytes(self) -> bytes:
        """The content of the file.

        Raises:
            OSError: as for a local file; FileNotFoundError where there is none.
        """
        with self._opened() as (system, path):
            content: bytes = system.cat_file(path)
            return content

    def size(self) -> int:
        """The bytes of the file."""
        with self._opened() as (system, path):
            return int(system.size(path))

    def put(self, content: bytes) -> None:
        """Write the file, whole or not at all."""
        with self._writing() as (system, path), _in_place(system, path) as to:
            system.pipe_file(to, content)

    def put_file(self, file: Path) -> None:
        """Write the file from a local one, whole or not at all, in parts where it is large."""
        with self._writing() as (system, path), _in_place(system, path) as to:
            system.put_file(str(file), to)

    def get_file(self, file: Path) -> None:
        """Copy the file to a local one."""
        with self._opened() as (system, path):
            system.get_file(path, str(file))

    def names(self) -> list[str]:
        """The names of the files in the folder, in order; none where it is not there."""
        try:
            with self._opened() as (system, path):
                found = system.ls(path, detail=True)
        except FileNotFoundError:
            return []
        return sorted(one["name"].rpartition("/")[2] for one in found if one["type"] == "file")

    def remove(self) -> None:
        """Remove the file."""
        with self._opened() as (system, path):
            system.rm_file(path)

    def parts(self) -> Iterator[bytes]:
        """The content of the file, a part at a time."""
        with self._opened() as (system, path), system.open(path, "rb", block_size=8_000_000) as handle:
            while part := handle.read(8_000_000):
                yield part

    @contextmanager
    def _writing(self) -> Iterator[tuple[Any, str]]:
        """As `_opened`; what is not there when a file is written is the bucket or what stands for one."""
        try:
            with self._opened() as opened:
                yield opened
        except FileNotFoundError:
            bucket = "/".join(self.address.split("/")[:3])
            raise FileNotFoundError(errno.ENOENT, f"{self.address}: {bucket} is not there: create it first") from None

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, str]]:
        """The file system and the path there; whatever goes wrong is an OSError that names the address."""
        try:
            yield _system(self.address)
        except FileNotFoundError:
            raise FileNotFoundError(errno.ENOENT, f"{self.address} is not there") from None
        except Exception as error:  # each file system has errors of its own
            number = error.errno if isinstance(error, OSError) and error.errno else errno.EIO
            raise OSError(number, f"{self.address}: {error or type(error).__name__}") from error


@contextmanager
def _in_place(system: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - fsspec has no types
    if _protocols(system) & _WHOLE_AT_ONCE:
        yield path
        return
    folder, _, name = path.rpartition("/")
    system.makedirs(folder, exist_ok=True)
    aside = f"{folder}/.writing-{uuid4().hex}-{name}"
    try:
        yield aside
        system.mv(aside, path)
    except BaseException:
        if system.exists(aside):
            system.rm_file(aside)
        raise


def _protocols(system: Any) -> frozenset[str]:  # noqa: ANN401
    named = system.protocol
    return frozenset((named,) if isinstance(named, str) else named)


def _system(address: str) -> tuple[Any, str]:
    protocol, _, path = address.partition("://")
    system = _connected(protocol, path.partition("/")[0])
    return system, system._strip_protocol(address)


@cache
def _connected(protocol: str, host: str) -> Any:  # noqa: ANN401
    """The file system of a host or bucket; object stores are asked anew each time, other writers may be there."""
    import fsspec

    options = {"use_listings_cache": False} if protocol in _WHOLE_AT_ONCE - {"memory"} else {}
    system, _ = fsspec.url_to_fs(f"{protocol}://{host}/", **options)
    return system
