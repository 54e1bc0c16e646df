"""Every table of the contract as CSV and Parquet, whole and by publisher and year at addresses that stay.

`budget_lines.csv` holds all; `by_publisher/gm1895/2026/budget_lines.csv` what gm1895 says in its documents of 2026;
`by_publisher/gm1895/budget_current.csv` what follows from all its documents.
"""

from __future__ import annotations

from pathlib import Path

from publishers import csv_file, parquet_file
from publishers.content import Content
from publishers.frames import plain
from publishers.order import Part, parts_of, unplaced


def write(content: Content, folder: Path) -> None:
    """Write the files; the frames are in order."""
    parts = parts_of(content.frames)
    for part in parts:
        (folder / part.folder).mkdir(parents=True, exist_ok=True)
        _write_part(content, part, folder / part.folder)
    for name, frame in content.frames.items():
        parquet_file.write(frame, folder / f"{name}.parquet")
        csv_file.write(unplaced(frame, name, parts), folder / f"{name}.csv")
        of_parts = [folder / part.folder / f"{name}.csv" for part in parts if name in part.slices]
        csv_file.append(of_parts, folder / f"{name}.csv")


def _write_part(content: Content, part: Part, folder: Path) -> None:
    for name, (start, length) in part.slices.items():
        rows = plain(content.frames[name].slice(start, length))
        csv_file.write(rows, folder / f"{name}.csv")
        parquet_file.write(rows, folder / f"{name}.parquet")
