import re
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from publishers import checksums, workbooks, xlsx_file
from publishers.content import content_of
from publishers.frames import frame_of
from publishers.order import ordered
from publishers.release import verify, write_files
from publishers.xlsx_words import COLUMNS, LINES, VALUES
from schemas.contract import ALL_TABLES, BUDGET_LINES
from tests.publishers.release_rows import lines_of, rows_of, written

HOSTILE = [
    *("=1+1", "+31 6", "-/- 12", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "https://x.nl/?a=<b>&c", "{=1}"),
    *("0.10", "1e5", '<row r="1">', "a\x0bb\x00c\ufffe", "x" * 40_000),
]
CODES = [{"taakveld_code": "0.1"}, {"taakveld_code": "0.10"}, {"taakveld_code": "0.61"}]
PLACE = "by_publisher/gm1895/2026/gm1895-2026.xlsx"


def frames_of(lines, **document):
    return content_of(rows_of(lines, **document)).frames


def workbook(tmp_path, lines, **document):
    xlsx_file.write(frames_of(lines, **document), tmp_path / "a.xlsx")
    return openpyxl.load_workbook(tmp_path / "a.xlsx")


def column(book, heading, sheet=LINES):
    cells = list(book[sheet].iter_rows())
    at = next(n for n, cell in enumerate(cells[0]) if cell.value == heading)
    return [row[at] for row in cells[1:]]


def test_amounts_are_numbers_and_codes_texts(tmp_path):
    amounts = [{"amount_eur": amount} for amount in (Decimal("1234567.89"), Decimal("-0.05"), None)]
    book = workbook(tmp_path, lines_of(*(one | code for one, code in zip(amounts, CODES, strict=True))))
    assert [cell.value for cell in column(book, "Bedrag in euro")] == [1234567.89, -0.05, None]
    assert [cell.data_type for cell in column(book, "Bedrag in euro")][:2] == ["n", "n"]
    codes = column(book, "Taakveld")
    assert [(cell.value, cell.data_type, cell.number_format) for cell in codes] == [
        (code, "s", "@") for code in ("0.1", "0.10", "0.61")
    ]
    assert [cell.value for cell in column(book, "Boekjaar")] == [2026] * 3
    assert [cell.value for cell in column(book, "Zoals afgedrukt")] == ["1.234"] * 3


def test_each_figure_has_its_place_though_texts_and_web_pages_have_no_pages(tmp_path):
    places = ["line=12", "table=2;row=3;cell=4"]
    book = workbook(tmp_path, lines_of(*({"page": None, "locator": place} for place in places)))
    assert [cell.value for cell in column(book, "Plaats in het document")] == places


def test_no_text_of_a_document_is_a_formula_or_a_link(tmp_path):
    book = workbook(tmp_path, lines_of(*({"line_label": text} for text in HOSTILE)), title="=cmd|' /C calc'!A0")
    cells = column(book, "Regel")
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    shown = [re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), cell.value) for cell in cells]
    assert shown[:-1] == HOSTILE[:-1]
    assert shown[-1] == "x" * 32_766 + "…"
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    with ZipFile(tmp_path / "a.xlsx") as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist())


def test_the_first_sheet_says_in_dutch_what_it_is_and_explains_every_column(tmp_path):
    book = workbook(tmp_path, lines_of({}))
    guide = book.worksheets[0]
    assert guide.title == "Leeswijzer"
    assert guide["A1"].value == "gemeente Oldambt, begrotingsdocumenten van 2026"
    shown = [cell.value for row in guide.iter_rows() for cell in row if cell.value]
    for sheet, columns in COLUMNS.items():
        assert any(text.startswith(f"{sheet}: kolom") for text in shown)
        assert {heading for _, heading, _ in columns} <= set(shown)


def test_every_sheet_has_its_headings_frozen_above_one_row_for_each_of_its_table(tmp_path):
    book = workbook(tmp_path, lines_of({}, {}, {}))
    assert book.sheetnames == ["Leeswijzer", *COLUMNS]
    for sheet, rows in zip(COLUMNS, (3, 1, 1, 1), strict=True):
        assert book[sheet].freeze_panes == "A2"
        assert book[sheet].max_row == rows + 1
        assert [cell.value for cell in book[sheet][1]] == [heading for _, heading, _ in COLUMNS[sheet]]


