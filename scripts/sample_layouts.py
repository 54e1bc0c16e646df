"""Drawing the tables of the sample PDFs, in the looks that are hard to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.pdf_writer import Page, width_of
from scripts.sample_tables import Line, Table

_PAD = 3
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is drawn. `rules`: grid, frame (no rules between rows), heads (under the headings only) or none."""

    left: float = 50
    label_width: float = 170
    column_width: float = 62
    size: float = 8
    leading: float = 10
    rules: str = "grid"
    rule_gray: float = 0
    dark_heads: bool = False
    zebra: bool = False
    doubled: bool = False  # bold by printing twice
    minus_apart: bool = False  # a minus on the line above its number
    double_rules: bool = False  # two hairlines, a point and a half apart, for each rule under and over headings
    shapes: tuple[tuple[str, str], ...] = ()  # what is drawn for what: ligatures, words that may be hyphenated

    def right(self, column: int) -> float:
        """The right side of a column of amounts."""
        return self.left + self.label_width + (column + 1) * self.column_width

    def edge(self, table: Table) -> float:
        """The right side of the table."""
        return self.right(len(table.columns) - 1)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a column. A word with a soft hyphen is broken there where it does not fit."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word.replace(SOFT_HYPHEN, '')}".strip()
        first, hyphen, rest = word.partition(SOFT_HYPHEN)
        if width_of(longer, size) <= width or not (lines[-1] or hyphen):
            lines[-1] = longer
        elif hyphen and width_of(f"{lines[-1]} {first}-", size) <= width:
            lines[-1:] = [f"{lines[-1]} {first}{hyphen}".strip(), rest]
        else:
            lines.append(word.replace(SOFT_HYPHEN, ""))
    return lines


def label_lines(line: Line, look: Look) -> list[str]:
    """The lines of a label, in the shapes of the look."""
    text = line.label
    for plain, shape in look.shapes:
        text = text.replace(plain, shape)
    return wrapped(text, look.label_width - 2 * _PAD, look.size)


def spans(table: Table, level: int) -> list[tuple[int, int, str]]:
    """The headings of one level: first and last column, and text. Equal headings under one heading are one."""
    runs: list[tuple[int, int, str]] = []
    for at, column in enumerate(table.columns):
        same = runs and table.columns[runs[-1][0]].headings[: level + 1] == column.headings[: level + 1]
        lowest = level == len(column.headings) - 1
        if same and not lowest:
            runs[-1] = (runs[-1][0], at, runs[-1][2])
        else:
            runs.append((at, at, column.headings[level]))
    return runs


# ------------------------------------------------------------------------------------------------------- the drawing


def draw_title(page: Page, table: Table, look: Look, top: float) -> float:
    """The title and the unit; gives where the table may begin."""
    bold(page, look.left, top, table.title, 10, doubled=look.doubled)
    page.text(look.left, top + 13, table.unit, look.size)
    return top + 19


def bold(page: Page, x: float, baseline: float, text: str, size: float, *, align: str = "left", doubled: bool = False,
         gray: float = 0) -> None:  # fmt: skip
    """Heavy text: of a bold font, or of the plain one printed twice, a hair apart."""
    if doubled:
        page.text(x, baseline, text, size, align=align, gray=gray)
        page.text(x + 0.3, baseline, text, size, align=align, gray=gray)
    else:
        page.text(x, baseline, text, size, bold=True, align=align, gray=gray)


def draw_heads(page: Page, table: Table, look: Look, top: float) -> float:
    """The rows of headings; gives their bottom."""
    levels, height = len(table.columns[0].headings), look.leading + 2 * _PAD
    bottom = top + levels * height
    gray = 1.0 if look.dark_heads else 0.0
    if look.dark_heads:
        page.fill(look.left, top, look.edge(table), bottom, 0.25)
    for level in range(levels):
        baseline = top + (level + 1) * height - _PAD - 2
        for first, last, text in spans(table, level):
            _draw_heading(page, look, (first, last), baseline, text, gray)
            if look.rules == "grid":
                page.rule(look.right(first - 1), top + level * height, look.right(first - 1), baseline + 5)
            if look.rules in ("grid", "heads") and last > first:
                page.rule(look.right(first - 1), baseline + 5, look.right(last), baseline + 5, 0.4, look.rule_gray)
    bold(page, look.left + _PAD, bottom - _PAD - 2, table.corner, look.size, doubled=look.doubled, gray=gray)
    if look.rules != "none":
        for y in (top, bottom):
            _draw_main_rule(page, table, look, y)
    return bottom


