"""What keeps Prefect's server from starting; none is started here."""

import fcntl
from socket import socket

import pytest

from flows.prefect_server import ServerError, serving


@pytest.fixture
def port():
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        yield one.getsockname()[1]


@pytest.fixture(autouse=True)
def nothing_is_started(monkeypatch):
    def started(*_, **__):
        raise AssertionError("a server was started")

    monkeypatch.setattr("flows.prefect_server.Popen", started)


def test_a_second_server_on_the_same_home_is_refused(tmp_path):
    with (tmp_path / ".lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        with pytest.raises(ServerError, match="another `begroting serve` keeps its database in"), serving(tmp_path, 1):
            pass


def test_a_port_that_another_program_has_is_said_at_once(tmp_path, port):
    with pytest.raises(ServerError, match=f"port {port} can't be had .*--port"), serving(tmp_path, port):
        pass


def test_a_home_that_can_not_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ServerError, match="the folder can't be made"), serving(tmp_path / "file" / "home", 1):
        pass
