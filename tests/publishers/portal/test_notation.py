from decimal import Decimal

import pytest

from publishers.portal.notation import compact, dutch, english, euros, file_size

SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [(0, "0", "0"), (1234567, "1.234.567", "1,234,567"), (-1000, f"{MINUS}1.000", f"{MINUS}1,000")],
)
def test_numbers_are_written_as_in_their_language(number, nl, en):
    assert (dutch(number), english(number)) == (nl, en)


def test_amounts_have_cents_only_where_they_have_any():
    assert euros(Decimal("1234.00")) == f"€{SPACE}1.234"
    assert euros(Decimal("-1234.50")) == f"€{SPACE}{MINUS}1.234,50"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0", "0"), ("250000", "250.000"), ("7500000", f"7,5{SPACE}mln"), ("-10000000", f"{MINUS}10{SPACE}mln"),
     ("1200000000", f"1,2{SPACE}mld")],
)  # fmt: skip
def test_a_scale_is_short(amount, shown):
    assert compact(Decimal(amount)) == shown


def test_sizes_have_decimal_units():
    assert [file_size(n) for n in (5, 1500, 2_500_000)] == [f"5{SPACE}bytes", f"1,5{SPACE}kB", f"2,5{SPACE}MB"]
