"""Captions between two tables of a page: of the one that they are nearer to."""

import pytest

from schemas.records import Form, RawCell, RawTable, RawText
from transformers.captions import captions_over


def table_at(top: int) -> RawTable:
    cells = [RawCell("Weg", top, f"box=50,{top + 10 * n},90,{top + 10 * n + 8}", page=1) for n in range(5)]
    return RawTable(Form.GRID, tuple((cell,) for cell in cells), 1)


def caption_at(number: int, top: int) -> RawText:
    return RawText(f"Tabel {number}: Wegen (x € 1.000)", top, f"box=50,{top},200,{top + 8}", page=1)


@pytest.mark.parametrize(("white", "under"), [(2, True), (20, False)])
def test_a_caption_is_put_over_the_table_that_it_stands_close_under(white, under):
    blocks: list[RawTable | RawText] = []
    for number, top in enumerate((100, 180, 260)):
        blocks += [table_at(top), caption_at(number + 1, top + 48 + white)]
    blocks.append(table_at(340))
    found = captions_over(blocks)
    assert found == ([blocks[at] for at in (1, 0, 3, 2, 5, 4, 6)] if under else blocks)


def test_a_caption_on_a_page_with_the_table_below_it_alone_stands_over_that():
    later = [RawText("Tabel 2: Wegen (x € 1.000)", 5, "box=50,60,200,68", page=2), table_at(100)]
    assert captions_over([table_at(100), *later]) == [table_at(100), *later]
