"""What the label of a row says: cost or income, balance or movement, a sum, a reserve's movement (BBV art. 17)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schemas.notation import plain
from schemas.records import Duration, LineType, Measure
from transformers.headings import heading_of

_MEASURE_WORD = re.compile(
    r"(?:totaal|totale|saldo van|geraamde)?\s*(?P<measure>lasten|baten|saldo|uitgaven|inkomsten|kosten|opbrengsten"
    r"|(?-i:^[LB]$))\s*(?:\(?[a-e0-9]\)?)?[.:]?",
    re.I,
)
_BARE_MEASURE = re.compile(r"(?:lasten|baten|saldo|uitgaven|inkomsten)[.:]?|(?-i:[LB])", re.I)
_MEASURE_OF = {
    "lasten": Measure.LASTEN, "uitgaven": Measure.LASTEN, "kosten": Measure.LASTEN,
    "baten": Measure.BATEN, "inkomsten": Measure.BATEN, "opbrengsten": Measure.BATEN,
    "saldo": Measure.SALDO, "l": Measure.LASTEN, "b": Measure.BATEN,
}  # fmt: skip
_TOTAL = re.compile(r"\b(?:sub|eind|generaal|progr?amma)?totaal\b|\btotale\b|\btotalen\b|\bgenerale\b|^som\b", re.I)
_SUBTOTAL = re.compile(r"\bsubtota", re.I)
_RESERVE = re.compile(r"reserve", re.I)
_PROVISION = re.compile(r"voorziening", re.I)
_ADD = re.compile(r"toevoeging|storting|dotatie|toev\.|vermeerdering|bijdrage aan|reservering|toegevoegd", re.I)
_TAKE = re.compile(
    r"onttrekking|putting|beschikking|aanwending|vrijval|onttr\.|vermindering|inzet|bijdragen? uit|uitname", re.I
)
_MOVES = re.compile(r"mutatie|verrekening|bestemming|dekking", re.I)
_NET = re.compile(
    r"(?:(?:sub)?tota(?:al|le)\s+(?:van\s+)?(?:de\s+)?)?"
    r"netto(?:[\s-]*(?:\w+e\s)?\w*(?:last(?:en)?|kosten|uitgaven|resultaat|saldo|tekort|overschot)\b|$)",
    re.I,
)
_BALANCE_WORD = re.compile(r"(?:saldo|saldi|resultaat|tekort|overschot)\b", re.I)
_MUTATION = re.compile(r"mutaties?\b.*reserve|reserve\s?mutatie|verrekening.*reserve|resultaatbestemming", re.I)
_BEFORE = re.compile(
    r"saldo (?:van |totaal )?(?:de )?(?:baten en lasten|lasten en baten|lasten/baten)|saldo v(?:oo|óó)r\b"
    r"|resultaat v(?:oo|óó)r|bruto\s?resultaat|saldo exclusief|gerealiseerde? totaal\s?saldo|totaal saldo"
    r"|saldo rekening baten",
    re.I,
)
_RESULT = re.compile(
    r"resultaat na|saldo na|geraamd(?:e)? resultaat|gerealiseerd resultaat|netto[\s-]?resultaat"
    r"|begrotings(?:saldo|resultaat|tekort|overschot)"
    r"|^resultaat|rekening\s?resultaat|exploitatieresultaat|resultaat (?:programma|rekening)",
    re.I,
)
_AROUND_RESERVES = re.compile(  # a balance or a sum, and whether what is done with reserves is in it
    r"(?P<head>.*?\b(?:\w*(?:saldo|saldi|resultaat|tekort|overschot)|lasten|baten|totaal)\b"
    r"(?:\D|(?:19|20)\d\d){0,60}?)\b(?P<order>v(?:oo|óó)r|n[aá]|excl\.?|exclusief|zonder|incl\.?|inclusief)\s"
    r"(?:de |het |alle |begrote |geraamde )?(?:mutatie|toevoeging|onttrekking|storting|dotatie|verrekening|beschikking"
    r"|aanwending|inzet|bijdragen? (?:aan|van|uit)|(?:algemene |bestemmings)?reserve|(?:resultaat)?bestemming\b)",
    re.I,
)
_STATE = r"primitieve|oorspronkelijke|vastgestelde|gewijzigde|bijgestelde|actuele|huidige|vorige|concept|ontwerp|\d+e"
_PAPER = (  # what says how the budget stands
    r"(?:ontwerp|concept|programma|meerjaren)?-?(?:begroting(?:ssaldo|sresultaat)?|raming)"
    r"|(?:kader|perspectief|lente|voorjaars|zomer|najaars|herfst|winter|december|slot)-?(?:nota|brief|bericht|rapportage)"
    r"|(?:bestuurs|tussen|concern|kwartaal)rapportage|[bmt]urap|berap|marap|firap|vorap|narap|vjn|njn|zjn"
)
_OF_BUDGET = rf"(?:na |van |volgens |conform |bij |in )?(?:de |het )?(?:(?:{_STATE}) )*(?:{_PAPER})(?!\w)"
_BALANCE = re.compile(
    rf"\b(?:begin|eind)(?:stand|saldo|balans)\b|\bstand(?:en)?\b(?! (?:na |{_OF_BUDGET}))|boekwaarde"
    r"|\bultimo\b|\bprimo\b|\bsaldo (?:per )?(?:1|31|0?1[-/]0?1|31[-/]12)\b"
    r"|\b(?:per|op) (?:1 jan|31 dec|\d{1,2}[-/]\d{1,2})",
    re.I,
)
_BUDGET_STANDS = re.compile(rf"stand {_OF_BUDGET}", re.I)
_BEGIN = re.compile(r"begin|\b(?:1 jan|0?1[-/]0?1)\b|primo", re.I)
_END = re.compile(r"eind|\b(?:31 dec|31[-/]12)|ultimo", re.I)
_DATE = re.compile(
    r"\b(?P<day>1|01|31)(?:\s+|[-/])(?P<month>jan\w*|dec\w*|12|0?1(?!\d))(?:[-/\s]+(?P<year>(?:19|20)\d\d))?", re.I
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a row's label says."""

    line_type: LineType | None = None
    measure: Measure | None = None
    is_total: bool = False
    stand: bool = False
    movement: int = 0
    duration: Duration | None = None
    balance_day: tuple[int, int, int | None] | None = None  # month, day, year


