"""A first run and two routine runs over a site of unchanged pages on loopback, without politeness's waiting.

    python -m benchmarks.routine_run [PAGES ...]

Seconds, peak memory of the process, and requests, for each number of pages.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.sources import hostile_pages as pages
from tests.sources.hostile_server import hosting

ROOT = Path(__file__).parent.parent
SETTINGS = """settings:
  fetching: {{contact: "mailto:data@example.org", delay: 0, private_addresses: true}}
sources:
  - id: site
    publisher: gm1895
    document_type: begroting
    document_year: 2026
    url: "{url}"
    follow: pages
"""
PEAK = """
import resource, sys
from flows.cli import app
try:
    app()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def measured(sources: Path, output: Path) -> tuple[float, str]:
    start = time.monotonic()
    command = [sys.executable, "-c", PEAK, "run", "--sources", str(sources), "--output", str(output), "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    peak = done.stderr.rpartition("peak ")[2].strip()
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.monotonic() - start, peak


def main() -> None:
    print("pages  run        seconds  peak MB  requests  statuses")
    for count in map(int, sys.argv[1:] or ["100", "500"]):
        with hosting() as site, tempfile.TemporaryDirectory() as folder:
            pages.budget_site(site, count)
            sources = Path(folder) / "sources.yaml"
            sources.write_text(SETTINGS.format(url=site.url("/begroting/")), encoding="utf-8")
            for name in ("first", "routine", "routine"):
                site.forget()
                seconds, peak = measured(sources, Path(folder) / "out")
                statuses = sorted({request.status for request in site.asked()})
                print(f"{count:5}  {name:8} {seconds:8.1f} {peak:>8} {len(site.asked()):9}  {statuses}", flush=True)


if __name__ == "__main__":
    main()
