from flows.document import process
from tests.flows.documents import source_of


def test_rows_have_the_duration_that_their_section_says(tmp_path):
    rows = "Incidentele lasten|Sloop|100|110|Structurele lasten|Wegen|50|60|Groen|70|80|Totaal lasten|220|250"
    text = f"Overzicht|Bedragen x € 1.000|Omschrijving|Begroting 2026|Begroting 2027|{rows}"
    result = process(source_of(tmp_path, content=text.replace("|", "\n")))
    found = {line.line_label: line.duration for line in result.lines}
    assert found == {"Sloop": "incidenteel", "Wegen": "structureel", "Groen": "structureel", "Totaal lasten": None}


def test_a_sentence_above_a_row_says_nothing_of_it(tmp_path):
    rows = "Wegen|10|20|De opbrengst van de leges is structureel hoger.|Groen|70|80|Totaal lasten|80|100"
    text = f"Overzicht|Bedragen x € 1.000|Omschrijving|Begroting 2026|Begroting 2027|{rows}"
    result = process(source_of(tmp_path, content=text.replace("|", "\n")))
    assert {line.duration for line in result.lines} == {None}
