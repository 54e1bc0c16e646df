"""What stands around a table on its page: the texts that may be its title, and the statements of its unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from schemas.notation import parse_year
from schemas.records import Form, RawDocument, RawTable, RawText, Source
from transformers import grids, stream
from transformers.agreement import amounts_of, in_euros_and_cents, in_whole_euros, unit_by_agreement
from transformers.captions import captions_over
from transformers.drafts import Draft
from transformers.headings import heading_of, words_of
from transformers.labels import code_of, is_noise, one_line
from transformers.phrases import phrases
from transformers.stated import names_period
from transformers.unit_lines import whole_statements
from transformers.unit_scopes import Place, Scopes, Statement, statement_in
from transformers.units import is_torn, is_unit_only, unit_in, without_unit

_PROGRAMME_LINE = re.compile(r"programma\s+(?:[0-9]{1,2}|[A-Z])\b[\s.:–-]*[^\W\d].*", re.I)
_NAMED = re.compile(
    r"\b(?i:(?:deel|hoofd|sub)?programma|taakveld|beleidsveld|thema|product|portefeuille|domein|pijler|hoofdstuk)"
    r"\s+(?:\d|[A-Z]\b|[A-Z][a-zë])"
)
_CORNER = re.compile(  # what else stands over the labels, where no markup shows that it does
    r"instelling(?:en)?|organisaties?|ontvanger|partij(?:en)?|belasting(?:soort)?|heffing|kostenplaats|kostendrager"
    r"|levensduur|bedrag|was|wordt|leeftijd|locatie|team|doelgroep|activiteit|maatregel",
    re.I,
)
_THE_PROGRAMME = re.compile(r"\b(?:het|dit) programma\b", re.I)

Found = tuple[int, int, RawTable, Draft]  # place in the document, number of the region, the region, the table in it
Title = tuple[int, str, bool]  # place in the document, text, whether the markup calls it a heading


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft with its surroundings: its place in the document, and the titles and units around it."""

    draft: Draft
    table: RawTable
    raw_index: int
    order: int
    outside: tuple[str, ...]  # what stands above the table and may be its title, the nearest last
    since: tuple[str, ...]  # of these, what stands below the table before it
    lines: tuple[str, ...]  # the names of tabs around it, and what stands between the last heading or table and it
    unit: int | None
    unit_conflict: bool
    after_prose: bool


def pieces(document: RawDocument, source: Source) -> Iterator[Piece]:
    """Each draft of the document with its title and its unit."""
    found: list[Found] = []
    titles: list[Title] = []
    statements: list[Statement] = []
    order = 0
    raw_index = -1
    for block in captions_over(whole_statements(document.blocks)):
        order += 1
        if isinstance(block, RawText):
            if (stated := statement_in(block, order)) is not None:
                statements.append(stated)
            _note_title(block, order, titles)
            continue
        raw_index += 1
        drafts = (
            stream.drafts([c for row in block.rows for c in row]) if block.form is Form.STREAM else grids.drafts(block)
        )
        if not drafts:
            statements += [one for row in block.rows for cell in row if (one := statement_in(cell, order)) is not None]
        for draft in drafts:
            order += 1
            found.append((order, raw_index, block, draft))
    units = [_unit_inside(draft) for _, _, _, draft in found]
    scopes = Scopes(
        tuple(Place(at, raw, page_of(draft), frozenset(inside), _stands_below(draft),
                    block.form is not Form.GRID and _has_title(draft),
                    _of_all_above(found, number))
              for number, ((at, raw, block, draft), inside) in enumerate(zip(found, units, strict=True))),
        tuple(statements),
        tuple((place, heading) for place, text, heading in titles if not names_period(text)),
        source.unit is not None,
    )  # fmt: skip
    cents = [in_euros_and_cents(draft) for _, _, _, draft in found]
    settled = [
        draft.unit or scopes.stated(number) or (1 if cents[number] else None)
        for number, (_, _, _, draft) in enumerate(found)
    ]
    shared = _by_region(found, settled)
    for number, (at, raw, block, draft) in enumerate(found):
        inside, unit = units[number] | ({draft.unit} if draft.unit else set()), settled[number]
        if not inside and (any(is_torn(cell.text) for cell in draft.head) or (cents[number] and unit != 1)):
            unit = None
        elif unit is None and not inside:
            unit = source.unit or shared[raw] or scopes.carried(number) or (1 if in_whole_euros(draft) else None)
        before = found[number - 1][0] if number else 0
        outside = tuple(_titles_before(titles, at))
        above = tuple(_titles_before(titles, at, before))
        lines = (*block.within, *_lines_before(titles, at, before))
        yield Piece(draft, block, raw, at, outside, above, lines, unit, len(inside) > 1, number > 0 and not above)


