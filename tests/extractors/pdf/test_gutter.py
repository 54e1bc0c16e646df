"""Pages of text in two columns with a table in one of them, and tables with a column of text."""

import pytest
from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from schemas.records import RawTable

PROSE = "De gemeente werkt verder aan de opgaven in de regio"
ROWS = [["Onderdeel", "2024", "2025"], ["Personeel", "3.967", "5.069"], ["Materieel", "6.589", "7.945"],
        ["Subsidies", "1.576", "1.189"], ["Totaal", "12.132", "14.203"]]  # fmt: skip


def prose(sheet: Sheet, x: float, tops: range) -> None:
    for y in tops:
        sheet.text(x, y, PROSE)


def table(sheet: Sheet, x: float, top: float) -> None:
    for at, (label, *amounts) in enumerate(ROWS):
        sheet.text(x, top + 14 * at, label)
        for edge, amount in zip((x + 150, x + 210), amounts, strict=True):
            sheet.right(edge, top + 14 * at, amount)


def found(sheet: Sheet) -> list[list[list[str]]]:
    blocks = extract_pdf(pdf(sheet)).blocks
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, RawTable)]


@pytest.mark.parametrize("offset", [0, 3], ids=["on the lines of the text", "between the lines of the text"])
@pytest.mark.parametrize(("own", "other"), [(330, 50), (50, 330)], ids=["right", "left"])
def test_a_table_in_one_column_is_read_without_the_text_in_the_other(own, other, offset):
    sheet = Sheet()
    prose(sheet, other, range(100, 320, 11))
    prose(sheet, own, range(100, 140, 11))
    table(sheet, own, 166 + offset)
    assert found(sheet) == [ROWS]


def test_the_text_of_the_left_column_comes_before_that_of_the_right_one():
    sheet = Sheet()
    prose(sheet, 50, range(100, 320, 11))
    table(sheet, 330, 144)
    blocks = extract_pdf(pdf(sheet)).blocks
    assert isinstance(blocks[-1], RawTable)


def test_text_that_explains_each_row_is_a_column_of_the_table():
    sheet = Sheet()
    for at, (label, *amounts) in enumerate(ROWS):
        y = 100 + 36 * at
        sheet.row(y, label, *amounts, amounts[0], edges=(170, 220, 270))
        if at:
            prose(sheet, 290, range(y, y + (80 if label == "Totaal" else 20), 11))
    for x in (50, 180, 280, 570):
        sheet.rule(x, 90, x, 330)
    sheet.text(50, 500, f"{PROSE} en {PROSE.lower()}")
    table(sheet, 50, 540)
    rows = found(sheet)[0]
    assert [row[:3] for row in rows if row[1]] == ROWS
    assert all(row[4].startswith(PROSE) for row in rows[1:])


def test_long_labels_before_numbers_are_labels():
    sheet = Sheet()
    for at, (_, *amounts) in enumerate(ROWS[1:]):
        prose(sheet, 60, range(120 + 44 * at, 150 + 44 * at, 11))
        sheet.row(120 + 44 * at, "", *amounts, edges=(400, 460))
    (rows,) = found(sheet)
    assert [row[1:] for row in rows if row[1]] == [row[1:] for row in ROWS[1:]]
    assert all(row[0].startswith(PROSE) for row in rows)
