"""Tables of a page: columns, headings, rows, and what is no table."""

import pytest
from paper import Sheet, pdf, width

from extractors.pdf import extract_pdf
from extractors.pdf.letters import SLANTED, turn_of
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


def test_headings_that_end_where_their_numbers_do_may_stand_farther_above_them():
    sheet = Sheet()
    for number, label in enumerate(["Lasten", "Baten", "Saldo"]):
        sheet.row(100 + 14 * number, label, "1.100", "2.200", "3.300")
    sheet.row(64, "", "2024", "2025", "2026", bold=True)
    sheet.row(53, "Programma", "Rekening", "Begroting", "Begroting", bold=True)
    assert shown(tables(sheet)[0])[0][1:] == ["Rekening 2024", "Begroting 2025", "Begroting 2026"]


def test_a_table_goes_on_over_the_page_with_repeated_headings():
    found = tables(simple(Sheet(), 700), simple(Sheet(), 60))
    assert len(found) == 1
    assert {cell.page for row in found[0].rows for cell in row} == {1, 2}


def titled(*texts: str, start: float = 60) -> Sheet:
    """The simple table under some lines of text."""
    sheet = Sheet()
    for number, text in enumerate(texts):
        sheet.text(60, 30 + 20 * number, text)
    return simple(sheet, start + 20 * len(texts))


@pytest.mark.parametrize(("first", "second"), [
    ("Bestuur en ondersteuning", "Zorg en welzijn"),
    ("Programma 1", "Programma 2"),
    ("Programma 10", "Programma 11"),
    ("Paragraaf 5.2", "Paragraaf 5.3"),
    ("Tabel 3 Lasten", "Tabel 4 Lasten"),
])  # fmt: skip
def test_a_title_over_the_same_headings_on_the_next_page_opens_another_table(first, second):
    assert len(tables(titled(first, start=660), titled(second))) == 2


@pytest.mark.parametrize(("first", "second"), [
    ("Begroting 2026 - bladzijde 11", "Begroting 2026 - bladzijde 12"),
    ("Programma 1 Bestuur", "Programma 1 Bestuur"),
    ("Tabel 3 Lasten", "Vervolg van tabel 3"),
    ("Lasten naar soort", "12"),
    ("Lasten naar soort", "Pagina 12 van 300"),
])  # fmt: skip
def test_what_stands_on_each_page_parts_no_table(first, second):
    assert len(tables(titled(first, start=660), titled(second))) == 1


def test_what_ends_each_page_is_a_footer():
    def page(number: int) -> Sheet:
        sheet = simple(Sheet())
        sheet.text(72, 400, f"Toelichting {'abc'[number]}")
        sheet.text(72, 780, f"Programmabegroting 2026 | {number}")
        return sheet

    blocks = extract_pdf(pdf(*map(page, range(3)))).blocks
    assert [(block.text, block.is_apart) for block in blocks if isinstance(block, RawText)] == [
        text
        for number in range(3)
        for text in ((f"Toelichting {'abc'[number]}", False), (f"Programmabegroting 2026 | {number}", True))
    ]


def test_headers_of_left_and_right_pages_part_no_table():
    pages = [titled(("Begroting 2026", "Gemeente Oldambt")[number % 2], start=700) for number in range(4)]
    assert len(tables(*pages)) == 2, "of the first two pages none is known yet"


def test_a_label_that_begins_above_the_first_amounts_of_a_page_keeps_its_beginning():
    sheet = Sheet()
    for at, (upper, lower) in enumerate([("4.1 Openbaar", "basisonderwijs"), ("8.2 Grondexploitatie", "en verkoop")]):
        y = 60 + 34 * at
        sheet.right(200, y, upper)
        sheet.row(y + 6, "", "1.100", "2.200", "3.300")
        sheet.right(200, y + 12, lower)
    sheet.right(200, 130, "Totaal")
    sheet.row(130, "", "2.200", "4.400", "6.600")
    found = tables(simple(Sheet(), 700), sheet)
    assert [row[0] for row in shown(found[-1])][-3:] == [
        "4.1 Openbaar basisonderwijs",
        "8.2 Grondexploitatie en verkoop",
        "Totaal",
    ]


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


