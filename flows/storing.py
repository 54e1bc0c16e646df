"""Where a run keeps what: one local folder always, and an address or another path for what more machines need.

    --output DIR                        all in DIR
    --output s3://b/p --state DIR       releases and status in DIR, copied to s3://b/p; archive at s3://b/p/archive
    --archive PLACE                     objects and readings there instead

The capture database and the lock stay in the local folder; a copy of the database goes beside the objects after a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from schemas.errors import ArchiveError, BusyError, StorageError
from sources.archive import NAME, Archive
from storage.locks import take_lock
from storage.places import Place, absolute, place_of, write_whole
from storage.remote import Remote

ARCHIVE = "archive"
_NOTE = "place.txt"  # in the local folder of an archive: where its objects and readings stand


@dataclass(frozen=True, slots=True)
class Output:
    """The local folder of a run, the address its releases are copied to, and where its archive stands, if elsewhere."""

    folder: Path
    address: Remote | None = None
    archive: Place | None = None


def output_of(output: str, state: Path | None = None, archive: str | None = None) -> Output:
    """What the options of a run say.

    Raises:
        StorageError: where they don't go together, or an address can't be used.
    """
    to, elsewhere = place_of(output), place_of(archive) if archive is not None else None
    if isinstance(to, Path):
        if state is not None:
            raise StorageError(f"--state is for an output at an address; {output} keeps its own state")
        return Output(to, None, elsewhere)
    if state is None:
        raise StorageError(f"give --state, a local folder for the capture database of {output}")
    return Output(state, to, elsewhere or to / ARCHIVE)


@contextmanager
def opened(output: Path, place: Place | None = None) -> Iterator[Archive]:
    """The archive below a local folder, held against other runs; `place` is where its objects are to stand.

    Raises:
        BusyError: where another run is going on.
        ArchiveError: where it can't be written, or its objects stand elsewhere than `place`.
    """
    folder = output / ARCHIVE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = take_lock(folder)
    except BlockingIOError:
        raise BusyError(f"{output}: another run is writing there") from None
    except OSError as error:
        raise ArchiveError(f"{folder}: the archive can't be written: {error.strerror}") from error
    with handle:
        stands = _settled(folder, place)
        archive = Archive(folder, stands)
        try:
            yield archive
        finally:
            archive.close()


def archive_in(output: Path) -> Archive:
    """The archive below a local folder, to look at.

    Raises:
        ArchiveError: where there is none, or it can't be opened.
    """
    folder = output / ARCHIVE
    if not (folder / NAME).is_file():
        raise ArchiveError(f"{folder} holds no archive")
    return Archive(folder, _noted(folder))


def copy_database(archive: Archive) -> None:
    """Copy the capture database to where the objects stand, if that is not here.

    Raises:
        ArchiveError: where it can't be written.
    """
    if archive.place == archive.folder:
        return
    copy = archive.folder / f".{NAME}.copy"
    try:
        archive.copy(copy)
        _copied(copy, archive.place / NAME)
    except OSError as error:
        raise ArchiveError(f"{archive.place}: the database can't be copied: {error.strerror}") from error
    finally:
        copy.unlink(missing_ok=True)


def _copied(file: Path, to: Place) -> None:
    if isinstance(to, Remote):
        to.put_file(file)
    else:
        write_whole(to, file.read_bytes())


def _noted(folder: Path) -> Place:
    """Where the objects of the archive in a folder stand, as the folder says."""
    note = folder / _NOTE
    try:
        return _kept(place_of(note.read_text(encoding="utf-8").strip()), folder) if note.exists() else folder
    except (OSError, UnicodeDecodeError, StorageError) as error:
        raise ArchiveError(f"{note}: {error}") from error


def _settled(folder: Path, asked: Place | None) -> Place:
    """Where the objects are to stand; noted for the first run, and never another place after that."""
    if (folder / NAME).exists() or asked is None:
        stands = _noted(folder)
        if asked is not None and str(stands) != str(absolute(asked)) and str(stands) != str(asked):
            raise ArchiveError(f"the objects of {folder} stand at {stands}, not at {asked}: give that, or move them")
        return stands
    try:
        _brought(asked / NAME, folder / NAME)
        write_whole(folder / _NOTE, f"{absolute(asked)}\n".encode())
    except OSError as error:
        raise ArchiveError(f"{folder}: the archive can't be begun: {error.strerror}") from error
    return _kept(absolute(asked), folder)


def _brought(copy: Place, database: Path) -> None:
    """The database of an archive that a run elsewhere began, from its copy beside the objects."""
    if not copy.exists():
        return
    aside = database.with_name(f".{NAME}.brought")
    if isinstance(copy, Remote):
        copy.get_file(aside)
    else:
        aside.write_bytes(copy.read_bytes())
    aside.replace(database)


def _kept(place: Place, folder: Path) -> Place:
    return replace(place, kept=folder) if isinstance(place, Remote) else place
