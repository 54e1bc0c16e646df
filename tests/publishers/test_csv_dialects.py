"""The CSV read back by the rules of other programs, as they guess where nobody tells them."""

import csv
import re
from datetime import date
from decimal import Decimal

import duckdb
import pandas
import pytest

from publishers import csv_file, parquet_file
from publishers.content import content_of
from publishers.frames import frame_of
from publishers.release import write_files
from schemas.contract import BUDGET_LINES, PUBLISHED_TABLES
from schemas.renderings import arrow_schema
from tests.publishers.release_rows import DOCUMENT, LINE, lines_of, rows_of

COMMAS = "gemeente Nuenen, Gerwen en Nederwetten"
HARD = [
    {"taakveld_code": "0.1", "line_label": "0.1 Bestuur", "publisher_name": COMMAS},
    {"taakveld_code": "0.10", "line_label": 'met "aanhalingen", en komma', "publisher_name": COMMAS},
    {"taakveld_code": None, "line_label": "twee\nregels", "programme": "", "section_path": "A > B;C|D\tE"},
    {"amount_eur": None, "net_effect_eur": None, "amount_printed": "pm", "page": 12, "is_total": True},
    {"amount_eur": Decimal("-0.05"), "net_effect_eur": Decimal("1234567.89"), "balance_date": date(2025, 12, 31)},
    {"line_label": "=1+1", "amount_printed": "(1.234)", "fiscal_year": None, "document_status": "ontwerp"},
    {"line_label": "Café – € – −1", "amount_printed": "1,5", "duration": "incidenteel", "unit": 1},
]
TEXTS = {f.name for f in BUDGET_LINES.fields if f.type == "string"}


@pytest.fixture
def frame():
    return frame_of(BUDGET_LINES, lines_of(*HARD))


@pytest.fixture
def path(tmp_path, frame):
    csv_file.write(frame, tmp_path / "budget_lines.csv")
    return tmp_path / "budget_lines.csv"


def rows_in(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


# ------------------------------------------------------------------------------------------------- real readers


def test_pandas_with_the_types_of_the_contract_reads_what_was_written(path, frame):
    read = pandas.read_csv(
        path, dtype=dict.fromkeys(TEXTS, "string"), keep_default_na=False, na_values={"amount_eur": [""], "page": [""]}
    )
    assert [Decimal(f"{v:.2f}") if v == v else None for v in read["amount_eur"]] == frame["amount_eur"].to_pylist()
    for name in ("line_label", "publisher_name", "section_path", "amount_printed"):
        assert read[name].tolist() == frame[name].to_pylist(), name
    assert read["taakveld_code"].tolist()[:2] == ["0.1", "0.10"]
    assert read["is_total"].tolist() == frame["is_total"].to_pylist()


def test_duckdb_detects_the_dialect_and_reads_what_was_written(path, frame):
    with duckdb.connect() as db:
        types = {name: kind for name, kind, *_ in db.execute(f"DESCRIBE FROM read_csv('{path}')").fetchall()}
        named = dict.fromkeys(TEXTS, "VARCHAR") | {"amount_eur": "DECIMAL(18,2)", "net_effect_eur": "DECIMAL(18,2)"}
        read = db.sql(f"FROM read_csv('{path}', types={named})").to_arrow_table()
    assert list(types) == frame.column_names
    assert types["amount_eur"] == "DOUBLE"
    assert types["is_total"] == "BOOLEAN"
    assert types["fiscal_year"] == "BIGINT"
    for name in frame.column_names:
        shown = [value or None if name in TEXTS else value for value in frame[name].to_pylist()]
        assert [value or None if name in TEXTS else value for value in read[name].to_pylist()] == shown, name


def test_duckdb_reads_the_very_rows_of_the_parquet_file(tmp_path, frame):
    parquet_file.write(frame, tmp_path / "a.parquet")
    with duckdb.connect() as db:
        read = db.sql(f"FROM '{tmp_path}/a.parquet'").to_arrow_table()
    assert read.to_pylist() == frame.to_pylist()
    assert str(read.schema.field("amount_eur").type) == "decimal128(18, 2)"


def test_frictionless_finds_nothing_wrong_with_the_csv_of_a_release(tmp_path):
    from frictionless import Package, system

    lines = [LINE.__class__(**{n: getattr(one, n) for n in LINE.__slots__}) for one in lines_of(*HARD)]
    rows = rows_of(lines, publisher_name=COMMAS)
    write_files(content_of(rows), tmp_path)
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "datapackage.json"))
        for name in [resource.name for resource in package.resources if resource.format != "csv"]:
            package.remove_resource(name)  # it counts no bytes of Parquet
        report = package.validate()
    assert len(report.tasks) == len(PUBLISHED_TABLES)
    assert report.valid, report.flatten(["title", "message"])[:5]


