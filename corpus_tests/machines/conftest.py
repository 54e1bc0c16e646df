"""Servers on loopback, started and ended by the tests: S3 by moto, a Prefect server, a Dask scheduler and workers."""

from __future__ import annotations

import os

os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.documents import text_of
from tests.sources.hostile_server import Site, hosting

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


@pytest.fixture
def site() -> Iterator[Site]:
    with hosting() as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(text_of(), encoding="utf-8")
    return tmp_path
