"""Buttons, tooltips and icons in the cells of web pages."""

import pytest

from extractors.html import extract_html
from tests.extractors.test_html import PAGE, accounted, cells_of


@pytest.mark.parametrize(
    "aid",
    [
        "<button>i</button>", '<button aria-label="toelichting">+</button>', '<span role="button">Toelichting</span>',
        '<span role="tooltip">De kosten van de raad in 2025 en 1.300 meer</span>', "<button>-</button>",
        '<span class="tooltiptext">Wat het is</span>', '<span aria-hidden="true">▼</span>', '<a href="#rij">#</a>',
        '<i aria-hidden="true">\ue5cf</i>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{text} {aid}", "{aid} {text}", "{text}{aid}"])
def test_what_helps_to_use_the_page_is_no_part_of_a_cell(aid, form):
    label, amount = (form.format(text=text, aid=aid) for text in ("Bestuur", "1.200"))
    document = extract_html(PAGE.format(f"<table><tr><td>{label}<td>{amount}<tr><td>B<td>5</table>").encode())
    assert cells_of(document.blocks[0]) == [["Bestuur", "1.200"], ["B", "5"]]
    assert accounted(document) == document.token_count
    assert all(block.is_apart for block in document.blocks[1:])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<button>Bestuur</button>", "Bestuur"), ("<button>Bestuur</button> 2025", "Bestuur 2025"),
        ('<span role="tooltip">1.200</span> V', "1.200 V"), ('<span aria-hidden="true">-</span>1.200', "-1.200"),
        ('<span aria-hidden="true">Bestuur</span>', "Bestuur"), ("<button>i</button>", "i"),
        ('<a href="#b">Bestuur</a> <a href="#c">1</a>', "Bestuur 1"), ('<button>1.200</button> <b>V</b>', "1.200 V"),
        ('<span aria-hidden="true">(</span>1.200)', "(1.200)"),
    ],
)  # fmt: skip
def test_names_amounts_and_signs_stay_in_their_cell_whatever_element_holds_them(cell, text):
    document = extract_html(PAGE.format(f"<table><tr><td>{cell}<td>3<tr><td>B<td>5</table>").encode())
    assert " ".join(cells_of(document.blocks[0])[0][0].split()) == text
    assert accounted(document) == document.token_count
