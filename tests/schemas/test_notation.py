from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.notation import (
    SPACES,
    Token,
    count_tokens,
    is_code,
    marked,
    parse_amount,
    parse_year,
    plain,
    without_unseen,
)


def value_of(text):
    amount = parse_amount(text)
    assert amount is not None, f"{text!r} is read as words"
    return amount.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("12345", "12345"),
        ("1.234", "1234"),
        ("12.345", "12345"),
        ("1.234.567", "1234567"),
        ("1.000.000.000", "1000000000"),
        (" 1.234 ", "1234"),
    ],
)
def test_a_point_stands_between_thousands(text, value):
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", "0.5"),
        ("12,5", "12.5"),
        ("12,34", "12.34"),
        ("1.234,5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        (",5", "0.5"),
        ("0,123", "0.123"),
        ("12,-", "12"),
        ("1.234,-", "1234"),
        ("12,=", "12"),
    ],
)
def test_a_comma_stands_before_decimals(text, value):
    assert value_of(text) == Decimal(value)


def test_decimals_are_kept_as_printed():
    assert str(value_of("12,50")) == "12.50"


@pytest.mark.parametrize(
    "text", ["€ 1.234", "€1.234", "EUR 1.234", "+ 1.234", "+1.234", "€ 1.234,-", "1.234 L", "1.234 B"]
)
def test_a_euro_sign_a_plus_and_a_side_leave_the_amount(text):
    assert value_of(text) == 1234


@pytest.mark.parametrize(
    "text",
    [
        "-12", "- 12", "12-", "12 -", "(12)", "( 12 )", "-/- 12", "-/-12", "12 -/-", "\u221212",
        "\u2212 12", "12\u2212",
        "\u201312", "\u201412", "\u201012", "\u201112", "€ -12", "€ - 12", "-€ 12", "- € 12", "€ (12)", "(€ 12)",
        "€ 12-", "-/- € 12", "€ -/- 12",
    ],
)  # fmt: skip
def test_a_minus_stands_before_or_behind_as_a_dash_a_slashed_dash_or_brackets(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.token, amount.mark) == (Decimal(-12), Token.NUMBER, "")


@pytest.mark.parametrize("text", ["N 12", "N12", "12 N", "12N", "N € 12", "€ 12 N", "N 12,00", "N\u00a012"])
def test_nadeel_makes_an_amount_negative_before_and_behind_it(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.mark) == (Decimal(-12), "N")


@pytest.mark.parametrize("text", ["V 12", "V12", "12 V", "12V", "V € 12", "€ 12 V", "V 12,00"])
def test_voordeel_leaves_an_amount_positive_before_and_behind_it(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.mark) == (Decimal(12), "V")


@pytest.mark.parametrize("text", ["12 Nieuw", "12 Verkoop", "Noord 12", "N.12", "X 12", "v 12", "n 12"])
def test_other_letters_are_no_mark(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["-", "\u2013", "\u2014", "\u2212", " - ", "€ -", "-/-", "-*", "- 1)"])
def test_a_bare_dash_is_zero(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.token) == (Decimal(0), Token.DASH)


@pytest.mark.parametrize(
    "text", ["n.v.t.", "nvt", "NVT", "N.v.t.", "n.v.t", "pm", "PM", "p.m.", "P.M.", "nnb", "n.n.b."]
)
def test_what_is_not_given_is_an_amount_without_a_value(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.token, amount.is_number) == (None, Token.NOT_GIVEN, True)


@pytest.mark.parametrize("text", ["12%", "12 %", "12,5%", "-12%", "0%", "12,345%", "1.234%", "-/- 3,5 %"])
def test_a_percentage_is_no_number_of_euros(text):
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.token, amount.is_number) == (None, Token.PERCENT, False)


@pytest.mark.parametrize(
    "text", ["1.234*", "1.234 **", "1.234¹", "1.234 ²", "1.234 1)", "1.234 (1)", "€ 1.234 (12)", "1.234⁴⁵"]
)
def test_a_footnote_mark_behind_an_amount_is_no_part_of_it(text):
    assert value_of(text) == 1234


@pytest.mark.parametrize("text", ["(1.234)*", "(1.234) 1)", "-1.234 (2)", "1.234- ¹", "1.234 N 1)"])
def test_a_footnote_mark_leaves_the_minus(text):
    assert value_of(text) == -1234


