"""Cells that only say something of a row: the kind of a reserve, the priority of an investment, who answers for it.

Such a cell is no label and heads no rows. Its heading tells it, or that it repeats few values behind names that are all
different. A text that parts the rows of one name (incidenteel and structureel, lasten and baten) is its label instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.records import Form, RawCell
from transformers.drafts import Draft, number_of
from transformers.grid_heads import Row, stack
from transformers.labels import code_of, is_noise, is_row_number, one_line
from transformers.words import is_measure_word, meaning_of

_MARK = re.compile(r"I|S|I/S|S/I|V|N|V/N|J|E", re.I)
_LETTERS = re.compile(r"(?:\w+\s+)?\(?([A-Z])(?:\s?/\s?([A-Z]))(?:\s?/\s?([A-Z]))?(?:\s?/\s?([A-Z]))?\)?")
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
_ITEMS = re.compile(
    r"(?:omschrijving|onderwerp|investering|project|krediet|maatregel|reserve|voorziening|naam|post|lening|subsidie)(?:e?n|s)?"
    r"(?:\s+(?:investering|project|krediet|reserve|voorziening)(?:en)?)?",
    re.I,
)
_WHOLES = re.compile(r"(?:deel|hoofd)?(?:programma|taakveld|thema|beleidsveld|domein|afdeling|cluster|team)", re.I)


def beside_names(head: Sequence[Row], rows: Sequence[Row], columns: set[int]) -> frozenset[int]:
    """The columns between the names and the amounts of a grid whose cells only say something of the names."""
    found: set[int] = set()
    last = min(columns) - 1
    for at in range(last, 0, -1):
        headings = [text.rstrip(":") for text in stack(head, at)]
        told = _tells(headings, [text for before in range(at) for text in stack(head, before)])
        kind = any(_KIND.fullmatch(text) for text in headings) and found >= set(range(at + 1, last + 1))
        pairs = _pairs(rows, at, columns, numbers=told)
        if pairs is None or not (told or kind or _all_letters(pairs)):
            continue
        values = {value for _, value in pairs}
        if not told and all(is_measure_word(value) for value in values):
            continue
        if not any(is_measure_word(value) and len(value) > 1 for value in values):
            found.add(at)
    return frozenset(found)


def _tells(headings: Sequence[str], before: Sequence[str]) -> bool:
    """Whether headings call a column something of the names before it, or what these names are a part of."""
    if any(_SAYS_OF_IT.fullmatch(text) or letters_of(text) for text in headings):
        return True
    return any(_WHOLES.fullmatch(text) for text in headings) and any(_ITEMS.fullmatch(text) for text in before)


def letters_of(heading: str) -> frozenset[str]:
    """The letters between which a heading lets one choose: E and M for `E/M`; none for L/B, lasten and baten."""
    found = _LETTERS.fullmatch(heading.strip())
    letters = frozenset(letter for letter in found.groups() if letter) if found else frozenset()
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


def letters_offered(draft: Draft) -> frozenset[str]:
    """The letters between which the headings of a table let one choose."""
    return frozenset(letter for cell in draft.head for letter in letters_of(one_line(cell.text)))


def has_attribute(draft: Draft, first: Sequence[RawCell], letters: frozenset[str]) -> bool:
    """Whether a cell after each name, beside `letters`, only says something of it, such as the kind of a reserve."""
    spoken = [[*(first if n == 0 else ()), *group.texts] for n, group in enumerate(draft.groups) if group.numbers]
    spoken = [texts for texts in spoken if not any(meaning_of(one_line(cell.text)).is_total for cell in texts[-2:])]
    plain = [[c for c in texts if not is_noise(c.text) and not is_mark_of_row(c.text, letters)] for texts in spoken]
    pairs = [[one_line(cell.text) for cell in texts][-2:] for texts in plain]
    full = [pair for pair in pairs if len(pair) == 2 and not is_measure_word(pair[1]) and not code_of(pair[0] + " ")]
    named = [pair for pair in pairs if pair]
    if not full or len(full) < len(named):
        return False
    names, attributes = {pair[0] for pair in full}, {pair[1] for pair in full}
    heads = [one_line(cell.text) for cell in draft.head]
    if re.search(r"\b(?:soort|type|categorie|aard|portefeuille|i/s)\b", " ".join(heads).lower()):
        return len({tuple(pair) for pair in full}) == len(names)
    told = any(_SAYS_OF_IT.fullmatch(text) for text in heads)
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
