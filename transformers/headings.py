"""What the heading of a column says: year, stage, measure, and what kind of amount stands below.

The words are one closed list. What is not in it is kept as unknown words of the heading, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.notation import plain
from schemas.records import Measure

# Each word of a heading and the tags it gives. Longer expressions stand before the words they hold.
_WORDS: tuple[tuple[str, str], ...] = (
    ("difference", r"t\.?\s?o\.?\s?v\.?|ten opzichte van"),
    ("movement", r"begr(?:otings)?\.?\s?-?(?:wijziging(?:en)?|wijz\.|mutaties?)"),
    ("balance", r"(?:schuld)?restant(?:schuld|bedrag)?(?=\s+(?:per\s+|op\s+)?\d{1,2}[-/ ])|restschuld|schuldrestant"),
    ("cumulative", r"(?:uitgaven|realisatie|werkelijk|besteed|uitgegeven)\s+(?:t/m|tot en met|tot)"),
    (
        "balance",
        r"(?:saldo|stand|reserve|balans|boekwaarde)?\s*(?:per|op|ultimo|primo)\s+(?=\d{1,2}[-/. ]|(?:19|20)\d\d)",
    ),
    (
        "amended",
        r"\d+e\s+(?:begrotings)?wijziging|(?:n[aá]|incl(?:\.|usief)?|t/m|tot en met|stand na)\s+(?:de\s+)?"
        r"(?:\d+\s?(?:e|ste|de)?\s*)?(?:t/m \d+e?\s*)?"
        r"(?:begrotings)?(?:wijziging(?:en)?|wijz\.?|bw|zomernota|najaarsnota|voorjaarsnota|berap|burap|marap|turap|"
        r"vjn|njn|zjn|bestuursrapportage|tussenrapportage|najaarsrapportage|voorjaarsrapportage|kadernota|perspectiefnota)\b",
    ),
    (
        "amended",
        r"gewijzigde?|gew\.|bijgestelde?|actue(?:el|le)|dynamische?|definitie(?:f|ve)|herziene?|lopende|bijstelling|huidige",
    ),
    ("multi_year", r"meer\s?jaren?\s?-?\s?(?:raming(?:en)?|begroting(?:en)?|perspectief)|mjr|mjb|mjp|meerjarig"),
    (
        "original",
        r"v(?:oo|óó)r\s+(?:begrotings)?(?:wijziging(?:en)?|wijz\.?)|primiti(?:ef|eve)|primai?re?|oorspronkelijke?"
        r"|oorspr\.?|vastgestelde?|initi(?:eel|ële)",
    ),
    ("realised", r"(?:jaar)?rekening(?:en)?|realisaties?|gerealiseerde?|werkelijke?|jaarverslag|real\.|rek\.|jrk|jr"),
    (
        "credit",
        r"(?:totaal|restant|beschikbaar(?:\s+gestelde?)?|verleende?|toegekende?)?[- ]?krediet(?:en|bedrag(?:en)?)?"
        r"|autorisaties?(?:\s+t/m)?|investerings?\s*-?\s*(?:budget|bedrag|krediet|ruimte)",
    ),
    (
        "budget",
        r"(?:programma|ontwerp|concept|product|deel)?\s?-?begroting(?:en)?|begroot|begrote|begr\.?|raming(?:en)?"
        r"|geraamde?|ip|ontwerp|budget(?:ten)?",
    ),
    ("forecast", r"nog te (?:maken|realiseren)|prognoses?|verwachting(?:en)?|verwachte?"),
    (
        "difference",
        r"verschil(?:len)?|afwijking(?:en)?|vergelijking|restant|onderschrijding|overschrijding|over-/onderschrijding"
        r"|voordeel|nadeel",
    ),
    ("movement", r"mutaties?|wijziging(?:en)?|effect(?:en)?|ontwikkeling(?:en)?|resultaat\s?bestemming|bestemming"),
    (
        "added",
        r"toevoeging(?:en)?|storting(?:en)?|dotaties?|dot\.|vermeerdering(?:en)?|bijschrijving(?:en)?|toev\."
        r"|toegevoegd",
    ),
    (
        "taken",
        r"onttrekking(?:en)?|onttr\.|vermindering(?:en)?|aanwending(?:en)?|vrijval|putting(?:en)?|aflossing(?:en)?"
        r"|afschrijving(?:en)?|besteding(?:en)?|onttrokken",
    ),
    ("interest", r"rente(?:toevoeging)?"),
    ("begin", r"begin\s?(?:stand|saldo|balans)"),
    ("end", r"eind\s?(?:stand|saldo|balans)"),
    ("balance", r"stand|boekwaarde|balans(?:waarde)?|ultimo|primo"),
    ("incidental", r"incidente(?:el|le)|eenmalige?"),
    ("structural", r"structure(?:el|le)"),
    (
        "saldo",
        r"saldo(?:\s+(?:van\s+)?(?:de\s+)?(?:lasten|baten)\s*(?:/|en|-)\s*(?:lasten|baten))|saldi|saldo"
        r"|netto(?:\s+(?:lasten|kosten|uitgaven))?",
    ),
    ("lasten", r"(?<=\d )(?-i:L)|lasten|uitgaven|kosten|exploitatielasten|kapita?al\s?lasten"),
    ("baten", r"(?<=\d )(?-i:B)|baten|inkomsten|opbrengst(?:en)?|exploitatiebaten"),
    ("result", r"resultaat|resultaten"),
    ("total", r"totaal|totale|totalen|eindtotaal"),
    (
        "not_euros",
        r"%|percentages?|procent(?:en)?|in %|fte'?s?|aantal(?:len)?|(?:afschr(?:ijvings)?\.?\s?-?)?termijn|startjaar"
        r"|looptijd|jaren|progr\.?|prog\.|programma\s?n(?:umme)?r\.?|nr\.?|nummer|pagina|pag\.|blz\.?"
        r"|indicator(?:en)?|eenheid|norm|score|streefwaarde"
        r"|per (?:inwoner|deelnemer|leerling|huishouden|woning|uur|stuk|eenheid|aansluiting|hectare|fte)"
        r"|m2|m²|hectaren?|volgnummer|volgnr\.?|rentepercentage|ratio|inwoners"
        r"|tarie(?:f|ven)|aandeel|\w+nummer|kans",
    ),
    ("amount", r"bedrag(?:en)?"),
    ("mark", r"v\s?/\s?n|n\s?/\s?v|i\s?/\s?s|s\s?/\s?i|l\s?/\s?b|b\s?/\s?l"),
    (
        "label_head",
        r"programma'?s?|afdeling(?:en)?|cluster|categorie|kostensoort(?:en)?|programmaonderde(?:el|len)|omschrijving|onderwerp(?:en)?|taakveld(?:en)?|onderde(?:el|len)"
        r"|reserves?|deelprogramma'?s?|hoofdtaakveld(?:en)?|product(?:en)?|thema'?s?|voorziening(?:en)?|naam|deel"
        r"|post(?:en)?|soort"
        r"|beleidsveld(?:en)?|begrotingsprogramma|project(?:en)?|portefeuille|domein|kerntaak|pijler|hoofdstuk|titel"
        r"|specificatie|toelichting|opgave|categorie(?:ën)?|code|bron",
    ),
    (
        "filler",
        r"van|de|het|in|en|aan|uit|per|voor|jaar|dienstjaar|boekjaar|begrotingsjaar|x|\*|t/m|c\.q\.|of|op"
        r"|jaarschijf|nieuwe?|ná|vóór|na|algemene?|na?ar",
    ),
)
_GROUPS = "|".join(rf"(?P<w{n}>(?<![^\W\d_])(?:{words})(?![^\W\d_]))" for n, (_, words) in enumerate(_WORDS))
_DATE = (
    r"(?P<day>\d{1,2})(?:[-/.](?P<month>\d{1,2})[-/.]| (?P<month_name>jan\w*|feb\w*|m(?:aa)?rt|apr\w*|mei|jun\w*|jul\w*"
)
_DATE += r"|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*)\.?(?: |$))(?P<date_year>(?:19|20)\d\d)?"
_YEARS = r"(?P<prefix>(?<![A-Za-z])(?:BW|JR|MJR|MJB|[BRJ])\s?-?)?"
_YEARS += r"(?<!\d)(?P<year>(?:19[89]|20[0-6])\d)(?:\s*e\.?\s?v\.?)?(?![\d.]\d)"
_SHORT = r"(?<!\w)['’‘´`](?P<short>[0-6]\d)(?![\w.,])"
_SPAN = r"(?P<span>(?<!\d)(?:19|20)\d\d\s?(?:[-–/]|t/m|tot en met)\s?(?:(?:19|20)\d\d))"
_TOKEN = re.compile(
    rf"(?P<date>{_DATE})|{_SPAN}|{_YEARS}|{_SHORT}|{_GROUPS}|(?P<word>[^\W_]+[^\s]*)|(?P<sign>\S)", re.I
)
_TAG_OF = {f"w{n}": tag for n, (tag, _) in enumerate(_WORDS)}
_PREFIXES = {
    "B": "budget",
    "R": "realised",
    "J": "realised",
    "JR": "realised",
    "BW": "amended",
    "MJR": "multi_year",
    "MJB": "multi_year",
}
_MONTHS = {name: n for n, name in enumerate("jan feb mrt apr mei jun jul aug sep okt nov dec".split(), start=1)}
_MONTHS["maa"] = 3
_STAGES = frozenset(("realised", "budget", "original", "amended", "multi_year", "forecast", "difference", "cumulative"))
_CLASS_OF = {
    "realised": "realised", "cumulative": "realised", "budget": "budget", "original": "budget", "amended": "budget",
    "multi_year": "budget", "forecast": "forecast", "difference": "difference",
}  # fmt: skip
_KINDS = frozenset(
    (
        "credit",
        "movement",
        "added",
        "taken",
        "interest",
        "begin",
        "end",
        "balance",
        "incidental",
        "structural",
        "total",
        "result",
    )
)
_MEASURES = {"lasten": Measure.LASTEN, "baten": Measure.BATEN, "saldo": Measure.SALDO}


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading, or several above one another, say of the amounts below."""

    text: str
    years: tuple[int, ...] = ()
    tags: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    unknown: int = 0  # words that the closed list does not know
    month_day: tuple[int, int] | None = None

    @property
    def year(self) -> int | None:
        """The one year that is named."""
        return self.years[0] if len(set(self.years)) == 1 else None

    @property
    def measure(self) -> str | None:
        """The one measure that is named."""
        return self.measures[0] if len(self.measures) == 1 else None

    @property
    def measure_text(self) -> str | None:
        """The text, where it names one measure and says nothing else."""
        return self.text if self.measure and not self.years and not self.tags and not self.unknown else None

    @property
    def is_pair(self) -> bool:
        """Whether it names lasten and baten together: the heading of a section sooner than of a column."""
        return len(self.measures) > 1

    @property
    def has_stage(self) -> bool:
        """Whether a stage of the budget, or a difference between stages, is named."""
        return bool(self.tags & _STAGES)

    @property
    def has_kind(self) -> bool:
        """Whether a kind of amount is named."""
        return bool(self.tags & _KINDS)

    @property
    def says_something(self) -> bool:
        """Whether it can head a column of amounts."""
        named = self.years or self.has_stage or self.has_kind or self.measures
        return bool(named or self.tags & {"not_euros", "amount"})

    @property
    def is_pure(self) -> bool:
        """Whether it is made of known words and can head a column."""
        return not self.unknown and self.says_something

    @property
    def is_year(self) -> bool:
        """Whether it is a year and nothing else."""
        return len(self.years) == 1 and not self.tags and not self.measures and not self.unknown

    @property
    def classes(self) -> frozenset[str]:
        """The stages that exclude each other."""
        return frozenset(_CLASS_OF[tag] for tag in self.tags if tag in _CLASS_OF)

    @property
    def shape(self) -> tuple[bool, bool, bool, bool]:
        """Which parts it has: neighbours in one row of headings have the same."""
        return bool(self.years), self.has_stage, bool(self.measures), self.has_kind


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a heading."""

    tag: str  # a tag of the closed list, `year`, `span`, `date` or `unknown`
    text: str
    start: int
    year: int | None = None
    implied: str = ""
    month_day: tuple[int, int] | None = None


@lru_cache(maxsize=1 << 13)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a heading with what the closed list says of each."""
    return tuple(
        _word(match) for match in _TOKEN.finditer(plain(text)) if match.lastgroup != "sign" or match.group() == "%"
    )