@lru_cache(maxsize=1 << 13)
def meaning_of(label: str) -> Meaning:
    """The meaning of a label; all parts empty for one that only names something."""
    flat = plain(label)
    measure = _measure(flat)
    stand = bool(_BALANCE.search(flat))
    tags = heading_of(flat).tags
    duration = None
    if len(tags & {"incidental", "structural"}) == 1:
        duration = Duration.INCIDENTEEL if "incidental" in tags else Duration.STRUCTUREEL
    return Meaning(
        _line_type(flat, measure),
        measure,
        bool(_TOTAL.search(flat)),
        stand,
        _movement(flat, stand=stand),
        duration,
        _day(flat) if stand else None,
    )


def duration_above(path: Sequence[str]) -> Duration | None:
    """What the nearest heading of a section that says incidenteel or structureel, in known words, says of its rows."""
    known = (text for text in reversed(path) if not heading_of(text).unknown)
    return next((found for text in known if (found := meaning_of(text).duration)), None)


def is_measure_word(label: str) -> bool:
    """Whether a label says lasten, baten or saldo and nothing else: the name it belongs to stands above."""
    return bool(_BARE_MEASURE.fullmatch(label.strip()))


def is_stand_of_budget(label: str) -> bool:
    """Whether a label says how the budget stands in one paper or after another: Stand kadernota 2026."""
    return _BUDGET_STANDS.match(plain(label)) is not None


