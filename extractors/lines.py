"""What a line of plain text is, as far as its form tells: a number, a row with numbers behind it, prose, other text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from schemas.notation import DASHES, SPACES, Token, is_code, parse_amount, parse_year, plain


class Kind(StrEnum):
    """The kinds of lines."""

    BLANK = "blank"
    PIPES = "pipes"
    NUMBER = "number"  # an amount, a year or a number of a row, and nothing else
    ROW = "row"  # words with at least two amounts behind them, or two amounts and no words
    WEAK_ROW = "weak_row"  # words with one amount behind them: a row only among others
    PROSE = "prose"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. `gap` is how many blank lines stand before it."""

    number: int
    text: str
    kind: Kind
    gap: int


_BULLET = re.compile(r"[•·▪●◦‣○►*]\s|(?:\d{1,2}|[a-z])[.)]\s+(?:(?:\S+\s+){15,}|(?:\S+\s+){6,}\S+[.;:!?]$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.?d|etc|incl|excl|c\.q|e\.v|div|ov|alg|t\.b\.v|m\.b\.t|a\.d|o\.a|i\.v\.m|nr|afd|gem|prov|mln|mld|resp"
    r"|\d+|[A-Z]))\.$",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|staat|staan|heeft|hebben|had|geeft|geven|volgt|volgen|kan|kunnen|moet"
    r"|moeten|gaat|komt|komen|blijft|zie|bestaat|betekent|laat|legt|leidt|stelt|valt|maakt|maken)\b",
    re.I,
)
_SENTENCES = re.compile(r"[a-z)][.!?] +[A-Z0-9]")
_GLUED = re.compile(r"(?P<label>\D*?[^\W\d]\)?)?(?P<numbers>-?\d{1,3}(?:\.\d{3})+(?:-?\d{1,3}(?:\.\d{3})*)+)")
_PIECE = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+")
_RANGE = re.compile(r"\d [-–] (?:19|20)\d\d$")  # a span of years at the end of a title is no pair of amounts
_YEARS = re.compile(r"20\d\d(?:\s+20\d\d)+")
_FOOTNOTE = re.compile(r"\d{1,2}\)")
_TERMS = re.compile(r"\(\d+(?:[-+]\d+)+\)")  # a sum of rows, in a label
_TIMES = re.compile(r"(?:\bx|×|\*|\bin)$", re.I)  # bedragen x € 1.000
_HARD = re.compile(  # what hard spaces hold together, between ordinary ones
    rf"(?<![^ \t(€-])(?:[{DASHES}][{SPACES}]?)?(?:(?<=[{SPACES}])\d[\d.,]*|\d{{1,3}}(?:[{SPACES}]\d{{3}})+)"
    rf"(?![\d{SPACES}])"
)
_WORD = re.compile(rf"[\S{SPACES}]+")
_APART = re.compile(r"\w.*(?: {2,}|\t)\S+$")  # a gap such as stands between columns
_TO_SPACE = str.maketrans(dict.fromkeys(SPACES, " "))
_MAY_END_ROW = frozenset("0123456789-–−)%VNLB*¹²³.")
LETTER_BEHIND = re.compile(r"(?<=[\d)%-])\s+(?:[A-Z](?:/[A-Z])?|ja|nee)$")  # says something of a row: I, S, J, ja
LONGEST_LABEL = 200


@lru_cache(maxsize=1 << 14)
def is_prose(text: str) -> bool:
    """Whether a line is running text: a sentence, an item of a list, or longer than any label."""
    if len(text) < 20:
        return False
    if len(text) > LONGEST_LABEL or _BULLET.match(text):
        return True
    if _SENTENCES.search(text) and len(text) > 50 and _VERB.search(text):
        return True
    last = text.rstrip("\"'”’)")[-1:]
    words = text.count(" ") + 1
    if last in ".!?;" and words >= 4:
        return not _ABBREVIATION.search(text) or (words >= 6 and text[0].isupper() and bool(_VERB.search(text)))
    return last == ":" and (words > 10 or (words >= 5 and bool(_VERB.search(text))))


def is_numeric(text: str) -> bool:
    """Whether the whole line is an amount, a year, or the number of a row (0.10, 6a)."""
    if len(text) > 40:
        return False
    return parse_amount(text) is not None or (is_code(text) and any(c.isdigit() for c in text)) or text in ("V", "N")


