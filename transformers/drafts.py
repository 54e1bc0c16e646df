"""A table on its way from cells to a reading: what stands before the rows, and rows of texts and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.notation import Amount, Token, count_tokens, is_code, marked, parse_amount, parse_year, plain
from schemas.records import AmountCell, RawCell, Tally


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that looks like a number: an amount, a year, the number of a row, or any of these."""

    cell: RawCell
    amount: Amount | None

    @property
    def text(self) -> str:
        """The cell's text."""
        return self.cell.text

    @property
    def year(self) -> int | None:
        """The year it may be."""
        return parse_year(self.cell.text)

    @property
    def is_dash(self) -> bool:
        """Whether it is a lone dash."""
        return self.amount is not None and self.amount.token is Token.DASH

    @property
    def mark(self) -> str:
        """V or N, where it is printed with the amount."""
        return self.amount.mark if self.amount else ""

    @property
    def may_be_code(self) -> bool:
        """Whether it may be the number of a row."""
        return is_code(self.cell.text) and any(c.isdigit() for c in self.cell.text)

    @property
    def as_cell(self) -> AmountCell | None:
        """The amount with its place; None where it is none."""
        return AmountCell(self.amount, self.cell.locator, self.cell.line, self.cell.page) if self.amount else None


def number_of(cell: RawCell) -> Number | None:
    """The number in a cell, or None where the cell is words."""
    amount = parse_amount(cell.text)
    if amount is not None:
        return Number(cell, amount)
    text = cell.text
    if len(text) <= 14 and is_code(text) and any(c.isdigit() for c in text):
        return Number(cell, None)
    return Number(cell, None) if parse_year(text) else None


_LONGEST = 60  # characters of a figure with what is said of it
_MORE = r"mln|miljoen|mld|miljard|euro|eur|keur|k|[a-z]{1,2}"
_WITH_UNIT = re.compile(  # figures with a unit: 12,5 mln, 1,5 - 2 mln, 3 duizend N
    r"[VN]?[^a-z]*\d[^a-z]*(?:mln|miljoen|mld|miljard|duizend)\.?(?:[^a-z]*|\s*[VN]|\s+(?:voor|na)delig)", re.I
)
_FIGURE = re.compile(  # a figure with a sign or a word that says more of it
    rf"(?:(?:[^\w\s]{{1,3}}\s?){{0,3}}|ca\.?|circa|max\.?|min\.?|ruim)?\s*(?P<figure>\d[\d.,'’]*)\s*(?:{_MORE})?\.?\s*"
    r"(?:[^\w\s]{1,3}|\[[^\]]{1,12}\]|\([^)]{1,12}\)[^\w\s]?)?",
    re.I,
)


def figure_of(cell: RawCell) -> Number | None:
    """The number in a cell of a grid, also one that is no amount as it stands: `1.234 [1]`, `ca. 1.100`, `12,5 mln`."""
    number = number_of(cell)
    if number is not None or len(cell.text) > _LONGEST:
        return number
    if "\n" in cell.text and all(parse_amount(line) for line in cell.text.split()):
        return unclear(cell)  # several amounts, which belong to rows that nobody can tell
    if _WITH_UNIT.fullmatch(plain(cell.text)):
        return unclear(cell)
    found = _FIGURE.fullmatch(plain(cell.text))
    return None if found is None or parse_year(found["figure"]) else unclear(cell)


def unclear(cell: RawCell) -> Number:
    """The number of which no amount can be told."""
    return Number(cell, Amount(cell.text, None, Token.UNCLEAR))


_MARK = re.compile(r"v|n|\((?:v|n)\)|voord(?:eel|elig|\.)|nad(?:eel|elig|\.)", re.I)


def is_mark(text: str) -> bool:
    """Whether a cell says whether the amount before it is voordeel or nadeel, and nothing else."""
    return _MARK.fullmatch(text) is not None


def with_mark(number: Number, mark: RawCell) -> Number:
    """The number with the V or N of the cell behind it."""
    if number.amount is None:
        return number
    sign = mark.text.strip("(").upper()[:1]
    return Number(number.cell, marked(number.amount, sign, f"{number.amount.printed} {mark.text}"))


@dataclass(slots=True)
class Group:
    """Texts and the numbers behind them. `columns` holds the numbers' columns where the document shows them."""

    texts: list[RawCell] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    columns: list[int] | None = None
    attributes: list[RawCell] = field(default_factory=list)
    heading_only: bool = False  # a row of the document's own without numbers


@dataclass(slots=True)
class Draft:
    """One table before its columns are known: the cells before the first row, and the rows."""

    head: list[RawCell]
    groups: list[Group]
    breaks: frozenset[int] = frozenset()  # where a new row of headings begins in `head`
    aligned: tuple[tuple[str, ...], ...] = ()  # per column of a grid: its headings from top to bottom
    rows_known: bool = False  # each group is a row of the document
    exact: bool = False  # the document itself says which headings stand over which columns
    spare: list[RawCell] = field(default_factory=list)  # cells of repeated headings
    unit: int | None = None  # what the amounts themselves say, each of them
    shared: frozenset[int] = frozenset()  # ids of the words that reach in from an earlier table of the grid

    def cells(self) -> Iterable[RawCell]:
        """All cells of the table."""
        yield from self.head
        for group in self.groups:
            yield from group.texts
            yield from group.attributes
            for number in group.numbers:
                yield number.cell
        yield from self.spare


_NUMBERING = re.compile(r"\(?(\d{1,2})\)?(?:\s*=\s*[\d+\s()/-]+)?")


def numbering(texts: Sequence[str]) -> int:
    """How many texts at the start number columns: 1, 2, 3 and 4=1+2-3; 0 where they don't."""
    size = 0
    for text in texts:
        found = _NUMBERING.fullmatch(text.strip())
        if found is None or int(found[1]) != size + 1:
            break
        size += 1
    return size if size >= 3 else 0


def count_shared_once(drafts: Sequence[Draft]) -> None:
    """Mark the words that span several tables of one grid, so that their tokens are counted with the first."""
    seen: set[int] = set()
    for draft in drafts:
        own = {id(cell) for cell in draft.cells()}
        draft.shared = frozenset(own & seen)
        seen |= own


def once(cells: Iterable[RawCell]) -> list[RawCell]:
    """The cells, each once, also where it spans several places."""
    return list({id(cell): cell for cell in cells}.values())


def words_of(draft: Draft) -> Tally:
    """The tokens in the cells that are no numbers of rows."""
    cells = [*draft.head, *draft.spare]
    for group in draft.groups:
        cells += [*group.texts, *group.attributes]
    return Tally(words=sum(count_tokens(cell.text) for cell in once(cells) if id(cell) not in draft.shared))