def sideways(rotate: int) -> Sheet:
    """The simple table, set so that it stands upright once the viewer has turned the page."""
    sheet = Sheet(wide=842, high=595, rotate=rotate)
    for y, row in zip((100, 114, 128, 142), SIMPLE, strict=True):
        for x, text in zip((60, 270, 340, 410), row, strict=True):
            place = f"0 1 -1 0 {y} {x}" if rotate == 90 else f"0 -1 1 0 {842 - y} {595 - x}"
            sheet.parts.append(f"BT /F1 9 Tf {place} Tm ({text}) Tj ET")
    return sheet


@pytest.mark.parametrize("rotate", [90, 270])
def test_a_page_that_the_viewer_turns_is_read_as_shown(rotate):
    table = tables(sideways(rotate))[0]
    x0, top, _, bottom = map(float, table.rows[1][0].locator.removeprefix("box=").split(","))
    assert shown(table) == SIMPLE
    assert abs(x0 - 60) < 1
    assert top < 114 < bottom


def test_text_that_runs_up_a_page_is_read_as_if_the_page_were_turned():
    sheet = sideways(90)
    sheet.rotate = 0
    assert shown(tables(sheet)[0]) == SIMPLE


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


@pytest.mark.parametrize(("size", "rise"), [(5, 0), (8.1, 4)])
def test_a_mark_of_a_note_is_small_or_high_enough_to_be_no_digit(size, rise):
    sheet = Sheet()
    sheet.row(86, "Lasten", "9.999", "8.888")
    place = f"{440 - width('7.777', 9)} {842 - 86}"
    sheet.parts.append(f"BT /F1 9 Tf {place} Td (7.777) Tj /F1 {size} Tf {rise} Ts (1) Tj 0 Ts ET")
    sheet.row(100, "Baten", "1.111", "2.222", "3.333")
    sheet.row(114, "Saldo", "8.888", "6.666", "4.444")
    assert shown(tables(sheet)[0])[0][-1].removesuffix(" 1)") == "7.777"


@pytest.mark.parametrize(
    ("word", "mark", "size", "rise", "label"),
    [
        ("Personeel", "1", 6, 3, "Personeel 1)"),
        ("Personeel", "12", 6, 3, "Personeel 12)"),
        ("Personeel", "1,2", 6, 3, "Personeel 1,2)"),
        ("(totaal)", "1", 6, 3, "(totaal) 1)"),
        ("Begroting 2025", "1", 6, 3, "Begroting 2025 1)"),
        ("Vloer km", "2", 6, 3, "Vloer km 2"),
        ("Uitstoot CO", "2", 6, -1, "Uitstoot CO 2"),
        ("Weg N279", "", 9, 0, "Weg N279"),
        ("Overig", "b", 6, 3, "Overig b)"),
        ("Overig", "b", 6, 0, "Overig b"),
        ("Rapportage 2", "e", 6, 3, "Rapportage 2e"),
    ],
)
def test_a_raised_digit_behind_the_word_of_a_label_is_the_mark_of_a_note(word, mark, size, rise, label):
    sheet = simple(Sheet())
    text = f"({word.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj"
    sheet.parts.append(f"BT /F1 9 Tf 60 {842 - 156} Td {text} /F1 {size} Tf {rise} Ts ({mark}) Tj 0 Ts ET")
    sheet.row(156, "", "9.999", "8.888", "7.777")
    assert shown(tables(sheet)[0])[-1] == [label, "9.999", "8.888", "7.777"]


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (((9, 0, "CO"), (6, -1, "2"), (9, 0, "-reductie")), "CO 2-reductie"),
        (((9, 0, "1"), (6, 3, "e"), (9, 0, " wijziging")), "1e wijziging"),
        (((9, 0, "De 3"), (6, 3, "de"), (9, 0, " ronde")), "De 3de ronde"),
        (((9, 0, "Wonen"), (6, 3, "c"), (9, 0, " en zorg")), "Wonen c) en zorg"),
        (((9, 0, "Lening"), (6, 3, "2"), (9, 0, " BNG")), "Lening 2) BNG"),
        (((9, 0, "Reserve"), (6, 3, "3\\)"), (9, 0, " wegen")), "Reserve 3) wegen"),
        (((9, 0, "Saldo 2025"), (9, 0, " -lasten")), "Saldo 2025 -lasten"),
    ],
)
def test_raised_and_lowered_letters_inside_a_label_part_no_words(parts, label):
    sheet = simple(Sheet())
    texts = " ".join(f"/F1 {size} Tf {rise} Ts ({text}) Tj" for size, rise, text in parts)
    sheet.parts.append(f"BT 60 {842 - 156} Td {texts} 0 Ts ET")
    sheet.row(156, "", "9.999", "8.888", "7.777")
    assert shown(tables(sheet)[0])[-1] == [label, "9.999", "8.888", "7.777"]


