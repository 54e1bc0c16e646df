"""The real corpus lies beside the checkout; without it these tests are skipped, and say so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from flows.document import JudgedDocument, judged_tables
from schemas.codelists import find_publishers
from schemas.records import DocumentType, Snapshot, Source
from sources.local import read_snapshot

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TEXT = SHARED / "corpus" / "text"
PDF = SHARED / "corpus" / "pdf"
WITHOUT_CORPUS = {"test_portal_page.py"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not TEXT.is_dir():
        for item in items:
            if Path(item.fspath).parent == Path(__file__).parent and Path(item.fspath).name not in WITHOUT_CORPUS:
                item.add_marker(pytest.mark.skip(reason="the corpus is not here: ../shared/corpus/text is missing"))


def cases() -> list[Path]:
    return sorted(folder for folder in TEXT.iterdir() if (folder / "source.json").exists()) if TEXT.is_dir() else []


def pdf_cases() -> list[Path]:
    return sorted(folder for folder in PDF.iterdir() if (folder / "source.pdf").exists()) if PDF.is_dir() else []


def source_of(folder: Path) -> Source:
    about = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    name = about.get("municipality") or about.get("publisher")
    publisher = find_publishers(name, about["document_year"])[0].publisher
    path = next(folder / n for n in ("source.txt", "source.html", "source.pdf") if (folder / n).exists())
    return Source(
        folder.name, publisher, DocumentType(about["document_type"]), about["document_year"], path=str(path),
        unit=about.get("unit"),
    )  # fmt: skip


def judged(folder: Path) -> tuple[Source, Snapshot, JudgedDocument]:
    source = source_of(folder)
    snapshot = read_snapshot(source)
    return source, snapshot, judged_tables(source, snapshot)


def judged_text(folder: Path, text: str) -> JudgedDocument:
    source = replace(source_of(folder), path=None)
    return judged_tables(source, Snapshot("0" * 64, text.encode(), "source.txt"))
