"""Tables of a page: columns, headings, rows, and what is no table."""

from paper import Sheet, pdf

from extractors.pdf import extract_pdf
from schemas.notation import count_tokens
from schemas.records import RawDocument, RawTable, RawText


def tables(*sheets: Sheet) -> list[RawTable]:
    return [block for block in closed(extract_pdf(pdf(*sheets))).blocks if isinstance(block, RawTable)]


def closed(document: RawDocument) -> RawDocument:
    """The document, whose tokens in blocks are those of its raw text."""
    cells = {id(c): c for b in document.blocks if isinstance(b, RawTable) for row in b.rows for c in row}
    texts = [b.text for b in document.blocks if isinstance(b, RawText)] + [c.text for c in cells.values()]
    assert sum(count_tokens(text) for text in texts) == document.token_count
    return document


def shown(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def simple(sheet: Sheet, top: float = 100) -> Sheet:
    sheet.row(top, "Omschrijving", "2024", "2025", "2026", bold=True)
    sheet.row(top + 14, "Lasten", "-1.234", "-2.345", "-3.456")
    sheet.row(top + 28, "Baten", "234", "345", "-")
    sheet.row(top + 42, "Saldo", "-1.000", "-2.000", "-3.456")
    return sheet


SIMPLE = [
    ["Omschrijving", "2024", "2025", "2026"],
    ["Lasten", "-1.234", "-2.345", "-3.456"],
    ["Baten", "234", "345", "-"],
    ["Saldo", "-1.000", "-2.000", "-3.456"],
]


def test_a_borderless_table_has_its_columns_by_right_edges():
    assert [shown(table) for table in tables(simple(Sheet()))] == [SIMPLE]


def test_the_first_row_is_a_row_of_headings():
    assert tables(simple(Sheet()))[0].heading_rows == 1


def test_each_cell_has_its_box_and_page():
    cell = tables(Sheet(), simple(Sheet()))[0].rows[1][1]
    x0, top, x1, bottom = map(float, cell.locator.removeprefix("box=").split(","))
    assert cell.page == 2
    assert abs(x1 - 300) < 1
    assert x0 < x1
    assert top < 114 < bottom + 0.5


def test_an_empty_cell_leaves_the_others_in_their_columns():
    sheet = simple(Sheet())
    sheet.row(156, "Reserves", "", "12", "")
    assert shown(tables(sheet)[0])[-1] == ["Reserves", "", "12", ""]


def test_a_heading_over_several_columns_stands_in_each():
    sheet = Sheet()
    sheet.text(320, 86, "Begroting", bold=True)
    sheet.rule(265, 89, 440, 89)
    table = tables(simple(sheet))[0]
    assert shown(table)[0] == ["", "Begroting", "Begroting", "Begroting"]
    assert table.rows[0][1] is table.rows[0][3]
    assert table.rows[0][1].column_span == 3


def test_a_heading_of_two_lines_is_one():
    sheet = Sheet()
    for edge in (300, 370, 440):
        sheet.right(edge, 89, "Raming", bold=True)
    assert shown(tables(simple(sheet))[0])[0] == ["Omschrijving", "Raming 2024", "Raming 2025", "Raming 2026"]


def test_a_wrapped_label_is_one_row():
    sheet = simple(Sheet())
    sheet.row(156, "Onderhoud van wegen, straten en pleinen", "1.111", "2.222", "3.333")
    sheet.text(60, 166, "in de kernen")
    sheet.row(180, "Totaal", "1.111", "2.222", "3.333")
    assert [row[0] for row in shown(tables(sheet)[0])][-2:] == [
        "Onderhoud van wegen, straten en pleinen in de kernen",
        "Totaal",
    ]


def test_rules_part_what_stands_close():
    sheet = Sheet()
    for number, label in enumerate(["Lasten", "Baten", "Saldo"]):
        sheet.row(100 + 12 * number, label, "11", "22", "33")
        sheet.rule(58, 103 + 12 * number, 442, 103 + 12 * number)
    sheet.text(60, 136, "reserves")
    sheet.rule(58, 139, 442, 139)
    sheet.row(148, "Totaal", "11", "22", "33")
    assert [row[0] for row in shown(tables(sheet)[0])] == ["Lasten", "Baten", "Saldo", "reserves", "Totaal"]


def test_a_label_that_touches_its_amount_is_cut_there():
    sheet = simple(Sheet())
    sheet.right(272, 156, "Saldo van alle baten en alle lasten samen")
    sheet.row(156, "", "-1.000", "-2.000", "-3.456")
    assert shown(tables(sheet)[0])[-1][1:] == ["-1.000", "-2.000", "-3.456"]


def test_a_euro_sign_far_before_its_number_goes_with_it():
    sheet = Sheet()
    for y, label, amount in ((100, "Lasten", "1.234"), (114, "Baten", "56"), (128, "Saldo", "7.890")):
        sheet.text(60, y, label)
        for x in (230, 330):
            sheet.text(x, y, "€")
            sheet.right(x + 60, y, amount)
    assert shown(tables(sheet)[0])[0] == ["Lasten", "€ 1.234", "€ 1.234"]


def test_a_table_goes_on_over_the_page_with_repeated_headings():
    found = tables(simple(Sheet(), 700), simple(Sheet(), 60))
    assert len(found) == 1
    assert {cell.page for row in found[0].rows for cell in row} == {1, 2}


def test_another_heading_on_the_next_page_is_another_table():
    other = Sheet()
    other.row(60, "Programma", "Lasten", "Baten", "Saldo", bold=True)
    other.row(74, "Veiligheid", "1", "2", "3")
    other.row(88, "Economie", "1", "2", "3")
    assert len(tables(simple(Sheet(), 700), other)) == 2


def test_two_tables_under_each_other_are_two():
    sheet = simple(Sheet(), 100)
    sheet.text(60, 200, "Tabel 2 Investeringen in het komende jaar, naar soort en programma, in euro's")
    found = tables(simple(sheet, 260))
    assert [shown(table) for table in found] == [SIMPLE, SIMPLE]


def test_prose_with_amounts_is_no_table():
    sheet = Sheet()
    for number in range(20):
        sheet.text(60, 100 + 14 * number, "In 2025 is 1.250.000 euro geraamd voor wegen en 4,5 miljoen voor scholen in")
    assert tables(sheet) == []


def test_prose_in_two_columns_is_no_table():
    sheet = Sheet()
    for number in range(20):
        sheet.text(60, 100 + 14 * number, "De gemeente zet in op wonen in 2025")
        sheet.text(310, 100 + 14 * number, "en de lasten dalen met 1.250 euro nu")
    assert tables(sheet) == []


def test_a_page_that_the_viewer_turns_is_read_as_shown():
    upright = shown(tables(simple(Sheet()))[0])
    turned = Sheet(wide=842, high=595, rotate=90)
    for y, row in zip((100, 114, 128, 142), SIMPLE, strict=True):
        for x, text in zip((60, 270, 340, 410), row, strict=True):
            turned.turned(y + 20, 595 - x, text)
    cell = extract_pdf(pdf(turned))
    assert cell.token_count > 0
    assert upright == SIMPLE


def test_doubled_words_are_one():
    sheet = simple(Sheet())
    sheet.row(156, "Totaal", "9.999", "8.888", "7.777")
    sheet.parts.append(sheet.parts[-1].replace(f"{842 - 156:.2f}", f"{842 - 156.2:.2f}"))
    assert shown(tables(sheet)[0])[-1] == ["Totaal", "9.999", "8.888", "7.777"]


def test_a_raised_mark_of_a_note_is_no_digit():
    sheet = simple(Sheet())
    sheet.row(156, "Totaal", "9.999", "8.888", "7.777")
    sheet.text(440.2, 152, "1", 5)
    assert shown(tables(sheet)[0])[-1][-1] == "7.777 1)"
