"""What each programme costs and brings in by year and stage: one value, or the conflict, never a sum of ours.

Values come from `budget_current`. Its lines are matched one by one over the documents; here those that speak of a
programme as a whole come together: its row of lasten, baten or saldo, a total, the programme's own row in an overview.
The newest document decides, and where it states several amounts, all are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from publishers.frames import plain
from publishers.portal.rows import Document, Publisher
from schemas.contract import BUDGET_CURRENT, Breakdown, CurrentState

MEASURES = ("lasten", "baten", "saldo")
STAGES = ("meerjarenraming", "begroting", "begroting_na_wijziging", "rekening")
# When in the life of a fiscal year a document appears, in years from its first of January: the newer one is later.
_APPEARS = {
    "kadernota": -0.8, "begroting": -0.2, "begrotingswijziging": 0.4, "tussenrapportage": 0.6, "jaarstukken": 1.1,
}  # fmt: skip
_ALSO = ("breakdown", "state", "lowest_eur", "highest_eur")
_STATUS = {"ontwerp": 0, None: 1, "vastgesteld": 2}


class Line(NamedTuple):
    """What is needed of a budget line; the names are those of the contract."""

    line_id: str
    table_id: str
    publisher_id: str
    programme: str
    section_path: str
    line_label: str
    line_type: str | None
    is_total: bool
    fiscal_year: int
    stage: str
    measure: str
    amount_eur: Decimal
    net_effect_eur: Decimal | None
    unit: int
    proof: str


@dataclass(frozen=True, slots=True)
class Value:
    """What is stated of one programme, year, stage and measure, in euros: lasten and baten positive as a rule, saldo
    positive where it improves the balance. `amounts` has more than one where the document contradicts itself.

    `comparable` is false where the sign of a saldo is not known: the amount is then as printed.
    """

    amounts: tuple[Decimal, ...]
    line_ids: tuple[str, ...]
    comparable: bool
    proved: bool


Key = tuple[int, str, str]  # fiscal year, stage, measure


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme by the name that the newest document gives it."""

    name: str
    values: Mapping[Key, Value]

    @property
    def rows(self) -> list[tuple[int, str]]:
        """The years and stages of which something is stated, in the order of a budget's life."""
        known = {(year, stage) for year, stage, _ in self.values}
        return sorted(known, key=lambda one: (one[0], STAGES.index(one[1])))


def programme_lines(frames: Mapping[str, pa.Table]) -> dict[str, list[Line]]:
    """What `budget_current` states of programmes as a whole, by publisher; of a conflict the lowest and the highest."""
    frame = frames[BUDGET_CURRENT.name].select([*Line._fields, *_ALSO])
    frame = plain(frame.filter(pc.and_(pc.is_valid(frame["programme"]), pc.is_valid(frame["measure"]))))
    frame = frame.filter(_of_whole_programmes(frame))
    current = frame.filter(pc.equal(frame["state"], CurrentState.CURRENT.value))
    conflicting = frame.filter(pc.equal(frame["state"], CurrentState.CONFLICTING.value))
    lines = _records(current)
    for bound in ("lowest_eur", "highest_eur"):
        at = conflicting.schema.get_field_index("amount_eur")
        lines += _records(conflicting.set_column(at, "amount_eur", conflicting[bound]))
    out: dict[str, list[Line]] = {}
    for line in lines:
        out.setdefault(line.publisher_id, []).append(line)
    return out


def _of_whole_programmes(frame: pa.Table) -> pa.ChunkedArray:
    """Whether a line is a total, says that it is lasten, baten or saldo, or has the name of its programme."""
    whole = pc.or_(frame["is_total"], pc.equal(frame["breakdown"], Breakdown.PROGRAMME.value))
    whole = pc.or_(whole, pc.fill_null(pc.equal(frame["line_type"], frame["measure"]), fill_value=False))
    label, programme = (pc.utf8_lower(pc.utf8_trim_whitespace(frame[name])) for name in ("line_label", "programme"))
    return pc.or_(whole, pc.equal(label, programme))


