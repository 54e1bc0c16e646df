"""What the README says comes out of `make demo` comes out."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import pytest

from flows.pipeline import run
from sources.registry import read_registry

ROOT = Path(__file__).parent.parent


def test_the_first_screen_shows_what_the_demo_gives(tmp_path):
    report = run(
        read_registry(ROOT / "sample_inputs" / "sources.yaml").sources, tmp_path, datetime(2026, 1, 5, tzinfo=UTC)
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {
        "documents published": f"{report.documents['published']}",
        "tables published": f"{report.published}",
        "tables set aside": f"{report.set_aside}",
        "lines": f"{report.lines}",
        "proved by arithmetic": f"{report.proved} ({report.proved * 100 // report.lines}%)",
    }
    for name, value in shown.items():
        assert re.search(rf"│ {name} +│ +{re.escape(value)} │", readme), f"the README should say {name}: {value}"


def test_every_command_and_file_that_the_readme_names_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\S+)", readme, re.M):
        assert f"\n{target}:" in makefile
    for path in re.findall(r"\]\(([^)]+)\)", readme):
        assert (ROOT / path).exists(), path


@pytest.fixture
def release(tmp_path):
    """Samples, and a second document that prints the same table as one of them: their release."""
    by_id = {source.source_id: source for source in read_registry(ROOT / "sample_inputs" / "sources.yaml").sources}
    oldambt = by_id["flattened-cells"]
    again = tmp_path / "again.txt"
    again.write_text(Path(oldambt.path or "").read_text(encoding="utf-8") + "\nTot ziens.\n", encoding="utf-8")
    second = replace(oldambt, source_id="again", path=str(again))
    return run(
        [oldambt, second, by_id["spaced-taakvelden"], by_id["pdf-three-heading-lines"], by_id["pdf-landscape-turned"]],
        tmp_path / "out",
        datetime(2026, 1, 5, tzinfo=UTC),
    ).release


def test_the_query_gives_the_lasten_that_each_table_prints_as_its_total(release):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (asked,) = re.findall(r"```sql\n(.*?)```", readme, re.S)
    with duckdb.connect() as db:
        cursor = db.execute(asked.replace("out/latest", str(release)))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        printed = db.execute(
            "SELECT table_id, fiscal_year, stage, amount_eur, unit FROM read_parquet(?) WHERE measure = 'lasten' "
            "AND amount_kind = 'exploitatie' AND line_label ILIKE 'totaal%' AND section_path = ''",
            [f"{release}/budget_lines.parquet"],
        ).fetchall()
    oldambt = [
        row["lasten_eur"]
        for row in rows
        if row["publisher_name"] == "gemeente Oldambt" and row["fiscal_year"] == 2025 and row["stage"] == "begroting"
    ]
    assert oldambt == [Decimal("1521000.00")] * 2  # as printed; two documents have not twice the lasten
    found = {(row["table_id"], row["fiscal_year"], row["stage"]): row["lasten_eur"] for row in rows}
    assert len(found) == len(rows)
    assert len(printed) > 5
    for table_id, year, stage, amount, unit in printed:
        assert abs(found[table_id, year, stage] - amount) <= 3 * unit


def test_the_query_for_current_figures_counts_once_what_two_documents_print(release):
    (asked,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "releases.md").read_text(encoding="utf-8"), re.S)
    with duckdb.connect() as db:
        rows = db.execute(asked.replace("out/latest", str(release))).fetchall()
        saldo = db.execute(
            "SELECT sum(amount_eur) FROM read_parquet(?) WHERE publisher_id = 'gm1895' AND fiscal_year = 2025 "
            "AND stage = 'begroting' AND measure = 'saldo' AND NOT is_total",
            [f"{release}/budget_current.parquet"],
        ).fetchall()
    assert ("gemeente Oldambt", 2025, "begroting", Decimal("1521000.00"), 0) in rows
    assert saldo == [(Decimal("560000.00"),)]  # as printed before resultaatbestemming, and not again after it


def test_what_the_readme_says_of_types_keeps_taakveld_0_10_apart_from_0_1(release, monkeypatch):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    monkeypatch.chdir(release)
    (dtype,) = re.findall(r"`(dtype=\{.*?\})`", readme)
    (types,) = re.findall(r"`(types=\{.*?\})`", readme)
    (whole,) = re.findall(r"`(pandas\.read_parquet\(.*?\))`", readme, re.S)
    frame = eval(f'pandas.read_csv("budget_lines.csv", {dtype})', {"pandas": pandas})  # noqa: S307 - as the README says
    by_pandas = set(frame["taakveld_code"].dropna())
    with duckdb.connect() as db:
        rows = db.execute(f"SELECT DISTINCT taakveld_code FROM read_csv('budget_lines.csv', {types})").fetchall()  # noqa: S608
    assert by_pandas == {code for (code,) in rows if code}
    assert {"0.1", "0.10"} <= by_pandas
    amounts = eval(whole.replace("out/latest/", ""), {"pandas": pandas})["amount_eur"]  # noqa: S307
    assert str(amounts.dtype) == "decimal128(18, 2)[pyarrow]"
