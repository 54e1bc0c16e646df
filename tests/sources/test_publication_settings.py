from pathlib import Path

import pytest

from schemas.errors import SourcesError
from sources.registry import parse_registry

SETTINGS = """settings:
  publication:
    base_url: https://data.example.org/begroting/latest
    publisher_name: Team open data
    publisher_uri: https://example.org/
    contact_name: Open data
    contact_email: opendata@example.org
"""
SOURCE = """sources:
  - id: oldambt
    publisher: gm1895
    document_type: begroting
    document_year: 2026
    path: begroting.txt
"""
TITLE = "    title: Programmabegroting 2026\n"
DECISION = "    document_status: vastgesteld\n    status_date: 2025-11-06\n"


def parsed(text):
    return parse_registry(text, "bronnen.yaml", Path("folder"))


def error_of(text):
    with pytest.raises(SourcesError) as caught:
        parsed(text)
    return str(caught.value)


def test_a_publication_has_an_address_a_licence_and_identifiers_by_default():
    said = parsed(SETTINGS + SOURCE + TITLE).settings.publication
    assert (said.base_url, said.licence) == ("https://data.example.org/begroting/latest/", "CC0-1.0")
    assert said.identifiers == "https://data.example.org/begroting/latest/id/"
    assert said.woo_host("gm1895") is None


def test_identifiers_may_begin_elsewhere():
    said = parsed(f"{SETTINGS}    identifier_base: https://id.example.org/x\n{SOURCE}{TITLE}").settings.publication
    assert said.identifiers == "https://id.example.org/x/"


def test_diwoo_is_asked_for_of_all_bodies_or_of_some_at_their_own_address():
    every = parsed(f"{SETTINGS}    woo: true\n{SOURCE}{TITLE}{DECISION}").settings.publication
    assert every.woo_host("gm0014") == every.base_url
    some = f"{SETTINGS}    woo:\n      gm1895: https://open.oldambt.nl/begroting\n{SOURCE}{TITLE}{DECISION}"
    said = parsed(some).settings.publication
    assert said.woo_host("gm1895") == "https://open.oldambt.nl/begroting/"
    assert said.woo_host("gm0014") is None


def test_what_the_metadata_need_is_an_error_with_line_source_and_key():
    assert error_of(SETTINGS + SOURCE) == (
        "bronnen.yaml, line 9: oldambt has no `title`, which the metadata of `publication` need"
    )
    assert "oldambt has no `document_status`" in error_of(f"{SETTINGS}    woo: true\n{SOURCE}{TITLE}")
    half = f"{SETTINGS}    woo: true\n{SOURCE}{TITLE}    document_status: vastgesteld\n"
    assert "oldambt has no `status_date`" in error_of(half)


def test_a_body_that_diwoo_is_not_asked_for_needs_a_title_only():
    assert parsed(f"{SETTINGS}    woo:\n      gm0014: https://groningen.nl/\n{SOURCE}{TITLE}")


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("base_url", "data.example.org", "no address"),
        ("base_url", "https://data.example.org/?a=b", "holds a query"),
        ("base_url", "https://data.example.org/#a", "or a fragment"),
        ("base_url", "https://a:b@data.example.org/", "holds a user name"),
        ("base_url", 'https://data.example.org/<a>"', "characters that no address has"),
        ("publisher_uri", "gm1895", "no address"),
        ("contact_email", "opendata", "no e-mail address"),
        ("identifier_base", "urn:x", "no address"),
        ("licence", "MIT", "not known"),
        ("woo", "maybe", "true or false"),
    ],
)
def test_a_setting_that_is_wrong_is_named_with_its_line(key, value, part):
    lines = [line for line in SETTINGS.splitlines() if f" {key}:" not in line]
    message = error_of("\n".join([*lines, f"    {key}: '{value}'"]) + "\n" + SOURCE + TITLE)
    assert part in message
    assert f": {key} " in message
    assert message.startswith("bronnen.yaml, line ")


@pytest.mark.parametrize("key", ["licence", "identifier_base", "woo", "publisher_name"])
@pytest.mark.parametrize("value", ["", " ''", " ~"])
def test_a_setting_that_is_there_and_empty_is_not_taken_for_the_default(key, value):
    lines = [line for line in SETTINGS.splitlines() if f" {key}:" not in line]
    message = error_of("\n".join([*lines, f"    {key}:{value}"]) + "\n" + SOURCE + TITLE)
    assert f": {key} is empty" in message


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("Oldambt", "did you mean gm1895 (gemeente Oldambt)?"),
        ("gm1896x", "did you mean gm1896 (gemeente Zwartewaterland)"),
    ],
)
def test_a_body_of_diwoo_that_is_not_known_is_named_with_the_few_that_may_be_meant(key, said):
    message = error_of(f"{SETTINGS}    woo:\n      {key}: https://oldambt.nl/\n{SOURCE}{TITLE}{DECISION}")
    assert message.startswith("bronnen.yaml, line 9: woo ")
    assert said in message
    assert len(message) < 250


def published_by(uri, name="gemeente Oldambt"):
    return SETTINGS.replace("https://example.org/", uri).replace("Team open data", name) + SOURCE + TITLE


TOOI = "https://identifier.overheid.nl/tooi/id/"


@pytest.mark.parametrize("code", ["gemeente/gm9999", "gemeente/pv26", "gemeente/", "gemeente/gm1895/"])
def test_an_identifier_that_is_in_no_register_is_refused_with_those_that_look_like_it(code):
    message = error_of(published_by(TOOI + code))
    assert "publisher_uri" in message
    assert "is in no register; did you mean https" in message
    assert message.startswith("bronnen.yaml, line 5: ")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("gemeente/gm0344", "gemeente Oldambt"),
        ("provincie/pv26", "gemeente Utrecht"),
        ("gemeente/gm0344", "gemeente Utrechtse Heuvelrug"),
    ],
)
def test_an_identifier_of_another_body_than_the_name_says_is_refused(code, name):
    assert "and publisher_name says" in error_of(published_by(TOOI + code, name))


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        (f"{TOOI}gemeente/gm1895", "Oldambt, team open data"),
        (f"{TOOI}waterschap/ws0653", "WETTERSKIP FRYSLAN"),
        (f"{TOOI}ministerie/mnre1034", "Ministerie van Binnenlandse Zaken"),
        ("https://oldambt.nl/", "gemeente Oldambt"),
    ],
)
def test_an_identifier_of_the_body_that_is_named_is_taken_and_so_is_one_of_another_register(uri, name):
    assert parsed(published_by(uri, name)).settings.publication.publisher_uri == uri


def test_the_woo_index_reads_https_only():
    plain = SETTINGS.replace("https://data", "http://data")
    assert "https://" in error_of(f"{plain}    woo: true\n{SOURCE}{TITLE}{DECISION}")
    assert "https://" in error_of(f"{SETTINGS}    woo:\n      gm1895: http://oldambt.nl/\n{SOURCE}{TITLE}{DECISION}")
    assert "gm9999" in error_of(f"{SETTINGS}    woo:\n      gm9999: https://oldambt.nl/\n{SOURCE}{TITLE}{DECISION}")


def test_a_source_may_have_a_licence_note_and_allow_personal_data():
    (source,) = parsed(f"{SOURCE}    licence_note: Vrij te gebruiken\n    personal_data: true\n").sources
    assert (source.licence_note, source.personal_data) == ("Vrij te gebruiken", True)
    (plain,) = parsed(SOURCE).sources
    assert (plain.licence_note, plain.personal_data) == (None, False)
    assert "personal_data" in error_of(f"{SOURCE}    personal_data: perhaps\n")
