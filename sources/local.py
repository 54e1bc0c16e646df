"""Documents in local files."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from schemas.errors import DocumentError
from schemas.records import Snapshot, Source

LARGEST = 500_000_000


def read_snapshot(source: Source) -> Snapshot:
    """The bytes of a source's file now. Its path is never published, only its name.

    Raises:
        DocumentError: `not_fetched`, `missing`, `unreadable`, `empty` or `too_large`.
    """
    if source.path is None:
        raise DocumentError(
            "not_fetched", f"fetching {source.url} is not there yet: save the page and give its `path` beside the `url`"
        )
    path = Path(source.path)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise DocumentError("unreadable", f"{path.name} is no file but a device or a pipe")
        size = status.st_size
        if size > LARGEST:
            raise DocumentError("too_large", f"{path.name} is larger than {LARGEST // 1_000_000} MB")
        content = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("missing", f"there is no file {path.name}") from None
    except OSError as error:
        raise DocumentError("unreadable", f"{path.name} can't be read: {error.strerror}") from error
    except ValueError as error:  # a NUL
        raise DocumentError("unreadable", f"{path.name!r} is no name of a file: {error}") from error
    if not content.strip():
        raise DocumentError("empty", f"{path.name} is empty")
    return Snapshot(hashlib.sha256(content).hexdigest(), content, path.name, source.url)
