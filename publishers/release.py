"""A release: written aside, read back, verified, and put in place in one step. `latest` moves last."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from publishers import (
    checksums,
    data_package,
    dictionaries,
    pointer,
    portal,
    retention,
    sqlite_file,
    table_files,
    workbooks,
)
from publishers.content import Content
from publishers.derived import derived
from publishers.history import files as history
from publishers.history.predecessor import history_of, usable
from publishers.order import ordered
from publishers.package_facts import facts_of
from publishers.verification import verify as verify
from schemas.contract import PUBLISHED_TABLES
from schemas.errors import ReleaseError
from schemas.settings import KEPT, Retention
from storage.locks import take_lock

LATEST = "latest"
_RELEASES = "releases"
_ASIDE = ".writing-"


def publish(content: Content, output: Path, now: datetime, kept: Retention = KEPT, processes: int = 1) -> Path:
    """Write a release and move `latest` to it; where nothing changed since the last one, that one is the answer.

    `now` only names the folder, and says how old other releases are. Those that need not be kept are deleted last.
    Large workbooks are written in up to `processes` processes, beside the rest of the release.

    Raises:
        ReleaseError: where the folder can't be written, another run writes there, or the files are not as meant.
    """
    with _locked(output) as releases:
        aside = releases / f"{_ASIDE}{os.getpid()}"
        try:
            aside.mkdir()
            write_files(replace(content, before=_release_before(output)), aside, processes)
            problems = verify(aside)
            if problems:
                raise ReleaseError("the release was not written as meant: " + "; ".join(problems))
            digest = content_hash(aside)
            current = latest(output)
            if current is not None and content_hash(current) == digest and not verify(current):
                pointer.write(output, pointer.pointer_of(current.resolve()))
                retention.apply(output, current, now, kept)
                return current
            target = releases / f"{now:%Y%m%dT%H%M%SZ}-{digest}"
            if not _is_whole(target):  # it is there already where a run was killed before `latest` moved
                _sync(aside)
                if target.exists():
                    shutil.rmtree(target)
                aside.rename(target)
            _point(output, target)
            pointer.write(output, pointer.pointer_of(target))
            retention.apply(output, target, now, kept)
        except OSError as error:
            raise ReleaseError(f"{output}: the release can't be written: {error.strerror}") from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return target


def adopt(folder: Path, output: Path, name: str) -> bool:
    """Move a release that came from elsewhere in place, and `latest` to it; False where it is not whole.

    Raises:
        ReleaseError: where the folder can't be written, or another run writes there.
    """
    if verify(folder) or not name.endswith(f"-{content_hash(folder)}"):
        return False
    with _locked(output) as releases:
        try:
            _sync(folder)
            shutil.rmtree(releases / name, ignore_errors=True)
            folder.rename(releases / name)
            _point(output, releases / name)
            pointer.write(output, pointer.pointer_of(releases / name))
        except OSError as error:
            raise ReleaseError(f"{output}: the release can't be written: {error.strerror}") from error
    return True


def _is_whole(folder: Path) -> bool:
    return folder.is_dir() and not verify(folder)


def write_files(content: Content, folder: Path, processes: int = 1) -> None:
    """The files of a release; the same content gives the same bytes."""
    whole = completed(content)
    table_files.write(whole, folder)
    with workbooks.written_beside(whole, folder, processes):
        for write in BESIDE_WORKBOOKS:
            write(whole, folder)
    for write in LAST:
        write(whole, folder)
    checksums.write(folder)


def completed(content: Content) -> Content:
    """The content with its rows in the order of a release, with the tables that are made of them, and with what is
    said of the release before.
    """
    frames, before = ordered(content.frames), content.before
    said = history_of(frames, before, content_hash(before) if before else "", content.is_personal)
    return replace(content, frames={**frames, **derived(frames), **said.frames}, summary=said.summary)


def _write_metadata(content: Content, folder: Path) -> None:
    if content.publication is not None:
        from publishers.portals import files

        files.write(content, folder)


def _write_package(content: Content, folder: Path) -> None:
    data_package.write(PUBLISHED_TABLES, folder, facts_of(content))


BESIDE_WORKBOOKS: tuple[Callable[[Content, Path], None], ...] = (
    history.write,
    sqlite_file.write,
    dictionaries.write,
    portal.write,
)
# In this order: what describes files comes after them; the first page links to all.
LAST: tuple[Callable[[Content, Path], None], ...] = (_write_metadata, _write_package, portal.write_index)


def latest(output: Path) -> Path | None:
    """The release that `latest` names, or None."""
    link = output / LATEST
    target = link.resolve() if link.is_symlink() else None
    return target if target is not None and target.is_dir() else None


def _release_before(output: Path) -> Path | None:
    """The release that a new one is compared with: `latest`, or where it is damaged, the last whole one before it."""
    current = latest(output)
    if current is None:
        return None
    older = sorted((one for one in current.parent.iterdir() if one.is_dir() and one.name < current.name), reverse=True)
    return usable(one for one in (current, *older) if not one.name.startswith("."))


def content_hash(folder: Path) -> str:
    """The first 12 hexadecimal digits of the sha256 of a release's sums; empty where they are gone."""
    if not (folder / checksums.NAME).is_file():
        return ""
    return hashlib.sha256((folder / checksums.NAME).read_bytes()).hexdigest()[:12]


@contextmanager
def _locked(output: Path) -> Iterator[Path]:
    """The folder of releases, held against other runs; what a run that was killed left there is removed."""
    releases = output / _RELEASES
    try:
        releases.mkdir(parents=True, exist_ok=True)
        handle = take_lock(output)
    except BlockingIOError:
        raise ReleaseError(f"{output}: another run is writing there") from None
    except OSError as error:
        raise ReleaseError(f"{output}: can't be written: {error.strerror}") from error
    with handle:
        for left in releases.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield releases


def _sync(folder: Path) -> None:
    for path in [*checksums.files(folder), folder / checksums.NAME, folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _point(output: Path, target: Path) -> None:
    """Move `latest` in one step."""
    link = output / f".{LATEST}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(_RELEASES) / target.name)
    try:
        link.replace(output / LATEST)
    finally:
        link.unlink(missing_ok=True)
