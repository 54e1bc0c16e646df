"""`begroting diff` and `begroting publish`: what differs between releases, and releases on portals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.console import console, stop

publish_app = typer.Typer(help="Put a release on a portal.", no_args_is_help=True)


def diff(
    before: Annotated[Path, typer.Argument(help="The folder of a release.")],
    now: Annotated[Path, typer.Argument(help="The folder of the release to compare with it, or `latest`.")],
    csv: Annotated[Path | None, typer.Option(help="Write every change to this file, as changes.csv has them.")] = None,
    rows: Annotated[int, typer.Option(min=0, help="How many changes to show, the largest first.")] = 20,
) -> None:
    """Show which lines of a release were added, changed, removed or restated since another one, and why."""
    from flows.release_screen import show_changes
    from publishers import csv_file
    from publishers.history.predecessor import between
    from schemas.errors import ReleaseError

    for folder in (before, now):
        if not folder.is_dir():
            stop(f"{folder} is no folder")
    try:
        comparison, summary = between(before, now)
        if csv is not None:
            csv_file.write(comparison.changes, csv)
    except ReleaseError as error:
        stop(str(error), code=1)
    except OSError as error:
        stop(f"{csv}: can't be written: {error.strerror}", code=1)
    show_changes(console(), summary, comparison.changes, rows)
    if csv is not None:
        typer.echo(f"changes: {csv}")
