"""Headings over columns without rules or boxes: each stands over the columns that it covers, and over no others."""

import pytest
from paper import Sheet, pdf, width

from extractors.pdf import extract_pdf
from schemas.records import RawTable

EDGES = (260, 320, 380, 440, 500, 560)


def headings(head: Sheet, columns: int, top: float = 130) -> list[str]:
    """What the table says over each column, below headings that are drawn already, from top to bottom."""
    for row in range(5):
        amounts = [f"{row + 1}.{column + 2}{row}4" for column in range(columns)]
        head.row(top + 14 * row, f"Lasten van taak {row}", *amounts, edges=EDGES)
    (table,) = [block for block in extract_pdf(pdf(head)).blocks if isinstance(block, RawTable)]
    rows = [[cell.text for cell in row] for row in table.rows[: table.heading_rows]]
    return [" / ".join(filter(None, texts)) for texts in zip(*rows, strict=True)][1:]


def row(sheet: Sheet, y: float, *texts: str) -> None:
    sheet.row(y, "", *texts, edges=EDGES)


def test_a_first_line_over_one_column_is_its_own():
    sheet = Sheet()
    row(sheet, 102, "", "Begr. 2025")
    row(sheet, 112, "Rek. 2024", "na wijz.", "Begr. 2026")
    assert headings(sheet, 3) == ["Rek. 2024", "Begr. 2025 na wijz.", "Begr. 2026"]


def test_a_last_line_over_some_columns_is_theirs():
    sheet = Sheet()
    row(sheet, 102, "Rekening", "Begroting", "2026", "2027")
    row(sheet, 112, "2024", "2025")
    assert headings(sheet, 4) == ["Rekening 2024", "Begroting 2025", "2026", "2027"]


def test_a_last_line_under_the_outer_columns_leaves_out_the_inner_one():
    sheet = Sheet()
    row(sheet, 102, "Begroting", "2026", "Raming")
    row(sheet, 112, "2025", "", "2027")
    assert headings(sheet, 3) == ["Begroting 2025", "2026", "Raming 2027"]


@pytest.mark.parametrize("left", [True, False])
def test_years_over_lasten_and_baten_again_and_again_have_a_group_each(left):
    sheet = Sheet()
    for group, year in enumerate(("2025", "2026")):
        if left:
            sheet.text(EDGES[3 * group] - 40, 102, f"Begroting {year}")
        else:
            sheet.right(EDGES[3 * group + 2], 102, f"Begroting {year}")
    row(sheet, 114, *("Lasten", "Baten", "Saldo") * 2)
    measures = ("Lasten", "Baten", "Saldo")
    expected = [f"Begroting {year} / {measure}" for year in (2025, 2026) for measure in measures]
    assert headings(sheet, 6) == expected


def test_the_last_group_may_be_cut_off():
    sheet = Sheet()
    for at, measure in ((0, "Lasten"), (2, "Baten"), (4, "Saldo")):
        sheet.text(EDGES[at] - 20, 102, measure)
    row(sheet, 114, "2025", "2026", "2025", "2026", "2025")
    expected = ["Lasten / 2025", "Lasten / 2026", "Baten / 2025", "Baten / 2026", "Saldo / 2025"]
    assert headings(sheet, 5) == expected


def test_a_stage_over_years_still_covers_them():
    sheet = Sheet()
    sheet.text(EDGES[1] - 50, 102, "Meerjarenraming")
    row(sheet, 114, "2026", "2027", "2028")
    assert headings(sheet, 3) == [f"Meerjarenraming / {year}" for year in (2026, 2027, 2028)]


def test_a_heading_beyond_the_labels_heads_no_labels():
    sheet = Sheet()
    sheet.text(150, 112, "Begroting 2025")
    sheet.text(266, 112, "Begroting 2026")
    assert headings(sheet, 2) == ["Begroting 2025", "Begroting 2026"]


