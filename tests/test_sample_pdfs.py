"""The sample PDFs: what is committed is what the generator draws, its figures add up, and places hold their amounts."""

import io
from collections import Counter

import pdfplumber
import pytest

from checks.judge import judge
from flows.document import process
from schemas.contract import DocumentState
from schemas.records import Form, RawCell, RawDocument, RawTable, RawText, Snapshot
from scripts.make_sample_pdfs import SAMPLES, name_of, write_case
from scripts.sample_cases import CASES
from scripts.sample_layouts import spans
from scripts.sample_tables import LINE_COLUMNS, expected_line_rows
from sources.registry import read_registry
from transformers.lines import budget_lines
from transformers.read import read

SOURCES = {source.source_id: source for source in read_registry(SAMPLES / "sources.yaml").sources}
DRAWN = [(name_of(case), table, pages) for case in CASES for table, pages in case().tables]
TABLES = pytest.mark.parametrize(("name", "table", "pages"), DRAWN, ids=[name for name, _, _ in DRAWN])


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_is_committed_is_what_the_generator_draws(case, tmp_path):
    write_case(case, tmp_path)
    for path in sorted((tmp_path / name_of(case)).iterdir()):
        assert path.read_bytes() == (SAMPLES / name_of(case) / path.name).read_bytes(), path.name


@TABLES
def test_the_figures_add_up(name, table, pages):
    sides = {"lasten": 0, "baten": 0, "saldo": 0}
    for line in table.lines:
        for column, amount in zip(table.columns, line.amounts, strict=bool(line.amounts)):
            repeats = line.total and not column.measure and line.measure != "saldo"
            sides[column.measure or line.measure] += 0 if repeats else amount
    assert sides["baten"] - sides["lasten"] == sides["saldo"] != 0


def raw_document(table, pages):
    """The table as a perfect reader would give it."""
    depth = len(table.columns[0].headings)
    rows = []
    for level in range(depth):
        texts = [table.corner if level == depth - 1 else ""]
        texts += [text for first, last, text in spans(table, level) for _ in range(first, last + 1)]
        rows.append(texts)
    rows += [[line.label, *(line.printed(at) for at in range(len(line.amounts)))] for line in table.lines]
    width = len(table.columns) + 1
    cells = [
        tuple(RawCell(text, 10 + n, f"box={n},{at}") for at, text in enumerate(row + [""] * (width - len(row))))
        for n, row in enumerate(rows)
    ]
    title = RawText(table.title, 1, "box=0", is_heading=True)
    grid = RawTable(Form.GRID, tuple(cells), page=pages[0], heading_rows=depth)
    return RawDocument((title, RawText(table.unit, 2, "box=1"), grid), 0)


@TABLES
def test_a_perfect_reader_would_give_what_is_expected(name, table, pages):
    source = SOURCES[name]
    readings = read(raw_document(table, pages), source)
    assert len(readings.tables) == 1
    judgement = judge(readings.tables[0])
    snapshot = Snapshot("0" * 64, b"", "source.pdf")
    found = [
        ["" if getattr(line, column) is None else str(getattr(line, column)) for column in LINE_COLUMNS]
        for line in budget_lines(judgement, source, snapshot, Counter())
    ]
    expected = expected_line_rows(table, [pages[0]] * len(pages), source)
    assert [dict(zip(LINE_COLUMNS, row, strict=True)) for row in found] == [
        dict(zip(LINE_COLUMNS, row, strict=True)) for row in expected
    ]
    assert judgement.sign_convention == table.equation


@pytest.mark.parametrize("name", [name_of(case) for case in CASES])
def test_the_box_of_a_line_holds_its_amount(name):
    result = process(SOURCES[name])
    content = (SAMPLES / name / "source.pdf").read_bytes()
    with pdfplumber.open(io.BytesIO(content)) as document:  # another engine than the reader's
        for line in result.lines:
            box = [float(part) for part in line.locator.partition("=")[2].split(",")]
            page = document.pages[line.page - 1].dedupe_chars()
            x0, top, x1, bottom = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
            text = page.crop((max(x0, 0), max(top, 0), min(x1, page.width), min(bottom, page.height))).extract_text()
            assert "".join(line.amount_printed.split()) in "".join(text.split()), (line.line_label, line.locator)


@pytest.mark.parametrize("name", ["pdf-unusable-font", "pdf-picture-only", "pdf-prose-columns"])
def test_what_has_no_table_says_why(name):
    result = process(SOURCES[name])
    assert not result.lines
    assert result.document.reason
    assert result.document.message
    assert (result.document.status == DocumentState.FAILED) == (name != "pdf-prose-columns")
