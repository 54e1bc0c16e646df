"""What the headings of Dutch budgets say of a column's year and stage."""

import pytest

from schemas.records import DocumentType, Stage
from transformers.headings import heading_of
from transformers.stages import Context, column_of

JAARSTUKKEN = Context(DocumentType.JAARSTUKKEN, 2023)
AMENDED = (
    "Begroting 2023 na wijziging|Begroting na 1e wijz 2023|Begroting incl. alle wijzigingen 2023|Act. begroting 2023"
    "|Aangepaste begroting 2023|Bijgest. begroting 2023|Begroting (bijgesteld) 2023|Begroting 2023 t/m BERAP"
    "|Begroting 2023 na 2e bestuursrapportage|Begroting 2023 na slotwijziging|Begroting 2023 na herziening"
    "|Begroting 2023 t/m 3e kwartaal|Begroting 2023 na FIRAP|Begroting 2023 Tweede Herziening|Begroting 2023 t/m VJN"
    "|Eindbegroting 2023|Laatste begroting 2023|Begr. 2023 na wijz."
)
BUDGETS = (
    "Begroting 2023|Begr 2023|Prim. begroting 2023|Begroting 2023 (primair)|Oorspr. begroting 2023|Raming 2023"
    "|Begroting vóór wijziging 2023|Vastgestelde begroting 2023|Geraamde bedragen 2023|Ontwerpbegroting 2023"
)
ACCOUNTS = "Rekening 2023|Rek 2023|Jaarrek. 2023|Realisatie 2023|Werkelijke uitgaven 2023|JR 2023|Jaarverslag 2023"
OTHERS = (
    "Afwijking 2023|Verschil begroting-rekening|Rekening t.o.v. begroting|Mutatie 2023|Prognose 2023|Restantkrediet"
)


def listed(headings, stage):
    return [(heading, stage) for heading in headings.split("|")]


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        *listed(AMENDED, Stage.BEGROTING_NA_WIJZIGING),
        *listed(BUDGETS, Stage.BEGROTING),
        *listed(ACCOUNTS, Stage.REKENING),
        *listed(OTHERS, Stage.OVERIG),
    ],
)
def test_a_heading_says_the_stage_of_its_column(heading, stage):
    column = column_of(heading_of(heading), 2023, JAARSTUKKEN)
    assert (column.year, column.stage) == (2023, stage)


def test_last_year_is_the_year_before_the_documents_own():
    assert column_of(heading_of("Rekening vorig jaar"), 2023, JAARSTUKKEN).year == 2022
