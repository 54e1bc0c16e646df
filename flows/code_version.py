"""Which code reads: what a reading depends on besides the bytes and the entry of the sources file."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_ROOMS = ("schemas", "extractors", "transformers", "checks")
_FILES = (
    "flows/document.py",
    "flows/finding_rows.py",
    "flows/second_reading.py",
    "flows/packed.py",
    "flows/withholding.py",
)
_LIBRARIES = ("beautifulsoup4", "lxml", "pdfminer.six", "pdfplumber", "pypdfium2")


@cache
def code_version() -> str:
    """The first 16 hexadecimal digits of the sha256 of the code and of the versions of the libraries that read."""
    digest = hashlib.sha256(sys.version.partition(" ")[0].encode())
    files = [path for room in _ROOMS for kind in ("*.py", "*.csv") for path in (_ROOT / room).rglob(kind)]
    for path in sorted([*files, *(_ROOT / name for name in _FILES)]):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]
