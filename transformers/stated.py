"""The year, stage and kind of columns that say none: what the title, the corner or a heading over them all states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from transformers.columns import HeadingReading
from transformers.drafts import Draft
from transformers.headings import Heading, heading_of, words_of
from transformers.labels import one_line
from transformers.stages import Context, stage_of
from transformers.units import without_unit
from transformers.words import is_measure_word, meaning_of

_STAGES = frozenset(("realised", "budget", "original", "amended", "multi_year"))
_NO_STAGE = frozenset(("difference", "movement", "forecast", "credit"))
_CHANGES = re.compile(
    r"(?:overzicht\s+(?:van\s+)?(?:de\s+)?)?(?:mutaties|wijzigingen|bijstellingen)\b"
    r".*\b(?:t\.?o\.?v|ten opzichte van)\b",
    re.I,
)
CHANGES_OF_PAPER = re.compile(  # of the budget, by what is decided during its year
    r"(?:overzicht\s+(?:van\s+)?(?:de\s+)?)?(?:mutaties|wijzigingen|bijstellingen)\s+(?:\w+\s+){0,3}?"
    r"(?:(?:voorjaars|najaars|zomer|winter|december|slot|bestuurs|tussen|concern|perspectief|kader|kwartaal|tussentijdse\s)"
    r"(?:nota|brief|bericht|rapportage)|[btm]urap|berap|marap|firap|vjn|njn)",
    re.I,
)
_BALANCE_SHEET = re.compile(r"(?:activa|passiva)", re.I)
_FLOWS = re.compile(r"exploitatie|result|kosten|krediet|investering|mutaties", re.I)
_OTHER_YEAR = re.compile(  # the year of a date, or of the paper or the law that is named
    r"\b(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?\s+(?:19|20)\d\d"
    r"|(?:nota|circulaire|brief|akkoord|deal|plan|visie|agenda|wet|besluit|motie)\s+(?:19|20)\d\d",
    re.I,
)
_NUMBER_OF_TABLE = re.compile(r"^(?:tabel|overzicht)\s+\d+(?:[.-]\d+)*[a-z]?\s*[:.–-]?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Stated:
    """The year and the words of a stage for all columns; `clear` unless words beside them may say something else."""

    year: int
    stages: frozenset[str]
    clear: bool


def stated_by(
    title: str, lines: Sequence[str], draft: Draft, reading: HeadingReading, context: Context
) -> Stated | None:
    """What the nearest text that says a year or a stage states; None where that is what is taken for granted.

    `lines` stand between the title and the table, the nearest last: of these only one counts that says nothing else.
    """
    headings = reading.columns
    if any(heading.years or heading.month_day for heading in headings):
        return None
    staged = any(heading.has_stage for heading in headings)
    above = [reading.above.text] if reading.above is not None else []
    beside = [*_corner(draft), *(_NUMBER_OF_TABLE.sub("", text) for text in reversed(lines))]
    firm = (found for text in beside if (found := _said(text, context)) and found.clear)
    for said in (*(_said(text, context) for text in above), *firm, _said(title, context)):
        if said is None:
            continue
        found = replace(said, stages=frozenset()) if staged else said
        usual = Heading("", tags=found.stages)
        same = staged or stage_of(usual, found.year, context, changes=False) is context.bare_stage(found.year)
        return None if same and found.year == context.document_year else found
    return None


def names_period(text: str) -> bool:
    """Whether a text says the year or the stage of what stands under it, and nothing else: Rekening 2024."""
    heading = heading_of(without_unit(_NUMBER_OF_TABLE.sub("", text)))
    return not heading.unknown and not heading.tags & _NO_STAGE and bool(heading.year or heading.tags & _STAGES)


def _said(text: str, context: Context) -> Stated | None:
    heading = heading_of(without_unit(text))
    if len(set(heading.years)) > 1 or heading.month_day or heading.tags & _NO_STAGE or _OTHER_YEAR.search(text):
        return None
    clear = not any(word.tag in ("unknown", "span") for word in words_of(heading.text))
    stages = heading.tags & _STAGES if clear or heading.years else frozenset()
    if not heading.years and not stages:
        return None
    return Stated(heading.year or context.document_year, stages, clear)


def _corner(draft: Draft) -> Iterable[str]:
    """The heading of the labels of a grid, where it stands over no column of amounts."""
    over = {text for texts in draft.aligned for text in texts}
    return [text for cell in draft.head if draft.aligned and (text := one_line(cell.text)) not in over]


def with_kind(title: str, draft: Draft, headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings with what the title states of the amounts under all of them: changes, or balances at a date."""
    bare = [not (h.has_stage or h.has_kind or h.measures or h.month_day or "not_euros" in h.tags) for h in headings]
    if _CHANGES.match(title) or CHANGES_OF_PAPER.match(title):
        return tuple(
            replace(heading, tags=heading.tags | {"movement"}) if plain else heading
            for heading, plain in zip(headings, bare, strict=True)
        )
    said, day = heading_of(without_unit(title)), meaning_of(title).balance_day
    dated = day is not None and not (said.has_stage or said.measures or said.tags & _NO_STAGE or _FLOWS.search(title))
    if not all(bare) or not (dated or _BALANCE_SHEET.fullmatch(title)) or _shows_flows(draft):
        return tuple(headings)
    year, date = ((day[2],) if day and day[2] else ()), day and (day[0], day[1])
    return tuple(
        replace(heading, tags=heading.tags | {"balance"}, years=heading.years or year, month_day=date)
        for heading in headings
    )


def _shows_flows(draft: Draft) -> bool:
    return any(is_measure_word(cell.text) for group in draft.groups for cell in group.texts)


def with_stages(headings: Sequence[Heading], stated: Stated | None) -> Sequence[Heading]:
    """The headings with the stage that is stated for all."""
    if stated is None or not stated.stages:
        return headings
    return [replace(heading, tags=heading.tags | stated.stages) for heading in headings]
