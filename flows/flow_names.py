"""What a sources file is called in Prefect."""

from __future__ import annotations

import re
from pathlib import Path

FLOW = "publish-budgets"


def name_of(sources: str | Path) -> str:
    """The name of a sources file in Prefect: of its deployment, its artifacts and its events."""
    return re.sub(r"[^a-z0-9]+", "-", Path(sources).stem.lower()).strip("-") or "sources"
