"""The words of headings: one closed list, and the tag that each word gives its column."""

from __future__ import annotations

import re

# What tariffs and costs are counted by. An amount per one of these is no amount of a budget.
COUNTED = (
    r"(?:inwoner|bewoner|huishouden|gezin|persoon|deelnemer|leerling|student|peuter|kind|cliënt|klant|bezoeker|woning|pand|object"
    r"|perceel|adres|aansluiting|traject|plaats|stuk|eenheid|fte|uur|dag|week|maand|hectare|ha|kilometer|km|ton|kg|m[23²³])(?!\w)"
)

MONTH = (
    r"jan(?:uari)?\.?|feb(?:ruari)?\.?|maart|mrt\.?|apr(?:il)?\.?|mei|juni?\.?|juli?\.?|aug(?:ustus)?\.?"
    r"|sept?(?:ember)?\.?|okt(?:ober)?\.?|nov(?:ember)?\.?|dec(?:ember)?\.?"
)

# Each word of a heading and the tags it gives. Longer expressions stand before the words they hold.
WORDS: tuple[tuple[str, str], ...] = (
    (
        "part_year",
        r"(?:[1-4]\s?e|eerste|tweede|derde|vierde)\s+(?:half\s?jaar|kwartaal|trimester|semester|tertaal)"
        r"|(?:half\s?jaar|kwartaal|trimester|semester|tertaal)(?:\s+(?:[1-4]|I{1,3}|IV)(?!\d))?|Q[1-4](?!\d)|(?<!\d)[1-4]Q"
        r"|(?:(?:1e|eerste|laatste)\s+)?(?:(?<!\d)(?:[1-9]|1[01])|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf)\s+maanden"
        r"|periode\s+(?:[1-9]|1[01])(?!\d)|(?<=(?:19|20)\d\d[-/])(?:0[1-9]|1[01])(?![\d-])"
        rf"|{MONTH}",
    ),
    ("difference", r"t\.?\s?o\.?\s?v\.?|ten opzichte van"),
    ("movement", r"begr(?:otings)?\.?\s?-?(?:wijziging(?:en)?|wijz\.|mutaties?)"),
    ("balance", r"(?:schuld)?restant(?:schuld|bedrag)?(?=\s+(?:per\s+|op\s+)?\d{1,2}[-/ ])|restschuld|schuldrestant"),
    (
        "cumulative",
        r"(?:uitgaven|realisatie|werkelijk|besteed|uitgegeven)\s+(?:t/m|tot en met|tot)"
        r"|(?:besteed|uitgegeven|betaald|geboekt|boekingen)\s+(?:t/m|tot en met|tot|per|op)(?=\s+\d{1,2}[-/. ])",
    ),
    (
        "balance",
        r"(?:saldo|stand|reserve|balans|boekwaarde)?\s*(?:per|op|ultimo|primo)\s+(?=\d{1,2}[-/. ]|(?:19|20)\d\d)",
    ),
    (
        "amended",
        r"\d+e\s+(?:begrotings)?wijziging|(?:(?:n[aá]|inclusief|t/m)\s|incl\.?)\s*\d+e\s(?-i:W)(?!\w)"
        r"|(?:(?:n[aá]|inclusief|t/m|tot en met|stand na)\s|incl\.?)\s*"
        r"(?:de\s+|alle\s+)?"
        r"(?:(?:\d+\s?(?:e|ste|de)?|eerste|tweede|derde|laatste)\s*)?(?:t/m \d+e?\s*)?"
        r"(?:begrotings?|begr\.?\s?|slot|technische\s)?-?(?:wijziging(?:en)?|wijz\.?|bw|zomernota|najaarsnota"
        r"|voorjaarsnota|decembernota|slotnota|zomerbrief|najaarsbrief|berap|burap|marap|turap|firap|vorap|narap|vjn|njn|zjn|kwartaal(?:rapportage)?"
        r"|(?:financiële\s+)?(?:bestuurs|tussen|najaars|voorjaars|slot|concern)?rapportage|kadernota|perspectiefnota"
        r"|herziening(?:en)?|actualisatie|bijstelling(?:en)?|mutaties|afwijkingen)\b",
    ),
    (
        "amended",
        r"gewijzigde?|gew\.|(?:bij|aan)ge(?:stelde?|paste?)|bijgest\.?|actue(?:el|le)|act\.|geactualiseerde?"
        r"|dynamische?|definitie(?:f|ve)|herziene?|(?:eerste|tweede|derde|\d+e)\s+herziening|lopende|huidige"
        r"|gecorrigeerde?|laatste|(?:eind|slot)begroting",
    ),
    ("previous", r"vorige?\s+(?:boek|dienst|begrotings)?jaar"),
    ("multi_year", r"meer\s?jaren?\s?-?\s?(?:raming(?:en)?|begroting(?:en)?|perspectief)|mjr|mjb|mjp|meerjarig"),
    ("credit", r"oorspronkelijke?\s+(?:bedrag|lening|hoofdsom)|hoofdsom"),
    (
        "original",
        r"v(?:oo|óó)r\s+(?:begrotings)?(?:wijziging(?:en)?|wijz\.?)|primiti(?:ef|eve)|primai?re?|prim\.|oorspronkelijke?"
        r"|oude(?=\s+(?:raming|begroting|budget))|oorspr\.?|vastgestelde?|initi(?:eel|ële)",
    ),
    (
        "realised",
        r"(?:jaar)?rekening(?:en)?|realisaties?|gerealiseerde?|werkelijke?|jaarverslag|jaarrek\.?|real\.|reken\.|rek\.?|jrk|jr",
    ),
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
    ("forecast", r"(?:nog )?te (?:maken|realiseren)|prognoses?|verwachting(?:en)?|verwachte?"),
    (
        "difference",
        r"verschil(?:len)?|afwijking(?:en)?|vergelijking|restant|onderschrijding|overschrijding|over-/onderschrijding"
        r"|toename|afname|onderuitputting|overuitputting|versch\.|afw\.|voordeel|nadeel",
    ),
    (
        "movement",
        r"mutaties?|bijstelling(?:en)?|bijstell\.|wijziging(?:en)?|effect(?:en)?|ontwikkeling(?:en)?|resultaat\s?bestemming|bestemming",
    ),
    (
        "added",
        r"toevoeging(?:en)?|verhoging(?:en)?|storting(?:en)?|dotaties?|dot\.|vermeerde\s?ring(?:en)?|bijschrijving(?:en)?|toev\."
        r"|toegevoegd",
    ),
    (
        "taken",
        r"onttrekking(?:en)?|verlaging(?:en)?|onttr\.|verminde\s?ring(?:en)?|aanwending(?:en)?|vrijval|putting(?:en)?|aflossing(?:en)?"
        r"|afschrijving(?:en)?|besteding(?:en)?|onttrokken",
    ),
    ("interest", r"rente(?:toevoeging)?"),
    ("begin", r"begin\s?(?:stand|saldo|balans)"),
    ("end", r"eind\s?(?:stand|saldo|balans)"),
    ("balance", r"stand|(?:netto\s+|bruto\s+)?boekwaarde|balans(?:waarde)?|ultimo|primo"),
    ("incidental", r"incidente(?:el|le)|eenmalige?"),
    ("structural", r"structure(?:el|le)"),
    (
        "saldo",
        r"saldo(?:\s+(?:van\s+)?(?:de\s+)?(?:lasten|baten)\s*(?:/|en|-)\s*(?:lasten|baten))|saldi|saldo"
        r"|netto(?!\s+\w*(?:schuld|investering))(?:\s*(?:lasten|last|kosten|uitgaven))?",
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
        rf"|per {COUNTED}"
        r"|m2(?!\d)|m²|hectaren?|volgnummer|volgnr\.?|rentepercentage|ratio|inwoners"
        r"|index(?:cijfers?)?(?:\s+\(?(?:19|20)\d\d\s*=\s*100\)?)?|tarie(?:f|ven)|aandeel|\w+nummer|kans",
    ),
    ("amount", r"bedrag(?:en)?"),
    ("mark", r"(?:v\s?/\s?n|n\s?/\s?v)(?:\s?/\s?[bo])?|i\s?/\s?s|s\s?/\s?i|l\s?/\s?b|b\s?/\s?l"),
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
_GROUPS = "|".join(rf"(?P<w{n}>(?<![^\W\d_])(?:{words})(?![^\W\d_]))" for n, (_, words) in enumerate(WORDS))
_DATE = (
    r"(?P<day>\d{1,2})(?:[-/.](?P<month>\d{1,2})[-/.]| (?P<month_name>jan\w*|feb\w*|m(?:aa)?rt|apr\w*|mei|jun\w*|jul\w*"
)
_DATE += r"|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*)\.?(?: |$))(?P<date_year>(?:19|20)\d\d|\d\d(?!\d))?"
_YEARS = r"(?P<prefix>(?<![A-Za-z])(?:BW|JR|MJR|MJB|[BRJ])\s?-?)?"
_YEARS += r"(?<!\d)(?P<year>(?:19[89]|20[0-6])\d)(?:\s*e\.?\s?v\.?)?(?![\d.]\d)"
_SHORT = r"(?<!\w)['’‘´`](?P<short>[0-6]\d)(?![\w.,])"
_SPAN = r"(?P<span>(?<!\d)(?:19|20)\d\d\s?(?:[-–/]|t/m|tot en met)\s?(?:(?:19|20)\d\d))"
TOKEN = re.compile(rf"(?P<date>{_DATE})|{_SPAN}|{_YEARS}|{_SHORT}|{_GROUPS}|(?P<word>[^\W_]+[^\s]*)|(?P<sign>\S)", re.I)
TAG_OF = {f"w{n}": tag for n, (tag, _) in enumerate(WORDS)}
PREFIXES = {
    "B": "budget",
    "R": "realised",
    "J": "realised",
    "JR": "realised",
    "BW": "amended",
    "MJR": "multi_year",
    "MJB": "multi_year",
}
MONTHS = {name: n for n, name in enumerate("jan feb mrt apr mei jun jul aug sep okt nov dec".split(), start=1)}
MONTHS["maa"] = 3
