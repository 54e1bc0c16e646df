"""What each programme costs and brings in by year and stage: one value, or the conflict, never a sum of ours.

A value is what the newest document that states it says of the programme as a whole: its row of lasten, baten or saldo,
a total, or the programme's own row in an overview. Where several such rows of that document differ, all are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from publishers.portal.rows import Document, Publisher

MEASURES = ("lasten", "baten", "saldo")
STAGES = ("meerjarenraming", "begroting", "begroting_na_wijziging", "rekening")
# When in the life of a fiscal year a document appears, in years from its first of January: the newer one is later.
_APPEARS = {
    "kadernota": -0.8, "begroting": -0.2, "begrotingswijziging": 0.4, "tussenrapportage": 0.6, "jaarstukken": 1.1,
}  # fmt: skip
_STATUS = {"ontwerp": 0, None: 1, "vastgesteld": 2}
_VIEW = "budget_current"


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
    """The lines that may be values of programmes, by publisher: of the safe view where a release has it."""
    view = frames.get(_VIEW)
    found = _of_lines(frames["budget_lines"]) if view is None else _of_view(view)
    out: dict[str, list[Line]] = {}
    for line in found:
        out.setdefault(line.publisher_id, []).append(line)
    return out


def _of_lines(frame: pa.Table) -> list[Line]:
    """Amounts of kind exploitatie of one stage and measure, not split by duration."""
    wanted = pc.and_(pc.equal(frame["amount_kind"], "exploitatie"), pc.is_null(frame["duration"]))
    wanted = pc.and_(wanted, pc.not_equal(frame["stage"], "overig"))
    for name in ("programme", "fiscal_year", "amount_eur", "measure"):
        wanted = pc.and_(wanted, pc.is_valid(frame[name]))
    found = frame.filter(wanted)
    whole = pc.or_(found["is_total"], pc.fill_null(pc.equal(found["line_type"], found["measure"]), fill_value=False))
    same = pc.equal(*(pc.utf8_lower(pc.utf8_trim_whitespace(found[name])) for name in ("line_label", "programme")))
    return _records(found.filter(pc.or_(whole, same)).select(Line._fields))


def _of_view(frame: pa.Table) -> list[Line]:
    """Lines of programmes as a whole; of one on which its document contradicts itself, the lowest and the highest."""
    wanted = pc.and_(pc.equal(frame["breakdown"], "programme"), pc.is_valid(frame["measure"]))
    wanted = pc.and_(wanted, pc.is_valid(frame["programme"]))
    found = frame.filter(wanted)
    current = found.filter(pc.and_(pc.equal(found["state"], "current"), pc.is_valid(found["amount_eur"])))
    lines = _records(current.select(Line._fields))
    conflicting = found.filter(pc.equal(found["state"], "conflicting"))
    for bound in ("lowest_eur", "highest_eur"):
        at = conflicting.schema.get_field_index("amount_eur")
        lines += _records(conflicting.set_column(at, "amount_eur", conflicting[bound]).select(Line._fields))
    return [line._replace(is_total=True, section_path="") for line in lines if line.amount_eur is not None]


def _records(frame: pa.Table) -> list[Line]:
    return list(map(Line._make, zip(*(column.to_pylist() for column in frame.itercolumns()), strict=True)))


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
    """What the newest document says; of several of its lines those count that stand under the fewest headings."""
    newest = max(ages[line.table_id] for line in lines)
    said = [line for line in lines if ages[line.table_id] == newest]
    least = min(map(_depth, said))
    by_amount: dict[Decimal, tuple[Line, bool]] = {}
    for line in said:
        amount, known = _comparable(line)
        better = amount not in by_amount or (by_amount[amount][0].proof != "proved" and line.proof == "proved")
        if _depth(line) == least and better:
            by_amount[amount] = line, known
    kept = sorted(by_amount.items())
    return Value(
        tuple(amount for amount, _ in kept),
        tuple(line.line_id for _, (line, _) in kept),
        all(known for _, (_, known) in kept),
        all(line.proof == "proved" for _, (line, _) in kept),
    )


def _depth(line: Line) -> int:
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
