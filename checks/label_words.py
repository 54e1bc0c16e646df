"""Whether the words that a second reader sees on the lines of a row are those of its label."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from schemas.records import BudgetTable, RawCell, Row, SecondRow

_SHORTEST_PART = 2  # letters of a word that is broken at the end of a line
_NO_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}


def differing_labels(
    table: BudgetTable, rows: Sequence[SecondRow], lines: Mapping[int, set[int]], by_page: Mapping[int, list[RawCell]]
) -> Iterator[tuple[str, str, str]]:
    """Place, label and words seen of each row whose label is not the words on its lines.

    The words on the line of its amounts must stand in the row of the first reader, and the words of the label on that
    line or on those between the amounts above and below.
    """
    amounts = sorted({line for found in lines.values() for line in found})
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    for page, cells in by_page.items():
        for cell in cells:
            texts[page, cell.line].append(cell.text)
    for at, found in sorted(lines.items()):
        row, line = table.rows[at], max(found)
        own = " ".join(word.text for word in rows[line].words)
        near = _near(rows, line, amounts)
        place, known = _known(row, texts)
        missing = [word for word in words_of(own) if not _is_in(word, known)]
        strange = [word for word in words_of(row.label) if not _is_in(word, squeezed(near))]
        if missing or (strange and near):
            yield place, row.label, own if missing else near


def _near(rows: Sequence[SecondRow], line: int, amounts: Sequence[int]) -> str:
    """What stands on a line and on those around it, up to the next lines with amounts of the table."""
    above = max((other for other in amounts if other < line), default=-1)
    below = min((other for other in amounts if other > line), default=len(rows))
    near = [row for row in rows[above + 1 : below] if row.page == rows[line].page]
    texts = [(word.box[0], word.text) for row in near for word in row.words]
    texts += [(cell.box[0], cell.text) for row in near for cell in row.cells]
    return " ".join(text for _, text in texts)


def _known(row: Row, texts: Mapping[tuple[int, int], Sequence[str]]) -> tuple[str, str]:
    """The place of a row's first amount, and all that the first reader has in that row, squeezed."""
    cell = next(cell for cell in row.cells if cell is not None)
    raw = texts.get((cell.page or 0, cell.line), ())
    return cell.locator, squeezed(" ".join([row.label, *row.path, *raw]))


def words_of(text: str) -> list[str]:
    """The words of a text, each with its letters and digits only."""
    return [word for part in text.split() if (word := squeezed(part))]


def squeezed(text: str) -> str:
    """The letters and digits of a text, as printed with or without ligatures, capitals, hyphens and spaces."""
    if text.isascii():
        return text.lower().translate(_NO_MARKS)
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _is_in(word: str, text: str) -> bool:
    """Whether a word stands in a text, whole or broken at the end of a line."""
    if word in text:
        return True
    ends = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(word[:end] in text and word[end:] in text for end in ends)
