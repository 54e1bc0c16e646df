"""`begroting publish ckan` against a portal that answers over HTTP."""

import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from flows.cli import app
from publishers.ckan import push
from publishers.ckan.client import Portal, checked
from publishers.ckan.datasets import columns_of, datasets_in
from publishers.release import content_hash, verify
from schemas.contract import BUDGET_LINES, PUBLISHED_TABLES
from schemas.errors import PortalError
from tests.publishers.ckan.portal_server import CONVERT, KEY, ApiError, invalid, serving
from tests.publishers.ckan.releases import BODIES, release_of
from tests.publishers.made_publication import PUBLICATION
from tests.publishers.made_publication import written as with_publication

NAMES = [
    "begroting-gm0344",
    "begroting-gm0344-2026",
    "begroting-gm1895",
    "begroting-gm1895-2025",
    "begroting-gm1895-2026",
]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return release_of(tmp_path_factory.mktemp("first") / "r")


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """One amount of gm1895 in 2025 differs, and gm0344 is gone."""
    return release_of(tmp_path_factory.mktemp("second") / "r", BODIES[:2], amount="5.55")


@pytest.fixture
def portal():
    with serving() as (address, store):
        yield address, store


@pytest.fixture
def ckan(portal, monkeypatch):
    """The command as it is typed, against the portal."""
    monkeypatch.setenv("BEGROTING_CKAN_KEY", KEY)

    def typed(release, *more, organization="oldambt", address=portal[0]):
        where = ["--release", str(release), "--organization", organization]
        return CliRunner().invoke(app, ["publish", "ckan", address, *where, *more])

    return typed


def active(store):
    return sorted(one["name"] for one in store.packages.values() if one["state"] == "active")


# ------------------------------------------------------------------------------------------------------------ plain


def test_a_dry_run_shows_what_would_be_done_and_does_nothing(ckan, portal, first):
    done = ckan(first, "--dry-run")
    assert done.exit_code == 0, done.output
    for name in NAMES:
        assert f"create │ {name} " in done.stdout
    assert "planned: 5 create" in done.stdout
    assert portal[1].writes() == []


def test_a_push_makes_a_dataset_for_each_body_and_year_with_its_files(ckan, portal, first):
    assert verify(first) == []
    done = ckan(first)
    assert done.exit_code == 0, done.output
    assert "5 done, 0 failed, 0 as they are" in done.stdout
    _, store = portal
    assert active(store) == NAMES
    one = store.package("begroting-gm1895-2026")
    assert one["title"] == "Begrotingscijfers gemeente Oldambt 2026"
    assert (one["license_id"], one["private"], one["owner_org"]) == ("cc-zero", False, "org-1")
    assert [tag["name"] for tag in one["tags"]] == ["begroting"]
    extras = store.extras("begroting-gm1895-2026")
    assert extras["publisher_uri"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm1895"
    assert extras["document_year"] == "2026"
    part = first / "by_publisher/gm1895/2026"
    files = {path.name: path.read_bytes() for path in part.iterdir()}
    assert {one["name"]: store.files[one["url"]] for one in one["resources"]} == files
    assert {one["format"] for one in one["resources"]} == {"CSV", "Parquet", "XLSX"}


def test_the_data_dictionary_and_the_rows_are_in_the_datastore_with_the_types_of_the_contract(ckan, portal, first):
    ckan(first)
    _, store = portal
    table = store.tables[store.resource("begroting-gm1895-2025", "budget_lines.csv")["id"]]
    assert [one["id"] for one in table["fields"]] == [field.name for field in BUDGET_LINES.fields]
    by_name = {one["id"]: one for one in table["fields"]}
    code = by_name["taakveld_code"]
    assert (code["type"], code["info"]["type_override"]) == ("text", "text")
    assert "0.1 is not 0.10" in code["info"]["notes"]
    assert "Eén van / one of: lasten, baten, saldo" in by_name["measure"]["info"]["notes"]
    rows = list(table["rows"].values())
    assert [row["taakveld_code"] for row in rows] == ["0.1", "0.10", "0.1"]
    assert rows[0]["amount_eur"] == Decimal("1234000.00")
    assert (rows[0]["document_year"], rows[0]["is_total"]) == (2025, False)
    parquets = [store.resource("begroting-gm1895-2025", f"{name}.parquet")["id"] for name in ("tables", "documents")]
    assert not set(parquets) & set(store.tables)


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=lambda table: table.name)
def test_every_column_of_the_contract_has_a_type_of_the_datastore_and_words_in_two_languages(table):
    for column in columns_of(table):
        assert column["type"] in CONVERT
        assert " / " in column["info"]["notes"]