def test_the_first_line_of_a_left_aligned_heading_is_no_title():
    sheet = Sheet()
    sheet.text(160, 102, "Begroting 2025")
    sheet.text(60, 112, "Programma")
    sheet.text(160, 112, "na wijziging")
    sheet.text(266, 112, "Begroting 2026")
    assert headings(sheet, 2) == ["Begroting 2025 na wijziging", "Begroting 2026"]


def test_the_number_of_the_first_row_on_its_own_line_hides_no_headings():
    sheet = Sheet()
    sheet.text(60, 100, "Taakveld")
    row(sheet, 100, "2025", "2026", "2027")
    sheet.text(60, 112, "6.6")
    sheet.text(60, 122, "Maatwerk")
    row(sheet, 122, "1.100", "2.200", "3.300")
    assert headings(sheet, 3, 140) == ["2025", "2026", "2027"]


def test_a_column_without_amounts_keeps_its_heading():
    sheet = Sheet()
    row(sheet, 102, "2025", "2026", "2027", "2028")
    for y in (116, 130, 144):
        sheet.text(60, y, f"Lasten {y}")
        row(sheet, y, "1.234", "", "2.345", "")
    (table,) = [block for block in extract_pdf(pdf(sheet)).blocks if isinstance(block, RawTable)]
    assert [[cell.text for cell in one] for one in table.rows[:2]] == [
        ["", "2025", "2026", "2027", "2028"],
        ["Lasten 116", "1.234", "", "2.345", ""],
    ]


def test_another_year_over_the_same_column_is_no_part_of_its_heading():
    sheet = Sheet()
    row(sheet, 102, "2024", "Begr. 2029")
    row(sheet, 112, "", "2030")
    assert headings(sheet, 2)[1] == "Begr. 2029 / 2030"


def test_a_unit_broken_over_two_lines_is_a_heading_and_no_row():
    sheet = Sheet()
    row(sheet, 92, "2025", "2026", "2027")
    row(sheet, 102, "x €", "x €", "x €")
    row(sheet, 112, "1.000,-", "1.000,-", "1.000,-")
    assert headings(sheet, 3) == ["2025 x € 1.000,-", "2026 x € 1.000,-", "2027 x € 1.000,-"]


def test_a_line_under_one_of_the_groups_is_of_that_group():
    sheet = Sheet()
    for at, text in ((0, "Begroting 2025"), (2, "Begroting 2026")):
        sheet.right(EDGES[at + 1] - 10, 92, text)
    sheet.right(EDGES[1] - 18, 102, "na wijziging")
    row(sheet, 114, "Lasten", "Baten", "Lasten", "Baten")
    changed = [f"Begroting 2025 na wijziging / {measure}" for measure in ("Lasten", "Baten")]
    assert headings(sheet, 4) == [*changed, "Begroting 2026 / Lasten", "Begroting 2026 / Baten"]


@pytest.mark.parametrize("rule", [(), (106,), (92, 106)])
def test_years_over_a_rule_stand_over_their_columns(rule):
    sheet = Sheet()
    sheet.text(60, 70, "Overzicht van baten en lasten")
    for y in rule:
        sheet.rule(55, y, 565, y)
    for group, year in enumerate((2025, 2026)):
        sheet.text(EDGES[3 * group] + 20, 102, f"Begroting {year}")
    sheet.text(60, 114, "Programma")
    row(sheet, 114, *("Lasten", "Baten", "Saldo") * 2)
    measures = ("Lasten", "Baten", "Saldo")
    assert headings(sheet, 6) == [f"Begroting {year} / {measure}" for year in (2025, 2026) for measure in measures]


def test_a_title_over_a_rule_is_no_heading():
    sheet = Sheet()
    sheet.text(60, 102, "Overzicht van baten en lasten")
    sheet.right(EDGES[2], 102, "bedragen x 1.000")
    sheet.rule(55, 106, 385, 106)
    row(sheet, 114, "2025", "2026", "2027")
    assert headings(sheet, 3) == ["2025", "2026", "2027"]


