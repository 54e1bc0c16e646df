"""Old releases: which are kept, and a record of those that were deleted."""

from __future__ import annotations

import csv
import os
import re
import shutil
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from publishers import checksums, cited
from schemas.settings import Retention

RECORD = "deleted-releases.csv"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{12})")
_GOING = ".deleting-"
_HEAD = ("release", "deleted_at", "kept_months", "kept_at_least")


def due(names: Sequence[str], current: str, now: datetime, retention: Retention) -> list[str]:
    """Which releases are to be deleted: older than the months that are kept, not among the newest that are kept
    whatever their age, neither the one that `latest` names nor cited. What has no release's name is left alone.
    """
    known = sorted((name for name in names if _NAME.fullmatch(name)), reverse=True)
    oldest = _months_before(now, retention.keep_months)
    return [
        name
        for name in known[retention.keep_at_least :]
        if _moment(name) < oldest and name != current and not {name, name[-12:]} & {*retention.cited}
    ]


def apply(output: Path, current: Path, now: datetime, retention: Retention) -> None:
    """Delete the releases of an output folder that are due, and record it in `deleted-releases.csv` beside them. Those
    that are cited by the digits of their lines stay.

    A release goes out of sight in one step, is recorded, and is deleted then; a run that was killed in between is
    finished by the next.
    """
    releases = current.parent
    for name in due([one.name for one in releases.iterdir() if one.is_dir()], current.name, now, retention):
        if retention.cited and _cited_as(releases / name) in retention.cited:
            continue
        (releases / name).rename(releases / f"{_GOING}{name}")
    for going in sorted(releases.glob(f"{_GOING}*")):
        _record(output / RECORD, going.name.removeprefix(_GOING), now, retention)
        shutil.rmtree(going)


def _cited_as(release: Path) -> str:
    """The digits by which a release is cited; empty where its sums can't be read."""
    try:
        return cited.digits_in(checksums.read(release))
    except (OSError, UnicodeDecodeError):
        return ""


def _record(path: Path, name: str, now: datetime, retention: Retention) -> None:
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    if any(line.startswith(f"{name},") for line in there.splitlines()):
        return
    with path.open("a", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle, lineterminator="\n")
        if not there:
            rows.writerow(_HEAD)
        rows.writerow([name, f"{now:%Y-%m-%dT%H:%M:%SZ}", retention.keep_months, retention.keep_at_least])
        handle.flush()
        os.fsync(handle.fileno())


def _moment(name: str) -> datetime:
    return datetime.strptime(name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _months_before(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=max(year, 1), month=month + 1, day=min(now.day, monthrange(max(year, 1), month + 1)[1]))
