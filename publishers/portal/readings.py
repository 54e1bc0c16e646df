"""The readings of a table that was set aside, as a finding holds them, made into rows to show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_MOST = 3  # readings shown


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a table may be read: the heads of its columns and its first rows, label first."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def readings_in(values: str | None) -> tuple[Reading, ...]:
    """The readings that a finding holds; none where it holds something else, or was cut off."""
    try:
        found = json.loads(values or "")
        return tuple(_reading(one) for one in found[:_MOST])
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()


def _reading(one: dict[str, Any]) -> Reading:
    heads = tuple(_head(column) for column in one["columns"])
    return Reading(heads, tuple((str(row["label"]), *map(_shown, row["values"])) for row in one["rows"]))


def _head(column: dict[str, Any]) -> str:
    parts = (column["label"], "→", column["stage"], column["year"], column["measure"])
    return " ".join(str(part).replace("_", " ") for part in parts if part is not None and part != "")


def _shown(value: str | None) -> str:
    return "" if value is None else str(value)
