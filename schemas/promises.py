"""What a major version of the contract promised, and whether the contract keeps it.

`docs/contract-v1.json` holds every column that version 1 ever had. `make docs` adds to it what is new and takes nothing
away: a column that is removed, renamed or retyped breaks the promise until the major version is raised, which begins
a file of its own (semver.org, 2.0.0, 8).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas.contract import PUBLISHED_TABLES, VERSION, Table

Promise = dict[str, Any]  # of each table: key, and of each column: since, type, nullable, values


def file_name(version: str = VERSION) -> str:
    """The file of the promises of a version."""
    return f"contract-v{version.split('.')[0]}.json"


def promise_of(tables: Iterable[Table] = PUBLISHED_TABLES, version: str = VERSION) -> Promise:
    """What the tables promise."""
    return {
        table.name: {
            "key": list(table.key),
            "columns": {
                field.name: {
                    "since": version,
                    "type": field.type.value,
                    "nullable": field.nullable,
                    "values": sorted(field.enum),
                }
                for field in table.fields
            },
        }
        for table in tables
    }


def broken(promised: Promise, now: Promise) -> Iterator[str]:
    """What was promised and is not so any more; a reader of the older contract would fail, or misread."""
    for name, table in promised.items():
        if name not in now:
            yield f"{name} is gone"
            continue
        if now[name]["key"] != table["key"]:
            yield f"{name} has another key: {', '.join(now[name]['key'])}, not {', '.join(table['key'])}"
        for column, said in table["columns"].items():
            yield from _broken_column(f"{name}.{column}", said, now[name]["columns"].get(column))


def _broken_column(name: str, said: Mapping[str, Any], now: Mapping[str, Any] | None) -> Iterator[str]:
    if now is None:
        yield f"{name} is gone, or has another name"
        return
    if now["type"] != said["type"]:
        yield f"{name} was {said['type']} and is {now['type']}"
    if now["nullable"] and not said["nullable"]:
        yield f"{name} was never null and may be now"
    lost = sorted({*said["values"]} - {*now["values"]})
    if lost and now["values"]:
        yield f"{name} never says {', '.join(lost)} any more"
    if said["values"] and not now["values"]:
        yield f"{name} has no list of values any more"


def extended(promised: Promise, now: Promise) -> Promise:
    """The promise with what the contract says beside it now: new tables, columns and values, and no more nulls."""
    out: Promise = {}
    for name in (*promised, *(name for name in now if name not in promised)):
        one, other = promised.get(name), now.get(name)
        if one is None or other is None:
            out[name] = one or other
            continue
        columns = dict(one["columns"])
        for column, said in other["columns"].items():
            known = columns.get(column)
            columns[column] = said if known is None else {**known, **_joined(known, said)}
        out[name] = {"key": one["key"], "columns": columns}
    return out


def _joined(known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "nullable": known["nullable"] and said["nullable"],
        "values": sorted({*known["values"], *said["values"]}) if known["values"] else said["values"],
    }


def rendered(promise: Promise) -> str:
    """The text of the file: a line for each column, so that a change shows as one."""
    tables = []
    for name, table in promise.items():
        columns = [f"      {json.dumps(column)}: {json.dumps(said)}" for column, said in table["columns"].items()]
        key = f'    "key": {json.dumps(table["key"])},\n'
        tables.append(f"  {json.dumps(name)}: {{\n{key}" + '    "columns": {\n' + ",\n".join(columns) + "\n    }\n  }")
    return "{\n" + ",\n".join(tables) + "\n}\n"
