"""What a release of made lines costs: each format, the figures made of the lines, and reading everything back.

    python benchmarks/release_speed.py [--no-workbooks] [LINES ...]

342 publishers with four documents each. Every size runs in a process of its own, and so does reading back, so that the
peaks of memory are theirs. Lines a second are those of `budget_lines`, by the clock and by the time of the processor:
on a machine with other work the second says more.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publishers import checksums, csv_file, data_package, parquet_file, sqlite_file, table_files, workbooks
from publishers.content import Content
from publishers.derived import derived
from publishers.frames import check
from publishers.history.predecessor import history_of
from publishers.order import ordered, parts_of
from publishers.package_facts import facts_of
from publishers.verification import verify
from schemas.contract import ALL_TABLES, BUDGET_LINES, PUBLISHED_TABLES

SIZES = (50_000, 500_000, 5_000_000)


def processor() -> float:
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (0, resource.RUSAGE_CHILDREN)))


def timed(name: str, lines: int, job: Callable[[], Any]) -> Any:
    start, worked = time.perf_counter(), processor()
    result = job()
    clock, work = time.perf_counter() - start, processor() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = f"{lines:,} | {name} | {clock:,.1f} | {work:,.1f} | {lines / clock:,.0f} | {lines / work:,.0f} | {peak:,}"
    print(f"| {row} |", flush=True)
    return result


def write(wanted: int, folder: Path, *, with_workbooks: bool) -> None:
    from benchmarks.made_release import made_frames

    frames = made_frames(wanted)
    lines = frames[BUDGET_LINES.name].num_rows

    def validated_parquet() -> None:
        for table in ALL_TABLES:
            check(table, frames[table.name])
        parquet_file.write(frames[BUDGET_LINES.name], folder / "lines.parquet")

    timed("validated and written as one Parquet file", lines, validated_parquet)
    timed("one CSV file", lines, lambda: csv_file.write(frames[BUDGET_LINES.name], folder / "lines.csv"))
    for left in ("lines.parquet", "lines.csv"):
        (folder / left).unlink()
    whole = timed("put in order", lines, lambda: ordered(frames))
    made = timed("current figures and restatements made", lines, lambda: derived(whole))
    content = Content(whole | made | dict(history_of(whole, None, "").frames))
    parts = parts_of(content.frames)
    for part in parts:
        (folder / part.folder).mkdir(parents=True, exist_ok=True)
    timed("all tables as CSV, whole and in parts", lines, lambda: table_files.write_csv(content, parts, folder))
    timed("all tables as Parquet, whole and in parts", lines, lambda: table_files.write_parquet(content, parts, folder))
    timed("SQLite", lines, lambda: sqlite_file.write(content, folder))
    if with_workbooks:
        timed("workbooks", lines, lambda: workbooks.write(content, folder))
    data_package.write(PUBLISHED_TABLES, folder, facts_of(content))
    timed("sums", lines, lambda: checksums.write(folder))


def read_back(folder: Path) -> None:
    import pyarrow.parquet as pq

    lines = pq.read_metadata(folder / f"{BUDGET_LINES.name}.parquet").num_rows
    problems = timed("everything read back and verified", lines, lambda: verify(folder))
    left = [problem for problem in problems if not problem.endswith(".xlsx is missing")]
    if left:
        sys.exit("; ".join(left[:5]))


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write(int(sys.argv[2]), Path(sys.argv[3]), with_workbooks="--no-workbooks" not in sys.argv)
    elif sys.argv[1:2] == ["--read"]:
        read_back(Path(sys.argv[2]))
    else:
        print("| lines | what | seconds | of the processor | lines/s | lines/s of the processor | peak MB |")
        print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
        options = [word for word in sys.argv[1:] if word.startswith("--")]
        for wanted in [int(word) for word in sys.argv[1:] if word not in options] or SIZES:
            with tempfile.TemporaryDirectory() as folder:
                for job in (["--write", str(wanted), folder, *options], ["--read", folder]):
                    subprocess.run([sys.executable, __file__, *job], check=True)


if __name__ == "__main__":
    main()
