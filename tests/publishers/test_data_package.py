import hashlib
import json
from dataclasses import replace

import jsonschema
import pytest

from schemas.contract import PUBLISHED_TABLES, VERSION
from schemas.renderings import table_schema
from tests.publishers import made_publication
from tests.publishers.release_rows import written

SHAPE = {
    "type": "object",
    "required": ["$schema", "name", "title", "version", "licenses", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name", "path"], "properties": {"path": {"pattern": "^https://"}}},
        },
        "resources": {
            "type": "array",
            "minItems": 8,
            "items": {
                "type": "object",
                "required": ["$schema", "name", "path", "format", "mediatype", "bytes", "hash"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[-a-z0-9_]+$"},
                    "path": {"type": "string", "pattern": "^[a-z_]+\\.(csv|parquet)$"},
                    "format": {"enum": ["csv", "apache-parquet"]},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                },
                "if": {"properties": {"format": {"const": "csv"}}},
                "then": {
                    "required": ["schema", "type", "encoding", "dialect"],
                    "properties": {
                        "type": {"const": "table"},
                        "encoding": {"const": "utf-8"},
                        "mediatype": {"const": "text/csv"},
                        "schema": {"type": "object", "required": ["fields", "primaryKey"]},
                        "dialect": {
                            "type": "object",
                            "properties": {"delimiter": {"const": ","}, "quoteChar": {"const": '"'}},
                            "required": ["delimiter", "quoteChar", "doubleQuote", "header"],
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "release")


@pytest.fixture
def package(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_the_package_has_the_shape_of_data_package_2(package):
    jsonschema.validate(package, SHAPE)
    assert package["version"] == VERSION


def test_every_table_is_there_as_csv_and_as_parquet_under_a_name_of_its_own(package):
    paths = [resource["path"] for resource in package["resources"]]
    assert sorted(paths) == sorted(f"{table.name}.{kind}" for table in PUBLISHED_TABLES for kind in ("csv", "parquet"))
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)


def test_sizes_and_hashes_are_those_of_the_files(folder, package):
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_each_csv_has_the_table_schema_of_the_contract(package):
    schemas = {resource["name"]: resource.get("schema") for resource in package["resources"]}
    for table in PUBLISHED_TABLES:
        assert schemas[table.name] == json.loads(json.dumps(table_schema(table)))


def test_the_header_of_each_csv_is_that_of_its_schema(folder, package):
    for resource in package["resources"]:
        if resource["format"] == "csv":
            header = (folder / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
            assert header == ",".join(f'"{field["name"]}"' for field in resource["schema"]["fields"])


def test_foreign_keys_name_resources_that_are_there(package):
    names = {resource["name"] for resource in package["resources"]}
    keys = [key for resource in package["resources"] for key in resource.get("schema", {}).get("foreignKeys", [])]
    assert keys
    assert all(key["reference"]["resource"] in names for key in keys)


def test_with_a_publication_the_package_names_publisher_bodies_documents_and_licence(tmp_path):
    folder = made_publication.written(tmp_path / "release")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(package, SHAPE)
    publisher, contact, *bodies = package["contributors"]
    assert (publisher["title"], publisher["roles"]) == (made_publication.PUBLICATION.publisher_name, ["publisher"])
    assert (contact["title"], contact["roles"]) == (made_publication.PUBLICATION.contact_name, ["contact"])
    assert package["keywords"] == ["begroting", "jaarstukken", "kadernota"]  # no line has a taakveld
    assert [one["title"] for one in bodies] == ["gemeente Oldambt", "waterschap Rijn en IJssel"]
    assert {"title": "Kadernota 2026", "path": "https://oldambt.nl/kadernota.pdf"} in package["sources"]
    assert {"title": "Jaarstukken 2024"} in package["sources"]
    assert (package["created"], package["homepage"]) == ("2025-11-14T08:30:00Z", made_publication.PUBLICATION.base_url)


def test_the_licence_of_the_package_is_that_of_the_settings(tmp_path):
    said = replace(made_publication.PUBLICATION, licence="CC-BY-4.0")
    folder = made_publication.written(tmp_path / "release", said)
    (licence,) = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["licenses"]
    assert licence["name"] == "CC-BY-4.0"
