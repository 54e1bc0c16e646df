"""What a Data Package says of its publication: who made and publishes it, from which documents, and when."""

from __future__ import annotations

import re
from typing import Any

import pyarrow.compute as pc

from publishers.content import Content
from schemas.codelists import tooi_uri
from schemas.contract import BUDGET_LINES, DOCUMENTS

_CC0 = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "title": "CC0 1.0 Universal",
}
_LICENCES = {
    "CC0-1.0": _CC0,
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0",
    },
}


def facts_of(content: Content) -> dict[str, Any]:
    """The properties of the package besides its resources; without a publication only the licence."""
    said = content.publication
    if said is None:
        return {"licenses": [_CC0]}
    documents = content.frames[DOCUMENTS.name]
    rows = documents.filter(pc.greater(documents["line_count"], 0)).to_pylist()
    bodies = sorted({(row["publisher_id"], row["publisher_name"]) for row in rows})
    times = [row["retrieved_at"] for row in rows if row["retrieved_at"] is not None]
    publisher = {"title": said.publisher_name, "path": said.publisher_uri, "email": said.contact_email}
    return {
        "id": said.base_url,
        "homepage": said.base_url,
        "licenses": [_LICENCES[said.licence]],
        "contributors": [
            {**publisher, "roles": ["publisher"]},
            {"title": said.contact_name, "email": said.contact_email, "roles": ["contact"]},
            *({"title": name, "path": tooi_uri(code), "roles": ["creator"]} for code, name in bodies),
        ],
        "sources": _sources({(row["title"] or row["source_id"], row["source_url"]) for row in rows}),
        "keywords": [
            "begroting",
            *sorted({row["document_type"] for row in rows} - {"begroting"}),
            *_taakvelden(content),
        ],
        **({"created": f"{max(times):%Y-%m-%dT%H:%M:%SZ}"} if times else {}),
    }


def _taakvelden(content: Content) -> list[str]:
    codes = content.frames[BUDGET_LINES.name]["taakveld_code"]
    return ["taakvelden", "Iv3"] if codes.null_count < len(codes) else []


def _sources(documents: set[tuple[str, str | None]]) -> list[dict[str, str]]:
    """The documents; an address with two dots in it is none by the profile, and is left out."""
    return [
        {"title": title, **({"path": url} if url and not re.search(r"\.\.", url) else {})}
        for title, url in sorted(documents, key=lambda one: (one[0], one[1] or ""))
    ]
