"""Every folder of sample_inputs is read as its expected.csv says. A missing one is written, and fails once: read it.

What is expected of the PDFs comes from how they were drawn (scripts/make_sample_pdfs.py). It leaves out the places of
cells, which tests/test_sample_pdfs.py looks up in the page, and how many equations the judge tried; spaces inside an
amount that stands on two lines, or before a footnote's mark, are not compared.
"""

import csv
from pathlib import Path

import pytest

from flows.document import process
from schemas.contract import BUDGET_LINES, TABLES
from scripts.sample_tables import NOT_DRAWN
from sources.registry import read_registry

ROOT = Path(__file__).parent.parent / "sample_inputs"
SOURCES = {source.source_id: source for source in read_registry(ROOT / "sources.yaml").sources}
FOLDERS = sorted(path for path in ROOT.iterdir() if path.is_dir())
HASHES = ("line_id", "line_key", "table_id", "document_id", "snapshot_id", "duplicate_of")
LINES = [field.name for field in BUDGET_LINES.fields if field.name not in HASHES]
VERDICTS = [field.name for field in TABLES.fields if field.name not in HASHES]


def shown(rows, columns):
    return [["" if getattr(row, c) is None else str(getattr(row, c)) for c in columns] for row in rows]


def compare(path, header, rows):
    if not path.exists():
        with path.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle, lineterminator="\n").writerows([header, *rows])
        pytest.fail(f"{path.name} of {path.parent.name} was missing and is written now: read it before you commit it")
    with path.open(newline="", encoding="utf-8") as handle:
        expected = list(csv.reader(handle))
    left_out = NOT_DRAWN if path.parent.name.startswith("pdf-") else ()
    kept = [at for at, name in enumerate(header) if name not in left_out]
    assert expected[0] == [header[at] for at in kept], f"the contract changed: write {path} anew and read it"
    assert [compared(header, row, kept) for row in rows] == [compared(expected[0], row) for row in expected[1:]]


def compared(header, row, kept=None):
    return {
        header[at]: row[at].replace(" ", "") if header[at] == "amount_printed" else row[at]
        for at in (range(len(header)) if kept is None else kept)
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_is_read_as_a_person_has_checked(folder):
    assert folder.name in SOURCES, f"{folder.name} has no entry in sample_inputs/sources.yaml"
    assert (folder / "README.md").exists(), f"{folder.name} does not say where it comes from"
    result = process(SOURCES[folder.name])
    compare(folder / "expected.csv", LINES, shown(result.lines, LINES))
    compare(folder / "expected_tables.csv", VERDICTS, shown(result.tables, VERDICTS))


def test_every_entry_has_a_folder():
    assert set(SOURCES) == {folder.name for folder in FOLDERS}
