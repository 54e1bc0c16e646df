"""A Dask scheduler and workers on loopback, started as an operator would, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import distributed

ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A scheduler and workers as processes of their own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster_of(workers: int, folder: Path, *options: str, **environment: str) -> Iterator[Cluster]:
    """Start a scheduler and workers of one thread each on loopback, as an operator would, and end them."""
    said = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    dask = [sys.executable, "-m", "dask"]
    scheduler_file = folder / "scheduler.json"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        log = (folder / f"{arguments[0]}-{len(started)}.log").open("wb")
        with log:
            return subprocess.Popen([*dask, *arguments], cwd=folder, env=said, stdout=log, stderr=log)

    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(
            start(
                "scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(scheduler_file),
            )
        )
        address = _waited_for(scheduler_file, started[0])
        for _ in range(workers):
            started.append(
                start("worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard",
                      "--local-directory", str(folder), *(options or ("--no-nanny",)))
            )  # fmt: skip
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
        yield Cluster(address, started[1:])
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _waited_for(file: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        if file.exists() and file.stat().st_size:
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")
