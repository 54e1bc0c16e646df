"""Running titles and the numbers of pages among the cells of flattened tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transformers.drafts import Group

_RUNNING = re.compile(
    r"(?:^|[|–-]\s)(?:\w*begroting|jaarstukken|jaarrekening|jaarverslag|kadernota|perspectiefnota|\w*rapportage)\b.*\d",
    re.I,
)
_PART = re.compile(  # a body, or a part of its document
    r"(?:gemeente|provincie|waterschap|hoogheemraadschap|hoofdstuk|paragraaf|deel|bijlage)\b", re.I
)
_TOTAL = re.compile(r"(?:eind)?tota(?:al|le)\b", re.I)
_PAGE = re.compile(r"\d{1,3}")
_LONGEST = 3  # texts of a footer


def page_numbers(groups: Sequence[Group], heads: Sequence[bool]) -> list[Group]:
    """The groups that are the footers of pages with their numbers; `heads` says which begin with headings of columns.

    Among rows of several amounts a running title of its own stands anywhere, one with other texts at the end of a
    table. Among rows of one amount, which may be named so themselves (Begroting 2026), it stands behind a total at the
    end, as does the name of a body or of a part of its document. A number alone, or with one text, is a page where
    nothing else stands.
    """
    if len(groups) == 1:
        return [group for group in groups if _has_page(group) and len(group.texts) <= 1]
    single = sum(len(group.numbers) == 1 for group in groups) * 2 > len(groups)
    found = []
    for at, group in enumerate(groups):
        if not _has_page(group) or heads[at] or not group.texts:
            continue
        ends = at > 0 and (at + 1 == len(groups) or heads[at + 1])
        titled = any(_RUNNING.search(cell.text) for cell in group.texts)
        summed = ends and bool(groups[at - 1].texts) and _TOTAL.match(groups[at - 1].texts[-1].text) is not None
        named = len(group.texts) == 1 and _PART.match(group.texts[0].text) is not None
        apart = summed if single else len(group.texts) == 1 or ends
        if (titled and apart and len(group.texts) <= _LONGEST) or (summed and named):
            found.append(group)
    return found if len(found) * 2 <= len(groups) else []


def _has_page(group: Group) -> bool:
    return len(group.numbers) == 1 and _PAGE.fullmatch(group.numbers[0].text) is not None
