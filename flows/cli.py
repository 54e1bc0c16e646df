"""The `begroting` command."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.archive_commands import archive_app, status
from flows.console import CONTACT, console, fetching_of, registry_of, stop
from flows.release_commands import diff, publish_app
from flows.schedule_commands import deploy, serve
from flows.source_commands import sources_app

if TYPE_CHECKING:
    from flows.document import JudgedDocument
    from flows.pipeline import Job, RunReport
    from schemas.records import Snapshot, Source

app = typer.Typer(
    help="Reads the budget tables of Dutch municipalities, provinces and water boards into one tidy, proved dataset.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(archive_app, name="archive")
app.add_typer(sources_app, name="sources")
app.add_typer(publish_app, name="publish")
app.command()(status)
app.command()(diff)
app.command()(serve)
app.command()(deploy)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_ROOT = Path(__file__).parent.parent


@app.command()
def run(
    sources: Annotated[Path, typer.Option(help="The sources file: YAML or JSON.")],
    output: Annotated[str, typer.Option(help="The folder of the releases and the archive, or s3://bucket/prefix.")],
    workers: Annotated[
        int, typer.Option(min=1, help="Processes to read documents and write workbooks with.")
    ] = os.cpu_count() or 1,
    prefect: Annotated[  # noqa: FBT002
        bool, typer.Option("--prefect", help="Run as a Prefect flow, a task for each document.")
    ] = False,
    offline: Annotated[  # noqa: FBT002
        bool, typer.Option("--offline", help="Ask no host: publish what the archive has.")
    ] = False,
    accept: Annotated[
        list[str] | None, typer.Option(help="The id of a source whose change past a bound you looked at and want.")
    ] = None,
    contact: CONTACT = None,
    state: Annotated[
        Path | None, typer.Option(help="The local folder of the capture database, where --output is an address.")
    ] = None,
    archive: Annotated[
        str | None, typer.Option(help="Where captured documents and readings stand: a path or an address.")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(help="With --prefect: the address of a Dask scheduler, whose workers read (or BEGROTING_DASK)."),
    ] = None,
) -> None:
    """Fetch and read every source and publish a release: the main job."""
    from flows.storing import output_of
    from schemas.errors import BegrotingError, StorageError

    known, text = registry_of(sources)
    strange = set(accept or ()) - {source.source_id for source in known.sources}
    if strange:
        stop(f"--accept: no source has the id {', '.join(sorted(strange))}")
    if dask is not None and not prefect:
        stop("--dask is for --prefect: without it documents are read here")
    try:
        to = output_of(output, state, archive)
    except StorageError as error:
        stop(str(error))
    from flows.pipeline import Job

    settings = replace(known.settings, fetching=fetching_of(sources, contact))
    now, accepted = datetime.now(UTC), frozenset(accept or ())
    job = Job(known.sources, to.folder, now, settings, text, offline, accepted, address=to.address, archive=to.archive)
    try:
        report = (
            _run_prefect(sources, output, job, workers, state, archive, dask) if prefect else _run_here(job, workers)
        )
    except BegrotingError as error:
        stop(str(error), code=1)
    from flows.screen import show_report

    show_report(console(), report)
    raise typer.Exit(int(report.exit))


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="The folder of the releases.")] = Path("demo-output"),
) -> None:
    """Run the main job on the inputs in sample_inputs/, of which two are there to be refused."""
    from flows.pipeline import Exit

    try:
        run(_ROOT / "sample_inputs" / "sources.yaml", str(output), 1, offline=False, accept=None)
    except typer.Exit as ended:
        raise typer.Exit(0 if ended.exit_code == Exit.PARTLY else ended.exit_code) from None


@app.command()
def extract(
    document: Annotated[str, typer.Argument(help="One document: a file of text, HTML or PDF, or its address.")],
    year: Annotated[int | None, typer.Option(help="The fiscal year that the document is about.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="begroting, jaarstukken, kadernota, ...")] = None,
    unit: Annotated[int | None, typer.Option(help="Euros per printed unit, where the page prints none.")] = None,
    page: Annotated[int | None, typer.Option(min=1, help="Show only the tables of this page of a PDF.")] = None,
    show: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--show", help="Write a PNG of --page with tables and verdicts drawn on it, beside the file."),
    ] = False,
    output: Annotated[Path, typer.Option(help="The folder whose archive keeps what is fetched.")] = Path("out"),
    contact: CONTACT = None,
) -> None:
    """Show the tables of one document with their verdicts and equations."""
    from schemas.errors import ArchiveError, DocumentError, ReleaseError
    from schemas.records import DocumentType
    from sources.local import read_snapshot

    allowed = ", ".join(option.value for option in DocumentType)
    if year is None or kind is None:
        missing = " and ".join(name for name, value in (("--year", year), ("--type", kind)) if value is None)
        stop(f"give {missing}: what the document is about is never guessed (--type: {allowed})")
    if kind not in [option.value for option in DocumentType]:
        stop(f"--type {kind!r} is not known; known: {allowed}")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        stop(f"--year {year} is no year: give it in full, such as 2026")
    if unit not in (None, 1, 1000, 1_000_000):
        stop(f"--unit {unit} is not 1, 1000 or 1000000 euros per printed unit")
    if show and page is None:
        stop("give --page: --show draws one page of a PDF")
    from flows.document import judged_tables, ledger_of
    from flows.screen import show_document
    from schemas.records import Publisher, Source

    nobody = Publisher("", "", "", "gemeente")
    is_address = document.startswith(("https://", "http://"))
    url, path = (document, None) if is_address else (None, document)
    about = (DocumentType(kind), year)
    source = Source("extract", nobody, *about, url=url, path=path, unit=unit, personal_data=True)
    try:
        snapshot = _fetched(source, output, contact) if is_address else read_snapshot(source)
        judged = judged_tables(source, snapshot)
        show_document(console(), judged, page)
        if show and page is not None:
            _draw(judged, snapshot, page, Path(snapshot.file_name if is_address else document))
    except (DocumentError, ArchiveError, ReleaseError) as error:
        stop(str(error), code=1)
    lines = sum(len(one.lines) for one in judged.tables)
    raise typer.Exit(0 if ledger_of(judged).closes and (lines or not judged.tables) else 1)


def _fetched(source: Source, output: Path, contact: str | None) -> Snapshot:
    """The document at an address, fetched and kept like those of a run."""
    from flows.pipeline import opened
    from schemas.errors import DocumentError
    from schemas.records import Snapshot
    from sources.acquire import acquire
    from sources.fetching import Fetcher

    with opened(output) as archive, Fetcher(fetching_of(None, contact)) as fetcher:
        (edition,) = acquire(source, archive, fetcher, lambda: datetime.now(UTC)).editions
        if edition.snapshot_id is None:
            raise DocumentError(edition.reason, edition.message)
        if edition.message:
            typer.echo(f"begroting: {edition.message}; this is the version of before", err=True)
        return Snapshot(edition.snapshot_id, archive.read(edition.snapshot_id), edition.file_name, edition.url)


def _draw(judged: JudgedDocument, snapshot: Snapshot, page: int, file: Path) -> None:
    """Write the picture of a page beside the document, and say where."""
    if b"%PDF" not in snapshot.content[:1024]:
        stop("--show draws pages of PDFs only")
    from flows.page_drawing import draw_page

    to = file.with_name(f"{file.stem}-page-{page}.png")
    try:
        draw_page(judged, snapshot, page, to)
    except OSError as error:
        stop(f"the picture can't be written to {to}: {error}", code=1)
    typer.echo(f"picture: {to}")


@app.command()
def check(release: Annotated[Path, typer.Argument(help="The folder of a release, or `latest`.")]) -> None:
    """Verify a release: hashes, schema, CSV against Parquet, keys, counts and ledgers."""
    from publishers.release import verify

    if not release.is_dir():
        stop(f"{release} is no folder")
    problems = verify(release)
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{release}: whole")


def main() -> None:
    """The entry point of the command."""
    app()


def _run_here(job: Job, workers: int) -> RunReport:
    from flows.pipeline import run_job
    from flows.progress import progress

    with progress(console(stderr=True)) as watcher:
        return run_job(job, workers, watcher)


def _run_prefect(
    sources: Path,
    output: str,
    job: Job,
    workers: int,
    state: Path | None,
    archive: str | None,
    dask: str | None,
) -> RunReport:
    from flows.prefect_settings import before_prefect, chosen

    before_prefect()
    if dask:
        chosen(BEGROTING_DASK=dask)
    from flows.prefect_api import check_api

    check_api()
    from flows.budget_flow import publish_budgets
    from flows.cluster import check_scheduler

    check_scheduler()
    return publish_budgets(
        str(sources),
        output,
        str(state) if state is not None else None,
        archive,
        contact=job.settings.fetching.contact,
        offline=job.offline,
        accept=sorted(job.accepted),
        workers=workers,
    )


if __name__ == "__main__":
    main()
