"""One figure for each line, year and stage, never a double sum; through the real reader, and by rows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from publishers.content import content_of
from publishers.release import completed, verify
from schemas.records import DocumentStatus, DocumentType
from tests.flows.documents import source_of
from tests.publishers.release_rows import DOCUMENT, LINE, TABLE

NAMES = ["Programma 1 Bestuur", "Programma 2 Zorg, jeugd en sport"]


def rows_by_column(frame):
    return frame.to_pylist()


def made(*lines, documents=(DOCUMENT,), tables=(TABLE,)):
    """The derived tables of lines, each given as changes of the first line of all tests."""
    numbered = [replace(LINE, line_id=f"line-{n}", **changes) for n, changes in enumerate(lines)]
    rows = {"budget_lines": numbered, "tables": list(tables), "documents": list(documents), "findings": []}
    frames = completed(content_of(rows)).frames
    return frames["budget_current"].to_pylist(), frames["restatements"].to_pylist()


def document(source_id, **changes):
    return replace(DOCUMENT, document_id=f"d-{source_id}", source_id=source_id, **changes)


def said(source_id, euros, **changes):
    """A line of a source, in its table."""
    amount = None if euros is None else Decimal(euros)
    given = {"source_id": source_id, "amount_eur": amount, "net_effect_eur": None, "unit": 1}
    return given | {"table_id": f"t-{source_id}"} | changes


# ------------------------------------------------------------------------------ three budgets, through the reader


def budget(year, shift):
    """The text of a budget: an overview in thousands, and each programme on its own, over six years."""
    years = [year - 2 + n for n in range(6)]
    headings = [f"{'Rekening' if y < year - 1 else 'Begroting'} {y}" for y in years]
    lines = ["Overzicht van baten en lasten", "Bedragen x € 1.000", "Omschrijving", *headings]
    tables = []
    for number, name in enumerate(NAMES, start=1):
        costs = [1000 * number + 10 * (y - 2020) + shift for y in years]
        income = [400 * number + 3 * (y - 2020) for y in years]
        rows = [("Lasten", costs), ("Baten", income), ("Saldo", [b - c for b, c in zip(income, costs, strict=True)])]
        shown = [line for label, row in rows for line in (label, *(f"{n:,}".replace(",", ".") for n in row))]
        lines += [name, *shown]
        tables += [name, "Bedragen x € 1.000", "Omschrijving", *headings, *shown]
    return "\n".join([*lines, "", *tables]) + "\n"


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A release of the budgets of 2024, 2025 and 2026 of one publisher, of which the last two were changed."""
    from flows.pipeline import run

    folder = tmp_path_factory.mktemp("three")
    sources = [
        replace(
            source_of(folder, f"b{year}", budget(year, shift)), document_year=year, status_date=date(year - 1, 11, 6)
        )
        for year, shift in ((2024, 0), (2025, 0), (2026, 7))
    ]
    release = run(sources, folder / "out", datetime(2026, 1, 5, tzinfo=UTC)).release
    assert verify(release) == []
    return release


def table_of(release, name):
    from publishers import parquet_file

    return parquet_file.read(release / f"{name}.parquet").to_pylist()


def test_three_budgets_give_one_figure_for_each_line_year_and_stage(three):
    current = table_of(three, "budget_current")
    keys = [(row["fiscal_year"], row["stage"], row["measure"], row["series_key"]) for row in current]
    assert len(set(keys)) == len(keys)
    assert {row["state"] for row in current} == {"current"}
    assert {row["breakdown"] for row in current} == {"programme"}
    assert len({row["series_key"] for row in current}) == len(NAMES) * 3


def test_three_budgets_sum_to_what_the_newest_prints_and_nothing_twice(three):
    current = table_of(three, "budget_current")
    for year, stage, source, shift in (
        (2026, "begroting", "b2026", 7),
        (2029, "meerjarenraming", "b2026", 7),
        (2025, "begroting", "b2026", 7),
        (2026, "meerjarenraming", "b2025", 0),
        (2024, "meerjarenraming", None, None),
        (2022, "rekening", "b2024", 0),
    ):
        rows = [
            row
            for row in current
            if (row["fiscal_year"], row["stage"], row["measure"]) == (year, stage, "lasten") and not row["is_total"]
        ]
        expected = [1000 * (1000 * n + 10 * (year - 2020) + shift) for n in (1, 2)] if source else []
        assert sorted(row["amount_eur"] for row in rows) == expected
        assert {row["source_id"] for row in rows} == ({source} if source else set())
        assert {row["statement_count"] for row in rows} <= {2}


