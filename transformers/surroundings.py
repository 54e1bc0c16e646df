"""What stands around a table on its page: the texts that may be its title, and the statements of its unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from schemas.records import Form, RawCell, RawDocument, RawTable, RawText, Source
from transformers import grids, stream
from transformers.agreement import amounts_of, unit_by_agreement
from transformers.drafts import Draft
from transformers.headings import heading_of, phrases
from transformers.labels import is_noise, one_line
from transformers.units import is_unit_only, unit_in, without_unit

_PROGRAMME_LINE = re.compile(r"programma\s+(?:[0-9]{1,2}|[A-Z])\b[\s.:–-]*[^\W\d].*", re.I)
_THE_PROGRAMME = re.compile(r"\b(?:het|dit) programma\b", re.I)

Marker = tuple[int, int, int | None]  # place in the document, unit, page
Found = tuple[int, int, RawTable, Draft]  # place in the document, number of the region, the region, the table in it


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft with its surroundings: its place in the document, and the titles and units around it."""

    draft: Draft
    table: RawTable
    raw_index: int
    order: int
    outside: tuple[str, ...]  # what stands above the table and may be its title, the nearest last
    since: tuple[str, ...]  # of these, what stands below the table before it
    unit: int | None
    unit_conflict: bool
    after_prose: bool


def pieces(document: RawDocument, source: Source) -> Iterator[Piece]:
    """Each draft of the document with its title and its unit."""
    found: list[Found] = []
    titles: list[tuple[int, str, bool]] = []
    markers: list[Marker] = []
    order = 0
    raw_index = -1
    for block in document.blocks:
        order += 1
        if isinstance(block, RawText):
            _note_text(block, order, titles, markers)
            continue
        raw_index += 1
        drafts = (
            stream.drafts([c for row in block.rows for c in row]) if block.form is Form.STREAM else grids.drafts(block)
        )
        if not drafts:
            for row in block.rows:
                for cell in row:
                    _note_cell(cell, order, markers)
        for draft in drafts:
            order += 1
            found.append((order, raw_index, block, draft))
    units = [_unit_inside(draft) for _, _, _, draft in found]
    first_marker = min([place for place, _, _ in markers], default=0)
    settled = [
        _settled(number, found, units, markers, order, after_first=found[0][0] < first_marker)
        for number in range(len(found))
    ]
    shared = _by_region(found, settled)
    for number, (at, raw, block, draft) in enumerate(found):
        inside, unit = units[number], settled[number]
        if unit is None and not inside:
            carried = _nearest_before(at, markers, found, units, number, reach=1)
            unit = source.unit or shared[raw] or (carried[1] if carried else None)
        outside = tuple(_titles_before(titles, at))
        above = tuple(_titles_before(titles, at, found[number - 1][0] if number else 0))
        yield Piece(draft, block, raw, at, outside, above, unit, len(inside) > 1, number > 0 and not above)


def _settled(
    number: int,
    found: Sequence[Found],
    units: Sequence[set[int]],
    markers: Sequence[Marker],
    end: int,
    *,
    after_first: bool,
) -> int | None:
    """The unit that a table states, or that stands next to it."""
    inside = units[number]
    if inside:
        return next(iter(inside)) if len(inside) == 1 else None
    at, raw = found[number][:2]
    following = found[number + 1] if number + 1 < len(found) else None
    before = _nearest_before(at, markers, found, units, number)
    after = _next_after(at, markers, following[0] if following else end + 1)
    if after is None and following and len(units[number + 1]) == 1 and following[1] == raw:
        after = (following[0], next(iter(units[number + 1])))
    return _chosen(before, after, after_first=after_first)


def _by_region(found: Sequence[Found], settled: Sequence[int | None]) -> dict[int, int | None]:
    """The unit of each region none of whose tables states one, by the amounts of those that do."""
    stated = [(unit, amounts_of([each[3]])) for unit, each in zip(settled, found, strict=True) if unit is not None]
    regions: dict[int, list[Draft]] = {}
    for unit, each in zip(settled, found, strict=True):
        if unit is None:
            regions.setdefault(each[1], []).append(each[3])
    return {raw: unit_by_agreement(drafts, stated) for raw, drafts in regions.items()}


