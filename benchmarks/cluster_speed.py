"""The main job over PDFs: here, and as a flow on a Dask cluster of one worker and two; on a disk and on S3.

    python -m benchmarks.cluster_speed FILE.pdf... [--runs 2]

Each way starts from an empty archive, by turns; the median counts. A Prefect server, a scheduler, workers and an S3
server run beside it on this machine, so the cores are shared: it tells what the machinery costs, not how far it goes.
CPU seconds are those of all these processes, and say more than seconds where others use the machine.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

os.environ |= {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_LOGGING_LEVEL": "ERROR"}

import psutil
import pypdfium2
from prefect.settings import PREFECT_API_URL
from prefect.testing.utilities import prefect_test_harness

from corpus_tests.machines.cluster import cluster_of

SECRETS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "eu-west-1"}
Way = Callable[[Path], None]


def sources_of(files: list[Path], folder: Path) -> Path:
    """A sources file of PDFs."""
    lines = ["sources:"]
    for file in files:
        lines += [f"  - id: {file.stem.lower()}", "    publisher: gm1895", "    document_type: begroting"]
        lines += ["    document_year: 2026", f"    path: {file.resolve()}", "    unit: 1000"]
    path = folder / "sources.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def here(sources: Path, workers: int, address: str | None = None) -> Way:
    """The command without Prefect, on a disk or at an address."""

    def run(folder: Path) -> None:
        places = ["--output", str(folder / "out")]
        if address:
            places = ["--output", f"{address}/{folder.name}", "--state", str(folder / "state")]
        command = [sys.executable, "-m", "flows.cli", "run", "--sources", str(sources), "--workers", str(workers)]
        subprocess.run([*command, *places], check=False, stdout=subprocess.DEVNULL)

    return run


def on_dask(sources: Path, scheduler: str, output: str | None = None) -> Way:
    """The flow on a cluster, on a disk or at an address."""

    def run(folder: Path) -> None:
        from flows import budget_flow, cluster

        os.environ[cluster.SCHEDULER] = scheduler
        flow = budget_flow.budget_flow.with_options(task_runner=cluster.task_runner())
        places = [f"{output}/{folder.name}", str(folder / "state")] if output else [str(folder / "out")]
        flow(str(sources), *places, return_state=True)

    return run


def in_threads(sources: Path) -> Way:
    """The flow with threads, without a cluster."""

    def run(folder: Path) -> None:
        from flows.budget_flow import budget_flow

        budget_flow(str(sources), str(folder / "out"), return_state=True)

    return run


def s3_server(ending: ExitStack) -> None:
    """Start an S3 server with a bucket; the environment says how to enter it."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    ending.callback(server.stop)
    host, port = server.get_host_and_port()
    os.environ |= SECRETS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).create_bucket(
        Bucket="bench", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )


def cpu_seconds() -> float:
    """The CPU seconds of this process, of those it started, and of theirs that have ended."""
    this = psutil.Process()
    return sum(sum(one.cpu_times()[:4]) for one in [this, *this.children(recursive=True)])


def size_below(folder: Path) -> int:
    """The bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--ways", default="", help="Only ways whose name holds this.")
    said = parser.parse_args()
    pages = sum(len(pypdfium2.PdfDocument(file)) for file in said.files)
    sizes: dict[str, int] = {}
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        sources = sources_of(said.files, folder)
        s3_server(ending)
        ending.enter_context(prefect_test_harness(server_startup_timeout=120))
        api = {"PREFECT_API_URL": str(PREFECT_API_URL.value()), "PREFECT_LOGGING_LEVEL": "ERROR"}
        clusters = []
        for workers in (1, 2):
            (folder / f"cluster-{workers}").mkdir()
            clusters.append(ending.enter_context(cluster_of(workers, folder / f"cluster-{workers}", **api)).address)
        ways = {
            "here, 1 process": here(sources, 1),
            "here, 2 processes": here(sources, 2),
            "flow, 4 threads": in_threads(sources),
            "flow, 1 Dask worker": on_dask(sources, clusters[0]),
            "flow, 2 Dask workers": on_dask(sources, clusters[1]),
            "here, 2 processes, S3": here(sources, 2, "s3://bench"),
            "flow, 2 Dask workers, S3": on_dask(sources, clusters[1], "s3://bench"),
        }
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways if said.ways in name}
        for turn in range(said.runs):
            for name, way in ((name, way) for name, way in ways.items() if said.ways in name):
                at = folder / f"{turn}-{len(took[name])}-{abs(hash(name))}"
                for what in (name, f"{name}, again: nothing to read"):
                    begun, spent = time.monotonic(), cpu_seconds()
                    way(at)
                    took.setdefault(what, []).append((time.monotonic() - begun, cpu_seconds() - spent))
                    print(what, took[what][-1], flush=True)
                if name == "here, 1 process" and turn == 0:
                    archive = at / "out" / "archive"
                    sizes = {part: size_below(archive / part) for part in ("objects", "readings")}
                    sizes |= {"release": size_below(at / "out" / "releases")}
                shutil.rmtree(at, ignore_errors=True)
    print(f"{len(said.files)} documents, {pages} pages, bytes: {sizes}")
    for name, measured in took.items():
        seconds, cpu = (median(one[at] for one in measured) for at in (0, 1))
        print(f"| {name} | {seconds:.1f} | {pages / seconds:.0f} | {cpu:.1f} |")


if __name__ == "__main__":
    main()