def test_a_second_push_changes_nothing(ckan, portal, first):
    ckan(first)
    before = len(portal[1].writes())
    done = ckan(first)
    assert done.exit_code == 0
    assert "0 done, 0 failed, 5 as they are" in done.stdout
    assert len(portal[1].writes()) == before
    assert "planned: 5 same" in ckan(first, "--dry-run").stdout


def test_a_later_release_changes_what_differs_and_deletes_what_is_gone(ckan, portal, first, second):
    ckan(first)
    _, store = portal
    store.calls.clear()
    shown = ckan(second, "--dry-run", "--delete").stdout
    assert "planned: 2 delete, 1 same, 2 update" in shown
    assert "budget_lines.csv, budget_lines.parquet, gm1895-2025.xlsx" in " ".join(shown.split())
    assert store.writes() == []
    done = ckan(second, "--delete")
    assert done.exit_code == 0, done.output
    assert active(store) == ["begroting-gm1895", "begroting-gm1895-2025", "begroting-gm1895-2026"]
    resource = store.resource("begroting-gm1895-2025", "budget_lines.csv")
    assert b"5.55" in store.files[resource["url"]]
    rows = store.tables[resource["id"]]["rows"]
    assert Decimal("5.55") in {row["amount_eur"] for row in rows.values()}
    uploads = [said["name"] for name, said in store.calls if name == "resource_patch"]
    assert "tables.csv" not in uploads
    assert not [
        name for name, said in store.calls if "begroting-gm1895-2026" in json.dumps(said) and name != "package_search"
    ]
    assert "3 as they are" in ckan(second).stdout


def test_a_body_that_is_back_takes_its_deleted_dataset_up_again(ckan, portal, first, second):
    ckan(first)
    ckan(second, "--delete")
    assert "comes back" in ckan(first, "--dry-run").stdout
    assert ckan(first).exit_code == 0
    assert active(portal[1]) == NAMES
    assert "5 as they are" in ckan(first).stdout


def test_a_file_that_the_release_has_no_more_is_deleted(ckan, portal, first, tmp_path):
    ckan(first)
    _, store = portal
    one = store.package("begroting-gm1895-2026")
    files = json.loads(store.extras(one["name"])["begroting_files"])
    for extra in one["extras"]:
        if extra["key"] == "begroting_files":
            extra["value"] = json.dumps({**files, "old.csv": "x"})
    one["resources"] += [
        {"id": "r-old", "name": "old.csv", "url": ""},
        {"id": "r-by-hand", "name": "toelichting.pdf", "url": ""},
    ]
    assert ckan(first).exit_code == 0
    names = {resource["name"] for resource in store.package(one["name"])["resources"]}
    assert "old.csv" not in names
    assert "toelichting.pdf" in names


# ------------------------------------------------------------------------------------------------ a wrong release


def test_a_release_that_would_delete_many_datasets_is_refused_unless_it_is_meant_so(ckan, portal, first, tmp_path):
    ckan(first)
    _, store = portal
    few = release_of(tmp_path / "few", BODIES[:1])  # gm1895 of one year: three of five datasets would go
    store.calls.clear()
    for more in ((), ("--dry-run",)):
        done = ckan(few, *more)
        assert done.exit_code == 1
        assert "3 of the 5 datasets of begroting on the portal would be deleted" in done.stderr
        assert "--delete" in done.stderr
    assert store.writes() == []
    assert active(store) == NAMES
    assert ckan(few, "--delete").exit_code == 0
    assert active(store) == ["begroting-gm1895", "begroting-gm1895-2025"]


def test_a_release_that_deletes_few_datasets_needs_no_leave(ckan, portal, tmp_path):
    many = [*BODIES, ("gm0014", "gemeente Groningen", 2026), ("gm0014", "gemeente Groningen", 2025)]
    ckan(release_of(tmp_path / "many", many))
    assert ckan(release_of(tmp_path / "fewer", [one for one in many if one[0] != "gm0344"])).exit_code == 0
    assert "begroting-gm0344" not in active(portal[1])


