"""How far the statement of a unit reaches: its own table, the tables of its section, or the rest of the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.records import RawCell, RawText
from transformers.units import is_unit_only, unit_in

_ALL = re.compile(
    r"\(?\s*(?:alle (?:genoemde )?(?:bedragen|cijfers)\b|(?:de )?bedragen\b.*\btenzij anders\b"
    r"|de (?:bedragen|cijfers) in (?:de|deze|dit|het|alle) (?:tabellen|overzichten|document|boekwerk|\w*begroting"
    r"|jaarstukken|jaarrekening|\w*rapportage|\w*nota)\b)",
    re.I,
)
_AMOUNTS = re.compile(r"\bbedrag", re.I)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A unit that stands outside the tables."""

    place: int  # in the document
    unit: int
    page: int | None
    alone: bool  # the text says nothing else
    heading: bool  # the markup calls it a heading or a caption
    caption: bool  # it is the caption of one table
    of_all: bool  # it says that it is about all amounts
    of_amounts: bool  # it names amounts, or says the unit in brackets

    @property
    def firm(self) -> bool:
        """Whether it can be nothing but the statement of a unit: no line of prose or of a menu."""
        return self.heading or self.alone or self.of_amounts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands, and the units in its own cells."""

    at: int
    region: int
    page: int | None
    inside: frozenset[int]
    above: int | None  # the unit at its very top that belongs to the table above
    titled: bool  # a title of its own stands in it
    of_all: int | None = None  # the unit that stands in its head and over other tables


def statement_in(text: RawText | RawCell, order: int) -> Statement | None:
    """The unit that a text outside the tables states, at its place in the document."""
    unit = unit_in(text.text)
    if unit is None:
        return None
    return Statement(
        order,
        unit,
        text.page,
        is_unit_only(text.text),
        text.is_heading,
        text.locator.endswith(";caption"),
        bool(_ALL.match(text.text.strip())),
        bool(_AMOUNTS.search(text.text) or any(unit_in(part) == unit for part in _BRACKETS.findall(text.text))),
    )


@dataclass(frozen=True)
class Scopes:
    """The tables of a document with all that states a unit, and the titles between them.

    A statement holds for the table that it stands in or next to, and for those that follow under the same title. What
    stands apart from any table at the head of the document, before a title, holds for all, unless another unit is
    stated as well.
    """

    tables: Sequence[Place]
    statements: Sequence[Statement]
    titles: Sequence[tuple[int, bool]]  # the place of each, and whether the markup calls it a heading
    given: bool = False  # whether the sources file gives a unit: then only a firm statement counts

    def stated(self, number: int) -> int | None:
        """The unit that a table states, that stands next to it, or under which it stands on its page."""
        table = self.tables[number]
        if table.inside:
            return next(iter(table.inside)) if len(table.inside) == 1 else None
        nearest = [self._before(number, 0), self._after(number)]
        if self._after_first:
            nearest.reverse()
        return next((unit for unit in nearest if unit is not None), None)

    def carried(self, number: int) -> int | None:
        """The unit under which a table stands, said in a text on the page before."""
        return self._before(number, 1)

    @cached_property
    def _after_first(self) -> bool:
        """Whether the first table has its unit behind it: then so have the others."""
        return bool(self.tables) and self.tables[0].at < min((one.place for one in self.statements), default=0)

    @cached_property
    def _section_starts(self) -> Sequence[int]:
        """For each table, the number of the first one under the same title."""
        starts = [0] if self.tables else []
        for number in range(1, len(self.tables)):
            before, table = self.tables[number - 1], self.tables[number]
            own = table.titled and table.region == before.region
            starts.append(number if own or self._has_title(before.at, table.at) else starts[-1])
        return starts

    def _has_title(self, start: int, end: int, *, in_markup: bool = False) -> bool:
        """Whether a title stands between two places; `in_markup` asks for headings, where the document has any."""
        places = self._heading_places if in_markup and self._heading_places else self._title_places
        return bisect_right(places, start) < bisect_left(places, end)

    @cached_property
    def _title_places(self) -> Sequence[int]:
        return [place for place, _ in self.titles]

    @cached_property
    def _statement_places(self) -> Sequence[int]:
        return [one.place for one in self.statements]

    @cached_property
    def _heading_places(self) -> Sequence[int]:
        return [place for place, heading in self.titles if heading]

    def _before(self, number: int, reach: int) -> int | None:
        """The nearest unit before a table that reaches to it.

        Where a document has pages, what another table says of itself holds on its page, and a text for `reach` pages.
        """
        table, first = self.tables[number], self._section_starts[number]
        since = self.tables[first - 1].at if first else 0
        near = [
            (one.place, one.unit)
            for one in self._between(since, table.at)
            if _is_near(one.page, table.page, reach) and self._reaches(one, number)
        ]
        near += [
            (other.at, next(iter(other.inside)))
            for other in self.tables[first:number]
            if len(other.inside) == 1 and _is_near(other.page, table.page, 0)
        ]
        return max(near)[1] if near else self._of_all_before(number, reach)

    def _between(self, start: int, end: int) -> Sequence[Statement]:
        places = self._statement_places
        return self.statements[bisect_right(places, start) : bisect_left(places, end)]

    def _reaches(self, one: Statement, number: int) -> bool:
        """Whether a text above a table, and below the one before, is about the former: no title stands between."""
        table = self.tables[number]
        if self.given and not one.firm:
            return False
        if one.heading or one.of_all or (one.firm and one.place < self.tables[0].at):
            return True
        owed = table.titled and number > 0 and not self.tables[number - 1].inside and self._behind(number - 1) == one
        return not owed and not self._has_title(one.place, table.at, in_markup=True)

    def _of_all_before(self, number: int, reach: int) -> int | None:
        """The unit that the head of the document states for all its tables."""
        table, first = self.tables[number], self.tables[0].at
        past = [one for one in self._between(-1, table.at) if _is_near(one.page, table.page, reach)]
        of_all = [(one.place, one.unit) for one in past if one.of_all and not one.caption]
        of_all += [
            (other.at, other.of_all)
            for other in self.tables[:number]
            if other.of_all is not None and _is_near(other.page, table.page, reach)
        ]
        if of_all:
            return max(of_all)[1]
        opening = {one.unit for one in past if one.place < first and self._stands_apart(one, first)}
        if len(opening) != 1 or any(one.unit not in opening for one in past):
            return None
        inside = (unit for other in self.tables[:number] for unit in other.inside)
        return next(iter(opening)) if opening.issuperset(inside) else None

    def _stands_apart(self, one: Statement, first: int) -> bool:
        """Whether a text before the first table heads the document: above all titles, or above the title of that."""
        if one.caption or not one.firm:
            return False
        return self._has_title(one.place, first, in_markup=True) or not self._has_title(-1, one.place + one.heading)

    def _after(self, number: int) -> int | None:
        """The unit directly behind a table, where that is not one of the table that follows: a title stands between,
        or that has its own behind it too."""
        table = self.tables[number]
        following = self.tables[number + 1] if number + 1 < len(self.tables) else None
        behind = self._behind(number)
        if behind is not None:
            apart = following is None or following.titled or self._has_title(behind.place, following.at)
            return behind.unit if apart or self._behind(number + 1) is not None else None
        return following.above if following and following.region == table.region else None

    def _behind(self, number: int) -> Statement | None:
        """The text directly behind a table that states a unit and says nothing else."""
        start = self.tables[number].at
        end = self.tables[number + 1].at if number + 1 < len(self.tables) else None
        at = bisect_right(self._statement_places, start)
        one = self.statements[at] if at < len(self.statements) else None
        close = (
            one
            and (end is None or one.place < end)
            and one.alone
            and not one.heading
            and not self._has_title(start, one.place)
        )
        return one if close else None


def _is_near(on: int | None, page: int | None, reach: int) -> bool:
    return on is None or page is None or page - on <= reach
