"""The second reader: lines, columns by white space, signs and marks, and what it can't read."""

import io
from pathlib import Path

import pdfplumber
import pytest
from paper import Sheet, pdf

from extractors.pdf.second import read_again
from extractors.pdf.second_chars import chars_of
from schemas.records import Region

SAMPLES = Path(__file__).parents[3] / "sample_inputs"
WHOLE = Region(1, 0, 842)


def reading(*sheets, regions=(WHOLE,)):
    return read_again(pdf(*sheets), [regions])[0]


def cells(found):
    return [[(cell.column, cell.text) for cell in row.cells] for row in found.rows if row.cells]


def simple():
    sheet = Sheet()
    sheet.row(114, "Lasten", "-1.234", "-2.345", "-3.456")
    sheet.row(128, "Baten en meer", "234", "", "-")
    sheet.row(142, "Saldo", "-1.000", "-2.000", "-3.456")
    return sheet


def test_columns_are_what_white_space_parts():
    assert cells(reading(simple())) == [
        [(0, "-1.234"), (1, "-2.345"), (2, "-3.456")],
        [(0, "234"), (2, "-")],
        [(0, "-1.000"), (1, "-2.000"), (2, "-3.456")],
    ]


def test_words_beside_the_amounts_are_kept_with_their_places():
    words = reading(simple()).rows[1].words
    assert [word.text for word in words] == ["Baten", "en", "meer"]
    x0, top, x1, bottom = words[0].box
    assert abs(x0 - 60) < 1
    assert top < 126 < bottom
    assert x0 < x1


def test_only_the_region_is_read():
    assert len(reading(simple(), regions=(Region(1, 118, 132),)).rows) == 1


def test_a_table_over_two_pages_has_the_rows_of_both():
    found = reading(simple(), simple(), regions=(WHOLE, Region(2, 0, 842)))
    assert [row.page for row in found.rows] == [1, 1, 1, 2, 2, 2]


def test_tables_are_answered_in_their_order_whatever_their_pages():
    other = Sheet()
    other.row(100, "Ander", "7.777")
    first, second = read_again(pdf(simple(), other), [[Region(2, 0, 842)], [WHOLE]])
    assert cells(first) == [[(0, "7.777")]]
    assert len(cells(second)) == 3


def test_letters_printed_twice_count_once():
    sheet = simple()
    sheet.row(156, "Vet", "1.111", "2.222", "3.333")
    sheet.text(60.3, 156, "Vet")
    sheet.right(300.3, 156, "1.111")
    assert cells(reading(sheet))[-1] == [(0, "1.111"), (1, "2.222"), (2, "3.333")]
    assert [word.text for word in reading(sheet).rows[-1].words] == ["Vet"]


def test_signs_and_marks_belong_to_their_numbers():
    sheet = Sheet()
    for y, numbers in ((100, ("1.234 N", "(55)", "- 7")), (114, ("88 V", "4.321", "12,5 %"))):
        for edge, text in zip((300, 370, 440), numbers, strict=True):
            sheet.right(edge, y, text)
    assert cells(reading(sheet)) == [
        [(0, "1.234 N"), (1, "(55)"), (2, "-7")],
        [(0, "88 V"), (1, "4.321"), (2, "12,5 %")],
    ]


def test_a_raised_mark_of_a_note_is_no_digit():
    sheet = simple()
    sheet.text(300.5, 110.5, "1", 5)
    assert cells(reading(sheet))[0][0] == (0, "-1.234")


def test_a_number_inside_words_is_no_amount_of_a_column():
    sheet = simple()
    sheet.text(60, 156, "Dorpsstraat 6 te Wegen")
    assert [word.text for word in reading(sheet).rows[-1].words] == ["Dorpsstraat", "6", "te", "Wegen"]


def test_dashes_that_stand_apart_belong_to_the_numbers_of_their_column():
    sheet = Sheet()
    for y in (100, 114):
        sheet.row(y, "Wegen", "1.234", "2.345")
    sheet.text(270, 128, "-")
    assert cells(reading(sheet))[-1] == [(0, "-")]


def test_a_number_that_reaches_over_the_white_space_makes_no_column_of_two():
    sheet = Sheet()
    for y in range(100, 300, 14):
        sheet.row(y, "Wegen", "111", "2.345", edges=(300, 340))
    sheet.row(310, "Totaal", "", "1.112.345.678", edges=(300, 340))
    found = cells(reading(sheet))
    assert found[0] == [(0, "111"), (1, "2.345")]
    assert found[-1] == [(1, "1.112.345.678")]


def test_a_turned_page_gives_places_as_a_viewer_shows_them():
    sheet = simple()
    sheet.rotate = 90
    found = reading(sheet)
    assert cells(found)[0] == [(0, "-1.234"), (1, "-2.345"), (2, "-3.456")]
    x0, top, x1, bottom = found.rows[0].cells[0].box
    assert (abs(842 - 114 - x0) < 10, abs(300 - bottom) < 1, x0 < x1, top < bottom) == (True, True, True, True)


def test_a_word_printed_askew_is_not_read():
    sheet = simple()
    sheet.parts.append("BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 650 Tm (CONCEPT) Tj ET")
    assert cells(reading(sheet)) == cells(reading(simple()))


@pytest.mark.parametrize(
    ("content", "regions"),
    [(b"%PDF-1.4 nothing", [WHOLE]), (pdf(Sheet()), [WHOLE]), (pdf(simple()), [Region(9, 0, 842)])],
    ids=["damaged", "empty page", "no such page"],
)
def test_what_can_not_be_read_says_so(content, regions):
    (found,) = read_again(content, [regions])
    assert found.rows == ()
    assert found.message


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("pdf-*")))
def test_the_letters_are_those_of_pdfplumber(name):
    content = (SAMPLES / name / "source.pdf").read_bytes()
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            theirs = [
                (char["text"], round(char["x0"], 1), round(char["top"], 1))
                for char in page.chars
                if min(map(abs, char["matrix"][:2])) < 0.01
            ]
            ours = [(char.text, round(char.box[0], 1), round(char.box[1], 1)) for char in chars_of(page, -1e4, 1e4)]
            assert sorted(ours) == sorted(theirs)


def test_content_that_the_quick_way_does_not_know_is_left_to_the_engine():
    sheet = simple()
    sheet.parts.append("BT /F1 9 Tf 60 600 Td (een (twee) drie) Tj ET")
    assert [word.text for word in reading(sheet).rows[-1].words] == ["een", "(twee)", "drie"]


def test_a_picture_inside_the_content_is_passed_over():
    sheet = simple()
    sheet.parts.insert(0, "q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID ( EI Q")
    assert cells(reading(sheet)) == cells(reading(simple()))
