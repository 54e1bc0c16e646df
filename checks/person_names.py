"""Names of persons as budgets print them: after a form of address, a title or an office, or behind initials.

No list of surnames: what stands around a word decides. Streets, schools, programmes and bodies that bear a name are
none. Not seen: a name alone, without any of these signs.
"""

from __future__ import annotations

import re
from functools import cache

from schemas.codelists import folded, publishers

LEFT_OUT = "[naam weggelaten]"

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_PARTICLES = (
    r"(?:(?:van|von|de|den|der|het|'t|’t|te|ten|ter|op|la|le|el|al|du|di|da|Van|Von|De|Den|Der|Het|'T|Te|Ten|Ter|La|Le|El"
    r"|Al|Du|Di|VAN|DE|DEN|DER|TEN|TER|EL)\s+){0,3}"
)
_SURNAME = (
    rf"(?:[dD]['’])?[{_CAPITAL}][\w'’]{{1,30}}(?:-\s?(?:(?:van|de|den|der)\s+){{0,2}}[{_CAPITAL}][\w'’]{{1,30}})?"
)
_INITIALS = rf"(?:[{_CAPITAL}]\.\s?|Th\.|Ch\.|Ph\.|Chr\.|IJ\.\s?){{1,5}}"
_NAME = rf"(?P<initials>{_INITIALS})?\s?(?P<particles>{_PARTICLES})(?P<surname>{_SURNAME})"
_ADDRESS = (
    r"\b(?:[Dd]hr\.?|[Dd]e [Hh]eer|[Hh]r\.|[Mm]evr\.?|[Mm]evrouw|[Mm]w\.?|[Ff]am\.|[Ff]amilie"
    r"|[Mm]r\.|[Dd]rs\.?|[Ii]r\.|[Ii]ng\.|[Dd]r\.|[Pp]rof\.)(?:\s?(?:mr|drs|ir|ing|dr|prof)\.?){0,3}"
)
_OFFICES = (
    r"\b(?i:wethouders?|burgemeester|oud-wethouder|oud-burgemeester|gemeentesecretaris|raadslid|raadsleden"
    r"|gedeputeerde|statenlid|dijkgraaf|heemraad|griffier|raadsgriffier|fractievoorzitter|wnd\. burgemeester)"
)
_ADDRESSED = re.compile(rf"{_ADDRESS}\s{{0,2}}{_NAME}")
_IN_OFFICE = re.compile(rf"{_OFFICES}:?\s{{1,2}}(?:(?:dhr|mevr|mw|mr|drs|ir|ing|dr)\.?\s)?{_NAME}")
_WITH_INITIALS = re.compile(
    rf"(?<![\w.])(?P<initials>{_INITIALS})\s?(?P<particles>{_PARTICLES})(?P<surname>{_SURNAME})"
)
_TURNED = re.compile(
    rf"(?<![\w.])(?P<surname>{_SURNAME}),\s?(?P<initials>{_INITIALS})(?P<particles>)(?=\s*(?:$|\(|van\b|de\b|den\b|der\b|[;/>]))"
)
# What bears a name: the end of the word itself, one of the two words behind it, or the word before.
_ENDS = (
    r"straat|laan|weg|plein|kade|singel|gracht|dreef|plantsoen|viaduct|tunnel|rotonde|school|scholen|college|lyceum|gemaal"
    r"|terrein|gebouw|polder|sluis|park|brug|pad|fonds|prijs|stichting|zaal|buurt|haven|kanaal|kazerne"
)
_BEARERS = (
    _ENDS + r"|gymnasium|mavo|havo|vmbo|academie|universiteit|instituut|hal|huis|hûs|kerk|toren|molen|museum|theater"
    r"|bibliotheek|kliniek|ziekenhuis|centrum|zwembad|stadion|hof|bos|dijk|wijk|ring|baan|complex|flat|vereniging"
)
_PLACE_END = re.compile(rf"\w(?<!^[Vv]er)(?:{_ENDS})(?:je)?$", re.I)
_PLACE_BEHIND = re.compile(rf"^[\s-]+(?:[\w'’.-]{{1,30}}\s+)?(?:[\w'’-]{{0,30}}(?:{_ENDS})|(?:{_BEARERS}))\b", re.I)
_PLACE_BEFORE = re.compile(
    r"(?:school|stichting|fonds|\bhuis|sporthal|park|plein|\bweg|straat|gemaal|museum|centrum|kerk|\bobs|\bcbs|\bb\.?v\.?"
    r"|\bn\.?v\.?|prijs|brug)\s*['\"‘“]?$",
    re.I,
)
# Single capitals that number what follows, and the nouns that they stand behind.
_NUMBERED = re.compile(
    r"(?:^|[>|(]\s*|(?:bijlage|deel(?:plan|gebied)?|onderdeel|categorie|fase|blok|lijst|kolom|post|groep|programma|taakveld|cluster|tabel"
    r"|gebied|klasse|hoofdstuk|paragraaf|zone|kavel|vak|lijn|type|variant|scenario|perceel|opgave|nummer|nr\.?|punt|sub"
    r"|thema|speerpunt|en|t/m|[-–—:;,/0-9.])\s*)$",
    re.I,
)
_ABBREVIATIONS = frozenset(
    """BV NV VOF UA CV OZB WMO WVG GGD VNG AOW WSW WWB WW BTW VPB AWBZ ROC HBO MBO NS EU VN WAO WIA ANW WEB WVC
    GGZ ABP UWV SVB COA BNG NWB RK OLV KNVB ANWB GFT PMD OV RO EZ BZK OCW VWS SZW LNV IPO UVW WOZ BBV
    VTH MKB ZZP VV SV FC RKVV VVE CJG ICT""".split()
)
# Words with a capital that follow an office or a letter and are no surname.
_NO_SURNAME = frozenset(
    folded(word)
    for word in """en of van de het in op te aan bij voor per totaal overig overige algemeen algemene diverse
    nieuwe nieuw financiën financiële sociaal sociale zorg wonen ruimte ruimtelijke economie economische onderwijs
    sport cultuur jeugd bedrijfsvoering dienstverlening duurzaamheid mobiliteit veiligheid openbare
    openbaar bestuur burger burgers bewoners kosten lasten baten salaris salarissen vergoeding
    vergoedingen onkosten opleiding opleidingen reserve reserves voorziening voorzieningen begroting
    rekening realisatie raming saldo loonkosten personeel inhuur fte formatie budget secretaris griffier
    griffie raad college wethouder wethouders burgemeester gemeente gemeenten provincie waterschap rijk
    rijks derden koning commissaris rijkswege rijksweg staten portefeuille portefeuilles programma
    programmas dossier bijdrage bijdragen subsidie subsidies uitgaven inkomsten investering
    investeringen project projecten beleid beleids beheer onderhoud maatschappelijke maatschappelijk
    fysiek fysieke omgeving milieu afval water riolering verkeer vervoer grond grondzaken exploitatie
    dekking dekkingsmiddelen belastingen belasting heffingen leges uitkering uitkeringen werk inkomen
    participatie integratie inburgering vluchtelingen asiel erfgoed recreatie toerisme natuur landschap
    landelijk landbouw energie klimaat wet wmo ww nederland nederlandse europa europese""".split()
)
_LEAST = 3  # letters of a surname behind initials; shorter words are abbreviations
_NEAR = 80  # letters on either side of a name that say what it is
Span = tuple[int, int]


