import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from schemas.errors import SourcesError
from schemas.records import DocumentStatus, DocumentType
from sources.registry import parse_registry, read_registry

ROOT = Path(__file__).parents[2]
FOLDER = Path("folder")
ENTRY = {
    "id": "oldambt-begroting-2026",
    "publisher": "gm1895",
    "document_type": "begroting",
    "document_year": "2026",
    "path": "begroting.txt",
}


def yaml_of(*entries):
    """Entries as YAML, each key on a line of its own; the first key of the first entry stands in line 2."""
    lines = ["sources:"]
    for entry in entries:
        for number, (key, value) in enumerate(entry.items()):
            lines.append(f"{'  - ' if number == 0 else '    '}{key}: {value}")
    return "\n".join(lines) + "\n"


def parsed(*entries):
    return parse_registry(yaml_of(*entries), "bronnen.yaml", FOLDER).sources


def error_of(text):
    with pytest.raises(SourcesError) as caught:
        parse_registry(text, "bronnen.yaml", FOLDER)
    return str(caught.value)


def test_an_entry_becomes_a_source():
    full = ENTRY | {
        "document_status": "vastgesteld",
        "title": "Programmabegroting 2026",
        "status_date": "2025-11-06",
        "url": "https://oldambt.nl/begroting",
        "unit": "1000",
    }
    (source,) = parsed(full)
    assert source.source_id == "oldambt-begroting-2026"
    assert source.publisher.label == "gemeente Oldambt"
    assert (source.document_type, source.document_year) == (DocumentType.BEGROTING, 2026)
    assert (source.document_status, source.status_date) == (DocumentStatus.VASTGESTELD, date(2025, 11, 6))
    assert (source.title, source.url, source.unit) == ("Programmabegroting 2026", "https://oldambt.nl/begroting", 1000)


def test_what_is_optional_may_be_missing_or_empty():
    (bare,) = parsed(ENTRY)
    (empty,) = parsed(ENTRY | {"title": "", "status_date": "~", "unit": "null", "document_status": "", "url": ""})
    assert bare == empty
    assert (bare.document_status, bare.title, bare.status_date, bare.url, bare.unit) == (None,) * 5


def test_the_order_of_the_file_is_kept():
    ids = ["c", "a", "b"]
    assert [source.source_id for source in parsed(*(ENTRY | {"id": one} for one in ids))] == ids


@pytest.mark.parametrize("unit", [1, 1000, 1000000])
def test_every_unit_of_the_contract_is_known(unit):
    assert parsed(ENTRY | {"unit": str(unit)})[0].unit == unit


@pytest.mark.parametrize("kind", list(DocumentType))
def test_every_document_type_of_the_contract_is_known(kind):
    assert parsed(ENTRY | {"document_type": kind.value})[0].document_type is kind


def test_a_publisher_of_several_bodies_is_the_gemeente_and_one_that_has_merged_is_found():
    assert parsed(ENTRY | {"publisher": "Utrecht"})[0].publisher.code == "gm0344"
    assert parsed(ENTRY | {"publisher": "provincie Utrecht"})[0].publisher.code == "pv26"
    assert parsed(ENTRY | {"publisher": "Haaren", "document_year": "2015"})[0].publisher.code == "gm0788"
    name = '"Nuenen, Gerwen en Nederwetten"'
    assert parsed(ENTRY | {"publisher": name})[0].publisher.code == "gm0820"


def test_numbers_in_yaml_are_taken_as_they_are_written():
    (source,) = parsed(ENTRY | {"id": "007", "title": "1.10"})
    assert (source.source_id, source.title) == ("007", "1.10")


