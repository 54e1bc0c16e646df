"""`begroting archive` and `begroting status`: what was captured, and how the sources stand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import console, stop

if TYPE_CHECKING:
    from sources.archive import Archive

archive_app = typer.Typer(help="What was captured: every version of every document.", no_args_is_help=True)


def _folder(output: Path) -> Path:
    if re.match(r"\w+:/", str(output)):
        stop(f"{output} is an address: give the local folder, --state of the run, as --output")
    return output


OUTPUT = Annotated[
    Path,
    typer.Option(
        help="The folder of the releases and the archive: --output of a run, or its --state.", callback=_folder
    ),
]


def status(
    output: OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="As status.json.")] = False,  # noqa: FBT002
) -> None:
    """How each source stands: fresh, changed, vanished, stale since, failing since, and why."""
    path = output / "status.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        stop(f"{path}: {error.strerror}: no run has ended there yet", code=1)
    if as_json:
        typer.echo(text, nl=False)
        return
    _show_status(json.loads(text))


def _show_status(said: dict[str, object]) -> None:
    from rich.table import Table

    table = Table(
        "source", "state", "since", "documents", "why", title=f"run of {said['run_at']}", title_justify="left"
    )
    sources = said["sources"]
    assert isinstance(sources, list)  # noqa: S101 - our own file
    for one in sources:
        why = "; ".join(dict.fromkeys([*filter(None, [one["message"]]), *(note["message"] for note in one["notes"])]))
        table.add_row(one["source_id"], one["state"], one["since"][:16], str(one["documents"]), why)
    console().print(table)


@archive_app.command("list")
def list_captures(
    output: OUTPUT, source: Annotated[str | None, typer.Option(help="The id of one source.")] = None
) -> None:
    """The documents that were captured, each with its versions."""
    archive = _opened(output)
    seen: dict[tuple[str, str], None] = {(one.source_id, one.address): None for one in archive.captures(source)}
    for source_id, address in sorted(seen):
        for version in archive.versions(source_id, address):
            since = f"{version.since:%Y-%m-%d %H:%M}" if version.since is not None else "a local file"
            typer.echo(f"{source_id}\t{address}\tversion {version.number}\t{since}\t{version.snapshot_id}")


@archive_app.command("show")
def show_snapshot(
    snapshot: Annotated[str, typer.Argument(help="A sha256, or the first digits of one.")],
    output: OUTPUT,
    to: Annotated[Path | None, typer.Option(help="A file to write the bytes to; else the captures are shown.")] = None,
) -> None:
    """The captures of one version, or its bytes."""
    archive = _opened(output)
    captures = [one for one in archive.captures() if (one.snapshot_id or "").startswith(snapshot.lower())]
    found = sorted({one.snapshot_id for one in captures if one.snapshot_id})
    if len(found) != 1:
        stop(f"{len(found)} versions begin with {snapshot!r}" + (": give more digits" if found else ""), code=1)
    if to is not None:
        to.write_bytes(archive.read(found[0]))
        typer.echo(f"{found[0]} written to {to}")
        return
    for one in captures:
        where = one.final_url if one.final_url not in (None, one.address) else ""
        typer.echo(f"{one.captured_at:%Y-%m-%d %H:%M:%S}\t{one.source_id}\t{one.outcome}\t{one.status or ''}\t"
                   f"{one.address}{' -> ' if where else ''}{where}")  # fmt: skip


@archive_app.command()
def verify(output: OUTPUT) -> None:
    """Whether all bytes and readings are as they were written."""
    from flows.rebuild import reading_problems

    archive = _opened(output)
    problems = [*archive.problems(), *reading_problems(archive)]
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{archive.place}: whole")


@archive_app.command()
def rebuild(
    release: Annotated[str, typer.Argument(help="The name of a release that a run of this archive published.")],
    output: OUTPUT,
    to: Annotated[Path, typer.Option(help="The folder to build it in.")],
) -> None:
    """Build a release again from the archive alone, byte for byte, without asking any host."""
    from flows.rebuild import rebuilt
    from schemas.errors import BegrotingError

    try:
        made = rebuilt(_opened(output), release, to)
    except BegrotingError as error:
        stop(str(error), code=1)
    typer.echo(f"release: {made}")
    if made.name != release:
        stop(f"it is not {release}: the code that publishes has changed since", code=3)


@archive_app.command("export")
def export_warc(
    output: OUTPUT,
    warc: Annotated[Path, typer.Option(help="The file to write; a name that ends in .gz is packed.")],
    source: Annotated[str | None, typer.Option(help="The id of one source.")] = None,
) -> None:
    """Write what was captured as WARC; the same captures give the same bytes."""
    from flows.warc import export
    from schemas.errors import ArchiveError

    try:
        count = export(_opened(output), warc, source)
    except ArchiveError as error:
        stop(str(error), code=1)
    typer.echo(f"{count} captures written to {warc}")


@archive_app.command("import")
def import_warc(
    output: OUTPUT,
    warc: Annotated[Path, typer.Option(help="A file that `archive export` wrote.")],
) -> None:
    """Take the captures of a WARC into the archive, which may be a new one; all or none."""
    from flows.storing import copy_database, opened
    from flows.warc_reading import read
    from schemas.errors import BegrotingError

    try:
        with opened(output) as archive:
            count = read(warc, archive)
            copy_database(archive)
    except BegrotingError as error:
        stop(str(error), code=1)
    typer.echo(f"{count} new captures taken from {warc}")


def _opened(output: Path) -> Archive:
    from flows.storing import archive_in
    from schemas.errors import ArchiveError

    try:
        return archive_in(output)
    except ArchiveError as error:
        stop(str(error), code=1)
