import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.html import decoded, extract_html, looks_like_html
from extractors.text import extract_text
from schemas.errors import DocumentError
from schemas.notation import count_tokens
from schemas.records import Form, RawTable, RawText

PAGE = "<!DOCTYPE html><html><body>{}</body></html>"


def tables_of(markup):
    return [block for block in extract_html(PAGE.format(markup).encode()).blocks if isinstance(block, RawTable)]


def cells_of(table):
    return [[cell.text for cell in row] for row in table.rows]


def accounted(document):
    total = 0
    for block in document.blocks:
        if isinstance(block, RawText):
            total += count_tokens(block.text)
        else:
            cells = {id(cell): cell for row in block.rows for cell in row}.values()
            total += sum(count_tokens(cell.text) for cell in cells)
    return total


def test_spans_put_a_cell_in_every_place_that_it_covers():
    table = tables_of(
        "<table><tr><th rowspan=2>Programma<th colspan=2>2025<tr><th>Lasten<th>Baten<tr><td>A<td>1<td>2</table>"
    )[0]
    assert cells_of(table) == [["Programma", "2025", "2025"], ["Programma", "Lasten", "Baten"], ["A", "1", "2"]]
    assert table.rows[0][1] is table.rows[0][2]


def test_a_cell_that_spans_rows_and_columns_leaves_the_rest_in_its_columns():
    table = tables_of("<table><tr><td colspan=2 rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>")[0]
    assert cells_of(table) == [["a", "a", "b"], ["a", "a", "c"], ["d", "e", "f"]]


def test_tables_of_divs_with_roles_are_tables():
    markup = (
        '<div role="table"><div role="row"><div role="columnheader">x</div><div role="columnheader">2025</div></div>'
        '<div role="row"><div role="rowheader">A</div><div role="cell">1</div></div></div>'
    )
    assert cells_of(tables_of(markup)[0]) == [["x", "2025"], ["A", "1"]]


def test_a_table_that_lays_out_the_page_is_walked_through():
    inner = "<table><tr><td>A<td>1<tr><td>B<td>2</table>"
    tables = tables_of(f"<table><tr><td>menu 14 0510</td><td><h2>Titel</h2>{inner}</td></tr></table>")
    assert [cells_of(table) for table in tables] == [[["A", "1"], ["B", "2"]]]


def test_hidden_tabs_and_accordions_are_read():
    markup = '<div role="tabpanel" hidden><table><tr><td>A<td>1<tr><td>B<td>2</table></div>'
    assert len(tables_of(markup)) == 1


@pytest.mark.parametrize(("wrap", "copy"), [('<div class="d-none d-md-none">', True), ("<div>", False)])
def test_a_table_that_stands_twice_is_marked(wrap, copy):
    table = "<table><tr><td>A<td>1<tr><td>B<td>2</table>"
    first, second = tables_of(f"{table}{wrap}{table}</div>")
    assert (first.duplicate_of, second.duplicate_of, second.hidden_copy) == (None, 0, copy)


def test_footnotes_and_line_breaks_stand_apart_from_the_amount():
    table = tables_of("<table><tr><td>Wegen<br>en groen<td>1.234<sup>1)</sup><tr><td>B<td>2</table>")[0]
    assert cells_of(table)[0] == ["Wegen\nen groen", "1.234 1)"]


def test_words_inside_a_number_do_not_part_it():
    assert cells_of(tables_of("<table><tr><td>A<td><b>1</b>.234<tr><td>B<td>2</table>")[0])[0] == ["A", "1.234"]


def test_each_cell_says_where_it_stands():
    table = tables_of("<table><tr><td>A<td>1<tr><td>B<td>2</table>")[0]
    assert table.rows[1][1].locator == "table=1;row=2;cell=2"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Financiën €".encode(), "Financiën €"),
        ('<meta charset="iso-8859-1"><p>Financiën €'.encode("cp1252"), "Financiën €"),
        ("<p>Financiën €".encode("cp1252"), "Financiën €"),
        ('<meta charset="utf-8"><p>Financiën €'.encode("cp1252"), "Financiën €"),
        ('<meta charset="no-such"><p>Financiën'.encode("cp1252"), "Financiën"),
        ("<p>Financiën €".encode("utf-16"), "Financiën €"),
    ],
)
def test_any_charset_declared_or_not_is_read(content, text):
    assert decoded(content).endswith(text)


