"""What each programme costs and brings in by year and stage: one value, or the conflict, never a sum of ours.

A value is what the newest document that states it says of the programme as a whole: its row of lasten, baten or saldo,
a total, or the programme's own row in an overview. Where several such rows of that document differ, all are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from publishers.portal.rows import DocumentRow, Publisher

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
    return _records(frame.filter(wanted).select(Line._fields))


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
    documents = {
        table.table_id: document.row
        for year in publisher.years
        for document in year.documents
        for table in document.tables
        if table.duplicate_of is None
    }
    named: dict[str, dict[Key, list[Line]]] = {}
    for line in lines:
        if line.table_id in documents:
            values = named.setdefault(_same_name(line.programme), {})
            values.setdefault((line.fiscal_year, line.stage, line.measure), []).append(line)
    found = [programme for values in named.values() if (programme := _programme(values, documents)).values]
    return sorted(found, key=lambda programme: (_natural(programme.name), programme.name))


def _programme(stated: Mapping[Key, Sequence[Line]], documents: Mapping[str, DocumentRow]) -> Programme:
    newest = max((line for lines in stated.values() for line in lines), key=lambda line: _age(documents[line.table_id]))
    values = {key: value for key, lines in sorted(stated.items()) if (value := _value(lines, documents)) is not None}
    return Programme(newest.programme, values)


def _value(lines: Sequence[Line], documents: Mapping[str, DocumentRow]) -> Value | None:
    newest = max(_age(documents[line.table_id]) for line in lines)
    whole = _of_whole_programme([line for line in lines if _age(documents[line.table_id]) == newest])
    by_amount: dict[Decimal, Line] = {}
    for line in whole:
        known = by_amount.setdefault(_comparable(line)[0], line)
        if known.proof != "proved" and line.proof == "proved":
            by_amount[_comparable(line)[0]] = line
    if not by_amount:
        return None
    kept = sorted(by_amount.items())
    return Value(
        tuple(amount for amount, _ in kept),
        tuple(line.line_id for _, line in kept),
        all(_comparable(line)[1] for _, line in kept),
        all(line.proof == "proved" for _, line in kept),
    )


def _of_whole_programme(lines: Sequence[Line]) -> list[Line]:
    """The lines that speak of all of a programme; none where only its parts are printed. Parts lie deeper."""
    whole = [
        line
        for line in lines
        if line.is_total or line.line_type == line.measure or _same_name(line.line_label) == _same_name(line.programme)
    ]
    if not whole:
        return list(lines) if len(lines) == 1 else []
    least = min(map(_depth, whole))
    return [line for line in whole if _depth(line) == least]


def _depth(line: Line) -> int:
    return line.section_path.count(" > ") if line.section_path else -1


def _comparable(line: Line) -> tuple[Decimal, bool]:
    """The amount with the sign of its measure, and whether that sign is known. Lasten and baten need no convention."""
    if line.net_effect_eur is None:
        return line.amount_eur, line.measure != "saldo"
    return (-line.net_effect_eur if line.measure == "lasten" else line.net_effect_eur), True


def _age(document: DocumentRow) -> tuple[Any, ...]:
    appears = document.document_year + _APPEARS.get(document.document_type, 0.0)
    day = document.status_date.toordinal() if document.status_date else 0
    return appears, _STATUS.get(document.document_status, 1), day, document.document_id


def _same_name(name: str) -> str:
    return " ".join(name.casefold().split())


def _natural(name: str) -> tuple[int, str]:
    digits = next((word for word in name.split() if word[:1].isdigit()), "")
    number = "".join(character for character in digits if character.isdecimal())
    return (int(number[:6]) if number else 1_000_000), name.casefold()
