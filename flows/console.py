"""The screen of the commands."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from schemas.settings import Fetching
    from sources.registry import Registry

CONTACT = Annotated[
    str | None,
    typer.Option(envvar="BEGROTING_CONTACT", help="An address for hosts to ask, such as mailto:data@example.org."),
]


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; where the output goes to a file, wide enough for messages."""
    from rich.console import Console

    return Console(stderr=stderr, width=None if sys.stdout.isatty() else 160)


def stop(message: str, code: int = 2) -> NoReturn:
    """End the command with a message; 2 is wrong use.

    Raises:
        typer.Exit: always.
    """
    typer.echo(f"begroting: {message}", err=True)
    raise typer.Exit(code)


def registry_of(path: Path, *, may_be_empty: bool = False) -> tuple[Registry, bytes]:
    """What a sources file says, and its text; the command ends where it can't be used."""
    from schemas.errors import SourcesError
    from sources.registry import read_registry

    try:
        return read_registry(path, may_be_empty=may_be_empty), path.read_bytes()
    except SourcesError as error:
        stop(str(error))


def fetching_of(sources: Path | None, contact: str | None) -> Fetching:
    """How to fetch: what a sources file says, with the contact that was given, where one was."""
    from schemas.settings import Fetching

    said = registry_of(sources, may_be_empty=True)[0].settings.fetching if sources is not None else Fetching()
    return replace(said, contact=contact or said.contact)
