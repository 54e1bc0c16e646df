"""The archive: every version of every document by its sha256, and every look at an address, in SQLite.

    objects/ab/abcd...     the bytes, written once, never changed
    captures.sqlite        captures, runs, and the editions that each run published
    readings/              what was read from which bytes by which code (flows/readings.py)

Objects and readings may stand at another place, which any machine can reach; the database stays in its local folder.
Bytes are on the disk before a row names them, so a run that is killed leaves at most bytes that nobody names.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.captures import Capture, Outcome, Validators, Version
from schemas.errors import ArchiveError
from storage.places import Place, write_whole

NAME = "captures.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS captures (
    capture_id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, address TEXT NOT NULL, captured_at TEXT NOT NULL,
    outcome TEXT NOT NULL, snapshot_id TEXT, url TEXT, final_url TEXT, status INTEGER, headers TEXT NOT NULL,
    reason TEXT NOT NULL, message TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS captures_by_address ON captures (source_id, address, capture_id);
CREATE TABLE IF NOT EXISTS runs (
    run_id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, sources_id TEXT NOT NULL,
    code_version TEXT NOT NULL, release TEXT, exit INTEGER);
CREATE TABLE IF NOT EXISTS source_runs (
    run_id INTEGER NOT NULL, source_id TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL,
    message TEXT NOT NULL, facts TEXT NOT NULL, editions TEXT NOT NULL, PRIMARY KEY (run_id, source_id));
CREATE INDEX IF NOT EXISTS runs_by_source ON source_runs (source_id, run_id);
"""
_CAPTURE = "source_id, address, captured_at, outcome, snapshot_id, url, final_url, status, headers, reason, message"


