"""The release before: which one it is, and what it hands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publishers import checksums
from publishers.arrays import array_of
from publishers.content import Summary
from publishers.frames import plain
from publishers.history import summary
from publishers.history.changes import Comparison, compared
from publishers.history.persons import IsPersonal, nobody
from publishers.history.sides import read, side_in, side_of
from publishers.history.summary import summary_of
from publishers.history.withdrawn import withdrawn
from schemas.contract import ALL_TABLES, CHANGES, HISTORY_TABLES, WITHDRAWN, Table
from schemas.errors import ReleaseError
from schemas.renderings import arrow_schema

_READ = [f"{table.name}.parquet" for table in ALL_TABLES]
_HANDED_ON = [*(f"{table.name}.parquet" for table in HISTORY_TABLES), summary.NAME]


@dataclass(frozen=True, slots=True)
class History:
    """What a release says of the releases before it: the frames of `changes` and `withdrawn`, and the numbers."""

    frames: Mapping[str, pa.Table]
    summary: Summary


def usable(folders: Iterable[Path]) -> Path | None:
    """The first of these releases that can be compared with: its bytes are what they were, and its contract fits."""
    for folder in folders:
        try:
            side_in(folder)
        except ReleaseError:
            continue
        there = [name for name in _HANDED_ON if (folder / name).exists()]
        if checksums.are_as_written(folder, [*_READ, *there]):
            return folder
    return None


def between(before: Path, now: Path, is_personal: IsPersonal = nobody) -> tuple[Comparison, Summary]:
    """How one release on disk differs from another.

    Raises:
        ReleaseError: where one of them can't be read, or is not as it was written.
    """
    for folder in (before, now):
        side_in(folder)
        if not checksums.are_as_written(folder, _READ):
            raise ReleaseError(f"{folder}: its files are not as they were written: see `begroting check`")
    comparison = compared(side_in(before), side_in(now), is_personal)
    return comparison, summary_of(comparison, before.resolve().name)


def history_of(
    frames: Mapping[str, pa.Table], before: Path | None, digest: str, is_personal: IsPersonal = nobody
) -> History:
    """What a release, whose tables as read are in order, is to say of the one `before` it.

    A release whose data are the same as those before hands on what that one says: only thus is a run without changes
    no new release, and a release always compared with other data.
    """
    if before is None:
        return History({table.name: arrow_schema(table).empty_table() for table in HISTORY_TABLES}, Summary())
    handed_on = _handed_on(before) if _same_data(frames, before) else None
    if handed_on is not None:
        return handed_on
    comparison = compared(side_in(before), side_of(frames), is_personal)
    carried = _frame(before, WITHDRAWN)
    gone = withdrawn(comparison, arrow_schema(WITHDRAWN).empty_table() if carried is None else carried, digest)
    return History({CHANGES.name: comparison.changes, WITHDRAWN.name: gone}, summary_of(comparison, digest))


def _same_data(frames: Mapping[str, pa.Table], before: Path) -> bool:
    """Whether the tables that documents are read into are the same, small ones first, a column at a time."""
    for table in reversed(ALL_TABLES):
        path = before / f"{table.name}.parquet"
        if not pq.read_schema(path).equals(arrow_schema(table)):
            return False
        for name in frames[table.name].column_names:
            one = plain(frames[table.name].select([name])).column(0)
            if not one.equals(plain(read(path, name)).column(0)):
                return False
    return True


def _handed_on(before: Path) -> History | None:
    changes, gone = _frame(before, CHANGES), _frame(before, WITHDRAWN)
    try:
        said = summary.read(before)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # written before releases had a history
    if changes is None or gone is None:
        return None
    return History({CHANGES.name: changes, WITHDRAWN.name: gone}, said)


def _frame(folder: Path, table: Table) -> pa.Table | None:
    """A table of the release before with the columns of the contract as it is now; None where it has no such table."""
    path = folder / f"{table.name}.parquet"
    if not path.is_file():
        return None
    found = plain(read(path))
    schema, count = arrow_schema(table), found.num_rows
    arrays = [
        found.column(field.name).cast(field.type)
        if field.name in found.column_names
        else array_of([None] * count, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
