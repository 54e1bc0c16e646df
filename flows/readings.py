"""Readings: what was read from which bytes by which code, kept in the archive so that nothing is read twice.

A reading is one file of Arrow streams, the tables of the contract one after another. Its name follows from the bytes,
the entry of the sources file and the code, never from the name of a document.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.code_version import code_version
from flows.document import DocumentResult, EachPage, failed, process_snapshot
from schemas.captures import Edition
from schemas.contract import ALL_TABLES, VERSION
from schemas.errors import ArchiveError, ReleaseError
from schemas.records import Bounds, Snapshot, Source
from schemas.renderings import arrow_schema
from sources.archive import read_object
from storage.places import Place, open_kept, read_kept, write_kept

if TYPE_CHECKING:
    import pyarrow as pa

_LARGE = 1_000_000  # bytes of a document after which memory is handed back
_AT_A_TIME = 1000  # rows that are laid out at a time: a large document has fifty thousand
_ORDER = sorted(ALL_TABLES, key=lambda table: table.name != "documents")  # the document first
Frames = Mapping[str, "pa.Table"]


def reading_id_of(source: Source, edition: Edition) -> str:
    """The name of the reading of an edition, by all that it depends on."""
    said = replace(source, path=None, url=None, follow=(), include=(), exclude=(), most_pages=0, bounds=Bounds())
    parts = (VERSION, code_version(), edition.snapshot_id, edition.address, edition.url, edition.file_name, said)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def reading_path(archive: Place, reading_id: str) -> Place:
    """Where the archive at a place keeps a reading."""
    return archive / "readings" / reading_id[:2] / f"{reading_id}.arrows"


def read_edition(source: Source, edition: Edition, archive: Place, each_page: EachPage | None = None) -> str:
    """Read an edition and keep the reading, where the archive has none yet; gives its name.

    Raises:
        ArchiveError: where the bytes are gone, or the reading can't be written.
    """
    reading_id = reading_id_of(source, edition)
    if _is_read(archive, reading_id):
        return reading_id
    result, size = _read(source, edition, archive, each_page)
    if size > _LARGE:
        _give_back()
    try:
        content = _written(result)
    except ReleaseError as error:
        content = _written(failed(source, _snapshot(edition, b""), "does_not_fit", str(error)))
    _keep(archive, reading_id, content)
    return reading_id


def save_crashed(archive: Place, source: Source, edition: Edition, how: str) -> None:
    """Keep a failed reading of an edition whose reading ended its process, so that it ends no other run.

    Raises:
        ArchiveError: where the reading can't be written.
    """
    reading_id = reading_id_of(source, edition)
    message = f"reading it ended the process, twice ({how}); to try again, remove the reading {reading_id}"
    _keep(archive, reading_id, _written(failed(source, _snapshot(edition, b""), "crashed", message)))


def _is_read(archive: Place, reading_id: str) -> bool:
    try:
        return reading_path(archive, reading_id).exists()
    except OSError as error:
        raise ArchiveError(f"{archive}: the readings can't be looked at: {error.strerror}") from error


def _keep(archive: Place, reading_id: str, content: memoryview) -> None:
    try:
        write_kept(reading_path(archive, reading_id), content)
    except OSError as error:
        raise ArchiveError(f"{archive}: a reading can't be written: {error.strerror}") from error


def _read(source: Source, edition: Edition, archive: Place, each_page: EachPage | None) -> tuple[DocumentResult, int]:
    """The rows of an edition and its size; its bytes are let go of before anything else takes memory."""
    snapshot = _snapshot(edition, read_object(archive, edition.snapshot_id or ""))
    return process_snapshot(source, snapshot, each_page), len(snapshot.content)


def _give_back() -> None:
    """Hand back what reading a large document has freed, before Arrow takes memory of its own: glibc would keep it."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _snapshot(edition: Edition, content: bytes) -> Snapshot:
    return Snapshot(edition.snapshot_id or "", content, edition.file_name, edition.url)


def _written(result: DocumentResult) -> memoryview:
    import pyarrow as pa

    from publishers.frames import frame_of

    rows: dict[str, Sequence[Any]] = {
        "budget_lines": result.lines,
        "tables": result.tables,
        "documents": [result.document],
        "findings": result.findings,
    }
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    for table in _ORDER:
        with pa.ipc.new_stream(sink, arrow_schema(table), options=options) as writer:
            for start in range(0, len(rows[table.name]), _AT_A_TIME):
                writer.write_table(frame_of(table, rows[table.name][start : start + _AT_A_TIME]))
    return memoryview(sink.getvalue())


def document_of(archive: Place, reading_id: str) -> dict[str, Any]:
    """The row of the document of a reading, without its lines.

    Raises:
        ArchiveError: where it is gone or damaged.
    """
    import pyarrow as pa

    try:
        with open_kept(reading_path(archive, reading_id)) as file, pa.ipc.open_stream(file) as stream:
            row: dict[str, Any] = stream.read_all().to_pylist()[0]
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError(f"the reading {reading_id} can't be read: {error}") from error
    return row


def load(archive: Place, reading_id: str) -> Frames:
    """The frames of a reading by the name of their table.

    Raises:
        ArchiveError: where it is gone or damaged.
    """
    import pyarrow as pa

    try:
        source = pa.py_buffer(read_kept(reading_path(archive, reading_id)))
        reader = pa.BufferReader(source)
        frames = {}
        for table in _ORDER:
            with pa.ipc.open_stream(reader) as stream:
                frames[table.name] = stream.read_all()
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError(f"the reading {reading_id} can't be read: {error}") from error
    return frames
