"""The files of a release that a page links to: those that are there when the pages are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from publishers.portal.words import Words

_OWN = ("index.html", "portal")
_KINDS = {
    ".csv": Words("CSV", "CSV"),
    ".parquet": Words("Parquet", "Parquet"),
    ".sqlite": Words("SQLite-database", "SQLite database"),
    ".db": Words("SQLite-database", "SQLite database"),
    ".xlsx": Words("Excel-werkmap", "Excel workbook"),
    ".ttl": Words("Turtle (DCAT)", "Turtle (DCAT)"),
    ".jsonld": Words("JSON-LD (DCAT)", "JSON-LD (DCAT)"),
    ".json": Words("JSON", "JSON"),
    ".md": Words("tekst", "text"),
    ".cff": Words("citeren", "citation"),
    ".xml": Words("XML", "XML"),
    ".txt": Words("tekst", "text"),
}
_TITLES = {
    "budget_lines": Words("Alle begrotingsregels", "All budget lines"),
    "budget_current": Words("Eén cijfer per regel, uit het nieuwste document", "One figure per line, newest document"),
    "begroting": Words("Alles in één database, met weergaven", "Everything in one database, with views"),
    "restatements": Words("Hetzelfde jaar in opeenvolgende documenten", "The same year in successive documents"),
    "tables": Words("Tabellen, met oordeel", "Tables, with verdicts"),
    "documents": Words("Documenten, met verantwoording", "Documents, with their ledger"),
    "findings": Words("Bevindingen", "Findings"),
    "CHANGES": Words("Wijzigingen sinds de vorige uitgave, in het kort", "Changes since the last release, in short"),
    "changes": Words("Wijzigingen sinds de vorige uitgave", "Changes since the last release"),
    "history": Words("Wijzigingen in aantallen", "Changes in numbers"),
    "withdrawn": Words("Ingetrokken regels", "Withdrawn lines"),
    "datapackage": Words("Beschrijving (Data Package)", "Description (Data Package)"),
    "dictionary.nl": Words("Uitleg van alle kolommen (Nederlands)", "Every column explained (in Dutch)"),
    "dictionary.en": Words("Uitleg van alle kolommen (Engels)", "Every column explained (in English)"),
    "catalog": Words("Catalogus voor portalen (DCAT-AP-NL)", "Catalogue for portals (DCAT-AP-NL)"),
    "CITATION": Words("Zo citeert u deze uitgave", "How to cite this release"),
}
_FIRST = list(_TITLES)


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be downloaded: its address inside the release, and its size in bytes."""

    address: str
    kind: Words
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """The same content in one or more formats."""

    title: Words
    files: tuple[File, ...]


def downloads_in(folder: Path, below: str = "") -> list[Download]:
    """The files that stand in a folder of the release, those of one name together; empty where it is not there."""
    at = folder / below
    if not at.is_dir():
        return []
    found: dict[str, list[File]] = {}
    for path in sorted(at.iterdir()):
        if path.is_file() and path.name not in _OWN and not path.name.startswith("."):
            kind = _KINDS.get(
                path.suffix, Words(path.suffix.lstrip(".") or path.name, path.suffix.lstrip(".") or path.name)
            )
            found.setdefault(path.stem, []).append(File(path.relative_to(folder).as_posix(), kind, path.stat().st_size))
    titles = {stem: _TITLES.get(stem, _title_of(files)) for stem, files in found.items()}
    order = sorted(found, key=lambda stem: (_FIRST.index(stem) if stem in _FIRST else len(_FIRST), stem))
    return [Download(titles[stem], tuple(found[stem])) for stem in order]


def _title_of(files: list[File]) -> Words:
    name = PurePosixPath(files[0].address)
    if name.suffix == ".xlsx":
        return Words("Werkmap om te lezen", "Workbook to read")
    return Words(name.name, name.name)
