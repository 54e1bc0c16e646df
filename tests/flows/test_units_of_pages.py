"""The unit of the tables of a page, by where it stands on it."""

import pytest

from flows.document import process
from schemas.codelists import find_publishers
from schemas.records import DocumentType, Source
from tests.extractors.pdf.paper import Sheet, pdf
from tests.flows.papers import PROVED


@pytest.mark.parametrize("aligned", ["left", "right"])
@pytest.mark.parametrize(
    ("said", "found"), [("Bedragen x € 1.000, tenzij anders vermeld", {"A", "B", "C"}), ("Bedragen x € 1.000", {"A"})]
)
def test_a_unit_at_the_top_of_a_page_serves_its_tables_unless_another_is_stated(tmp_path, aligned, said, found):
    page = Sheet()
    page.text(60, 30, "Programmabegroting 2026")
    if aligned == "left":
        page.text(60, 62, "Bestuur", 11, bold=True)
        page.text(60, 76, said)
    else:
        page.right(440, 56, said)
        page.text(60, 76, "Bestuur", 11, bold=True)
    for number, name in enumerate("ABC"):
        top = 95 + 120 * number
        if number:
            page.text(60, top - 18, f"Programma {name}", 11, bold=True)
        page.row(top, "Omschrijving", "2024", "2025", "2026", bold=True)
        for at, row in enumerate(PROVED):
            page.row(top + 14 * (at + 1), f"{row[0]} {name}", *row[1:])
    path = tmp_path / "source.pdf"
    path.write_bytes(pdf(page))
    publisher = find_publishers("Nijkerk", 2026)[0].publisher
    lines = process(Source("units", publisher, DocumentType.BEGROTING, 2026, path=str(path))).lines
    assert {line.line_label[-1] for line in lines} == found
    assert {line.unit for line in lines} == {1000}
