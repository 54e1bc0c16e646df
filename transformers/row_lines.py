"""Tables with each row on one line: where they begin, their heading lines, and the numbers behind the labels."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.notation import parse_year
from schemas.records import RawCell
from transformers.corners import without_corner
from transformers.drafts import Draft, Group, Number, number_of
from transformers.phrases import phrases
from transformers.stream import is_columnar

Row = tuple[RawCell, ...]


def drafts_of_lines(rows: Sequence[Row]) -> list[Draft]:
    """The tables in rows on one line: a new one begins where a new line of headings does."""
    tables: list[Draft] = []
    waiting: list[Row] = []
    for row in rows:
        numbers = [] if is_heading_line(row) else _numbers(row)
        if not numbers:
            waiting.append(row)
            continue
        headed = [at for at, line in enumerate(waiting) if is_heading_line(line)] or _headings_down(waiting)
        if headed and tables and _same_headings(waiting, tables[-1]):
            tables[-1].spare += [cell for line in waiting for cell in line]
        elif headed or not tables:
            last = headed[-1] + 1 if headed else 0
            while last < len(waiting) and parse_year(_whole(waiting[last]).text):
                last += 1
            tables.append(_opened(waiting[:last]))
            tables[-1].groups += [_words_group(line) for line in waiting[last:]]
        else:
            tables[-1].groups += [_words_group(line) for line in waiting]
        waiting = []
        tables[-1].groups.append(Group([row[0]] if row[0].text else [], numbers))
    if tables:
        tables[-1].spare += [cell for line in waiting for cell in line]
    for table in tables:
        table.groups = _with_years_of_labels(table)
    return tables


def _with_years_of_labels(table: Draft) -> list[Group]:
    """The rows; a year behind their names goes with these where the line of headings has one column less for all.

    `Kadernota 2026 -20 -30 -40` under `Omschrijving 2026 2027 2028`.
    """
    line = next((cell.text for cell in reversed(table.head) if is_heading_text(cell.text)), "")
    count = sum(part.says_something for part in phrases(without_corner(line)))
    longer = [group for group in table.groups if len(group.numbers) > count]
    if count < 2 or not all(_ends_in_year(group) and len(group.numbers) == count + 1 for group in longer):
        return table.groups
    return [_with_year_in_label(group) if group in longer else group for group in table.groups]


def _ends_in_year(group: Group) -> bool:
    return bool(group.texts) and parse_year(group.numbers[0].text) is not None


def _with_year_in_label(group: Group) -> Group:
    label = group.texts[-1]
    texts = [*group.texts[:-1], label._replace(text=f"{label.text} {group.numbers[0].text}")]
    return Group(texts, group.numbers[1:])


def _headings_down(lines: Sequence[Row]) -> list[int]:
    """The lines that head a column each, one below another above rows on one line: at least four of them."""
    found = [at for at, line in enumerate(lines) if is_columnar(_whole(line).text) or parse_year(_whole(line).text)]
    years = sum(bool(phrases(_whole(lines[at]).text)[0].years) for at in found)
    return found if len(found) >= 4 and years >= 2 else []


def _words_group(line: Row) -> Group:
    return Group([_whole(line)], heading_only=True)


def _whole(line: Row) -> RawCell:
    return RawCell(" ".join(cell.text for cell in line), line[0].line, line[0].locator)


def _same_headings(lines: Sequence[Row], table: Draft) -> bool:
    again = [_whole(line).text.lower() for line in lines]
    return bool(again) and again == [cell.text.lower() for cell in table.head][-len(again) :]


def is_heading_line(row: Row) -> bool:
    """Whether a line is made of headings of columns: at least two, or years alone."""
    text = " ".join(cell.text for cell in row)
    numbers = [number for cell in row[1:] if (number := number_of(cell))]
    others = [number for number in numbers if number.year is None]
    if not all(map(_is_small, others)) or (len(others) > 1 and others[0].text != "1"):
        return False  # one small number may be a part of a heading, several number the columns or are amounts
    return is_heading_text(text)


def is_heading_text(text: str) -> bool:
    """Whether a line's words are headings of columns: at least two of them, or one stage alone."""
    parts = [part for part in phrases(text) if part.says_something]
    dated = [part for part in parts if part.years or part.has_stage]
    measures = [part for part in parts if part.measure and not part.years and not part.unknown]
    if len(dated) == 1 and len(parts) == 1 and dated[0].is_pure and len(text) < 40 and dated[0].has_stage:
        return True
    bare = sum(part.is_pure for part in parts)
    kinds = [part for part in parts if part.has_kind and part.is_pure]
    return (len(dated) >= 2 or len(measures) >= 2 or len(kinds) == len(parts) >= 2) and bare >= 2


def _is_small(number: Number) -> bool:
    return number.may_be_code and "." not in number.text and len(number.text) <= 2


def _opened(head: Sequence[Row]) -> Draft:
    """A table with its title and heading lines, one cell a line."""
    return Draft([_whole(line) for line in head], [], rows_known=True)


def _numbers(row: Row) -> list[Number]:
    return [number for cell in row[1:] if (number := number_of(cell)) and number.amount]
