from dataclasses import replace

import pytest

from flows.document import judged_tables
from schemas.records import DocumentType
from sources.local import read_snapshot
from tests.flows.documents import source_of

HEAD = "Overzicht|Bedragen x € 1.000|Programma|Begroting 2024|Rekening 2024"
FULL = "Bestuur|100|90|10|0|Zorg|200|230|0|30|Totaal|300|320|10|30"
ONE = "Bestuur|100|110|10|Zorg|200|230|30|Totaal|300|340|40"


def euros(folder, text):
    source = replace(source_of(folder, content=text.replace("|", "\n")), document_type=DocumentType.JAARSTUKKEN)
    (table,) = judged_tables(source, read_snapshot(source)).tables
    return [int(line.amount_eur) // 1000 for line in table.lines if line.amount_kind == "verschil"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{HEAD}|Voordeel|Nadeel|{FULL}", [10, 0, 0, -30, 10, -30]),
        (f"{HEAD}|Nadeel|{ONE}", [-10, -30, -40]),
        (f"{HEAD}|Voordeel|{ONE}", [10, 30, 40]),
        (f"{HEAD}|Voordeel/nadeel|{ONE}", [10, 30, 40]),
        (f"{HEAD}|Nadeel|Bestuur|100|110|-10|Zorg|200|190|10|Totaal|300|300|0", [-10, 10, 0]),
    ],
    ids=["a column for each", "only bad", "only good", "both in one", "signs of its own"],
)
def test_amounts_in_a_column_for_nadeel_are_negative(tmp_path, text, wanted):
    assert euros(tmp_path, text) == wanted
