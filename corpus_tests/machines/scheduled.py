"""A Prefect server and workers as an operator starts them, asked over its API; and who alerts go to."""

from __future__ import annotations

import os
import signal
import socketserver
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Any

import httpx

from tests.flows.documents import sources_file, text_of
from tests.sources.hostile_server import Site

ROOT = Path(__file__).parents[2]
POOL = "begroting"
SETTINGS = """settings:
  fetching: {contact: "mailto:data@example.org", delay: 0, timeout: 60, attempts: 1, private_addresses: true}
"""
ENDED = frozenset(("COMPLETED", "FAILED", "CRASHED", "CANCELLED"))


def free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that is no child of the flow runs of this one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {"PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", "PREFECT_HOME": str(home)} | more


def begroting(*words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    command = [sys.executable, "-m", "flows.cli", *words]
    env = environment(home, **more)
    return subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, timeout=180, check=False)


def waited(ask: Callable[[], Any], seconds: float, what: str) -> Any:
    """What a question gives once it gives something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := ask():
            return found
        time.sleep(0.3)
    raise AssertionError(f"{what}: not within {seconds} s")


@dataclass
class Server:
    """A Prefect server, asked as its UI asks it."""

    api: str
    home: Path

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        for _ in range(10):  # as Prefect's clients do where its database is busy
            answer = httpx.request(method, f"{self.api}{path}", json=body, timeout=60)
            if answer.status_code != 503:
                break
            time.sleep(1)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def post(self, path: str, **body: Any) -> Any:
        return self._ask("POST", path, body)

    def add_schedule(self, name: str, **schedule: Any) -> None:
        said = [{"schedule": schedule, "active": True, "slug": "added"}]
        self._ask("POST", f"/deployments/{self.deployment(name)['id']}/schedules", said)

    def pause(self, name: str, *, whether: bool = True) -> None:
        self.post(f"/deployments/{self.deployment(name)['id']}/{'pause' if whether else 'resume'}_deployment")

    def deployment(self, name: str) -> Any:
        return self._ask("GET", f"/deployments/name/publish-budgets/{name}")

    def start(self, name: str) -> str:
        """Ask for a run of a deployment; gives its id."""
        return str(self.post(f"/deployments/{self.deployment(name)['id']}/create_flow_run")["id"])

    def run(self, run_id: str) -> Any:
        return self._ask("GET", f"/flow_runs/{run_id}")

    def runs(self, name: str) -> list[Any]:
        wanted = {"deployments": {"id": {"any_": [self.deployment(name)["id"]]}}}
        return list(self.post("/flow_runs/filter", **wanted, sort="EXPECTED_START_TIME_ASC", limit=200))

    def until(self, run_id: str, types: frozenset[str] = ENDED, seconds: float = 120) -> Any:
        """A run once it is in a state of some types."""
        return waited(
            lambda: (found := self.run(run_id))["state_type"] in types and found, seconds, f"a run that is {set(types)}"
        )

    def has_heard(self, run_id: str) -> bool:
        """Whether a heartbeat of a run came."""
        resource = {"id": [f"prefect.flow-run.{run_id}"]}
        found = self.post(
            "/events/filter", filter={"event": {"name": ["prefect.flow-run.heartbeat"]}, "resource": resource}
        )
        return bool(found["events"])

    def tasks(self, run_id: str) -> dict[str, str]:
        """The states of the tasks of a run that ended."""

        def ended() -> dict[str, str] | None:
            found = self.post("/task_runs/filter", flow_runs={"id": {"any_": [run_id]}})
            states = {one["name"]: one["state_type"] for one in found}
            return states if states and set(states.values()) <= ENDED else None

        return dict(waited(ended, 30, "tasks that ended"))

    def artifact(self, key: str) -> Any:
        return self._ask("GET", f"/artifacts/{key}/latest")["data"]

    def deploy(self, sources: Path, output: Path, **more: str) -> subprocess.CompletedProcess[str]:
        done = begroting(
            "deploy", "--sources", str(sources), "--output", str(output), "--pool", POOL, home=self.home,
            PREFECT_API_URL=self.api, **more,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done


@contextmanager
def worker(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the pool, and the runs it starts, all ended at the end."""
    log = (server.home / "worker.log").open("ab")
    with log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--limit", "5"],
            cwd=server.home, env=environment(server.home, PREFECT_API_URL=server.api), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def processes_of(home: Path) -> list[int]:
    """The processes whose PREFECT_HOME is a folder: the server aside, a worker and the runs it started."""
    mark = f"PREFECT_HOME={home}\0".encode()
    found = []
    for one in Path("/proc").iterdir():
        try:
            if one.name.isdigit() and mark in (one / "environ").read_bytes():
                found.append(int(one.name))
        except OSError:
            continue
    return found


def kill_run(run_id: str) -> list[int]:
    """Kill the process of a flow run, as a machine that loses its power would."""
    mark = f"PREFECT__FLOW_RUN_ID={run_id}\0".encode()
    killed = []
    for one in Path("/proc").iterdir():
        try:
            if one.name.isdigit() and mark in (one / "environ").read_bytes():
                os.kill(int(one.name), signal.SIGKILL)
                killed.append(int(one.name))
        except OSError:
            continue
    return killed


# ------------------------------------------------------------------------------------------------------ who is told


@dataclass
class Told:
    """What came in, and where to send it."""

    address: str
    messages: list[str] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)


@contextmanager
def webhook() -> Iterator[Told]:
    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.messages.append(self.rfile.read(int(self.headers["content-length"])).decode())
            told.types.append(self.headers["content-type"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        told = Told(f"http://127.0.0.1:{server.server_address[1]}/hook")
        Thread(target=server.serve_forever, daemon=True).start()
        yield told
        server.shutdown()


@contextmanager
def mailbox() -> Iterator[Told]:
    """A mail server that keeps what it is sent."""

    class Takes(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 mail\r\n")
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    mail = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        mail += part
                    told.messages.append(mail.decode())
                self.wfile.write(b"221 bye\r\n" if word.startswith("QUIT") else b"250 ok\r\n")
                if word.startswith("QUIT"):
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Takes) as server:
        port = server.server_address[1]
        told = Told(f"mailto://127.0.0.1:{port}?from=begroting@example.org&to=data@example.org&mode=insecure")
        Thread(target=server.serve_forever, daemon=True).start()
        yield told
        server.shutdown()


def slow_sources(folder: Path, site: Site, name: str) -> Path:
    """One local document, and one of a host that takes as long as it is told."""
    site.page("/slow", text_of("Programma 2 Zorg"), type="text/plain")
    path = sources_file(folder, ("one", "one.txt"), ("slow", {"url": site.url("/slow")}), name=f"{name}.yaml")
    path.write_text(SETTINGS + path.read_text(encoding="utf-8"), encoding="utf-8")
    return path
