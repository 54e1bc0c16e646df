"""Pages made from templates. Texts of documents are escaped by the templates, which escape everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from publishers.portal import words
from publishers.portal.markup import bilingual, safe_url
from publishers.portal.notation import dutch, english, euros, file_size, percentage
from publishers.portal.readings import readings_in
from publishers.portal.rows import FindingRow
from schemas.contract import VERSION
from schemas.settings import Publication

_LISTS = {
    "stages": words.STAGES,
    "measures": words.MEASURES,
    "types": words.DOCUMENT_TYPES,
    "statuses": words.DOCUMENT_STATUSES,
    "document_states": words.DOCUMENT_STATES,
    "table_states": words.TABLE_STATES,
    "freshness": words.FRESHNESS,
    "severities": words.SEVERITIES,
    "second_readings": words.SECOND_READINGS,
    "reasons": words.REASONS,
    "conventions": words.SIGN_CONVENTIONS,
}


class Pages:
    """The templates with what all pages share. `findings` are those of each table."""

    def __init__(self, publication: Publication | None, findings: Mapping[str, Sequence[FindingRow]]) -> None:
        self.base_url = publication.base_url if publication else None
        self._environment = Environment(
            loader=PackageLoader("publishers.portal"),
            autoescape=True,
            extensions=["jinja2.ext.loopcontrols"],
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self._environment.globals.update(
            t=_both,
            say=_said,
            rule=lambda code: bilingual(words.rule_words(code)),
            both=bilingual,
            num=_number,
            euros=euros,
            size=file_size,
            percentage=percentage,
            link=_link,
            readings=readings_in,
            findings=findings,
            publication=publication,
            version=VERSION,
        )

    def write(self, path: Path, template: str, **values: Any) -> None:  # noqa: ANN401 - what the template shows
        """Write a page; `root` is the way from it to the folder of the release."""
        depth = {"index.html": 0, "publisher.html": 2}.get(template, 3)
        text = self._environment.get_template(template).render(root="../" * depth, **values)
        path.write_text(text, encoding="utf-8", newline="\n")


def _both(nl: str, en: str) -> Markup:
    return bilingual(words.Words(nl, en))


def _said(kind: str, code: str | None) -> Markup:
    return bilingual(words.words(_LISTS[kind], code))


def _number(number: int) -> Markup:
    return bilingual(words.Words(dutch(number), english(number)))


def _link(url: str | None, page: int | None = None) -> Markup | None:
    """Where something can be seen in its source, as it may stand in an attribute; None where no link may lead."""
    safe = safe_url(url)
    if safe is None:
        return None
    return Markup(safe if page is None else f"{safe}#page={page}")  # noqa: S704 - escaped by safe_url
