"""What an operator looks at: status.json, and a badge in SVG for each source, beside the releases.

Not part of a release: these change with every run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from schemas.errors import ReleaseError
from storage.places import at_once
from storage.remote import Remote

NAME = "status.json"
BADGES = "badges"
_COLOURS = {"fresh": "#2e7d32", "changed": "#2e7d32", "vanished": "#8a6100", "stale": "#8a6100", "failing": "#b3261e"}
_CHARACTER = 6.6  # points that a character of the badge is wide, about


def write(status: Mapping[str, Any], output: Path) -> None:
    """Write the status of a run and the badges of its sources; `status` has a list of `sources`, each with an id.

    Raises:
        ReleaseError: where the folder can't be written.
    """
    try:
        _replace(output / NAME, json.dumps(status, indent=2, ensure_ascii=False) + "\n")
        folder = output / BADGES
        folder.mkdir(exist_ok=True)
        sources: Sequence[Mapping[str, Any]] = status["sources"]
        for source in sources:
            _replace(folder / f"{source['source_id']}.svg", badge(source["source_id"], source["state"]))
        wanted = {f"{source['source_id']}.svg" for source in sources}
        for path in folder.glob("*.svg"):
            if path.name not in wanted:
                path.unlink()
    except OSError as error:
        raise ReleaseError(f"{output}: the status can't be written: {error.strerror}") from error


def send(output: Path, to: Remote) -> None:
    """Copy the status and the badges to an address; badges of sources that are no more are removed there.

    Raises:
        ReleaseError: where they can't be written.
    """
    badges = sorted((output / BADGES).glob("*.svg"))
    try:
        left = set((to / BADGES).names()) - {path.name for path in badges}
        at_once(lambda path: (to / BADGES / path.name).put(path.read_bytes()), badges)
        at_once(lambda name: (to / BADGES / name).remove(), sorted(left))
        (to / NAME).put((output / NAME).read_bytes())
    except OSError as error:
        raise ReleaseError(f"{to}: the status can't be written: {error.strerror}") from error


def badge(label: str, state: str) -> str:
    """A badge with a label and a state, readable without colours."""
    left, right = (round(len(text) * _CHARACTER + 12) for text in (label, state))
    said = escape(f"{label}: {state}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{said}">'
        f"<title>{said}</title>"
        f'<rect width="{left + right}" height="20" rx="3" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" rx="3" fill="{_COLOURS.get(state, "#444")}"/>'
        f'<g fill="#fff" font-family="Verdana,Geneva,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(state)}</text></g></svg>\n'
    )


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
