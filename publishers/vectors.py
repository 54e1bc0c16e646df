"""Columns as numbers: values by code, groups of rows, amounts in cents."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Index = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def coded(column: pa.ChunkedArray) -> tuple[Index, list[Any]]:
    """The values of a column that is not in a dictionary: the place of each row's value among the different ones, -1
    for null, and those."""
    array = column.combine_chunks().dictionary_encode()
    return array.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64), array.dictionary.to_pylist()


def codes(column: pa.ChunkedArray) -> Index:
    """The same without the values."""
    return coded(column)[0]


def together(*parts: Index) -> Index:
    """One number for each combination of numbers from -1, from 0 in the order in which they come."""
    out = parts[0] + 1
    for part in parts[1:]:
        out = dense(out * (int(part.max(initial=-1)) + 2) + part + 1)
    return dense(out)


def dense(numbers: Index) -> Index:
    """The same groups, numbered from 0 in the order in which they come."""
    found: Index = pa.array(numbers).dictionary_encode().indices.to_numpy().astype(np.int64)
    return found


def firsts(groups: Index) -> Index:
    """The first row of each group, for groups numbered from 0 without gaps."""
    out = np.full(int(groups.max(initial=-1)) + 1, len(groups), dtype=np.int64)
    np.minimum.at(out, groups, np.arange(len(groups)))
    return out


def distinct_within(groups: Index, values: Index) -> Index:
    """How many different values each group has, for groups numbered from 0 without gaps."""
    pairs = firsts(together(groups, values))
    return np.bincount(groups[pairs], minlength=int(groups.max(initial=-1)) + 1)


def rank_within(groups: Index, values: Index) -> Index:
    """The place of each row's value among the different values of its group, from 0."""
    order = np.lexsort((values, groups))
    g, v = groups[order], values[order]
    new_group = np.diff(g, prepend=-1) != 0
    steps = np.cumsum(new_group | (np.diff(v, prepend=v[:1]) != 0))
    out = np.empty(len(groups), dtype=np.int64)
    out[order] = steps - np.maximum.accumulate(np.where(new_group, steps, 0))
    return out


def cents(column: pa.ChunkedArray) -> tuple[Index, Mask]:
    """Amounts in cents, 0 for null, and where there is one."""
    array = column.combine_chunks()
    array = array if isinstance(array, pa.Array) else pa.concat_arrays(array.chunks)
    known = array.is_valid().to_numpy(zero_copy_only=False)
    wide = np.frombuffer(array.buffers()[1] or b"", dtype=np.int64)[::2]
    return np.where(known, wide[array.offset : array.offset + len(array)], 0), known


def amounts(in_cents: Index, known: Mask) -> pa.Array:
    """Cents as the amounts of the contract, null where not known."""
    wide = np.empty((len(in_cents), 2), dtype=np.int64)
    wide[:, 0], wide[:, 1] = in_cents, in_cents >> 63
    validity = pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(in_cents), [validity, pa.py_buffer(wide)])


def all_differ(keys: pa.ChunkedArray) -> bool:
    """Whether keys of one length surely all differ: then numbers made of their bytes do, and those are soon sorted.

    False where that can't be told, for keys of several lengths too.
    """
    numbers = [_numbers_of(chunk) for chunk in keys.chunks if len(chunk)]
    if any(part is None for part in numbers) or len({kind for kind in map(_width, keys.chunks) if kind}) > 1:
        return False
    ordered = np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *(part for part in numbers if part is not None)]))
    return not (ordered[1:] == ordered[:-1]).any()


def _width(texts: pa.Array) -> int:
    """How many bytes each text has; 0 where there are none."""
    return len(texts[0].as_py().encode()) if len(texts) and texts[0].is_valid else 0


def _numbers_of(texts: pa.Array) -> npt.NDArray[np.uint64] | None:
    """A number for each text, the same for the same text; None where they are not all of one multiple of 8 bytes."""
    width = _width(texts)
    if not pa.types.is_string(texts.type) or texts.null_count or not width or width % 8:
        return None
    _, bounds, content = texts.buffers()
    offsets = np.frombuffer(bounds, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    if (np.diff(offsets) != width).any():
        return None
    words = np.frombuffer(content, dtype=np.uint64, count=len(texts) * width // 8, offset=int(offsets[0]))
    factors = np.array([(2 * n + 1) * 0x9E3779B97F4A7C15 % 2**64 for n in range(width // 8)], dtype=np.uint64)
    mixed: npt.NDArray[np.uint64] = (words.reshape(-1, width // 8) * factors).sum(axis=1, dtype=np.uint64)
    return mixed
