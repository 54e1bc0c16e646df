"""Servers on loopback, started and ended by the tests: S3 by moto, a Prefect server, a Dask scheduler and workers."""

from __future__ import annotations

import os

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import distributed
import pytest

ROOT = Path(__file__).parents[2]
SECRETS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "eu-west-1"}


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server that keeps everything in memory; the environment says how to enter it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    kept = dict(os.environ)
    os.environ |= SECRETS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    yield os.environ["AWS_ENDPOINT_URL"]
    os.environ.clear()
    os.environ |= kept
    server.stop()


@pytest.fixture
def bucket(s3_server: str, request: pytest.FixtureRequest) -> str:
    """The address of a new, empty bucket."""
    import boto3

    name = f"bucket-{abs(hash(request.node.nodeid))}"
    boto3.client("s3", endpoint_url=s3_server).create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    return f"s3://{name}"


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[str]:
    """A Prefect server of its own; gives the address of its API."""
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield str(PREFECT_API_URL.value())


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