# --------------------------------------------------------------------------------------------------- wrong values


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("id", "Oldambt", "'Oldambt'"),
        ("id", "oldambt_2026", "'oldambt_2026'"),
        ("id", "'a b'", "'a b'"),
        ("id", "[a]", "text"),
        ("id", "{a: b}", "text"),
        ("publisher", "Oldamt", "did you mean Oldambt?"),
        ("publisher", "qqqqq", "gm1895"),
        ("publisher", "gm9999", "'gm9999'"),
        ("document_type", "budget", "jaarstukken"),
        ("document_type", "Begroting", "begroting"),
        ("document_year", "26", "'26'"),
        ("document_year", "2026.0", "'2026.0'"),
        ("document_year", "1899", "'1899'"),
        ("document_year", "twintig", "'twintig'"),
        ("document_status", "concept", "ontwerp, vastgesteld"),
        ("status_date", "2025-13-01", "'2025-13-01'"),
        ("status_date", "2025-02-30", "'2025-02-30'"),
        ("status_date", "6 november 2025", "'6 november 2025'"),
        ("status_date", "06-11-2025", "'06-11-2025'"),
        ("status_date", "2099-01-01", "more than 2 years after the document year"),
        ("unit", "100", "'100'"),
        ("unit", "1.000", "'1.000'"),
        ("unit", "-1000", "'-1000'"),
        ("unit", "duizend", "'duizend'"),
        ("url", "www.oldambt.nl", "https://"),
        ("url", "ftp://oldambt.nl/a", "https://"),
        ("url", "file:///etc/passwd", "https://"),
        ("url", "https:///begroting", "https://"),
        ("url", "'https://oldambt.nl/a b'", "https://"),
        ("url", "https://", "https://"),
        ("url", "https://user:secret@oldambt.nl/a", "password"),
        ("url", "https://user@oldambt.nl", "password"),
        ("title", "[a, b]", "text"),
        ("path", "[a.txt]", "text"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_key_and_what_is_allowed(key, value, said):
    entry = ENTRY | {key: value}
    line = 2 + list(entry).index(key)
    message = error_of(yaml_of(entry))
    assert message.startswith(f"bronnen.yaml, line {line}: {key} ")
    assert said in message


def test_a_password_in_a_url_is_not_repeated():
    message = error_of(yaml_of(ENTRY | {"url": "https://user:secret@oldambt.nl/a"}))
    assert "secret" not in message


def test_an_unknown_key_is_named_with_its_line_and_the_known_ones():
    message = error_of(yaml_of(ENTRY | {"adress": "x"}))
    assert message.startswith("bronnen.yaml, line 7: ")
    assert "'adress'" in message
    assert "document_year" in message


def test_an_unknown_key_beside_the_list_is_named_with_its_line():
    message = error_of(yaml_of(ENTRY) + "setting: 1\n")
    assert message.startswith("bronnen.yaml, line 7: ")
    assert "'setting'" in message


def test_a_key_that_stands_twice_is_named_with_its_second_line():
    message = error_of(yaml_of(ENTRY) + "    path: other.txt\n")
    assert message.startswith("bronnen.yaml, line 7: ")
    assert "'path'" in message
    assert "twice" in message


def test_an_id_that_stands_twice_is_named_with_both_lines():
    message = error_of(yaml_of(ENTRY, ENTRY | {"path": "other.txt"}))
    assert message.startswith("bronnen.yaml, line 7: ")
    assert "'oldambt-begroting-2026'" in message
    assert "line 2" in message


@pytest.mark.parametrize("key", ["id", "publisher", "document_type", "document_year"])
def test_a_missing_key_is_named_with_the_line_of_its_entry(key):
    message = error_of(yaml_of(ENTRY | {"id": "first"}, {k: v for k, v in ENTRY.items() if k != key}))
    assert message.startswith("bronnen.yaml, line 7: ")
    assert f"`{key}`" in message


@pytest.mark.parametrize("key", ["id", "publisher", "document_type", "document_year"])
def test_an_empty_value_of_a_needed_key_is_missing(key):
    assert f"`{key}`" in error_of(yaml_of(ENTRY | {key: ""}))


def test_an_entry_with_neither_path_nor_url_is_named_with_its_line_and_both_keys():
    message = error_of(yaml_of({k: v for k, v in ENTRY.items() if k != "path"}))
    assert message.startswith("bronnen.yaml, line 2: ")
    assert "`path`" in message
    assert "`url`" in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sources:\n  - id: 'a\n    path: b\n", 4),
        ("sources:\n\t- id: a\n", 2),
        ("sources:\n  - id: a\n   path: b\n", 3),
        ("sources: *unknown\n", 1),
        ("sources: []\n---\nsources: []\n", 2),
    ],
)
def test_what_is_not_yaml_is_named_with_its_line(text, line):
    assert error_of(text).startswith(f"bronnen.yaml, line {line}: is not YAML")


