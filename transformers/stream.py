"""Tables of which only the order of the cells is left: one cell after another, headings first, row after row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from schemas.notation import is_code
from schemas.records import RawCell
from transformers.codes import codes_before_names, leading_years, may_number, without_codes
from transformers.drafts import Draft, Group, Number, is_mark, number_of, numbering, with_mark
from transformers.headings import heading_of
from transformers.labels import code_of, is_noise, one_line
from transformers.marks_behind import begin_with_a_mark
from transformers.placing import increasing
from transformers.running_titles import page_numbers
from transformers.units import is_unit_only
from transformers.words import is_measure_word


def drafts(cells: Sequence[RawCell]) -> list[Draft]:
    """The tables in a run of cells: a new one begins where new headings of columns do."""
    whole = _with_signs(_whole_headings(cells))
    numbers = _column_numbers(whole)
    groups = _without_letters_behind(_groups([cell for cell in whole if id(cell) not in numbers]))
    single = sum(len(group.numbers) == 1 for group in groups) * 2 > len(groups)
    spans = [heading_span(group.texts) or (_single_heading(group.texts) if single else None) for group in groups]
    pages = set(map(id, page_numbers(groups, [span is not None for span in spans])))
    tables: list[Draft] = []
    for group, span in zip(groups, spans, strict=True):
        if id(group) in pages:
            numbers |= {id(cell) for cell in (*group.texts, group.numbers[0].cell)}
            continue
        if not tables:
            tables.append(Draft(group.texts, [replace(group, texts=[])]))
            continue
        if span is None:
            tables[-1].groups.append(group)
        elif _repeats(group.texts, span, tables[-1].head):
            tables[-1].spare += group.texts[span[0] : span[1]]
            group.texts = group.texts[: span[0]] + group.texts[span[1] :]
            tables[-1].groups.append(group)
        else:
            start = _title_start(group.texts, span[0])
            tables[-1].spare += group.texts[:start]
            tables.append(Draft(group.texts[start:], [replace(group, texts=[])]))
    if tables:
        tables[0].spare += [cell for cell in whole if id(cell) in numbers]
    return tables


def _column_numbers(cells: Sequence[RawCell]) -> set[int]:
    """The cells that only number the columns, below headings: 1, 2, 3, 4=1+2-3, or A, B, C."""
    out: set[int] = set()
    for at, cell in enumerate(cells):
        if at and cell.text in ("1", "(1)") and is_columnar(cells[at - 1].text):
            size = numbering([other.text for other in cells[at : at + 30]])
            out |= {id(other) for other in cells[at : at + size]}
        if at and cell.text == "A" and is_columnar(cells[at - 1].text):
            size = next((n for n, other in enumerate(cells[at : at + 30]) if other.text != chr(65 + n)), 30)
            out |= {id(other) for other in cells[at : at + size] if size >= 3}
    return out


_ANSWER = re.compile(r"[^\W\d_]|ja|nee", re.I)


def _without_letters_behind(groups: list[Group]) -> list[Group]:
    """The groups without what stands behind the amounts of nearly every row: a letter such as I or S, ja or nee.

    A letter that begins a label, A to F, does not come back. The last heading may name the letters: I/S.
    """
    told = begin_with_a_mark(groups)
    after = [group for group in groups[1:] if group.texts]
    lettered = [g for g in after if len(g.texts) > 1 and _ANSWER.fullmatch(g.texts[0].text)]
    letters = [group.texts[0].text for group in lettered]
    if len(lettered) < 3 or len(lettered) * 10 < len(after) * 6 or len(set(letters)) == len(letters):
        lettered = told
    for group, before in pairwise(reversed(groups)):
        if group in lettered:
            before.attributes.append(group.texts.pop(0))
    return groups


def _title_start(texts: list[RawCell], heading: int) -> int:
    """Where the texts of the next table begin: a rest in lower case belongs to the one before."""
    return 1 if heading > 1 and texts[0].text[:1].islower() else 0


_BROKEN = re.compile(r"[A-Za-z]{2}-$")
_REST = re.compile(r"(?!en\b|of\b)[a-z]{2,}")


def _whole_headings(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells, with the halves of a heading such as `2016/` and `2017`, or of a word, put together."""
    out: list[RawCell] = []
    for cell in cells:
        if out and out[-1].text.endswith("/") and len(out[-1].text) <= 12 and cell.text[:2] in ("19", "20"):
            out[-1] = out[-1]._replace(text=f"{out[-1].text} {cell.text}")
        elif out and _BROKEN.search(out[-1].text) and _REST.match(cell.text):
            out[-1] = out[-1]._replace(text=f"{out[-1].text}{cell.text}")
        else:
            out.append(cell)
    return out


