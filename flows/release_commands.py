"""`begroting diff` and `begroting publish`: what differs between releases, and releases on portals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import console, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publishers.ckan.client import Portal
    from publishers.ckan.plan import Step

KEY = "BEGROTING_CKAN_KEY"  # the variable of the environment, not its value
publish_app = typer.Typer(help="Put a release on a portal.", no_args_is_help=True)


def diff(
    before: Annotated[Path, typer.Argument(help="The folder of a release.")],
    now: Annotated[Path, typer.Argument(help="The folder of the release to compare with it, or `latest`.")],
    csv: Annotated[Path | None, typer.Option(help="Write every change to this file, as changes.csv has them.")] = None,
    rows: Annotated[int, typer.Option(min=0, help="How many changes to show, the largest first.")] = 20,
) -> None:
    """Show which lines of a release were added, changed, removed or restated since another one, and why."""
    from flows.release_screen import show_changes
    from flows.withholding import may_be_personal
    from publishers import csv_file
    from publishers.history.predecessor import between
    from schemas.errors import ReleaseError

    for folder in (before, now):
        if not folder.is_dir():
            stop(f"{folder} is no folder")
    try:
        comparison, summary = between(before, now, may_be_personal)
        if csv is not None:
            csv_file.write(comparison.changes, csv)
    except ReleaseError as error:
        stop(str(error), code=1)
    except OSError as error:
        stop(f"{csv}: can't be written: {error.strerror}", code=1)
    show_changes(console(), summary, comparison.changes, rows)
    if csv is not None:
        typer.echo(f"changes: {csv}")


@publish_app.callback()
def on_a_portal() -> None:
    """Put a release on a portal."""


@publish_app.command()
def ckan(
    url: Annotated[str, typer.Argument(help="The address of the portal, such as https://data.example.org.")],
    release: Annotated[Path, typer.Option(help="The folder of a release, or `latest`.")],
    organization: Annotated[str, typer.Option(help="The name of the organisation on the portal that is to own it.")],
    datastore: Annotated[
        str, typer.Option(help="rows: load them, with the data dictionary; dictionary: a loader fills it; none.")
    ] = "rows",
    dry_run: Annotated[  # noqa: FBT002
        bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")
    ] = False,
    delete: Annotated[  # noqa: FBT002
        bool, typer.Option("--delete", help="Delete datasets even where those are many of the portal's.")
    ] = False,
    older: Annotated[  # noqa: FBT002
        bool, typer.Option("--older", help="Push a release that is older than what is on the portal.")
    ] = False,
) -> None:
    """Put a release on a CKAN portal, with the API key in BEGROTING_CKAN_KEY; what is there already is left alone."""
    from flows.release_screen import show_steps
    from publishers.ckan.client import Portal
    from publishers.ckan.datasets import Load, datasets_in
    from publishers.ckan.plan import Kind, doubts, planned
    from schemas.errors import PortalError, ReleaseError

    key = os.environ.get(KEY)
    if not key and not dry_run:
        stop(f"set {KEY} to an API key of the portal; --dry-run shows what can be seen without one")
    if datastore not in list(Load):
        stop(f"--datastore {datastore!r} is not known; known: {', '.join(Load)}")
    if not release.is_dir():
        stop(f"{release} is no folder")
    try:
        portal = Portal(url, key)
    except PortalError as error:
        stop(str(error))
    try:
        steps = planned(portal, organization, datasets_in(release.resolve(), Load(datastore)))
        show_steps(console(), steps, whole=dry_run)
        found = doubts(steps, delete=delete, older=older)
        if found:
            stop(f"nothing was done: {'; '.join(found)}", code=1)
        blocked = any(step.kind is Kind.BLOCKED for step in steps)
        code = (3 if blocked else 0) if dry_run else _pushed(portal, organization, steps)
    except (PortalError, ReleaseError) as error:
        stop(str(error), code=1)
    finally:
        portal.close()
    raise typer.Exit(code)


def _pushed(portal: Portal, organization: str, steps: Sequence[Step]) -> int:
    """Do the steps, and say of each what became of it; gives the exit status."""
    from publishers.ckan.plan import Kind
    from publishers.ckan.push import pushed

    failed = done = 0
    for outcome in pushed(portal, organization, [step for step in steps if step.kind is not Kind.SAME]):
        if outcome.problem:
            failed += 1
            typer.echo(f"failed: {outcome.step.kind} {outcome.step.name}: {outcome.problem}", err=True)
        else:
            done += 1
            typer.echo(f"done: {outcome.step.kind} {outcome.step.name}")
    same = sum(step.kind is Kind.SAME for step in steps)
    typer.echo(f"{done} done, {failed} failed, {same} as they are")
    return 0 if not failed else 3 if done or same else 1
