"""Time and memory of a comparison of two made-up releases: `history_speed.py 5000000 [share that differs, 0.1]`."""

import resource
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publishers.history.changes import compared
from publishers.history.sides import side_of
from publishers.history.withdrawn import withdrawn
from schemas.contract import BUDGET_LINES, DOCUMENTS, TABLES, WITHDRAWN
from schemas.renderings import arrow_schema

_LINES_A_TABLE, _TABLES_A_DOCUMENT, _DOCUMENTS_A_PUBLISHER = 50, 60, 5
_WORDS = ["Lasten", "Baten", "Saldo", "Bestuur en ondersteuning", "Sociaal domein", "Wegen", "Onderwijs", "Totaal"]


def main(count: int, share: float) -> None:
    old, new = frames(count, 0.0), frames(count, share)
    before = peak()
    started = time.perf_counter()
    comparison = compared(side_of(old), side_of(new))
    gone = withdrawn(comparison, arrow_schema(WITHDRAWN).empty_table(), "0" * 12)
    seconds = time.perf_counter() - started
    print(f"{count:,} lines, {comparison.changes.num_rows:,} changes, {gone.num_rows:,} withdrawn: {seconds:.1f} s")
    print(f"{count / seconds:,.0f} lines a second; memory {before:.1f} GB with both releases, {peak():.1f} GB at most")


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def frames(count: int, share: float) -> dict[str, pa.Table]:
    """A release; a share of its documents has new bytes, and a tenth of their lines differs."""
    line = np.arange(count)
    table, tables = line // _LINES_A_TABLE, (count - 1) // _LINES_A_TABLE + 1
    documents = (tables - 1) // _TABLES_A_DOCUMENT + 1
    renewed = np.arange(documents) % 1000 < share * 1000
    document = table // _TABLES_A_DOCUMENT
    differs = renewed[document] & (line % 10 == 0)
    snapshot = [f"{n:063x}{int(new)}" for n, new in enumerate(renewed)]
    publisher = document // _DOCUMENTS_A_PUBLISHER
    amount = pa.array((line * 37 % 10_000_000 + differs * 1000).astype(np.int32)).cast(pa.decimal128(18, 2))
    known = {
        "line_id": hexes(line * 2 + renewed[document]),
        "line_key": hexes(np.where(differs & (line % 3 == 0), line + 2 * count, line)),
        "table_id": hexes(table),
        "snapshot_id": pa.array(snapshot).take(pa.array(document)),
        "publisher_id": labels("gm", publisher),
        "publisher_name": labels("gemeente ", publisher),
        "document_year": pa.array((2020 + document % 6).astype(np.int16)),
        "line_label": pa.array(_WORDS).take(pa.array(line % len(_WORDS))),
        "amount_printed": amount.cast(pa.string()),
        "amount_eur": amount,
        "net_effect_eur": amount,
    }
    ids = hexes(np.arange(documents))
    of_tables = {"table_id": hexes(np.arange(tables)), "document_id": ids.take(pa.array(np.arange(tables) // 60))}
    of_documents = {"document_id": ids, "source_id": ids, "snapshot_id": pa.array(snapshot)}
    return {
        BUDGET_LINES.name: filled(BUDGET_LINES, known, count),
        TABLES.name: filled(TABLES, of_tables, tables),
        DOCUMENTS.name: filled(DOCUMENTS, of_documents, documents),
    }


def hexes(numbers: np.ndarray) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers.astype(np.int64)).cast(pa.string()), 24, "0")


def labels(word: str, numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(word, pa.array(numbers.astype(np.int64)).cast(pa.string()), "")


def filled(table, known: dict[str, pa.Array], count: int) -> pa.Table:
    """The columns of a table: those known, and the same value everywhere for the others."""
    arrays = []
    for field, arrow in zip(table.fields, arrow_schema(table), strict=True):
        value = None if field.nullable else field.enum[0] if field.enum else "text"
        if not field.nullable and arrow.type != pa.string():
            value = {pa.bool_(): False}.get(arrow.type, 1)
        column = known.get(field.name, pa.nulls(count, arrow.type) if value is None else None)
        arrays.append(pa.repeat(pa.scalar(value, arrow.type), count) if column is None else column)
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000, float(sys.argv[2]) if len(sys.argv) > 2 else 0.1)
