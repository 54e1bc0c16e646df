"""Made frames of a release: 342 publishers with four documents each. The figures mean nothing."""

import hashlib
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa

from schemas.contract import BUDGET_LINES, DOCUMENTS, FINDINGS, TABLES
from schemas.renderings import arrow_schema

PUBLISHERS = 342
DOCUMENTS_EACH = [("begroting", 2024), ("begroting", 2025), ("begroting", 2026), ("jaarstukken", 2024)]
ROWS, COLUMNS = 21, 6  # of a table: seven names with lasten, baten and saldo; six years
NAMES = ["Bestuur", "Veiligheid", "Verkeer en vervoer", "Economie", "Onderwijs", "Sport, cultuur", "Sociaal domein"]
MEASURES = ["lasten", "baten", "saldo"]


def _digests(kind: str, count: int) -> list[str]:
    return [hashlib.sha256(f"{kind}{n}".encode()).hexdigest() for n in range(count)]


def _spread(values: list[object], index: np.ndarray, kind: pa.DataType) -> pa.Array:
    """Values by index, texts in a dictionary, as a run has them."""
    few = pa.array(values, kind).dictionary_encode()
    codes = few.indices.take(pa.array(index))
    return pa.DictionaryArray.from_arrays(codes, few.dictionary)


def _line_hashes(count: int, salt: int) -> pa.Array:
    """Texts of 24 hexadecimal digits, all different."""
    random = np.random.default_rng(salt).integers(0, 256, (count, 12), dtype=np.uint8)
    random[:, :4] = np.arange(count, dtype=">u4").view(np.uint8).reshape(-1, 4)
    digits = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
    text = np.empty((count, 24), dtype=np.uint8)
    text[:, ::2], text[:, 1::2] = digits[random >> 4], digits[random & 15]
    offsets = np.arange(0, 24 * count + 1, 24, dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(text)])


def _amounts(count: int, kind: pa.DataType) -> pa.Array:
    cents = np.random.default_rng(7).integers(-90_000, 900_000, count) * 100_000
    wide = np.zeros((count, 2), dtype=np.int64)
    wide[:, 0], wide[:, 1] = cents, np.where(cents < 0, -1, 0)
    return pa.Array.from_buffers(kind, count, [None, pa.py_buffer(wide)])


