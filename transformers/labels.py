"""Labels and the headings above them: a label broken over cells, a code before a name, a name over lasten and baten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.notation import is_code
from schemas.unfinished import is_unfinished
from transformers.units import is_unit_only
from transformers.words import is_measure_word

_CODED = re.compile(r"(?P<code>[A-Z]{0,2}\d{1,6}(?:\.\d{1,6})*[a-z]?\.?)(?=[\s:-])")
_NOISE = re.compile(
    r"terug naar|^menu$|^home$|^icon$|tableCell\d*$|^[-+=*/:;.,|•\s]+$|^\(?bron:|^ga terug|^lees meer|^toon meer"
    r"|^\(?[-+/]+\s*(?:is|=)\s*(?:een\s+)?(?:nadeel|voordeel|nadelig|voordelig)"
    r"|^(?:pagina|bladzijde|blz\.?|pag\.?)\s+\d+(?:\s*(?:van|/)\s*\d+)?$",
    re.I,
)
_BARE_TOTAL = re.compile(r"(?:sub|eind)?totaal(?:\s+(?:lasten|baten|saldo))?:?", re.I)


def one_line(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


_FOOTNOTE = re.compile(r"(?:\s+(?:\d{1,2}(?:,\d{1,2})*|[a-z])\)|\s*[¹²³⁴-⁹]+)$")


_INSIDE = re.compile(r"(?<=[^\W\d]{3})\s+(?:\d{1,2}|[a-h])\)(?=\s+[^\W\d])")


def without_footnote(label: str) -> str:
    """The label without the mark of a footnote behind it or behind one of its words: `1)`, or a raised figure.

    Several marks inside a label number what it says, and stay.
    """
    if re.fullmatch(r"\d{1,2}\)", label.strip()):
        return ""
    found = _FOOTNOTE.search(label)
    if found and label.count("(") < label.count(")") + (label[-1] != ")"):
        label = label[: found.start()]
    once = len(_INSIDE.findall(label)) == 1 and label.count("(") < label.count(")")
    return _INSIDE.sub("", label) if once else label


def is_noise(text: str) -> bool:
    """Whether a text is no part of a table: navigation, a lone mark, a unit."""
    return bool(_NOISE.search(text)) or is_unit_only(text)


def starts_low(text: str) -> bool:
    """Whether a text goes on with the one before it: it begins in lower case and is no measure."""
    first = text.lstrip("(")[:1]
    return (
        first.islower()
        and not text.endswith(":")
        and not is_measure_word(text)
        and not re.match(r"waarvan|structureel|incidenteel|w\.v\.|[a-z][.)]\s", text, re.I)
    )


def joined(parts: Sequence[str]) -> list[str]:
    """The texts with those that go on with the one before it joined to it."""
    out: list[str] = []
    for part in parts:
        text = one_line(part)
        if (
            out
            and (starts_low(text) or is_unfinished(out[-1]))
            and not is_measure_word(text)
            and not out[-1].endswith(":")
        ):
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return out


def label_and_headings(texts: Sequence[str], *, low: bool = False) -> tuple[list[str], str, str]:
    """From the texts before a row's amounts: the headings above it, its label, and its code where it has one.

    What follows a code up to the amounts is one label, however many lines it takes; where names begin in lower case
    (`low`), it is the heading of the one in lower case behind it.
    """
    codes = [n for n, text in enumerate(texts) if is_row_number(text)]
    if len(codes) > 1 and codes[-1] == len(texts) - 1 and is_measure_word(texts[-1]):
        codes.pop()  # L and B behind a name say lasten and baten
    if codes and codes[-1] < len(texts) - 1:
        last = next(n for n in codes if codes[-1] - n == len(codes) - 1 - codes.index(n))  # 1. and (+) are one
        rest = [one_line(text) for text in texts[last:]]
        headings = _coded_headings(texts[:last])
        if len(rest) > 2 and (is_measure_word(rest[-1]) or (low and rest[-1][:1].islower())):
            return [*headings, " ".join(rest[:-1])], rest[-1], ""
        return headings, " ".join(rest), one_line(texts[last])
    whole = joined(texts)
    return whole[:-1], whole[-1] if whole else "", ""


def with_total(headings: list[str], label: str) -> tuple[list[str], str]:
    """The headings and the label, where a text that only says Totaal belongs to the label: it heads no rows."""
    if headings and label and _BARE_TOTAL.fullmatch(headings[-1]) and not is_measure_word(label):
        return headings[:-1], f"{headings[-1]} {label}"
    return headings, label


_ROW_NUMBER = re.compile(r"\d{1,10}|\([-+]\)|[IVX]{2,4}|[+-]\s?\d{1,2}|\(\d{1,2}\)|[a-z](?:\.?\d{1,2})?[.)]?")


def is_row_number(text: str) -> bool:
    """Whether a text before a name numbers its row: 0.1, B, c1, +2, (3)."""
    if _ROW_NUMBER.fullmatch(text):
        return True
    return is_code(text) and (any(c.isdigit() for c in text) or len(text.rstrip(".")) == 1)


def _coded_headings(texts: Sequence[str]) -> list[str]:
    out: list[str] = []
    pending = ""
    for text in joined(texts):
        if is_row_number(text):
            pending = text
        else:
            out.append(f"{pending} {text}".strip())
            pending = ""
    return out


def code_of(label: str) -> str:
    """The code at the head of a label: `0.1` of `0.1 Bestuur`; empty where there is none."""
    found = _CODED.match(label)
    return found["code"].rstrip(".") if found else ""