def test_a_release_that_is_older_than_what_is_on_the_portal_is_refused_unless_it_is_meant_so(
    ckan, portal, first, tmp_path
):
    def named(moment, **facts):
        made = release_of(tmp_path / f"{moment[:8]}-made", **facts)
        return made.rename(tmp_path / f"{moment}-{content_hash(made)}")

    old, new = named("20260105T120000Z"), named("20260201T120000Z", amount="5.55")
    assert ckan(old).exit_code == 0
    assert ckan(new).exit_code == 0
    _, store = portal
    assert store.extras("begroting-gm1895-2025")["begroting_release"] == new.name
    assert store.extras("begroting-gm1895-2026")["begroting_release"] == old.name  # it did not change
    store.calls.clear()
    done = ckan(old)
    assert done.exit_code == 1
    assert f"the portal has {new.name}, which is newer than {old.name}" in done.stderr
    assert store.writes() == []
    assert ckan(old, "--older").exit_code == 0
    assert store.extras("begroting-gm1895-2025")["begroting_release"] == old.name
    assert ckan(new).exit_code == 0


# ----------------------------------------------------------------------------------------------- what others made


def test_a_dataset_that_others_made_is_neither_overwritten_nor_deleted(ckan, portal, first, second):
    _, store = portal
    for name, org, extras in (
        ("begroting-gm0344-2026", "org-1", []),
        ("begroting-gm1895", "org-2", [{"key": "begroting_dataset", "value": "gm1895"}]),
        ("kopie", "org-1", [{"key": "begroting_dataset", "value": "gm0344"}]),
    ):
        package = {"name": name, "owner_org": org, "extras": extras, "resources": [], "tags": []}
        store.packages[name] = {**package, "id": name, "title": "by hand", "state": "active", "private": False}
    done = ckan(first)
    assert done.exit_code == 3
    assert "begroting did not make" in done.stderr
    assert "3 done, 2 failed" in done.stdout
    assert ckan(first, "--dry-run").exit_code == 3
    assert ckan(second, "--delete").exit_code == 3
    for name in ("begroting-gm0344-2026", "begroting-gm1895", "kopie"):
        assert (store.packages[name]["title"], store.packages[name]["state"]) == ("by hand", "active")


def test_what_others_added_to_a_dataset_stays(ckan, portal, first, second):
    ckan(first)
    _, store = portal
    one = store.package("begroting-gm1895-2025")
    one["extras"].append({"key": "beheerder", "value": "team"})
    one["tags"].append({"name": "eigen"})
    one["groups"] = [{"name": "financien"}]
    one["private"] = True
    assert ckan(second, "--delete").exit_code == 0
    after = store.package("begroting-gm1895-2025")
    assert store.extras(after["name"])["beheerder"] == "team"
    assert {"name": "eigen"} in after["tags"]
    assert (after["groups"], after["private"]) == ([{"name": "financien"}], True)


# ----------------------------------------------------------------------------------------------------------- faults

REFUSED = invalid(notes="Missing value")
FORBIDDEN = ApiError(403, "Authorization Error", message="no")


@pytest.mark.parametrize(
    ("action", "about", "error", "said"),
    [
        ("package_create", "begroting-gm0344-2026", REFUSED, "notes: ['Missing value']"),
        ("package_create", "begroting-gm0344-2026", FORBIDDEN, "may not do this"),
        ("package_create", "begroting-gm0344-2026", None, "no answer of CKAN"),
        ("package_create", "begroting-gm0344-2026", ConnectionAbortedError(), "ConnectionError"),
        ("datastore_upsert", "gm0344-2026-0", REFUSED, "datastore_upsert: refused"),
    ],
    ids=["invalid", "forbidden", "no json", "cut", "rows"],
)  # fmt: skip
def test_one_bad_dataset_stops_no_other_and_is_made_good_by_the_next_push(
    ckan, portal, first, action, about, error, said
):
    _, store = portal
    store.fail(action, about, error)
    done = ckan(first)
    assert done.exit_code == 3
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed:")]
    assert said in " ".join(failed)
    assert {"begroting-gm1895", "begroting-gm1895-2025", "begroting-gm1895-2026"} <= set(active(store))
    store.faults.clear()
    assert ckan(first).exit_code == 0
    assert active(store) == NAMES
    assert not any(one["private"] for one in store.packages.values())
    assert "5 as they are" in ckan(first).stdout