def is_subtotal(label: str) -> bool:
    """Whether a label calls itself a subtotal."""
    return bool(_SUBTOTAL.search(label))


def _measure(flat: str) -> Measure | None:
    found = _MEASURE_WORD.fullmatch(flat)
    if found:
        return _MEASURE_OF[found["measure"].lower()]
    lower = flat.lower()
    balance = _around_reserves(flat) or _BEFORE.search(lower) or _RESULT.search(lower)
    if balance or lower.startswith(("saldo", "resultaat")) or _NET.match(lower):
        return Measure.SALDO
    if re.search(r"\bnetto[\s-]*(?:baten|opbrengst)", lower):
        return None
    costs = bool(re.search(r"\b(?:totaal|totale|exploitatie)?\s?lasten\b|\(lasten\)", lower))
    income = bool(re.search(r"\b(?:totaal|totale|exploitatie)?\s?baten\b|\(baten\)", lower))
    if costs != income and re.match(r"(?:totaal|totale|exploitatie|lasten|baten|.*\((?:lasten|baten)\))", lower):
        return Measure.LASTEN if costs else Measure.BATEN
    return None


def _around_reserves(flat: str) -> LineType | None:
    """What a balance is that says on which side of the changes in reserves it stands: before them, or with them in."""
    found = _sum_around_reserves(flat)
    if found is None or not _BALANCE_WORD.search(found["head"]):
        return None
    within = found["order"].lower().startswith(("n", "incl"))
    return LineType.RESULTAAT if within else LineType.SALDO_VAN_BATEN_EN_LASTEN


def _sum_around_reserves(flat: str) -> re.Match[str] | None:
    """The words of a sum before or after the changes in reserves, where the label does not name these themselves."""
    found = _AROUND_RESERVES.match(flat)
    named = found and any(words.search(found["head"]) for words in (_ADD, _TAKE, _RESERVE, _PROVISION, _MOVES))
    return None if named else found


def _line_type(flat: str, measure: Measure | None) -> LineType | None:
    lower = flat.lower()
    if _sum_around_reserves(flat):
        return _around_reserves(flat) or (LineType(measure.value) if measure else None)
    reserve = bool(_RESERVE.search(lower)) and not _PROVISION.search(lower)
    if reserve and not re.match(r"(?:saldo (?:van |voor|na)|lasten|baten|resultaat|saldo excl)", lower):
        adds, takes = bool(_ADD.search(lower)), bool(_TAKE.search(lower))
        if adds != takes:
            return LineType.TOEVOEGING_RESERVES if adds else LineType.ONTTREKKING_RESERVES
        if (adds and takes) or _MUTATION.search(lower):
            return LineType.MUTATIE_RESERVES
    if _RESULT.search(lower):
        return LineType.RESULTAAT
    if _BEFORE.search(lower):
        return LineType.SALDO_VAN_BATEN_EN_LASTEN
    return LineType(measure.value) if measure else None


def _movement(flat: str, *, stand: bool) -> int:
    if stand:
        return -2 if _BEGIN.search(flat) and not _END.search(flat) else 2
    adds, takes = bool(_ADD.search(flat)), bool(_TAKE.search(flat))
    return 0 if adds == takes or _sum_around_reserves(flat) else (1 if adds else -1)


def _day(flat: str) -> tuple[int, int, int | None] | None:
    found = _DATE.search(flat)
    if not found:
        return None
    month = 1 if found["month"].lower().startswith(("jan", "1", "01")) and found["month"] != "12" else 12
    return month, int(found["day"]), int(found["year"]) if found["year"] else None


def balance_date(day: tuple[int, int, int | None] | None, year: int | None) -> date | None:
    """The date of a balance whose label names a day, in the column's year where the label names none."""
    if day is None or (day[2] or year) is None:
        return None
    try:
        return date(day[2] or year or 1, day[0], day[1])
    except ValueError:
        return None
