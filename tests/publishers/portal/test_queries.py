"""The questions to copy are asked as they stand."""

from pathlib import Path

import duckdb
import pytest

from publishers import parquet_file
from publishers.portal.queries import queries_for
from tests.publishers.portal_rows import portal_rows
from tests.publishers.release_rows import written


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("queries") / "release", portal_rows())


@pytest.fixture
def asked(folder, monkeypatch):
    monkeypatch.chdir(folder)
    return {query.name: query.code for query in queries_for("gm1895", None)}


def test_duckdb_and_pandas_give_the_same_current_figures_without_totals(asked):
    found = duckdb.sql(asked["DuckDB"]).fetchall()
    *before, last = asked["pandas"].rsplit("\n", 1)
    names = {}
    exec("\n".join(before), names)  # noqa: S102 - what a reader would paste
    frame = eval(last, names)  # noqa: S307
    current = parquet_file.read(Path("budget_current.parquet")).to_pylist()
    wanted = [one for one in current if one["publisher_id"] == "gm1895" and one["state"] == "current"]
    wanted = [one["amount_eur"] for one in wanted if not one["is_total"]]
    assert len(found) == len(frame) == len(wanted) > 200
    assert "Totaal lasten" not in set(frame["line_label"])
    assert [row[0] for row in found] == frame["fiscal_year"].tolist()
    assert sorted(row[7] for row in found) == sorted(frame["amount_eur"]) == sorted(wanted)


def test_a_figure_can_be_found_again_and_its_table_be_chosen(asked):
    with duckdb.connect() as db:
        columns = [one[0] for one in db.execute(asked["DuckDB"]).description]
    assert {"table_id", "line_id", "source_id", "locator"} <= set(columns)
    for code in asked.values():
        assert all(name in code for name in columns)


def test_an_address_with_quotes_stays_an_address():
    duck, pandas, r = (query.code for query in queries_for("gm1", "https://x.example/o'b\"c/"))
    assert "'https://x.example/o''b\"c/budget_current.parquet'" in duck
    assert '"https://x.example/o\'b\\"c/budget_current.parquet"' in pandas
    assert '"https://x.example/o\'b\\"c/budget_current.parquet"' in r