# ----------------------------------------------------------------------------- rules of programs that are not here


def guessed_by_readr(values):
    """The type that readr takes from the first 1000 rows: logical, integer as double, date, else text."""
    known = [value for value in values[:1000] if value not in ("", "NA")]
    rules = [
        ("logical", r"T|F|TRUE|FALSE|true|false"),
        ("double", r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"),
        ("date", r"\d{4}-\d\d-\d\d"),
        ("datetime", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?"),
    ]
    if not known:
        return "logical"
    return next((name for name, rule in rules if all(re.fullmatch(rule, value) for value in known)), "character")


def guessed_by_messytables(values):
    """The type that CKAN's type guessing takes: the strictest that all cells of the sample have."""
    known = [value for value in values[:1000] if value != ""]
    rules = [
        ("integer", r"-?\d+"),
        ("decimal", r"-?\d+(?:\.\d+)?"),
        ("bool", r"(?i:true|false|yes|no|1|0)"),
        ("date", r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?"),
    ]
    return next((name for name, rule in rules if known and all(re.fullmatch(rule, v) for v in known)), "string")


def guessed_by_qsv(values):
    """The type that qsv's statistics take (DataPusher+): over all rows."""
    rules = [
        ("Integer", r"[-+]?\d+"),
        ("Float", r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?"),
        ("Date", r"\d{4}-\d\d-\d\d"),
        ("DateTime", r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?"),
    ]
    known = [value for value in values if value != ""]
    if not known:
        return "NULL"
    return next((name for name, rule in rules if all(re.fullmatch(rule, v) for v in known)), "String")


@pytest.mark.parametrize(
    ("guess", "number", "whole", "text"),
    [
        (guessed_by_readr, "double", "double", "character"),
        (guessed_by_messytables, "decimal", "integer", "string"),
        (guessed_by_qsv, "Float", "Integer", "String"),
    ],
)
def test_guessing_programs_find_numbers_years_and_texts(path, guess, number, whole, text):
    rows = rows_in(path)
    guesses = {name: guess([row[name] for row in rows]) for name in rows[0]}
    assert guesses["amount_eur"] == guesses["net_effect_eur"] == number
    assert {guesses[name] for name in ("document_year", "line_number", "column_number", "unit")} == {whole}
    for name in ("line_id", "publisher_id", "publisher_name", "line_label", "stage", "amount_printed", "locator"):
        assert guesses[name] == text, name


@pytest.mark.parametrize("guess", [guessed_by_readr, guessed_by_messytables, guessed_by_qsv])
def test_a_guess_on_the_codes_would_make_two_of_them_one_so_the_schema_says_text(path, guess):
    codes = [row["taakveld_code"] for row in rows_in(path)]
    assert codes[:2] == ["0.1", "0.10"]
    assert guess(codes) in ("double", "decimal", "Float")  # what the Table Schema beside the file is there to prevent
    assert arrow_schema(BUDGET_LINES).field("taakveld_code").type == "string"


def test_every_way_to_cut_the_file_at_other_separators_finds_the_comma(path):
    sample = path.read_text(encoding="utf-8")
    assert csv.Sniffer().sniff(sample.splitlines()[0]).delimiter == ","
    rows = list(csv.reader(path.open(encoding="utf-8", newline=""), strict=True))
    assert {len(row) for row in rows} == {len(BUDGET_LINES.fields)}


def test_a_publisher_with_commas_stays_one_publisher_in_every_file(tmp_path):
    lines = lines_of({"publisher_name": COMMAS})
    write_files(content_of(rows_of(lines, publisher_name=COMMAS)), tmp_path)
    for file in (tmp_path / "documents.csv", *tmp_path.glob("by_publisher/gm1895/2026/documents.csv")):
        assert [row["publisher_name"] for row in rows_in(file)] == [COMMAS]
    for file in tmp_path.rglob("budget_*.csv"):
        assert {row["publisher_name"] for row in rows_in(file)} == {COMMAS}


def test_a_document_of_another_encoding_would_be_noticed(path):
    path.read_bytes().decode("utf-8", errors="strict")
    assert "Café – € – −1".encode() in path.read_bytes()
    assert DOCUMENT.publisher_name.encode() in path.read_bytes()
