import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import extract_text
from schemas.errors import DocumentError
from schemas.notation import Token, count_tokens, parse_amount
from schemas.records import Form, RawTable, RawText

WORDS = st.sampled_from(("Bestuur", "Overhead", "Sport en cultuur", "Wegen", "Lasten", "Baten"))
AMOUNTS = st.integers(1, 999_999).map(lambda n: f"{n:,}".replace(",", "."))
ROWS = st.lists(st.tuples(WORDS, st.lists(AMOUNTS, min_size=3, max_size=3)), min_size=2, max_size=9)


def tables_of(text):
    return [block for block in extract_text(text.encode()).blocks if isinstance(block, RawTable)]


def cells_of(table):
    return [[cell.text for cell in row] for row in table.rows]


def accounted(document):
    total = 0
    for block in document.blocks:
        texts = [block.text] if isinstance(block, RawText) else [cell.text for row in block.rows for cell in row]
        total += sum(map(count_tokens, texts))
    return total


@given(ROWS, st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]))
def test_flattened_rows_come_back_cell_by_cell_in_their_order(rows, between):
    cells = [text for label, amounts in rows for text in (label, *amounts)]
    tables = tables_of(between.join(cells))
    assert [table.form for table in tables] == [Form.STREAM]
    assert [row[0] for row in cells_of(tables[0])] == cells


@given(ROWS)
def test_rows_on_a_line_come_back_with_their_amounts(rows):
    tables = tables_of("\n".join(" ".join([label, *amounts]) for label, amounts in rows))
    assert [table.form for table in tables] == [Form.ROWS]
    assert cells_of(tables[0]) == [[label, *amounts] for label, amounts in rows]


@given(ROWS)
def test_rows_with_pipes_come_back_cell_by_cell(rows):
    text = "\n".join("| " + " | ".join([label, *amounts]) + " |" for label, amounts in rows)
    tables = tables_of(text)
    assert [table.form for table in tables] == [Form.GRID]
    assert cells_of(tables[0]) == [[label, *amounts] for label, amounts in rows]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=400))
def test_no_token_of_any_text_is_lost(text):
    try:
        document = extract_text(text.encode())
    except DocumentError:
        return
    assert accounted(document) == document.token_count


def test_a_heading_broken_inside_a_cell_is_one_cell_between_empty_lines():
    text = "REKENING\n2018\n\nBEGROTING\n2019\n\nBestuur\n\n1.234\n\n2.345\n"
    assert cells_of(tables_of(text)[0])[0] == ["REKENING\n2018"]


def test_a_row_with_pipes_broken_over_lines_is_one_row():
    text = "P1 | Weg | 600 | 40 |\nP1 |\nHooipolder oost |\n700 | 40 |\nP2 | Brug | 500 | 20 |\n"
    assert cells_of(tables_of(text)[0])[1] == ["P1", "Hooipolder oost", "700", "40"]


def test_amounts_glued_together_are_parted_at_their_thousands():
    tables = tables_of("Lasten3.3702.7885.99110.514\nBaten54.48043.00642.78445.922\n")
    assert cells_of(tables[0])[0] == ["Lasten", "3.370", "2.788", "5.991", "10.514"]


def test_n_and_v_stay_with_the_amounts_they_belong_to():
    tables = tables_of("Bestuur N 31.393 N 31.682\nVeiligheid N 7.047 V 8.450\n")
    assert cells_of(tables[0])[1] == ["Veiligheid", "N 7.047", "V 8.450"]


def test_each_cell_keeps_its_line():
    table = tables_of("Lasten\n1.234\n2.345\nBaten\n534\n745")[0]
    assert [row[0].locator for row in table.rows] == [f"line={n}" for n in range(1, 7)]


def test_sentences_with_amounts_are_no_table():
    text = "In 2025 is € 85.000 beschikbaar voor de nieuwe balie.\nHet plan kost ongeveer € 1,2 miljoen per jaar.\n"
    assert not tables_of(text)


def test_forms_that_follow_each_other_on_a_page_are_tables_of_their_own():
    rows = "Lasten 7.912 8.145\nBaten 4.469 4.469\nSaldo 3.443 3.676"
    stream = "Wegen\n1.100\n1.200\nGroen\n2.100\n2.200\nLicht\n3.100\n3.200"
    pipes = "A | 1.000 | 2.000 |\nB | 1.500 | 2.500 |"
    forms = [table.form for table in tables_of(f"{rows}\n\n{stream}\n\n{pipes}\n")]
    assert forms == [Form.ROWS, Form.STREAM, Form.GRID]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_charsets_that_occur(charset):
    table = next(
        b for b in extract_text("Financiën € \n1.234\n2.345\n".encode(charset)).blocks if isinstance(b, RawTable)
    )
    assert table.rows[0][0].text == "Financiën €"


@pytest.mark.parametrize(("content", "reason"), [(b" \n\n", "empty"), (bytes(range(256)) * 40, "not_text")])
def test_what_is_no_text_is_refused_with_a_reason(content, reason):
    with pytest.raises(DocumentError) as error:
        extract_text(content)
    assert error.value.reason == reason


def flattened(*rows):
    return cells_of(tables_of("\n".join(rows))[0])


def test_a_minus_on_a_line_of_its_own_goes_with_its_amount_where_the_row_would_be_too_long():
    lines = ["Lasten", "1.234", "1.300", "Baten", "1.000", "1.100", "Saldo", "-", "234", "-", "200"]
    assert flattened(*lines)[-3:] == [["Saldo"], ["- 234"], ["- 200"]]
    zeros = ["Lasten", "1.234", "1.300", "Baten", "1.000", "1.100", "Saldo", "-", "234"]
    assert flattened(*zeros)[-3:] == [["Saldo"], ["-"], ["234"]]