def test_hostile_spans_and_nesting_do_not_exhaust_memory():
    wide = "<table>" + "<tr><td colspan=1000 rowspan=1000>1</td><td>2</td></tr>" * 50 + "</table>"
    assert max(len(row) for row in tables_of(wide)[0].rows) <= 200
    extract_html(("<div>" * 5000 + "<p>12" + "</div>" * 5000).encode())


MARKUP = st.lists(
    st.sampled_from(
        [
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<th colspan=2>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "1.234",
            "-12",
            "2025",
            "Lasten",
            " ",
            "<sup>",
            "</sup>",
            "</div>",
            "<div role='table'>",
            "<!-- 9 -->",
            "&nbsp;",
        ]
    ),
    max_size=60,
)


@given(MARKUP)
def test_no_token_is_lost_in_broken_markup_that_parsers_agree_on(parts):
    try:
        document = extract_html(PAGE.format("<p>" + "".join(parts)).encode())
    except DocumentError:
        return
    assert accounted(document) <= document.token_count + sum(part == "<!-- 9 -->" for part in parts)


def test_plain_text_with_a_smaller_than_sign_is_no_html():
    assert not looks_like_html(b"Batig rentesaldo < 1 jaar\n800\n")
    assert looks_like_html(b"  <!doctype HTML>")


UNSEEN = [
    '100<span style="display:none">000</span>',
    "100<span hidden><b>7</b> <span>8</span></span>",
    '100<span class="sr-only"> stijging van 5</span>',
]


@pytest.mark.parametrize("cell", UNSEEN)
def test_what_is_not_shown_inside_a_cell_is_no_part_of_its_amount(cell):
    document = extract_html(f"<table><tr><th>Lasten</th><td>{cell}</td><td>250</td></tr></table>".encode())
    table = next(block for block in document.blocks if isinstance(block, RawTable))
    assert [one.text for one in table.rows[0]] == ["Lasten", "100", "250"]
    assert document.token_count == 2


def test_a_page_without_tables_is_read_as_flattened_text_one_cell_a_text():
    cells = ["Programma 1", "Bedragen x € 1.000", "2025", "2026", "Lasten", "1.179", "1.635", "Baten", "900", "1.000"]
    page = "<body>" + "".join(f"<div><p>{cell}</p></div>" for cell in cells) + "</body>"
    raw = extract_html(page.encode())
    (table,) = [block for block in raw.blocks if isinstance(block, RawTable)]
    found = {cell.text: cell.locator for row in table.rows for cell in row}
    assert found["1.635"] == "text=7"
    assert raw.token_count == extract_text("\n".join(cells).encode()).token_count


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('985<span style="vertical-align: super">1</span>', "985 1)"),
        ("985<sup><a href=#n>1</a></sup>", "985 1)"),
        ('<span class="label">2024</span>12', "2024 12"),
        ("<b>1.234</b>5", "1.234 5"),
        ("<b>1.2</b><b>34</b>", "1.234"),
        ("<b>1</b>.<i>234</i>,<b>50</b>", "1.234,50"),
        ("Begroting 20<b>26</b>", "Begroting 2026"),
        ("1.<wbr>234", "1.234"),
        ("&lrm;1.2&#x2060;34", "1.234"),
    ],
)
def test_digits_of_elements_in_a_line_are_one_number_only_where_that_is_plain(cell, text):
    document = extract_html(PAGE.format(f"<table><tr><td>A<td>{cell}<tr><td>B<td>3</table><p>{cell}</p>").encode())
    tables = [block for block in document.blocks if isinstance(block, RawTable)]
    assert cells_of(tables[0])[0] == ["A", text]
    assert accounted(document) == document.token_count


SIGNED = "<table><tr><th>Post{}<tr><td>Lasten<td><td>10<td><td>20<tr><td>Saldo<td>-<td>5<td>-/-<td>6</table>"