def _word(match: re.Match[str]) -> Word:
    text, start = match.group(), match.start()
    if match["date"]:
        month = int(match["month"]) if match["month"] else _MONTHS.get((match["month_name"] or "")[:3].lower(), 0)
        year = int(match["date_year"]) if match["date_year"] else None
        return Word("date", text, start, year, month_day=(month, int(match["day"])))
    if match["span"]:
        return Word("span", text, start)
    if match["year"]:
        prefix = (match["prefix"] or "").strip(" -").upper()
        return Word("year", text, start, int(match["year"]), _PREFIXES.get(prefix, ""))
    if match["short"]:
        return Word("year", text, start, 2000 + int(match["short"]))
    for name in _TAG_OF:
        if match[name]:
            return Word(_TAG_OF[name], text, start)
    return Word("unknown" if match["word"] else "filler", text, start)


@lru_cache(maxsize=1 << 13)
def heading_of(text: str) -> Heading:
    """What a cell says as a heading."""
    clean = _NOTE.sub("", text)
    return _combined(" ".join(clean.split()), words_of(_HYPHEN.sub(r"\1", clean)))


def _combined(text: str, words: tuple[Word, ...]) -> Heading:
    tags = {word.tag for word in words} | {word.implied for word in words if word.implied}
    years = tuple(word.year for word in words if word.year is not None)
    measures = tuple(dict.fromkeys(word.tag for word in words if word.tag in _MEASURES))
    unknown = sum(word.tag == "unknown" for word in words)
    days = [word.month_day for word in words if word.month_day]
    if days:
        tags.add("balance")
    if "span" in tags and len(words) == 1:
        return Heading(text, (), frozenset(("total", "sum")))  # 2025-2028: the years together
    if "span" in tags or ("label_head" in tags and len(words) >= 2 and len(tags) >= 2):
        unknown += 1  # no heading of a column: a span of years, or a title such as `kredieten per programma`
    known = frozenset(tags - {"year", "date", "unknown", "filler", "lasten", "baten", "saldo", "span"})
    return Heading(text, years, known, measures, unknown, days[0] if days else None)


