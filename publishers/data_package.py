"""datapackage.json: a Data Package 2.0 with the Table Schema of each table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from publishers.checksums import sum_of
from schemas.contract import VERSION, Table
from schemas.renderings import table_schema

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_DIALECT = "https://datapackage.org/profiles/2.0/tabledialect.json"
NAME = "datapackage.json"


def write(tables: Sequence[Table], folder: Path, facts: Mapping[str, Any]) -> None:
    """Describe the files of a folder; `facts` are the properties of the package besides its resources."""
    (folder / NAME).write_text(_described(tables, folder, facts), encoding="utf-8")


def differences(tables: Sequence[Table], folder: Path) -> list[str]:
    """Whether the description of a folder is missing or is not that of its files."""
    path = folder / NAME
    if not path.is_file():
        return [f"{NAME} is missing"]
    try:
        resources = json.loads(path.read_bytes())["resources"]
        described = {one["path"]: (one["bytes"], one["hash"]) for one in resources}
    except (ValueError, KeyError, TypeError):
        return [f"{NAME} is no description of files"]
    out = []
    for name in (f"{table.name}.{ending}" for table in tables for ending in ("csv", "parquet")):
        measured = _measured(folder / name)
        if described.get(name) != (measured["bytes"], measured["hash"]):
            out.append(f"{NAME} does not describe {name} as it is")
    return out


def _described(tables: Sequence[Table], folder: Path, facts: Mapping[str, Any]) -> str:
    resources: list[dict[str, Any]] = []
    for table in tables:
        resources += [_csv(table, folder), _parquet(table, folder)]
    package = {
        "$schema": _PROFILE,
        "name": "begroting",
        "title": "Budget lines of Dutch municipalities, provinces and water boards",
        "description": "Amounts of budgets and annual accounts, each with its place in the source and its proof.",
        "version": VERSION,
        **facts,
        "resources": resources,
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _csv(table: Table, folder: Path) -> dict[str, Any]:
    return {
        "$schema": _RESOURCE,
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"$schema": _DIALECT, "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        **_measured(folder / f"{table.name}.csv"),
        "schema": table_schema(table),
    }


def _parquet(table: Table, folder: Path) -> dict[str, Any]:
    return {
        "$schema": _RESOURCE,
        "name": f"{table.name}-parquet",
        "title": f"{table.title} (Parquet)",
        "path": f"{table.name}.parquet",
        "format": "apache-parquet",  # frictionless reads `parquet` as a table, and ends at the first empty date
        "mediatype": "application/vnd.apache.parquet",
        **_measured(folder / f"{table.name}.parquet"),
    }


def _measured(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sum_of(path)}"}
