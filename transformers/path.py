"""The headings that the next row of a table stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from schemas.notation import plain
from transformers.headings import heading_of
from transformers.labels import code_of, one_line
from transformers.words import is_measure_word, is_subtotal, meaning_of

_RESULT_ROW = re.compile(
    r"^(?:resultaat|eindtotaal|totaal[ -]generaal|generaal totaal"
    r"|saldo na|saldo voor|saldo vóór|geraamd resultaat|nettoresultaat|brutoresultaat"
    r"|begrotingssaldo)",
    re.I,
)
_WORD = re.compile(r"\w+")
_LETTERED = re.compile(r"[A-Z]\. ")
_SAY_NOTHING = frozenset(
    "van de het en in totaal lasten baten saldo subtotaal programma programma's overige der voor uit aan".split()
)
_BALANCE = re.compile(r"passiva|activa|eigen vermogen", re.I)


@dataclass
class Level:
    """One heading on the way to a row."""

    text: str
    style: tuple[object, ...]
    group: bool = False  # a name over its own lasten, baten and saldo
    seen: set[str] = field(default_factory=set)  # the measures that its rows have shown
    rows: int = 0
    dashed: bool = False  # its rows begin with a dash


def _shape(code: str) -> tuple[int, ...]:
    return tuple(len(part) for part in code.split(".")) if code else ()


def names(total: str, heading: str) -> bool:
    """Whether a total repeats every telling word of a heading."""
    named = set(_WORD.findall(plain(heading).lower()))
    return bool(named - _SAY_NOTHING) and named <= set(_WORD.findall(plain(total).lower()))


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
        at = len(self._levels) - 1
        while at >= 0 and not names(total, self._levels[at].text):
            at -= 1
        return at if at >= 0 else None

    def _closed_by(self, label: str) -> int | None:
        """How many headings stay open behind a row that is the total of a section; None where it closes none."""
        if not self._levels or not meaning_of(label).is_total:
            return None
        if is_subtotal(label):
            return next((n for n, x in enumerate(self._levels) if plain(x.text).lower() in plain(label).lower()), None)
        words = set(_WORD.findall(plain(label).lower())) - _SAY_NOTHING
        for at in range(len(self._levels) - 1, -1, -1):
            level = self._levels[at]
            named = set(_WORD.findall(plain(level.text).lower()))
            if words & (named - _SAY_NOTHING) or (self._is_measured(level) and "totaal" in label.lower()):
                return at
        generic = plain(label).lower().startswith(("totaal taakveld", "totaal programma", "totaal"))
        return 0 if generic and len(words) <= 1 else None
