"""How Dutch budget documents write amounts, years and codes.

An amount has a point between thousands and a comma before decimals. A minus stands before or behind it, as a dash,
`-/-`, or brackets; `N` or `nadelig` makes an amount negative, `V` or `voordelig` leaves it. A bare dash is zero; `pm`
and `n.v.t.` are amounts that are not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u207b\u2212\ufe63\uff0d"
SPACES = "\u00a0\u2007\u2008\u2009\u200a\u202f"
_UNSEEN = re.compile(
    "[\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)  # marks of direction, joiners
_TO_ASCII = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(SPACES, " ") | {"\u00ad": None, "\u200b": None})


class Token(StrEnum):
    """What a cell that looks like an amount holds."""

    NUMBER = "number"
    DASH = "dash"
    NOT_GIVEN = "not_given"
    PERCENT = "percent"
    UNCLEAR = "unclear"  # digits in no Dutch notation, such as 1,234.50: never an amount, never ignored


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as printed. `value` is in printed units with its sign; null for `pm`, `n.v.t.` and unclear ones."""

    printed: str
    value: Decimal | None
    token: Token
    mark: str = ""  # V or N, where printed

    @property
    def is_number(self) -> bool:
        """Whether the cell holds an amount: a number, a dash for zero, or the statement that there is none."""
        return self.token not in (Token.PERCENT, Token.UNCLEAR)


_NUMBER = r"(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ ]\d{3})+|\d+)(?:,\d+)?|,\d+"
_AMOUNT = re.compile(
    rf"""(?P<v1>[VN](?=[\s€(\d-]))?\s*
    (?P<euro1>€|EUR)?\s*(?P<neg>-/-|-|\+/\+|\+|\()?\s*(?P<euro2>€|EUR)?\s*(?P<neg2>-/-|-|\()?\s*
    (?P<number>{_NUMBER})
    (?P<round>,-+|,=)?\s*
    (?P<close>\))?\s*(?P<post>-/-|-)?\s*(?P<percent>%)?\s*(?P<v2>[VNLB](?![a-z])|nadelig|voordelig|nadeel|voordeel)?
    \s*(?P<note>\*+|[¹²³⁴-⁹]+|(?:\(\d{{1,2}}\)|\d{{1,2}}\)))?""",
    re.VERBOSE,
)
_DASH = re.compile(r"(?:€|EUR)?\s*(?:-|\+/-|-/-)\s*(?:€)?\s*(?P<mark>[VN])?\s*(?:\*+|[¹²³⁴-⁹]+|\(?\d{1,2}\))?")
_NOT_GIVEN = re.compile(
    r"n\.?\s?v\.?\s?t\.?|p\.?\s?m\.?|nvt|nnb|n\.?\s?n\.?\s?b\.?|n\.\s?b\.|n\.\s?t\.\s?b\.|n\.\s?a\.", re.I
)
_DIGITS_ONLY = re.compile(r"[\d.,\s€%()+*-]*\d[\d.,\s€%()+*-]*")
_INNER = re.compile(r"\d\s*-\s*\d")  # dates, spans of years, numbers of articles