def test_a_dataset_is_private_until_it_is_complete(ckan, portal, first):
    _, store = portal
    store.fail("resource_patch", "tables.csv", REFUSED)
    ckan(first)
    half = [one for one in store.packages.values() if "document_year" in store.extras(one["name"])]
    assert len(half) == 3
    assert all(one["private"] for one in half)
    seen = Portal(portal[0]).call("package_search", fq='organization:"oldambt"', rows=100)
    assert {one["name"] for one in seen["results"]} == {"begroting-gm1895", "begroting-gm0344"}


def test_an_update_that_ended_half_way_is_gone_on_with_whatever_release_comes_next(ckan, portal, first, second):
    ckan(first)
    _, store = portal
    store.fail("resource_patch", "gm1895-2025.xlsx", REFUSED)
    assert ckan(second, "--delete").exit_code == 3
    store.faults.clear()
    assert ckan(first).exit_code == 0
    resource = store.resource("begroting-gm1895-2025", "budget_lines.csv")
    assert store.files[resource["url"]] == (first / "by_publisher/gm1895/2025/budget_lines.csv").read_bytes()
    assert "5 as they are" in ckan(first).stdout


def test_where_everything_fails_the_status_is_1(ckan, portal, first):
    portal[1].fail("package_create", "", REFUSED)
    assert ckan(first).exit_code == 1


def test_a_portal_that_falls_silent_is_not_asked_for_every_dataset(ckan, portal, first):
    portal[1].fail("package_create", "", ConnectionAbortedError())
    done = ckan(first)
    assert done.exit_code == 1
    assert done.stderr.count("not tried") == len(NAMES) - 3


def test_a_busy_portal_is_asked_again(ckan, portal, first):
    portal[1].busy = 1
    assert ckan(first, "--dry-run").exit_code == 0


def test_an_answer_that_can_not_be_understood_is_a_failure_of_one_dataset(ckan, portal, first, monkeypatch):
    monkeypatch.setattr(push, "_created", lambda *args: {"extras": []})
    done = ckan(first)
    assert done.exit_code == 1
    assert "can't be understood" in done.stderr


# ----------------------------------------------------------------------------------------------- the key, wrong use


def test_the_key_is_sent_and_never_shown_nor_kept(ckan, portal, first):
    _, store = portal
    store.fail("package_create", "begroting-gm0344-2026", None)  # answers with the headers it got
    done = ckan(first)
    assert all(one["Authorization"] == KEY for one in store.headers)
    assert KEY not in done.output + done.stderr
    assert "***" in done.stderr
    assert KEY not in json.dumps(list(store.packages.values()))


def test_a_wrong_key_is_refused_once_before_anything_is_planned(ckan, portal, first, monkeypatch):
    monkeypatch.setenv("BEGROTING_CKAN_KEY", "wrong-key")
    for more in ((), ("--dry-run",)):
        done = ckan(first, *more)
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
        assert "the key is not known, or may not add datasets to the organisation 'oldambt'" in done.stderr
        assert "wrong-key" not in done.output + done.stderr
        assert "planned" not in done.stdout


def test_a_key_of_another_organisation_is_refused(ckan, portal, first):
    portal[1].closed.append("oldambt")
    assert "organisation 'oldambt'" in ckan(first).stderr
    assert portal[1].writes() == []


def test_a_key_that_ends_during_a_push_is_not_tried_for_every_dataset(ckan, portal, first):
    portal[1].fail("package_create", "", FORBIDDEN)
    done = ckan(first)
    assert done.exit_code == 1
    assert done.stderr.count("may not do this") == 3
    assert done.stderr.count("not tried: the portal refuses the key") == len(NAMES) - 3


def test_a_portal_that_is_not_there_is_named(ckan, first):
    done = ckan(first, address="http://127.0.0.1:1")
    assert done.exit_code == 1
    assert "organization_show: 127.0.0.1:1 can't be reached (ConnectionError)" in done.stderr


def test_who_publishes_and_whom_to_ask_stand_in_a_dataset(tmp_path):
    (one, *_) = datasets_in(with_publication(tmp_path / "r"))
    assert one.about["author"] == PUBLICATION.publisher_name
    assert one.about["maintainer"] == PUBLICATION.contact_name
    assert one.about["maintainer_email"] == PUBLICATION.contact_email


