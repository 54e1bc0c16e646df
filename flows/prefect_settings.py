"""The settings of Prefect that we choose. Prefect reads the environment once, when it is loaded: say it before."""

from __future__ import annotations

import os
from collections.abc import Mapping

SETTINGS: Mapping[str, str] = {
    # Nothing about a steward's runs goes to anyone: the server's own telemetry, and that of what it brings along.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # A temporary server takes up to half a minute to start; Prefect gives up after 20 seconds.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    # Leases of concurrency limits are kept in memory else: a server that is started anew never gives their slots back.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


def before_prefect(**more: str) -> None:
    """Choose settings for this process and those it starts, where the environment has not chosen."""
    for name, value in {**SETTINGS, **more}.items():
        os.environ.setdefault(name, value)


def chosen(**more: str) -> None:
    """Choose settings for this process, whatever the environment says."""
    os.environ.update(more)
