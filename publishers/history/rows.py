"""Rows of a release by their places, where -1 stands for no row."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Places: TypeAlias = "npt.NDArray[np.int64]"


def taken(column: pa.ChunkedArray, places: Places) -> pa.ChunkedArray:
    """The values of a column at the places, null where there is no row."""
    if len(places) == len(column) and (places == np.arange(len(places))).all():
        return column
    return pa.chunked_array([*column.take(indices(places)).chunks], column.type)


def indices(places: Places) -> pa.Array:
    """Places as Arrow takes them, null for none."""
    there = places >= 0
    validity = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(places), [validity, pa.py_buffer(np.ascontiguousarray(places))])


def flags(values: npt.NDArray[np.bool_]) -> pa.Array:
    """Flags as Arrow has them."""
    bits = np.packbits(values, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(bits)])


def differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Where two columns differ; null equals null only."""
    unequal = pc.fill_null(pc.not_equal(one, other), False)
    if one.null_count or other.null_count:
        unequal = pc.or_(unequal, pc.xor(pc.is_null(one), pc.is_null(other)))
    return unequal.to_numpy().astype(bool)  # type: ignore[no-any-return]
