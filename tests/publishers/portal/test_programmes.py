from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa

from publishers.content import content_of
from publishers.portal.charts import chart_of
from publishers.portal.programmes import programme_lines, programmes_of
from publishers.portal.rows import rows_of as portal_rows_of
from schemas.contract import BUDGET_CURRENT
from schemas.renderings import arrow_schema
from tests.publishers.release_rows import DOCUMENT, LINE, TABLE

NAME = "Programma 1 Bestuur"


def line(amount, document="a", **changes):
    """A row of `budget_current`."""
    euros = None if amount is None else Decimal(amount).quantize(Decimal("0.01"))
    net = None if euros is None else -euros
    given = {
        "table_id": f"t-{document}", "programme": NAME, "amount_eur": euros, "net_effect_eur": net, "unit": 1,
        "state": "current", "breakdown": "other", "lowest_eur": euros, "highest_eur": euros,
    }  # fmt: skip
    return {field.name: getattr(LINE, field.name, None) for field in BUDGET_CURRENT.fields} | given | changes


def programmes(lines, **documents):
    """The programmes of lines in documents that are told apart by their tables."""
    documents = documents or {"a": {}}
    told = {key: {k: v for k, v in about.items() if k != "duplicate_of"} for key, about in documents.items()}
    rows = {
        "budget_lines": [],
        "tables": [
            replace(TABLE, table_id=f"t-{key}{n}", document_id=key, duplicate_of=about.get("duplicate_of"))
            for key, about in documents.items()
            for n in ("", "-overview")
        ],
        "documents": [replace(DOCUMENT, **{"document_id": key, "source_id": key, **told[key]}) for key in told],
        "findings": [],
    }
    lines = [one | {"line_id": f"line-{n}"} for n, one in enumerate(lines)]
    schema = arrow_schema(BUDGET_CURRENT)
    columns = [pa.array([one[name] for one in lines], schema.field(name).type) for name in schema.names]
    frames = {**content_of(rows).frames, "budget_current": pa.table(columns, names=schema.names)}
    [publisher] = portal_rows_of(frames).publishers
    return programmes_of(publisher, programme_lines(frames).get("gm1895", []))


def amounts(lines, **documents):
    [one] = programmes(lines, **documents)
    return one.values[2026, "begroting", "lasten"].amounts


def test_the_newest_document_gives_the_value():
    old, new = {"document_year": 2025}, {"document_year": 2026}
    assert amounts([line(100, "a"), line(120, "b")], a=old, b=new) == (Decimal(120),)
    assert amounts([line(100, "a"), line(120, "b")], a=new, b=old) == (Decimal(100),)


def test_annual_accounts_are_newer_than_the_budget_of_the_year_after():
    accounts = {"document_type": "jaarstukken", "document_year": 2026}
    assert amounts([line(100, "a"), line(120, "b")], a=accounts, b={"document_year": 2027}) == (Decimal(100),)


def test_an_adopted_document_is_newer_than_its_draft_and_then_the_day_decides():
    draft, adopted = {"document_status": "ontwerp"}, {"document_status": "vastgesteld"}
    assert amounts([line(100, "a"), line(120, "b")], a=adopted, b=draft) == (Decimal(100),)
    early, late = ({**adopted, "status_date": date(2025, 11, day)} for day in (3, 9))
    assert amounts([line(100, "a"), line(120, "b")], a=late, b=early) == (Decimal(100),)


def test_parts_of_a_programme_are_no_value_of_it_and_are_not_added_up():
    parts = [line(60, line_label="Bestuur", line_type=None), line(40, line_label="Burgerzaken", line_type=None)]
    assert programmes(parts) == []
    assert amounts([*parts, line(100, line_label="Totaal lasten", is_total=True)]) == (Decimal(100),)


def test_the_row_of_a_programme_in_an_overview_is_its_value():
    assert amounts([line(100, line_label=f" {NAME.upper()} ", line_type=None)]) == (Decimal(100),)


def test_totals_deeper_under_headings_are_parts():
    inner = line(60, section_path="Programma 1 > Taakveld 0.1")
    assert amounts([inner, line(100, section_path="Programma 1")]) == (Decimal(100),)


