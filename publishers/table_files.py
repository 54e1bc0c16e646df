"""Every table of the contract as CSV and Parquet, whole and by publisher and year at addresses that stay.

`budget_lines.csv` holds all; `by_publisher/gm1895/2026/budget_lines.csv` what gm1895 says in its documents of 2026;
`by_publisher/gm1895/budget_current.csv` what follows from all its documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from publishers import csv_file, parquet_file
from publishers.content import Content
from publishers.frames import plain
from publishers.order import Part, parts_of, unplaced

_ROWS = 1 << 18  # at a time


def write(content: Content, folder: Path) -> None:
    """Write the files; the frames are in order."""
    parts = parts_of(content.frames)
    for part in parts:
        (folder / part.folder).mkdir(parents=True, exist_ok=True)
    write_parquet(content, parts, folder)
    write_csv(content, parts, folder)


def write_parquet(content: Content, parts: Sequence[Part], folder: Path) -> None:
    """Write the Parquet files; the folders of the parts are there."""
    for name, frame in content.frames.items():
        parquet_file.write(frame, folder / f"{name}.parquet")
        for part, rows in _parted(frame, name, parts):
            parquet_file.write(rows, folder / part.folder / f"{name}.parquet")


def write_csv(content: Content, parts: Sequence[Part], folder: Path) -> None:
    """Write the CSV files, each row laid out once: the whole is made of its parts."""
    for name, frame in content.frames.items():
        csv_file.write(unplaced(frame, name, parts), folder / f"{name}.csv")
        paths = []
        for part, rows in _parted(frame, name, parts):
            paths.append(folder / part.folder / f"{name}.csv")
            csv_file.write(rows, paths[-1])
        csv_file.append(paths, folder / f"{name}.csv")


def _parted(frame: pa.Table, name: str, parts: Sequence[Part]) -> Iterator[tuple[Part, pa.Table]]:
    """The rows of each part, with plain texts; many parts at a time, since dictionaries are those of the whole."""
    waiting: list[Part] = []
    with_rows = [part for part in parts if name in part.slices]
    for number, part in enumerate(with_rows, start=1):
        waiting.append(part)
        first = waiting[0].slices[name][0]
        length = sum(part.slices[name]) - first
        if length >= _ROWS or number == len(with_rows):
            block = plain(frame.slice(first, length)).combine_chunks()
            for one in waiting:
                start, rows = one.slices[name]
                yield one, block.slice(start - first, rows)
            waiting = []