class Archive:
    """The archive in a folder; `place` is where objects and readings stand. Safe to use from threads of one process.

    Raises:
        ArchiveError: where the folder can't be written, or what stands there is no archive.
    """

    def __init__(self, folder: Path, place: Place | None = None) -> None:
        self.folder = folder
        self.place: Place = place if place is not None else folder
        self._lock = threading.RLock()
        with _located(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._rows = sqlite3.connect(folder / NAME, check_same_thread=False, isolation_level=None, timeout=30)
            self._rows.execute("PRAGMA journal_mode=WAL")
            self._rows.execute("PRAGMA synchronous=NORMAL")
            self._rows.executescript(_TABLES)

    def close(self) -> None:
        """Close the database."""
        self._rows.close()

    # ------------------------------------------------------------------------------------------------- bytes

    def path(self, snapshot_id: str) -> Place:
        """Where the bytes of a snapshot stand."""
        return object_path(self.place, snapshot_id)

    def has(self, snapshot_id: str) -> bool:
        """Whether the bytes of a snapshot are there."""
        with _located(self.place):
            return self.path(snapshot_id).exists()

    def store(self, content: bytes) -> str:
        """Keep bytes; the same bytes once. Gives their sha256."""
        snapshot_id = hashlib.sha256(content).hexdigest()
        path = self.path(snapshot_id)
        with _located(self.place):
            if not path.exists():
                write_whole(path, content)
        return snapshot_id

    def read(self, snapshot_id: str) -> bytes:
        """The bytes of a snapshot.

        Raises:
            ArchiveError: where they are gone or were changed.
        """
        return read_object(self.place, snapshot_id)

    # ---------------------------------------------------------------------------------------------- captures

    def record(self, capture: Capture) -> None:
        """Keep a capture."""
        self.record_all([capture])

    def record_all(self, captures: Sequence[Capture]) -> None:
        """Keep captures, all or none."""
        marks = ", ".join("?" * (_CAPTURE.count(",") + 1))
        with self._transaction():
            self._rows.executemany(
                f"INSERT INTO captures ({_CAPTURE}) VALUES ({marks})",  # noqa: S608
                [_values(capture) for capture in captures],
            )

    def captures(self, source_id: str | None = None, address: str | None = None) -> list[Capture]:
        """The captures, oldest first; of one source, or of one address of it."""
        wanted = [
            (name, value) for name, value in (("source_id", source_id), ("address", address)) if value is not None
        ]
        where = " WHERE " + " AND ".join(f"{name} = ?" for name, _ in wanted) if wanted else ""
        rows = self._execute(f"SELECT {_CAPTURE} FROM captures{where} ORDER BY capture_id", [v for _, v in wanted])  # noqa: S608
        return [_capture(row) for row in rows]

    def validators(self, source_id: str, address: str, *, after: datetime) -> tuple[Validators | None, str | None]:
        """What to send so that unchanged bytes are not sent again, and the snapshot that they are.

        Only where an answer with those bytes came after a moment: from time to time a document is asked for whole.
        """
        rows = self._execute(
            "SELECT final_url, headers, snapshot_id, captured_at FROM captures WHERE source_id = ? AND address = ? "
            "AND status = 200 AND snapshot_id IS NOT NULL ORDER BY capture_id DESC LIMIT 1",
            (source_id, address),
        )
        if not rows:
            return None, None
        final_url, headers, snapshot_id, captured_at = rows[0]
        if datetime.fromisoformat(captured_at) < after or not self.has(snapshot_id):
            return None, None
        named = {name.lower(): value for name, value in json.loads(headers)}
        return Validators(final_url, named.get("etag", ""), named.get("last-modified", "")), snapshot_id

    def versions(self, source_id: str, address: str) -> list[Version]:
        """The versions of a document in the order they were seen; one that came back is a version again."""
        rows = self._execute(
            "SELECT snapshot_id, captured_at, url FROM captures WHERE source_id = ? AND address = ? "
            "AND snapshot_id IS NOT NULL ORDER BY capture_id",
            (source_id, address),
        )
        out: list[Version] = []
        for snapshot_id, captured_at, url in rows:
            if not out or out[-1].snapshot_id != snapshot_id:
                since = datetime.fromisoformat(captured_at) if url else None
                out.append(Version(snapshot_id, since, len(out) + 1, out[-1].snapshot_id if out else None))
        return out

    def addresses(self, source_id: str) -> list[str]:
        """The web addresses at which a source once had a document, in order."""
        rows = self._execute(
            "SELECT DISTINCT address FROM captures WHERE source_id = ? AND snapshot_id IS NOT NULL AND url IS NOT NULL",
            (source_id,),
        )
        return sorted(row[0] for row in rows)

    # ------------------------------------------------------------------------------------------------- runs

    def begin_run(self, started_at: datetime, sources_text: bytes, code_version: str) -> int:
        """Note that a run begins; its sources file is kept like a document. Gives its number."""
        sources_id = self.store(sources_text)
        with self._lock:
            done = self._rows.execute(
                "INSERT INTO runs (started_at, sources_id, code_version) VALUES (?, ?, ?)",
                (_text(started_at), sources_id, code_version),
            )
            return int(done.lastrowid or 0)

    def end_run(
        self, run_id: int, ended_at: datetime, release: str | None, status: int, sources: Iterable[Sequence[object]]
    ) -> None:
        """Note how a run ended, and for each source its state and editions, in one step."""
        with self._transaction():
            self._rows.executemany(
                "INSERT INTO source_runs (run_id, source_id, state, since, reason, message, facts, editions) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(run_id, *one) for one in sources],
            )
            self._rows.execute(
                "UPDATE runs SET ended_at = ?, release = ?, exit = ? WHERE run_id = ?",
                (_text(ended_at), release, status, run_id),
            )

    def runs(self) -> list[dict[str, object]]:
        """All runs, oldest first."""
        names = ("run_id", "started_at", "ended_at", "sources_id", "code_version", "release", "exit")
        rows = self._execute(f"SELECT {', '.join(names)} FROM runs ORDER BY run_id")  # noqa: S608
        return [dict(zip(names, row, strict=True)) for row in rows]

    def source_runs(self, run_id: int | None = None) -> list[dict[str, str]]:
        """What a run says of its sources; without a run, the newest word on each source."""
        names = ("source_id", "state", "since", "reason", "message", "facts", "editions")
        newest = "(SELECT max(run_id) FROM source_runs b WHERE b.source_id = a.source_id)"
        wanted = f"run_id = {'?' if run_id else newest} ORDER BY source_id"
        rows = self._execute(
            f"SELECT {', '.join(names)} FROM source_runs a WHERE {wanted}",  # noqa: S608
            (run_id,) if run_id else (),
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def copy(self, to: Path) -> None:
        """Write a whole copy of the database to a local file, as it is now."""
        to.unlink(missing_ok=True)
        self._execute("VACUUM INTO ?", (str(to),))

    # ---------------------------------------------------------------------------------------------- verifying

    def problems(self) -> Iterator[str]:
        """What is wrong with the archive: bytes that are gone or changed, a database that is not whole."""
        for (word,) in self._execute("PRAGMA integrity_check"):
            if word != "ok":
                yield f"{NAME}: {word}"
        wanted = "SELECT snapshot_id FROM captures WHERE snapshot_id IS NOT NULL UNION SELECT sources_id FROM runs"
        for (snapshot_id,) in self._execute(f"{wanted} ORDER BY 1"):
            try:
                self.read(snapshot_id)
            except ArchiveError as error:
                yield str(error)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, _located(self.folder):
            self._rows.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._rows.execute("ROLLBACK")
                raise
            self._rows.execute("COMMIT")

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, _located(self.folder):
            return self._rows.execute(statement, values).fetchall()


def object_path(place: Place, snapshot_id: str) -> Place:
    """Where an archive keeps the bytes of a snapshot."""
    return place / "objects" / snapshot_id[:2] / snapshot_id


def read_object(place: Place, snapshot_id: str) -> bytes:
    """The bytes of a snapshot of the archive whose objects stand at a place.

    Raises:
        ArchiveError: where they are gone or were changed.
    """
    try:
        content = object_path(place, snapshot_id).read_bytes()
    except OSError as error:
        raise ArchiveError(f"the bytes of {snapshot_id} can't be read: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != snapshot_id:
        raise ArchiveError(f"the bytes of {snapshot_id} were changed where they are kept")
    return content


@contextmanager
def _located(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{place}: the archive can't be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{place / NAME}: {error}") from error


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _values(capture: Capture) -> tuple[object, ...]:
    return (
        capture.source_id,
        capture.address,
        _text(capture.captured_at),
        capture.outcome.value,
        capture.snapshot_id,
        capture.url,
        capture.final_url,
        capture.status,
        json.dumps(capture.headers),
        capture.reason,
        capture.message,
    )


def _capture(row: Sequence[Any]) -> Capture:
    source_id, address, captured_at, outcome, snapshot_id, url, final_url, status, headers, reason, message = row
    pairs = tuple((name, value) for name, value in json.loads(headers))
    when = datetime.fromisoformat(captured_at)
    known = Outcome(outcome)
    return Capture(source_id, address, when, known, snapshot_id, url, final_url, status, pairs, reason, message)
