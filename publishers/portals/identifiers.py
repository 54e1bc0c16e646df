"""Pages at the addresses that identify datasets, so that who follows an identifier finds the figures.

Only where identifiers stand below the release: what another `identifier_base` leads to is for its host.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined

from publishers.portals import dcat
from publishers.portals.holdings import Body, Holding
from publishers.portals.titles import description_of, file_description, file_title, series_title_of, title_of
from schemas.settings import Publication

_PAGE = """<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<link rel="stylesheet" href="{{ root }}portal/portal.css">
</head>
<body>
<main>
<h1>{{ title }}</h1>
{% for text in texts %}
<p>{{ text }}</p>
{% endfor %}
<ul>
{% for link in links %}
<li{% if link.anchor %} id="{{ link.anchor }}"{% endif %}><a href="{{ link.address }}">{{ link.title }}</a>\
{% if link.about %}: {{ link.about }}{% endif %}</li>
{% endfor %}
</ul>
</main>
</body>
</html>
"""


def write(of_bodies: Sequence[Body], said: Publication, folder: Path) -> None:
    """Write a page for the catalogue, the contact, each series and each dataset of a release."""
    if said.identifiers != said.default_identifiers:
        return
    pages = _Pages(said, folder)
    series = [
        _link(pages.below(dcat.series_address(said, one.publisher_id)), series_title_of(one)) for one in of_bodies
    ]
    pages.write("catalogus", dcat.TITLE, [dcat.DESCRIPTION], [*_general(), *series])
    mail = _link(f"mailto:{said.contact_email}", said.contact_email)
    pages.write("contact", said.contact_name, [f"Contact over de open data van {said.publisher_name}."], [mail])
    for body in of_bodies:
        datasets = [(pages.below(dcat.dataset_address(said, one)), title_of(one)) for one in dcat.datasets_of(body)]
        above = pages.below(dcat.series_address(said, body.publisher_id))
        links = [*_own(body), *(_link(address, title) for address, title in datasets), *_general()]
        pages.write(f"begroting/{body.publisher_id}", series_title_of(body), [], links)
        for held in dcat.datasets_of(body):
            files = [_link(one.path, file_title(one), file_description(one), one.name) for one in held.files]
            where = f"begroting/{body.publisher_id}/{held.part}"
            links = [*_own(held), *files, _link(above, series_title_of(body)), *_general()]
            pages.write(where, title_of(held), [description_of(held)], links)


class _Pages:
    """Pages below the folder of the identifiers."""

    def __init__(self, said: Publication, folder: Path) -> None:
        self.below_base = said.identifiers.removeprefix(said.base_url)
        self.said, self.folder = said, folder
        environment = Environment(autoescape=True, trim_blocks=True, undefined=StrictUndefined)
        self.template = environment.from_string(_PAGE)

    def below(self, identifier: str) -> str:
        """Where the page of an identifier stands in the release."""
        return f"{identifier.removeprefix(self.said.base_url)}/index.html"

    def write(self, name: str, title: str, texts: Sequence[str], links: Sequence[dict[str, str]]) -> None:
        """Write the page of a name; addresses of links without a scheme are relative to the release."""
        path = self.folder / self.below_base / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * len(path.parent.relative_to(self.folder).parts)
        shown: list[dict[str, Any]] = [{**one, "address": _from(root, one["address"])} for one in links]
        text = self.template.render(root=root, title=title, texts=texts, links=shown)
        path.write_text(text, encoding="utf-8", newline="\n")


def _from(root: str, address: str) -> str:
    return address if address.startswith("mailto:") else root + quote(address)


def _own(held: Holding | Body) -> list[dict[str, str]]:
    return [_link(held.page, "Alle cijfers, met hun plaats in de bron")] if held.page is not None else []


def _general() -> list[dict[str, str]]:
    return [
        _link("index.html", "Alle overheden"),
        _link("dictionary.nl.md", "Uitleg van alle kolommen"),
        _link(dcat.TURTLE, "Catalogus (DCAT-AP-NL)"),
    ]


def _link(address: str, title: str, about: str = "", anchor: str = "") -> dict[str, str]:
    return {"address": address, "title": title, "about": about, "anchor": anchor}