@pytest.mark.parametrize("shift", [4.2, 7])
def test_headings_a_space_apart_that_all_end_alike_stand_over_a_column_each(shift):
    sheet = Sheet()
    names = [f"Begroting {year}" for year in range(2024, 2028)]
    for at, text in enumerate(names):
        sheet.right(EDGES[at] + shift, 112, text, size=8.4)  # in Helvetica they are 4 points narrower
    assert headings(sheet, 4) == names


def test_dates_below_a_heading_go_with_it_and_are_no_row():
    sheet = Sheet()
    row(sheet, 92, "Boekwaarde", "", "Bijdragen", "Boekwaarde")
    row(sheet, 102, "31-12-2024", "Investering", "van derden", "31-12-2025")
    assert headings(sheet, 4, 118) == [
        "Boekwaarde 31-12-2024", "Investering", "Bijdragen van derden", "Boekwaarde 31-12-2025",
    ]  # fmt: skip


def test_a_date_broken_behind_its_dash_is_whole():
    sheet = Sheet()
    row(sheet, 92, "Begroting", "Prognose 31-")
    row(sheet, 102, "2026", "12-2026")
    assert headings(sheet, 2, 118) == ["Begroting 2026", "Prognose 31-12-2026"]


@pytest.mark.parametrize("side", ["left", "right", "middle"])
@pytest.mark.parametrize("below", [True, False])
def test_years_over_groups_and_over_single_columns_stand_over_their_own(side, below):
    sheet = Sheet()

    def put(first: int, last: int, y: float, text: str) -> None:
        left, right = EDGES[first] - 50, EDGES[last]
        at = {"left": left, "right": right - width(text, 7), "middle": (left + right - width(text, 7)) / 2}[side]
        sheet.text(at, y, text, size=7)

    put(0, 0, 112 if below else 100, "Rekening 2024")
    for group, year in ((1, 2026), (3, 2027)):
        put(group, group + 1, 100, f"Raming {year}")
        put(group, group, 112, "Lasten")
        put(group + 1, group + 1, 112, "Baten")
    put(5, 5, 112 if below else 100, "Raming 2028")
    found = [text.replace(" / ", " ") for text in headings(sheet, 6)]
    assert found == [
        "Rekening 2024", *(f"Raming {year} {measure}" for year in (2026, 2027) for measure in ("Lasten", "Baten")),
        "Raming 2028",
    ]  # fmt: skip


@pytest.mark.parametrize("lower", [0, 2.3])
@pytest.mark.parametrize("mark", ["1", "1)"])
@pytest.mark.parametrize("words", [("2024", "2025", "2026"), ("Rek. 2024", "Begr. 2025", "Begr. 2026")])
def test_the_mark_of_a_note_behind_a_year_leaves_it_a_heading(words, mark, lower):
    sheet = Sheet()
    row(sheet, 112, "", *words[1:])
    first, left = words[0], EDGES[0] - len(mark) * 4 - width(words[0], 9)
    raised = f"/F1 7.4 Tf 3.3 Ts ({mark.replace(')', chr(92) + ')')}) Tj 0 Ts"
    sheet.parts.append(f"BT /F1 9 Tf {left} {842 - 112 - lower} Td ({first}) Tj {raised} ET")
    assert headings(sheet, 3) == [f"{first} 1)", *words[1:]]


def test_the_mark_of_a_note_behind_the_year_under_a_stage_goes_with_it():
    sheet = Sheet()
    row(sheet, 102, "Rekening", "Begroting", "Begroting")
    row(sheet, 112, "2024", "2025", "2026")
    sheet.text(260.2, 109, "1", 6)
    assert headings(sheet, 3) == ["Rekening 2024 1)", "Begroting 2025", "Begroting 2026"]