@pytest.mark.parametrize("heads", ["<th colspan=2>2025<th colspan=2>2026", "<th><th>2025<th><th>2026"])
def test_a_minus_in_a_cell_of_its_own_goes_with_the_amount_behind_it(heads):
    assert cells_of(tables_of(SIGNED.format(heads))[0])[2] == ["Saldo", "", "- 5", "", "-/- 6"]


def test_a_dash_in_a_column_with_a_heading_is_zero():
    markup = "<table><tr><th>Post<th>2025<th>2026<tr><td>A<td>-<td>5<tr><td>B<td>-<td>6</table>"
    assert cells_of(tables_of(markup)[0])[1:] == [["A", "-", "5"], ["B", "-", "6"]]


def test_a_span_ends_with_its_group_of_rows():
    markup = "<table><thead><tr><th rowspan=3>Post<th>2025</thead><tbody><tr><td>A<td>1<tr><td>B<td>2</table>"
    assert cells_of(tables_of(markup)[0]) == [["Post", "2025"], ["A", "1"], ["B", "2"]]


def test_a_tfoot_before_the_rows_stands_below_them():
    markup = "<table><thead><tr><th>Post<th>2025</thead><tfoot><tr><td>Totaal<td>3</tfoot><tr><td>A<td>3</table>"
    assert cells_of(tables_of(markup)[0]) == [["Post", "2025"], ["A", "3"], ["Totaal", "3"]]


def test_a_total_in_cells_of_headings_is_no_row_of_headings():
    head = "<table><tr><th>Post<th>Rekening<th>Begroting<tr><th>{}<th>{}<th>{}<tr><td>A<td>3.000<td>4.000</table>"
    assert tables_of(head.format("Totaal", "3.000", "4.000"))[0].heading_rows == 1
    assert tables_of(head.format("Jaar", "2025", "2026"))[0].heading_rows == 2
    assert tables_of(head.format("Kolom", "1", "2"))[0].heading_rows == 2
    assert tables_of(head.format("Bedragen", "€ 1.000", "€ 1.000"))[0].heading_rows == 2


def test_an_amount_that_covers_rows_is_counted_once():
    document = extract_html(PAGE.format("<table><tr><td>A<td rowspan=2>1.234<tr><td>B<tr><td>C<td>5</table>").encode())
    assert cells_of(document.blocks[0]) == [["A", "1.234"], ["B", ""], ["C", "5"]]
    assert accounted(document) == document.token_count == 2


def test_cells_without_a_row_have_one():
    markup = "<table><td>Post<td>2025<tr><td>A<td>1<tr><td>B<td>2</table>"
    assert cells_of(tables_of(markup)[0]) == [["Post", "2025"], ["A", "1"], ["B", "2"]]


def test_tags_that_are_never_closed_hide_no_table():
    table = tables_of("<font>1 </font>" + "<p><font>x " * 300 + "<table><tr><td>A<td>1<tr><td>B<td>2</table>")[0]
    assert cells_of(table) == [["A", "1"], ["B", "2"]]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be"])
def test_a_page_in_utf_16_with_a_mark_is_one(charset):
    mark = b"\xfe\xff" if charset == "utf-16-be" else b""
    content = mark + PAGE.format("<table><tr><td>Financiën<td>1</table>").encode(charset)
    assert looks_like_html(content)
    assert cells_of(extract_html(content).blocks[0]) == [["Financiën", "1"]]


def test_a_stray_byte_leaves_the_rest_of_a_page_in_its_charset():
    assert decoded("Financiën en coördinatie".encode() + b" caf\xe9") == "Financiën en coördinatie café"
    assert decoded("Financi\xebn en co\xf6rdinatie, \xc3\xa9\xe9n".encode("cp1252")).startswith("Financiën en coör")
    assert decoded(b"caf\xe9 \xf7") == "café ÷"


DIVS = "".join(
    f"<div>{text}</div>" for text in "Post|Rekening 2024|Begroting 2026|Lasten|1.234|1.300|Baten|100|200".split("|")
)
TABLE = "<table><tr><td>Datum<td>1<tr><td>Versie<td>2</table>"


