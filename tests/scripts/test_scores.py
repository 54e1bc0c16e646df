"""The scorers of PDF readers: what is right counts, and each kind of fault costs what it should."""

import json
from dataclasses import replace

import pytest

from scripts.grid_match import FoundRow, paired_in_order, squeezed
from scripts.made_pdfs import score
from scripts.made_truth import read_truth
from scripts.pdf_writer import Page, written
from scripts.score_icdar import Score, TrueCell, TrueTable, add_document

COLUMNS = [["Omschrijving", ""], ["2025", "Begroting"], ["2026", "Begroting"], ["2027", "Meerjarenraming"]]
ROWS = [
    {"cells": ["Lasten", "", "", ""], "page": 3},
    {"cells": ["Huren", "1.204", "1.316", "1.377"], "page": 3},
    {"cells": ["Bijdragen aan regelingen", "871", "-", "902"], "page": 4},
    {"cells": ["Energie", "45", "46", "47"], "page": None},
    {"cells": ["Totaal", "2.120", "1.362", "2.326"], "page": 4},
]
TRUE_CELLS = 17
HEADS = [
    FoundRow(3, ("", "Begroting", "Begroting", "Meerjarenraming")),
    FoundRow(3, ("Omschrijving", "2025", "2026", "2027")),
]


def made(folder, hidden=()):
    """The truth of a PDF of five pages that shows all of the table but the columns hidden."""
    table = {"id": "T1", "look": "ruled", "columns": COLUMNS, "rows": ROWS}
    (folder / "made.json").write_text(json.dumps({"pages": 5, "tables": [table]}), encoding="utf-8")
    pages = [Page() for _ in range(5)]
    for n, row in enumerate(ROWS):
        shown = [cell for c, cell in enumerate(row["cells"]) if c not in hidden]
        pages[(row["page"] or 4) - 1].text(50, 100 + 20 * n, "   ".join(shown))
    (folder / "made.pdf").write_bytes(written(pages))
    return read_truth(folder / "made.pdf")


@pytest.fixture
def truth(tmp_path):
    return made(tmp_path)


def rows():
    return [FoundRow(row["page"] or 4, tuple(row["cells"])) for row in ROWS]


def test_a_perfect_reader_has_all_and_nothing_else(truth):
    result = score(truth, [tuple(HEADS + rows())])
    assert (result.cells, result.cells_found, result.headings, result.headings_found) == (TRUE_CELLS, TRUE_CELLS, 6, 6)
    assert (result.false_cells, result.false_tables, result.spanned_share) == (0, 0, 1.0)


def test_a_table_for_each_page_is_as_good(truth):
    found = rows()
    assert score(truth, [tuple(HEADS + found[:2]), tuple(found[2:])]).cell_share == 1.0


def test_a_row_that_slipped_by_a_column_loses_its_figures(truth):
    found = rows()
    found[1] = FoundRow(3, ("Huren", "", "1.204", "1.316"))
    assert score(truth, [tuple(HEADS + found)]).cells_found == TRUE_CELLS - 3


def test_figures_in_the_row_of_another_label_are_lost(truth):
    found = rows()
    found[1], found[2] = (
        replace(found[1], cells=("Huren", *found[2].cells[1:])),
        replace(found[2], cells=("Bijdragen aan regelingen", *found[1].cells[1:])),
    )
    assert score(truth, [tuple(HEADS + found)]).cells_found == TRUE_CELLS - 6


def test_a_changed_figure_and_one_glued_to_another_are_lost(truth):
    found = rows()
    found[1] = FoundRow(3, ("Huren", "1.205", "1.316 1.377", ""))
    assert score(truth, [tuple(HEADS + found)]).cells_found == TRUE_CELLS - 3


def test_a_label_in_two_rows_keeps_its_figures_and_loses_itself(truth):
    found = rows()
    found[2:3] = [FoundRow(4, ("Bijdragen aan", "871", "-", "902")), FoundRow(4, ("regelingen", "", "", ""))]
    result = score(truth, [tuple(HEADS + found)])
    assert (result.cells_found, result.false_cells) == (TRUE_CELLS - 1, 0)


def test_a_row_on_another_page_is_not_found(truth):
    found = rows()
    found[1] = replace(found[1], page=5)
    assert score(truth, [tuple(HEADS + found)]).cells_found == TRUE_CELLS - 4


def test_headings_over_the_wrong_columns_are_lost(truth):
    wrong = [HEADS[0], FoundRow(3, ("Omschrijving", "2026", "2025", "2027"))]
    assert score(truth, [tuple(wrong + rows())]).headings_found == 4
    too_wide = [FoundRow(3, ("", "Begroting", "Begroting", "Begroting")), HEADS[1]]
    assert score(truth, [tuple(too_wide + rows())]).headings_found == 4


def test_prose_and_titles_are_false_cells(truth):
    prose = (FoundRow(3, ("In 2026 dalen de", "baten met 1.204")), FoundRow(3, ("euro", "")))
    result = score(truth, [tuple(HEADS + rows()), prose])
    assert (result.false_cells, result.false_tables) == (3, 1)


def test_a_column_off_the_page_is_not_asked_for(tmp_path):
    result = score(made(tmp_path, hidden=(3,)), [tuple(HEADS + rows())])
    assert (result.columns_off, result.cells, result.cells_found) == (1, TRUE_CELLS - 4, TRUE_CELLS - 4)


def test_pairs_keep_their_order():
    assert paired_in_order({(0, 1): 2.0, (1, 0): 1.0, (1, 2): 1.0}) == {0: 1, 1: 2}
    assert paired_in_order({}) == {}
    assert squeezed("niet- \u00adwoningen") == "nietwoningen"


# --------------------------------------------------------------------------------------------------- structure alone

STRUCTURE = TrueTable(
    "t",
    2,
    (
        TrueCell("Sum", (0, 0), (1, 2)),
        TrueCell("a", (1, 1), (0, 0)),
        TrueCell("1", (1, 1), (1, 1)),
        TrueCell("2", (1, 1), (2, 2)),
        TrueCell("b", (2, 2), (0, 0)),
        TrueCell("2", (2, 2), (1, 1)),
        TrueCell("1", (2, 2), (2, 2)),
    ),
)


def complete(*lines, page=2):
    result = Score()
    add_document(result, [STRUCTURE], [tuple(FoundRow(page, line) for line in lines)])
    return result.cells_found, not result.incomplete


def test_a_table_is_complete_in_whatever_columns_keep_the_order():
    assert complete(("", "Sum", ""), ("a", "1", "2"), ("b", "2", "1")) == (7, True)
    assert complete(("", "", "", "Sum"), ("a", "", "1", "2"), ("", "", "", ""), ("b", "", "2", "1")) == (7, True)


def test_a_cell_in_another_row_or_column_or_page_is_not_complete():
    assert complete(("", "Sum", ""), ("a", "1", "2"), ("b", "1", "2")) == (7, False)
    assert complete(("Sum", "", ""), ("a", "1", "2"), ("b", "2", "1")) == (7, False)
    assert complete(("", "Sum", ""), ("a", "1", "2"), ("b", "", ""), ("", "2", "1")) == (7, False)
    assert complete(("", "Sum", ""), ("a", "1 2", ""), ("b", "2", "1")) == (5, False)
    assert complete(("", "Sum", ""), ("a", "1", "2"), ("b", "2", "1"), page=1) == (0, False)
