import json
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from publishers.history.changes import compared
from publishers.history.summary import summary_of
from publishers.history.withdrawn import withdrawn
from schemas.contract import CHANGES, WITHDRAWN
from schemas.renderings import arrow_schema
from tests.publishers.history.compared_rows import NEW_BYTES, OLD_BYTES, changes, document, side, told

OTHER = {"amount_eur": Decimal("5.00"), "amount_printed": "5"}


# ------------------------------------------------------------------------------------------------------ what differs


def test_two_equal_releases_have_no_changes_and_the_columns_of_the_contract():
    frame = compared(side(document("a", {}, {})), side(document("a", {}, {}))).changes
    assert frame.num_rows == 0
    assert frame.schema.equals(arrow_schema(CHANGES))


def test_another_amount_in_a_new_version_is_restated_with_both_amounts_and_places():
    old = document("a", {"page": 3, "locator": "box=1", "source_url": "https://oldambt.nl/a.pdf"})
    new = document(
        "a", {**OTHER, "page": 4, "locator": "box=2", "source_url": "https://oldambt.nl/b.pdf"}, snapshot=NEW_BYTES
    )
    (row,) = changes([old], [new])
    assert (row["change"], row["reason"]) == ("restated", "new_version")
    assert (row["old_amount_eur"], row["new_amount_eur"]) == (Decimal("1234000.00"), Decimal("5.00"))
    assert row["difference_eur"] == Decimal("-1233995.00")
    assert (row["old_line_id"], row["new_line_id"]) == ("a-1-0", "a-1-1")
    assert row["change_id"] == "a-1-0-a-1-1"
    assert (row["old_snapshot_id"], row["new_snapshot_id"]) == (OLD_BYTES, NEW_BYTES)
    assert (row["old_page"], row["new_page"], row["old_locator"], row["new_locator"]) == (3, 4, "box=1", "box=2")
    assert (row["old_source_url"], row["new_source_url"]) == ("https://oldambt.nl/a.pdf", "https://oldambt.nl/b.pdf")
    assert row["old_document_id"] == row["new_document_id"] == "document-a"


def test_another_amount_in_the_same_bytes_is_changed_by_new_code():
    assert told(changes([document("a", {})], [document("a", OTHER)])) == [("changed", "new_code", "k1")]


def test_what_differs_is_named_with_old_and_new_values_as_json():
    new = document("a", {"stage": "rekening", "programme": 'a "b" \\ c\n', "is_total": True}, snapshot=NEW_BYTES)
    (row,) = changes([document("a", {})], [new])
    assert row["change"] == "changed"
    assert row["changed_columns"] == "is_total,programme,stage"
    assert json.loads(row["old_values"]) == {"is_total": "false", "programme": None, "stage": "begroting"}
    assert json.loads(row["new_values"]) == {"is_total": "true", "programme": 'a "b" \\ c\n', "stage": "rekening"}
    assert row["stage"] == "rekening"
    assert row["difference_eur"] == 0


@pytest.mark.parametrize(("old", "new"), [(None, Decimal("1.00")), (Decimal("1.00"), None)])
def test_an_amount_that_comes_or_goes_is_a_difference_without_a_number(old, new):
    (row,) = changes([document("a", {"amount_eur": old})], [document("a", {"amount_eur": new}, snapshot=NEW_BYTES)])
    assert row["change"] == "restated"
    assert (row["old_amount_eur"], row["new_amount_eur"], row["difference_eur"]) == (old, new, None)


def test_a_difference_too_large_for_its_column_is_null_and_no_failure():
    most = Decimal("9999999999999999.99")
    (row,) = changes([document("a", {"amount_eur": -most})], [document("a", {"amount_eur": most})])
    assert (row["new_amount_eur"], row["difference_eur"]) == (most, None)


def test_a_line_that_only_moved_on_the_page_is_no_change():
    moved = {"page": 9, "locator": "box=9", "line_number": 7, "line_id": "other"}
    assert changes([document("a", {})], [document("a", moved, snapshot=NEW_BYTES)]) == []


def test_lines_added_and_removed_have_one_side_only():
    old, new = document("a", {}, {"line_key": "gone", "page": 2}), document("a", {}, {"line_key": "come"})
    added, removed = changes([old], [new])
    assert told([added, removed]) == [("added", "new_code", "come"), ("removed", "new_code", "gone")]
    assert (added["old_line_id"], added["old_amount_eur"], added["changed_columns"]) == (None, None, None)
    assert (removed["new_line_id"], removed["new_document_id"], removed["old_page"]) == (None, None, 2)
    assert removed["line_label"] == "Lasten"
    assert removed["change_id"] == "a-2-0-"


def test_a_column_that_is_null_now_is_null_in_the_row_though_it_was_not_before():
    (row,) = changes([document("a", {"measure": "lasten"})], [document("a", {"measure": None})])
    assert row["measure"] is None


