"""The datasets that a release is on a portal: one for each body and document year, one for each body over all years.

What is said of a dataset, and its hash, depend on its own files only: a release in which other bodies changed changes
nothing of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from publishers import checksums, data_package, parquet_file
from publishers.markdown import escaped
from publishers.pointer import pointer_of
from schemas.codelists import tooi_uri
from schemas.contract import BUDGET_CURRENT, BUDGET_LINES, DOCUMENTS, PUBLISHED_TABLES, VERSION, Table, Type
from schemas.dutch import dutch_of, file_words
from schemas.errors import ReleaseError

_PARTS = "by_publisher"
_TABLES = {table.name: table for table in PUBLISHED_TABLES}
_FORMATS = {
    ".csv": ("CSV", "text/csv"),
    ".parquet": ("Parquet", "application/vnd.apache.parquet"),
    ".xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_LICENCES = {"CC0-1.0": "cc-zero", "CC-BY-4.0": "cc-by"}  # as CKAN names them
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~%/?=&,;+-]*)?")
# The types of a column in CKAN's DataStore, and those that its loaders can be told.
_COLUMNS = {
    Type.STRING: ("text", "text"),
    Type.INTEGER: ("int", "numeric"),
    Type.YEAR: ("int", "numeric"),
    Type.AMOUNT: ("numeric", "numeric"),
    Type.BOOLEAN: ("bool", None),
    Type.DATE: ("date", "timestamp"),
    Type.DATETIME: ("timestamp", "timestamp"),
}


class Load(StrEnum):
    """What goes into CKAN's DataStore: rows and data dictionary, the dictionary for a loader to fill, or nothing."""

    ROWS = "rows"
    DICTIONARY = "dictionary"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a dataset. `table` is that of the contract whose rows it holds, where they go into the DataStore."""

    path: Path
    sha256: str
    about: Mapping[str, Any]
    table: Table | None
    load: Load

    @property
    def name(self) -> str:
        """By what it is found again on the portal."""
        return self.path.name

    @property
    def rows(self) -> Path:
        """The Parquet file with the same rows, typed."""
        return self.path.with_suffix(".parquet")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as it is to stand on the portal. `key` says whose and of which year it is: gm1895/2026, or gm1895.

    `release` is the name of the release that it is of, where that is known; it makes no other dataset of it.
    """

    key: str
    about: Mapping[str, Any]
    extras: Mapping[str, str]
    resources: tuple[Resource, ...]
    release: str = ""

    @property
    def name(self) -> str:
        """Its name on the portal."""
        return name_of(self.key)

    @property
    def digest(self) -> str:
        """A hash of all that is said of it and of its files."""
        files = [[signature(one), dict(one.about)] for one in self.resources]
        said = json.dumps([self.key, dict(self.about), dict(self.extras), files], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def name_of(key: str) -> str:
    """The name of a dataset on a portal."""
    return f"begroting-{key.replace('/', '-')}"


def signature(resource: Resource) -> str:
    """A hash of a file and of what goes into the DataStore: which rows, and what the data dictionary says of them."""
    columns = json.dumps(columns_of(resource.table), sort_keys=True) if resource.table else ""
    return hashlib.sha256(f"{resource.sha256} {resource.load} {columns}".encode()).hexdigest()


def columns_of(table: Table) -> list[dict[str, Any]]:
    """The columns of a table as the DataStore takes them, with their descriptions as its data dictionary.

    Codes are said to be text, so that no loader makes numbers of them.
    """
    out = []
    for field in table.fields:
        kind, told = _COLUMNS[field.type]
        values = f" Eén van / one of: {', '.join(field.enum)}." if field.enum else ""
        info = {"label": field.name, "notes": f"{dutch_of(table, field)} / {field.description}{values}"}
        out.append({"id": field.name, "type": kind, "info": info | ({"type_override": told} if told else {})})
    return out


def datasets_in(release: Path, load: Load = Load.ROWS) -> list[Dataset]:
    """The datasets of a release on disk, by key; `load` says what goes into the DataStore.

    Raises:
        ReleaseError: where its files are not as they were written, or it has no parts by publisher.
    """
    problems = checksums.differences(release)
    if problems:
        raise ReleaseError(f"{release}: is not as it was written: {problems[0]}: see `begroting check`")
    if not (release / _PARTS).is_dir():
        raise ReleaseError(f"{release}: has no folder {_PARTS}: it was written before releases had one")
    package = json.loads((release / data_package.NAME).read_bytes())
    sums, named = checksums.read(release), release_name(release)
    out = []
    for body in sorted(path for path in (release / _PARTS).iterdir() if path.is_dir()):
        documents: list[dict[str, Any]] = []
        for year in sorted(path for path in body.iterdir() if path.is_dir()):
            documents += (said := _documents(year))
            if _has_rows(year / f"{BUDGET_LINES.name}.parquet"):
                key = f"{body.name}/{year.name}"
                files = tuple(_resources(release, year, sums, load))
                out.append(Dataset(key, *_said(key, said, package), files, named))
        if _has_rows(body / f"{BUDGET_CURRENT.name}.parquet"):
            about, extras = _said(body.name, documents, package)
            out.append(Dataset(body.name, about, extras, tuple(_resources(release, body, sums, load)), named))
    return out


def release_name(release: Path) -> str:
    """The name of a release, with its moment; empty where its folder bears another one."""
    try:
        pointer = pointer_of(release)
    except ValueError:
        return ""
    return pointer.release if pointer.release.endswith(f"-{pointer.content_hash[:12]}") else ""


def _documents(part: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet_file.read(part / f"{DOCUMENTS.name}.parquet").to_pylist()
    return [row for row in rows if row["line_count"]]


def _has_rows(path: Path) -> bool:
    return path.is_file() and bool(parquet_file.row_count(path))


def _said(
    key: str, documents: Sequence[Mapping[str, Any]], package: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What CKAN keeps of a dataset, and what stands in its extras."""
    code, _, year = key.partition("/")
    name = documents[0]["publisher_name"] if documents else code
    licence = package["licenses"][0]["name"]
    about = {
        "title": f"Begrotingscijfers {name} {year}" if year else f"Begrotingscijfers {name}, alle jaren",
        "notes": _notes(name, year, documents),
        "license_id": _LICENCES.get(licence, licence),
        "version": VERSION,
        "tags": [{"name": tag} for tag in sorted({"begroting", *(row["document_type"] for row in documents)})],
        **_contact(package),
    }
    extras = {"publisher_uri": tooi_uri(code), "publisher_id": code, **({"document_year": year} if year else {})}
    return about, extras


def _contact(package: Mapping[str, Any]) -> dict[str, str]:
    """Who publishes and whom to ask, where the release says so; releases before 1.4.0 say no name to ask for."""
    by_role = {role: one for one in package.get("contributors", ()) for role in one.get("roles", ())}
    publisher = by_role.get("publisher")
    if publisher is None:
        return {}
    contact = by_role.get("contact", publisher)
    return {
        "author": publisher["title"],
        "maintainer": contact["title"],
        "maintainer_email": contact.get("email", ""),
    }


def _resources(release: Path, part: Path, sums: Mapping[str, str], load: Load) -> Iterator[Resource]:
    for path in sorted(part.iterdir()):
        if path.suffix not in _FORMATS or not path.is_file():
            continue
        format_name, media_type = _FORMATS[path.suffix]
        title, description = file_words(path.stem)
        about = {
            "name": path.name,
            "description": f"{title}. {description}",
            "format": format_name,
            "mimetype": media_type,
        }
        table = _TABLES.get(path.stem) if path.suffix == ".csv" and load is not Load.NONE else None
        digest = sums[path.relative_to(release).as_posix()]
        yield Resource(path, digest, about, table, load if table else Load.NONE)


def _notes(name: str, year: str, documents: Sequence[Mapping[str, Any]]) -> str:
    """What the dataset is, as Markdown; texts of documents stay texts."""
    if not year:
        first = (
            f"De begrotingscijfers van {escaped(name)} over alle documenten: het geldende bedrag per regel, "
            "en hoe opeenvolgende documenten hetzelfde jaar noemen."
        )
        return f"{first}\n\nBudget figures over all documents: the current figure of each line, and restatements."
    parts = [
        f"De bedragen in euro's uit de documenten van {escaped(name)} over {year}, elk met zijn plaats in de bron en "
        "wat de optellingen van de tabel ervan bewijzen. Tel geen regels uit verschillende tabellen bij elkaar op: "
        "daarvoor is de dataset over alle jaren.",
        "Amounts in euros, each with its place in the source and what the sums of its table prove.",
        "\n".join(f"- {_document(row)}" for row in documents),
    ]
    return "\n\n".join(parts)


def _document(row: Mapping[str, Any]) -> str:
    title = escaped(row["title"] or row["file_name"] or row["document_type"], 200)
    url, note = row["source_url"], row.get("licence_note")
    shown = f"[{title}]({url})" if url and _ADDRESS.fullmatch(url) else title
    return f"{shown} ({escaped(note, 300)})" if note else shown
