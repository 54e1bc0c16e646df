"""From what a heading says to a column of the contract: fiscal year, stage, measure, kind of amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from schemas.records import AmountKind, Column, ColumnRole, DocumentType, Duration, Measure, Stage
from transformers.headings import Heading
from transformers.spent_so_far import is_spent_so_far

_CLOSED_YEARS_AGO = {
    DocumentType.JAARSTUKKEN: 0,
    DocumentType.TUSSENRAPPORTAGE: 1,
    DocumentType.BEGROTINGSWIJZIGING: 1,
    DocumentType.BEGROTING: 2,
    DocumentType.KADERNOTA: 2,
}
_YEAR_COLUMNS = frozenset(("jaar", "jaartal", "planning", "start", "gereed", "jaar gereed", "jaar van investeren"))
_TO_THE_END = re.compile(r"\bdec|(?:4e|vierde|kwartaal 4|Q4|2e halfjaar|tweede halfjaar)", re.I)
_CARRIED_OVER = re.compile(
    r"\bover\s?te\s?hevelen|overhevel|overgeheveld|\bdoor(?:\s?te\s?|ge)?schui?[fv]|doorgeschoven", re.I
)
_YEAR_BEGIN, _YEAR_END = (1, 1), (12, 31)
_WHOLE_YEAR = re.compile(r"\bjan(?:uari|\.)?\s*(?:[-–]|t/m|tot en met)\s*dec", re.I)
_UP_TO = re.compile(r"\b(?:t/m|tot(?: en met| aan)?)\s+\d{1,2}[-/. ]", re.I)
_SPENT = re.compile(r"\b(?:besteed|uitgegeven|betaald|ontvangen|geboekt|boekingen)\b", re.I)
_BALANCE = re.compile(
    r"\b(?:werkelijke|gerealiseerde)\s+(?:eind)?stand\b|boekwaarde|balans|schuld|reserve|eindsaldo", re.I
)
_MOVEMENTS = frozenset(("movement", "added", "taken", "interest"))
_BALANCES = frozenset(("balance", "begin", "end"))


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the document: its type, and the fiscal year it is about."""

    document_type: DocumentType
    document_year: int

    @property
    def last_closed_year(self) -> int:
        """The last year whose accounts can be in the document (BBV art. 19: a begroting of year t shows t-2)."""
        return self.document_year - _CLOSED_YEARS_AGO[self.document_type]

    def bare_stage(self, year: int) -> Stage:
        """The stage of a year under which no heading says one."""
        if year > self.document_year:
            return Stage.MEERJARENRAMING
        return Stage.REKENING if year <= self.last_closed_year else Stage.BEGROTING


def stage_of(heading: Heading, year: int, context: Context, *, changes: bool) -> Stage:
    """The stage of a column; `changes` says that the whole table shows differences or changes."""
    tags = heading.tags
    if tags & {"difference", "forecast", "credit", "sum", "elsewhere"}:
        return Stage.OVERIG
    if _is_part_of_year(heading):
        return Stage.OVERIG
    named = tags & {"realised", "amended", "budget", "original", "multi_year", "cumulative"}
    if not named:
        if _CARRIED_OVER.search(heading.text):
            return Stage.OVERIG
        if tags & _MOVEMENTS or (changes and not heading.years):
            return Stage.OVERIG
        return context.bare_stage(year)
    if year > context.document_year:
        return Stage.MEERJARENRAMING
    if tags & {"realised", "cumulative"}:
        return Stage.REKENING
    return Stage.BEGROTING_NA_WIJZIGING if "amended" in tags else Stage.BEGROTING


