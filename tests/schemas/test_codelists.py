from pathlib import Path

import pytest

from schemas import codelists
from schemas.codelists import find_publishers, folded, publishers, similar_names, taakvelden, term, terms, tooi_uri
from schemas.records import DocumentStatus, DocumentType


def codes(name, year=2026):
    return [entry.publisher.code for entry in find_publishers(name, year)]


@pytest.mark.parametrize(
    "name", ["gm1895", "GM1895", "Oldambt", "oldambt", "OLDAMBT", "gemeente Oldambt", "Gemeente oldambt", " Oldambt "]
)
def test_a_body_is_found_by_code_name_and_label_in_any_case(name):
    assert codes(name) == ["gm1895"]


@pytest.mark.parametrize(
    "name",
    ["'s-Gravenhage", "'S-GRAVENHAGE", "\u2019s-Gravenhage", "Den Haag", "gemeente Den Haag", "gemeente 's-Gravenhage"],
)
def test_a_body_is_found_by_its_official_name_as_well(name):
    assert codes(name) == ["gm0518"]


@pytest.mark.parametrize("name", ["Súdwest-Fryslân", "Sudwest-Fryslan", "SÚDWEST FRYSLÂN"])
def test_accents_and_dashes_make_no_other_body(name):
    assert codes(name) == ["gm1900"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Utrecht", "gm0344"),
        ("utrecht", "gm0344"),
        ("gemeente Utrecht", "gm0344"),
        ("provincie Utrecht", "pv26"),
        ("Provincie Utrecht", "pv26"),
        ("Groningen", "gm0014"),
        ("provincie Groningen", "pv20"),
        ("Limburg", "pv31"),
        ("waterschap Limburg", "ws0665"),
        ("Drenthe", "pv22"),
        ("Rivierenland", "ws0621"),
    ],
)
def test_a_bare_name_is_the_gemeente_else_the_provincie_and_a_label_says_which(name, code):
    assert codes(name) == [code]


@pytest.mark.parametrize(
    ("name", "code"), [("Haaren", "gm0788"), ("Appingedam", "gm0003"), ("Bellingwedde", "gm0007"), ("Bedum", "gm0005")]
)
def test_a_merged_gemeente_is_found_for_a_year_in_which_it_existed(name, code):
    assert codes(name, 2015) == [code]


@pytest.mark.parametrize("name", ["Nuenen, Gerwen en Nederwetten", "nuenen gerwen en nederwetten", "gm0820"])
def test_a_name_with_commas_is_one_name(name):
    assert codes(name) == ["gm0820"]
    assert find_publishers(name, 2026)[0].publisher.label == "gemeente Nuenen, Gerwen en Nederwetten"


@pytest.mark.parametrize("name", ["", "  ", "-", "Atlantis", "gemeente", "gm9999", "Oldamb", "gm1895 gm0014"])
def test_an_unknown_name_finds_nothing(name):
    assert codes(name) == []


def test_a_body_exists_from_its_first_year_to_its_last():
    westerkwartier = find_publishers("gm1969", 2026)[0]
    appingedam = find_publishers("gm0003", 2015)[0]
    assert [westerkwartier.exists_in(year) for year in (2018, 2019, 2026)] == [False, True, True]
    assert [appingedam.exists_in(year) for year in (1950, 2020, 2021)] == [True, True, False]


def test_a_merged_gemeente_says_what_came_after_it():
    assert find_publishers("Appingedam", 2015)[0].succeeded_by == "gm1979"


def test_every_code_of_the_register_finds_its_own_body_and_no_other():
    entries = publishers()
    assert len({entry.publisher.code for entry in entries}) == len(entries)
    assert {entry.publisher.kind for entry in entries} == {"gemeente", "provincie", "waterschap"}
    for entry in entries:
        assert find_publishers(entry.publisher.code, 2020) == (entry,)
        assert find_publishers(entry.publisher.label, 2020) == (entry,)


def test_a_misspelt_name_has_a_hint_and_a_strange_one_has_none():
    assert "Oldambt" in similar_names("Oldamt")
    assert similar_names("qqqqq") == []


def test_names_are_folded_without_case_accents_and_marks():
    assert folded("  'S-Gravenhage (Z.H.) ") == "s gravenhage z h"
    assert folded("Súdwest-Fryslân") == "sudwest fryslan"


# ------------------------------------------------------------------------------------------------------- taakvelden


@pytest.mark.parametrize("layer", ["gemeente", "provincie", "gr"])
def test_codes_of_taakvelden_are_text_and_names_are_there(layer):
    known = taakvelden(layer, 2026)
    assert known
    for code, entry in known.items():
        assert isinstance(code, str)
        assert (entry.code, entry.layer) == (code, layer)
        assert entry.name


@pytest.mark.parametrize("year", [2017, 2020, 2026])
def test_0_1_and_0_10_are_two_taakvelden(year):
    known = taakvelden("gemeente", year)
    assert (known["0.1"].name, known["0.10"].name) == ("Bestuur", "Mutaties reserves")


def test_taakvelden_are_those_of_the_year():
    before, now = taakvelden("gemeente", 2018), taakvelden("gemeente", 2026)
    assert "6.71" in before
    assert "6.711" not in before
    assert "6.711" in now
    assert "6.71" not in now
    assert all(entry.first_year <= 2018 <= entry.last_year for entry in before.values())
    assert all(entry.first_year <= 2026 <= entry.last_year for entry in now.values())


def test_outside_the_years_known_the_nearest_are_taken():
    assert taakvelden("gemeente", 1999) == taakvelden("gemeente", 2017)
    assert taakvelden("gemeente", 2099) == taakvelden(
        "gemeente", max(e.last_year for e in taakvelden("gemeente", 2099).values())
    )


def test_a_water_board_has_no_taakvelden():
    assert taakvelden("waterschap", 2026) == {}


def test_every_kind_of_document_and_status_has_its_terms_for_the_woo_index():
    for word in DocumentType:
        assert terms("information_category")[word]
        assert term("document_kind", word).uri.startswith("https://identifier.overheid.nl/tooi/def/thes/kern/c_")
    assert set(terms("handling")) == set(DocumentStatus)
    categories = {one.label for one in terms("information_category")["kadernota"]}
    assert "jaarplannen en jaarverslagen" in categories  # the index of this category lists it


def test_every_format_has_a_media_type_and_every_term_its_source():
    assert set(terms("format")) == set(terms("media_type"))
    rows = (Path(codelists.__file__).parent / "portal_terms.csv").read_text(encoding="utf-8").splitlines()
    assert all(row.rsplit(",", 1)[1] for row in rows)


def test_the_identifier_of_a_body_follows_from_its_code():
    assert tooi_uri("gm1895") == "https://identifier.overheid.nl/tooi/id/gemeente/gm1895"
    assert tooi_uri("pv20") == "https://identifier.overheid.nl/tooi/id/provincie/pv20"
    assert tooi_uri("ws0152") == "https://identifier.overheid.nl/tooi/id/waterschap/ws0152"
