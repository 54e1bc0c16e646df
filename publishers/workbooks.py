"""The workbooks of a release, beside the tables of each publisher and year."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

import pyarrow as pa

from publishers import parquet_file, xlsx_file
from publishers.content import Content
from publishers.order import Part, parts_of
from schemas.contract import BUDGET_LINES

_WORTH_PROCESSES = 10_000  # lines, which take as long to write as a process takes to start
_AT_A_TIME = 8  # workbooks that a process is given


def write(content: Content, folder: Path) -> None:
    """Write the workbooks over all cores; the tables of the parts have been written."""
    with written_beside(content, folder, os.cpu_count() or 1):
        pass


@contextmanager
def written_beside(content: Content, folder: Path, processes: int) -> Iterator[None]:
    """Write the workbooks, where they are worth it in other processes while the block goes on; they are there after it.

    The tables of the parts have been written. The bytes are the same either way.
    """
    parts = [part for part in parts_of(content.frames) if part.document_year is not None]
    if processes > 1 and content.frames[BUDGET_LINES.name].num_rows >= _WORTH_PROCESSES:
        with _in_processes([folder / address(part) for part in parts], min(processes, len(parts))):
            yield
        return
    for part in parts:
        frames = {name: content.frames[name].slice(*part.slices[name]) for name in xlsx_file.SHEETS}
        xlsx_file.write(frames, folder / address(part))
    yield


def address(part: Part) -> str:
    """Where the workbook of a part stands in a release."""
    return f"{part.folder}/{part.publisher_id}-{part.document_year}.xlsx"


def differences(frames: Mapping[str, pa.Table], folder: Path) -> Iterator[str]:
    """Workbooks that are missing, damaged, or have other numbers of rows than their part; `frames` are in order.

    Raises:
        OSError, zipfile.BadZipFile: where one can't be read.
    """
    for part in parts_of(frames):
        path = folder / address(part)
        if part.document_year is None:
            continue
        if not path.is_file():
            yield f"{address(part)} is missing"
        elif xlsx_file.row_counts(path) != [part.slices[name][1] for name in xlsx_file.SHEETS]:
            yield f"{address(part)} has not the rows of its part"


@contextmanager
def _in_processes(paths: list[Path], workers: int) -> Iterator[None]:
    """Write workbooks of the tables that stand beside them, while the block goes on."""
    context = get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        written = pool.map(_write_one, paths, chunksize=_AT_A_TIME if len(paths) > _AT_A_TIME * workers else 1)
        yield
        for _ in written:
            pass


def _write_one(path: Path) -> None:
    frames = {name: parquet_file.read(path.parent / f"{name}.parquet") for name in xlsx_file.SHEETS}
    xlsx_file.write(frames, path)


def _end_with_parent() -> None:
    """A worker ends when the run that started it was killed."""
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        Thread(target=watch, daemon=True).start()
