"""Amounts of flattened tables that hold white space: a minus apart from its amount, thousands parted by spaces.

Which dash is a minus and which figures are one number, shows by how many amounts the other rows have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from extractors.lines import LETTER_BEHIND, Kind, Line, kind_of, split_row
from schemas.notation import parse_year, plain
from schemas.records import RawCell

_UNSIGNED = re.compile(r"\d[\d.,]*")
_POINTED = re.compile(r"\d\.\d{3}")
_WIDE = re.compile(r"[ \t]{2,}|\t")
_SPACED = re.compile(r"(?:- ?)?[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_PART = re.compile(r"-?[1-9]\d{0,2}")
_SIGNS = frozenset("VNLB")
_YEAR = re.compile(r"\b20\d\d\b")
Token = tuple[str, int]


def row_cells(lines: Sequence[Line]) -> Iterator[tuple[RawCell, ...]]:
    """The label and the amounts of each row on a line; only the line as it stands where there are none."""
    words = (Kind.TEXT, Kind.PROSE)
    spaced = not any(_POINTED.search(line.text) for line in lines if line.kind not in words)
    texts = _without_letters([line.text for line in lines])
    rows = [
        [(line.text, 0)] if line.kind in words else split_row(_joined(text, spaced=spaced))
        for line, text in zip(lines, texts, strict=True)
    ]
    signed = minus_signs([[text for text, _ in row[1:]] for row in rows])
    rows = [[row[0], *_merged(row[1:], signs)] for row, signs in zip(rows, signed, strict=True)]
    if spaced:
        rows = _with_thousands(rows)
    for line, row in zip(lines, rows, strict=True):
        if len(row) == 1:
            yield (RawCell(line.text, line.number, f"line={line.number}"),)
            continue
        yield tuple(
            RawCell(text, line.number, f"line={line.number};char={start + 1}") for text, start in row if text or start
        )


def _without_letters(texts: Sequence[str]) -> list[str]:
    """The lines without the letter behind the amounts that says something else of a row than its sign: I, S, J, nee.

    V and N are signs, but where another row says J, ja or nee: there N says no.
    """
    behind = [found.group().strip() if (found := LETTER_BEHIND.search(text)) else "" for text in texts]
    answers = any(letter in ("J", "ja", "nee") for letter in behind)
    signs = _SIGNS - {"V", "N"} if answers else _SIGNS
    return [
        LETTER_BEHIND.sub("", text) if letter and letter not in signs else text
        for text, letter in zip(texts, behind, strict=True)
    ]


def minus_signs(runs: Sequence[Sequence[str]]) -> list[set[int]]:
    """For each run of amounts, which dashes are the minus of the amount behind them.

    That is so where the run is longer than the others by just these dashes.
    """
    sizes = Counter(len(run) for run in runs if run and not any(map(_is_dash, run)) and not all(map(parse_year, run)))
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0)
    out: list[set[int]] = []
    for run in runs:
        signs = {at for at in range(len(run) - 1) if _is_dash(run[at]) and _UNSIGNED.fullmatch(run[at + 1])}
        out.append(signs if len(run) not in sizes and len(run) - len(signs) == usual else set())
    return out


def with_minus_signs(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells of a stream; a minus in a cell of its own goes with the amount that follows."""
    runs = [list(run) for numeric, run in groupby(range(len(cells)), lambda n: _is_number(cells[n])) if numeric]
    signs = minus_signs([[cells[at].text for at in run] for run in runs])
    minus = {run[n] for run, places in zip(runs, signs, strict=True) for n in places}
    return [
        cell._replace(text=f"{cell.text} {cells[at + 1].text}") if at in minus else cell
        for at, cell in enumerate(cells)
        if at - 1 not in minus
    ]


_DIFFERENCE = re.compile(r"(?:verschil|afwijking|saldo|resultaat|voordeel|nadeel|mutatie|v\s?/\s?n)\b.*", re.I)