@pytest.mark.parametrize("space", list(SPACES))
def test_fixed_and_thin_spaces_stand_between_thousands(space):
    assert value_of(f"1{space}234{space}567") == 1234567
    assert value_of(f"-{space}12{space}345,6") == Decimal("-12345.6")


def test_soft_hyphens_and_zero_width_spaces_are_no_part_of_an_amount():
    assert value_of("1.\u00ad234\u200b") == 1234
    assert value_of("1.2\u200b34") == 1234


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "12,345",
        "1,234.50",
        "1,234,567",
        "1.234,567",
        "1 234",
        "12 34",
        "(12",
        "12)",
        "-(12",
        "12,34,56",
        "1.23,4",
    ],
)
def test_digits_in_no_dutch_notation_are_unclear_and_never_an_amount(text):
    amount = parse_amount(text)
    assert amount is not None, "left out as words"
    assert (amount.value, amount.token, amount.is_number) == (None, Token.UNCLEAR, False)


@pytest.mark.parametrize("text", ["12.34", "1.23", "123.45", "1234.56", "12.3456", "1.234.50", "100.0"])
def test_a_point_before_decimals_is_never_read_as_an_amount(text):
    amount = parse_amount(text)
    assert amount is None or (amount.value is None and amount.token is Token.UNCLEAR)


@pytest.mark.parametrize("text", ["0.123", "0.050", "01.234", "00.500"])
def test_no_group_of_thousands_begins_with_a_zero(text):
    amount = parse_amount(text)
    assert amount is None or amount.value is None


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u00a0", "€", "*", "¹", "Lasten", "Programma 1", "12 personen", "1-1-2023", "31-12-2024", "2024-2025",
        "2024/2025", "2025 e.v.", "art. 12", "12 mln", "€ 12 mln", "A", "IV.", "1e", "x 1.000",
    ],
)  # fmt: skip
def test_words_dates_and_spans_of_years_are_no_amounts(text):
    assert parse_amount(text) is None


def test_a_text_longer_than_any_amount_is_words():
    assert parse_amount("1" * 41) is None


@pytest.mark.parametrize(
    "text", ["0.1", "0.10", "0.61", "2.1", "6.71", "8.1.1", "01.02", "6a", "P1", "BBV-12", "A", "IV."]
)
def test_codes_are_codes_and_no_amounts(text):
    assert is_code(text)
    assert parse_amount(text) is None


@pytest.mark.parametrize("text", ["1", "12", "1.234", "6.711", "2025"])
def test_some_numbers_may_be_a_code_or_an_amount(text):
    assert is_code(text)
    assert parse_amount(text) is not None


@pytest.mark.parametrize(
    "text", ["12.345", "1.234.567", "Bestuur", "1,5", "-1", "0.1 Bestuur", "", "(1)", "123456789012345"]
)
def test_amounts_and_words_are_no_codes(text):
    assert not is_code(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1980", 1980),
        ("2025*", 2025),
        ("2025", 2025),
        (" 2069 ", 2069),
        ("2026 e.v.", 2026),
        ("2026 e. v.", 2026),
        ("2026 ev", 2026),
        ("2024 1)", 2024),
        ("2024 (2)", 2024),
        ("2024¹", 2024),
        ("2024¹⁾", 2024),
        ("2026 e.v.*", 2026),
    ],
)
def test_a_cell_with_a_year_is_that_year(text, year):
    assert parse_year(text) == year


@pytest.mark.parametrize(
    "text", ["", "1979", "2070", "202", "20255", "2.025", "2024-2025", "Begroting 2025", "-2025", "20241)", "2024 1"]
)
def test_other_cells_are_no_year(text):
    assert parse_year(text) is None


def test_a_mark_in_the_next_cell_makes_the_amount_negative_once():
    twelve, minus_twelve = parse_amount("12"), parse_amount("-12")
    assert twelve is not None
    assert minus_twelve is not None
    assert marked(twelve, "N", "12 N").value == -12
    assert marked(twelve, "V", "12 V").value == 12
    assert marked(minus_twelve, "N", "-12 N").value == -12
    assert marked(twelve, "N", "12 N").printed == "12 N"


def test_all_dashes_and_spaces_become_one_kind():
    assert plain("\u00a0a\u2212b\u202fc\u2013d\u00ad ") == "a-b c-d"


# ------------------------------------------------------------------------------------------------------ the inverse

