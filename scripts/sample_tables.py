"""The tables of the sample PDFs: what is drawn, and what a careful reader takes from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.contract import BUDGET_LINES, TABLES
from schemas.records import Source

HASHES = ("line_id", "line_key", "table_id", "document_id", "snapshot_id", "duplicate_of")
NOT_DRAWN = (
    "locator",
    "equations_found",
    "equations_held",
    "second_reading",
)  # what only the reader and the judge can say
LINE_COLUMNS = [f.name for f in BUDGET_LINES.fields if f.name not in (*HASHES, *NOT_DRAWN)]
TABLE_COLUMNS = [f.name for f in TABLES.fields if f.name not in (*HASHES, *NOT_DRAWN)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts: its headings from top to bottom, and what they mean."""

    headings: tuple[str, ...]
    year: int
    stage: str
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a heading inside the table where it has no amounts. `notes` are marks behind amounts, by column."""

    label: str
    amounts: tuple[int, ...] = ()
    path: tuple[str, ...] = ()
    measure: str = ""
    line_type: str = ""
    total: bool = False
    taakveld: str = ""
    programme: str = ""
    proof: str = "proved"
    notes: tuple[tuple[int, str], ...] = ()
    minus: str = "-"

    def printed(self, column: int) -> str:
        """The amount as printed, with its mark."""
        number = f"{self.amounts[column]:,}".replace(",", ".").replace("-", self.minus)
        return " ".join([number, *(mark for at, mark in self.notes if at == column)])


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and unit. Saldo is baten minus lasten in all of them."""

    title: str
    corner: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    unit: str = "Bedragen x € 1.000"
    euros: int = 1000
    equation: str = "saldo = baten - lasten"


# ---------------------------------------------------------------------------------------------- figures that add up


def grown(start: int, count: int) -> tuple[int, ...]:
    """Figures of years after each other: a little more each year, never round."""
    return tuple(start + start * year // 43 + (year * year * 17) % 31 for year in range(count))


def added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The sum of rows, column by column."""
    return tuple(map(sum, zip(*rows, strict=True)))


def balance(baten: Sequence[int], lasten: Sequence[int]) -> tuple[int, ...]:
    """Baten minus lasten."""
    return tuple(b - a for a, b in zip(lasten, baten, strict=True))


def by_programme(programmes: Sequence[tuple[str, int, int]], count: int) -> tuple[Line, ...]:
    """For each programme a heading and its lasten, baten and saldo. Given: name, and lasten and baten of year one."""
    lines = []
    for name, start_lasten, start_baten in programmes:
        lasten, baten = grown(start_lasten, count), grown(start_baten, count)
        row = Line("", path=(name,), programme=name if name.startswith("Programma") else "")
        lines += [
            Line(name),
            replace(row, label="Lasten", amounts=lasten, measure="lasten", line_type="lasten"),
            replace(row, label="Baten", amounts=baten, measure="baten", line_type="baten"),
            replace(row, label="Saldo", amounts=balance(baten, lasten), measure="saldo", line_type="saldo"),
        ]
    return tuple(lines)


def by_side(lasten: Sequence[tuple[str, int]], baten: Sequence[tuple[str, int]], count: int) -> tuple[Line, ...]:
    """First all lasten with their total, then all baten with theirs, then the balance."""
    lines: list[Line] = []
    totals = []
    for side, items in (("lasten", lasten), ("baten", baten)):
        heading = side.capitalize()
        rows = [grown(start, count) for _, start in items]
        totals.append(added(rows))
        lines.append(Line(heading))
        lines += [Line(name, row, (heading,), side) for (name, _), row in zip(items, rows, strict=True)]
        lines.append(Line(f"Totaal {side}", totals[-1], (heading,), side, side, total=True))
    saldo = "saldo_van_baten_en_lasten"
    lines.append(Line("Saldo van baten en lasten", balance(totals[1], totals[0]), (), "saldo", saldo, total=True))
    return tuple(lines)


def by_measure(items: Sequence[tuple[str, int, int]], years: int, *, coded: bool = False) -> tuple[Line, ...]:
    """Rows over columns of lasten, baten and saldo of each year, and their total."""
    rows = []
    for _, start_lasten, start_baten in items:
        pairs = zip(grown(start_lasten, years), grown(start_baten, years), strict=True)
        rows.append(tuple(value for a, b in pairs for value in (a, b, b - a)))
    lines = [
        Line(name, row, taakveld=name.split()[0] if coded else "")
        for (name, _, _), row in zip(items, rows, strict=True)
    ]
    return (*lines, Line("Totaal", added(rows), total=True))


# ----------------------------------------------------------------------------------------------- what is expected


def net_effect(line: Line, column: Column, amount: int) -> int:
    """The amount as an effect on the balance."""
    return -amount if (column.measure or line.measure) == "lasten" else amount


def expected_line_rows(table: Table, pages: Sequence[int], source: Source) -> list[list[str]]:
    """The rows of expected.csv. `pages` gives the page of each line of the table."""
    about, out = _about(source), []
    rows = [(line, page) for line, page in zip(table.lines, pages, strict=True) if line.amounts]
    for number, (line, page) in enumerate(rows, 1):
        for at, column in enumerate(table.columns):
            amount = line.amounts[at]
            told = about | {
                "table_title": table.title,
                "section_path": " > ".join(line.path),
                "line_number": str(number),
                "column_number": str(at + 1),
                "line_label": line.label,
                "column_label": " ".join(column.headings),
                "line_type": line.line_type,
                "is_total": str(line.total and line.measure != "saldo"),  # set heavy, but the only saldo of its table
                "programme": line.programme,
                "taakveld_code": line.taakveld,
                "fiscal_year": str(column.year),
                "stage": column.stage,
                "measure": column.measure or line.measure,
                "amount_kind": "exploitatie",
                "amount_printed": line.printed(at),
                "unit": str(table.euros),
                "amount_eur": str(Decimal(amount * table.euros).quantize(Decimal("0.01"))),
                "net_effect_eur": str(
                    Decimal(net_effect(line, column, amount) * table.euros).quantize(Decimal("0.01"))
                ),
                "proof": line.proof,
                "page": str(page),
            }
            out.append([told.get(name, "") for name in LINE_COLUMNS])
    return out


def _about(source: Source) -> dict[str, str]:
    return {
        "source_id": source.source_id,
        "publisher_id": source.publisher.code,
        "publisher_name": source.publisher.label,
        "document_type": source.document_type.value,
        "document_year": str(source.document_year),
        "document_status": source.document_status.value if source.document_status else "",
    }


def expected_table(table: Table, page: int, source_id: str) -> list[str]:
    """The row of expected_tables.csv."""
    rows = [line for line in table.lines if line.amounts]
    count = len(rows) * len(table.columns)
    told = {
        "source_id": source_id,
        "table_title": table.title,
        "page": str(page),
        "status": "published",
        "unit": str(table.euros),
        "sign_convention": table.equation,
        "row_count": str(len(rows)),
        "column_count": str(len(table.columns)),
        "line_count": str(count),
        "proved_count": str(sum(line.proof == "proved" for line in rows) * len(table.columns)),
        "contradicted_count": "0",
    }
    return [told.get(name, "") for name in TABLE_COLUMNS]
