"""Minus signs at the left side of their cells go with their amounts; a column of zeros is none of signs."""

from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from schemas.records import RawTable

AMOUNTS = (("Lasten", "4.512.310", "4.620.000"), ("Baten", "281.000", "290.000"), ("Saldo", "4.231.310", "4.330.000"))


def shown(sheet: Sheet) -> list[list[str]]:
    (table,) = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    return [[cell.text for cell in row] for row in table.rows]


def accounted(*signed: int) -> Sheet:
    """A table whose cells begin at 220 and 330; in some rows all amounts are negative."""
    sheet = Sheet()
    sheet.row(100, "Omschrijving", "Rekening 2024", "Begroting 2025", edges=(310, 420))
    for at, (label, *amounts) in enumerate(AMOUNTS):
        sheet.row(114 + 14 * at, label, *amounts, edges=(310, 420))
        if at in signed:
            sheet.text(222, 114 + 14 * at, "-")
            sheet.text(332, 114 + 14 * at, "-")
    return sheet


def test_a_minus_at_the_left_side_goes_with_its_amount():
    assert shown(accounted(0, 2)) == [
        ["Omschrijving", "Rekening 2024", "Begroting 2025"],
        ["Lasten", "- 4.512.310", "- 4.620.000"],
        ["Baten", "281.000", "290.000"],
        ["Saldo", "- 4.231.310", "- 4.330.000"],
    ]


def test_a_minus_at_one_distance_before_amounts_of_several_widths_goes_with_them():
    sheet = Sheet()
    sheet.row(100, "Omschrijving", "Rekening 2024", "Begroting 2025", edges=(310, 420))
    for at, (label, amount, place) in enumerate(
        (("Lasten", "4.512", 278), ("Baten", "281", 286), ("Saldo", "31", 291))
    ):
        sheet.row(114 + 14 * at, label, amount, "1.234", edges=(310, 420))
        sheet.text(place, 114 + 14 * at, "-")
    assert [row[1] for row in shown(sheet)[1:]] == ["- 4.512", "- 281", "- 31"]


def test_a_column_of_zeros_under_its_heading_is_a_column():
    sheet = Sheet()
    sheet.row(100, "Omschrijving", "2024", "2025", "2026")
    for at, label in enumerate(("Lasten", "Baten", "Saldo")):
        sheet.row(114 + 14 * at, label, "1.234", "-", "2.345")
    assert shown(sheet)[1] == ["Lasten", "1.234", "-", "2.345"]


def test_without_headings_nothing_is_joined():
    sheet = Sheet()
    for at, label in enumerate(("Lasten", "Baten", "Saldo")):
        sheet.row(114 + 14 * at, label, "1.234", "-", "2.345")
    assert shown(sheet)[0] == ["Lasten", "1.234", "-", "2.345"]