def _draw_main_rule(page: Page, table: Table, look: Look, y: float) -> None:
    if look.double_rules:
        page.rule(look.left, y - 1.5, look.edge(table), y - 1.5, 0.1)
        page.rule(look.left, y, look.edge(table), y, 0.1)
    else:
        page.rule(look.left, y, look.edge(table), y, gray=look.rule_gray)


def _draw_heading(page: Page, look: Look, span: tuple[int, int], baseline: float, text: str, gray: float) -> None:
    first, last = span
    if last > first:
        middle = (look.right(first - 1) + look.right(last)) / 2
        bold(page, middle, baseline, text, look.size, align="middle", doubled=look.doubled, gray=gray)
    else:
        x = look.right(last) - _PAD
        bold(page, x, baseline, text, look.size, align="right", doubled=look.doubled, gray=gray)


def draw_rows(page: Page, table: Table, lines: Sequence[Line], look: Look, top: float) -> float:
    """Rows under each other, with the rules and fills of the look; gives their bottom."""
    start = top
    for number, line in enumerate(lines):
        bottom = top + _height(line, look)
        if look.zebra and number % 2:
            page.fill(look.left, top, look.edge(table), bottom, 0.9)
        _draw_row(page, line, look, top)
        if look.rules == "grid":
            page.rule(look.left, bottom, look.edge(table), bottom, gray=look.rule_gray)
            for column in range(-1, len(table.columns) - 1) if line.amounts else ():
                page.rule(look.right(column), top, look.right(column), bottom, gray=look.rule_gray)
        top = bottom
    if look.rules == "frame":
        for x in (look.left, *(look.right(column) for column in range(-1, len(table.columns)))):
            page.rule(x, start, x, top)
    elif look.rules == "grid":
        page.rule(look.left, start, look.left, top, gray=look.rule_gray)
        page.rule(look.edge(table), start, look.edge(table), top, gray=look.rule_gray)
    if look.rules in ("frame", "heads"):
        _draw_main_rule(page, table, look, top)
    return top


def _height(line: Line, look: Look) -> float:
    count = len(label_lines(line, look))
    if look.minus_apart and any(amount < 0 for amount in line.amounts):
        count = max(count, 2)
    return count * look.leading + 2 * _PAD - 2


def _draw_row(page: Page, line: Line, look: Look, top: float) -> None:
    heavy = line.total or not line.amounts
    baseline = top + look.leading
    for number, text in enumerate(label_lines(line, look)):
        x, at = look.left + _PAD, baseline + number * look.leading
        if heavy:
            bold(page, x, at, text, look.size, doubled=look.doubled)
        else:
            page.text(x, at, text, look.size)
    for column, amount in enumerate(line.amounts):
        number_text, *marks = line.printed(column).split()
        x = look.right(column) - _PAD
        for mark in marks:
            x -= width_of(mark, look.size - 3)
            page.text(x, baseline - 3, mark, look.size - 3)
        if look.minus_apart and amount < 0:
            page.text(x, baseline, "-", look.size, align="right")
            page.text(x, baseline + look.leading, number_text.lstrip("-"), look.size, align="right")
        elif line.total:
            bold(page, x, baseline, number_text, look.size, align="right", doubled=look.doubled)
        else:
            page.text(x, baseline, number_text, look.size, align="right")


def draw_table(page: Page, table: Table, look: Look, top: float) -> float:
    """A whole table with its title; gives its bottom."""
    top = draw_heads(page, table, look, draw_title(page, table, look, top))
    return draw_rows(page, table, table.lines, look, top)


def draw_prose(page: Page, text: str, left: float, width: float, top: float, size: float = 9) -> float:
    """A paragraph; gives its bottom."""
    for line in wrapped(text, width, size):
        page.text(left, top, line, size)
        top += size + 3
    return top + 4
