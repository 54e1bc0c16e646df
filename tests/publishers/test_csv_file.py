import csv
from datetime import date
from decimal import Decimal

import pandas
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishers import csv_file, parquet_file
from publishers.frames import frame_of
from schemas.contract import BUDGET_LINES, DOCUMENTS
from tests.publishers.release_rows import DOCUMENT, LINE, lines_of

LABELS = [
    "a, b",
    'the "real" one',
    '"',
    '""',
    "two\nlines",
    "two\r\nlines",
    "two\rlines",
    ",\n\",\r\n'",
    "ends with a break\n",
    " spaces ",
    "tab\there",
    "€ café – \u2212 \u202f 1",
    "null",
    "NULL",
    "NA",
    "nan",
    "true",
    "0.10",
    "0344",
    "1.234",
    "=1+1",
    "\ufeffmark",
    "a;b|c",
]


def written(tmp_path, frame, name="budget_lines"):
    csv_file.write(frame, tmp_path / f"{name}.csv")
    parquet_file.write(frame, tmp_path / f"{name}.parquet")
    return tmp_path / f"{name}.csv", tmp_path / f"{name}.parquet"


def by_csv_module(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def as_text(value):
    """A typed value as the CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else str(value)


@pytest.fixture
def varied():
    rows = lines_of(
        *({"line_label": label} for label in LABELS),
        {"section_path": "A > B", "taakveld_code": "0.1", "programme": "Programma 1"},
        {"taakveld_code": "0.10", "amount_eur": None, "net_effect_eur": None, "amount_printed": "pm"},
        {"balance_date": date(2025, 12, 31), "page": 3, "source_url": "https://oldambt.nl/?a=1,2", "is_total": True},
        {"amount_eur": Decimal("-0.05"), "net_effect_eur": Decimal("9999999999999999.99"), "fiscal_year": None},
        {"amount_eur": Decimal("0.00"), "programme": ""},
    )
    return frame_of(BUDGET_LINES, rows)


def test_the_csv_module_reads_back_what_parquet_holds(tmp_path, varied):
    path, parquet = written(tmp_path, varied)
    expected = [{k: as_text(v) for k, v in row.items()} for row in parquet_file.read(parquet).to_pylist()]
    assert by_csv_module(path) == expected


def test_pandas_reads_back_what_parquet_holds(tmp_path, varied):
    path, parquet = written(tmp_path, varied)
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False, lineterminator=None, encoding="utf-8")
    expected = [{k: as_text(v) for k, v in row.items()} for row in parquet_file.read(parquet).to_pylist()]
    assert list(frame.columns) == [field.name for field in BUDGET_LINES.fields]
    assert frame.to_dict("records") == expected


def test_pandas_reads_the_same_amounts_from_both(tmp_path, varied):
    path, parquet = written(tmp_path, varied)
    text = pandas.read_csv(path, dtype=str, keep_default_na=False)["amount_eur"]
    typed = pandas.read_parquet(parquet)["amount_eur"]
    assert [Decimal(t) if t else None for t in text] == [None if pandas.isna(v) else v for v in typed]


def test_reading_back_gives_the_very_table(tmp_path, varied):
    path, parquet = written(tmp_path, varied)
    assert csv_file.read(BUDGET_LINES, path).cast(varied.schema).equals(varied)
    assert parquet_file.read(parquet).equals(varied, check_metadata=True)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_survives_as_it_is(tmp_path, label):
    path, _ = written(tmp_path, frame_of(BUDGET_LINES, lines_of({"line_label": label})))
    assert [row["line_label"] for row in by_csv_module(path)] == [label]
    assert csv_file.read(BUDGET_LINES, path)["line_label"].to_pylist() == [label]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), min_size=1))
def test_any_labels_survive(tmp_path_factory, labels):
    folder = tmp_path_factory.mktemp("labels")
    path, _ = written(folder, frame_of(BUDGET_LINES, lines_of(*({"line_label": label} for label in labels))))
    assert [row["line_label"] for row in by_csv_module(path)] == labels
    assert csv_file.read(BUDGET_LINES, path)["line_label"].to_pylist() == labels


def test_codes_0_1_and_0_10_stay_text_and_two(tmp_path):
    frame = frame_of(BUDGET_LINES, lines_of({"taakveld_code": "0.1"}, {"taakveld_code": "0.10"}))
    path, parquet = written(tmp_path, frame)
    assert [row["taakveld_code"] for row in by_csv_module(path)] == ["0.1", "0.10"]
    assert csv_file.read(BUDGET_LINES, path)["taakveld_code"].to_pylist() == ["0.1", "0.10"]
    assert parquet_file.read(parquet).schema.field("taakveld_code").type == pa.string()
    assert '"0.10"' in path.read_text(encoding="utf-8")


def test_null_and_empty_text_stay_apart(tmp_path):
    frame = frame_of(BUDGET_LINES, lines_of({"programme": None}, {"programme": ""}, {"programme": "P1"}))
    path, parquet = written(tmp_path, frame)
    assert csv_file.read(BUDGET_LINES, path)["programme"].to_pylist() == [None, "", "P1"]
    assert parquet_file.read(parquet)["programme"].to_pylist() == [None, "", "P1"]


def test_null_is_an_empty_cell_and_empty_text_a_pair_of_quotes(tmp_path):
    rows = [DOCUMENT, DOCUMENT.__class__(**{**vars_of(DOCUMENT), "document_id": "b", "title": ""})]
    path, _ = written(tmp_path, frame_of(DOCUMENTS, rows), "documents")
    first, second = path.read_text(encoding="utf-8").splitlines()[1:]
    assert ",2026,,,," in first
    assert ',2026,,"",,' in second


def vars_of(record):
    return {name: getattr(record, name) for name in record.__slots__}


def test_text_is_quoted_and_numbers_dates_and_booleans_are_not(tmp_path):
    frame = frame_of(BUDGET_LINES, lines_of({"balance_date": date(2025, 12, 31), "document_status": "ontwerp"}))
    path, _ = written(tmp_path, frame)
    row = path.read_text(encoding="utf-8").splitlines()[1]
    for part in (
        '"gm1895"',
        '"ontwerp"',
        ",2026,",
        ",false,",
        ",2025-12-31,",
        ",1000,1234000.00,-1234000.00,",
        '"1.234"',
    ):
        assert part in row


def test_the_file_is_utf_8_without_a_mark_and_has_one_header_and_plain_line_ends(tmp_path):
    path, _ = written(tmp_path, frame_of(BUDGET_LINES, lines_of({"line_label": "café €"}, {})))
    content = path.read_bytes()
    assert content.startswith(b'"line_id","line_key"')
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert "café €".encode() in content
    assert content.count(b"\n") == 3


def test_a_table_without_rows_has_a_header_and_is_read_back(tmp_path):
    frame = frame_of(BUDGET_LINES, [])
    path, parquet = written(tmp_path, frame)
    assert csv_file.read(BUDGET_LINES, path).num_rows == 0
    assert parquet_file.read(parquet).equals(frame)
    assert by_csv_module(path) == []
    assert path.read_text(encoding="utf-8").strip().split(",")[0] == '"line_id"'


def test_a_value_of_another_type_is_not_guessed_but_refused(tmp_path):
    path, _ = written(tmp_path, frame_of(BUDGET_LINES, [LINE]))
    path.write_text(path.read_text(encoding="utf-8").replace("1234000.00,", "1.234.000,"), encoding="utf-8")
    with pytest.raises(pa.ArrowInvalid):
        csv_file.read(BUDGET_LINES, path)
