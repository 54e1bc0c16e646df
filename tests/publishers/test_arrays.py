"""Columns laid out for Arrow are those that pyarrow itself makes."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from publishers.arrays import array_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["a", None, "é€", ""], pa.string()),
        ([1, None, -(2**31), 2**31 - 1], pa.int32()),
        ([2026, None], pa.int16()),
        ([True, False, None] * 7, pa.bool_()),
        ([date(2026, 12, 31), None, date(1969, 1, 1)], pa.date32()),
        ([Decimal("1.20"), None, Decimal(-7), Decimal("-9999999999999999.99")], pa.decimal128(18, 2)),
        ([], pa.string()),
        ([None] * 9, pa.decimal128(18, 2)),
        ([1.5, None], pa.float64()),
    ],
    ids=str,
)
def test_values_are_those_of_pyarrow(values, kind):
    made = array_of(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, kind))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, pa.string()),
        ("1", pa.int32()),
        (True, pa.int32()),
        (2**15, pa.int16()),
        (1, pa.bool_()),
        ("2026-01-01", pa.date32()),
        (Decimal("0.001"), pa.decimal128(18, 2)),
        (Decimal("1e16"), pa.decimal128(18, 2)),
        (Decimal("NaN"), pa.decimal128(18, 2)),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(value, kind):
    with pytest.raises((TypeError, ValueError, OverflowError)):
        array_of([value], kind)