_SIGN = re.compile(r"-/-|\+|(?:-/-\s*)?(?:€|EUR)|(?:€|EUR)\s*-/-")
_UNSIGNED = re.compile(r"[\d.,]+")


def _with_signs(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells, with a sign or a euro in a cell of its own put before the amount that follows."""
    out: list[RawCell] = []
    sign: RawCell | None = None
    for cell in cells:
        if _SIGN.fullmatch(cell.text):
            sign = cell
            continue
        if sign is not None and _UNSIGNED.fullmatch(cell.text):
            cell = sign._replace(text=f"{sign.text} {cell.text}")
        out.append(cell)
        sign = None
    return out


def _groups(cells: Sequence[RawCell]) -> list[Group]:
    groups: list[Group] = [Group()]
    marked = any("mark" in heading_of(cell.text).tags for cell in cells[:60])
    for cell in cells:
        number = number_of(cell)
        current = groups[-1]
        if number is not None:
            current.numbers.append(number)
        elif is_mark(cell.text) and current.numbers and current.numbers[-1].amount:
            current.numbers[-1] = with_mark(current.numbers[-1], cell)
        elif marked and is_mark(cell.text) and len(current.texts) > 0 and len(groups) > 1 and not current.numbers:
            current.attributes += [current.texts.pop(), cell]  # the mark of a row without amounts
            before = groups[-2].numbers
            if not current.texts and len(before) > 1 and before[-2].mark and not before[-1].mark:
                groups[-2].attributes.append(before.pop().cell)  # and its number
        elif current.numbers and cell.text in ("+", "+/+", "="):
            current.attributes.append(cell)
        elif current.numbers:
            groups.append(Group([cell]))
        else:
            current.texts.append(cell)
    return _settled(groups)


_NOTE_NUMBER = re.compile(r"[A-Z]{1,2}\d{1,3}[a-z]?|\d{1,2}(?:\.\d{1,2}){1,2}")


def _settled(groups: list[Group]) -> list[Group]:
    """The groups, with years that head columns and codes that begin labels counted among the texts."""
    sizes: Counter[int] = Counter()
    for group in groups:
        sizes[len(group.numbers)] += len(group.numbers)
    usual = max(sizes, key=lambda size: sizes[size], default=0)
    if codes_before_names(groups):
        return without_codes(groups, usual)
    lone = [g.numbers[0].text for g in groups[:-1] if len(g.numbers) == 1 and may_number(g.numbers[0])]
    lone_codes = (
        usual > 1 and increasing(lone) and (len(lone) > 1 or lone == ["1"])
    )  # one number alone may be an amount
    out: list[Group] = []
    carried: list[RawCell] = []
    for place, group in enumerate(groups):
        has_next = place + 1 < len(groups)
        texts = carried + group.texts
        carried = []
        numbers = group.numbers
        years = leading_years(numbers, has_next=has_next)
        texts += [number.cell for number in numbers[:years]]
        numbers = numbers[years:]
        attributes = list(group.attributes)
        while texts and len(numbers) > 1 and _NOTE_NUMBER.fullmatch(numbers[0].text):
            attributes.append(numbers.pop(0).cell)  # B01 behind a name refers to a note
        while has_next and numbers and numbers[-1].amount is None and numbers[-1].year is None:
            carried.insert(0, numbers.pop().cell)  # 0.10 is no amount: it numbers the next row
        for _ in range(_years_of_next(numbers, usual, groups[place + 1].texts if has_next else ())):
            carried.insert(0, numbers.pop().cell)
        coded_next = has_next and bool(groups[place + 1].texts) and bool(code_of(groups[place + 1].texts[0].text))
        if has_next and len(numbers) == 1 and lone_codes and may_number(numbers[0]) and not coded_next:
            carried.insert(0, numbers.pop().cell)
        while not has_next and 1 < usual < len(numbers) and numbers[-1].amount is None and numbers[-1].year is None:
            attributes.append(numbers.pop().cell)  # 3.1 numbers the paragraph behind the table
        if numbers:
            out.append(Group(texts, numbers, None, attributes))
        else:
            carried = texts + carried
    if carried and out:
        out[-1].attributes += carried
    return out


def _years_of_next(numbers: Sequence[Number], usual: int, following: Sequence[RawCell]) -> int:
    """How many years behind the amounts of a row head the table that follows: they stand before its other headings."""
    years = 0
    while len(numbers) - years > usual and numbers[-1 - years].year is not None:
        years += 1
    return years if years > 1 or heading_span(following) is not None else 0


def is_columnar(text: str) -> bool:
    """Whether a text heads a column and can hardly be anything else: known words with a year, a stage or a kind."""
    heading = heading_of(text)
    return heading.is_pure and (bool(heading.years) or heading.has_stage or bool(heading.measures) or heading.has_kind)


def heading_span(texts: Sequence[RawCell]) -> tuple[int, int] | None:
    """Where the headings of a new table's columns stand among the texts before a row; None where there are none."""
    best: tuple[int, int] | None = None
    start: int | None = None
    marks = [_columnar_mark(cell.text) for cell in texts[:-1]]
    for at, mark in enumerate([*marks, -1]):
        if mark >= 0 and start is None:
            start = at if mark > 0 else None
        elif mark < 0 and start is not None:
            end = at
            while marks[end - 1] == 0:
                end -= 1
            if _is_heading_row(texts[start:end]) and (best is None or end - start > best[1] - best[0]):
                best = (start, end)
            start = None
    return best


def _single_heading(texts: Sequence[RawCell]) -> tuple[int, int] | None:
    """Where the heading of the one column of a new table stands: behind what heads its labels, or states its unit."""
    for at in range(1, len(texts) - 1):
        before, heading = texts[at - 1].text, heading_of(texts[at].text)
        opens = is_unit_only(before) or heading_of(before).tags == {"label_head"}
        if opens and is_columnar(texts[at].text) and (heading.years or heading.month_day):
            return at, at + 1
    return None


def _columnar_mark(text: str) -> int:
    """1 for the heading of a column, 0 for what may stand between headings, -1 for anything else."""
    if is_columnar(text):
        return 1
    heading = heading_of(text)
    return 0 if is_unit_only(text) or heading.tags == {"label_head"} or "mark" in heading.tags else -1


def _is_heading_row(cells: Sequence[RawCell]) -> bool:
    headings = [heading_of(cell.text) for cell in cells if is_columnar(cell.text)]
    if len(headings) < 2:
        return False
    dated = sum(bool(h.years) or h.has_stage for h in headings)
    measures = sum(is_measure_word(h.text) for h in headings)
    return dated >= 2 or (dated >= 1 and measures >= 1) or measures >= 2


def _repeats(texts: Sequence[RawCell], span: tuple[int, int], head: Sequence[RawCell]) -> bool:
    """Whether headings only repeat those of the table they stand in, without a title of their own."""
    titled = any(not is_noise(cell.text) and not is_code(cell.text) for cell in texts[: span[0]])
    again = [one_line(cell.text).lower() for cell in texts[span[0] : span[1]]]
    known = [one_line(cell.text).lower() for cell in head]
    return not titled and any(known[n : n + len(again)] == again for n in range(len(known) - len(again) + 1))
