"""Texts over several lines: what a hyphen at the end of a line breaks, and what it joins."""

import pytest

from extractors.pdf.pieces import running, with_more


@pytest.mark.parametrize(
    ("upper", "lower", "label"),
    [
        ("Grond (niet", "bedrijven)", "Grond (niet-bedrijven)"),
        ("Onttrek", "kingen", "Onttrekkingen"),
        ("Inzet ICT", "middelen", "Inzet ICT-middelen"),
        ("Geniet", "genot", "Genietgenot"),
        ("Borger", "Odoorn", "Borger-Odoorn"),
        ("LAS", "TEN", "LASTEN"),
        ("Kosten WMO", "BCF", "Kosten WMO-BCF"),
        ("Lokale educatie", "en jeugdagenda", "Lokale educatie- en jeugdagenda"),
        ("Water", "of wegbeheer", "Water- of wegbeheer"),
        ("Bos", "ontwikkeling", "Bosontwikkeling"),
        ("Energie", "enquête", "Energieenquête"),
        ("Covid", "19", "Covid-19"),
        ("Sport", ", cultuur en jeugd", "Sport-, cultuur en jeugd"),
        ("Beheer e", "depot", "Beheer e-depot"),
        ("Sociaal", "economische zaken", "Sociaaleconomische zaken"),
        ("Baten", "(extra)", "Baten- (extra)"),
    ],
)
def test_a_hyphen_between_words_stays_where_a_label_breaks_at_it(upper, lower, label):
    assert with_more(f"{upper}\u00ad", lower) == label


@pytest.mark.parametrize(
    ("upper", "lower", "label"),
    [
        ("Project A7-", "Zuid", "Project A7-Zuid"),
        ("CO2-", "reductie", "CO2-reductie"),
        ("18-", "jarigen", "18-jarigen"),
        ("Sport- en cultuur-", "beleid", "Sport- en cultuur-beleid"),
        ("Riool-", "en waterzuivering", "Riool- en waterzuivering"),
        ("Begroting 2025-", "Rekening 2024", "Begroting 2025- Rekening 2024"),
        ("productie en -", "participatie", "productie en - participatie"),
        ("1.234-", "V", "1.234- V"),
        ("LAS-", "TEN", "LAS- TEN"),
    ],
)
def test_a_dash_at_the_end_of_a_line_joins_what_it_can_be_a_hyphen_of(upper, lower, label):
    assert with_more(upper, lower) == label


def test_running_text_keeps_the_hyphen_of_a_name():
    assert running(["Gemeente Borger\u00ad", "Odoorn en omge\u00ad", "ving"]) == "Gemeente Borger-Odoorn en omgeving"