def merged(upper: Heading, lower: Heading) -> Heading | None:
    """What two headings above one another say; None where they contradict each other."""
    if upper.year and lower.year and upper.year != lower.year:
        return None
    if upper.text.endswith("-") and upper.unknown and lower.text[:1].islower():
        return heading_of(upper.text + lower.text)  # one word over two lines
    if upper.classes and lower.classes and upper.classes != lower.classes and "difference" not in upper.classes:
        return None
    measures = tuple(dict.fromkeys(upper.measures + lower.measures))
    # Saldo 2020 over lasten and baten of its own: what two stages differ in cost and in income.
    balance = upper.measure == "saldo" and not upper.has_stage and lower.measure in ("lasten", "baten")
    extra = frozenset(("difference",)) if balance else frozenset()
    return Heading(
        f"{upper.text} {lower.text}".strip() if upper.text != lower.text else upper.text,
        upper.years + lower.years,
        upper.tags | lower.tags | extra,
        lower.measures or measures,
        upper.unknown + lower.unknown,
        lower.month_day or upper.month_day,
    )


def phrases(text: str) -> list[Heading]:
    """The headings of several columns that stand on one line, in order, and the words before them as the first one.

    A new heading begins at a stage, a year or a measure where the one before has its own already; words such as
    `na wijziging` go with the heading they follow, `gewijzigde` with the one that follows.
    """
    out: list[list[Word]] = [[]]
    text = _GLUED.sub(" ", _NOTE.sub("", text))
    brackets = [match.span() for match in _BRACKETS.finditer(plain(text))]
    for word in words_of(text):
        inside = any(start < word.start < end for start, end in brackets)
        if not inside and _begins(out[-1], word, out[-2] if len(out) > 1 else []):
            out.append([])
        out[-1].append(word)
    flat = plain(text)
    groups = [group for group in out if group]
    starts = [group[0].start for group in groups]
    ends = [*starts[1:], len(flat)][: len(starts)]
    return [
        _combined(" ".join(flat[start:end].split()), tuple(group))
        for group, start, end in zip(groups, starts, ends, strict=True)
    ]


