"""Adding an entry to a sources file, which keeps its comments and its order."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from schemas.errors import SourcesError
from sources.registry import parse_registry
from storage.places import write_whole


def entry_text(entry: Mapping[str, object]) -> str:
    """An entry as YAML."""
    out = StringIO()
    _yaml().dump({"sources": [dict(entry)]}, out)
    return out.getvalue()


def add_entry(path: Path, entry: Mapping[str, object], settings: Mapping[str, object] | None = None) -> None:
    """Add an entry to a sources file; where there is none, it is made, with settings.

    Raises:
        SourcesError: where the file is no sources file, or would be none with the entry.
    """
    if path.suffix == ".json":
        raise SourcesError(f"{path.name} is JSON: add the entry yourself, or keep the sources in YAML")
    yaml = _yaml()
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        held = yaml.load(text) or {}
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise SourcesError(f"{path}: can't be read: {error}") from error
    if not isinstance(held, dict):
        raise SourcesError(f"{path}: has no list under `sources`")
    if settings is not None and "settings" not in held:
        held["settings"] = dict(settings)
    if not isinstance(held.setdefault("sources", []), list):
        raise SourcesError(f"{path}: has no list under `sources`")
    held["sources"].append(dict(entry))
    out = StringIO()
    yaml.dump(held, out)
    parse_registry(out.getvalue(), path.name, path.parent)
    try:
        write_whole(path, out.getvalue().encode())
    except OSError as error:
        raise SourcesError(f"{path}: can't be written: {error.strerror}") from error


def _yaml() -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 120
    return yaml
