"""The whole of `begroting run` beside pdfplumber, over processes, and its memory; each in its own processes, by turns.

    python -m benchmarks.run_speed FOUR.pdf... --many TEN.pdf... --long LONG.pdf... [--runs 3]

a. the first files by `extract_tables` of pdfplumber, and by the command with one process and two;
b. the files of --many by the command with one process and two;
c. the peak memory of the first reader alone, of a reading process, and of the command in one process, on each --long.

Seconds count from the start of the command to its end. CPU is that of all processes, of orphans too: it tells more than
seconds where others use the machine. scripts/run_benchmark.sh makes the files.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median

PDFPLUMBER = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()
"""
FIRST_READER = """
import sys, pathlib
from extractors.pdf.reader import extract_pdf
extract_pdf(pathlib.Path(sys.argv[1]).read_bytes())
"""
WORKER = """
import sys, pathlib, shutil, hashlib, tempfile
from flows.readings import read_edition
from schemas.captures import Edition
from schemas.records import DocumentType, Publisher, Source
from sources.archive import object_path
source = Source("made", Publisher("gm0000", "x", "x", "gemeente"), DocumentType.BEGROTING, 2026)
with tempfile.TemporaryDirectory() as folder:
    archive, path = pathlib.Path(folder), pathlib.Path(sys.argv[1])
    snapshot = hashlib.sha256(path.read_bytes()).hexdigest()
    object_path(archive, snapshot).parent.mkdir(parents=True)
    shutil.copy(path, object_path(archive, snapshot))
    read_edition(source, Edition("made", path.name, path.name, None, snapshot, None, None, "current"), archive)
"""
_MUNICIPALITIES = ("gm0014", "gm0034", "gm0037", "gm0047", "gm0050", "gm0059", "gm0060", "gm0080", "gm0072", "gm0074")
_CHILD_SUBREAPER = 36  # of prctl: processes whose parent is gone become ours, and their time counts


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    cpu: float
    megabytes: int


def cost(command: list[str]) -> Cost:
    """Run a command in a process between, so that nothing before it is counted."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run_speed", "--measure", json.dumps(command)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Cost(**json.loads(done.stdout))


def measure(command: list[str]) -> None:
    """Run a command and print its cost as JSON."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stderr.decode()[-300:])
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss // 1024}))


def sources_of(paths: list[Path], scratch: Path) -> Path:
    """A sources file of these files: each is the budget of another municipality."""
    about = {"document_type": "begroting", "document_year": 2026}
    sources = [
        about | {"id": f"made-{at}", "publisher": publisher, "path": str(path.resolve())}
        for at, (path, publisher) in enumerate(zip(paths, cycle(_MUNICIPALITIES)))
    ]
    out = scratch / f"sources-{paths[0].stem}-{len(paths)}.json"
    out.write_text(json.dumps({"sources": sources}), encoding="utf-8")
    return out


def run_of(paths: list[Path], scratch: Path, workers: int) -> list[str]:
    """The command over some files, with nothing published before."""
    output = tempfile.mkdtemp(dir=scratch)
    sources = str(sources_of(paths, scratch))
    return [
        sys.executable,
        "-m",
        "flows.cli",
        "run",
        "--sources",
        sources,
        "--output",
        output,
        "--workers",
        f"{workers}",
    ]


def told(name: str, costs: list[Cost], base: Cost | None = None) -> Cost:
    """Print the medians of some runs, beside those of others; give them."""
    found = Cost(
        median(one.seconds for one in costs), median(one.cpu for one in costs), max(one.megabytes for one in costs)
    )
    times = f"; {base.seconds / found.seconds:.2f} and {base.cpu / found.cpu:.2f} times as fast" if base else ""
    print(f"  {name}: {found.seconds:.1f} s, {found.cpu:.1f} s of CPU{times}; {found.megabytes} MB", flush=True)
    return found


def speed(paths: list[Path], scratch: Path, runs: int, *, beside: bool) -> None:
    """The command with one process and two, beside pdfplumber where asked."""
    costs: dict[str, list[Cost]] = {"pdfplumber": [], "one process": [], "two processes": []}
    for _ in range(runs):
        if beside:
            costs["pdfplumber"].append(cost([sys.executable, "-c", PDFPLUMBER, *map(str, paths)]))
        for name, workers in (("one process", 1), ("two processes", 2)):
            costs[name].append(cost(run_of(paths, scratch, workers)))
    base = told("pdfplumber", costs["pdfplumber"]) if beside else None
    one = told("one process", costs["one process"], base)
    told("two processes", costs["two processes"], base or one)


def memory(path: Path, scratch: Path) -> None:
    """The peak of each way to read one file."""
    told("the first reader alone", [cost([sys.executable, "-c", FIRST_READER, str(path)])])
    told("a reading process", [cost([sys.executable, "-c", WORKER, str(path)])])
    told("the command in one process", [cost(run_of([path], scratch, 1))])


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--many", nargs="*", type=Path, default=[])
    parser.add_argument("--long", nargs="*", type=Path, default=[])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--measure", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.measure)
        return
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as scratch:
        if asked.paths:
            print(f"a. {len(asked.paths)} files beside pdfplumber")
            speed(asked.paths, Path(scratch), asked.runs, beside=True)
        if asked.many:
            print(f"b. {len(asked.many)} files over processes")
            speed(asked.many, Path(scratch), asked.runs, beside=False)
        for path in asked.long:
            print(f"c. memory on {path.name}")
            memory(path, Path(scratch))
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