def find_names(text: str) -> list[Span]:
    """Where names of persons stand in a text, from left to right: from their form of address or office on."""
    found: list[Span] = []
    for pattern in (_ADDRESSED, _IN_OFFICE, _WITH_INITIALS, _TURNED):
        for match in pattern.finditer(text):
            if _is_person(match, text, pattern):
                found.append(match.span())
    return _merged(found)


def without_names(text: str) -> str:
    """A text with each name of a person, and the title before it, replaced by a mark that says so."""
    for begin, end in reversed(find_names(text)):
        text = f"{text[:begin]}{LEFT_OUT}{text[end:]}"
    return text


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out


def _is_person(match: re.Match[str], text: str, pattern: re.Pattern[str]) -> bool:
    surname, initials, particles = match["surname"], match["initials"] or "", match["particles"]
    first = (folded(surname).split() or [""])[0]
    if len(surname) < _LEAST or first in _NO_SURNAME or _is_place(match, text):
        return False
    if pattern is _IN_OFFICE and not initials:
        return not (_is_plural_noun(surname, particles) or _is_body(particles, text[match.start("surname") :][:_NEAR]))
    if pattern is _WITH_INITIALS:
        return _are_initials(initials, particles, surname, _before(match, text))
    return True


def _before(match: re.Match[str], text: str) -> str:
    return text[max(0, match.start() - _NEAR) : match.start()]


def _is_place(match: re.Match[str], text: str) -> bool:
    """Whether a street, a school or a body bears the name."""
    return bool(
        _PLACE_END.search(match["surname"])
        or _PLACE_BEHIND.match(text[match.end() : match.end() + _NEAR])
        or _PLACE_BEFORE.search(_before(match, text))
    )


def _is_plural_noun(surname: str, particles: str) -> bool:
    """Whether a word behind an office looks like a common noun: 'Wethouder Ontwikkelingen'."""
    return not particles and surname.lower().endswith(("ingen", "heden", "iteit", "heid", "zaken", "kosten", "lasten"))


def _are_initials(initials: str, particles: str, surname: str, before: str) -> bool:
    letters = "".join(c for c in initials if c.isalpha())
    if letters.upper() in _ABBREVIATIONS or (not particles and folded(surname) in _bodies()):
        return False
    if len(letters) == 1 and not particles and surname[1:2] not in "'’":
        return not _NUMBERED.search(before)
    return True


def _is_body(particles: str, rest: str) -> bool:
    """Whether the body follows that has the office: 'burgemeester van Den Haag'; Van Bergen is a person."""
    before = particles.split()
    if before and before[0][0].isupper():
        return False
    words = folded(rest).split()
    names = [folded(" ".join([*before[at:], *words[:end]])) for at in range(len(before) + 1) for end in range(1, 7)]
    return not _bodies().isdisjoint(names)


@cache
def _bodies() -> frozenset[str]:
    """The names of all government bodies, with and without the kind of a water board before it."""
    names = (folded(name) for one in publishers() for name in (one.publisher.name, one.official_name))
    return frozenset(part for name in names for part in (name, _KIND.sub("", name)))


_KIND = re.compile(r"^(?:hoogheemraadschap|waterschap|wetterskip) (?:van |de )?")