_STAGE_WORDS = frozenset(("realised", "budget", "multi_year", "forecast", "difference", "cumulative"))
_MOVING = frozenset(("movement", "added", "taken", "interest", "balance", "begin", "end"))
_CHANGING = frozenset(("movement", "added", "taken", "credit"))
_NOTE = re.compile(r"(?<=\s)\d{1,2}\)")
_HYPHEN = re.compile(r"([A-Za-z][a-zë]+)-\s?(?=(?!en\b|of\b)[a-z]{3,})")  # a word broken over two lines: Toe-voegingen
_GLUED = re.compile(  # where two headings that lost the space between them meet
    r"(?<=[a-zë])(?=Begroting|Rekening|Realisatie|Raming|Verschil|Lasten|Baten|Saldo|Meerjaren|Jaarrekening|Primitie)"
    r"|(?<=\d{4})(?=(?:19|20)\d\d)|(?<=,-)(?=20\d\d)|(?<=baten)(?=lasten|saldo)|(?<=lasten)(?=baten|saldo)"
    r"|(?<=saldo)(?=lasten|baten)"
)
_BRACKETS = re.compile(r"\([^()]*\)")  # what stands between them begins no column
_TRAILING = ("na ", "voor ", "t/m", "incl", "stand")  # words that go with the heading they follow
_PRE = re.compile(r".*e$", re.I)