def test_a_small_digit_by_itself_is_the_mark_of_a_note():
    sheet = simple(Sheet())
    sheet.row(156, "Totaal", "9.999", "8.888", "7.777")
    sheet.text(440.1, 156, "1", 5)
    assert shown(tables(sheet)[0])[-1][-1] == "7.777 1)"


def test_spaces_between_the_thousands_of_negative_amounts_part_nothing():
    sheet = simple(Sheet())
    sheet.row(156, "Totaal", "9.999", "8.888")
    sheet.right(440, 156, "-1 234 567")
    assert shown(tables(sheet)[0])[-1][-1] == "-1 234 567"


def test_a_mark_that_the_file_has_before_its_number_stands_behind_it():
    sheet = Sheet()
    sheet.text(301, 111, "1)", 5)
    assert shown(tables(simple(sheet))[0])[1] == ["Lasten", "-1.234 1)", "-2.345", "-3.456"]


# --------------------------------------------------------------------------------------------------- minus above


def signed(step: float, *, rule: bool = False, label: str = "") -> list[list[str]]:
    sheet = simple(Sheet())
    sheet.row(170, "Resultaat", "-", "-", "-")
    if rule:
        sheet.rule(60, 170 + step / 2 - 2, 440, 170 + step / 2 - 2)
    sheet.row(170 + step, label, "7.035", "", "7.362")
    return shown(tables(sheet)[0])[4:]


def test_a_minus_on_the_line_above_its_number_belongs_to_it():
    assert signed(10) == [["Resultaat", "- 7.035", "-", "- 7.362"]]


def test_numbers_in_the_next_row_have_no_minus():
    rows = [["Resultaat", "-", "-", "-"], ["", "7.035", "", "7.362"]]
    assert signed(28) == rows
    assert signed(12, rule=True) == rows
    assert signed(10, label="Stand") == [rows[0], ["Stand", *rows[1][1:]]]


def test_a_number_under_a_number_is_no_part_of_it():
    sheet = simple(Sheet())
    sheet.row(170, "Resultaat", "-", "12", "-")
    sheet.row(180, "", "7.035", "7.100", "7.362")
    assert shown(tables(sheet)[0])[4:] == [["Resultaat", "-", "12", "-"], ["", "7.035", "7.100", "7.362"]]


# --------------------------------------------------------------------------------------------------- side by side


def beside(*, repeated: bool) -> list[list[list[str]]]:
    sheet = Sheet()
    other = ("Omschrijving", "2024", "2025") if repeated else ("Toelichting", "Besluit", "Effect")
    for y, left, right in (
        (100, ("Omschrijving", "2024", "2025"), other),
        (114, ("Wegen", "1.234", "2.345"), ("Bijstand", "456", "567")),
        (128, ("Groen", "234", "345"), ("Jeugd", "45", "56")),
        (142, ("Riool", "1.000", "2.000"), ("Sport", "7", "8")),
    ):
        sheet.row(y, *left, edges=(170, 220))
        sheet.text(260, y, right[0])
        sheet.row(y, "", *right[1:], edges=(400, 450))
    return [shown(table) for table in tables(sheet)]


def test_tables_beside_each_other_are_read_one_after_the_other():
    left, right = beside(repeated=True)
    assert left[1:] == [["Wegen", "1.234", "2.345"], ["Groen", "234", "345"], ["Riool", "1.000", "2.000"]]
    assert right[0] == ["Omschrijving", "2024", "2025"]
    assert right[3] == ["Sport", "7", "8"]


