"""A line of headings: words before the first column that head the labels say nothing of the columns."""

import pytest

from tests.transformers.test_time_of_columns import ROWS, cells, columns_in
from transformers.corners import without_corner


@pytest.mark.parametrize(
    "corner", ["Wat mag het kosten?", "Wat mag het kosten", "Netto lasten", "Netto kosten", "Saldo", "Lasten"]
)
@pytest.mark.parametrize("headings", ["Rekening 2024 Begroting 2025 Begroting 2026", "Rekening 2024 Raming 2025 2026"])
def test_a_measure_that_only_the_first_of_alike_columns_would_have_heads_the_labels(corner, headings):
    assert without_corner(f"{corner} {headings}") == headings


@pytest.mark.parametrize(
    "line",
    [
        "Programma Lasten 2025 Baten 2025 Saldo 2025",
        "Lasten Rekening 2024 Baten Rekening 2024 Saldo Rekening 2024",
        "Programma Lasten Begroting 2026",
        "Saldo 2024 Begroting 2025 Begroting 2026",
        "Kosten begroting 2025 Dekking begroting 2025",
        "Lasten Baten Saldo",
        "Lasten begroting 2025 Verschil",
        "Rekening 2024 Begroting 2025 Saldo 2025",
        "Programma Begroting 2025 Begroting 2026",
    ],
)
def test_a_measure_of_a_column_stays(line):
    assert without_corner(line) == line


@pytest.mark.parametrize("corner", ["Wat mag het kosten?", "Netto lasten"])
def test_words_that_head_the_labels_on_the_line_of_the_headings_are_no_measure(tmp_path, corner):
    lines = [f"{corner} Rekening 2024 Begroting 2025 Begroting 2026", *map(" ".join, ROWS)]
    (found,) = columns_in(tmp_path, cells("|".join(lines)))
    assert [column[:3] for column in found] == [
        (2024, "rekening", None),
        (2025, "begroting", None),
        (2026, "begroting", None),
    ]
