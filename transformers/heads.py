"""The headings of a table's columns, for the number of columns that its rows and its headings agree on best."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.records import Form
from transformers import stream
from transformers.columns import HeadingReading, solve
from transformers.corners import without_corner
from transformers.drafts import Draft
from transformers.headings import Heading, heading_of
from transformers.labels import is_noise
from transformers.phrases import glued_heading, phrases
from transformers.placing import fitness, likely_counts
from transformers.row_lines import is_heading_text
from transformers.stacked import merged
from transformers.stages import Context
from transformers.stream import is_columnar
from transformers.surroundings import without_inline_unit
from transformers.units import is_unit_only, unit_in, without_unit

_ENDING = re.compile(r"(?:na|voor|incl\.?|inclusief|t/m)\b.*(?:wijz|nota|rapportage|rap\b)", re.I)
_NUMBER_HEAD = re.compile(r"^\s*(?:volg)?(?:nr\.?|nummer|code)\s+(?=[A-Za-z])", re.I)  # before the head of the labels
_YEARS_OF = re.compile(
    r"(?:(?<!\d)(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d)(?!\d).|.(?<!\d)(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?!\d)"
)  # what a document or a table is about
_GOOD_COST = 0.7
_TOO_STRANGE = 6.0
_ABOVE_LABEL_HEAD = 0.6  # what it costs to take a heading of columns from above the head of the labels
_FULL = 0.98  # the share of a table's numbers that stand in full rows, where its headings alone tell little
_CORNER = 0.3  # what it costs to take words between the headings for those of the corner
_TORN = 6.5  # what it costs to take a part of a line of headings
_MISFIT = 8.0  # what it costs when no number fits the columns


def heading_readings(
    draft: Draft, form: Form, context: Context, previous: HeadingReading | None
) -> list[HeadingReading]:
    """The readings of the headings, for the number of columns that the rows and the headings agree on best."""
    if draft.exact and _names_two_years(draft.aligned):
        return []
    aligned = _aligned(draft, context) if draft.aligned else None
    if aligned is not None and (draft.exact or aligned.cost < _GOOD_COST):
        return [aligned]
    counts = [len(draft.aligned)] if draft.aligned and form is Form.GRID else likely_counts(draft, form)
    found: list[tuple[float, HeadingReading]] = []
    for count in counts:
        misfit = 0.0 if draft.aligned else _MISFIT * (1 - fitness(draft, count, form))
        for solved in _solved(draft, form, count, context):
            if draft.exact and draft.aligned and not _keeps_places(draft, solved):
                continue
            reading = replace(solved, cost=solved.cost + _content_cost(draft, solved.columns))
            if count == 1 and not (reading.columns[0].years or reading.columns[0].has_stage):
                continue  # one word such as Lasten is a section's heading, or a label
            found.append((reading.cost + misfit, replace(reading, cost=reading.cost + misfit)))
    if aligned is not None:
        found.append((aligned.cost, aligned))
    found.sort(key=lambda item: item[0])
    if found and found[0][0] < _TOO_STRANGE:
        best = len(found[0][1].columns)
        return [reading for cost, reading in found if len(reading.columns) == best and cost < found[0][0] + 1.0]
    if previous is not None and previous.columns and fitness(draft, len(previous.columns), form) > 0.99:
        return [replace(previous, start=0, end=0)]
    told = any("not_euros" in heading_of(cell.text).tags for cell in draft.head)
    if counts and counts[0] == 1 and fitness(draft, 1, form) > 0.9 and not told:
        return [HeadingReading(0.5, (Heading(""),), 0, 0)]
    return []


def _names_two_years(aligned: Sequence[Sequence[str]]) -> bool:
    """Whether headings above each other name a year each, and not the same: one of them stands over another column.

    A plan over its years names the first of them: the budget of 2026 over 2026, 2027 and 2028.
    """
    stacks = [
        [(text, years[0]) for text in texts if len(years := _column_heading(text).years) == 1] for texts in aligned
    ]
    return any(
        year != stack[-1][1] and year not in [other[-1][1] for other in stacks if (text, year) in other[:-1]]
        for stack in stacks
        for text, year in stack[:-1]
    )


def _keeps_places(draft: Draft, reading: HeadingReading) -> bool:
    """Whether each column keeps the words that stand over it in the document, and takes none from over another."""
    return all(
        not texts or set(column.text.lower().split()) <= set(" ".join(texts).lower().split())
        for texts, column in zip(draft.aligned, reading.columns, strict=False)
    )


def _content_cost(draft: Draft, columns: Sequence[Heading]) -> float:
    """What is strange in the numbers below the headings: thousands under one that heads no euros."""
    cost = 0.0
    for at, heading in enumerate(columns):
        if "not_euros" in heading.tags:
            below = [group.numbers[at] for group in draft.groups if len(group.numbers) == len(columns)]
            thousands = sum(n.amount is not None and "." in n.text.rstrip(".") for n in below)
            cost += 2.0 * (thousands * 2 > len(below))
    return cost


def _aligned(draft: Draft, context: Context) -> HeadingReading | None:
    """The headings of a grid as its markup shows them, where they leave no column without one."""
    columns: list[Heading] = []
    for texts in draft.aligned:
        column: Heading | None = Heading("")
        for text in texts:
            lower = _column_heading(text)
            column = merged(column, lower) if column is not None and column.text else lower
            if column is None:
                return None
        columns.append(column if column is not None else Heading(""))
    first = next((at for at, cell in enumerate(draft.head) if stream.is_columnar(cell.text)), len(draft.head))
    if len(columns) == 1 and not columns[0].says_something:
        return HeadingReading(0.0, tuple(columns), first, len(draft.head))
    if not draft.exact and sum(column.says_something for column in columns) * 2 <= len(columns):
        return None
    empty = sum(not column.text for column in columns)
    if empty or any(len(texts) == 0 for texts in draft.aligned):
        return None
    solved = solve(columns, len(columns), context)
    cost = solved[0].cost if solved else 0.0
    return HeadingReading(cost, tuple(columns), first, len(draft.head))


def _column_heading(text: str) -> Heading:
    clean = without_unit(text) if unit_in(text) else text
    return heading_of(clean)


def _solved(draft: Draft, form: Form, count: int, context: Context) -> Iterator[HeadingReading]:
    """The readings of a table's head as `count` columns; their ends count the cells of the head."""
    if form is Form.ROWS:
        yield from _solved_lines(draft, count, context)
        return
    exact = _behind_label_head(draft, count) if form is Form.STREAM else None
    if exact is not None:
        yield exact
        return
    kept = [(at, _column_heading(cell.text)) for at, cell in enumerate(draft.head) if _may_head(cell.text)]
    breaks = frozenset(
        n for n, (at, _) in enumerate(kept) if n and any(kept[n - 1][0] < place <= at for place in draft.breaks)
    )
    kept = _with_endings(kept)
    label_last = form is Form.STREAM and kept and kept[-1][0] == len(draft.head) - 1 and not kept[-1][1].is_year
    tried = kept[:-1] if label_last and len(kept) > 1 else kept
    if len(tried) > 1 and tried[-1][1].measure_text and _is_section(tried[-1][1], draft):
        tried = tried[:-1]
    below = [item for item in tried if item[0] > _title_end(draft)]
    parts = [(below, 0.0), (tried, _ABOVE_LABEL_HEAD)] if len(below) < len(tried) else [(tried, 0.0)]
    silent = [item for item in tried if item[1].says_something or item[1].text.endswith("-")]
    if 0 < len(tried) - len(silent) <= 2 and not breaks:
        parts.append((silent, _CORNER))
    for part, extra in parts:
        shift = len(tried) - len(part)
        inner = frozenset(at - shift for at in breaks if at > shift)
        for reading in solve([heading for _, heading in part], count, context, inner):
            start, end = part[reading.start][0], part[reading.end - 1][0] + 1
            torn = _TORN * (_is_torn(part, reading.start) or _is_torn(part, reading.end))
            yield replace(reading, start=start, end=end, cost=reading.cost + extra + torn)


