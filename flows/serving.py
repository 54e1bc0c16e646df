"""Everything on one machine: Prefect's server, a schedule, and a runner that starts the runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.flow_names import FLOW, name_of
from flows.planning_calendar import ZONE, Planned, schedules
from flows.prefect_server import api_of, made, serving
from flows.prefect_settings import before_prefect, chosen
from schemas.errors import BegrotingError

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import State
    from prefect.runner import Runner
    from prefect.schedules import Schedule

    from schemas.settings import Alerts


class CronError(BegrotingError):
    """A cron of five fields is none."""


_FLOW = "flows.budget_flow.budget_flow"
_STOPPED = "serve was stopped"


def serve(
    parameters: dict[str, Any],
    home: Path,
    port: int,
    crons: Collection[str],
    alerts: Alerts | None,
    alert_url: str | None,
    say: Callable[[str], None],
) -> None:
    """Serve the flow with some parameters until told to stop; `crons` stand for the planning calendar where given.

    Raises:
        CronError: where one of `crons` is none.
        ServerError: where Prefect's server doesn't start.
        AlertsError: where alerts can't be set up.
    """
    before_prefect()
    made(home)
    chosen(PREFECT_API_URL=api_of(port), PREFECT_HOME=str(home))
    planned = _schedules(crons)
    import httpx
    from prefect.client.orchestration import get_client

    from flows.automations import check_address, sender_of, set_up

    check_address(alerts, alert_url)
    with serving(home, port) as api, get_client(sync_client=True) as client:
        say(f"UI: {api.removesuffix('/api')}")
        name = name_of(parameters["sources"])
        sender = sender_of(client, name, alerts, alert_url)
        _end_runs(client, name, "PENDING")  # taken up by a runner that was killed
        runner = _runner(name, parameters, planned)
        set_up(client, name, sender)
        say(f"serving {parameters['sources']} as publish-budgets/{name}; Ctrl-C ends it")
        try:
            asyncio.run(_until_told(runner))
        except (KeyboardInterrupt, asyncio.CancelledError):
            say("stopped")
        finally:
            with suppress(httpx.TransportError):  # the server may be what ended first
                _end_runs(client, name, "PENDING", "RUNNING", "CANCELLING")


def _runner(name: str, parameters: dict[str, Any], planned: list[Schedule]) -> Runner:
    """A runner with one deployment; without a limit of its own, in which late runs would wait for each other."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.flows import load_flow_from_entrypoint
    from prefect.runner import Runner

    from flows.automations import HEARTBEAT

    flow: Any = load_flow_from_entrypoint(_FLOW)
    deployment = flow.to_deployment(
        name,
        schedules=planned,
        paused=False,
        parameters=parameters,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        _sync=True,
    )
    deployment.entrypoint = _FLOW
    runner = Runner(name, limit=None, heartbeat_seconds=HEARTBEAT)
    runner.add_deployment(deployment, _sync=True)  # type: ignore[call-arg]
    return runner


async def _until_told(runner: Any) -> None:  # noqa: ANN401 - a method of it is replaced
    """Run until SIGTERM, which ends it as Ctrl-C does; Prefect's own way is lost where a run is just being started."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    if task is not None:
        runner.handle_sigterm = lambda *_: loop.call_soon_threadsafe(task.cancel)
    await runner.start()


def _end_runs(client: SyncPrefectClient, name: str, *types: str) -> None:
    """End the runs that a runner left behind, whose processes are gone: they would hold the place of the next ones."""
    from prefect.client.schemas import filters
    from prefect.client.schemas.objects import StateType
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Cancelled, Crashed

    try:
        deployment = client.read_deployment_by_name(f"{FLOW}/{name}").id
    except ObjectNotFound:
        return
    of_types = filters.FlowRunFilterStateType(any_=[StateType(one) for one in types])
    for run in client.read_flow_runs(
        deployment_filter=filters.DeploymentFilter(id=filters.DeploymentFilterId(any_=[deployment])),
        flow_run_filter=filters.FlowRunFilter(state=filters.FlowRunFilterState(type=of_types)),
    ):
        began = run.state_type is StateType.RUNNING
        ended: State[Any] = Crashed(message=_STOPPED) if began else Cancelled(message=_STOPPED)
        client.set_flow_run_state(run.id, ended, force=True)


def _schedules(crons: Collection[str]) -> list[Schedule]:
    from prefect.schedules import Cron
    from prefect.server.schemas.schedules import CronSchedule

    for cron in crons:
        try:
            Cron(cron)
        except ValueError as error:
            raise CronError(f"--cron {cron!r} is no cron of five fields, such as '10 6 * * 1'") from error
        try:
            asyncio.run(CronSchedule(cron=cron, timezone=ZONE).get_dates(1))
        except ValueError as error:
            raise CronError(f"--cron {cron!r} names a day that never comes") from error
    given = [Planned(f"cron-{number}", cron, ()) for number, cron in enumerate(crons, start=1)]
    return [
        Cron(
            one.cron,
            timezone=ZONE,
            slug=one.slug,
            parameters={"windows": list(one.windows)} if one.windows else None,
        )
        for one in given or schedules()
    ]