def _is_part_of_year(heading: Heading) -> bool:
    """Whether a heading says a quarter or a month, or what was spent up to a day or a month within the year.

    What was realised by 1 January is the balance of a year before, and a balance is named as one beside a day.
    """
    tags = heading.tags
    if "cumulative" in tags and heading.month_day not in (None, _YEAR_END):
        return True
    if heading.month_day not in (None, _YEAR_END, _YEAR_BEGIN) and not _BALANCE.search(heading.text):
        up_to = _UP_TO.search(heading.text) and "amended" not in tags
        if up_to or "realised" in tags or set(heading.measures) & {"lasten", "baten"} or _SPENT.search(heading.text):
            return True
    if "part_year" not in tags or "amended" in tags or _WHOLE_YEAR.search(heading.text):
        return False
    if tags & _BALANCES and ("realised" not in tags or _BALANCE.search(heading.text)):
        return False
    return "cumulative" not in tags or not _TO_THE_END.search(heading.text)


def kind_of(heading: Heading, stage: Stage) -> AmountKind:
    """What may be added to the amounts of a column."""
    tags = heading.tags
    for tag, kind in (
        ("difference", AmountKind.VERSCHIL),  # before forecast: Verwachte afwijking
        ("forecast", AmountKind.PROGNOSE),
        ("credit", AmountKind.KREDIET),
    ):
        if tag in tags:
            return kind
    if tags & _BALANCES and not _is_part_of_year(heading):
        return AmountKind.OVERIG if "cumulative" in tags else AmountKind.STAND
    if tags & _MOVEMENTS:
        return AmountKind.MUTATIE
    over_years = heading.month_day is None and is_spent_so_far(heading)
    return AmountKind.OVERIG if stage is Stage.OVERIG or over_years else AmountKind.EXPLOITATIE


def column_of(heading: Heading, fallback_year: int, context: Context, *, changes: bool = False) -> Column:
    """The column that a heading makes. `fallback_year` is the year of a heading without one."""
    if "not_euros" in heading.tags:
        return Column(heading.text, ColumnRole.NOT_EUROS)
    if heading.text.lower() in _YEAR_COLUMNS:
        return Column(heading.text, ColumnRole.NOT_EUROS)
    if "previous" in heading.tags and not heading.years:
        fallback_year = context.document_year - 1
    year = heading.year if heading.years and heading.year else (max(heading.years) if heading.years else fallback_year)
    stage = stage_of(heading, year, context, changes=changes)
    measure = Measure(heading.measure) if heading.measure else None
    kind = kind_of(heading, stage)
    return Column(
        heading.text,
        ColumnRole.AMOUNT,
        year,
        stage,
        measure,
        kind,
        duration_of(heading.tags),
        _balance_date(heading, year) if kind is AmountKind.STAND else None,
        movement_of(heading.tags),
    )


def duration_of(tags: frozenset[str]) -> Duration | None:
    """Incidenteel or structureel, where one of the two is named."""
    found = tags & {"incidental", "structural"}
    if len(found) != 1:
        return None
    return Duration.INCIDENTEEL if "incidental" in found else Duration.STRUCTUREEL


def movement_of(tags: frozenset[str]) -> int:
    """The part in begin + added - taken = end: -2 begin, 1 added, -1 taken, 2 end; 0 for none of them."""
    for tag, part in (("begin", -2), ("end", 2), ("added", 1), ("taken", -1)):
        if tag in tags:
            return part
    return 0


def _balance_date(heading: Heading, year: int) -> date | None:
    if heading.month_day is None:
        return None
    month, day = heading.month_day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def implausibility(heading: Heading, context: Context) -> float:
    """How strange a heading's year is for its stage, in a document of this type and year."""
    year = heading.year
    if year is None or heading.tags & {"difference", "credit"}:
        return 0.0
    if "realised" in heading.tags or "cumulative" in heading.tags:
        if year > context.document_year:
            return 2.0
        return 0.7 if year > context.last_closed_year and not _is_part_of_year(heading) else 0.0
    if "multi_year" in heading.tags:
        return 0.7 if year <= context.document_year else 0.0
    if "amended" in heading.tags and context.document_type is DocumentType.BEGROTING and year >= context.document_year:
        return 0.5  # what is proposed now was not amended yet
    if heading.tags & {"budget", "amended", "original"}:
        return 0.4 if year < context.last_closed_year + (context.document_type is not DocumentType.JAARSTUKKEN) else 0.0
    return 0.0