@pytest.mark.parametrize("gap", ["   ", " "])
def test_a_minus_apart_from_its_amount_in_a_row_goes_with_it(gap):
    rows = [["Lasten", "1.234", "1.300"], ["Baten", "1.000", "1.100"], ["Rest", "-", "30"], ["Saldo", "- 234", "- 200"]]
    cells = flattened(*map(gap.join, rows))
    assert [[text.replace("\u00a0", " ") for text in row] for row in cells] == rows


def test_what_stands_between_wide_gaps_or_holds_hard_spaces_is_one_number():
    wide = flattened("Lasten   1 234   1 300", "Baten   900   12 000", "Saldo   - 234   -200")
    assert wide == [
        ["Lasten", "1\u00a0234", "1\u00a0300"],
        ["Baten", "900", "12\u00a0000"],
        ["Saldo", "-\u00a0234", "-200"],
    ]
    assert flattened("Lasten 1\u00a0234 900", "Baten 800 20") == [
        ["Lasten", "1\u00a0234", "900"],
        ["Baten", "800", "20"],
    ]
    assert flattened("Lasten\u00a012\u00a0234", "Baten\u00a013\u00a0900") == [
        ["Lasten", "12", "234"],
        ["Baten", "13", "900"],
    ]


def test_spaces_between_thousands_leave_amounts_that_are_unclear():
    rows = flattened("Lasten 1 234 1 300 1 400", "Baten 900 950 1 150", "Saldo -234 -200 -250")
    assert rows[:2] == [["Lasten", "1 234", "1 300", "1 400"], ["Baten", "900 950 1 150"]]
    assert {parse_amount(text).token for row in rows[:2] for text in row[1:]} == {Token.UNCLEAR}


def test_a_number_in_a_label_stays_there():
    rows = ["Programma 1 234 300", "Programma 2 100 200", "Totaal 34 500"]
    assert flattened(*rows)[0] == ["Programma", "1", "234", "300"]


def test_rows_with_tabs_keep_their_empty_cells():
    text = "Bedragen x € 1.000\nPost\t2024\t2025\t2026\nLasten\t1.234\t\t1.400\nRest\t\t5\t\nBaten\t1\t2\t3\n"
    document = extract_text(text.encode())
    table = document.blocks[1]
    assert table.form is Form.GRID
    assert cells_of(table)[1:3] == [["Lasten", "1.234", "", "1.400"], ["Rest", "", "5", ""]]
    assert accounted(document) == document.token_count


def test_tabs_that_only_align_make_no_grid():
    table = tables_of("Overige lasten\t1.234\t1.300\nBaten\t\t1.000\t1.100\nSaldo\t\t-234\t-200")[0]
    assert table.form is Form.ROWS


def test_a_small_number_behind_a_wide_gap_is_an_amount():
    rows = [["Lasten", "1.234", "1.300"], ["Rente", "5"], ["Baten", "1.000", "1.100"]]
    assert flattened(*map("   ".join, rows)) == rows
    assert flattened(*map(" ".join, rows))[1] == ["Rente 5"]


def test_v_and_n_before_the_last_amount_of_each_row_go_with_it_under_a_difference():
    head = ["Begroting", "Realisatie", "Verschil", "Lasten"]
    assert flattened(*head, "1.100", "1.050", "V", "50", "Baten", "210", "190", "N", "20")[6:] == [
        ["V 50"],
        ["Baten"],
        ["210"],
        ["190"],
        ["N 20"],
    ]
    behind = flattened(*head, "1.100", "1.050", "50", "V", "Baten", "210", "190", "20", "N")
    assert behind[7:9] == [["V"], ["Baten"]]
    other = flattened("Realisatie", "Verschil", "Begroting", "Lasten", "1.100", "50", "V", "1.050")
    assert other[-2:] == [["V"], ["1.050"]]


def test_a_question_and_a_unit_over_cells_with_lines_between_begin_no_heading():
    title = "Wat mag het kosten?\nBedragen x € 1.000\nRekening 2024"
    spaced = "\n\n".join([title, "Begroting\nna wijziging 2025", "Lasten", "3.114", "3.290", "Baten", "642", "630"])
    assert flattened(*spaced.split("\n"))[:4] == [
        ["Wat mag het kosten?"],
        ["Bedragen x € 1.000"],
        ["Rekening 2024"],
        ["Begroting\nna wijziging 2025"],
    ]


@pytest.mark.parametrize(("one", "two"), [("I", "S"), ("J", "N"), ("ja", "nee"), ("E", "M"), ("I/S", "I")])
def test_a_letter_behind_the_amounts_of_a_row_is_no_part_of_them(one, two):
    (table,) = tables_of(f"Jeugdzorg -450 -460 {one}\nWegen 30 40 {two}\nRente -12 -13 {one}\nTotaal -432 -433\n")
    assert cells_of(table) == [
        ["Jeugdzorg", "-450", "-460"], ["Wegen", "30", "40"], ["Rente", "-12", "-13"], ["Totaal", "-432", "-433"],
    ]  # fmt: skip


def test_a_letter_behind_a_number_makes_no_row_of_a_title():
    assert tables_of("Bijlage 3 A\nProgramma 1 B\nZie ook 2026 C\n") == []