def test_control_characters_are_not_yaml():
    assert error_of("sources:\n  - id: \x01\n").startswith("bronnen.yaml: is not YAML")


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- id: a\n", "a", "sources:\n", "sources: a\n", "sources: {id: a}\n"]
)
def test_a_file_without_a_list_of_sources_says_so(text):
    message = error_of(text)
    assert message.startswith("bronnen.yaml")
    assert "`sources`" in message


def test_an_empty_list_is_an_error():
    message = error_of("sources: []\n")
    assert "`sources`" in message
    assert "empty" in message


@pytest.mark.parametrize("item", ["oldambt", "[a, b]", "12"])
def test_an_entry_that_is_no_mapping_is_named_with_its_line(item):
    message = error_of(yaml_of(ENTRY) + f"  - {item}\n")
    assert message.startswith("bronnen.yaml, line 7: ")


def test_two_lists_of_sources_are_an_error():
    message = error_of(yaml_of(ENTRY) + yaml_of(ENTRY | {"id": "second"}))
    assert "line 7" in message
    assert "sources" in message


def test_a_key_that_is_no_text_is_named_with_its_line():
    assert error_of("sources:\n  - ? [id]\n    : a\n").startswith("bronnen.yaml, line 2: ")


def test_deep_nesting_is_an_error_and_never_kills_the_process():
    code = (
        "from pathlib import Path\nfrom schemas.errors import SourcesError\n"
        "from sources.registry import parse_registry\n"
        "try:\n    parse_registry('[' * 100_000, 'x', Path()).sources\nexcept SourcesError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "refused")


# ---------------------------------------------------------------------------------------------------------- files


def test_json_is_read_as_well(tmp_path):
    file = tmp_path / "sources.json"
    entry = ENTRY | {"document_year": 2026, "unit": 1000, "title": "Begroting \u20ac", "document_status": None}
    file.write_text(json.dumps({"sources": [entry]}, indent=2), encoding="utf-8")
    (source,) = read_registry(file).sources
    assert (source.document_year, source.unit, source.title) == (2026, 1000, "Begroting €")


def test_an_error_in_json_is_named_with_its_line(tmp_path):
    file = tmp_path / "sources.json"
    file.write_text(json.dumps({"sources": [ENTRY | {"unit": 7}]}, indent=2), encoding="utf-8")
    with pytest.raises(SourcesError, match=r"^sources\.json, line 9: unit "):
        read_registry(file)


def test_a_relative_path_is_taken_from_the_folder_of_the_sources_file(tmp_path, monkeypatch):
    folder = tmp_path / "steward"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "begroting.txt").write_text("here", encoding="utf-8")
    file = folder / "sources.yaml"
    file.write_text(yaml_of(ENTRY | {"path": "texts/begroting.txt"}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for given in (file, Path("steward/sources.yaml"), Path(os.path.relpath(file))):
        (source,) = read_registry(given).sources
        assert Path(source.path).read_text(encoding="utf-8") == "here"


def test_an_absolute_path_stays_as_it_is(tmp_path):
    assert parsed(ENTRY | {"path": str(tmp_path / "a.txt")})[0].path == str(tmp_path / "a.txt")


def test_a_mark_of_utf_8_at_the_start_is_no_part_of_the_file(tmp_path):
    file = tmp_path / "sources.yaml"
    file.write_text(yaml_of(ENTRY), encoding="utf-8-sig")
    assert read_registry(file).sources == parse_registry(yaml_of(ENTRY), "sources.yaml", tmp_path).sources


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourcesError, match=r"nowhere\.yaml.*No such file"):
        read_registry(tmp_path / "nowhere.yaml")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(SourcesError, match=tmp_path.name):
        read_registry(tmp_path)


def test_a_file_that_is_not_utf_8_is_named_with_the_place(tmp_path):
    file = tmp_path / "sources.yaml"
    file.write_bytes(b"sources:\n# caf\xe9\n")
    with pytest.raises(SourcesError, match=r"sources\.yaml: is not UTF-8 text \(byte 14\)"):
        read_registry(file)


def test_a_file_larger_than_any_list_of_sources_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "sources.yaml"
    with file.open("wb") as handle:
        handle.truncate(20_000_001)
    with pytest.raises(SourcesError, match=r"sources\.yaml: larger than 20 MB"):
        read_registry(file)