def test_lines_that_share_a_key_are_told_apart_by_their_order():
    old = document("a", *({"line_key": "k", "amount_eur": Decimal(n)} for n in (1, 2, 3)))
    new = document("a", *({"line_key": "k", "amount_eur": Decimal(n)} for n in (1, 4)))
    assert [(row["change"], row["old_amount_eur"], row["new_amount_eur"]) for row in changes([old], [new])] == [
        ("changed", 2, 4),
        ("removed", 3, None),
    ]


def test_equal_keys_in_two_documents_are_two_lines():
    old, new = [document("a", {}), document("b", {})], [document("a", {}), document("b", OTHER)]
    (row,) = changes(old, new)
    assert row["new_document_id"] == "document-b"


def test_changes_stand_by_publisher_year_and_type_and_inside_a_document_as_its_lines():
    def three(snapshot, amount):
        return [
            document("z", *[{"amount_eur": amount}] * 3, publisher_id="gm0002", snapshot=snapshot),
            document("y", {"amount_eur": amount}, publisher_id="gm0001", document_year=2027, snapshot=snapshot),
            document("x", {"amount_eur": amount}, publisher_id="gm0001", snapshot=snapshot),
        ]

    rows = changes(three(OLD_BYTES, Decimal(1)), three(NEW_BYTES, Decimal(2)))
    assert [row["new_line_id"] for row in rows] == ["x-1-1", "y-1-1", "z-1-1", "z-2-1", "z-3-1"]


# --------------------------------------------------------------------------------------------------------------- why


def test_lines_of_a_document_that_came_or_went_say_so():
    old, new = [document("a", {}), document("old", {}, document_year=2020)], [document("a", {}), document("new", {})]
    new = [document("a", {}), document("new", {}, snapshot=NEW_BYTES)]
    assert told(changes(old, new)) == [("removed", "document_removed", "k1"), ("added", "document_added", "k1")]


def test_a_document_that_failed_says_so_on_the_day_it_failed_and_when_it_is_back():
    good, failed = document("a", {}), document("a", snapshot=None, status="failed")
    assert told(changes([good], [failed])) == [("removed", "document_failed", "k1")]
    assert told(changes([failed], [good])) == [("added", "document_failed", "k1")]


@pytest.mark.parametrize("snapshot", [OLD_BYTES, NEW_BYTES])
def test_a_document_under_another_id_is_the_same_document(snapshot):
    """By its bytes, and where these differ too, as the only one of its publisher, year and type."""
    rows = changes([document("a", {}, {})], [document("b", {}, OTHER, snapshot=snapshot)])
    assert told(rows) == [
        ("restated", "document_moved", "k2") if snapshot == NEW_BYTES else ("changed", "new_code", "k2")
    ]


def test_a_page_that_vanished_is_never_taken_for_another_page_of_its_source():
    def page(name, amount, snapshot):
        row, table, lines = document(name, {"amount_eur": Decimal(amount)}, snapshot=snapshot, source_id="site")
        return row, table, lines

    old = [page("one", 1, "a" * 64), page("two", 2, "b" * 64)]
    new = [page("one", 1, "a" * 64), page("three", 3, "c" * 64)]
    assert told(changes(old, new)) == [("added", "document_added", "k1"), ("removed", "document_removed", "k1")]