def test_three_budgets_give_one_history_for_each_line_and_year(three):
    history = [row for row in table_of(three, "restatements") if row["fiscal_year"] == 2026]
    by_line = {}
    for row in history:
        by_line.setdefault(row["series_key"], []).append(row)
    assert len(by_line) == len(NAMES) * 3
    for rows in by_line.values():
        rows.sort(key=lambda row: row["statement_number"])
        assert [row["document_year"] for row in rows] == [2024, 2025, 2026]
        assert [row["stage"] for row in rows] == ["meerjarenraming", "meerjarenraming", "begroting"]
        assert [row["change"] for row in rows] == ["first", "unchanged", "other_stage"]
        assert [row["previous_line_id"] for row in rows] == [None, *(row["line_id"] for row in rows[:2])]
        assert {row["match_method"] for row in rows} == {"code_and_label"}
        assert {row["match_confidence"] for row in rows} == {"high"}
        assert [row["status_date"] for row in rows] == [date(year, 11, 6) for year in (2023, 2024, 2025)]
        expected = {"lasten": 7000, "baten": 0, "saldo": -7000}[rows[0]["measure"]]
        assert [row["difference_eur"] for row in rows] == [None, 0, expected]


def test_a_figure_of_the_same_stage_that_changed_is_restated(three):
    rows = [
        row
        for row in table_of(three, "restatements")
        if (row["fiscal_year"], row["measure"], row["programme"]) == (2025, "lasten", NAMES[0])
    ]
    assert [(row["source_id"], row["change"], row["difference_eur"]) for row in rows] == [
        ("b2024", "first", None),
        ("b2025", "other_stage", 0),
        ("b2026", "restated", 7000),
    ]


# --------------------------------------------------------------------------------------------- what is left out


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_kind": "stand"},
        {"amount_kind": "verschil"},
        {"duration": "incidenteel"},
        {"stage": "overig"},
        {"fiscal_year": None},
    ],
)
def test_only_running_costs_of_a_known_year_and_stage_are_there(changes):
    current, _ = made({}, {"line_label": "Baten", "measure": "baten", **changes})
    assert [row["line_id"] for row in current] == ["line-0"]


def test_a_table_that_repeats_another_counts_once():
    twin = replace(TABLE, table_id="table-2", duplicate_of="table-1")
    current, _ = made({}, {"table_id": "table-2"}, tables=(TABLE, twin))
    assert [(row["line_id"], row["statement_count"]) for row in current] == [("line-0", 1)]


# ------------------------------------------------------------------------------------- one line in several tables


def test_an_overview_and_the_table_of_a_programme_state_one_figure_once():
    overview = {"table_id": "a", "table_title": "Overzicht", "line_label": "01 - Gemeenteraad", "is_total": False}
    own = {"table_id": "b", "table_title": "01 Gemeenteraad", "line_label": "Lasten", "is_total": True}
    current, _ = made(overview, own)
    assert [(row["line_id"], row["statement_count"], row["is_total"]) for row in current] == [("line-0", 2, False)]


def test_words_that_say_only_what_is_measured_are_no_name():
    title = {"table_id": "a", "line_label": "Programma 1 Bestuur", "programme": "Programma 1 Bestuur"}
    row = {"table_id": "b", "line_label": "Lasten programma 1 Bestuur", "programme": "Programma 1 Bestuur"}
    current, _ = made(title, row)
    assert [(row["statement_count"], row["breakdown"]) for row in current] == [(2, "programme")]


def test_the_most_precise_statement_is_the_figure_where_others_are_rounded():
    rounded = {"table_id": "a", "unit": 1000, "amount_eur": Decimal("1235000")}
    exact = {"table_id": "b", "unit": 1, "amount_eur": Decimal("1234567.89")}
    current, _ = made(*(row | {"net_effect_eur": None} for row in (rounded, exact)))
    (row,) = current
    assert (row["line_id"], row["amount_eur"], row["state"]) == ("line-1", Decimal("1234567.89"), "current")
    assert (row["lowest_eur"], row["highest_eur"]) == (Decimal("1234567.89"), Decimal("1235000.00"))