@lru_cache(maxsize=1 << 15)
def kind_of(text: str) -> Kind:
    """The kind of a line without white space around it."""
    if not text:
        return Kind.BLANK
    if "|" in text and (text[-1] == "|" or text[0] == "|" or text.count(" | ") > 1):
        return Kind.PIPES
    if is_numeric(text) or parse_year(text):
        return Kind.ROW if _YEARS.fullmatch(text) else Kind.NUMBER
    if text[-1] in _MAY_END_ROW and (row := _row_kind(text)):
        return row
    if text[-1].isalpha() and LETTER_BEHIND.search(text) and (row := _row_kind(LETTER_BEHIND.sub("", text))):
        return row
    return Kind.PROSE if is_prose(text) else Kind.TEXT


def _row_kind(text: str) -> Kind | None:
    if _GLUED.fullmatch(text):
        return Kind.ROW
    parts = split_row(text)
    tokens = parts[1:]
    if _RANGE.search(text) or _TIMES.search(parts[0][0]):
        return None
    numbers = [token for token, _ in tokens if _is_figure(token)]
    if len(tokens) >= 2 and not numbers and all(plain(token) == "-" for token, _ in tokens):
        return Kind.ROW  # a row of zeros
    if len(tokens) >= 2 and numbers and not (len(parts[0][0]) > 60 and is_prose(text)):
        return Kind.ROW
    if len(tokens) == 1 and numbers and (_is_weighty(numbers[0]) or _APART.search(text)) and not is_prose(text):
        return Kind.WEAK_ROW
    return None


def _is_weighty(token: str) -> bool:
    """Whether a lone number behind words is an amount sooner than the number of a programme or a page."""
    digits = sum(c.isdigit() for c in token)
    return digits >= 3 or any(c in token for c in ".,-–−(€%")


def _is_figure(token: str) -> bool:
    amount = parse_amount(token)
    return amount is not None and amount.token is not Token.DASH and parse_year(token) is None


def split_row(text: str) -> list[tuple[str, int]]:
    """The label and the amounts behind it, each with its offset in the line.

    The first item is the label, which may be empty. N, V and € go with the amount they stand before; V or N behind an
    amount goes with that one where no amount has it in front.
    """
    glued = _GLUED.fullmatch(text)
    if glued:
        start = glued.start("numbers")
        pieces = [(piece.group(), start + piece.start()) for piece in _PIECE.finditer(glued["numbers"])]
        return [(glued["label"] or "", 0), *pieces]
    words = [(match.group(), match.start()) for match in _WORD.finditer(_with_hard_spaces(text))]
    first = len(words)
    while first and _may_be_amount(words[first - 1][0]):
        first -= 1
    signed = any(word == "+" for word, _ in words[first:])  # then a lone minus is a sign too, and no zero
    front = any(word in ("V", "N") for word, _ in words[first : first + 1])
    tokens: list[tuple[str, int]] = []
    held: tuple[str, int] | None = None
    for word, start in words[first:]:
        if word in ("€", "EUR", "-/-", "+") or (signed and plain(word) == "-") or (front and word in ("V", "N")):
            held = (f"{held[0]} {word}", held[1]) if held else (word, start)
        elif word in ("V", "N", "%", "-/-") and tokens:
            tokens[-1] = (f"{tokens[-1][0]} {word}", tokens[-1][1])
        elif held:
            tokens.append((f"{held[0]} {word}", held[1]))
            held = None
        else:
            tokens.append((word, start))
    if held:
        tokens.append(held)
    label_end = words[first][1] if first < len(words) else len(text)
    return [(text[:label_end].rstrip(), 0), *tokens]


def _with_hard_spaces(text: str) -> str:
    """The line with hard spaces inside what is one number, and ordinary ones elsewhere."""
    if not any(space in text for space in SPACES):
        return text
    out = list(text.translate(_TO_SPACE))
    for found in _HARD.finditer(text):
        out[slice(*found.span())] = found.group()
    return "".join(out)


@lru_cache(maxsize=1 << 14)
def _may_be_amount(word: str) -> bool:
    flat = plain(word)
    if _FOOTNOTE.fullmatch(flat) or (flat.endswith(")") and "(" not in flat) or _TERMS.fullmatch(flat):
        return False
    if flat in ("V", "N", "€", "EUR", "-/-", "+", "%"):
        return True
    amount = parse_amount(word)
    return amount is not None
