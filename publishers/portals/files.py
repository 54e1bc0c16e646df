"""All files for portals, the Woo-index and those who cite."""

from __future__ import annotations

from pathlib import Path

from publishers.content import Content
from publishers.portals import citation, dcat, diwoo, identifiers
from publishers.portals.holdings import bodies, holdings


def write(content: Content, folder: Path) -> None:
    """Describe the files of a folder; nothing without a publication.

    Raises:
        ReleaseError: where the sources file lacks what the metadata need, naming each source and key.
    """
    said = content.publication
    if said is None:
        return
    held = holdings(content, folder)
    of_bodies = bodies(held, folder)
    dcat.write(of_bodies, said, folder)
    identifiers.write(of_bodies, said, folder)
    diwoo.write(held, said, folder)
    citation.write(held, said, folder)