def _by_region(found: Sequence[Found], settled: Sequence[int | None]) -> dict[int, int | None]:
    """The unit of each region none of whose tables states one, by the amounts of those that do."""
    stated = [(unit, amounts_of([each[3]])) for unit, each in zip(settled, found, strict=True) if unit is not None]
    regions: dict[int, list[Draft]] = {}
    for unit, each in zip(settled, found, strict=True):
        if unit is None:
            regions.setdefault(each[1], []).append(each[3])
    return {raw: unit_by_agreement(drafts, stated) for raw, drafts in regions.items()}


def _titles_before(titles: Sequence[Title], at: int, since: int = 0) -> list[str]:
    """What may be the title of a table, the nearest last: headings in the markup before other texts.

    `titles` stand in the order of their places; those at a place up to `since` are left out.
    """
    end = bisect_left(titles, at, key=itemgetter(0))
    near = [(text, heading) for place, text, heading in titles[max(0, end - 12) : end] if place > since]
    headings = [text for text, heading in near if heading]
    return headings or [text for text, _ in near if not parse_year(text)][-6:]


def _lines_before(titles: Sequence[Title], at: int, since: int) -> list[str]:
    """The texts between a table and the last heading in the markup before it, or what stands at the place `since`."""
    near = titles[max(0, bisect_left(titles, at, key=itemgetter(0)) - 12) : bisect_left(titles, at, key=itemgetter(0))]
    if not any(heading for _, _, heading in near):
        return []
    lines: list[str] = []
    for place, text, heading in reversed(near):
        if heading or place <= since:
            break
        lines.insert(0, text)
    return lines


def _note_title(text: RawText, order: int, titles: list[Title]) -> None:
    if text.is_apart or is_noise(text.text):
        return
    if text.is_heading or _may_be_title(text.text) or parse_year(text.text):
        titles.append((order, one_line(text.text), text.is_heading))


def _may_be_title(text: str) -> bool:
    flat = text.strip()
    return (
        3 <= len(flat) <= 120
        and not re.search(r"[.;!?]$", flat)
        and flat[0] not in "•·●▪◦‣○►–-*"
        and any(c.isalpha() for c in flat)
    )


def _states_unit(text: str) -> bool:
    return any(is_unit_only(line) for line in text.split("\n"))


def _unit_inside(draft: Draft) -> set[int]:
    """The units stated in a table's own cells, but not in its labels of amounts."""
    texts = [cell.text for cell in (*draft.head, *draft.spare)]
    texts += [c.text for group in draft.groups for c in (*group.texts, *group.attributes) if _states_unit(c.text)]
    return {unit for text in texts if (unit := unit_in(text)) is not None}


def _has_title(draft: Draft) -> bool:
    """Whether a text that can be a title stands above the headings of the columns, in the table itself."""
    first = next((at for at, cell in enumerate(draft.head) if stream.is_columnar(cell.text)), len(draft.head) - 1)
    above = [cell.text for cell in draft.head[: max(0, first)]]
    if any(_may_be_title(text) and not is_noise(text) and not _is_label_head(text) for text in above):
        return True
    return bool(_inline_title([cell.text for cell in draft.head]))


def _inline_title(head: Sequence[str]) -> str:
    """The title that begins the first line of headings of several columns; empty where none does."""
    start = next((at for at, text in enumerate(head) if sum(p.is_pure for p in phrases(text)) > 1), len(head))
    lead = phrases(without_inline_unit(head[start])) if start < len(head) else []
    named = len(lead) > 2 and (lead[0].text.endswith("?") or (not lead[0].says_something and lead[0].unknown))
    return lead[0].text if named else ""


