"""What the headings of Dutch budgets say of a column's year and stage."""

import pytest

from schemas.records import AmountKind, DocumentType, Stage
from transformers.headings import heading_of
from transformers.stages import Context, column_of

JAARSTUKKEN = Context(DocumentType.JAARSTUKKEN, 2023)
AMENDED = (
    "Begroting 2023 na wijziging|Begroting na 1e wijz 2023|Begroting incl. alle wijzigingen 2023|Act. begroting 2023"
    "|Aangepaste begroting 2023|Bijgest. begroting 2023|Begroting (bijgesteld) 2023|Begroting 2023 t/m BERAP"
    "|Begroting 2023 na 2e bestuursrapportage|Begroting 2023 na slotwijziging|Begroting 2023 na herziening"
    "|Begroting 2023 t/m 3e kwartaal|Begroting 2023 na FIRAP|Begroting 2023 Tweede Herziening|Begroting 2023 t/m VJN"
    "|Eindbegroting 2023|Laatste begroting 2023|Begr. 2023 na wijz.|Begroting 2023 (incl. 2e W)|Begroting 2023 na 1e W"
    "|Begroting 2023 incl. 2e begr.wijz.|Begroting 2023 na begr. wijziging"
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


PARTS_OF_THE_YEAR = (
    "Realisatie 30-6-2023|Realisatie per 30-06-2023|Realisatie per 31 augustus 2023|Werkelijk per 1 juli 2023"
    "|Gerealiseerd per 30 september|Realisatie 1-1-2023 t/m 30-6-2023|Realisatie peildatum 1-9-2023"
    "|Realisatie (stand 1-9-2023)|Realisatie januari-juni 2023|Realisatie 1e zes maanden|Realisatie 8 maanden 2023"
    "|Realisatie 2023 t/m periode 8|Realisatie 2023-06|Realisatie ultimo juni 2023|Besteed per 30-6-2023"
    "|Boekingen t/m 30-6-2023|Lasten per 1-9-2023|Begroting t/m 30-6-2023|Realisatie t/m 30 juni 2023|Realisatie Q2"
)
WHOLE_YEARS = (
    "Realisatie 1-1-2023 t/m 31-12-2023|Realisatie januari t/m december 2023|Realisatie januari-december 2023"
    "|Realisatie t/m december 2023"
)


@pytest.mark.parametrize("heading", PARTS_OF_THE_YEAR.split("|"))
def test_what_is_realised_in_a_part_of_the_year_is_no_account_of_it(heading):
    column = column_of(heading_of(heading), 2023, JAARSTUKKEN)
    assert (column.year, column.stage, column.kind, column.balance_date) == (
        2023, Stage.OVERIG, AmountKind.OVERIG, None,
    )  # fmt: skip


@pytest.mark.parametrize("heading", WHOLE_YEARS.split("|"))
def test_what_is_realised_up_to_the_end_of_the_year_is_its_account(heading):
    column = column_of(heading_of(heading), 2023, JAARSTUKKEN)
    assert (column.year, column.stage, column.kind) == (2023, Stage.REKENING, AmountKind.EXPLOITATIE)


@pytest.mark.parametrize(
    "heading",
    [
        *("Stand per 1-7-2023", "Saldo per 1-7-2023", "Boekwaarde 1-7-2023", "Werkelijke stand per 1-7-2023"),
        *("Rekening per 1-1-2023", "Werkelijk 1-1-2023", "Realisatie per 31-12-2022"),
    ],
)
def test_a_balance_at_a_day_stays_one(heading):
    column = column_of(heading_of(heading), 2023, JAARSTUKKEN)
    assert (column.stage, column.kind, column.balance_date is not None) == (Stage.REKENING, AmountKind.STAND, True)


def test_a_budget_that_was_amended_up_to_a_day_is_that_of_the_year():
    column = column_of(heading_of("Bijgestelde begroting t/m 1 juli 2023"), 2023, JAARSTUKKEN)
    assert column.stage is Stage.BEGROTING_NA_WIJZIGING
