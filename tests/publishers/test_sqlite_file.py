import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from publishers import checksums, sqlite_file
from publishers.content import content_of
from publishers.release import completed, verify
from schemas.contract import DERIVED_TABLES, PUBLISHED_TABLES, Type
from tests.publishers.release_rows import DOCUMENT, LINE, TABLE, lines_of, rows_of, written

HARD = [
    {"taakveld_code": "0.1", "line_label": "0.1 'Bestuur'; DROP TABLE budget_lines; --"},
    {"taakveld_code": "0.10", "line_label": "0.10 Mutaties", "amount_eur": Decimal("0.05"), "net_effect_eur": None},
    {"line_label": "1234", "amount_printed": "1.234", "programme": "0344", "amount_eur": Decimal("-1234567890123.45")},
    {"amount_eur": None, "net_effect_eur": None, "balance_date": date(2025, 12, 31), "amount_kind": "stand"},
]


def content(lines=None, **document):
    facts = {"retrieved_at": datetime(2026, 1, 5, 9, tzinfo=UTC), "publisher_name": "gemeente Nuenen, Gerwen"}
    rows = rows_of(lines_of(*HARD) if lines is None else lines, **facts, **document)
    return completed(content_of(rows))


@pytest.fixture
def database(tmp_path):
    sqlite_file.write(content(), tmp_path)
    with closing(sqlite3.connect(tmp_path / sqlite_file.NAME)) as opened:
        yield opened


def as_stored(field, value):
    """A value of the contract as the database holds it."""
    if value is None or field.type in (Type.STRING, Type.INTEGER, Type.YEAR):
        return value
    if field.type is Type.AMOUNT:
        return float(value)
    if field.type is Type.BOOLEAN:
        return int(value)
    return value.isoformat() if field.type is Type.DATE else f"{value:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=lambda table: table.name)
def test_every_table_or_view_has_the_columns_and_rows_of_the_contract(database, table):
    found = database.execute(f"SELECT * FROM {table.name} ORDER BY {table.key[0]}")  # noqa: S608
    assert [column[0] for column in found.description] == [field.name for field in table.fields]
    rows = sorted(content().frames[table.name].to_pylist(), key=lambda row: row[table.key[0]])
    expected = [tuple(as_stored(field, row[field.name]) for field in table.fields) for row in rows]
    assert found.fetchall() == expected


def test_codes_stay_text_whatever_they_look_like(database):
    codes = database.execute(
        "SELECT taakveld_code, typeof(taakveld_code) FROM budget_lines WHERE taakveld_code NOT NULL"
    )
    assert codes.fetchall() == [("0.1", "text"), ("0.10", "text")]
    assert database.execute(
        "SELECT DISTINCT typeof(programme) FROM budget_lines WHERE programme = '0344'"
    ).fetchall() == [("text",)]


def test_amounts_are_numbers_exact_to_the_cent(database):
    amounts = database.execute("SELECT amount_eur, typeof(amount_eur) FROM budget_lines ORDER BY line_id").fetchall()
    assert amounts == [(1234000, "integer"), (0.05, "real"), (-1234567890123.45, "real"), (None, "null")]


def test_keys_and_references_are_declared_and_hold(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    refers = {
        (table, row[3], row[2], row[4])
        for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for row in database.execute(f"PRAGMA foreign_key_list('{table}')")
    }
    for table in PUBLISHED_TABLES:
        if table not in DERIVED_TABLES:
            assert {(table.name, *reference) for reference in (("x", "y", "z"), *table.refers)} - refers == {
                (table.name, "x", "y", "z")
            }
    assert ("budget_current_made", "line_id", "budget_lines", "line_id") in refers
    assert ("restatements_made", "previous_line_id", "budget_lines", "line_id") in refers


def test_a_reference_that_leads_nowhere_and_a_key_given_twice_are_refused(database):
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE budget_lines SET table_id = 'nowhere' WHERE line_id = 'line-1'")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE budget_lines SET line_id = 'line-1' WHERE line_id = 'line-2'")


def test_a_question_for_one_publisher_and_year_goes_by_an_index(database):
    plan = database.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM budget_current WHERE publisher_id = 'gm1895' AND fiscal_year = 2026"
    ).fetchall()
    assert any("INDEX" in step[3] for step in plan)
    assert not any(step[3].startswith("SCAN line") for step in plan)


