"""Cells, headings and false cells on made PDFs, geometry on the ICDAR set, and faults put into tables read from PDFs.

The PDFs are made where a maker is installed: the environment of `make pdf-benchmark`, a browser, an office suite. What
is not here is skipped, and says so. BEGROTING_SOAK=1 makes 300 pages each; BEGROTING_SEEDS names the seeds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus_tests.conftest import SHARED, judged, pdf_cases
from corpus_tests.test_faults import share_noticed, share_proved_when_shuffled
from flows.document import judged_tables
from schemas.records import BudgetTable
from scripts.made_pdfs import score
from scripts.made_truth import read_truth
from scripts.pdf_readers import installed_readers
from scripts.score_icdar import Score, add_document, pdf_of
from scripts.score_icdar import read_truth as read_structure
from sources.local import read_snapshot
from sources.registry import read_registry

ROOT = Path(__file__).resolve().parent.parent
MAKER = SHARED / "tools" / "make_budget_pdf.py"
ICDAR = SHARED / "corpus" / "reference" / "icdar2013-eu"
PAGES = 300 if os.environ.get("BEGROTING_SOAK") else 60
SEEDS = [int(seed) for seed in os.environ.get("BEGROTING_SEEDS", "31").split()]
PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "libreoffice": ("soffice", "libreoffice")}
THRESHOLDS = {  # least share of cells and of headings, most false cells per true cell
    "reportlab": (0.995, 0.97, 0.02),
    "weasyprint": (0.995, 0.97, 0.02),
    "chromium": (0.995, 0.97, 0.02),
    "libreoffice": (0.985, 0.90, 0.05),
}


def maker_python(producer: str) -> str | None:
    """The Python that can run this producer, or None."""
    made = ROOT / ".venv-makers" / "bin" / "python"
    modules = ["numpy", "PIL", *([producer] if producer in ("reportlab", "weasyprint") else [])]
    if producer in PROGRAMS and not any(shutil.which(program) for program in PROGRAMS[producer]):
        return None
    if all(find_spec(module) for module in modules):
        return sys.executable
    return str(made) if made.exists() else None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("producer", list(THRESHOLDS))
def test_cells_stand_in_their_row_and_column(producer: str, seed: int, tmp_path: Path) -> None:
    python = maker_python(producer)
    if python is None or not MAKER.exists():
        pytest.skip(f"{producer} is not installed here: no PDF of it is made, nothing is measured")
    command = [python, str(MAKER), "--pages", str(PAGES), "--seed", str(seed), "--producer", producer]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True, timeout=900)
    path = next(tmp_path.glob("*.pdf"))
    result = score(read_truth(path), installed_readers()["begroting"](path))
    shares = (result.cell_share, result.heading_share, result.false_share)
    print(f"{path.stem}: cells {shares[0]:.4f}, headings {shares[1]:.4f}, false {shares[2]:.4f}")
    least_cells, least_headings, most_false = THRESHOLDS[producer]
    misses = "\n".join(result.misses[:20])
    assert shares[0] >= least_cells, misses
    assert shares[1] >= least_headings, misses
    assert shares[2] <= most_false


def structure_score(reader: str) -> Score:
    result = Score()
    for path in sorted(ICDAR.glob("*-str.xml")):
        add_document(result, read_structure(path), list(installed_readers()[reader](pdf_of(path))))
    print(f"{reader}: {result.shown()}")
    return result


@pytest.mark.skipif(not ICDAR.is_dir(), reason="the ICDAR set is not beside the checkout")
def test_geometry_beats_the_default_of_pdfplumber() -> None:
    ours, theirs = structure_score("begroting"), structure_score("pdfplumber")
    assert theirs.tables == ours.tables == 77
    assert ours.cells_found >= 0.90 * ours.cells
    assert len(ours.incomplete) < len(theirs.incomplete)


# -------------------------------------------------------------------------------------------------------- faults


def tables() -> list[BudgetTable]:
    """The judged tables of the sample PDFs and of the real ones."""
    sources = [
        one
        for one in read_registry(ROOT / "sample_inputs" / "sources.yaml").sources
        if one.source_id.startswith("pdf-")
    ]
    found = []
    for source in sources:
        if source.source_id not in ("pdf-unusable-font", "pdf-picture-only"):
            found += judged_tables(source, read_snapshot(source)).tables
    for folder in pdf_cases():
        if (folder / "gold.json").exists():
            found += judged(folder)[2].tables
    return [one.judgement.table for one in found if one.judgement.table is not None]


def test_no_touched_cell_of_a_pdf_stays_proved() -> None:
    touched, share = share_noticed(tables())
    assert touched > 200
    assert share >= 0.99


def test_shuffled_columns_of_pdfs_prove_nothing() -> None:
    assert share_proved_when_shuffled(tables()) <= 0.01
