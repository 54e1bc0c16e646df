"""CITATION.cff: how to cite the release (Citation File Format 1.2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from publishers.checksums import sum_of
from publishers.portals.holdings import Holding
from schemas.contract import BUDGET_LINES, VERSION
from schemas.settings import Publication

NAME = "CITATION.cff"
_TITLE = "Budget lines of Dutch municipalities, provinces and water boards"


def write(held: Sequence[Holding], said: Publication, folder: Path) -> None:
    """Write the citation.

    The version is the contract's and the first digits of the sha256 of the lines, since one file can't hold the hash
    of the folder that it stands in. The day is the last one that the documents tell of.
    """
    digest = sum_of(folder / f"{BUDGET_LINES.name}.csv")
    days = [day for one in held if (day := one.known_since) is not None]
    lines = sum(one.line_count for one in held)
    citation = {
        "cff-version": "1.2.0",
        "message": "If you use these figures, please cite them as below, and the document that each one stands in.",
        "type": "dataset",
        "title": _TITLE,
        "authors": [{"name": said.publisher_name, "website": said.publisher_uri}],
        "contact": [{"name": said.contact_name, "email": said.contact_email}],
        "version": f"{VERSION}+{digest[:12]}",
        **({"date-released": max(days)} if days else {}),
        "license": said.licence,
        "url": said.base_url,
        "abstract": f"{lines} amounts in euros, each with its place in the source and what its table's sums prove.",
        "keywords": ["budget", "begroting", "municipal finance", "open data", "Netherlands"],
        "identifiers": [
            {"type": "other", "value": f"sha256:{digest}", "description": f"sha256 of {BUDGET_LINES.name}.csv"}
        ],
    }
    text = yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=120)
    (folder / NAME).write_text(text, encoding="utf-8")