def test_the_views_answer_and_count_nothing_twice(tmp_path):
    overview = {"table_title": "Overzicht", "line_label": "Programma 1 Bestuur", "programme": "Programma 1 Bestuur"}
    again = overview | {"line_label": "Lasten", "table_title": "Programma 1 Bestuur"}
    income = again | {"line_label": "Baten", "measure": "baten", "amount_eur": Decimal(4000)}
    sqlite_file.write(content(lines_of(overview, again, income)), tmp_path)
    with closing(sqlite3.connect(tmp_path / sqlite_file.NAME)) as database:
        found = database.execute("SELECT programme, lasten_eur, baten_eur FROM programmes").fetchall()
        assert found == [("Programma 1 Bestuur", 1234000, 4000)]
        for view in ("taakvelden", "lines_with_place", "restated"):
            database.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608
        assert len(database.execute("SELECT place FROM lines_with_place").fetchall()) == 3


def test_the_views_say_what_their_sums_leave_out(tmp_path):
    taakveld = {"line_label": "0.1 Bestuur", "taakveld_code": "0.1", "measure": "saldo", "line_type": None}
    unsigned = taakveld | {"amount_eur": Decimal(1788000), "net_effect_eur": None}
    twice = [{**unsigned, "table_title": title, "amount_eur": Decimal(n)} for title, n in (("A", 5000), ("B", 90000))]
    other = [{**one, "line_label": "0.2 Burgerzaken", "taakveld_code": "0.2"} for one in twice]
    sqlite_file.write(content(lines_of(unsigned, *other)), tmp_path)
    with closing(sqlite3.connect(tmp_path / sqlite_file.NAME)) as database:
        found = database.execute(
            "SELECT taakveld_code, saldo_eur, saldo_printed_eur, saldo_without_sign, rows_without_amount, "
            "rows_conflicting, rows_older_only FROM taakvelden ORDER BY 1"
        ).fetchall()
    assert found == [("0.1", None, 1788000, 1, 0, 0, 0), ("0.2", None, None, 0, 1, 1, 0)]


@pytest.mark.parametrize(
    ("url", "place"), [(None, None), ("https://oldambt.nl/a.pdf", "https://oldambt.nl/a.pdf#page=7")]
)
def test_a_line_has_its_page_and_file_with_and_without_an_address(tmp_path, url, place):
    lines = lines_of({"source_url": url, "page": 7, "locator": "box=1,2,3,4"})
    sqlite_file.write(content(lines, source_url=url, file_name="a.pdf"), tmp_path)
    with closing(sqlite3.connect(tmp_path / sqlite_file.NAME)) as database:
        found = database.execute("SELECT place, file_name, page, locator FROM lines_with_place").fetchall()
    assert found == [(place, "a.pdf", 7, "box=1,2,3,4")]


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        sqlite_file.write(content(), tmp_path / name)
    assert (tmp_path / "a" / sqlite_file.NAME).read_bytes() == (tmp_path / "b" / sqlite_file.NAME).read_bytes()
    assert not list(tmp_path.rglob("*-journal"))


# ------------------------------------------------------------------------------------------------- reading back


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("DELETE FROM findings", "findings has not the rows of findings.parquet"),
        ("UPDATE budget_lines SET amount_eur = amount_eur + 0.01", "the amounts of budget_lines are not those"),
        ("UPDATE tables SET document_id = 'nowhere'", "a reference leads nowhere"),
    ],
)
def test_a_database_of_other_rows_is_found_though_the_sums_are_right(tmp_path, change, problem):
    folder = written(tmp_path / "release")
    with closing(sqlite3.connect(folder / sqlite_file.NAME)) as database, database:
        database.execute(change)
    checksums.write(folder)
    assert problem in " ".join(verify(folder))


@pytest.mark.parametrize("content", [b"", b"no database at all, just a text" * 100])
def test_a_file_that_is_no_database_is_found_though_the_sums_are_right(tmp_path, content):
    folder = written(tmp_path / "release")
    (folder / sqlite_file.NAME).write_bytes(content)
    checksums.write(folder)
    assert len(verify(folder)) == 1


def test_a_release_of_two_documents_keeps_their_references(tmp_path):
    rows = rows_of()
    rows["documents"].append(replace(rows["documents"][0], document_id="b", source_id="b", document_year=2025))
    rows["tables"].append(replace(TABLE, table_id="t-b", source_id="b", document_id="b"))
    rows["budget_lines"].append(replace(LINE, line_id="b", table_id="t-b", source_id="b", document_year=2025))
    assert verify(written(tmp_path / "release", rows)) == []
    assert DOCUMENT.source_id == "oldambt"
