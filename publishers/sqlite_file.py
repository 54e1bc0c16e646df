"""begroting.sqlite: the tables of the contract with their keys, and views for the questions asked most.

What is made of the lines (`budget_current`, `restatements`) is kept without the columns that it shares with them; a
view of its name has them all. Amounts are numbers (DECIMAL: whole euros as integers, others as 8-byte floats, exact to
the cent up to 15 digits), codes and dates texts, booleans 0 and 1. The same rows give the same bytes with the same
version of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from publishers.content import Content
from publishers.frames import plain, with_written_times
from schemas.contract import BUDGET_LINES, DERIVED_TABLES, PUBLISHED_TABLES, VERSION, Field, Table, Type

NAME = "begroting.sqlite"
_ROWS = 1 << 15  # at a time
_TYPES = {
    Type.STRING: "TEXT",
    Type.INTEGER: "INTEGER",
    Type.YEAR: "INTEGER",
    Type.AMOUNT: "DECIMAL(18, 2)",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.DATETIME: "DATETIME",
}
_AS_TEXT = (Type.AMOUNT, Type.DATE)
_INDEXES = {
    "budget_lines": (("table_id",), ("publisher_id", "fiscal_year", "stage"), ("line_key",)),
    "tables": (("document_id",),),
    "documents": (("publisher_id", "document_year"), ("source_id",)),
    "findings": (("document_id",), ("table_id",)),
    "budget_current_made": (("series_key",),),
    "restatements_made": (("series_key",),),
}


def _by(key: str, breakdown: str) -> str:
    """Sums of one breakdown by publisher, year and stage, and how many rows each sum leaves out, and why.

    `saldo_eur` is comparable, and leaves out what has no known sign (`saldo_without_sign`); `saldo_printed_eur` has all
    in the signs of the page.
    """
    return f"""
SELECT publisher_id, publisher_name, fiscal_year, stage, {key},
       sum(amount_eur) FILTER (WHERE measure = 'lasten') AS lasten_eur,
       sum(amount_eur) FILTER (WHERE measure = 'baten') AS baten_eur,
       sum(net_effect_eur) FILTER (WHERE measure = 'saldo') AS saldo_eur,
       sum(amount_eur) FILTER (WHERE measure = 'saldo') AS saldo_printed_eur,
       count(*) FILTER (WHERE measure = 'saldo' AND amount_eur NOT NULL AND net_effect_eur IS NULL)
           AS saldo_without_sign,
       count(*) FILTER (WHERE amount_eur IS NULL) AS rows_without_amount,
       count(*) FILTER (WHERE state = 'conflicting') AS rows_conflicting,
       count(*) FILTER (WHERE state = 'older_only') AS rows_older_only
FROM budget_current WHERE breakdown = '{breakdown}' AND NOT is_total
GROUP BY publisher_id, publisher_name, fiscal_year, stage, {key}"""  # noqa: S608 - names of the contract


_VIEWS = {
    "programmes": _by("programme", "programme"),
    "taakvelden": _by("taakveld_code", "taakveld"),
    # Each line with the place where a person can see it: an address, or a file that has none.
    "lines_with_place": """
SELECT l.line_id, l.publisher_name, l.table_title, l.section_path, l.line_label, l.column_label, l.amount_printed,
       l.amount_eur, l.proof, t.equations_found, t.equations_held, l.locator,
       l.source_url || coalesce('#page=' || l.page, '') AS place, l.page, d.file_name
FROM budget_lines AS l JOIN tables AS t USING (table_id) JOIN documents AS d USING (document_id)""",
    "restated": "SELECT * FROM restatements WHERE change IN ('restated', 'conflicting')",
}


def write(content: Content, folder: Path) -> None:
    """Write the database."""
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as database:
        database.executescript(_SET_UP)
        database.execute("BEGIN")
        for table in PUBLISHED_TABLES:
            fields = _kept(table)
            database.execute(_creation(table, fields))
            places = ", ".join("?" * len(fields))
            statement = f'INSERT INTO "{_stored(table)}" VALUES ({places})'  # noqa: S608 - names of the contract
            database.executemany(statement, _rows(fields, content.frames[table.name]))
        for name, keys in _INDEXES.items():
            for columns in keys:
                database.execute(f'CREATE INDEX "{name}_{"_".join(columns)}" ON "{name}" ({_listed(columns)})')
        for name, query in ({table.name: _whole(table) for table in DERIVED_TABLES} | _VIEWS).items():
            database.execute(f'CREATE VIEW "{name}" AS {query.strip()}')
        database.execute("COMMIT")


def differences(frames: Mapping[str, pa.Table], folder: Path) -> Iterator[str]:
    """What the database has otherwise than the tables: rows, sums of amounts, keys.

    Raises:
        sqlite3.Error: where it can't be read.
    """
    with closing(sqlite3.connect(f"{(folder / NAME).resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            yield f"{NAME} is damaged"
            return
        if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
            yield f"{NAME}: a reference leads nowhere"
        for name, frame in frames.items():
            if database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] != frame.num_rows:  # noqa: S608
                yield f"{NAME}: {name} has not the rows of {name}.parquet"
            elif "amount_eur" in frame.column_names:
                cents = database.execute(f'SELECT sum(cast(round(amount_eur * 100) AS INTEGER)) FROM "{name}"')  # noqa: S608
                if (cents.fetchone()[0] or 0) != (pc.sum(frame.column("amount_eur")).as_py() or 0) * 100:
                    yield f"{NAME}: the amounts of {name} are not those of {name}.parquet"


_SET_UP = f"""
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
PRAGMA user_version = {"".join(f"{int(part):02}" for part in VERSION.split("."))};
"""


def _stored(table: Table) -> str:
    return f"{table.name}_made" if table in DERIVED_TABLES else table.name


def _kept(table: Table) -> list[Field]:
    """The columns that are kept: of what is made of lines, the key and those that are not the lines' own."""
    if table not in DERIVED_TABLES:
        return list(table.fields)
    return [field for field in table.fields if field.name in table.key or field not in BUDGET_LINES.fields]


def _whole(table: Table) -> str:
    """All columns of a table that is kept without those of its lines."""
    kept = _kept(table)
    columns = ", ".join(f'{"made" if field in kept else "line"}."{field.name}"' for field in table.fields)
    return f'SELECT {columns} FROM "{_stored(table)}" AS made JOIN budget_lines AS line USING (line_id)'  # noqa: S608


def _creation(table: Table, fields: Sequence[Field]) -> str:
    """The table as SQL, with its keys."""
    parts = [f'"{field.name}" {_TYPES[field.type]}{"" if field.nullable else " NOT NULL"}' for field in fields]
    parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    names = {field.name for field in fields}
    parts += [
        f'FOREIGN KEY ("{field}") REFERENCES "{other}" ("{key}")'
        for field, other, key in table.refers
        if field in names
    ]
    without = " WITHOUT ROWID" if table in DERIVED_TABLES else ""
    return f'CREATE TABLE "{_stored(table)}" (\n  ' + ",\n  ".join(parts) + f"\n){without}"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _rows(fields: Sequence[Field], frame: pa.Table) -> Iterator[tuple[object, ...]]:
    for start in range(0, frame.num_rows, _ROWS):
        piece = with_written_times(plain(frame.slice(start, _ROWS)))
        columns = [_values(field.type, piece.column(field.name)) for field in fields]
        yield from zip(*columns, strict=True)


def _values(kind: Type, column: pa.ChunkedArray) -> list[object]:
    if kind in _AS_TEXT:
        column = column.cast(pa.string())
    values: list[object] = column.to_pylist()
    return values
