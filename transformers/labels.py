"""Labels and the headings above them: a label broken over cells, a code before a name, a name over lasten and baten."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from schemas.notation import is_code, plain
from transformers.headings import heading_of
from transformers.units import is_unit_only
from transformers.words import is_measure_word, is_subtotal, meaning_of

_CODED = re.compile(r"(?P<code>[A-Z]{0,2}\d{1,6}(?:\.\d{1,6})*[a-z]?\.?)(?=[\s:-])")
_OPEN_END = re.compile(
    r"(?:[-–,/&(]|\b(?:van|de|het|en|of|voor|aan|uit|in|op|ten|met|door|bij|per|tot|naar|om|te|een|der|c\.q\.))$", re.I
)
_NOISE = re.compile(
    r"terug naar|^menu$|^home$|^icon$|tableCell\d*$|^[-+=*/:;.,|•\s]+$|^\(?bron:|^ga terug|^lees meer|^toon meer"
    r"|^\(?[-+/]+\s*(?:is|=)\s*(?:een\s+)?(?:nadeel|voordeel|nadelig|voordelig)"
    r"|^(?:pagina|bladzijde|blz\.?|pag\.?)\s+\d+(?:\s*(?:van|/)\s*\d+)?$",
    re.I,
)
_RESULT_ROW = re.compile(
    r"^(?:resultaat|eindtotaal|saldo na|saldo voor|saldo vóór|geraamd resultaat|nettoresultaat|brutoresultaat"
    r"|begrotingssaldo)",
    re.I,
)
_BALANCE = re.compile(r"passiva|activa|eigen vermogen", re.I)
_BARE_TOTAL = re.compile(r"(?:sub|eind)?totaal(?:\s+(?:lasten|baten|saldo))?:?", re.I)
_LETTERED = re.compile(r"[A-Z]\. ")
_SAY_NOTHING = frozenset(
    "van de het en in totaal lasten baten saldo subtotaal programma programma's overige der voor uit aan".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label and the headings it stands under."""

    path: tuple[str, ...]
    label: str
    code: str = ""


@dataclass
class Level:
    """One heading on the way to a row."""

    text: str
    style: tuple[object, ...]
    group: bool = False  # a name over its own lasten, baten and saldo
    seen: set[str] = field(default_factory=set)  # the measures that its rows have shown
    rows: int = 0
    dashed: bool = False  # its rows begin with a dash


def one_line(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


_FOOTNOTE = re.compile(r"(?:\s+(?:\d{1,2}|[a-z])\)|\s*[¹²³⁴-⁹]+)$")


def without_footnote(label: str) -> str:
    """The label without the mark of a footnote behind it: `1)`, or a raised figure."""
    if re.fullmatch(r"\d{1,2}\)", label.strip()):
        return ""
    found = _FOOTNOTE.search(label)
    return label[: found.start()] if found and label.count("(") < label.count(")") + (label[-1] != ")") else label


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
            and (starts_low(text) or _OPEN_END.search(out[-1]))
            and not is_measure_word(text)
            and not out[-1].endswith(":")
        ):
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return out


def label_and_headings(texts: Sequence[str]) -> tuple[list[str], str, str]:
    """From the texts before a row's amounts: the headings above it, its label, and its code where it has one.

    What follows a code up to the amounts is one label, however many lines it takes.
    """
    codes = [n for n, text in enumerate(texts) if is_row_number(text)]
    if len(codes) > 1 and codes[-1] == len(texts) - 1 and is_measure_word(texts[-1]):
        codes.pop()  # L and B behind a name say lasten and baten
    if codes and codes[-1] < len(texts) - 1:
        last = codes[-1]
        rest = [one_line(text) for text in texts[last:]]
        headings = _coded_headings(texts[:last])
        if len(rest) > 2 and is_measure_word(rest[-1]):
            return [*headings, " ".join(rest[:-1])], rest[-1], ""
        return headings, " ".join(rest), one_line(texts[last])
    whole = joined(texts)
    return whole[:-1], whole[-1] if whole else "", ""


def with_total(headings: list[str], label: str) -> tuple[list[str], str]:
    """The headings and the label, where a text that only says Totaal belongs to the label: it heads no rows."""
    if headings and label and _BARE_TOTAL.fullmatch(headings[-1]) and not is_measure_word(label):
        return headings[:-1], f"{headings[-1]} {label}"
    return headings, label


_ROW_NUMBER = re.compile(r"\d{1,10}|[IVX]{2,4}|[+-]\s?\d{1,2}|\(\d{1,2}\)|[a-z](?:\.?\d{1,2})?[.)]?")


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


def _shape(code: str) -> tuple[int, ...]:
    return tuple(len(part) for part in code.split(".")) if code else ()


def style_of(text: str, indent: int) -> tuple[object, ...]:
    """What headings of the same rank have in common."""
    flat = plain(text)
    heading = heading_of(flat)
    measured = bool(heading.measures) and len(flat.split()) <= 4
    dashed = flat.startswith("-")
    code = code_of(flat)
    return measured, dashed, len(_shape(code)), code[:1].isalpha(), flat.endswith(":") and not code, indent