def test_statements_that_conflict_give_no_figure_and_are_all_shown():
    titles = ["Overzicht", "Bijlage", "Nog een bijlage"]
    lines = [
        {
            "table_id": title,
            "table_title": title,
            "line_label": "1 Bestuur",
            "amount_eur": amount,
            "net_effect_eur": None,
        }
        for title, amount in zip(titles, (Decimal(5000), Decimal(5000), Decimal(9000)), strict=True)
    ]
    current, history = made(*lines)
    (row,) = current
    assert (row["state"], row["amount_eur"], row["net_effect_eur"]) == ("conflicting", None, None)
    assert (row["stated_eur"], row["lowest_eur"], row["highest_eur"]) == (5000, 5000, 9000)
    assert row["statement_count"] == 3
    assert [(row["line_id"], row["change"], row["difference_eur"], row["statement_number"]) for row in history] == [
        ("line-0", "first", None, 1),
        ("line-2", "conflicting", 4000, 1),
    ]


def test_tables_of_one_title_with_other_figures_are_about_other_things_and_none_is_lost():
    lines = [
        {
            "table_id": table,
            "table_title": "Begrotingstotalen van het programma",
            "fiscal_year": year,
            "amount_eur": amount,
        }
        for table, base in (("a", 1000), ("b", 77000))
        for year, amount in ((2025, Decimal(base)), (2026, Decimal(base + 10)))
    ]
    current, _ = made(*(line | {"net_effect_eur": None, "unit": 1} for line in lines))
    assert sorted(row["amount_eur"] for row in current if row["fiscal_year"] == 2026) == [1010, 77010]
    assert {row["state"] for row in current} == {"current"}


def test_pm_gives_way_to_an_amount_and_stays_where_there_is_none():
    pm = {"amount_eur": None, "net_effect_eur": None, "amount_printed": "pm", "table_id": "a"}
    (row,), _ = made(pm, {"table_id": "b"})
    assert (row["line_id"], row["state"]) == ("line-1", "current")
    (row,), _ = made(pm)
    assert (row["amount_eur"], row["state"]) == (None, "current")


def test_codes_0_1_and_0_10_are_two_lines():
    current, _ = made(
        {"taakveld_code": "0.1", "line_label": "0.1 Bestuur"}, {"taakveld_code": "0.10", "line_label": "0.10 Bestuur"}
    )
    assert [row["taakveld_code"] for row in current] == ["0.1", "0.10"]
    assert {row["breakdown"] for row in current} == {"taakveld"}


# ------------------------------------------------------------------------------------------------ what is newest


def newest(*documents):
    """Of sources that each state the budget of 2026 differently, the one whose figure is taken."""
    lines = [said(one.source_id, 1000 * n, document_year=one.document_year) for n, one in enumerate(documents, start=1)]
    (row,), _ = made(*lines, documents=documents)
    return row["source_id"]


KADERNOTA, BEGROTING, WIJZIGING, TUSSEN, JAAR = (
    DocumentType.KADERNOTA.value,
    DocumentType.BEGROTING.value,
    DocumentType.BEGROTINGSWIJZIGING.value,
    DocumentType.TUSSENRAPPORTAGE.value,
    DocumentType.JAARSTUKKEN.value,
)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ((KADERNOTA, 2026), (BEGROTING, 2026)),
        ((BEGROTING, 2026), (WIJZIGING, 2026)),
        ((WIJZIGING, 2026), (TUSSEN, 2026)),
        ((TUSSEN, 2026), (BEGROTING, 2027)),
        ((BEGROTING, 2027), (JAAR, 2026)),
        ((JAAR, 2026), (KADERNOTA, 2028)),
        ((JAAR, 2026), (BEGROTING, 2028)),
    ],
)
def test_documents_follow_each_other_as_they_come_in_the_cycle(older, newer):
    first, second = (
        document(name, document_type=kind, document_year=year) for name, (kind, year) in (("z", older), ("a", newer))
    )
    assert newest(first, second) == newest(second, first) == "a"


def test_of_one_kind_and_year_an_adopted_document_is_newer_than_a_draft_whatever_the_dates():
    draft = document("z", document_status=DocumentStatus.ONTWERP.value, status_date=date(2025, 12, 30))
    adopted = document("a", document_status=DocumentStatus.VASTGESTELD.value)
    assert newest(draft, adopted) == "a"


