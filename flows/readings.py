"""Readings: what was read from which bytes by which code, kept in the archive so that nothing is read twice.

A reading is one file of Arrow streams, the tables of the contract one after another. Its name follows from the bytes,
the entry of the sources file and the code, never from the name of a document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.code_version import code_version
from flows.document import DocumentResult, EachPage, failed, process_snapshot
from flows.packed import packed
from schemas.captures import Edition
from schemas.columns import Columns
from schemas.contract import ALL_TABLES, VERSION
from schemas.errors import ArchiveError, ReleaseError
from schemas.records import Bounds, Snapshot, Source
from sources.archive import read_object, write_whole

if TYPE_CHECKING:
    import pyarrow as pa

Frames = Mapping[str, "pa.Table"]


def reading_id_of(source: Source, edition: Edition) -> str:
    """The name of the reading of an edition, by all that it depends on."""
    said = replace(source, path=None, url=None, follow=(), include=(), exclude=(), most_pages=0, bounds=Bounds())
    parts = (VERSION, code_version(), edition.snapshot_id, edition.address, edition.url, edition.file_name, said)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def reading_path(archive: Path, reading_id: str) -> Path:
    """Where the archive in a folder keeps a reading."""
    return archive / "readings" / reading_id[:2] / f"{reading_id}.arrows"


def read_edition(source: Source, edition: Edition, archive: Path, each_page: EachPage | None = None) -> str:
    """Read an edition and keep the reading, where the archive has none yet; gives its name.

    Raises:
        ArchiveError: where the bytes are gone, or the reading can't be written.
    """
    reading_id = reading_id_of(source, edition)
    if not reading_path(archive, reading_id).exists():
        content = read_object(archive, edition.snapshot_id or "")
        snapshot = Snapshot(edition.snapshot_id or "", content, edition.file_name, edition.url)
        save(archive, reading_id, source, snapshot, each_page)
    return reading_id


def save(archive: Path, reading_id: str, source: Source, snapshot: Snapshot, each_page: EachPage | None = None) -> None:
    """Read a snapshot and keep what was read under a name."""
    result = process_snapshot(source, snapshot, each_page)
    try:
        content = _written(result)
    except ReleaseError as error:
        content = _written(failed(source, snapshot, "does_not_fit", str(error)))
    try:
        write_whole(reading_path(archive, reading_id), content)
    except OSError as error:
        raise ArchiveError(f"{archive}: a reading can't be written: {error.strerror}") from error


def _written(result: DocumentResult) -> bytes:
    import pyarrow as pa

    from publishers.frames import frame_of

    by_column = packed(result)
    rows: dict[str, Sequence[Any] | Columns] = {
        "budget_lines": by_column.lines,
        "tables": by_column.tables,
        "documents": [by_column.document],
        "findings": by_column.findings,
    }
    sink = pa.BufferOutputStream()
    for table in ALL_TABLES:
        frame = frame_of(table, rows[table.name])
        with pa.ipc.new_stream(sink, frame.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_table(frame)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def load(archive: Path, reading_id: str) -> Frames:
    """The frames of a reading by the name of their table.

    Raises:
        ArchiveError: where it is gone or damaged.
    """
    import pyarrow as pa

    try:
        source = pa.py_buffer(reading_path(archive, reading_id).read_bytes())
        reader = pa.BufferReader(source)
        frames = {}
        for table in ALL_TABLES:
            with pa.ipc.open_stream(reader) as stream:
                frames[table.name] = stream.read_all()
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError(f"the reading {reading_id} can't be read: {error}") from error
    return frames