cents = st.integers(0, 10**12)
SIGNS = ("-{}", "- {}", "{}-", "{} -", "({})", "-/- {}", "-/-{}", "\u2212{}", "{}\u2212", "\u2013 {}")
NADEEL = ("N {}", "{} N", "{}N")
POSITIVE = ("{}", "+{}", "V {}", "{} V", "{}V")
NOTES = ("", "*", " *", "\u00b9", " 1)", " (12)")


def grouped(digits, separator):
    head = len(digits) % 3 or 3
    return separator.join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))])


@st.composite
def printed_amounts(draw):
    """A number and one of the ways in which a Dutch document writes it."""
    places = draw(st.integers(0, 2))
    value = Decimal(draw(cents)).scaleb(-places)
    whole, _, decimals = f"{value:f}".partition(".")
    separator = draw(st.sampled_from([".", "", *SPACES]))
    text = (grouped(whole, separator) if separator else whole) + (f",{decimals}" if decimals else "")
    negative = draw(st.booleans())
    sign = draw(st.sampled_from(SIGNS + NADEEL if negative else POSITIVE))
    euro = draw(st.sampled_from(["", "€ ", "€", "EUR "]))
    inside = draw(st.booleans()) or sign in NADEEL or "V" in sign
    text = sign.format(euro + text) if inside else euro + sign.format(text)
    return (-value if negative else value), text + draw(st.sampled_from(NOTES))


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(printed_amounts())
@example((Decimal(-1234), "€ (1.234) 1)"))
def test_an_amount_in_any_notation_is_read_back(pair):
    value, text = pair
    amount = parse_amount(text)
    assert amount is not None, text
    assert (amount.value, amount.token) == (value, Token.NUMBER), text


@settings(max_examples=500, deadline=None, derandomize=True)
@given(printed_amounts())
def test_the_text_of_an_amount_is_kept_as_printed(pair):
    amount = parse_amount(f" {pair[1]} ")
    assert amount is not None
    assert amount.printed == pair[1].strip()


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789.,-–−€%()NV*¹ \u00a0/+xA", max_size=12))
def test_a_number_is_read_from_its_own_digits_and_from_nothing_else(text):
    amount = parse_amount(text)
    if amount is not None and amount.token is Token.NUMBER:
        assert amount.value is not None
        digits = "".join(c for c in text if c in "0123456789")
        read = "".join(map(str, amount.value.as_tuple().digits)).lstrip("0")
        assert digits.lstrip("0").startswith(read), text


# ------------------------------------------------------------------------------------------- the ledger's own count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Lasten en baten", 0),
        ("1.234", 1),
        ("1.234.567,89", 1),
        ("1.234 5.678", 2),
        ("Begroting 2025", 1),
        ("-", 1),
        ("\u2013 \u2212 -", 3),
        ("| - | 12 | - |", 3),
        ("-12", 1),
        ("12-", 1),
        ("(12)", 1),
        ("-/- 12", 1),
        ("Noord-Brabant", 0),
        ("a - b", 1),
        ("12%", 1),
        ("0.10", 2),
        ("n.v.t. pm", 0),
        ("1\n2\n\n3", 3),
    ],
)  # fmt: skip
def test_tokens_are_counted_without_any_notion_of_tables(text, count):
    assert count_tokens(text) == count


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["Lasten", "1.234", "-", "2025", "12,5", "(7)", "pm", "0.10", "€ 12"]), max_size=8))
def test_the_count_of_lines_is_the_count_of_their_text(lines):
    assert count_tokens("\n".join(lines)) == sum(count_tokens(line) for line in lines)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.integers(0, 10**13), st.integers(0, 99))
def test_an_amount_with_points_and_decimals_is_one_token(whole, decimals):
    assert count_tokens(f"{grouped(str(whole), '.')},{decimals:02}") == 1


@pytest.mark.parametrize("dash", "\u2015\u207b\ufe63\uff0d")
def test_every_dash_of_unicode_that_serves_as_minus_is_one(dash):
    assert parse_amount(f"{dash}1.234").value == Decimal(-1234)
    assert parse_amount(dash).token is Token.DASH


def test_marks_that_show_nothing_are_taken_out():
    assert without_unseen("\u200e1.\u2060234\ufeff") == "1.234"
    assert without_unseen("1\u00a0234") == "1\u00a0234"