def test_two_amounts_of_one_document_are_both_kept_and_one_printed_twice_once():
    assert amounts([line(120), line(100), line(100)]) == (Decimal(100), Decimal(120))


def test_a_table_that_repeats_another_gives_no_value():
    assert programmes([line(100)], a={"duplicate_of": "t-other"}) == []


def test_lines_of_no_programme_or_measure_and_without_an_amount_are_left_out():
    assert programmes([line(100, measure=None), line(100, programme=None), line(None)]) == []


def test_a_saldo_of_unknown_sign_is_stated_but_not_drawn():
    [one] = programmes([line(-40, measure="saldo", line_type="saldo", net_effect_eur=None)])
    value = one.values[2026, "begroting", "saldo"]
    assert (value.amounts, value.comparable) == ((Decimal(-40),), False)
    assert chart_of(one) is None


def test_a_saldo_that_is_printed_as_cost_less_income_is_turned():
    [one] = programmes([line(40, measure="saldo", line_type="saldo")])
    assert one.values[2026, "begroting", "saldo"].amounts == (Decimal(-40),)


def test_programmes_stand_in_the_order_of_their_numbers_and_keep_the_newest_spelling():
    old, new = {"document_year": 2025}, {"document_year": 2026}
    lines = [
        line(1, programme="Programma 10 Wonen"), line(1, programme="Programma 2 Veiligheid"),
        line(1, programme="programma 2  veiligheid", document="b"), line(1, programme="Algemeen"),
    ]  # fmt: skip
    names = [one.name for one in programmes(lines, a=old, b=new)]
    assert names == ["programma 2  veiligheid", "Programma 10 Wonen", "Algemeen"]


def test_of_a_conflict_the_lowest_and_the_highest_are_kept_and_what_only_older_documents_say_is_not():
    conflict = line(None, state="conflicting", lowest_eur=Decimal("2.00"), highest_eur=Decimal("5.00"))
    assert amounts([conflict]) == (Decimal(2), Decimal(5))
    assert programmes([line(100, state="older_only")]) == []


def test_amounts_that_only_rounding_parts_are_one_and_the_precise_one_stands():
    overview = line(10_844_000, unit=1000, line_label=NAME, line_type=None)
    assert amounts([overview, line(10_843_612)]) == (Decimal(10_843_612),)
    assert amounts([overview, line(10_842_000)]) == (Decimal(10_842_000), Decimal(10_844_000))


def test_headings_are_counted_inside_a_table_only():
    overview = line(120, "a-overview", section_path="Lasten", breakdown="programme", line_type=None)
    assert amounts([line(100), overview]) == (Decimal(100), Decimal(120))


# -------------------------------------------------------------------------------------------------------- charts


def test_a_bar_is_as_high_as_its_amount_on_the_scale_of_its_panel():
    [one] = programmes([line(10_000_000), line(5_000_000, fiscal_year=2027, stage="meerjarenraming")])
    panel = chart_of(one).panels[0]
    labels = [tick.label.replace("\N{NO-BREAK SPACE}", " ") for tick in panel.scale]
    assert labels == ["0", "2,5 mln", "5 mln", "7,5 mln", "10 mln"]
    assert ['height="130.0"' in bar.shape for bar in panel.bars] == [True, False]
    assert 'height="65.0"' in panel.bars[1].shape
    assert panel.bars[0].title == "lasten 2026, begroting: €\N{NO-BREAK SPACE}10.000.000"


def test_amounts_below_zero_hang_from_the_line_of_zero():
    [one] = programmes([line(40, measure="saldo", line_type="saldo")])
    panel = chart_of(one).panels[2]
    assert panel.zero == 10.0
    assert f'y="{panel.zero}"' in panel.bars[0].shape


def test_amounts_that_are_all_zero_and_years_far_apart_can_be_drawn():
    [one] = programmes([line(0), line(0, fiscal_year=1), line(0, fiscal_year=32_000)])
    chart = chart_of(one)
    assert [tick.label for tick in chart.years] == ["1", "2026", "32000"]
    assert len(chart.panels[0].bars) == 3
