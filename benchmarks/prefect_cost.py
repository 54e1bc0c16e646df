"""What Prefect costs a run: the command beside the flow against a running server, by turns, with empty archives.

    python -m benchmarks.prefect_cost DOCUMENT.pdf... [--runs 3]

Of both, seconds inside Python after all was imported, and CPU seconds of all processes but the server; of the whole
commands too, where the 2 s that Prefect takes to be imported count. scripts/prefect_benchmark.sh makes 20 documents.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.run_speed import cost
from flows.prefect_server import serving
from flows.prefect_settings import before_prefect

MEASURED = """
import sys, time, json
from pathlib import Path
how, sources, output, workers, said = sys.argv[1:]
if how == "flow":
    from flows.budget_flow import publish_budgets as go
    arguments = dict(sources=sources, output=output, workers=int(workers))
else:
    from datetime import UTC, datetime
    from flows.pipeline import Job, run_job as go
    from sources.registry import read_registry
    path = Path(sources)
    arguments = dict(job=Job(read_registry(path).sources, Path(output), datetime.now(UTC)), workers=int(workers))
start = time.perf_counter()
report = go(**arguments)
Path(said).write_text(json.dumps({"inside": time.perf_counter() - start, "lines": report.lines}))
"""


def sources_of(folder: Path, documents: list[Path]) -> Path:
    entries = [
        {"id": f"d{n:03}", "publisher": "gm1895", "document_type": "begroting", "document_year": 2026, "path": str(one)}
        for n, one in enumerate(documents)
    ]
    file = folder / "sources.yaml"
    file.write_text(json.dumps({"sources": entries}), encoding="utf-8")
    return file


def once(how: str, sources: Path, workers: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "inside.json"
        took = cost([sys.executable, "-c", MEASURED, how, str(sources), f"{folder}/out", str(workers), str(said)])
        return {**json.loads(said.read_text()), "cpu": took.cpu, "whole": took.seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    said = parser.parse_args()
    before_prefect()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "prefect", port) as api:
        os.environ |= {"PREFECT_API_URL": api, "PREFECT_HOME": f"{folder}/client"}
        sources = sources_of(Path(folder), [one.resolve() for one in said.documents])
        measured: dict[str, list[dict[str, float]]] = {"command": [], "flow": []}
        for number in range(said.runs):
            for how in ("command", "flow") if number % 2 == 0 else ("flow", "command"):
                measured[how].append(once(how, sources, said.workers))
                print(how, measured[how][-1], flush=True)
    print(
        f"\n{len(said.documents)} documents, {said.workers} processes, {said.runs} runs, medians;"
        f" load {os.getloadavg()[0]:.1f}"
    )
    for key in ("inside", "cpu", "whole"):
        plain, flow = (median(one[key] for one in measured[how]) for how in ("command", "flow"))
        print(
            f"{key:8} command {plain:7.2f} s   flow {flow:7.2f} s   {flow - plain:+6.2f} s   {(flow / plain - 1):+.1%}"
        )


if __name__ == "__main__":
    main()