def test_a_table_of_other_elements_beside_one_of_markup_is_read():
    document = extract_html(PAGE.format(f"{TABLE}<h2>Titel</h2>{DIVS}<p>Meer.</p>").encode())
    tables = [block for block in document.blocks if isinstance(block, RawTable)]
    assert [table.form for table in tables] == [Form.GRID, Form.STREAM]
    assert cells_of(tables[1])[-3:] == [["Baten"], ["100"], ["200"]]
    assert accounted(document) == document.token_count


@pytest.mark.parametrize(
    "texts", ["1|2|3|4|5|6|2024|2025", "Begroting 2026|Lasten|1.234|Baten|100|Saldo|-1|2", "2024|2025|2026|1.234|5"]
)
def test_menus_and_figures_on_their_own_are_no_table_beside_one(texts):
    divs = "".join(f"<div>{text}</div>" for text in texts.split("|"))
    document = extract_html(PAGE.format(f"{TABLE}{divs}{TABLE}").encode())
    assert [block.text for block in document.blocks if isinstance(block, RawText)] == texts.split("|")
    assert accounted(document) == document.token_count


def test_a_table_of_other_elements_for_small_screens_is_no_table_beside_that_of_the_markup():
    document = extract_html(PAGE.format(f"{TABLE}<div class='cards d-md-none'>{DIVS}</div><p>Meer.</p>").encode())
    assert [block.form for block in document.blocks if isinstance(block, RawTable)] == [Form.GRID]
    assert accounted(document) == document.token_count


def test_lines_of_preformatted_text_are_rows():
    rows = "Bedragen x € 1.000\nPost   2024   2025\nLasten   1.100   1.200\nBaten   900   1.000\n"
    for before in ("", TABLE):
        document = extract_html(PAGE.format(f"{before}<pre>{rows}</pre>").encode())
        assert cells_of(document.blocks[-1])[-1] == ["Baten", "900", "1.000"]
        assert accounted(document) == document.token_count


@pytest.mark.parametrize("name", ["tablesaw-cell-label", "d-md-none", "mobile-label"])
def test_what_only_small_screens_show_in_a_cell_is_no_part_of_it(name):
    document = extract_html(PAGE.format(f'<table><tr><td>A<td><b class="{name}">2024</b> 12<td>3</table>').encode())
    assert cells_of(document.blocks[0]) == [["A", "12", "3"]]
    assert accounted(document) == document.token_count == 2


def test_a_table_of_one_row_inside_a_cell_is_what_the_cell_holds():
    inner = "<table><tr><td>€</td><td>{}</td></tr></table>"
    rows = "".join(f"<tr><td>{label}<td>{inner.format('1.234')}<td>5" for label in "AB")
    document = extract_html(PAGE.format(f"<table>{rows}</table>").encode())
    cells = cells_of(document.blocks[0])
    assert [[" ".join(text.split()) for text in row] for row in cells] == [["A", "€ 1.234", "5"], ["B", "€ 1.234", "5"]]
    assert accounted(document) == document.token_count


def test_cells_of_as_many_lines_are_as_many_rows():
    table = tables_of("<table><tr><td>Lasten<br>Baten<td>1.234<br>-234<td>5<br>6<tr><td>A<br>B<td>7<td>8</table>")[0]
    assert cells_of(table) == [["Lasten", "1.234", "5"], ["Baten", "-234", "6"], ["A\nB", "7", "8"]]
    assert len({cell.locator for row in table.rows for cell in row}) == 9


def test_a_block_that_a_cell_does_not_show_is_a_text_beside_the_table():
    hidden = "<div style='display:none'>toelichting 99</div>"
    document = extract_html(PAGE.format(f"<table><tr><td>A<td>1.234{hidden}<td>5</td></tr></table>").encode())
    assert cells_of(document.blocks[0]) == [["A", "1.234", "5"]]
    assert document.blocks[1].text == "toelichting 99"
    assert accounted(document) == document.token_count
    folded = tables_of("<table><tr><td><div hidden>A</div><td><div hidden>1.234</div></table>")
    assert cells_of(folded[0]) == [["A", "1.234"]]
