"""What the columns of lines held before and hold now, where they differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from publishers.arrays import array_of
from publishers.history.rows import Places, differ, flags, indices, taken
from publishers.history.sides import Side
from schemas.contract import BUDGET_LINES

# Identifiers and places change with the bytes of a document though it says the same. Texts are part of the key.
_NOT_COMPARED = {
    "line_id", "line_key", "source_id", "snapshot_id", "table_id", "table_title", "section_path", "line_number",
    "column_number", "line_label", "column_label", "source_url", "page", "locator",
}  # fmt: skip
COMPARED = tuple(field.name for field in BUDGET_LINES.fields if field.name not in _NOT_COMPARED)
Flags = npt.NDArray[np.bool_]


def differing(old: Side, new: Side, old_at: Places, new_at: Places) -> dict[str, Flags]:
    """For each compared column that both releases have, in which of the matched lines it differs."""
    names = [name for name in COMPARED if name in old.columns and name in new.columns]
    return {name: differ(taken(old.column(name), old_at), taken(new.column(name), new_at)) for name in names}


def any_of(unequal: Mapping[str, Flags], count: int) -> Flags:
    """In which lines any column differs."""
    return reduce(np.logical_or, unequal.values(), np.zeros(count, dtype=bool))


def named(unequal: Mapping[str, Flags]) -> pa.Array:
    """The names of the columns that differ in each line, with commas between."""
    parts = [pc.if_else(flags(one), name, pa.scalar(None, pa.string())) for name, one in unequal.items()]
    return _together(parts, ",", _length(unequal))


def held(side: Side, places: Places, unequal: Mapping[str, Flags]) -> pa.Array:
    """The values of the columns that differ in each line, as a JSON object of texts."""
    parts = []
    for name, one in unequal.items():
        text = _json_text(taken(side.column(name), places).cast(pa.string()))
        entry = pc.binary_join_element_wise(json.dumps(name), text, ": ")
        parts.append(pc.if_else(flags(one), entry, pa.scalar(None, pa.string())))
    inner = _together(parts, ", ", _length(unequal))
    return pc.binary_join_element_wise("{", inner, "}", "")


def _json_text(values: pa.ChunkedArray) -> pa.Array:
    """Each text as JSON writes it, null as null."""
    encoded = values.combine_chunks().dictionary_encode()
    known = [json.dumps(value, ensure_ascii=False) for value in encoded.dictionary.to_pylist()]
    return pc.fill_null(array_of(known, pa.string()).take(encoded.indices), "null")


def _together(parts: list[pa.Array], between: str, count: int) -> pa.Array:
    if not parts or not count:
        return indices(np.full(count, -1, dtype=np.int64)).cast(pa.string())
    return pc.binary_join_element_wise(*parts, between, null_handling="skip")


def _length(unequal: Mapping[str, Flags]) -> int:
    return len(next(iter(unequal.values()), ()))