def _records(frame: pa.Table) -> list[Line]:
    stated = frame.filter(pc.is_valid(frame["amount_eur"])).select(Line._fields)
    return list(map(Line._make, zip(*(column.to_pylist() for column in stated.itercolumns()), strict=True)))


def programmes_of(publisher: Publisher, lines: Iterable[Line]) -> list[Programme]:
    """The programmes of a publisher in the order of their names, numbers first as numbers."""
    ages = _ages(publisher)
    named: dict[str, dict[Key, list[Line]]] = {}
    for line in lines:
        if line.table_id in ages:
            values = named.setdefault(_same_name(line.programme), {})
            values.setdefault((line.fiscal_year, line.stage, line.measure), []).append(line)
    found = [_programme(values, ages) for values in named.values()]
    return sorted(found, key=lambda programme: (_natural(programme.name), programme.name))


def _ages(publisher: Publisher) -> dict[str, int]:
    """The age of the document of each table, the newest highest; tables that repeat another are left out."""
    documents = sorted((document for year in publisher.years for document in year.documents), key=_age)
    return {
        table.table_id: age
        for age, document in enumerate(documents)
        for table in document.published
        if table.duplicate_of is None
    }


def _programme(stated: Mapping[Key, Sequence[Line]], ages: Mapping[str, int]) -> Programme:
    newest = max((line for lines in stated.values() for line in lines), key=lambda line: ages[line.table_id])
    return Programme(newest.programme, {key: _value(lines, ages) for key, lines in sorted(stated.items())})


def _value(lines: Sequence[Line], ages: Mapping[str, int]) -> Value:
    """What the newest document says: amounts that roundings don't explain are apart, the most precise one stands."""
    newest = max(ages[line.table_id] for line in lines)
    said = [line for line in lines if ages[line.table_id] == newest]
    least: dict[str, int] = {}
    for line in said:
        least[line.table_id] = min(_depth(line), least.get(line.table_id, _depth(line)))
    kept: list[tuple[Decimal, bool, Line]] = []
    for line in sorted(said, key=lambda line: (line.unit, line.proof != "proved", line.line_id)):
        amount, known = _comparable(line)
        same = (abs(amount - other) * 2 <= line.unit + one.unit and known == also for other, also, one in kept)
        if _depth(line) == least[line.table_id] and not any(same):
            kept.append((amount, known, line))
    kept.sort(key=lambda one: (one[0], one[2].line_id))
    return Value(
        tuple(amount for amount, _, _ in kept),
        tuple(line.line_id for _, _, line in kept),
        all(known for _, known, _ in kept),
        all(line.proof == "proved" for _, _, line in kept),
    )


def _depth(line: Line) -> int:
    """How many headings a line of a table stands under: those under more are parts."""
    return line.section_path.count(" > ") if line.section_path else -1


def _comparable(line: Line) -> tuple[Decimal, bool]:
    """The amount with the sign of its measure, and whether that sign is known. Lasten and baten need no convention."""
    if line.net_effect_eur is None:
        return line.amount_eur, line.measure != "saldo"
    return (-line.net_effect_eur if line.measure == "lasten" else line.net_effect_eur), True


def _age(document: Document) -> tuple[float, int, int, str]:
    row = document.row
    appears = row.document_year + _APPEARS.get(row.document_type, 0.0)
    day = row.status_date.toordinal() if row.status_date else 0
    return appears, _STATUS.get(row.document_status, 1), day, row.document_id


@lru_cache(4_096)
def _same_name(name: str) -> str:
    return " ".join(name.casefold().split())


def _natural(name: str) -> tuple[int, str]:
    digits = next((word for word in name.split() if word[:1].isdigit()), "")
    number = "".join(character for character in digits if character.isdecimal())
    return (int(number[:6]) if number else 1_000_000), name.casefold()
