"""The order of a release: by publisher, document year and source, inside a source as it was read; and its parts.

A part is what one publisher says in the documents of one year, and for tables over the years what is made of all its
documents. The rows of a part stand together in every table, so that a part is a slice, and the whole file is its parts
one after another. Rows of no document (findings about a source that has none) belong to no part and stand first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.contract import ALL_TABLES, DERIVED_TABLES, DOCUMENTS
from schemas.errors import ReleaseError

Frames = Mapping[str, pa.Table]
Index = npt.NDArray[np.int64]
_CODE = re.compile(r"[a-z]{2,4}[0-9]{1,6}")
_Key = TypeVar("_Key")
_AFTER_ALL_YEARS = 9999
_FEW_RUNS = 16  # rows for each run of one source, above which runs are moved as they are


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of one publisher and year, or of all years, and where its rows stand in tables: start, length."""

    publisher_id: str
    document_year: int | None
    slices: Mapping[str, tuple[int, int]]

    @property
    def folder(self) -> str:
        """Its address inside a release, without an end of a path."""
        year = "" if self.document_year is None else f"/{self.document_year}"
        return f"by_publisher/{self.publisher_id}{year}"


def ordered(frames: Frames) -> dict[str, pa.Table]:
    """The tables that were read with their rows in the order of a release. Nothing is copied where rows need not move.

    Raises:
        ReleaseError: where a source has documents of two publishers or years.
    """
    ranks = _source_ranks(frames[DOCUMENTS.name])
    read = {table.name: frames[table.name] for table in ALL_TABLES}
    return {name: _moved(frame, _ranks_of(frame, ranks)) for name, frame in read.items()}


def parts_of(frames: Frames) -> list[Part]:
    """The parts of tables that are in order, those of the years of a publisher before that of all its documents.

    Raises:
        ReleaseError: where a publisher's code can't be the name of a folder.
    """
    ranks = _source_ranks(frames[DOCUMENTS.name])
    of_years = [(publisher, year) for publisher, year, _ in ranks]
    publishers = list(dict.fromkeys(publisher for publisher, _ in of_years))
    if strange := [publisher for publisher in publishers if not _CODE.fullmatch(publisher)]:
        raise ReleaseError(f"{strange[0]!r} is no code of a publisher")
    read = {table.name: _ranks_of(frames[table.name], ranks) for table in ALL_TABLES}
    made = {
        table.name: _places(frames[table.name].column("publisher_id"), publishers)
        for table in DERIVED_TABLES
        if table.name in frames
    }
    parts = [Part(*key, slices) for key, slices in _slices(read, of_years)]
    parts += [Part(publisher, None, slices) for publisher, slices in _slices(made, publishers) if slices]
    return sorted(parts, key=lambda part: (part.publisher_id, part.document_year or _AFTER_ALL_YEARS))


def _slices(places: Mapping[str, Index], keys: Sequence[_Key]) -> list[tuple[_Key, dict[str, tuple[int, int]]]]:
    """For each key, which may take in several neighbours, where its rows stand; `places` are rows among keys."""
    bounds = {name: np.searchsorted(of_rows, np.arange(len(keys) + 1)) for name, of_rows in places.items()}
    firsts = [n for n, key in enumerate(keys) if n == 0 or keys[n - 1] != key] + [len(keys)]
    return [
        (keys[first], {name: (int(at[first]), int(at[after] - at[first])) for name, at in bounds.items()})
        for first, after in pairwise(firsts)
    ]


def unplaced(frame: pa.Table, name: str, parts: Sequence[Part]) -> pa.Table:
    """The rows of a table that belong to no part."""
    starts = [part.slices[name][0] for part in parts if name in part.slices]
    return frame.slice(0, min(starts, default=frame.num_rows))


def _source_ranks(documents: pa.Table) -> list[tuple[str, int, str]]:
    """Publisher, year and source of each source, in order."""
    known = documents.select(["publisher_id", "document_year", "source_id"])
    found = sorted(set(zip(*(column.to_pylist() for column in known.itercolumns()), strict=True)))
    if len({source for _, _, source in found}) != len(found):
        raise ReleaseError("a source has documents of two publishers or years")
    return found


def _ranks_of(frame: pa.Table, ranks: Sequence[tuple[str, int, str]]) -> Index:
    """The rank of each row's source; -1 for a source without documents."""
    return _places(frame.column("source_id"), [source for _, _, source in ranks])


def _places(column: pa.ChunkedArray, values: Sequence[str]) -> Index:
    """The place of each row's value among others; -1 where it is none of them."""
    known = pa.array(values, pa.string())
    out: list[Index] = [np.empty(0, dtype=np.int64)]
    for chunk in column.chunks:
        coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        places = pc.fill_null(pc.index_in(coded.dictionary, known), -1).to_numpy(zero_copy_only=False)
        out.append(places.astype(np.int64)[coded.indices.to_numpy(zero_copy_only=False)])
    return np.concatenate(out)


def _moved(frame: pa.Table, ranks: Index) -> pa.Table:
    if not len(ranks) or (ranks[1:] >= ranks[:-1]).all():
        return frame
    starts = np.flatnonzero(np.diff(ranks, prepend=-2))
    if len(starts) * _FEW_RUNS > len(ranks):
        return frame.take(pa.array(np.argsort(ranks, kind="stable")))
    ends = np.append(starts[1:], len(ranks))
    runs = np.argsort(ranks[starts], kind="stable")
    return pa.concat_tables([frame.slice(int(starts[n]), int(ends[n] - starts[n])) for n in runs])
