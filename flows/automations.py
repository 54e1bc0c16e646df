"""The automations that `deploy` and `serve` set up: alerts about sources, failed runs, and runs that stopped mutely."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.flow_alerts import EVENT, RESOURCE
from flows.flow_names import FLOW
from schemas.errors import BegrotingError
from schemas.settings import Alerts

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.actions import ActionTypes
    from prefect.events.schemas.automations import AutomationCore

HEARTBEAT = 30  # seconds
_BLOCK = "begroting-alerts-"  # and the key of the sources file
_WEBHOOK = "webhook"
_GONE = "nothing was heard of the run: its process is gone"
_MUTE = timedelta(seconds=3 * HEARTBEAT)
_PAYLOAD = "{{ event.payload | tojson }}"
_RUN_PAYLOAD = (
    '{"deployment": {{ deployment.name | tojson }}, "state": {{ flow_run.state.name | tojson }}, '
    '"message": {{ flow_run.state.message | tojson }}, '
    '"run": {{ flow_run.name | tojson }}, "url": {{ flow_run | ui_url | tojson }}}'
)
_BODY = "{{ event.payload.message }}\n\nrun of {{ event.payload.run_at }}, release {{ event.payload.release }}"
_RUN_BODY = "{{ flow_run.name }}: {{ flow_run.state.message }}\n\n{{ flow_run | ui_url }}"


class AlertsError(BegrotingError):
    """Alerts can't be set up as the settings say."""


def names_of(key: str) -> tuple[str, str, str]:
    """The names of the automations of a deployment: alerts of sources, alerts of runs, and runs that stopped."""
    return f"begroting {key}: sources", f"begroting {key}: failed runs", f"begroting {key}: runs that stopped"


@dataclass(frozen=True, slots=True)
class Sender:
    """The block of Prefect that sends the alerts of a deployment, and which states it tells of."""

    kind: str
    block: UUID
    on: tuple[str, ...]


def check_address(alerts: Alerts | None, secret_url: str | None) -> None:
    """See that an address for alerts is one that Prefect can send to; asks nobody.

    Raises:
        AlertsError: where it is none. The message does not show it.
    """
    if secret_url is not None:
        _made(_block_of("", alerts or Alerts(), secret_url)[0], secret_url)


def sender_of(client: SyncPrefectClient, key: str, alerts: Alerts | None, secret_url: str | None) -> Sender | None:
    """What sends the alerts of a deployment; None where no alerts are asked for.

    `secret_url` is where alerts go: an http(s) address is called, any other is one of Apprise (mailtos://, slack://).
    It is kept in a block of Prefect that this deployment has alone, encrypted, or in the block that the settings name.
    Without it, that block must be there.

    Raises:
        AlertsError: where the block is not there, or the address is none.
    """
    if alerts is None and secret_url is None:
        return None
    said = alerts or Alerts()
    kind, name = _block_of(key, said, secret_url)
    if secret_url is not None:
        _made(kind, secret_url).save(name, overwrite=True, _sync=True)
    return Sender(kind, _block_id(client, kind, name), said.on)


def set_up(client: SyncPrefectClient, key: str, sender: Sender | None) -> tuple[str, ...]:
    """Make the automations of a deployment anew, and take away what no setting asks for; gives their names."""
    of_sources, of_runs, mute = names_of(key)
    deployment = client.read_deployment_by_name(f"{FLOW}/{key}").id
    wanted = [_stopped(mute, deployment)]
    if sender is not None:
        wanted += [_of_sources(of_sources, key, sender), _of_runs(of_runs, key, deployment, sender)]
    for old in names_of(key):
        for found in client.read_automations_by_name(old):
            client.delete_automation(found.id)
    for one in wanted:
        client.create_automation(one)
    return tuple(one.name for one in wanted)


def _block_of(key: str, alerts: Alerts, secret_url: str | None) -> tuple[str, str]:
    """The type and the name of the block that sends."""
    if alerts.block is not None:
        kind, _, name = alerts.block.partition("/")
        return kind, name
    is_web = secret_url is None or secret_url.startswith(("https://", "http://"))
    return (_WEBHOOK if is_web else "slack-webhook"), _BLOCK + key


def _made(kind: str, secret_url: str) -> Any:  # noqa: ANN401 - blocks have no common type
    """A block that sends to an address."""
    from prefect.blocks.notifications import SlackWebhook
    from prefect.blocks.webhook import Webhook
    from prefect.types import SecretDict
    from pydantic import SecretStr

    url = SecretStr(secret_url)
    if kind == _WEBHOOK:
        if not re.match(r"https?://[^/\s]", secret_url):
            raise AlertsError("BEGROTING_ALERT_URL is no http(s) address with a host")
        return Webhook(url=url, headers=SecretDict({"Content-Type": "application/json"}))
    if kind == "slack-webhook":  # sends to any address of Apprise that isn't one of Slack: mail among them
        log = logging.getLogger("apprise")
        log.disabled = True  # it shows the address
        block: Any = SlackWebhook(url=url)
        log.disabled = False
        if not len(block._apprise_client):
            raise AlertsError("BEGROTING_ALERT_URL is neither an http(s) address nor one that Apprise can send to")
        return block
    raise AlertsError(f"a block of the type {kind} can't be made from an address: make it in Prefect")


def _block_id(client: SyncPrefectClient, kind: str, name: str) -> UUID:
    from prefect.exceptions import ObjectNotFound

    try:
        return client.read_block_document_by_name(name, kind).id
    except ObjectNotFound:
        raise AlertsError(
            f"Prefect has no block {kind}/{name}: make it there, or give the address in BEGROTING_ALERT_URL"
        ) from None


def _of_sources(name: str, key: str, sender: Sender) -> AutomationCore:
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    return AutomationCore(
        name=name,
        description="Tells when sources come into a state",
        trigger=EventTrigger(
            expect={f"{EVENT}{state}" for state in sender.on},
            match={"prefect.resource.id": RESOURCE + key},
            posture=Posture.Reactive,
        ),
        actions=[_sending(sender, f"begroting {key}: {{{{ event.payload.state }}}}", _BODY, _PAYLOAD)],
    )


def _of_runs(name: str, key: str, deployment: UUID, sender: Sender) -> AutomationCore:
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    ends = {f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut")}
    return AutomationCore(
        name=name,
        description="Tells when a run published nothing",
        trigger=EventTrigger(expect=ends, match_related=_deployment(deployment), posture=Posture.Reactive),
        actions=[_sending(sender, f"begroting {key}: a run failed", _RUN_BODY, _RUN_PAYLOAD)],
    )


def _stopped(name: str, deployment: UUID) -> AutomationCore:
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    return AutomationCore(
        name=name,
        description="Ends a run whose machine or process is gone, so that the next one may begin",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related=_deployment(deployment),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=_MUTE,
        ),
        actions=[ChangeFlowRunState(name=None, force=False, state=StateType.CRASHED, message=_GONE)],
    )


def _deployment(deployment: UUID) -> Any:  # noqa: ANN401 - what Prefect makes a specification of
    return {"prefect.resource.role": "deployment", "prefect.resource.id": f"prefect.deployment.{deployment}"}


def _sending(sender: Sender, subject: str, body: str, payload: str) -> ActionTypes:
    from prefect.events.actions import CallWebhook, SendNotification

    if sender.kind == _WEBHOOK:
        return CallWebhook(block_document_id=sender.block, payload=payload)
    return SendNotification(block_document_id=sender.block, subject=subject, body=body)
