import time

import pytest

from checks.person_names import LEFT_OUT, find_names, without_names
from schemas.codelists import publishers, taakvelden

NAMES = [
    "dhr. J. de Vries",
    "Mevrouw Bakker",
    "mw. A.B. van der Meer",
    "De heer Van den Berg",
    "fam. Mulder",
    "drs. P. Smit",
    "Subsidie mevr. El Amrani",
    "wethouder Jansen",
    "Wethouder De Vries",
    "WETHOUDER JANSEN",
    "burgemeester mr. A. Visser",
    "Voormalig wethouder Van Dijk",
    "Oud-wethouder Bakker",
    "Gemeentesecretaris H.J. Dekker",
    "Vergoeding J. Jansen",
    "J. de Vries",
    "A.B. Jansen",
    "Th. de Wit",
    "D. d'Hondt",
    "J.W. Smit-de Boer",
    "Vries, J. de",
    "Jansen, A.B.",
]
NO_NAMES = {
    "streets": ["Mr. Treubstraat", "Dr. J.H. van der Houwenstraat", "P.C. Hooftstraat", "J.F. Kennedylaan",
                "Burgemeester Jansenstraat", "Mr. P.J. Troelstraweg", "Sporthal Dr. de Bruin", "Ir. Lelygemaal"],
    "schools": ["Dr. Nassau College", "Prof. Lorentz Lyceum", "Basisschool De Heer", "Mr. Dr. Bolkschool",
                "Prins Willem-Alexanderschool", "O.L.V. Basisschool", "Dr. Hugo Kolpa Instituut"],
    "offices without a person": ["Burgemeester en wethouders", "BURGEMEESTER EN WETHOUDERS", "Wethouders",
                                 "Wethouder Financiën", "Wethouder Sociaal Domein", "Commissaris van de Koning",
                                 "Griffier en griffie", "Raadsleden Vergoedingen", "Dijkgraaf Rijnland",
                                 "Burgemeester Oldambt", "burgemeester van Den Haag"],
    "letters that number": ["A. Algemeen", "C. Nieuwe activiteiten kadernota 2026", "I. Septembercirculaire 2024",
                            "B. Raadsbesluiten met financiële gevolgen:", "Programma A. Bestuur",
                            "Bijlage B. Overzicht", "Deelplan D. Noord", "Kavel A. Zuid"],
    "abbreviations": ["N.V. Bank Nederlandse Gemeenten", "B.V. Sport", "W.M.O. Huishoudelijke hulp", "G.G.D. Groningen",
                      "t.b.v. Wegen", "Saldo begroting c.q. rekening", "5 MW Zonnepark", "V.V. Oldambt"],
    "other words": ["Heerenveen", "De Heerlijkheid", "Salarissen", "Dorpsstraat 6", "Zwembad De Vrije Slag", "St. Jan"],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_a_name_behind_a_form_of_address_an_office_or_initials_is_seen(text):
    assert find_names(text)


@pytest.mark.parametrize("text", [text for texts in NO_NAMES.values() for text in texts])
def test_streets_schools_offices_letters_and_abbreviations_are_no_names(text):
    assert not find_names(text)


def test_no_name_of_a_body_or_taakveld_is_that_of_a_person():
    texts = {one.publisher.label for one in publishers()} | {f"Bijdrage {one.publisher.name}" for one in publishers()}
    texts |= {f"burgemeester van {one.publisher.name}" for one in publishers()}
    for layer in ("gemeente", "provincie", "gr"):
        texts |= {f"{code} {one.name}" for code, one in taakvelden(layer, 2026).items()}
    assert [text for text in texts if find_names(text)] == []


def test_only_the_name_goes_from_a_text():
    assert without_names("Programma 1 (portefeuillehouder: J. de Vries)") == (
        f"Programma 1 (portefeuillehouder: {LEFT_OUT})"
    )
    assert without_names("Programma 1 Bestuur") == "Programma 1 Bestuur"


@pytest.mark.parametrize("part", ["mr. ", "A.", "van ", "wethouder ", "Jansen, A. ", "mr. Jansen ", "J. de ", "x-"])
def test_a_long_label_takes_no_long_time(part):
    began = time.process_time()
    find_names(part * 5000)
    assert time.process_time() - began < 3
