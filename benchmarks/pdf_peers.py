"""Readers of PDF tables on the same files in one run, each in a fresh process: speed, memory, and what they find.

    python -m benchmarks.pdf_peers MADE.pdf... [--reader NAME]... [--runs 3] [--limit 900]

The files are made by make_budget_pdf.py, each with its JSON of true cells beside it. Seconds are those of reading all
pages, without the start of Python and imports; memory is the peak of the process and, where it starts one, of its
biggest child. Prints a table in Markdown for docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.made_pdfs import score
from scripts.made_truth import read_truth
from scripts.pdf_readers import import_reader, installed_readers

YARDSTICK = "pdfplumber"
HEAD = ("file", "reader", "pages/s", "times pdfplumber", "peak MB", "cells", "headings", "false cells", "false tables")


@dataclass(frozen=True)
class Run:
    """What one reader did with one file."""

    pages: int
    seconds: float
    megabytes: int
    cells: float
    headings: float
    false_cells: float
    false_tables: int


def measured(reader: str, path: Path) -> Run:
    """One reading, in this process."""
    pages = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["pages"]
    read = import_reader(reader)
    start = time.perf_counter()
    found = list(read(path))
    seconds = time.perf_counter() - start
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    result = score(read_truth(path), found)
    return Run(
        pages,
        seconds,
        peak // 1024,
        result.cell_share,
        result.heading_share,
        result.false_share,
        result.false_tables,
    )


def measured_apart(reader: str, path: Path, limit: float) -> Run | str:
    """The same in a process of its own; a word where it gave nothing."""
    command = [sys.executable, "-m", "benchmarks.pdf_peers", "--worker", reader, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["died"])[-1][:80]
    return Run(**json.loads(done.stdout.strip().splitlines()[-1]))


def row(path: Path, reader: str, runs: list[Run | str], yardstick: float | None) -> tuple[str, ...]:
    """A row of the table: the median of the seconds, the highest memory."""
    good = [run for run in runs if isinstance(run, Run)]
    if not good:
        return (path.stem, reader, str(runs[0]), *[""] * (len(HEAD) - 3))
    seconds = statistics.median(run.seconds for run in good)
    one = good[0]
    speed = one.pages / seconds
    times = f"{yardstick / seconds:.1f}" if yardstick else ""
    memory = max(run.megabytes for run in good)
    return (
        path.stem,
        reader,
        f"{speed:.1f}",
        times,
        f"{memory}",
        f"{one.cells:.1%}",
        f"{one.headings:.1%}",
        f"{one.false_cells:.1%}",
        f"{one.false_tables}",
    )


def compare(paths: list[Path], readers: list[str], runs: int, limit: float) -> None:
    """Run all, reader after reader so that a busy machine hits none alone, and print the table as it grows."""
    print("| " + " | ".join(HEAD) + " |")
    print("| --- | --- " + "| ---: " * (len(HEAD) - 2) + "|")
    for path in paths:
        results: dict[str, list[Run | str]] = {reader: [] for reader in readers}
        for _ in range(runs):
            for reader in readers:
                results[reader].append(measured_apart(reader, path, limit))
        base = [run.seconds for run in results.get(YARDSTICK, []) if isinstance(run, Run)]
        for reader in readers:
            cells = row(path, reader, results[reader], statistics.median(base) if base else None)
            print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Read the arguments; as a worker, measure once and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--reader", action="append", choices=list(installed_readers()))
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--limit", type=float, default=900.0, help="seconds for one reader and file")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        print(json.dumps(measured(asked.worker, asked.paths[0]).__dict__))
    else:
        compare(asked.paths, asked.reader or list(installed_readers()), asked.runs, asked.limit)


if __name__ == "__main__":
    main()
