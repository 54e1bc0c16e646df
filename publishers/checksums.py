"""SHA256SUMS: the sha256 of every file of a release, as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
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


def differences(folder: Path) -> list[str]:
    """What is wrong with the files of a folder, by its sums."""
    path = folder / NAME
    if not path.is_file():
        return [f"{NAME} is missing"]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [f"{NAME} is no text"]
    lines = [line.partition("  ") for line in text.splitlines() if line]
    wanted = {name: digest for digest, _, name in lines}
    found = {file.relative_to(folder).as_posix(): file for file in files(folder)}
    out = [f"{name} is missing" for name in wanted if name not in found]
    out += [f"{name} is not in {NAME}" for name in found if name not in wanted]
    out += [f"{name} was changed" for name, file in found.items() if name in wanted and sum_of(file) != wanted[name]]
    return out
