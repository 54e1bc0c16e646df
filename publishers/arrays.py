"""Columns of values as Arrow arrays, laid out by their bytes.

`pyarrow.array` loads pandas to ask whether it was given anything of it: a quarter of a second and 130 MB for each run.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pyarrow as pa

pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps what it was given: 60 MB of a large run
_EPOCH = date(1970, 1, 1).toordinal()


def array_of(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values of one column, None as null.

    Raises:
        ValueError, TypeError, OverflowError: where a value is of another type, or does not fit.
    """
    present = [value is not None for value in values]
    buffers = _laid_out(values, kind)
    if buffers is None:
        return pa.array(values, kind)
    validity = None if all(present) else pa.py_buffer(_bits(present))
    return pa.Array.from_buffers(kind, len(values), [validity, *map(pa.py_buffer, buffers)])


def _laid_out(values: Sequence[Any], kind: pa.DataType) -> list[bytes | array[int]] | None:
    """The bytes of the values; None for a type that the contract did not have when this was written."""
    if kind == pa.string():
        texts = [b"" if text is None else str.encode(text) for text in values]
        return [array("i", accumulate(map(len, texts), initial=0)), b"".join(texts)]
    if kind in (pa.int32(), pa.int16()):
        return [array("i" if kind == pa.int32() else "h", _or_zero(values, int))]
    if kind == pa.bool_():
        return [_bits(_or_zero(values, bool))]
    if kind == pa.date32():
        return [array("i", [0 if day is None else date.toordinal(day) - _EPOCH for day in values])]
    if pa.types.is_timestamp(kind):
        return [array("q", [0 if moment is None else int(moment.timestamp()) * 1000 for moment in values])]
    if pa.types.is_decimal128(kind):
        return [b"".join(_steps(value, kind).to_bytes(16, "little", signed=True) for value in values)]
    return None


def _or_zero(values: Iterable[Any], kind: type) -> list[Any]:
    """The values with zero for null, all of one type: True is no whole number."""
    out = [0 if value is None else value for value in values]
    if not set(map(type, out)) <= {kind, int} or (kind is bool and any(type(value) is int for value in values)):
        raise TypeError(f"not all are of the type {kind.__name__}")
    return out


def _steps(value: Decimal | None, kind: pa.Decimal128Type) -> int:
    """A decimal as a whole number of its type's smallest steps."""
    if value is None:
        return 0
    steps = Decimal(value).scaleb(kind.scale)
    whole = int(steps)
    if whole != steps or abs(whole) >= 10**kind.precision:
        raise ValueError(f"{value} does not fit {kind}")
    return whole


def _bits(flags: Sequence[Any]) -> bytes:
    """One bit for each flag, the first one lowest."""
    digits = "".join("1" if flag else "0" for flag in reversed(flags))
    return int(digits or "0", 2).to_bytes((len(flags) + 7) // 8, "little")
