import pytest

from transformers.labels import code_of, label_and_headings, without_footnote
from transformers.path import Path


@pytest.mark.parametrize(
    ("texts", "headings", "label"),
    [
        (["Lasten"], [], "Lasten"),
        (["01 Sociaal domein", "lasten"], ["01 Sociaal domein"], "lasten"),
        (["LASTEN", "0.1", "Bestuur"], ["LASTEN"], "0.1 Bestuur"),
        (["3", "Bruto dotaties ten", "laste van de exploitatie"], [], "3 Bruto dotaties ten laste van de exploitatie"),
        (["Reserves", "Storting"], ["Reserves"], "Storting"),
        (["Saldo van baten en", "lasten voor bestemming"], [], "Saldo van baten en lasten voor bestemming"),
        (["waarvan incidenteel"], [], "waarvan incidenteel"),
        (["P1", "Wegen", "P1", "Dorpsweg"], ["P1 Wegen"], "P1 Dorpsweg"),
    ],
)
def test_texts_before_amounts_part_into_headings_and_a_label(texts, headings, label):
    assert label_and_headings(texts)[:2] == (headings, label)


def walk(*steps, labels=frozenset(), codes=frozenset()):
    """Headings are in capitals or begin with `>`; the answer is the path of each row."""
    path = Path(labels, codes)
    out = []
    for step in steps:
        if step.startswith(">"):
            path.heading(step[1:])
        else:
            out.append(" > ".join(path.row(step)))
    return out


def test_a_heading_holds_until_an_equal_takes_its_place():
    assert walk(">Beginbalans", "Activa", "Passiva", ">Eindbalans", "Activa") == ["Beginbalans"] * 2 + ["Eindbalans"]


def test_a_heading_right_below_another_stands_inside_it():
    assert walk(">Opgave 1", ">P1 Wegen", "a", ">P1 Verkeer", "b") == ["Opgave 1 > P1 Wegen", "Opgave 1 > P1 Verkeer"]


def test_the_total_of_a_section_closes_it():
    assert walk(">Baten", "a", "Totaal baten", "Resultaat") == ["Baten", "Baten", ""]


def test_a_subtotal_closes_nothing():
    assert walk(">Kadernota", "a", "Subtotaal beleid", "b") == ["Kadernota"] * 3


def test_the_balance_leaves_a_section_of_one_measure():
    assert walk(">Baten per taakveld", "0.4 Overhead", "Saldo") == ["Baten per taakveld", ""]


def test_saldo_stays_with_the_name_over_its_lasten_and_baten():
    path = Path()
    path.heading("Zorg", group=True)
    assert [path.row(label) for label in ("lasten", "baten", "saldo")] == [("Zorg",)] * 3
    assert path.row("Totaal programma's") == ()


def test_a_text_that_has_amounts_elsewhere_is_an_empty_row_and_no_heading():
    steps = (">Reservemutatie incidenteel", "Reservemutatie structureel")
    assert walk(*steps, labels=frozenset({"reservemutatie incidenteel"})) == [""]


def test_a_code_of_the_rows_rank_without_amounts_is_an_empty_row():
    steps = (">01. Samen Leven", "01.01 Zorg", ">01.99 Overig", "Totaal programma")
    assert walk(*steps, codes=frozenset({"01.01", "01.02"})) == ["01. Samen Leven"] * 2


@pytest.mark.parametrize(
    ("label", "code"), [("0.10 Mutaties", "0.10"), ("Programma 1", ""), ("P1 Weg", "P1"), ("6a Boek", "6a")]
)
def test_codes_are_text(label, code):
    assert code_of(label) == code


@pytest.mark.parametrize(
    ("label", "clean"),
    [
        ("Wegen 1)", "Wegen"),
        ("Weg 1,2)", "Weg"),
        ("Lasten (1)", "Lasten (1)"),
        ("Weg¹", "Weg"),
        ("Lening 2) BNG", "Lening BNG"),
        ("Lening 2) BNG (oud) 3)", "Lening BNG (oud)"),
        ("Wonen c) en zorg", "Wonen en zorg"),
        ("Subsidies 1) sport 2) cultuur", "Subsidies 1) sport 2) cultuur"),
        ("Overig (regeling 2) wegen", "Overig (regeling 2) wegen"),
        ("1) Lasten", "1) Lasten"),
        ("A 1) Lasten", "A 1) Lasten"),
        ("Opgave: 1) wonen", "Opgave: 1) wonen"),
    ],
)
def test_marks_of_footnotes_are_no_part_of_a_label(label, clean):
    assert without_footnote(label) == clean