def _is_torn(part: Sequence[tuple[int, Heading]], at: int) -> bool:
    """Whether a cut falls inside a row of headings: the cells on both sides head columns of the same kind."""
    if not 0 < at < len(part) or part[at][0] != part[at - 1][0] + 1:
        return False
    before, first = part[at - 1][1], part[at][1]
    if not (before.is_pure and first.is_pure and before.shape == first.shape):
        return False
    return bool(before.years) or before.has_kind


def _with_year_apart(parts: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings of a line, where the first one with a year is two: `Totaal bruto investering` and `2021`."""
    for at, part in enumerate(parts):
        words = part.text.rsplit(" ", 1)
        if len(words) == 2 and heading_of(words[1]).is_year and heading_of(words[0]).has_kind:
            return (*parts[:at], heading_of(words[0]), heading_of(words[1]), *parts[at + 1 :])
    return ()


def _is_section(measure: Heading, draft: Draft) -> bool:
    """Whether Lasten behind the headings heads the first rows: Baten stands alone above later ones."""
    others = {"lasten": "baten", "baten": "lasten"}
    above = [heading_of(cell.text) for group in draft.groups[1:] for cell in group.texts[:-1]]
    return any(one.measure_text and one.measure == others.get(measure.measure or "") for one in above)


def _behind_label_head(draft: Draft, count: int) -> HeadingReading | None:
    """The cells between the head of the labels, or the unit, and the first label, where they number the columns.

    Then these are the headings, also the words that the closed list does not know: nothing above takes their place.
    """
    ends = [at for at, cell in enumerate(draft.head) if _is_label_head(cell.text) or is_unit_only(cell.text)]
    if not ends or count < 2 or len(draft.head) - 2 - ends[-1] != count:
        return None
    last = ends[-1]
    headings = [_column_heading(cell.text) for cell in draft.head[last + 1 : -1]]
    unknown = sum(not heading.says_something for heading in headings)
    if not unknown or (unknown < count and not _is_label_head(draft.head[last].text)):
        return None
    before = [heading_of(cell.text) for cell in draft.head[:last]]
    if unknown == count and (fitness(draft, count, Form.STREAM) < _FULL or any(h.has_stage for h in before)):
        return None  # names of kinds head columns only where every row has one amount for each
    above = next((heading for heading in reversed(before) if heading.is_pure and heading.years), None)
    return HeadingReading(1.0, tuple(headings), last + 1, len(draft.head) - 1, above)


def _with_endings(kept: Sequence[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
    """The headings, with `na wijziging` joined to the dated budget before it where the next column follows at once."""
    out: list[tuple[int, Heading]] = []
    joined = False
    for number, (at, heading) in enumerate(kept):
        before = out[-1][1] if out else None
        following = kept[number + 1][1] if number + 1 < len(kept) else None
        ends = _ENDING.match(heading.text) and not heading.years and not heading.measures
        if ends and before is not None and before.years and before.classes == {"budget"}:
            starts = following is not None and (following.has_stage or bool(following.years))
            starts = starts and following is not None and not _ENDING.match(following.text)
            both = merged(before, heading)
            if both is not None and (starts or (joined and following is None)):
                out[-1] = (out[-1][0] if following else at, both)
                joined = True
                continue
        out.append((at, heading))
    return out


def _title_end(draft: Draft) -> int:
    """The last cell that can only be a title: what stands above the head of the labels, or above the unit."""
    for at, cell in enumerate(draft.head):
        if is_unit_only(cell.text) or _is_label_head(cell.text):
            return at if any(is_columnar(other.text) for other in draft.head[at + 1 :]) else -1
    return -1


def _is_label_head(text: str) -> bool:
    heading = heading_of(without_unit(text) if unit_in(text) else text)
    return heading.tags == {"label_head"} and not heading.unknown and not heading.says_something


def _may_head(text: str) -> bool:
    heading = heading_of(text)
    if text.endswith(":") and not heading.years:
        return False  # it heads rows
    return not (is_noise(text) or "mark" in heading.tags or _is_label_head(text) or _YEARS_OF.search(text) is not None)


def _solved_lines(draft: Draft, count: int, context: Context) -> Iterator[HeadingReading]:
    """As above, where each cell of the head is a line with the headings of several columns."""
    first = next((at for at, cell in enumerate(draft.head) if is_heading_text(cell.text)), 0)
    while first and heading_of(draft.head[first - 1].text).is_year:
        first -= 1
    lines = [cell for cell in draft.head[first:] if not is_noise(cell.text)]
    if first and not is_heading_text(draft.head[first - 1].text):
        end = glued_heading(draft.head[first - 1].text)
        lines = [*([draft.head[first - 1]._replace(text=end)] if end else []), *lines]
    whole = len(draft.head)
    by_line: list[Heading] = []
    breaks: set[int] = set()
    for line in lines:
        parts = [part for part in phrases(_columns_in(line.text)) if part.says_something or part.unknown]
        if by_line and parts:
            breaks.add(len(by_line))
        by_line += [part for part in parts if part.says_something]
    whole_line = by_line[max(breaks, default=0) :]
    above = by_line[: len(by_line) - len(whole_line)]
    if len(whole_line) == count - 1 and sum(part.is_pure and part.has_stage for part in above) < 2:
        for reading in solve(_with_year_apart(whole_line), count, context):
            yield replace(reading, start=0, end=whole, cost=reading.cost + 0.2)
    if breaks and len(whole_line) == count and all(part.has_stage for part in whole_line):
        for reading in solve(whole_line, count, context):
            yield replace(reading, start=0, end=whole, cost=reading.cost + 0.1)
    for reading in solve(by_line, count, context, frozenset(breaks)):
        before = by_line[reading.start - 1] if reading.start and reading.start not in breaks else None
        torn = before is not None and (bool(before.years) or before.has_stage)  # the rest of its line heads columns too
        yield replace(reading, start=0, end=whole, cost=reading.cost + _TORN * torn)
    heads = [line for line in lines if sum(p.says_something for p in phrases(line.text))]
    together = [p for p in phrases(" ".join(_columns_in(line.text) for line in heads)) if p.says_something]
    if together != by_line:
        for reading in solve(together, count, context):
            yield replace(reading, start=0, end=whole, cost=reading.cost + 0.1)


def _columns_in(line: str) -> str:
    """What a line says of the columns, without the unit and the words that head the labels."""
    return without_corner(_NUMBER_HEAD.sub("", without_inline_unit(line)))
