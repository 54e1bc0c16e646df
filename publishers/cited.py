"""By what a release is cited: the contract and the first digits of the sha256 of its lines.

No file of a release can hold the hash that names its folder, since that is of all files. By these digits the release is
found again in SHA256SUMS, and in latest.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from publishers import checksums
from schemas.contract import BUDGET_LINES, VERSION

FILE = f"{BUDGET_LINES.name}.csv"
DIGITS = 12


def version_of(folder: Path) -> str:
    """The version under which a release that is being written is cited; that of the contract where it has no lines."""
    path = folder / FILE
    return f"{VERSION}+{checksums.sum_of(path)[:DIGITS]}" if path.is_file() else VERSION


def digits_in(sums: Mapping[str, str]) -> str:
    """The digits by which a release is cited, by its sums; empty where it has no lines."""
    return sums.get(FILE, "")[:DIGITS]