def without_unseen(text: str) -> str:
    """The text without characters that show nothing and take no room: marks of direction, joiners, byte-order marks."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """The text with one kind of dash and one kind of space, without soft hyphens, and without space around it."""
    return text.translate(_TO_ASCII).strip()


@lru_cache(maxsize=1 << 16)
def parse_amount(text: str) -> Amount | None:
    """The amount that a whole cell holds, or None where the cell is words, a year with words, or empty."""
    if len(text) > 40:
        return None
    flat = plain(text)
    if not flat:
        return None
    if flat[-1].isalpha() and len(flat) > 24:
        return None
    found = None if _DASH.fullmatch(flat) else _AMOUNT.fullmatch(flat)
    if found is None:
        return _without_digits(flat, text.strip())
    return _number(found, text.strip(), thin=any(space in text for space in SPACES))


def _without_digits(flat: str, printed: str) -> Amount | None:
    dash = _DASH.fullmatch(flat)
    if dash:
        return Amount(printed, Decimal(0), Token.DASH, dash["mark"] or "")
    if _NOT_GIVEN.fullmatch(flat):
        return Amount(printed, None, Token.NOT_GIVEN)
    if _DIGITS_ONLY.fullmatch(flat) and not is_code(flat) and not _INNER.search(flat):
        return Amount(printed, None, Token.UNCLEAR)
    return None


def _number(found: re.Match[str], printed: str, *, thin: bool) -> Amount | None:
    number = found["number"]
    opened, closed = "(" in ((found["neg"] or "") + (found["neg2"] or "")), bool(found["close"])
    spaced = " " in number
    if (opened != closed and not (closed and _footnoted(found))) or (spaced and not thin):
        return Amount(printed, None, Token.UNCLEAR) if _DIGITS_ONLY.fullmatch(plain(printed)) else None
    if found["percent"]:
        return Amount(printed, None, Token.PERCENT)
    if (found["v2"] or "")[:1] in ("L", "B") and parse_year(number):
        return None  # 2018 L heads a column of lasten
    whole, _, decimals = number.replace(".", "").replace(" ", "").partition(",")
    if len(decimals) == 3 and not whole.startswith("0"):  # 1,234: thousands in English, or three decimals
        return Amount(printed, None, Token.UNCLEAR)
    value = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole)
    signs = [found["neg"], found["neg2"], found["post"]]
    negative = opened or any(sign in ("-", "-/-") for sign in signs if sign)
    marks = [mark[:1].upper() for mark in (found["v1"], found["v2"]) if mark]
    mark = next((mark for mark in marks if mark in ("V", "N")), "")
    if negative or mark == "N":
        value = -value
    return Amount(printed, value, Token.NUMBER, mark)


def _footnoted(found: re.Match[str]) -> bool:
    return found["note"] is not None


def marked(amount: Amount, mark: str, printed: str) -> Amount:
    """The amount with the V or N that a cell of its own behind it holds."""
    value = amount.value
    if value is not None and mark == "N" and value > 0:
        value = -value
    return Amount(printed, value, amount.token, mark)


_YEAR = re.compile(
    r"(?:19[89]\d|20[0-6]\d)(?:\s*e\.?\s?v\.?)?(?:\s?(?:\*{1,3}|[¹²³⁴-⁹]{1,2}[)⁾]?|\(\d{1,2}\)|(?<=\s)\d{1,2}\)))?"
)


def parse_year(text: str) -> int | None:
    """The year that a whole cell holds: 2025, `2026 e.v.`, or with the mark of a note, `2025 1)`; None otherwise."""
    flat = text.strip()
    if len(flat) < 4 or flat[0] not in "12" or not _YEAR.fullmatch(flat):
        return None
    return int(flat[:4])


_THOUSANDS = re.compile(r"\d{2,3}(?:\.\d{3})+|\d(?:\.\d{3}){2,}")  # of 1.234 and 6.711 either may be meant
_CODE = re.compile(r"(?:[A-Z]{1,3}[.-]?)?\d{1,6}(?:\.\d{1,6}){0,4}\.?[a-z]?\.?|[A-Z]\.?|[IVX]{1,5}\.")


@lru_cache(maxsize=1 << 14)
def is_code(text: str) -> bool:
    """Whether a whole cell may number a row: 0.10, 6a, P1, 01.02, 8.1.1, A."""
    return len(text) <= 14 and bool(_CODE.fullmatch(text.strip())) and not _THOUSANDS.fullmatch(text.strip())


# The ledger's own expression. It knows no tables: digits in groups as Dutch amounts have them, and lone dashes.
# It begins with a set of characters: so `re` leaps from one to the next.
_LEDGER = re.compile(r"[\d\u2013\u2212-](?:(?<=\d)(?:\d{0,2}(?:\.\d{3})+|\d*)(?:,\d+)?|(?<![^\s|].)(?<!\d)(?![^\s|]))")


def count_tokens(text: str) -> int:
    """How many amount-like tokens a text holds, wherever they stand."""
    return len(_LEDGER.findall(text))
