"""CITATION.cff: how to cite the release (Citation File Format 1.2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from publishers import cited
from publishers.checksums import sum_of
from publishers.portals.holdings import Holding
from schemas.settings import Publication

NAME = "CITATION.cff"
_TITLE = "Budget lines of Dutch municipalities, provinces and water boards"
_MESSAGE = (
    "If you use these figures, please cite them as below, and the document that each one stands in. Keep the version:"
    f" its last digits begin the sha256 of {cited.FILE}, by which the release is found; the address has the newest one."
)


def write(held: Sequence[Holding], said: Publication, folder: Path) -> None:
    """Write the citation. The day is that of the last capture: the release can't be older, and nothing else in it tells
    when it was made.
    """
    digest = sum_of(folder / cited.FILE)
    captures = [one.retrieved_at for holding in held for one in holding.documents if one.retrieved_at is not None]
    lines = sum(one.line_count for one in held)
    citation = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "type": "dataset",
        "title": _TITLE,
        "authors": [{"name": said.publisher_name, "website": said.publisher_uri}],
        "contact": [{"name": said.contact_name, "email": said.contact_email}],
        "version": cited.version_of(folder),
        **({"date-released": max(captures).date()} if captures else {}),
        "license": said.licence,
        "url": said.base_url,
        "abstract": f"{lines} amounts in euros, each with its place in the source and what its table's sums prove.",
        "keywords": ["budget", "begroting", "municipal finance", "open data", "Netherlands"],
        "identifiers": [{"type": "other", "value": f"sha256:{digest}", "description": f"sha256 of {cited.FILE}"}],
    }
    text = yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=120)
    (folder / NAME).write_text(text, encoding="utf-8")