def test_every_column_is_one_of_the_contract_and_every_translated_value_one_of_its_lists():
    tables = {table.name: {field.name: field for field in table.fields} for table in ALL_TABLES}
    for name, sheet in xlsx_file.SHEETS.items():
        assert {column for column, _, _ in COLUMNS[sheet]} <= set(tables[name])
    listed = {value for fields in tables.values() for field in fields.values() for value in field.enum}
    assert {value for words in VALUES.values() for value in words} <= listed


def test_values_of_lists_are_in_dutch_and_dates_are_dates(tmp_path):
    lines = lines_of({"stage": "begroting_na_wijziging", "is_total": True, "proof": "contradicted"})
    book = workbook(tmp_path, lines, status_date=date(2025, 11, 6))
    assert [column(book, name)[0].value for name in ("Stadium", "Is een totaal", "Bewijs")] == [
        "begroting na wijziging",
        "ja",
        "klopt niet zoals afgedrukt",
    ]
    assert column(book, "Datum besluit", "Documenten")[0].value.date() == date(2025, 11, 6)


def test_the_same_rows_give_the_same_bytes_whenever_they_are_written(tmp_path):
    frames = frames_of(lines_of(*CODES))
    xlsx_file.write(frames, tmp_path / "a.xlsx")
    xlsx_file.write(frames, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with ZipFile(tmp_path / "a.xlsx") as file:
        assert {info.date_time[0] for info in file.infolist()} == {1980}
        assert b"2000-01-01T00:00:00Z" in file.read("docProps/core.xml")


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx_file, "_ROWS", 2)
    book = workbook(tmp_path, lines_of({}, {}, {}, {}, {}))
    assert [book[name].max_row - 1 for name in ("Cijfers", "Cijfers 2", "Cijfers 3")] == [2, 2, 1]
    assert xlsx_file.row_counts(tmp_path / "a.xlsx") == [5, 1, 1, 1]


def test_processes_write_the_same_bytes(tmp_path, monkeypatch):
    for name, threshold in (("one", 10**9), ("several", 0)):
        monkeypatch.setattr(workbooks, "_WORTH_PROCESSES", threshold)
        rows = rows_of()
        other = {"document_id": "b", "source_id": "b", "document_year": 2025, "line_count": 0}
        rows["documents"].append(rows["documents"][0].__class__(**{**_values(rows["documents"][0]), **other}))
        (tmp_path / name).mkdir()
        write_files(content_of(rows), tmp_path / name, processes=2)
    for place in (PLACE, "by_publisher/gm1895/2025/gm1895-2025.xlsx"):
        assert (tmp_path / "one" / place).read_bytes() == (tmp_path / "several" / place).read_bytes()


def _values(record):
    return {name: getattr(record, name) for name in record.__slots__}


def test_a_table_without_rows_is_a_sheet_with_headings(tmp_path):
    frames = dict(frames_of(lines_of({}))) | {"budget_lines": frame_of(BUDGET_LINES, [])}
    xlsx_file.write(ordered(frames), tmp_path / "a.xlsx")
    assert xlsx_file.row_counts(tmp_path / "a.xlsx")[0] == 0


# ------------------------------------------------------------------------------------------------- reading back


def test_a_workbook_that_is_missing_damaged_or_of_other_rows_is_found_though_the_sums_are_right(tmp_path):
    folder = written(tmp_path / "release")
    whole = (folder / PLACE).read_bytes()
    xlsx_file.write(frames_of(lines_of({}, {})), folder / PLACE)
    checksums.write(folder)
    assert verify(folder) == [f"{PLACE} has not the rows of its part"]
    (folder / PLACE).write_bytes(whole[:-100])
    checksums.write(folder)
    assert len(verify(folder)) == 1
    (folder / PLACE).unlink()
    checksums.write(folder)
    assert verify(folder) == [f"{PLACE} is missing"]


@pytest.mark.parametrize("digit", [b"PK\x03\x04", b""])
def test_a_file_that_is_no_workbook_is_found(tmp_path, digit):
    folder = written(tmp_path / "release")
    (folder / PLACE).write_bytes(digit)
    checksums.write(folder)
    assert len(verify(folder)) == 1