def test_words_between_the_columns_of_one_table_do_not_part_it():
    assert [len(table[1]) for table in beside(repeated=False)] == [6]


# --------------------------------------------------------------------------------------------------- at an angle


def test_a_word_across_a_table_is_no_part_of_it():
    sheet = Sheet()
    sheet.slanted(100, 160, "CONCEPT 12", 60, 30)
    document = extract_pdf(pdf(simple(sheet)))
    assert [shown(block) for block in closed(document).blocks if isinstance(block, RawTable)] == [SIMPLE]
    assert "".join(b.text for b in document.blocks if isinstance(b, RawText)).replace(" ", "") == "CONCEPT12"


@pytest.mark.parametrize(
    ("run", "rise", "turn"), [(1, 0.02, 0), (0.02, 1, 3), (-1, 0, 2), (0, -1, 1), (1, 0.6, SLANTED)]
)
def test_the_direction_of_a_text_gives_its_turn(run, rise, turn):
    assert turn_of(run, rise) == turn


# --------------------------------------------------------------------------------------------------- forms of numbers


def test_thousands_parted_by_a_space_are_one_number():
    sheet = simple(Sheet())
    sheet.row(156, "Reserve", "1 234 567", "12 345", "-1 200")
    assert shown(tables(sheet)[0])[4] == ["Reserve", "1 234 567", "12 345", "-1 200"]


def test_numbers_of_narrow_columns_are_not_joined():
    sheet = Sheet()
    edges = (300, 322, 344)
    sheet.row(100, "Jaarlijks", "Een", "Twee", "Drie", edges=edges)
    for y, label in ((114, "Wegen"), (128, "Groen"), (142, "Riool")):
        sheet.row(y, label, "12", "345", "678", edges=edges)
    assert [row[1:] for row in shown(tables(sheet)[0])[1:]] == [["12", "345", "678"]] * 3


def test_a_percentage_in_brackets_goes_with_its_number():
    sheet = simple(Sheet())
    sheet.row(156, "Aandeel", "12 (19,9%)", "3 (2%)", "4.200 (50,1%)")
    assert shown(tables(sheet)[0])[4] == ["Aandeel", "12 (19,9%)", "3 (2%)", "4.200 (50,1%)"]


def test_rows_may_be_named_by_years_where_words_stand_over_them():
    def table(*heads: str) -> list[RawTable]:
        sheet = Sheet()
        sheet.row(100, "", *heads, edges=(100, 200, 300, 400))
        for number in range(4):
            values = (f"{number + 3}1,5", f"{number + 2}2,4", f"{number + 1}3,3")
            sheet.row(114 + 14 * number, "", f"{2024 + number}", *values, edges=(100, 200, 300, 400))
        return tables(sheet)

    (found,) = table("", "Lasten", "Baten", "Saldo")
    assert shown(found)[1] == ["2024", "31,5", "22,4", "13,3"]
    assert shown(found)[0] == ["", "Lasten", "Baten", "Saldo"]
    assert table("", "", "", "") == []


