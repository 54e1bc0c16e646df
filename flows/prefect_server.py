"""Prefect's own server, with SQLite, in a process beside this one; it ends with the process that started it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from subprocess import DEVNULL, Popen, TimeoutExpired
from typing import IO

from schemas.errors import BegrotingError
from storage.locks import take_lock

HOST = "127.0.0.1"  # the server asks nobody for a password
_START = 120.0  # seconds; the first start makes the database
_STOP = 20.0


class ServerError(BegrotingError):
    """Prefect's server doesn't start."""


def api_of(port: int) -> str:
    """The address of the API of a server on this machine."""
    return f"http://{HOST}:{port}/api"


def made(home: Path) -> None:
    """Make the folder of a server where it is not there.

    Raises:
        ServerError: where it can't be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(f"{home}: the folder can't be made: {error.strerror}") from error


@contextmanager
def serving(home: Path, port: int) -> Iterator[str]:
    """A server that keeps all it knows in a folder, alone; gives the address of its API.

    Raises:
        ServerError: where another server has the folder, the port is taken, or the server doesn't start.
    """
    api = api_of(port)
    with _alone(home) as lock:
        _check_port(port)
        log = home / "server.log"
        with log.open("ab") as out:
            process = Popen(
                [sys.executable, "-m", "flows.prefect_server", str(port)],
                env={**os.environ, "PREFECT_HOME": str(home), "PREFECT_API_URL": api},
                stdin=DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C ends the runs first, which tell the server so
                pass_fds=(lock.fileno(),),  # held as long as the server lives, also where this process is killed
            )
        try:
            _wait(process, api, log)
            yield api
        finally:
            process.terminate()
            try:
                process.wait(_STOP)
            except TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _alone(home: Path) -> Iterator[IO[str]]:
    """The lock of a folder: two servers on one database would undo each other's deployments."""
    made(home)
    try:
        handle = take_lock(home)
    except BlockingIOError:
        raise ServerError(
            f"another `begroting serve` keeps its database in {home}: stop that one, or give another --output; "
            "several sources files on one server are what `begroting deploy` is for"
        ) from None
    except OSError as error:
        raise ServerError(f"{home}: nothing can be written there: {error.strerror}") from error
    with handle:
        yield handle


def _check_port(port: int) -> None:
    with socket() as one:
        one.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)  # as the server itself does
        try:
            one.bind((HOST, port))
        except OSError as error:
            raise ServerError(f"port {port} can't be had ({error.strerror}): give another one with --port") from error


def _wait(process: Popen[bytes], api: str, log: Path) -> None:
    until = time.monotonic() + _START
    while not _answers(api):
        if process.poll() is not None:
            raise ServerError(f"Prefect's server ended with status {process.returncode}: see {log}")
        if time.monotonic() > until:
            raise ServerError(f"Prefect's server did not answer within {_START:.0f} s: see {log}")
        time.sleep(0.3)


def _answers(api: str) -> bool:
    import httpx

    try:
        return httpx.get(f"{api}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _end_with_parent() -> None:
    """End this process when the one that started it was killed and can't tell it to."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main(port: int) -> None:
    """Serve, until told to stop."""
    import uvicorn
    from prefect.server.api.server import create_app

    _end_with_parent()
    uvicorn.run(create_app(final=True), host=HOST, port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]))
