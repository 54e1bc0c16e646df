"""What was said of persons is not said again: of removed lines, and of what lines said before."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from publishers.arrays import array_of

IsPersonal = Callable[[str], bool]
_WORDS = ("table_title", "section_path", "line_label", "column_label")
_TEXTS = ("programme", "publisher_name")  # columns of lines with words of the document


def nobody(text: str) -> bool:  # noqa: ARG001 - the rule that finds no one
    """That no text is about a person."""
    return False


def without_persons(changes: pa.Table, is_personal: IsPersonal) -> pa.Table:
    """Changes without the words and the amount of removed lines that may be about a person, and without what lines
    said before where that names one.
    """
    gone = pc.is_null(changes.column("new_line_id"))
    about = pa.scalar(False)
    for name in _WORDS:
        texts = changes.column(name).filter(gone).unique().to_pylist()
        found = array_of([text for text in texts if is_personal(text)], pa.string())
        about = pc.or_(about, pc.is_in(changes.column(name), value_set=found))
    hidden = pc.and_(gone, about)
    if pc.any(hidden).as_py():
        for name in _WORDS:
            changes = _set(changes, name, pc.if_else(hidden, "", changes.column(name)))
        for name in ("old_amount_eur", "measure"):
            changes = _without(changes, name, hidden)
    return _without_values(changes, is_personal)


def _without_values(changes: pa.Table, is_personal: IsPersonal) -> pa.Table:
    columns = pc.fill_null(changes.column("changed_columns"), "")
    told = pc.match_substring_regex(columns, "|".join(_TEXTS))
    values = changes.column("old_values").filter(told).unique().to_pylist()
    found = [one for one in values if any(map(is_personal, filter(None, json.loads(one).values())))]
    return _without(
        changes, "old_values", pc.is_in(changes.column("old_values"), value_set=array_of(found, pa.string()))
    )


def _without(changes: pa.Table, name: str, where: pa.ChunkedArray) -> pa.Table:
    column = changes.column(name)
    return _set(changes, name, pc.if_else(where, pa.scalar(None, column.type), column))


def _set(changes: pa.Table, name: str, column: pa.ChunkedArray) -> pa.Table:
    at = changes.schema.get_field_index(name)
    return changes.set_column(at, changes.schema.field(at), column)