def test_a_label_in_the_middle_of_its_ruled_rows_stands_before_all_of_them():
    sheet = Sheet()
    sheet.text(60, 100, "Programma", bold=True)
    sheet.text(170, 100, "Soort", bold=True)
    sheet.row(100, "", "2024", "2025", "2026", bold=True)
    sheet.rule(55, 104, 445, 104)
    for at in range(6):
        y = 116 + 14 * at
        sheet.text(170, y, ("Lasten", "Baten", "Saldo")[at % 3])
        sheet.row(y, "", f"{at + 1}.234", f"{at + 1}.345", f"{at + 1}.456")
        if at % 3 == 1:
            sheet.text(60, y, ("Bestuur", "Veiligheid")[at // 3])
        sheet.rule(55 if at % 3 == 2 else 165, y + 4, 445, y + 4)
    names = [row[0] for row in shown(tables(sheet)[0])[-6:]]
    assert names == ["Bestuur"] * 3 + ["Veiligheid"] * 3


def cycles(place: int, start: int = 0, words: tuple[str, ...] = ("Lasten", "Baten", "Saldo")) -> list[str]:
    """The labels of programmes of a table without rules, before rows of the same words again and again."""
    sheet = Sheet()
    sheet.text(60, 100, "Programma", bold=True)
    sheet.text(170, 100, "Soort", bold=True)
    sheet.row(100, "", "2024", "2025", "2026", bold=True)
    size = len(words)
    for at in range(start, start + 3 * size):
        y = 116 + 14 * (at - start)
        sheet.text(170, y, words[at % size])
        sheet.row(y, "", f"{at + 1}.234", f"{at + 1}.345", f"{at + 1}.456")
        if at % size == place:
            sheet.text(60, y, ("Bestuur", "Veiligheid", "Zorg", "Sport")[at // size])
    return [row[0] for row in shown(tables(sheet)[0])[-3 * size :]]


def test_a_label_in_the_middle_of_rows_that_come_again_stands_before_all_of_them():
    assert cycles(1) == ["Bestuur"] * 3 + ["Veiligheid"] * 3 + ["Zorg"] * 3


@pytest.mark.parametrize(("start", "words"), [(0, ("Lasten", "Baten", "Saldo")), (1, ("Lasten", "Baten"))])
def test_a_label_on_the_first_of_its_rows_stays_there(start, words):
    found = cycles(0, start, words)
    size = len(words)
    starts = range(start, start + 3 * size)
    assert found == [("Bestuur", "Veiligheid", "Zorg", "Sport")[at // size] if at % size == 0 else "" for at in starts]


def test_amounts_with_a_unit_of_their_own_stand_in_their_columns():
    sheet = Sheet()
    sheet.row(100, "Maatregel", "2024", "2025", "2026", bold=True)
    sheet.row(114, "Subsidies", "120k", "140k", "140k")
    sheet.row(128, "Personeel", "1,2 mln", "1,5 mln", "1,5 mln")
    sheet.row(142, "Overig", "50", "60", "60")
    assert shown(tables(sheet)[0])[1:3] == [
        ["Subsidies", "120k", "140k", "140k"],
        ["Personeel", "1,2 mln", "1,5 mln", "1,5 mln"],
    ]


def test_what_stands_outside_the_visible_page_is_not_read():
    sheet = simple(simple(Sheet()), 900)
    document = extract_pdf(pdf(sheet))
    assert [shown(block) for block in document.blocks] == [SIMPLE]
    assert document.token_count == extract_pdf(pdf(simple(Sheet()))).token_count


def test_first_rows_with_few_amounts_are_rows():
    sheet = Sheet()
    sheet.row(100, "Omschrijving", "2024", "2025", "2026", bold=True)
    for at, amounts in enumerate(
        [("1.234", "", ""), ("", "2.345", ""), ("3.456", "100", "200"), ("4.690", "2.445", "200")]
    ):
        sheet.row(114 + 14 * at, f"Lasten van taak {at}", *amounts)
    (found,) = tables(sheet)
    assert found.heading_rows == 1
    assert [row[1:] for row in shown(found)[1:3]] == [["1.234", "", ""], ["", "2.345", ""]]


def test_a_number_in_a_line_of_text_above_a_table_is_no_row_of_it():
    sheet = Sheet()
    sheet.text(60, 86, "Tabel 3")
    sheet.row(100, "Omschrijving", "2024", "2025", "2026", bold=True)
    for at in range(3):
        sheet.row(114 + 14 * at, f"Lasten van taak {at}", "1.234", "2.345", "3.456")
    (found,) = tables(sheet)
    assert len(found.rows) == 4


@pytest.mark.parametrize("mark", ["V", "N", "S", "J"])
def test_a_mark_behind_the_amount_of_each_row_hides_no_table(mark):
    sheet = Sheet()
    sheet.text(60, 60, "De lasten nemen in dit jaar toe, en de baten nemen in dit jaar af door lagere tarieven.")
    sheet.row(100, "Omschrijving", "Bedrag", "V/N", bold=True)
    for at in range(4):
        sheet.row(114 + 14 * at, f"Lasten van taak {'abcd'[at]}", f"{at + 2}45", mark)
    (found,) = tables(sheet)
    assert [row[1:3] for row in shown(found)[-4:]] == [[f"{at + 2}45", mark] for at in range(4)]
