"""Score readers on PDFs made by make_budget_pdf.py, each with its JSON beside it.

python -m scripts.score_made_pdf MADE.pdf... [--reader begroting] [--misses 20]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.made_pdfs import Score, score
from scripts.made_truth import read_truth
from scripts.pdf_readers import installed_readers


def shown(name: str, result: Score) -> str:
    """One line of figures."""
    looks = " ".join(f"{look} {found / max(true, 1):.3f}" for look, (true, found) in sorted(result.by_look.items()))
    return (
        f"{name}: cells {result.cell_share:.4f} of {result.cells}, headings {result.heading_share:.4f} of "
        f"{result.headings}, spans repeated {result.spanned_share:.3f}, false {result.false_share:.4f}, "
        f"false tables {result.false_tables}, columns off the page {result.columns_off}; {looks}"
    )


def main() -> None:
    """Print a line per file and reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--reader", action="append", choices=list(installed_readers()))
    parser.add_argument("--misses", type=int, default=0, help="how many of the missed texts to show")
    asked = parser.parse_args()
    for path in asked.paths:
        truth = read_truth(path)
        for name in asked.reader or installed_readers():
            result = score(truth, installed_readers()[name](path))
            print(shown(f"{path.stem} {name}", result))
            for miss in result.misses[: asked.misses]:
                print(f"    {miss}")


if __name__ == "__main__":
    main()