def test_of_one_kind_year_and_status_the_later_decision_is_newer_then_the_later_capture():
    first = document("z", status_date=date(2025, 10, 1), retrieved_at=datetime(2026, 2, 1, tzinfo=UTC))
    second = document("a", status_date=date(2025, 11, 1), retrieved_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert newest(first, second) == "a"
    assert newest(replace(first, status_date=None), replace(second, status_date=None)) == "z"


# ------------------------------------------------------------------------------------------- lines without a match


def test_a_line_that_only_an_older_document_has_is_no_figure_where_a_newer_one_states_the_year():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = [
        said("old", 100, line_label="1 Bestuur"),
        said("old", 200, line_label="2 Zorg"),
        said("new", 110, line_label="1 Bestuur"),
        said("new", 220, line_label="3 Zorg en jeugd"),
    ]
    current, history = made(*lines, documents=(old, new))
    figures = {row["line_label"]: (row["state"], row["amount_eur"], row["stated_eur"]) for row in current}
    assert figures == {
        "1 Bestuur": ("current", 110, 110),
        "2 Zorg": ("older_only", None, 200),
        "3 Zorg en jeugd": ("current", 220, 220),
    }
    methods = {(row["line_label"], row["match_method"], row["match_confidence"]) for row in history}
    assert methods == {
        ("1 Bestuur", "code_and_label", "high"),
        ("2 Zorg", "none", None),
        ("3 Zorg en jeugd", "none", None),
    }


def test_lines_of_an_older_document_stay_where_a_newer_one_states_only_a_few():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = [said("old", 100 * n, line_label=f"{n} Naam {n}") for n in range(1, 6)]
    current, _ = made(*lines, said("new", 1, line_label="1 Naam 1"), documents=(old, new))
    assert [row["state"] for row in current] == ["current"] * 5
    assert sum(row["amount_eur"] for row in current) == 1 + 200 + 300 + 400 + 500


def test_a_line_whose_code_changed_is_matched_by_its_label_and_says_so():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = said("old", 100, line_label="1 Bestuur"), said("new", 110, line_label="2 Bestuur")
    current, history = made(*lines, documents=(old, new))
    assert [(row["line_label"], row["source_count"]) for row in current] == [("2 Bestuur", 2)]
    assert {(row["match_method"], row["match_confidence"]) for row in history} == {("label", "medium")}


def test_a_code_that_was_given_to_another_name_is_no_match():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = said("old", 100, line_label="1 Bestuur"), said("new", 110, line_label="1 Veiligheid")
    _, history = made(*lines, documents=(old, new))
    assert {row["match_method"] for row in history} == {"none"}


def test_a_label_that_one_document_has_twice_is_matched_by_its_code_only():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = [
        said("old", 100, line_label="1 Overig"),
        said("old", 200, line_label="2 Overig"),
        said("new", 110, line_label="1 Overig"),
        said("new", 330, line_label="3 Overig"),
    ]
    _, history = made(*lines, documents=(old, new))
    assert {(row["line_label"], row["match_method"]) for row in history} == {
        ("1 Overig", "code_and_label"),
        ("2 Overig", "none"),
        ("3 Overig", "none"),
    }


def test_a_difference_is_in_the_sign_convention_of_the_newer_document():
    old, new = document("old", document_year=2025), document("new", document_year=2026)
    lines = (
        said("old", -100, net_effect_eur=Decimal(-100)),  # cost printed negative
        said("new", 130, net_effect_eur=Decimal(-130)),
    )
    _, history = made(*lines, documents=(old, new))
    assert [row["difference_eur"] for row in history] == [None, 30]
    assert [row["change"] for row in history] == ["first", "restated"]


def test_years_that_one_source_alone_states_have_no_history():
    _, history = made({}, {"line_label": "Baten", "measure": "baten"})
    assert history == []


def test_no_lines_give_no_figures():
    assert made() == ([], [])


def test_two_publishers_never_share_a_line():
    other = document("other", publisher_id="gm0014", publisher_name="gemeente Groningen")
    current, _ = made(
        {}, said("other", 5, publisher_id="gm0014", publisher_name="gemeente Groningen"), documents=(DOCUMENT, other)
    )
    assert [row["publisher_id"] for row in current] == ["gm0014", "gm1895"]
    assert len({row["series_key"] for row in current}) == 2