def made_frames(wanted: int) -> dict[str, pa.Table]:
    """Frames with some `wanted` lines."""
    documents = PUBLISHERS * len(DOCUMENTS_EACH)
    each = max(1, round(wanted / documents / (ROWS * COLUMNS)))  # tables of a document
    rows = ROWS if wanted >= documents * ROWS * COLUMNS else max(3, wanted // documents // COLUMNS // 3 * 3)
    size = rows * COLUMNS
    tables = documents * each
    count = tables * size
    line = np.arange(count)
    table = line // size
    document = table // each
    row, column = line % size // COLUMNS, line % COLUMNS
    table_ids, document_ids = (
        [text[:24] for text in _digests("t", tables)],
        [text[:24] for text in _digests("d", documents)],
    )
    snapshot_ids = _digests("s", documents)
    places = [f"box={70 + c * 61}.0,{n}.2,{118 + c * 61}.5,{n + 9}.7" for n in range(80, 640) for c in range(6)]
    printed = [f"{n // 1000}.{n % 1000:03}" for n in range(1000, 31000)]
    publisher = [n // len(DOCUMENTS_EACH) for n in range(documents)]
    facts = [DOCUMENTS_EACH[n % len(DOCUMENTS_EACH)] for n in range(documents)]
    source_ids = [f"gm{p:04}-{kind}-{year}" for p, (kind, year) in zip(publisher, facts, strict=True)]
    names = [f"gemeente Voorbeeld, dorp {p} en omstreken" for p in publisher]
    titles = [f"Programma {n} {NAMES[n % 7]}: baten en lasten naar onderwerp" for n in range(each)]
    labels = [f"{n + 1}.{t % 10} {NAMES[n]} {t}" for t in range(each) for n in range(7)]
    document_year = np.array([year for _, year in facts], dtype=np.int16)
    year = document_year[document] - 2 + column.astype(np.int16)
    stage = np.select([year < document_year[document] - 1, year <= document_year[document]], [0, 1], 2)
    label = table % each * 7 + row // 3
    schema = arrow_schema(BUDGET_LINES)
    text = pa.string()
    money = _amounts(count, pa.decimal128(18, 2))
    columns: dict[str, pa.Array] = {
        "line_id": _line_hashes(count, 1),
        "line_key": _line_hashes(count, 2),
        "source_id": _spread(source_ids, document, text),
        "snapshot_id": _spread(snapshot_ids, document, text),
        "table_id": _spread(table_ids, table, text),
        "publisher_id": _spread([f"gm{p:04}" for p in publisher], document, text),
        "publisher_name": _spread(names, document, text),
        "document_type": _spread([kind for kind, _ in facts], document, text),
        "document_year": pa.array(document_year[document]),
        "document_status": _spread(["vastgesteld"], np.zeros(count, np.int8), text),
        "table_title": _spread(titles, table % each, text),
        "section_path": _spread(["", "Bestaand beleid"], (row // 12).astype(np.int8), text),
        "line_number": pa.array((row + 1).astype(np.int32)),
        "column_number": pa.array((column + 1).astype(np.int32)),
        "line_label": _spread(labels, label, text),
        "column_label": _spread([f"Begroting {y}" for y in range(2020, 2031)], year - 2020, text),
        "is_total": pa.array(row % 3 == 2),
        "programme": _spread([f"Programma {n} {NAMES[n % 7]}" for n in range(each)], table % each, text),
        "fiscal_year": pa.array(year),
        "stage": _spread(["rekening", "begroting", "meerjarenraming"], stage, text),
        "measure": _spread(MEASURES, row % 3, text),
        "amount_kind": _spread(["exploitatie"], np.zeros(count, np.int8), text),
        "amount_printed": _spread(printed, line * 7919 % 30000, text),
        "unit": pa.array(np.full(count, 1000, dtype=np.int32)),
        "amount_eur": money,
        "net_effect_eur": money,
        "proof": _spread(["proved", "not_covered"], (line % 17 == 0).astype(np.int8), text),
        "source_url": _spread([f"https://voorbeeld{p}.nl/begroting.pdf" for p in publisher], document, text),
        "page": pa.array((table % each + 1).astype(np.int32)),
        "locator": _spread(places, (row * 23 + table) % 560 * 6 + column, text),
    }  # fmt: skip
    for field in schema:
        columns.setdefault(field.name, pa.nulls(count, field.type))
    schema = pa.schema([field.with_type(columns[field.name].type) for field in schema], metadata=schema.metadata)
    lines = pa.table([columns[name] for name in schema.names], schema=schema)
    counted = [size] * tables
    return {
        "budget_lines": lines,
        "tables": pa.Table.from_pylist(
            [
                {
                    "table_id": table_ids[n], "source_id": source_ids[n // each],
                    "document_id": document_ids[n // each],
                    "snapshot_id": snapshot_ids[n // each], "table_title": titles[n % each], "page": n % each + 1,
                    "locator": "box=1.0,2.0,3.0,4.0", "status": "published", "unit": 1000, "row_count": rows,
                    "column_count": COLUMNS, "line_count": counted[n], "proved_count": 0, "contradicted_count": 0,
                    "equations_found": 3, "equations_held": 3,
                }
                for n in range(tables)
            ],
            arrow_schema(TABLES),
        ),
        "documents": pa.Table.from_pylist(
            [
                {
                    "document_id": document_ids[n], "source_id": source_ids[n], "snapshot_id": snapshot_ids[n],
                    "publisher_id": f"gm{publisher[n]:04}", "publisher_name": names[n], "document_type": facts[n][0],
                    "document_year": facts[n][1], "document_status": "vastgesteld", "title": f"Document {n}",
                    "status_date": date(facts[n][1] - 1, 11, 6), "file_name": "begroting.pdf",
                    "source_url": f"https://voorbeeld{publisher[n]}.nl/begroting.pdf",
                    "retrieved_at": datetime(2026, 1, 5, tzinfo=UTC), "freshness": "current", "status": "published",
                    "byte_count": 1, "table_count": each, "published_table_count": each, "set_aside_table_count": 0,
                    "line_count": each * size, "token_count": each * size, "published_token_count": each * size,
                    "set_aside_token_count": 0, "not_euros_token_count": 0, "outside_token_count": 0,
                }
                for n in range(documents)
            ],
            arrow_schema(DOCUMENTS),
        ),
        "findings": arrow_schema(FINDINGS).empty_table(),
    }  # fmt: skip
