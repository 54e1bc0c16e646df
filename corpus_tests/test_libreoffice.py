"""The workbook opened in LibreOffice as a Dutch reader has it: numbers with a decimal comma, codes as texts."""

import csv
import os
import shutil
import subprocess
from decimal import Decimal

import pytest

from publishers import xlsx_file
from publishers.content import content_of
from publishers.xlsx_words import COLUMNS, LINES
from tests.publishers.release_rows import lines_of, rows_of

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here: no soffice on the path")

ROWS = [
    {"taakveld_code": "0.1", "amount_eur": Decimal("1234567.89"), "line_label": "Bestuur, met komma"},
    {"taakveld_code": "0.10", "amount_eur": Decimal("-0.05"), "line_label": "=1+1"},
    {"taakveld_code": "6.1", "amount_eur": Decimal("1000.00"), "line_label": "1-2", "programme": "0344"},
    {"taakveld_code": None, "amount_eur": None, "line_label": 'met "aanhaling"', "amount_printed": "1.234"},
]
SHEET = 2  # after the one that explains
# Separator ;, quotes, UTF-8, from line 1, in Dutch (1043), quotes around texts only, as shown or as kept.
FILTER = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,true,true,{shown},false,false,{sheet}"


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """The lines of the workbook as LibreOffice writes them out, as shown and as kept."""
    folder = tmp_path_factory.mktemp("office")
    xlsx_file.write(content_of(rows_of(lines_of(*ROWS))).frames, folder / "a.xlsx")

    def convert(shown):
        out = folder / shown
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [OFFICE, profile, "--headless", "--convert-to", FILTER.format(shown=shown, sheet=SHEET)]
        done = subprocess.run(
            [*command, "--outdir", str(out), str(folder / "a.xlsx")],
            check=True,
            capture_output=True,
            text=True,
            timeout=180,
            env=os.environ | {"LC_ALL": "nl_NL.UTF-8"},
        )
        if "could not be loaded" in done.stderr:
            pytest.skip("LibreOffice has no Calc here: it opens no workbook")
        (path,) = out.glob("*.csv")
        return path.read_text(encoding="utf-8")

    return {shown: convert(shown) for shown in ("true", "false")}


def column(text, heading):
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    at = [name for _, name, _ in COLUMNS[LINES]].index(heading)
    assert rows[0][at] == heading
    return [row[at] for row in rows[1:]]


def test_amounts_are_shown_with_a_decimal_comma_and_points_between_thousands(converted):
    assert column(converted["true"], "Bedrag in euro") == ["1.234.567,89", "-0,05", "1.000,00", ""]


def test_amounts_are_kept_as_numbers(converted):
    raw = converted["false"]
    assert column(raw, "Bedrag in euro") == ["1234567,89", "-0,05", "1000", ""]
    assert '"1234567,89"' not in raw


def test_codes_and_printed_texts_are_kept_as_texts(converted):
    raw = converted["false"]
    assert column(raw, "Taakveld") == ["0.1", "0.10", "6.1", ""]
    assert '"0.10"' in raw
    assert column(raw, "Programma")[2] == "0344"
    assert column(raw, "Zoals afgedrukt")[3] == "1.234"
    assert column(raw, "Regel") == [row["line_label"] for row in ROWS]


def test_years_are_numbers_without_points(converted):
    assert column(converted["true"], "Boekjaar") == ["2026"] * 4