def test_without_a_key_only_a_dry_run_is_done_and_what_it_may_not_see_is_said(ckan, portal, first, monkeypatch):
    ckan(first)
    portal[1].package("begroting-gm1895-2025")["private"] = True
    monkeypatch.delenv("BEGROTING_CKAN_KEY")
    done = ckan(first)
    assert done.exit_code == 2
    assert "BEGROTING_CKAN_KEY" in done.stderr
    shown = ckan(first, "--dry-run")
    assert shown.exit_code == 3
    assert "planned: 1 blocked, 4 same" in shown.stdout


def test_a_password_of_netrc_does_not_take_the_place_of_the_key(ckan, portal, first, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert ckan(first).exit_code == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://data.example.org",
        "ftp://data.example.org",
        "data.example.org",
        "https://a:b@data.example.org",
        "https://[",
        "https://x.nl/?a=1",
    ],
)
def test_an_address_that_would_give_the_key_away_or_is_none_is_refused(ckan, first, address):
    with pytest.raises(PortalError):
        checked(address)
    assert ckan(first, address=address).exit_code == 2


def test_an_organisation_that_is_not_there_ends_in_1(ckan, first):
    done = ckan(first, organization="nergens")
    assert done.exit_code == 1
    assert "has no organisation 'nergens'" in done.stderr


@pytest.mark.parametrize(("more", "said"), [(("--datastore", "some"), "known: rows, dictionary, none")])
def test_wrong_use_ends_in_2(ckan, first, tmp_path, more, said):
    done = ckan(first, *more)
    assert done.exit_code == 2
    assert said in done.stderr
    assert ckan(tmp_path / "nowhere").exit_code == 2


def test_a_damaged_release_is_never_pushed(ckan, portal, tmp_path):
    release = release_of(tmp_path / "r")
    (release / "tables.csv").write_text("x", encoding="utf-8")
    done = ckan(release)
    assert done.exit_code == 1
    assert "tables.csv was changed" in done.stderr
    assert portal[1].writes() == []


# -------------------------------------------------------------------------------------------------- the datastore


def test_a_loader_can_fill_the_datastore_or_none_is_used_and_a_change_of_that_is_pushed(ckan, portal, first):
    _, store = portal
    ckan(first, "--datastore", "none")
    assert store.tables == {}
    assert "planned: 5 update" in ckan(first, "--datastore", "dictionary", "--dry-run").stdout
    ckan(first, "--datastore", "dictionary")
    table = store.tables[store.resource("begroting-gm1895-2025", "budget_lines.csv")["id"]]
    assert table["fields"]
    assert table["rows"] == {}
    create = [name for name, said in store.calls if name in ("datastore_create", "resource_patch")]
    assert create.index("datastore_create") < len(create) - 1 - create[::-1].index("resource_patch")


def test_many_rows_are_sent_in_parts(ckan, portal, tmp_path, monkeypatch):
    monkeypatch.setattr(push, "_ROWS", 4)
    ckan(release_of(tmp_path / "r", BODIES[:1], lines=10))
    _, store = portal
    resource = store.resource("begroting-gm1895-2025", "budget_lines.csv")["id"]
    parts = [
        len(said["records"])
        for name, said in store.calls
        if name == "datastore_upsert" and said["resource_id"] == resource
    ]
    assert parts == [4, 4, 2]
    assert len(store.tables[resource]["rows"]) == 10


# ---------------------------------------------------------------------------------------------------------- texts


def test_texts_of_documents_stay_texts_and_only_plain_addresses_become_links(tmp_path):
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) *b*"
    facts = {"title": hostile, "licence_note": hostile}
    for n, url in enumerate(("https://oldambt.nl/a.pdf", 'https://x.nl/"><script>', "javascript:alert(1)")):
        one = datasets_in(release_of(tmp_path / str(n), BODIES[:1], **facts, source_url=url))
        notes = one[0].about["notes"]
        assert "<script" not in notes
        assert "](javascript" not in notes
        assert ("](https://oldambt.nl/a.pdf)" in notes) == (n == 0)
        assert notes.count("](") == (n == 0)


def test_a_dataset_does_not_change_with_what_other_bodies_publish(first, second):
    one = {dataset.key: dataset.digest for dataset in datasets_in(first)}
    other = {dataset.key: dataset.digest for dataset in datasets_in(second)}
    assert one["gm1895/2026"] == other["gm1895/2026"]
    assert one["gm1895/2025"] != other["gm1895/2025"]
