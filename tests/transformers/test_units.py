import pytest

from transformers.units import is_unit_only, unit_in, without_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Bedragen x € 1.000", 1000), ("(bedragen x €1.000)", 1000), ("bedragen * €1.000", 1000),
        ("Bedragen × € 1.000", 1000),
        ("€ x 1.000", 1000), ("bedragen x 1.000,-", 1000), ("In duizenden euro's", 1000),
        ("(Bedragen x EUR 1.000)", 1000),
        ("Bedragen * 1.000 euro", 1000), ("(in € 1.000)", 1000), ("Programma (x 1.000 euro)", 1000), ("x 1000", 1000),
        ("x € 1 mln", 1_000_000), ("Bedragen in miljoenen euro’s", 1_000_000), ("x € 1.000.000", 1_000_000),
        ("(bedragen x € 1 miljoen)", 1_000_000),
        ("Bedragen in euro's", 1), ("(bedragen in €)", 1), ("bedragen x € - = nadeel", 1), ("in hele euro's", 1),
        ("x € 1", 1),
        ("euro per inwoner", None), ("kosten in € per inwoner", None), ("Lasten 2025", None),
        ("Bedragen x €1 duizend", 1000), ("x € 1.000 miljoen", None), ("x € 1 miljard", None),
        ("Wij investeren 3 x € 1 miljoen in wegen", None), ("Subsidies vanaf 2 x € 1 miljoen", None),
        ("De stijging bedraagt in miljoenen euro 3,2", None), ("Programma 3 x € 1.000", 1000),
        ("In de tabel staan bedragen in miljoenen euro", 1_000_000), ("Lasten x € 1.000 per programma", 1000),
        ("Begroting 2026 x € 1.000 2027 2028", 1000), ("Saldo (in € 1.000) per jaar", 1000),
        ("Activa x € 1.000 31-12-2025 31-12-2024", 1000), ("Reserves x € 1.000 1 januari 31 december", 1000),
        ("Begroting '25 x € 1.000", 1000),
        ("Kosten (x €", None), ("Bedragen x €", None), ("(in €", None), ("Kosten (in € x", None), ("(x € 1", None),
        ("Bedragen in €", 1), ("Bedragen x € 1", 1), ("(bedragen x €)", 1), ("Bedragen in €*", 1),
        ("x 1.000 euro", 1000), ("Kosten x 1 mln euro", 1_000_000), ("Subsidies vanaf 3 x 1.000 euro", None),
        ("De bedragen in de tabellen zijn x € 1.000.", 1000), ("Alle bedragen staan in euro's vermeld.", 1),
        ("De bedragen in dit hoofdstuk zijn in duizenden euro's, tenzij anders aangegeven.", 1000),
        ("De bedragen zijn gestegen van 3 x € 1.000 naar 5 x € 1.000.", None), ("De subsidie is 3 x € 1.000.", None),
        ("De bedragen zijn in € 1.000 per inwoner.", None), ("De bedragen worden in euro uitgekeerd.", None),
        ("per 1.000 inwoners", None), ("€", None), ("(€)", None),
        ("Voor het onderhoud is over de jaren 2025-2026 € 1,5 miljoen nodig, waarvan 3% in het eerste jaar.", None),
    ],
)  # fmt: skip
def test_the_unit_is_read_where_it_is_stated_and_nowhere_else(text, unit):
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Bedragen x € 1.000", True),
        ("Bedragen", True),
        ("Lasten x € 1.000", False),
        ("Kosten", False),
        ("€", True),
        ("Bedragen x €", True),
        ("Kosten x €", False),
    ],
)
def test_a_cell_with_the_unit_alone_is_no_label(text, only):
    assert is_unit_only(text) is only


@pytest.mark.parametrize("unit", ["(in euro’s)", "(bedragen in duizenden euro's)", "( x € 1 mln. )", "(bedragen x €)"])
def test_nothing_of_the_unit_stays_in_a_title(unit):
    assert without_unit(f"Lasten ’s winters {unit}") == "Lasten ’s winters"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bedragen x € 1.000 (V = voordeel, N = nadeel)", ""),
        ("V = voordelig; N = nadelig", ""),
        ("(+ = voordeel / - = nadeel)", ""),
        ("Afwijkingen (- is nadelig)", "Afwijkingen"),
        ("Afwijkingen (bedragen x € 1.000; + = hogere lasten, -/- = lagere lasten)", "Afwijkingen"),
        ("Lasten en baten = begroting", "Lasten en baten = begroting"),
        ("Programma V: baten van de haven", "Programma V: baten van de haven"),
        ("Programma N: voordeel van groen", "Programma N: voordeel van groen"),
    ],
)
def test_what_the_signs_mean_is_no_title(text, left):
    assert without_unit(text) == left