def _stands_below(draft: Draft) -> int | None:
    """The unit at the very top of a table's head, above a title of its own: it is that of the table above."""
    top = draft.head[0].text if draft.head else ""
    return unit_in(top) if is_unit_only(top) and _has_title(draft) else None


def _of_all_above(found: Sequence[Found], number: int) -> int | None:
    """The unit of all amounts in the head of the first table of a page that has a title of its own there: it stands at
    the margin of the page, over all its tables."""
    draft = found[number][3]
    page = page_of(draft)
    if page is None or (number and page_of(found[number - 1][3]) == page):
        return None
    said = next((one for cell in draft.head if (one := statement_in(cell, 0)) is not None and one.of_all), None)
    rest = [cell for cell in draft.head if unit_in(cell.text) is None]
    return said.unit if said is not None and _has_title(replace(draft, head=rest)) else None


def page_of(draft: Draft) -> int | None:
    """The page on which a table begins."""
    first = min(draft.cells(), key=lambda cell: cell.line, default=None)
    return first.page if first else None


def title_of(piece: Piece, start: int) -> str:
    """The nearest text above the headings of the columns that can be a title; `start` is where these begin."""
    head = [cell.text for cell in piece.draft.head]
    if piece.table.form is Form.ROWS:
        start = next((at for at, text in enumerate(head) if sum(p.is_pure for p in phrases(text)) > 1), len(head))
        if inline := _inline_title(head):
            return inline
    beside = _beside_headings(piece.draft) if piece.table.form is Form.GRID else frozenset()
    for at in range(min(start, len(head)) - 1, -1, -1):
        text = head[at]
        if at in beside:
            continue  # the head of the labels, or of a column that is not known
        clean = without_unit(text)
        if clean and not is_noise(text) and _may_be_title(clean) and not _is_label_head(clean):
            return clean
    outside = next((clean for text in reversed(piece.outside) if (clean := without_unit(text))), "")
    return outside or next(
        (clean for text in head[:1] if (clean := without_unit(text)) and not _is_label_head(clean)), ""
    )


def _beside_headings(draft: Draft) -> frozenset[int]:
    """Which cells above the rows of a grid share their row with others: headings of columns, and no title.

    The first of a row may still name what all rows are about: `Programma 1 Bestuur`, `0.1 Bestuur`.
    """
    starts = [0, *sorted(draft.breaks), len(draft.head)]
    rows = (range(start, end) for start, end in pairwise(starts))
    out: set[int] = set()
    for row in rows:
        if len(row) > 1:
            first = draft.head[row[0]].text
            out.update(row[1:] if _NAMED.search(first) or code_of(first) else row)
    return frozenset(out)


def programme_above(piece: Piece, title: str) -> str | None:
    """The programme that a title calls `het programma`, where the line above is its name: `Programma 1 Bestuur`.

    Not where a table stands between, or where other lines there name programmes too, as in a list of contents. Under
    any other title a table may show a part of the programme only, or something else.
    """
    if not _THE_PROGRAMME.search(title):
        return None
    head = [one_line(cell.text) for cell in piece.draft.head]
    lines = [*piece.since, *head[: head.index(title)]] if title in head else [*piece.since]
    if lines and lines[-1] == title:
        lines.pop()
    named = {text for text in lines if _PROGRAMME_LINE.fullmatch(text)}
    return lines[-1] if lines and named == {lines[-1]} else None


def _is_label_head(text: str) -> bool:
    heading = heading_of(text)
    of_measure = bool(heading.measures) and words_of(text)[0].tag != "label_head"  # Netto lasten per programma: a title
    return bool(_CORNER.fullmatch(text)) or (
        heading.tags == {"label_head"} and not of_measure and heading.unknown <= (len(text.split()) >= 3)
    )


def without_inline_unit(text: str) -> str:
    """The text without the statement of a unit in it, where it has one."""
    return without_unit(text) if unit_in(text) is not None else text
