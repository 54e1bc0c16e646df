"""Columns that say nothing but a year or Bedrag, of what explains a result: the differences between two stages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.notation import Token
from schemas.records import DocumentType, Form, Measure
from transformers.attributes import marks_are_signs
from transformers.drafts import Draft
from transformers.headings import KINDS, Heading
from transformers.labels import one_line
from transformers.stages import Context
from transformers.words import is_measure_word, meaning_of

DIFFERENCES = re.compile(
    r"\bafwijking|\bverschillen\b|\bverschil (?:tussen|begroting|(?:jaar)?rekening|realisatie)\b"
    r"|verklaring van de verschil|\bverschil(?:len)?[- ]?(?:analyse|verklaring|overzicht|tabel)"
    r"|\banalyse\b.*\bverschil",
    re.I,
)
_RESULT = r"(?:rekening|jaar|jaarrekening|begrotings|exploitatie|programma)?\s?-?(?:resultaat|saldo)\b"
_EXPLAINED = re.compile(
    rf"\b(?:voor-|voordelen|mee-|meevallers|plussen) en (?:nadelen|tegenvallers|minnen)\b"
    r"|\b(?:resultaat|saldo)-?(?:analyse|verklaring)"
    rf"|\b(?:analyse|verklaring)(?: van)?(?: het| ons)? {_RESULT}"
    rf"|\btoelichting(?: op)?(?: het| ons)? {_RESULT}(?! van)",
    re.I,
)
_PARTS = frozenset(("incidental", "structural"))
_PLANS = (DocumentType.BEGROTING, DocumentType.KADERNOTA)
_FEW = 3  # rows, of which a mark on each may be chance


def with_explanations(
    headings: Sequence[Heading], title: str, draft: Draft, form: Form, context: Context
) -> Sequence[Heading]:
    """The headings, with bare ones marked as differences where the title calls them so, or where V or N ends each row.

    A year over the only column of amounts says when they arose. A plan may show the balances of a year that way.
    """
    amounts = [heading for heading in headings if "not_euros" not in heading.tags]
    if not all(_is_bare(heading) for heading in amounts):
        return headings
    dated = any(heading.years for heading in amounts)
    if dated and len(amounts) > 1:
        return headings
    told = bool(_EXPLAINED.search(title) or DIFFERENCES.search(title))
    marked = len(amounts) == 1 and not (dated and context.document_type in _PLANS)
    if not told and not (marked and _has_marks(draft) and marks_are_signs(draft, title, in_grid=form is Form.GRID)):
        return headings
    return [replace(h, tags=h.tags | {"difference"}) if _is_bare(h) else h for h in headings]


def _is_bare(heading: Heading) -> bool:
    said = heading.tags & (KINDS - _PARTS)
    return not (heading.has_stage or said or heading.measures or heading.month_day or "not_euros" in heading.tags)


def _has_marks(draft: Draft) -> bool:
    """Whether V or N ends each row but totals and balances, and no row is that of lasten or baten."""
    rows = 0
    for group in draft.groups:
        label = one_line(group.texts[-1].text) if group.texts else ""
        meaning = meaning_of(label)
        amounts = [n.amount for n in group.numbers if n.amount and n.amount.token is Token.NUMBER and n.amount.value]
        if not amounts or meaning.is_total or meaning.measure is Measure.SALDO:
            continue
        if is_measure_word(label) or not all(amount.mark for amount in amounts):
            return False
        rows += 1
    return rows >= _FEW
