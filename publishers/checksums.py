"""SHA256SUMS: the sha256 of every file of a release, as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

NAME = "SHA256SUMS"


def write(folder: Path) -> None:
    """Write the sums of all files below a folder."""
    lines = [f"{sum_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


def files(folder: Path) -> list[Path]:
    """The files of a release, but for the sums themselves, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)


def sum_of(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read(folder: Path) -> dict[str, str]:
    """The sums that a folder was written with, by file.

    Raises:
        OSError, UnicodeDecodeError: where there are none.
    """
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines if line)}


def are_as_written(folder: Path, names: Sequence[str]) -> bool:
    """Whether these files of a folder are what they were when its sums were written."""
    try:
        sums = read(folder)
        return all(sums.get(name) == sum_of(folder / name) for name in names)
    except (OSError, UnicodeDecodeError):
        return False


def differences(folder: Path) -> list[str]:
    """What is wrong with the files of a folder, by its sums."""
    path = folder / NAME
    if not path.is_file():
        return [f"{NAME} is missing"]
    try:
        wanted = read(folder)
    except UnicodeDecodeError:
        return [f"{NAME} is no text"]
    found = {file.relative_to(folder).as_posix(): file for file in files(folder)}
    out = [f"{name} is missing" for name in wanted if name not in found]
    out += [f"{name} is not in {NAME}" for name in found if name not in wanted]
    out += [f"{name} was changed" for name, file in found.items() if name in wanted and sum_of(file) != wanted[name]]
    return out
