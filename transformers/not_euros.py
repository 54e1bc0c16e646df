"""What shows no amounts in euros by its own words: indicators, ratios (BBV art. 11), people, percentages, and amounts
per inhabitant or pupil."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transformers.row_lines import is_heading_text
from transformers.units import unit_in
from transformers.vocabulary import COUNTED

_TABLE = re.compile(r"\bindicator(?:en)?\b|\bkengetal(?:len)?\b|\beenheid\b|\bstreefwaarde\b|^woonlasten\b", re.I)
_TITLE = re.compile(
    r"\bper (?:inwoner|huishouden|woning)\b|\bindicatoren\b|\bkengetallen\b|\btarie(?:f|ven)\b"
    r"|\binhoud(?:sopgave)?\b|\bvolumes?\b|\bmaatstaven\b|\bareaal\b"
    r"|\bwat gaan we meten\b|\bwoonlasten\b|\blastendruk\b",
    re.I,
)
_COUNTING_TITLE = re.compile(
    r"\bfte'?s?\b|percentages?\b|\bin (?:%|procent(?:en)?\b)|\(%\)|(?<!\been )\baantal(?:len)?\b"
    r"|\binwoners?aantal(?:len)?\b",
    re.I,
)
_AMOUNTS = re.compile(
    r"\b(?:lasten|baten|kosten|uitgaven|inkomsten|opbrengsten|bedrag(?:en)?|budget(?:ten)?)\b|€|\beuro", re.I
)
_PER = rf"\b(?:lasten|kosten|prijs|bedrag|bijdrage|opbrengst|subsidie|vergoeding|euro) per {COUNTED}"
_ROW = re.compile(
    r"per (?:1\.?000 )?inwoner|\bfte'?s?\b|%\)?$|^%|\b(?:in|als) (?:een )?(?:%|procent)|\bpercentage|^\w+percentage"
    r"|^aantal|\baantal$|\(aantal|per huishouden|dekkingsgraad|ratio\b|score\b|\btarief\b|\bindex\b"
    r"|^formatie$|\bformatie(?:plaatsen| in| \()|\((?:m[123²]?|ha|km|stuks?|st\.?)\)"
    r"|^(?:inwoners|woonruimten|hectaren?)$"
    r"|schuldquote\b|^solvabiliteit$|belastingcapaciteit\b|^structurele exploitatieruimte"
    r"|^(?:totale )?woonlasten\b|^kengetal"
    rf"|{_PER}",
    re.I,
)
_STATED = re.compile(  # what is counted, as the unit of the numbers themselves
    r"\((?:in |aantal )?(?:fte'?s?|%|procent(?:en)?|m[123²]?|ha|km|stuks?|st\.?)\)"
    r"|\b(?:in|als) (?:een )?(?:%|procent|fte)"
    r"|(?<!\d)(?<!\d )\bfte'?s?$|(?<!\d)(?<!\d )%\)?$|^%|percentage|aantal|\bformatieplaatsen|\bformatie in"
    r"|^tarief\b|per huishouden|dekkingsgraad|ratio\b|score\b|^(?:inwoners|woonruimten|hectaren?)$"
    r"|schuldquote\b|^solvabiliteit$|belastingcapaciteit\b|^structurele exploitatieruimte|\bwoonlasten\b|^kengetal",
    re.I,
)


def heads_no_euros(heads: Sequence[str], title: str) -> bool:
    """Whether the words above the rows of a table, or its title, say that it shows no euros."""
    if any(_TABLE.search(text) for text in heads if len(text) < 60 or is_heading_text(text)):
        return True
    counting = _COUNTING_TITLE.search(title) and not _AMOUNTS.search(title)
    return bool(_TITLE.search(title) or counting) and not any(unit_in(text) for text in heads)


def shows_no_euros(label: str) -> bool:
    """Whether the label of a row says that its numbers are no amounts in euros."""
    return bool(_ROW.search(label)) and not unit_in(label)


def states_no_euros(label: str) -> bool:
    """Whether the label of such a row leaves no doubt: it states what its numbers count, or names a ratio."""
    return shows_no_euros(label) and bool(_STATED.search(label))
