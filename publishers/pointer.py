"""latest.json: which release is the newest, for who can't follow a symbolic link. Written last, whole."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from publishers import checksums
from publishers.cited import FILE
from schemas.errors import ReleaseError
from storage.places import Place, write_whole

NAME = "latest.json"
_RELEASE = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The newest release: its folder below `releases`, the sha256 of its SHA256SUMS, when it was published, and the
    sha256 of its lines as CSV, with whose first digits it is cited; empty where an older version wrote it.
    """

    release: str
    content_hash: str
    published_at: str
    lines_hash: str = ""


def pointer_of(folder: Path) -> Pointer:
    """What names a release that stands in a folder."""
    digest = hashlib.sha256((folder / checksums.NAME).read_bytes()).hexdigest()
    return Pointer(folder.name, digest, _published_at(folder.name), checksums.read(folder).get(FILE, ""))


def write(output: Place, pointer: Pointer) -> None:
    """Write latest.json, where it does not say so already.

    Raises:
        OSError: where it can't be written.
    """
    text = json.dumps(asdict(pointer), indent=2) + "\n"
    try:
        if (output / NAME).read_bytes() == text.encode():
            return
    except FileNotFoundError:
        pass
    write_whole(output / NAME, text.encode())


def read(output: Place) -> Pointer | None:
    """What latest.json says; None where there is none.

    Raises:
        ReleaseError: where it can't be read, or does not name a release.
    """
    try:
        said = json.loads((output / NAME).read_bytes())
        pointer = Pointer(said["release"], said["content_hash"], said["published_at"], said.get("lines_hash", ""))
        if _published_at(pointer.release) != pointer.published_at:
            raise ValueError(f"{pointer.release!r} is no release of {pointer.published_at!r}")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{output / NAME} can't be read: {error}") from error
    return pointer


def _published_at(release: str) -> str:
    found = _RELEASE.fullmatch(release)
    if found is None:
        raise ValueError(f"{release!r} is no name of a release")
    return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).isoformat()
