"""Small hand-made tables, as a transformer would hand them to the judge."""

from dataclasses import replace
from decimal import Decimal

from checks.judge import judge
from schemas.notation import Amount, Token, parse_amount
from schemas.records import (
    AmountCell,
    AmountKind,
    BudgetTable,
    Column,
    LineType,
    Measure,
    Row,
    Stage,
    TableReadings,
)

LASTEN, BATEN, SALDO = Measure.LASTEN, Measure.BATEN, Measure.SALDO
SAID = {
    "Lasten": (LineType.LASTEN, LASTEN),
    "Baten": (LineType.BATEN, BATEN),
    "Saldo": (LineType.SALDO, SALDO),
    "Resultaat": (LineType.RESULTAAT, SALDO),
    "Saldo van baten en lasten": (LineType.SALDO_VAN_BATEN_EN_LASTEN, SALDO),
    "Mutatie reserves": (LineType.MUTATIE_RESERVES, None),
    "Totaal lasten": (None, LASTEN),
    "Totaal baten": (None, BATEN),
}


def cell(value, locator="line=1"):
    """A cell of the table: a number, a text as printed, or None where nothing stands."""
    if value is None:
        return None
    if isinstance(value, str):
        amount = parse_amount(value)
        assert amount is not None, value
    else:
        amount = Amount(str(value), Decimal(str(value)), Token.NUMBER)
    return AmountCell(amount, locator, 1)


def row(label, *values, **said):
    """A row whose label means what SAID has, or what is given."""
    line_type, measure = SAID.get(label, (None, None))
    facts = {"line_type": line_type, "measure": measure, "is_total": label.lower().startswith("totaal")} | said
    facts.setdefault("path", ())
    cells = tuple(cell(value, f"row={label};cell={n}") for n, value in enumerate(values, start=1))
    return Row(0, label, cells=cells, **facts)


def years(*numbers, **said):
    """A column of the budget for each year."""
    return [Column(f"Begroting {year}", year=year, stage=Stage.BEGROTING, **said) for year in numbers]


def measures(*names, year=2026, **said):
    """Columns of one year and stage that name a measure."""
    return [Column(name.value, year=year, stage=Stage.BEGROTING, measure=name, **said) for name in names]


def verschil(label="Verschil"):
    return Column(label, year=2026, stage=Stage.OVERIG, kind=AmountKind.VERSCHIL)


def table(columns, *rows, **said):
    """A reading with its rows numbered."""
    facts = {"title": "Programma 1", "unit": 1000, "place": "line=1"} | said
    numbered = tuple(replace(one, number=n) for n, one in enumerate(rows, start=1))
    assert all(len(one.cells) == len(columns) for one in numbered), "a row has another number of cells"
    return BudgetTable(columns=tuple(columns), rows=numbered, **facts)


def judged(*readings):
    """What the judge says of the readings of one table."""
    return judge(TableReadings(readings, 0, "line=1"))


def proof_words(judgement):
    """The proof of each cell as one letter, row by row: p, c, n, and a dot where no cell is."""
    letters = {"proved": "p", "contradicted": "c"}
    found = judgement.table
    assert found is not None, judgement.message
    return [
        "".join(
            "." if one is None else letters.get(judgement.proofs.get((at, n), "n"), "n")
            for n, one in enumerate(line.cells)
        )
        for at, line in enumerate(found.rows)
    ]


def net_effects(judgement):
    """The printed amounts times their orientation, row by row; None where the convention is not known."""
    found = judgement.table
    assert found is not None, judgement.message
    out = []
    for at, line in enumerate(found.rows):
        turned = []
        for n, one in enumerate(line.cells):
            turn = judgement.orientation.get((at, n), 0)
            turned.append(one.amount.value * turn if one is not None and turn else None)
        out.append(turned)
    return out


def with_value(reading, at, number, value):
    """The reading with another amount in one cell."""
    rows = list(reading.rows)
    cells = list(rows[at].cells)
    cells[number] = cell(value, f"row={rows[at].label};cell={number + 1}")
    rows[at] = replace(rows[at], cells=tuple(cells))
    return replace(reading, rows=tuple(rows))


def values_of(reading):
    """The amounts of a reading, row by row."""
    return [[one.amount.value if one is not None else None for one in line.cells] for line in reading.rows]
