"""One process at a time in a local folder."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

_NAME = ".lock"


def take_lock(folder: Path) -> IO[str]:
    """The lock of a folder that is there, held until the file is closed, also by a process that it is handed to.

    Raises:
        BlockingIOError: where another process holds it.
        OSError: where nothing can be written there.
    """
    handle = (folder / _NAME).open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise
    return handle