def _titles_before(titles: Sequence[tuple[int, str, bool]], at: int, since: int = 0) -> list[str]:
    """What may be the title of a table, the nearest last: headings in the markup before other texts.

    `titles` stand in the order of their places; those at a place up to `since` are left out.
    """
    end = bisect_left(titles, at, key=itemgetter(0))
    near = [(text, heading) for place, text, heading in titles[max(0, end - 12) : end] if place > since]
    headings = [text for text, heading in near if heading]
    return headings or [text for text, _ in near][-6:]


def _note_text(text: RawText, order: int, titles: list[tuple[int, str, bool]], markers: list[Marker]) -> None:
    unit = unit_in(text.text)
    if unit is not None:
        markers.append((order, unit, text.page))
    if not is_noise(text.text) and (text.is_heading or _may_be_title(text.text)):
        titles.append((order, one_line(text.text), text.is_heading))


def _note_cell(cell: RawCell, order: int, markers: list[Marker]) -> None:
    unit = unit_in(cell.text)
    if unit is not None:
        markers.append((order, unit, cell.page))


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


def _nearest_before(
    at: int,
    markers: Sequence[Marker],
    found: Sequence[Found],
    units: Sequence[set[int]],
    number: int,
    reach: int = 0,
) -> tuple[int, int] | None:
    """The place and value of the nearest unit before a table, stated outside or inside another table.

    Where a document has pages, what another table says of itself holds on its page, and a text for `reach` pages more.
    """
    page = page_of(found[number][3])
    stated = [(place, unit) for place, unit, on in markers if place < at and _is_near(on, page, reach)]
    stated += [
        (found[n][0], next(iter(units[n])))
        for n in range(number)
        if len(units[n]) == 1 and _is_near(page_of(found[n][3]), page, 0)
    ]
    return max(stated, default=None)


def _is_near(on: int | None, page: int | None, reach: int) -> bool:
    return on is None or page is None or page - on <= reach


def page_of(draft: Draft) -> int | None:
    """The page on which a table begins."""
    first = min(draft.cells(), key=lambda cell: cell.line, default=None)
    return first.page if first else None


def _next_after(at: int, markers: Sequence[Marker], until: int) -> tuple[int, int] | None:
    return min(((place, unit) for place, unit, _ in markers if at < place < until), default=None)


def _chosen(before: tuple[int, int] | None, after: tuple[int, int] | None, *, after_first: bool) -> int | None:
    """The unit of a table that states none itself: the nearest before, else after.

    Where the page's first table has its unit behind it (`after_first`), so have the others.
    """
    nearest = [after, before] if after_first else [before, after]
    return next((unit[1] for unit in nearest if unit is not None), None)


def title_of(piece: Piece, start: int) -> str:
    """The nearest text above the headings of the columns that can be a title; `start` is where these begin."""
    head = [cell.text for cell in piece.draft.head]
    if piece.table.form is Form.ROWS:
        start = next((at for at, text in enumerate(head) if sum(p.is_pure for p in phrases(text)) > 1), len(head))
        lead = phrases(without_inline_unit(head[start])) if start < len(head) else []
        if len(lead) > 2 and not lead[0].says_something and lead[0].unknown:
            return lead[0].text
    for text in reversed(head[:start]):
        clean = without_unit(text)
        if clean and not is_noise(text) and _may_be_title(clean) and not _is_label_head(clean):
            return clean
    outside = next((clean for text in reversed(piece.outside) if (clean := without_unit(text))), "")
    return outside or next(
        (clean for text in head[:1] if (clean := without_unit(text)) and not _is_label_head(clean)), ""
    )


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
    return heading.tags == {"label_head"} and heading.unknown <= (len(text.split()) >= 3)


def without_inline_unit(text: str) -> str:
    """The text without the statement of a unit in it, where it has one."""
    return without_unit(text) if unit_in(text) is not None else text