def with_marks_in_front(cells: Sequence[RawCell]) -> list[RawCell]:
    """The cells of a stream; V or N goes with the amount behind it where it stands before the last of each row.

    That is so where no row ends in a mark, and the last column is a difference by its heading.
    """
    runs = [list(run) for numeric, run in groupby(range(len(cells)), lambda n: _is_number(cells[n])) if numeric]
    marks = [[at for at in run if cells[at].text in ("V", "N")] for run in runs]
    marked = [(run, found) for run, found in zip(runs, marks, strict=True) if found]
    first = next((run[0] for run in runs if not all(parse_year(cells[at].text) for at in run)), 0)
    headed = any(_DIFFERENCE.fullmatch(cell.text) for cell in cells[max(first - 2, 0) : max(first - 1, 0)])
    if not headed or not marked or not all(len(run) > 1 and found == [run[-2]] for run, found in marked):
        return list(cells)
    front = {found[0] for _, found in marked}
    return [
        cell._replace(text=f"{cell.text} {cells[at + 1].text}") if at in front else cell
        for at, cell in enumerate(cells)
        if at - 1 not in front
    ]


def _is_number(cell: RawCell) -> bool:
    return kind_of(cell.text) is Kind.NUMBER


def _is_dash(text: str) -> bool:
    return plain(text) == "-"


def _merged(tokens: Sequence[Token], signs: set[int]) -> Iterator[Token]:
    for at, (text, start) in enumerate(tokens):
        if at - 1 not in signs:
            yield (f"{text} {tokens[at + 1][0]}", start) if at in signs else (text, start)


def _joined(text: str, *, spaced: bool) -> str:
    """The line with hard spaces inside what stands between two wide gaps, where that is one number."""
    gaps = [found.span() for found in _WIDE.finditer(text)]
    if len(gaps) < 2:
        return text
    ends = [*(start for start, _ in gaps[1:]), len(text)]
    for (_, start), end in zip(gaps, ends, strict=True):
        if _is_one(plain(text[start:end]), spaced=spaced):
            text = text[:start] + text[start:end].replace(" ", "\u00a0") + text[end:]
    return text


def _is_one(part: str, *, spaced: bool) -> bool:
    return bool((spaced and _SPACED.fullmatch(part)) or (part.startswith("- ") and _UNSIGNED.fullmatch(part[2:])))


def _with_thousands(rows: list[list[Token]]) -> list[list[Token]]:
    """The rows; where spaces part thousands, what may be one number is one cell, in no notation that can be read.

    `Lasten 1 234 1 300 1 400` may be three amounts where other rows have three. A number before them may belong to the
    label, two and more hardly do.
    """
    certain = Counter(len(row) - 1 for row in rows if len(row) > 1 and not _may_join(row[1:]))
    years = Counter(len(_YEAR.findall(row[0][0])) for row in rows if len(row) == 1)
    usual = max(certain or years, key=lambda size: ((certain or years)[size], size), default=0)
    if usual < 2:  # of one column nothing shows that two figures are one number
        return rows
    grouped = [_grouped(row[1:], usual) if len(row) - 1 > usual else [] for row in rows]
    if not any(groups and len(row) - 1 > usual + 1 for row, groups in zip(rows, grouped, strict=True)):
        return rows
    return [[row[0], *(groups or row[1:])] for row, groups in zip(rows, grouped, strict=True)]


def _may_join(tokens: Sequence[Token]) -> bool:
    return any(_PART.fullmatch(a) and len(b) == 3 and b.isdigit() for (a, _), (b, _) in pairwise(tokens))


def _grouped(tokens: Sequence[Token], size: int) -> list[Token]:
    """The tokens as that many numbers with spaces between thousands; all as one where that can be done in two ways."""
    ways = list(_ways(tokens, size))
    if len(ways) > 1:
        return [(" ".join(text for text, _ in tokens), tokens[0][1])]
    return ways[0] if ways else []


def _ways(tokens: Sequence[Token], size: int) -> Iterable[list[Token]]:
    if not size:
        return [[]] if not tokens else []
    out: list[list[Token]] = []
    for end in range(1, min(4, len(tokens) - size + 1) + 1):
        text = " ".join(text for text, _ in tokens[:end])
        if end > 1 and not _SPACED.fullmatch(text):
            break
        out += [[(text, tokens[0][1]), *rest] for rest in _ways(tokens[end:], size - 1)]
    return out[:2]
