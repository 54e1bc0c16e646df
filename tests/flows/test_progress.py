"""Pages are told as they are read: here, and by worker processes."""

from datetime import UTC, datetime

from rich.console import Console

from flows import pipeline
from flows.document import process
from flows.progress import Watcher, progress
from tests.extractors.pdf.paper import pdf
from tests.flows.documents import source_of, text_of
from tests.flows.papers import PROVED, sheet

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def sources(folder, pages):
    return [source_of(folder, f"a{count}", pdf(*[sheet(*PROVED)] * count), name=f"a{count}.pdf") for count in pages]


def test_each_page_of_a_pdf_is_told(tmp_path):
    told = []
    (source,) = sources(tmp_path, [3])
    process(source, lambda *page: told.append(page))
    assert told == [("a3", 1, 3), ("a3", 2, 3), ("a3", 3, 3)]


def test_a_text_has_no_pages(tmp_path):
    told = []
    process(source_of(tmp_path, content=text_of()), lambda *page: told.append(page))
    assert told == []


def test_worker_processes_tell_their_pages(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "_WORTH_A_PROCESS", 0)
    told = []
    report = pipeline.run(
        sources(tmp_path, [2, 19]), tmp_path / "out", NOW, 2, Watcher(each_page=lambda *page: told.append(page))
    )
    assert report.documents["published"] == 2
    assert {("a2", 2, 2), ("a19", 8, 19), ("a19", 16, 19), ("a19", 19, 19)} == set(told)


def test_the_bars_add_up_over_documents(tmp_path):
    console = Console(file=(tmp_path / "screen").open("w"), force_terminal=True, width=80)
    with progress(console) as watcher:
        watcher.expect(2)
        watcher.each_page("a", 1, 2)
        watcher.each_page("b", 3, 8)
        watcher.each(None)
    console.file.close()
    shown = (tmp_path / "screen").read_text()
    assert "4/10" in shown
    assert "1/2" in shown
