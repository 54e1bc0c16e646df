"""Writes the PDFs of sample_inputs/pdf-*, one for each case that is hard to read, with what must come out of them.

    python -m scripts.make_sample_pdfs [FOLDER]

What is expected comes from the tables as they were drawn, never from a reader. Places and numbers of equations are
left out: the reader finds the first, the judge the second, and tests/test_sample_pdfs.py checks that the box of each
line holds its amount. The figures are made up and add up. The same call writes the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from scripts.pdf_writer import written
from scripts.sample_cases import CASES, Drawn
from scripts.sample_tables import LINE_COLUMNS, TABLE_COLUMNS, expected_line_rows, expected_table
from sources.registry import read_registry

SAMPLES = Path(__file__).resolve().parent.parent / "sample_inputs"


def name_of(case: Callable[[], Drawn]) -> str:
    """The folder of a case."""
    return "pdf-" + case.__name__.replace("_", "-")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])


def write_case(case: Callable[[], Drawn], root: Path) -> None:
    """The folder of a case: the document, what must come out of it, and what is hard about it."""
    name = name_of(case)
    source = next(one for one in read_registry(SAMPLES / "sources.yaml").sources if one.source_id == name)
    drawn, folder = case(), root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.pdf").write_bytes(written(drawn.pages))
    lines = [row for table, pages in drawn.tables for row in expected_line_rows(table, pages, source)]
    _write_csv(folder / "expected.csv", LINE_COLUMNS, lines)
    verdicts = [expected_table(table, pages[0], name) for table, pages in drawn.tables]
    _write_csv(folder / "expected_tables.csv", TABLE_COLUMNS, verdicts)
    made = "The figures are made up; scripts/make_sample_pdfs.py draws them and writes what is expected."
    (folder / "README.md").write_text(f"{case.__doc__}\n{made}\n", encoding="utf-8")


def main() -> None:
    """Write all folders."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    for case in CASES:
        write_case(case, root)


if __name__ == "__main__":
    main()
