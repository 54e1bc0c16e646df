"""`begroting sources`: the sources file, and what stands at the addresses in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import CONTACT, console, fetching_of, registry_of, stop

if TYPE_CHECKING:
    from flows.looking import Look
    from schemas.records import Source
    from sources.archive import Archive
    from sources.fetching import Fetcher

sources_app = typer.Typer(help="The sources file: what is read, and what stands there.", no_args_is_help=True)
SOURCES = Annotated[Path, typer.Option(help="The sources file.")]


@sources_app.command("list")
def list_sources(sources: SOURCES = Path("sources.yaml")) -> None:
    """The entries of the sources file."""
    from rich.table import Table

    known, _ = registry_of(sources)
    table = Table("id", "publisher", "document", "year", "where", "follows")
    for one in known.sources:
        where = one.path if one.path is not None else one.url
        table.add_row(
            one.source_id,
            one.publisher.label,
            one.document_type.value,
            str(one.document_year),
            where,
            ", ".join(one.follow),
        )
    console().print(table)


@sources_app.command()
def add(
    url: Annotated[str, typer.Argument(help="A page, the root of a site, or a PDF.")],
    sources: SOURCES = Path("sources.yaml"),
    contact: CONTACT = None,
    source_id: Annotated[str | None, typer.Option("--id", help="The id of the entry.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Name or TOOI code, where it is not believed rightly.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="The type of document.")] = None,
    year: Annotated[int | None, typer.Option(help="The fiscal year that the document is about.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the entry, write nothing.")] = False,  # noqa: FBT002
) -> None:
    """Look at an address, say what it seems to be and why, and write the entry."""
    from flows.looking import look_at
    from schemas.errors import DocumentError, SourcesError
    from sources.addresses import normal
    from sources.fetching import Fetcher
    from sources.registry_file import add_entry, entry_text

    address = normal(url)
    if address is None:
        stop(f"{url!r} is no address that begins with https:// or http://")
    fetching = fetching_of(sources if sources.exists() else None, contact)
    try:
        with Fetcher(fetching) as fetcher:
            look = look_at(address, fetcher)
    except DocumentError as error:
        stop(str(error), code=1)
    entry = _entry(look, address, source_id, publisher, kind, year)
    typer.echo(entry_text(entry), nl=False)
    if dry_run:
        return
    try:
        add_entry(sources, entry, {"fetching": {"contact": fetching.contact}})
    except SourcesError as error:
        stop(str(error))
    typer.echo(f"written to {sources}")


def _entry(
    look: Look, address: str, source_id: str | None, publisher: str | None, kind: str | None, year: int | None
) -> dict[str, object]:
    """The entry of what was seen; what is not known is asked for by name."""
    typer.echo(f"{look.answer.final_url}: {look.what}" + (f", {look.pdfs} links to PDFs" if look.pdfs else ""))
    if look.title:
        typer.echo(f"  title: {look.title}")
    body = publisher or (look.publisher[0] if look.publisher else None)
    believed = kind or (look.kind.value if look.kind else None)
    about = year or (int(look.year.value) if look.year else None)
    for name, value, why in (
        ("publisher", body, "as given" if publisher else look.publisher and look.publisher[1]),
        ("document_type", believed, "as given" if kind else look.kind and look.kind.because),
        ("document_year", about, "as given" if year else look.year and look.year.because),
    ):
        typer.echo(f"  {name}: {value or 'not seen'}" + (f" ({why})" if value else ""))
    missing = [
        option for option, value in (("--publisher", body), ("--type", believed), ("--year", about)) if not value
    ]
    if missing:
        stop(f"give {' and '.join(missing)}: the page does not say it")
    made = re.sub(
        r"[^a-z0-9]+", "-", f"{look.publisher[1].split(',')[0] if look.publisher and not publisher else body}".lower()
    )
    name = source_id or f"{made.removeprefix('gemeente-').strip('-')}-{believed}-{about}"
    entry: dict[str, object] = {
        "id": name, "publisher": body, "document_type": believed, "document_year": about, "url": address,
    }  # fmt: skip
    if look.title:
        entry["title"] = look.title
    if look.follow:
        entry["follow"] = [str(one) for one in look.follow]
    return entry


@sources_app.command()
def check(
    sources: SOURCES = Path("sources.yaml"),
    contact: CONTACT = None,
    output: Annotated[Path | None, typer.Option(help="The folder of the archive, to say what would change.")] = None,
) -> None:
    """A dry run: for each source what robots.txt says, how many requests and bytes, and what would change."""
    from flows.storing import ARCHIVE, archive_in
    from sources.archive import NAME
    from sources.fetching import Fetcher

    known, _ = registry_of(sources)
    archive = archive_in(output) if output is not None and (output / ARCHIVE / NAME).is_file() else None
    bad = False
    with Fetcher(fetching_of(sources, contact)) as fetcher:
        for source in known.sources:
            fine, said = _checked(source, fetcher, archive)
            bad = bad or not fine
            typer.echo(f"{source.source_id}: {said}")
    raise typer.Exit(1 if bad else 0)


def _checked(source: Source, fetcher: Fetcher, archive: Archive | None) -> tuple[bool, str]:
    from flows.checking import checked_file, checked_url
    from schemas.errors import DocumentError

    try:
        return True, checked_file(source, archive) if source.path is not None else checked_url(source, fetcher, archive)
    except DocumentError as error:
        return False, str(error)
