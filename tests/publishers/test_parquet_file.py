from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from publishers import parquet_file
from publishers.frames import frame_of
from schemas.contract import ALL_TABLES, BUDGET_LINES
from schemas.renderings import arrow_schema
from tests.publishers.release_rows import lines_of, rows_of


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_the_file_has_the_schema_of_the_contract_with_descriptions(tmp_path, table):
    path = tmp_path / "a.parquet"
    parquet_file.write(frame_of(table, rows_of()[table.name]), path)
    assert pq.read_schema(path).equals(arrow_schema(table), check_metadata=True)


def test_amounts_are_exact_decimals(tmp_path):
    amounts = [Decimal("0.10"), Decimal("-9999999999999999.99"), Decimal("1234.56"), None]
    path = tmp_path / "a.parquet"
    parquet_file.write(frame_of(BUDGET_LINES, lines_of(*({"amount_eur": amount} for amount in amounts))), path)
    read = parquet_file.read(path)["amount_eur"].to_pylist()
    assert read == amounts
    assert str(read[0]) == "0.10"


def test_a_file_that_was_cut_off_is_not_read(tmp_path):
    path = tmp_path / "a.parquet"
    parquet_file.write(frame_of(BUDGET_LINES, lines_of({})), path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(Exception, match="Parquet"):
        parquet_file.read(path)
