"""`begroting serve` and `begroting deploy`: the main job on a schedule."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import CONTACT, registry_of, stop

if TYPE_CHECKING:
    from schemas.settings import Alerts

SOURCES = Annotated[Path, typer.Option(help="The sources file: YAML or JSON.")]
OUTPUT = Annotated[str, typer.Option(help="The folder of the releases and the archive, or s3://bucket/prefix.")]
STATE = Annotated[Path | None, typer.Option(help="The local folder of the capture database, as in `run`.")]
ARCHIVE = Annotated[str | None, typer.Option(help="Where captured documents and readings stand, as in `run`.")]
WORKERS = Annotated[
    int | None, typer.Option(min=1, help="Processes to read and write with; as many as cores where not given.")
]
ALERT_URL = "BEGROTING_ALERT_URL"  # a secret: from the environment alone


def serve(
    sources: SOURCES,
    output: OUTPUT,
    state: STATE = None,
    archive: ARCHIVE = None,
    cron: Annotated[
        list[str] | None, typer.Option(help="A cron (time of Amsterdam) instead of the planning calendar.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port of the UI, on this machine only.")] = 4200,
    home: Annotated[Path | None, typer.Option(help="Where Prefect keeps its database; OUTPUT/prefect else.")] = None,
    workers: WORKERS = None,
    contact: CONTACT = None,
) -> None:
    """Run the main job on a schedule, with all that it needs on this machine, until it is stopped."""
    from flows.serving import CronError
    from flows.serving import serve as serve_flow
    from schemas.errors import BegrotingError

    parameters, alerts, folder = _parameters(sources, output, state, archive, contact)
    if workers is not None:
        parameters["workers"] = workers
    try:
        serve_flow(
            parameters, (home or folder / "prefect").resolve(), port, cron or (), alerts, _alert_url(), typer.echo
        )
    except CronError as error:
        stop(str(error))
    except BegrotingError as error:
        stop(str(error), code=1)


def deploy(
    sources: SOURCES,
    output: OUTPUT,
    state: STATE = None,
    archive: ARCHIVE = None,
    pool: Annotated[
        str, typer.Option(help="The work pool; one of processes is made where it is not there.")
    ] = "begroting",
    api: Annotated[str | None, typer.Option(help="The API of the server; PREFECT_API_URL else.")] = None,
    contact: CONTACT = None,
) -> None:
    """Register the main job, its schedules and its alerts with a Prefect server."""
    from flows.deploying import deploy as deploy_flow
    from flows.flow_names import FLOW, name_of
    from schemas.errors import BegrotingError

    parameters, alerts, _ = _parameters(sources, output, state, archive, contact)
    try:
        made = deploy_flow(parameters, pool, api, alerts, _alert_url())
    except BegrotingError as error:
        stop(str(error), code=1)
    typer.echo(f"deployed {FLOW}/{name_of(sources)}; a worker of the pool runs it:")
    typer.echo(f"  {worker_command(pool)}")
    for name in made:
        typer.echo(f"automation: {name}")


def worker_command(pool: str) -> str:
    """How a worker of a pool is started, as it is typed in the shell of this machine."""
    from prefect.settings import PREFECT_API_URL

    api, prefect = PREFECT_API_URL.value() or "", Path(sys.executable).with_name("prefect")
    return f"PREFECT_API_URL={shlex.quote(api)} {shlex.quote(str(prefect))} worker start --pool {shlex.quote(pool)}"


def _parameters(
    sources: Path, output: str, state: Path | None, archive: str | None, contact: str | None
) -> tuple[dict[str, Any], Alerts | None, Path]:
    """The parameters of the flow, the alerts that the sources file asks for, and the local folder of the run."""
    from flows.storing import output_of
    from schemas.errors import StorageError
    from storage.places import absolute, place_of

    known, _ = registry_of(sources)
    said = contact or known.settings.fetching.contact
    if said is None and any(one.path is None for one in known.sources):
        stop("give --contact, or `settings: fetching: contact:` in the sources file: nothing is fetched without it")
    try:
        folder = output_of(output, state, archive).folder
        parameters = {
            "sources": str(sources.resolve()),
            "output": str(absolute(place_of(output))),
            "state": str(state.resolve()) if state is not None else None,
            "archive": str(absolute(place_of(archive))) if archive is not None else None,
            "contact": said,
        }
    except StorageError as error:
        stop(str(error))
    return {name: value for name, value in parameters.items() if value is not None}, known.settings.alerts, folder


def _alert_url() -> str | None:
    return os.environ.get(ALERT_URL) or None
