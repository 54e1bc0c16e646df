"""A release at an address of fsspec: its files first, read back and compared, `latest.json` last."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from publishers import checksums, pointer
from publishers.release import adopt, latest
from schemas.errors import ReleaseError
from storage.places import at_once
from storage.remote import Remote

_RELEASES = "releases"
_ASIDE = ".bringing"


def send(folder: Path, to: Remote) -> Remote:
    """Copy a whole release to an address and let `latest.json` there name it; gives the address of the release.

    What is there already is not sent again.

    Raises:
        ReleaseError: where it can't be written, or is not read back as it is here.
    """
    said, target = pointer.pointer_of(folder), to / _RELEASES / folder.name
    try:
        known = pointer.read(to) == said
        _put(folder, target, [path.relative_to(folder).as_posix() for path in checksums.files(folder)], by_size=known)
        _put(folder, target, [checksums.NAME], by_size=known)  # where the sums are, the files are
        pointer.write(to, said)
    except OSError as error:
        raise ReleaseError(f"{to}: the release can't be written: {error.strerror}") from error
    return target


def bring(source: Remote, output: Path) -> bool:
    """Copy the newest release at an address to a folder that has none, so that a run can compare with it.

    False where there is none, or it is not whole by the contract of today: then a run publishes anew.

    Raises:
        ReleaseError: where the address can't be read.
    """
    said = pointer.read(source)
    if said is None or latest(output) is not None:
        return False
    origin = source / _RELEASES / said.release
    aside = output / _RELEASES / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        (origin / checksums.NAME).get_file(aside / checksums.NAME)
        names = [line.partition("  ")[2] for line in (aside / checksums.NAME).read_text(encoding="utf-8").splitlines()]
        for name in names:
            if not _is_below(name):
                raise ReleaseError(f"{origin / checksums.NAME} names {name!r}, which is not below it")
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
        at_once(lambda name: _below(origin, name).get_file(aside / name), names)
        return adopt(aside, output, said.release)
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{origin}: can't be read: {error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(folder: Path, target: Remote, names: Sequence[str], *, by_size: bool) -> None:
    """Send the files that are not there yet, and read them back; `by_size` says that they were read back before."""
    same = _has_size if by_size else _is_same
    left = _without(folder, target, names, same)
    at_once(lambda name: _below(target, name).put_file(folder / name), left)
    wrong = _without(folder, target, left, _is_same)
    if wrong:
        raise ReleaseError(f"{target} was not written as meant: {', '.join(wrong)}")


def _without(folder: Path, target: Remote, names: Sequence[str], same: Callable[[Path, Remote], bool]) -> list[str]:
    found = at_once(lambda name: same(folder / name, _below(target, name)), names)
    return [name for name, is_same in zip(names, found, strict=True) if not is_same]


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _below(place: Remote, name: str) -> Remote:
    for part in PurePosixPath(name).parts:
        place = place / part
    return place


def _has_size(file: Path, remote: Remote) -> bool:
    try:
        return remote.size() == file.stat().st_size
    except FileNotFoundError:
        return False


def _is_same(file: Path, remote: Remote) -> bool:
    if not _has_size(file, remote):
        return False
    digest = hashlib.sha256()
    for part in remote.parts():
        digest.update(part)
    return digest.hexdigest() == checksums.sum_of(file)
