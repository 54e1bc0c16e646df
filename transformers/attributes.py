"""Cells that only say something of a row: the kind of a reserve, the priority of an investment, who answers for it.

Such a cell is no label and heads no rows. Its heading tells it, or that it repeats few values behind names that are all
different. A text that parts the rows of one name (incidenteel and structureel, lasten and baten) is its label instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.records import Form, RawCell
from transformers.drafts import Draft, is_mark, number_of
from transformers.grid_heads import Row, stack
from transformers.headings import heading_of
from transformers.labels import code_of, is_noise, is_row_number, one_line, starts_low
from transformers.words import is_measure_word, meaning_of

_MARK = re.compile(r"I|S|I/S|S/I|V|N|V/N|J|E", re.I)
_HEADS_MARKS = re.compile(r"\b[IS]\s?/\s?[IS]\b|\b[VN]\s?/\s?[VN]\b", re.I)
_CHOICE = re.compile(r"(?<![\w/])[A-Z](?:\s?/\s?[A-Z])+(?![\w/])")
_KIND = re.compile(r"(?:soort|type|categorie|aard)(?:\s+\w+)?(?:\s*\([^)]*\))?", re.I)
_NUT = r"(?:(?:economisch|maatschappelijk)\s*(?:/|of|en)\s*)*(?:economisch|maatschappelijk)?\s*nut"
_TIME = (
    r"(?:afschr(?:ijvings)?\.?\s?-?\s?)?termijn|afschrijving\s+in\s+jaren|levensduur|looptijd|gereed|oplevering"
    r"|jaar\s+van\s+(?:uitvoering|oplevering)|(?:start|eind)(?:jaar|datum)"
)
_SAYS_OF_IT = re.compile(
    r"(?:prioriteit(?:ering)?|prio\.?|(?:(?:bestuurlijk|politiek)e?\s+)?portefeuille(?:\s?houders?|s)?|pfh\.?|p\.?h\.?|wethouder"
    rf"|dekking(?:s?(?:bron|middel|wijze))?|{_NUT}|{_TIME}|status|fase|risico(?:klasse|profiel)?"
    r"|nieuw\s*(?:/|of)\s*vervanging)(?:\s*\([^)]*\))?:?",
    re.I,
)
_NEW = re.compile(r"nieuw\s*(?:/|of)\s*vervanging", re.I)
_LEGEND = re.compile(r"\bN\s?=\s?(?:nieuw|nee|niet)|\bV\s?=\s?(?:verv|vast|verpl)", re.I)
_SIGNS = re.compile(r"voord(?:eel|elig)|nad(?:eel|elig)|gunstig|\bV\s?(?:/|of)\s?N\b|\bN\s?(?:/|of)\s?V\b", re.I)
_NEITHER = frozenset("BO")  # budgetneutraal, onveranderd
_EFFECTS = re.compile(r"positief|negatief|effect|gevolg", re.I)
_ANSWER = re.compile(r"(?:^|\d\s+)J$")
_ITEMS = re.compile(
    r"(?:omschrijving|onderwerp|investering|project|krediet|maatregel|reserve|voorziening|naam|post|lening|subsidie)(?:e?n|s)?"
    r"(?:\s+(?:investering|project|krediet|reserve|voorziening)(?:en)?)?",
    re.I,
)
_WHOLES = re.compile(r"(?:deel|hoofd)?(?:programma|taakveld|thema|beleidsveld|domein|afdeling|cluster|team)", re.I)
_NUMBER_OF_WHOLE = re.compile(r"\d{1,2}(?:\.\d{1,2})?")


def beside_names(head: Sequence[Row], rows: Sequence[Row], columns: set[int]) -> frozenset[int]:
    """The columns between the names and the amounts of a grid whose cells only say something of the names."""
    found: set[int] = set()
    last = min(columns) - 1
    for at in range(last, 0, -1):
        headings = [text.rstrip(":") for text in stack(head, at)]
        told = _tells(headings, [text for before in range(at) for text in stack(head, before)])
        kind = any(_KIND.fullmatch(text) for text in headings) and found >= set(range(at + 1, last + 1))
        if told and _are_numbers_of_wholes(rows, at):
            found.add(at)
            continue
        pairs = _pairs(rows, at, columns, numbers=told)
        if pairs is None or not (told or kind or _all_letters(pairs)):
            continue
        values = {value for _, value in pairs}
        if not told and all(is_measure_word(value) for value in values):
            continue
        if not any(is_measure_word(value) and len(value) > 1 for value in values):
            found.add(at)
    return frozenset(found)


def numbers_of_wholes(head: Sequence[Row], rows: Sequence[Row], columns: set[int]) -> set[int]:
    """The columns of numbers that only name the part of a budget that a name before them belongs to: Programma 3."""
    found: set[int] = set()
    for at in sorted(columns)[:-1]:
        named = any(_WHOLES.fullmatch(text.rstrip(":")) for text in stack(head, at))
        items = any(_ITEMS.fullmatch(text.rstrip(":")) for before in range(at) for text in stack(head, before))
        if named and items and _are_numbers_of_wholes(rows, at):
            found.add(at)
    return found


def _are_numbers_of_wholes(rows: Sequence[Row], at: int) -> bool:
    cells = [one_line(row[at].text) for row in rows if at < len(row) and row[at].text]
    return all(_NUMBER_OF_WHOLE.fullmatch(text) for text in cells)


def _tells(headings: Sequence[str], before: Sequence[str]) -> bool:
    """Whether headings call a column something of the names before it, or what these names are a part of."""
    if any(_SAYS_OF_IT.fullmatch(text) or letters_of(text) for text in headings):
        return True
    return any(_WHOLES.fullmatch(text) for text in headings) and any(_ITEMS.fullmatch(text) for text in before)


def letters_of(heading: str) -> frozenset[str]:
    """The letters between which a heading lets one choose: E and M for `E/M`; none for L/B, lasten and baten."""
    found = _CHOICE.search(heading)
    whole = found is not None and len(re.findall(r"\w+", heading[: found.start()] + heading[found.end() :])) < 2
    letters = frozenset(re.findall(r"[A-Z]", found[0])) if found and whole else frozenset()
    return frozenset() if letters == {"L", "B"} else letters


def _pairs(rows: Sequence[Row], at: int, columns: set[int], *, numbers: bool) -> list[tuple[str, str]] | None:
    """The name and the cell behind it of each row with amounts; None where a cell has no name of its own before it.

    Whether cells may be `numbers`, too: the year in which something is ready.
    """
    pairs: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for row in rows:
        if len(row) <= max(columns) or not any(row[n].text for n in columns):
            known = {}  # names may come again in another section
            continue
        value = one_line(row[at].text)
        before = [cell for cell in row[:at] if cell.text and cell is not row[at]]
        names = [text for cell in before if not is_row_number(text := one_line(cell.text))]
        if not value or row[at] is row[0] or (names and meaning_of(names[0]).is_total):
            continue
        if not names or known.setdefault(" ".join(names), value) != value:
            return None
        if not numbers and number_of(row[at]) is not None:
            return None
        pairs.append((" ".join(names), value))
    return pairs or None


def _all_letters(pairs: Sequence[tuple[str, str]]) -> bool:
    return len(pairs) >= 3 and all(re.fullmatch(r"[A-Z](?:/[A-Z])?", value) for _, value in pairs)


class Marks(StrEnum):
    """What V and N behind amounts say."""

    SIGNS = "signs"  # voordeel and nadeel
    OTHER = "other"  # nieuw and vervanging, or ja and nee
    UNCLEAR = "unclear"


def marks_behind(head: Sequence[Row], rows: Sequence[Row], columns: set[int], *, exact: bool) -> dict[int, Marks]:
    """What V and N say in the columns of a grid that stand behind amounts and hold none, where that is not the sign.

    Words that are not known tell nothing where it is not `exact` which columns they stand over.
    """
    found: dict[int, Marks] = {}
    for at in range(min(columns) + 1, max(map(len, rows), default=0)):
        own = [row for row in head if at < len(row) and row[at] is not row[at - 1]]
        texts = {one_line(row[at].text) for row in rows if at < len(row) and row[at] is not row[at - 1]}
        if at not in columns and any(is_mark(text) for text in texts):
            said = _said_by(stack(own, at), {text.strip("()").upper() for text in texts}, exact=exact)
            found |= {at: said} if said is not Marks.SIGNS else {}
    return found


def _said_by(headings: Sequence[str], values: set[str], *, exact: bool) -> Marks:
    """What the marks of one column say by its own headings and by what else stands in it."""
    if values & {"J", "JA", "NEE"} or any(means_other(text) for text in headings):
        return Marks.OTHER
    if any(_SIGNS.search(text) or _EFFECTS.search(text) for text in headings):
        return Marks.SIGNS
    if any(re.fullmatch(r"[AC-KMO-UW-Z]", text) for text in values):
        return Marks.OTHER  # E, M or U; B and L say what is measured
    if not exact or not any(heading_of(text).unknown for text in headings):
        return Marks.SIGNS
    return Marks.UNCLEAR if "V" in values else Marks.OTHER


def means_other(text: str) -> bool:
    """Whether a heading or title says of V or N that it is no voordeel or nadeel: J/N, Soort (N/V), N = nieuw."""
    choices = [set(re.findall(r"[A-Z]", found)) for found in _CHOICE.findall(text)]
    kind = _KIND.fullmatch(text) is not None and re.search(r"\b[VN]\s?/\s?[VN]\b", text) is not None
    chosen = any(letters & {"V", "N"} and not letters <= {"V", "N"} | _NEITHER for letters in choices)
    return kind or chosen or bool(_NEW.search(text)) or bool(_LEGEND.search(text))


def marks_are_signs(draft: Draft, title: str, *, in_grid: bool) -> bool:
    """Whether V and N are the signs of a table; in a grid its columns tell, unless a legend does."""
    first = next((at for at, group in enumerate(draft.groups) if group.numbers), 0)
    before = [*draft.head, *(cell for group in draft.groups[: first + 1] for cell in group.texts)]
    texts = [title, *(one_line(cell.text) for cell in before)]
    if in_grid or any(_SIGNS.search(text) and not means_other(text) for text in texts):
        return not any(_LEGEND.search(text) for text in texts)
    behind = [cell.text for group in draft.groups for cell in (*group.texts, *group.attributes)]
    lettered = "H" in behind  # the rows are numbered A to J
    answers = not lettered and any(_ANSWER.search(text) for text in behind)
    return not answers and not any(means_other(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the labels of a table are written."""

    attribute: bool  # a cell after each name only says something of it
    letters: frozenset[str]  # and so do these
    marked: bool  # labels may end in a mark
    low: bool  # names begin in lower case: such a text goes on with no other


