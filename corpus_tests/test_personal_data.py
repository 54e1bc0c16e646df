"""No label of the corpus is about a person: whatever the rules held back there would be a figure lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tests.conftest import cases, judged, pdf_cases


@pytest.mark.parametrize("folder", [*cases(), *pdf_cases()], ids=lambda folder: folder.name)
def test_no_line_of_the_corpus_is_withheld(folder: Path) -> None:
    if "image-only" in folder.name or "unreadable" in folder.name:
        pytest.skip("no figure of it is read")
    assert [line.line_label for one in judged(folder)[2].tables for line in one.shown.withheld] == []
