"""Lines of PDFs have names of their own, also where two pages look the same."""

from pathlib import Path

from flows.document import process
from schemas.codelists import find_publishers
from schemas.records import DocumentType, Source
from scripts.pdf_writer import Page, written
from scripts.sample_cases import LASTEN, YEARS
from scripts.sample_layouts import Look, draw_table
from scripts.sample_tables import Table, by_side


def test_equal_boxes_on_two_pages_are_two_lines(tmp_path: Path):
    pages = []
    for title in ("Exploitatie dienstverlening", "Exploitatie beheer"):
        page = Page()
        table = Table(title, title.split()[1].title(), YEARS[:2], by_side(LASTEN[:2], LASTEN[2:], 2))
        draw_table(page, table, Look(), 80)
        pages.append(page)
    path = tmp_path / "source.pdf"
    path.write_bytes(written(pages))
    publisher = find_publishers("Nijkerk", 2026)[0].publisher
    source = Source("twice", publisher, DocumentType.BEGROTING, 2026, path=str(path), unit=1000)
    lines = process(source).lines
    boxes = [line.locator for line in lines]
    assert {line.page for line in lines} == {1, 2}
    assert len(set(boxes)) * 2 == len(boxes)
    assert len({line.line_id for line in lines}) == len(lines)