class Path:
    """The headings that the next row stands under."""

    def __init__(
        self,
        labels: frozenset[str] = frozenset(),
        codes: frozenset[str] = frozenset(),
        times: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.ahead: frozenset[str] = (
            frozenset()
        )  # the labels of the next rows, up to one that stands in several sections
        self._times = times  # how many rows have a label
        self._levels: list[Level] = []
        self._closed: list[Level] = []
        self._fresh = False  # no row since the last heading
        self._labels = labels
        self._shapes = frozenset(_shape(code) for code in codes) if len(codes) > 1 else frozenset()
        self._codes = codes

    def heading(self, text: str, indent: int = 0, *, group: bool = False) -> None:
        """A heading: it takes the place of its equals, and goes below one that stands directly above it."""
        text = one_line(text)
        if not group and self._is_empty_row(text):
            return
        style = style_of(text, indent)
        if re.match(r"waarvan|w\.v\.", text, re.I):
            self._levels = self._levels or self._closed
            self._levels = [level for level in self._levels if not re.match("waarvan", level.text, re.I)]
        elif self._levels and self._levels[-1].text == text:
            self._fresh = True
            return
        elif not (self._fresh and self._levels) or self._replaces(indent):
            self._cut(style, indent)
        self._levels.append(Level(text, style, group))
        self._closed = []
        self._fresh = True

    def _replaces(self, indent: int) -> bool:
        """Whether a heading directly below another ends it: indents show their rank."""
        top = self._levels[-1].style[-1]
        return isinstance(top, int) and indent < top

    def _cut(self, style: tuple[object, ...], indent: int) -> None:
        same = [n for n, level in enumerate(self._levels) if level.style == style]
        again = [n for n, level in enumerate(self._closed) if level.style == style]
        if same:
            del self._levels[same[-1] :]
        elif again and self._levels:
            self._levels = self._closed[: again[-1]]  # beside the section that its total has just closed
        elif indent:
            while self._levels and self._indent(self._levels[-1]) >= indent:
                self._levels.pop()
        elif not style[1]:
            self._levels.clear()

    @staticmethod
    def _indent(level: Level) -> int:
        indent = level.style[-1]
        return indent if isinstance(indent, int) else 0

    def _is_empty_row(self, text: str) -> bool:
        """Whether a text without amounts is a row whose cells are all empty, and no heading."""
        folded = plain(text).lower()
        if any(label.startswith(("totaal", "subtotaal")) and folded in label for label in self._labels):
            return False  # a total of it follows: it heads the rows between
        if folded in self.ahead and not code_of(text):
            return False
        if folded in self._labels and not is_measure_word(text) and not text.isupper():
            return True
        code = code_of(text)
        return bool(code) and code not in self._codes and _shape(code) in self._shapes and "." in code

    def row(self, label: str) -> tuple[str, ...]:
        """The path of a row with this label; afterwards the headings that it closes are gone."""
        self._leave(label)
        path = tuple(level.text for level in self._levels)
        if self._levels:
            top = self._levels[-1]
            top.dashed = top.dashed or (not top.rows and label.startswith("- "))
            top.rows += 1
            if is_measure_word(label):
                top.group = top.group or top.rows == 1
                top.seen.add(label.strip().lower())
        self._fresh = False
        closed = self._closed_by(label)
        if closed is not None:
            self._closed, self._levels = self._levels, self._levels[:closed]
        return path

    def _leave(self, label: str) -> None:
        """Leave the headings that a row with this label can't belong to."""
        if not label and not self._fresh:
            self._levels = []
            return
        named = self._named_by(label) if meaning_of(label).is_total else None
        if named is not None:
            del self._levels[named + 1 :]
            return
        if self._levels and self._levels[-1].dashed and not label.startswith("-"):
            self._levels.pop()
        if self._levels and self._levels[-1].group and not self._fresh and not self._in_group(label):
            self._levels.pop()
        measure = meaning_of(label).measure
        if measure is not None and measure.value == "saldo" and not self._fresh:
            while self._levels and self._is_measured(self._levels[-1]) and not self._levels[-1].group:
                self._levels.pop()
        if _RESULT_ROW.match(label) and not self._fresh and not any(_BALANCE.search(x.text) for x in self._levels):
            self._levels = []
        self._leave_lettered(label)

    def _leave_lettered(self, label: str) -> None:
        """Leave `B. ...` at a row `C. ...`: it is of the headings' rank."""
        for at, level in enumerate(self._levels):
            if _LETTERED.match(level.text) and _LETTERED.match(label) and ord(label[0]) == ord(level.text[0]) + 1:
                del self._levels[at:]
                return

    @staticmethod
    def _is_measured(level: Level) -> bool:
        measures = heading_of(level.text).measures
        return len(measures) == 1 and measures[0] != "saldo"

    def _in_group(self, label: str) -> bool:
        if not is_measure_word(label):
            return self._times.get(plain(label).lower(), 0) > 2
        seen = self._levels[-1].seen
        low = label.strip().lower()
        return low not in seen and (low != "saldo" or len(seen) != 1)

    def _named_by(self, total: str) -> int | None:
        """The innermost heading whose every word a total repeats."""
        words = set(re.findall(r"\w+", plain(total).lower()))
        for at in range(len(self._levels) - 1, -1, -1):
            named = set(re.findall(r"\w+", plain(self._levels[at].text).lower()))
            if named - _SAY_NOTHING and named <= words:
                return at
        return None

    def _closed_by(self, label: str) -> int | None:
        """How many headings stay open behind a row that is the total of a section; None where it closes none."""
        if not self._levels or is_subtotal(label) or not meaning_of(label).is_total:
            return None
        words = set(re.findall(r"\w+", plain(label).lower())) - _SAY_NOTHING
        for at in range(len(self._levels) - 1, -1, -1):
            level = self._levels[at]
            named = set(re.findall(r"\w+", plain(level.text).lower()))
            if words & (named - _SAY_NOTHING) or (self._is_measured(level) and "totaal" in label.lower()):
                return at
        generic = plain(label).lower().startswith(("totaal taakveld", "totaal programma", "totaal"))
        return 0 if generic and len(words) <= 1 else None
