import pytest

from schemas.records import DocumentType, Stage
from transformers.columns import solve
from transformers.headings import heading_of
from transformers.phrases import phrases
from transformers.stages import Context, column_of

BEGROTING = DocumentType.BEGROTING
JAARSTUKKEN = DocumentType.JAARSTUKKEN
LBS = ["Lasten", "Baten", "Saldo"]
SHORT = {
    Stage.REKENING: "R", Stage.BEGROTING: "B", Stage.BEGROTING_NA_WIJZIGING: "W", Stage.MEERJARENRAMING: "M",
    Stage.OVERIG: "O",
}  # fmt: skip


def read(cells, count, kind, year, breaks=()):
    context = Context(kind, year)
    best = solve([heading_of(cell) for cell in cells], count, context, frozenset(breaks))[0]
    columns = [column_of(heading, year, context) for heading in best.columns]
    return " ".join(f"{SHORT[c.stage]}{c.year}{c.measure.value[0] if c.measure else ''}" for c in columns)


@pytest.mark.parametrize(
    ("cells", "count", "kind", "year", "expected"),
    [
        (
            ["Rekening", "Begroting", "Meerjarenbegroting", "2023", "2024", "2025", "2026", "2027", "2028"],
            6, BEGROTING, 2025, "R2023 B2024 B2025 M2026 M2027 M2028",
        ),
        (
            ["Rekening", "2020", "Begroting", "2021", "Begroting", "2022", "Meerjarenraming", "2023", "2024"],
            5, BEGROTING, 2022, "R2020 B2021 B2022 M2023 M2024",
        ),
        (
            ["Rekening 2015", "Begroting 2017", *LBS, *LBS], 6, BEGROTING, 2017,
            "R2015l R2015b R2015s B2017l B2017b B2017s",
        ),
        (
            ["Begroting", "Begroting", "2016 actueel", "2017", *LBS, *LBS], 6, BEGROTING, 2017,
            "W2016l W2016b W2016s B2017l B2017b B2017s",
        ),
        (["Begroot", "Werkelijk", "Verschil", "Baten"], 3, JAARSTUKKEN, 2015, "B2015 R2015 O2015"),
        (["2023", "2024", "2025", "2026"], 4, BEGROTING, 2025, "R2023 B2024 B2025 M2026"),
        (["B2025", "B2026", "B2027"], 3, BEGROTING, 2025, "B2025 M2026 M2027"),
        (["2024", "2025", "Saldo Begroting 2023"], 2, BEGROTING, 2024, "B2024 M2025"),
        (["Primitief", "Na wijziging", "Realisatie", "Verschil"], 4, JAARSTUKKEN, 2023, "B2023 W2023 R2023 O2023"),
        (["Begroting 2018", "Dot.", "Onttr."], 2, DocumentType.TUSSENRAPPORTAGE, 2018, "B2018 B2018"),
    ],
)  # fmt: skip
def test_headings_torn_from_their_columns_find_them_again(cells, count, kind, year, expected):
    assert read(cells, count, kind, year) == expected


@pytest.mark.parametrize(
    ("kind", "year", "expected"),
    [
        (BEGROTING, 2025, "R2023 B2024 B2025 M2026"),
        (DocumentType.TUSSENRAPPORTAGE, 2025, "R2023 R2024 B2025 M2026"),
        (JAARSTUKKEN, 2024, "R2023 R2024 M2025 M2026"),
    ],
)
def test_bare_years_have_the_stage_that_the_document_gives_them(kind, year, expected):
    assert read(["2023", "2024", "2025", "2026"], 4, kind, year) == expected


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Primitieve begroting Bijgestelde begroting 2021 Realisatie 2021", 3),
        ("Realisatie 2014Vastgestelde begroting 2015 Gewijzigde begroting 2015 Realisatie 2015", 4),
        ("Baten Lasten Saldo Baten Lasten Saldo", 6),
        ("Begroting 2020 na wijziging Rekening 2020", 2),
        ("2026 2027 2028 2029", 4),
        ("Huidige begroting Mutatie Nieuwe begroting", 3),
        ("Was Mutatie Wordt", 3),
        ("Oud en nieuw beleid", 1),
        ("Q1 2025 Q2 2025", 2),
    ],
)
def test_headings_on_one_line_part_where_the_next_column_begins(line, parts):
    assert len(phrases(line)) == parts


def test_an_unknown_word_is_counted_and_never_taken_for_a_stage():
    heading = heading_of("Vergelijkingscijfer")
    assert heading.unknown == 1
    assert not heading.says_something


def test_headings_that_contradict_each_other_never_share_a_column():
    found = solve([heading_of(t) for t in ("Rekening 2023", "2024", "2025")], 2, Context(BEGROTING, 2025))
    assert all(column.years != (2023, 2024) for reading in found for column in reading.columns)
