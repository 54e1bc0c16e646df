"""The commands of schedules as typed: what is wrong is said before anything is started."""

import os
import shlex
from pathlib import Path
from socket import socket

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from flows.cli import app
from flows.schedule_commands import worker_command
from tests.flows.documents import sources_file, text_of


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """What the commands say to Prefect goes away with the test."""
    for name in [one for one in os.environ if one.startswith(("PREFECT_", "BEGROTING_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "one.txt").write_text(text_of(), encoding="utf-8")
    return sources_file(tmp_path, ("one", "one.txt"))


def called(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("command", ["serve", "deploy"])
def test_a_sources_file_that_is_not_there_is_wrong_use(command, tmp_path):
    assert called(command, "--sources", tmp_path / "no.yaml", "--output", tmp_path / "out").exit_code == 2


@pytest.mark.parametrize("command", ["serve", "deploy"])
def test_sources_of_the_web_need_a_contact(command, tmp_path):
    sources = sources_file(tmp_path, ("web", {"url": "https://example.org/"}))
    done = called(command, "--sources", sources, "--output", tmp_path / "out")
    assert done.exit_code == 2
    assert "--contact" in done.output


def test_an_output_at_an_address_needs_a_state(sources):
    done = called("serve", "--sources", sources, "--output", "memory://bucket/prefix")
    assert done.exit_code == 2
    assert "--state" in done.output


@pytest.mark.parametrize("cron", ["every day", "10 6 * *", "61 6 * * 1"])
def test_a_cron_that_is_none_is_wrong_use(cron, sources, tmp_path):
    done = called("serve", "--sources", sources, "--output", tmp_path / "out", "--cron", cron)
    assert done.exit_code == 2
    assert f"--cron '{cron}' is no cron of five fields" in done.output


def test_a_cron_of_a_day_that_never_comes_is_wrong_use(sources, tmp_path):
    done = called("serve", "--sources", sources, "--output", tmp_path / "out", "--cron", "0 0 31 2 *")
    assert done.exit_code == 2
    assert "never comes" in done.output


def test_the_command_of_a_worker_can_be_typed_as_it_stands():
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:4200/api"}):
        *settings, command, _, _, _, pool = shlex.split(worker_command("a pool"))
    assert settings == ["PREFECT_API_URL=http://127.0.0.1:4200/api"]
    assert Path(command).is_file()
    assert pool == "a pool"


@pytest.mark.parametrize("pool", ["bad/pool", "", "a%b"])
def test_a_pool_that_can_not_be_named_so_is_said_in_a_line(pool, sources, tmp_path):
    api = f"http://127.0.0.1:{nobody()}/api"
    done = called("deploy", "--sources", sources, "--output", tmp_path / "out", "--pool", pool, "--api", api)
    assert done.exit_code == 1, done.exception
    assert f"--pool {pool!r} can't be the name of a pool: " in done.output


@pytest.mark.parametrize("command", ["serve", "deploy"])
def test_an_address_for_alerts_that_is_none_is_said_before_anything_is_started(command, sources, tmp_path, monkeypatch):
    monkeypatch.setenv("BEGROTING_ALERT_URL", "banaan")
    done = called(command, "--sources", sources, "--output", tmp_path / "out")
    assert done.exit_code == 1, done.exception
    assert "BEGROTING_ALERT_URL is neither" in done.output


def test_a_dask_scheduler_that_is_none_is_said_before_anything_is_fetched(sources, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("flows.cluster._CONNECT", 0.3)
    monkeypatch.setattr("flows.prefect_api.check_api", lambda: None)
    for address, why in [
        ("localhost", "missing port number"),
        ("banaan://x", "unknown address scheme"),
        (f"tcp://127.0.0.1:{nobody()}", "no scheduler answers within"),
    ]:
        done = called("run", "--sources", sources, "--output", tmp_path / "out", "--prefect", "--dask", address)
        assert done.exit_code == 1, done.exception
        assert f"{address} (--dask, BEGROTING_DASK" in done.output
        assert why in done.output
    assert not (tmp_path / "out").exists()


def nobody():
    """A port that nothing listens on."""
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
