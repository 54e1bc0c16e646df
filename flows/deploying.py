"""Registers the deployment of prefect.yaml for a sources file with a server and a work pool."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.flow_names import FLOW, name_of
from flows.prefect_api import check_api
from flows.prefect_settings import before_prefect, chosen
from schemas.errors import BegrotingError

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.actions import WorkPoolCreate

    from schemas.settings import Alerts

_ROOT = Path(__file__).parent.parent


class DeployError(BegrotingError):
    """The deployment can't be registered."""


def deploy(
    parameters: dict[str, Any], pool: str, api: str | None, alerts: Alerts | None, alert_url: str | None
) -> tuple[str, ...]:
    """Register the deployment, with its pool of processes and its automations; gives the names of these.

    What can be refused is looked at before the deployment is registered: from then on its schedules run.

    Raises:
        DeployError: where no server is named, it has another deployment of this name, or Prefect refuses.
        ApiError: where the server is none.
        AlertsError: where alerts can't be set up.
    """
    before_prefect()
    if api is not None:
        chosen(PREFECT_API_URL=api)
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL

    from flows.automations import check_address, sender_of, set_up

    check_address(alerts, alert_url)
    wanted = _pool(pool)
    if not PREFECT_API_URL.value():
        raise DeployError("no server is named: set PREFECT_API_URL, or give --api, such as http://127.0.0.1:4200/api")
    check_api()
    name = name_of(parameters["sources"])
    try:
        with get_client(sync_client=True) as client:
            _check_name(client, name, parameters["sources"])
            sender = sender_of(client, name, alerts, alert_url)
            _make_pool(client, wanted)
            _register(name, parameters, pool)
            return set_up(client, name, sender)
    except httpx.TransportError as error:
        raise DeployError(f"{PREFECT_API_URL.value()} does not answer: {error}") from error


def _check_name(client: SyncPrefectClient, name: str, sources: str) -> None:
    from prefect.exceptions import ObjectNotFound

    try:
        there = client.read_deployment_by_name(f"{FLOW}/{name}").parameters.get("sources")
    except ObjectNotFound:
        return
    if there != sources:
        raise DeployError(f"the server has a deployment {FLOW}/{name} of {there}: give this sources file another name")


def _pool(name: str) -> WorkPoolCreate:
    """A pool of processes, as it is made where it is not there."""
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.workers.process import ProcessWorker
    from pydantic import ValidationError

    template = ProcessWorker.get_default_base_job_template()
    try:
        return WorkPoolCreate(name=name, type="process", base_job_template=template)
    except ValidationError as error:
        why = "; ".join(one["msg"] for one in error.errors())
        raise DeployError(f"--pool {name!r} can't be the name of a pool: {why}") from error


def _make_pool(client: SyncPrefectClient, pool: WorkPoolCreate) -> None:
    from prefect.exceptions import ObjectNotFound

    try:
        client.read_work_pool(pool.name)
    except ObjectNotFound:
        client.create_work_pool(pool)


def _register(name: str, parameters: dict[str, Any], pool: str) -> None:
    """Let Prefect read prefect.yaml, as it does for those who call it themselves."""
    said = {
        "BEGROTING_DEPLOYMENT": name,
        "BEGROTING_SOURCES": parameters["sources"],
        "BEGROTING_OUTPUT": parameters["output"],
        "BEGROTING_STATE": parameters.get("state", ""),
        "BEGROTING_ARCHIVE": parameters.get("archive", ""),
        "BEGROTING_CONTACT": parameters.get("contact", ""),
        "BEGROTING_POOL": pool,
    }
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", "prefect.yaml"],
        cwd=_ROOT,
        env={**os.environ, **said},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DeployError(f"Prefect could not deploy:\n{done.stdout}{done.stderr}")