def _begins(group: list[Word], word: Word, before: list[Word]) -> bool:
    """Whether a word begins the heading of the next column."""
    if not group:
        return False
    tags = {w.tag for w in group}
    columnar = tags & (
        _STAGE_WORDS | {"year", "date", "amended", "original", "lasten", "baten", "saldo", "not_euros"} | _KINDS
    )
    if not columnar:
        return word.tag in _STAGE_WORDS | {"year", "date", "original", "lasten", "baten", "saldo", "amended"} | _KINDS
    if word.tag == "span":
        return bool(tags & {"year", "date"})
    if word.tag in ("year", "date"):
        return bool(tags & {"year", "date"}) and group[-1].tag not in ("difference",)
    if word.tag in _STAGE_WORDS:
        if word.tag == "realised" and "year" in tags and tags & {"amended", "original"}:
            return True
        if tags & _STAGE_WORDS:
            return not group[-1].text.lower().startswith("verwacht")
        if tags <= {*_MEASURES, "filler"} and len(tags & set(_MEASURES)) == 1:
            return {w.tag for w in before} <= {*_MEASURES, "filler"} and bool(before)
        return bool(tags & (set(_MEASURES) | _CHANGING)) and not tags & {"original", "amended"}
    if word.tag in ("original", "amended"):
        leads = bool(_PRE.match(word.text)) and not word.text.lower().startswith(_TRAILING)
        return leads and bool(tags & (_STAGE_WORDS | {"original", "amended", "year"}))
    if word.tag in _MEASURES:
        if group[-1].text.lower() == "en" and tags & set(_MEASURES):
            return False  # baten en lasten: the name of a table, and no two columns
        whole = "cumulative" in tags and "year" in tags
        return bool(whole or tags & (set(_MEASURES) | _MOVING) or (tags & {"total"} and len(group) == 1))
    if word.tag in ("total", "result", "credit"):
        return bool(tags & (_STAGE_WORDS | set(_MEASURES) | _KINDS | {"year", "date"}))
    if word.tag in _KINDS:
        return bool(tags & (_KINDS | set(_MEASURES) | {"year", "date", "difference"}))
    return word.tag == "unknown" and bool(tags & {"year", "date"})