@pytest.mark.parametrize(
    "facts",
    [
        {"document_status": "vastgesteld"},
        {"document_year": 2025},
        {"document_type": "jaarstukken"},
        {"publisher_id": "gm0002"},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_facts_that_make_other_keys_are_a_correction_and_lines_are_found_by_their_labels(facts):
    old = document("a", {"line_label": "Lasten"}, {"line_label": "Baten"}, {"line_label": "Baten", "column_label": "x"})
    new_lines = [{"line_label": "Baten", "line_key": "n1"}, {"line_label": "Lasten", "line_key": "n2", **OTHER}]
    rows = changes([old], [document("a", *new_lines, **facts)])
    rows = sorted(rows, key=lambda row: row["change"])
    assert told(rows) == [
        ("changed", "correction", "n1"),
        ("changed", "correction", "n2"),
        ("removed", "correction", "k3"),
    ]
    ((name, value),) = facts.items()
    assert json.loads(rows[0]["new_values"]) == {name: str(value)}
    assert rows[1]["new_amount_eur"] == 5


@pytest.mark.parametrize("facts", [{"title": "Begroting"}, {"stated_unit": 1000}])
def test_other_facts_of_the_sources_file_are_a_correction_too(facts):
    assert told(changes([document("a", {})], [document("a", OTHER, **facts)])) == [("changed", "correction", "k1")]


def test_a_council_that_decided_on_a_new_version_shows_what_it_amended():
    old = document("a", {"line_label": "Lasten"}, {"line_label": "Baten"}, document_status="ontwerp")
    new = document(
        "a",
        {"line_label": "Lasten", "line_key": "n1"},
        {"line_label": "Baten", "line_key": "n2", **OTHER},
        document_status="vastgesteld",
        snapshot=NEW_BYTES,
    )
    assert told(changes([old], [new])) == [("changed", "new_version", "n1"), ("restated", "new_version", "n2")]


# ------------------------------------------------------------------------------------------------------- the numbers


def test_a_summary_counts_the_lines_and_what_became_of_documents():
    old = [document("a", {}, {}, {}), document("b", {}, document_year=2020)]
    new = [document("a", {}, OTHER, {"line_key": "new"}, snapshot=NEW_BYTES), document("c", {}, snapshot="2" * 64)]
    summary = summary_of(compared(side(*old), side(*new)), "abc")
    assert (summary.compared_with, summary.lines_before, summary.lines_same) == ("abc", 4, 1)
    assert summary.documents == {"document_added": 1, "document_removed": 1, "new_version": 1}


# --------------------------------------------------------------------------------------------------------- withdrawn

NONE = arrow_schema(WITHDRAWN).empty_table()


def tombstones(old, new, carried=NONE, last="0" * 12):
    return withdrawn(compared(side(*old), side(*new)), carried, last)


def test_a_line_that_is_gone_leaves_a_tombstone_that_says_what_it_was_and_when_and_why_it_went():
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    old, new = document("a", {}, {"page": 5}), document("a", {}, snapshot=NEW_BYTES, retrieved_at=when)
    frame = tombstones([old], [new], last="abcdef012345")
    assert frame.schema.equals(arrow_schema(WITHDRAWN))
    (row,) = frame.to_pylist()
    assert (row["line_id"], row["line_key"], row["page"]) == ("a-2-0", "k2", 5)
    assert (row["reason"], row["withdrawn_at"], row["last_release"]) == ("new_version", when, "abcdef012345")
    assert (row["snapshot_id"], row["document_id"], row["replaced_by"]) == (OLD_BYTES, "document-a", None)


def test_tombstones_are_carried_until_their_line_is_back():
    two, one, none = document("a", {}, {}), document("a", {}), document("a")
    first = tombstones([two], [one], last="first")
    second = tombstones([one], [none], first, "second")
    assert [(row["line_key"], row["last_release"]) for row in second.to_pylist()] == [("k1", "second"), ("k2", "first")]
    assert [row["line_key"] for row in tombstones([none], [one], second).to_pylist()] == ["k2"]
    assert tombstones([none], [two], second).num_rows == 0


def test_a_tombstone_is_not_lifted_by_an_equal_key_in_another_document():
    other = document("b", {}, snapshot=NEW_BYTES, document_year=2020)
    first = tombstones([document("a", {}), other], [document("a"), other])
    assert [row["document_id"] for row in first.to_pylist()] == ["document-a"]
    assert tombstones([document("a"), other], [document("a"), other], first).num_rows == 1


def test_a_tombstone_follows_its_document_to_another_address():
    first = tombstones([document("a", {}, {})], [document("a", {})])
    moved = tombstones([document("a", {})], [document("b", {})], first)
    assert [row["document_id"] for row in moved.to_pylist()] == ["document-b"]
    assert tombstones([document("b", {})], [document("b", {}, {})], moved).num_rows == 0


def test_a_line_that_goes_on_under_another_key_leaves_a_tombstone_that_names_it():
    new = document("a", {"line_key": "new"}, document_status="vastgesteld")
    (row,) = tombstones([document("a", {})], [new]).to_pylist()
    assert (row["line_key"], row["replaced_by"], row["reason"]) == ("k1", "new", "correction")


def test_what_was_withdrawn_is_not_published_again():
    old = document(
        "a", {"line_label": "Wachtgeld"}, {"line_label": "Wegen"}, {"programme": "Wachtgeld"}, {"stage": "rekening"}
    )
    new = document("a", {"line_key": "k3"}, {"line_key": "k4"})
    comparison = compared(side(old), side(new), lambda text: "Wachtgeld" in text)
    by_key = {row["line_key"]: row for row in comparison.changes.to_pylist()}
    assert "Wachtgeld" not in str(by_key)
    gone = by_key["k1"]
    assert (gone["line_label"], gone["table_title"], gone["column_label"], gone["old_amount_eur"]) == ("", "", "", None)
    assert gone["old_line_id"] == "a-1-0"
    assert (by_key["k2"]["line_label"], by_key["k2"]["old_amount_eur"]) == ("Wegen", Decimal("1234000.00"))
    assert (by_key["k3"]["changed_columns"], by_key["k3"]["old_values"]) == ("programme", None)
    assert by_key["k4"]["old_values"] == '{"stage": "rekening"}'
    words = {"table_title", "section_path", "line_label", "column_label", "amount_eur"}
    assert not words & set(withdrawn(comparison, NONE, "x").column_names)


def test_a_release_of_nothing_can_be_compared():
    frame = compared(side(), side(document("a", {}))).changes
    assert told(frame.to_pylist()) == [("added", "document_added", "k1")]
    assert tombstones([document("a", {})], []).num_rows == 1
    assert isinstance(frame, pa.Table)
