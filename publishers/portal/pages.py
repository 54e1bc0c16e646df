"""Pages made from templates. Texts of documents are escaped by the templates, which escape everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from publishers.portal import words
from publishers.portal.markup import bilingual, safe_url
from publishers.portal.notation import dutch, english, euros, file_size
from publishers.portal.readings import readings_in
from publishers.portal.rows import FindingRow
from schemas.settings import Publication
from schemas.shares import percentage

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

_REMEMBERED = 4_096  # texts of each kind


class Pages:
    """The templates with what all pages share: `findings` are those of each table."""

    def __init__(self, publication: Publication | None, findings: Mapping[str, Sequence[FindingRow]]) -> None:
        self.base_url = publication.base_url if publication else None
        self._environment = Environment(
            loader=PackageLoader("publishers.portal"),
            autoescape=True,
            extensions=["jinja2.ext.loopcontrols"],
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self._environment.filters["en"] = _both  # folded into the text of a template when it is compiled
        self._environment.globals.update(
            say=_said,
            rule=_rule,
            verdict=_verdict,
            sums=_sums,
            unit=_unit,
            both=bilingual,
            num=_number,
            euros=lru_cache(_REMEMBERED)(euros),
            size=file_size,
            percentage=percentage,
            link=_link,
            readings=readings_in,
            findings=findings,
            publication=publication,
        )

    def write(self, path: Path, template: str, **values: Any) -> None:  # noqa: ANN401 - what the template shows
        """Write a page; `root` is the way from it to the folder of the release."""
        depth = {"index.html": 0, "publisher.html": 2}.get(template, 3)
        text = self._environment.get_template(template).render(root="../" * depth, **values)
        path.write_text(text, encoding="utf-8", newline="\n")


@cache
def _both(nl: str, en: str) -> Markup:
    return bilingual(words.Words(nl, en))


@lru_cache(_REMEMBERED)
def _said(kind: str, code: str | None) -> Markup:
    return bilingual(words.words(_LISTS[kind], code))


@lru_cache(_REMEMBERED)
def _number(number: int) -> Markup:
    return bilingual(words.Words(dutch(number), english(number)))


@lru_cache(_REMEMBERED)
def _rule(code: str) -> Markup:
    return bilingual(words.rule_words(code))


@lru_cache(_REMEMBERED)
def _verdict(line_count: int, proved_count: int, contradicted_count: int) -> Markup:
    """What the sums of a published table say of it."""
    if contradicted_count:
        kind, said = "bad", _both("spreekt zichzelf tegen", "contradicts itself")
    elif proved_count == line_count:
        kind, said = "good", _both("bewezen", "proved")
    elif proved_count:
        kind = "part"
        said = Markup("{}% {}").format(percentage(proved_count, line_count), _both("bewezen", "proved"))
    else:
        kind, said = "none", _both("niet na te rekenen", "no sums to check")
    return Markup('<span class="v {}">{}</span>').format(kind, said)


@lru_cache(_REMEMBERED)
def _sums(found: int, held: int) -> Markup:
    """How many sums were looked at, and how many of them hold."""
    if not found:
        return _both("geen sommen gevonden", "no sums found")
    said = _both("som klopt", "sum holds") if found == 1 else _both("sommen kloppen", "sums hold")
    return Markup("{} {} {} {}").format(_number(held), _both("van", "of"), _number(found), said)


@lru_cache(_REMEMBERED)
def _unit(unit: int | None) -> Markup:
    """Euros per printed unit as the head of a table has it."""
    if unit is None or unit == 1:
        return _both("in euro's", "in euros") if unit else Markup("")
    if unit == 1_000_000:
        return _both("× € 1 miljoen", "× €1 million")
    return _both(f"× € {dutch(unit)}", f"× €{english(unit)}")


@lru_cache(_REMEMBERED)
def _link(url: str | None, page: int | None = None) -> Markup | None:
    """Where something can be seen in its source, as it may stand in an attribute; None where no link may lead."""
    safe = safe_url(url)
    if safe is None:
        return None
    return Markup(safe if page is None else f"{safe}#page={page}")  # noqa: S704 - escaped by safe_url