def habits_of(draft: Draft, first: Sequence[RawCell]) -> Habits:
    """How the labels of a table are written; `first` stands before those of its first row."""
    letters = frozenset(letter for cell in draft.head for letter in letters_of(one_line(cell.text)))
    marked = any(_HEADS_MARKS.search(cell.text) for cell in draft.head)
    single = [one_line(group.texts[0].text) for group in draft.groups if group.numbers and len(group.texts) == 1]
    low = len(single) > 3 and sum(map(starts_low, single)) * 3 > len(single)
    return Habits(_has_attribute(draft, first, letters), letters, marked, low)


def _has_attribute(draft: Draft, first: Sequence[RawCell], letters: frozenset[str]) -> bool:
    """Whether a cell after each name, beside `letters`, only says something of it, such as the kind of a reserve."""
    spoken = [[*(first if n == 0 else ()), *group.texts] for n, group in enumerate(draft.groups) if group.numbers]
    spoken = [texts for texts in spoken if not any(meaning_of(one_line(cell.text)).is_total for cell in texts[-2:])]
    plain = [[c for c in texts if not is_noise(c.text) and not is_mark_of_row(c.text, letters)] for texts in spoken]
    pairs = [[one_line(cell.text) for cell in texts][-2:] for texts in plain]
    heads = [one_line(cell.text) for cell in draft.head]
    told = any(_SAYS_OF_IT.fullmatch(text) for text in heads)
    full = [pair for pair in pairs if len(pair) == 2 and not code_of(pair[0] + " ")]
    full = [pair for pair in full if not is_measure_word(pair[1]) or (told and len(pair[1]) == 1)]
    named = [pair for pair in pairs if pair]
    if not full or len(full) < len(named):
        return False
    names, attributes = {pair[0] for pair in full}, {pair[1] for pair in full}
    if re.search(r"\b(?:soort|type|categorie|aard|portefeuille|i/s)\b", " ".join(heads).lower()):
        return len({tuple(pair) for pair in full}) == len(names)
    return len(names) == len(full) and (told or (len(full) >= 3 and len(attributes) * 2 <= len(full)))


def is_mark_of_row(text: str, letters: frozenset[str]) -> bool:
    """Whether a text behind a name is a lone mark, such as that of incidenteel, and no name."""
    return _MARK.fullmatch(text) is not None or text in letters


def has_numbers_behind_names(draft: Draft, count: int, form: Form) -> bool:
    """Whether a small number stands behind nearly every name: that of a note or a programme, no part of the name."""
    if form is Form.GRID:
        return False
    full = [group for group in draft.groups if group.texts and len(group.numbers) >= count]
    one_more = [g for g in full if len(g.numbers) == count + 1 and re.fullmatch(r"\d{1,2}", g.numbers[0].text)]
    names = {one_line(group.texts[-1].text) for group in one_more}
    return len(one_more) >= 3 and len(one_more) * 10 >= len(full) * 6 and len(names) == len(one_more)
