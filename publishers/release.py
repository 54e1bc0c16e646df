"""A release: written aside, read back, verified, and put in place in one step. `latest` moves last."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from publishers import checksums, csv_file, data_package, parquet_file, portal
from publishers.content import Content
from publishers.frames import check_enums
from schemas.contract import ALL_TABLES, BUDGET_LINES, DOCUMENTS, TABLES, Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema

LATEST = "latest"
_RELEASES = "releases"
_ASIDE = ".writing-"


def publish(content: Content, output: Path, now: datetime) -> Path:
    """Write a release and move `latest` to it; where nothing changed since the last one, that one is the answer.

    `now` only names the folder.

    Raises:
        ReleaseError: where the folder can't be written, another run writes there, or the files are not as meant.
    """
    with _locked(output) as releases:
        aside = releases / f"{_ASIDE}{os.getpid()}"
        try:
            aside.mkdir()
            write_files(content, aside)
            problems = verify(aside)
            if problems:
                raise ReleaseError("the release was not written as meant: " + "; ".join(problems))
            digest = content_hash(aside)
            current = latest(output)
            if current is not None and content_hash(current) == digest and not verify(current):
                return current.resolve()
            target = releases / f"{now:%Y%m%dT%H%M%SZ}-{digest}"
            if not _is_whole(target):  # it is there already where a run was killed before `latest` moved
                _sync(aside)
                if target.exists():
                    shutil.rmtree(target)
                aside.rename(target)
            _point(output, target)
        except OSError as error:
            raise ReleaseError(f"{output}: the release can't be written: {error.strerror}") from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return target


def _is_whole(folder: Path) -> bool:
    return folder.is_dir() and not verify(folder)


def write_files(content: Content, folder: Path) -> None:
    """The files of a release; the same content gives the same bytes."""
    for write in WRITERS:
        write(content, folder)
    checksums.write(folder)


def _write_tables(content: Content, folder: Path) -> None:
    for name, frame in content.frames.items():
        csv_file.write(frame, folder / f"{name}.csv")
        parquet_file.write(frame, folder / f"{name}.parquet")


def _write_package(content: Content, folder: Path) -> None:  # noqa: ARG001 - describes files
    data_package.write(ALL_TABLES, folder)


# In this order: what describes files comes after them.
WRITERS: tuple[Callable[[Content, Path], None], ...] = (_write_tables, _write_package, portal.write)


def latest(output: Path) -> Path | None:
    """The release that `latest` names, or None."""
    link = output / LATEST
    target = link.resolve() if link.is_symlink() else None
    return target if target is not None and target.is_dir() else None


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
        handle = (output / ".lock").open("w")
    except OSError as error:
        raise ReleaseError(f"{output}: can't be written: {error.strerror}") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ReleaseError(f"{output}: another run is writing there") from None
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


# --------------------------------------------------------------------------------------------------- verification


def verify(folder: Path) -> list[str]:
    """What is wrong with a release: hashes, schemas, CSV against Parquet, keys, references, sums; empty when whole."""
    problems = checksums.differences(folder)
    if problems:
        return problems
    frames: dict[str, pa.Table] = {}
    for table in ALL_TABLES:
        found, wrong = _verified_table(table, folder)
        problems += wrong
        if found is not None:
            frames[table.name] = found
    if len(frames) == len(ALL_TABLES):
        problems += _references(frames) + _sums(frames)
    return problems or data_package.differences(ALL_TABLES, folder)


def _verified_table(table: Table, folder: Path) -> tuple[pa.Table | None, list[str]]:
    try:
        parquet = parquet_file.read(folder / f"{table.name}.parquet")
        text = csv_file.read(table, folder / f"{table.name}.csv")
    except (OSError, pa.ArrowException) as error:
        return None, [f"{table.name}: can't be read back: {error}"]
    if not parquet.schema.equals(arrow_schema(table)):
        return None, [f"{table.name}: the schema is not the contract's"]
    problems = []
    if text.column_names != parquet.column_names:
        problems.append(f"{table.name}: the columns of the CSV are not the contract's")
    elif not text.cast(parquet.schema).equals(parquet):
        problems.append(f"{table.name}: CSV and Parquet differ")
    try:
        check_enums(table, parquet)
    except ReleaseError as error:
        problems.append(str(error))
    key = parquet.column(table.key[0])
    if len(key.unique()) != parquet.num_rows:
        problems.append(f"{table.name}: {table.key[0]} is no key")
    return parquet, problems


def _references(frames: Mapping[str, pa.Table]) -> list[str]:
    problems = []
    for table in ALL_TABLES:
        for field, other, key in table.refers:
            known = set(frames[other].column(key).to_pylist())
            strange = set(frames[table.name].column(field).to_pylist()) - known - {None}
            if strange:
                problems.append(f"{table.name}.{field}: {len(strange)} values are not in {other}.{key}")
    return problems


def _sums(frames: Mapping[str, pa.Table]) -> list[str]:
    """The counts of documents and tables against the lines, and the ledger of each document."""
    problems = []
    lines = frames[BUDGET_LINES.name]
    counted: dict[str, int] = {}
    for table_id in lines.column("table_id").to_pylist():
        counted[table_id] = counted.get(table_id, 0) + 1
    for row in frames[TABLES.name].select(["table_id", "line_count"]).to_pylist():
        if counted.get(row["table_id"], 0) != row["line_count"]:
            problems.append(
                f"tables: {row['table_id']} has {counted.get(row['table_id'], 0)} lines, not {row['line_count']}"
            )
    total = sum(frames[DOCUMENTS.name].column("line_count").to_pylist())
    if total != lines.num_rows:
        problems.append(f"documents count {total} lines, there are {lines.num_rows}")
    parts = ["published_token_count", "set_aside_token_count", "not_euros_token_count", "outside_token_count"]
    for row in frames[DOCUMENTS.name].select(["document_id", "source_id", "status", "token_count", *parts]).to_pylist():
        if row["status"] != "failed" and sum(row[part] for part in parts) != row["token_count"]:
            problems.append(f"documents: the ledger of {row['source_id']} does not close")
    return problems
