from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from flows import document
from flows.document import judged_tables, ledger_of, process
from schemas.records import RawTable, RawText
from sources.local import read_snapshot
from tests.flows.documents import BAD, HEADINGS, ROWS, WITHOUT_TABLES, WITHOUT_UNIT, source_of, text_of

PARTS = ("published_token_count", "set_aside_token_count", "not_euros_token_count", "outside_token_count")
PROSE = "In 2025 wonen er 12.345 mensen in de gemeente. Zij betalen 12,5 % meer dan in 2024, zoals u ziet.\n\n"


def by_cell(result):
    return {(line.line_label, line.column_label): line for line in result.lines}


def ledger(row):
    return row.token_count, sum(getattr(row, part) for part in PARTS)


# --------------------------------------------------------------------------------------------------- what is read


def test_every_amount_becomes_a_line_with_its_place_value_and_proof(tmp_path):
    result = process(source_of(tmp_path, content=text_of()))
    assert [(line.line_label, line.amount_printed) for line in result.lines] == [
        (row[0], cell) for row in ROWS for cell in row[1:]
    ]
    line = by_cell(result)["Lasten", "Begroting 2025"]
    assert (line.fiscal_year, line.stage, line.measure, line.line_type) == (2025, "begroting", "lasten", "lasten")
    assert (line.unit, line.amount_eur, line.net_effect_eur) == (1000, Decimal("1107000.00"), Decimal("-1107000.00"))
    assert (line.proof, line.locator, line.table_title) == ("proved", "line=9", "Programma 1 Bestuur")
    text = (tmp_path / "oldambt.txt").read_text(encoding="utf-8").splitlines()
    for one in result.lines:
        assert text[int(one.locator.removeprefix("line=")) - 1] == one.amount_printed


def test_the_document_row_says_what_was_read(tmp_path):
    content = text_of()
    row = process(source_of(tmp_path, content=content, url="https://oldambt.nl/a")).document
    assert (row.status, row.reason, row.file_name, row.source_url) == (
        "published",
        None,
        "oldambt.txt",
        "https://oldambt.nl/a",
    )
    assert (row.byte_count, row.table_count, row.published_table_count, row.line_count) == (
        len(content.encode()),
        1,
        1,
        9,
    )


def test_the_same_bytes_give_the_same_rows_wherever_they_stand(tmp_path):
    (tmp_path / "other").mkdir()
    one, other = (process(source_of(folder, content=text_of())) for folder in (tmp_path, tmp_path / "other"))
    assert one == other


def test_new_bytes_give_new_line_ids_and_the_same_line_keys(tmp_path):
    one = process(source_of(tmp_path, content=text_of()))
    other = process(source_of(tmp_path, content=text_of() + "\n\n"))
    assert [line.line_key for line in one.lines] == [line.line_key for line in other.lines]
    assert not {line.line_id for line in one.lines} & {line.line_id for line in other.lines}


def test_two_tables_of_the_same_words_have_keys_of_their_own(tmp_path):
    result = process(source_of(tmp_path, content=text_of() + "\n\nTekst ertussen die geen tabel is.\n\n" + text_of()))
    assert len(result.lines) == 18
    for name in ("line_id", "line_key"):
        assert len({getattr(line, name) for line in result.lines}) == 18
    assert len({line.table_id for line in result.lines}) == 2


def test_what_is_not_given_is_a_line_without_an_amount_and_a_dash_is_zero(tmp_path):
    rows = [["Wegen", "1.000", "pm", "-"], ["Groen", "n.v.t.", "2.500", "3.111"], ["Water", "12", "13", "14"]]
    result = process(source_of(tmp_path, content=text_of(rows=rows)))
    values = {(line.line_label, line.amount_printed): line.amount_eur for line in result.lines}
    assert values["Wegen", "pm"] is None
    assert values["Groen", "n.v.t."] is None
    assert values["Wegen", "-"] == 0
    assert len(values) == 9


def test_a_total_that_does_not_add_up_is_published_as_printed_with_a_finding(tmp_path):
    rows = [ROWS[0], ROWS[1], ["Saldo", "-600", "-655", "-999"]]
    result = process(source_of(tmp_path, content=text_of(rows=rows)))
    line = by_cell(result)["Saldo", "Begroting 2026"]
    assert (line.amount_printed, line.amount_eur, line.proof) == ("-999", Decimal("-999000.00"), "contradicted")
    (finding,) = result.findings
    assert (finding.rule, finding.table_id, finding.locator) == ("does_not_add_up", line.table_id, line.locator)
    assert "265" in finding.message


def test_a_table_without_a_unit_is_set_aside_and_the_steward_may_give_it(tmp_path):
    aside = process(source_of(tmp_path, content=WITHOUT_UNIT))
    assert (aside.document.status, aside.document.reason, aside.lines) == ("set_aside", "no_unit", ())
    assert [row.status for row in aside.tables] == ["set_aside"]
    assert [finding.rule for finding in aside.findings] == ["table_no_unit"]
    told = process(source_of(tmp_path, content=WITHOUT_UNIT, unit=1000))
    assert {line.unit for line in told.lines} == {1000}
    assert len(told.lines) == 9


def test_a_page_without_tables_is_no_failure(tmp_path):
    row = process(source_of(tmp_path, content=WITHOUT_TABLES)).document
    assert (row.status, row.reason, row.table_count) == ("no_tables", "no_tables", 0)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "missing"),
        ("empty", "empty"),
        ("blank", "empty"),
        ("garbage", "not_text"),
        ("picture", "unknown_format"),
        ("office", "unknown_format"),
    ],
)
def test_a_document_that_can_not_be_read_says_why_in_its_row_and_in_a_finding(tmp_path, name, reason):
    result = process(source_of(tmp_path, content=BAD[name]))
    row = result.document
    assert (row.status, row.reason) == ("failed", reason)
    assert row.message
    assert str(tmp_path) not in row.message
    assert (result.lines, result.tables) == ((), ())
    assert [(finding.rule, finding.severity) for finding in result.findings] == [(f"document_{reason}", "error")]


def test_an_entry_with_only_a_url_is_not_fetched(tmp_path):
    row = process(source_of(tmp_path, path=None, url="https://oldambt.nl/")).document
    assert (row.status, row.reason, row.source_url) == ("failed", "not_fetched", "https://oldambt.nl/")


@pytest.mark.parametrize("error", [ValueError("odd"), RecursionError("deep"), KeyError("x"), MemoryError()])
def test_an_error_that_nobody_foresaw_fails_the_document_and_is_never_raised(tmp_path, monkeypatch, error):
    def fail(*args):
        raise error

    monkeypatch.setattr(document, "read", fail)
    row = process(source_of(tmp_path, content=text_of())).document
    assert row.status == "failed"
    assert row.message


def test_markup_nested_far_too_deep_never_raises(tmp_path):
    for page in ("<div>" * 100_000, "<table><tr><td>1.000" * 3_000):
        row = process(source_of(tmp_path, content=f"<html><body>{page}</body></html>")).document
        assert row.line_count == 0


# ------------------------------------------------------------------------------------------------------- the ledger

LEDGERS = {
    "a table": text_of(),
    "prose around it": PROSE + text_of() + "\n\n" + PROSE,
    "prose only": PROSE,
    "set aside": WITHOUT_UNIT,
    "two tables": text_of() + "\n\n" + PROSE + text_of("Programma 2 Zorg"),
    "percentages": text_of(rows=[*ROWS, ["Dekking", "12%", "13%", "14%"]]),
    "unclear": text_of(rows=[["Wegen", "1,234", "12", "13"], ["Groen", "5.000", "6.000", "7.001"]]),
    "short": text_of(rows=[*ROWS, ["Overig", "12"]]),
    "codes": text_of(rows=[["0.1 Bestuur", "1.000", "12", "13"], ["0.10 Reserves", "5.000", "6.000", "7.001"]]),
    "pipes": "Bedragen x € 1.000\n| Omschrijving | Rekening 2024 | Begroting 2026 |\n|---|---|---|\n"
    "| Lasten | 1.000 | 1.200 |\n| Baten | 400 | - |\n",
    "html": "<h2>Programma 1</h2><p>Bedragen x € 1.000</p><table><tr><th></th><th>Rekening 2024</th>"
    "<th>Begroting 2026</th></tr><tr><td>Lasten</td><td>1.000</td><td>1.200</td></tr></table><p>Zie 2025.</p>",
}


@pytest.mark.parametrize("content", LEDGERS.values(), ids=LEDGERS)
def test_every_token_of_a_document_ends_somewhere(tmp_path, content):
    row = process(source_of(tmp_path, content=content)).document
    counted, accounted = ledger(row)
    assert row.status != "failed", row.message
    assert counted == accounted > 0


def test_the_parts_of_the_ledger_are_what_became_of_the_tokens(tmp_path):
    row = process(source_of(tmp_path, content=text_of() + "\n\n" + PROSE + text_of("Programma 2 Zorg"))).document
    assert row.published_token_count == 18
    assert row.set_aside_token_count == 0
    assert row.outside_token_count >= 4
    aside = process(source_of(tmp_path, content=WITHOUT_UNIT)).document
    assert (aside.published_token_count, aside.set_aside_token_count > 9) == (0, True)


def test_an_unclear_amount_is_set_aside_with_a_finding_and_never_published(tmp_path):
    result = process(source_of(tmp_path, content=LEDGERS["unclear"]))
    assert "1,234" not in [line.amount_printed for line in result.lines]
    assert [finding.rule for finding in result.findings] == ["unclear_amount"]
    assert "'1,234'" in result.findings[0].message
    assert result.document.set_aside_token_count == 1


@pytest.mark.parametrize("printed", ["12.34", "1234.56", "1.234.50"])
def test_an_amount_with_a_point_before_its_decimals_is_not_left_out_in_silence(tmp_path, printed):
    rows = [["Wegen", "1.000", printed, "1.213"], ["Groen", "5.000", "6.000", "7.001"], ["Water", "77", "91", "106"]]
    result = process(source_of(tmp_path, content=text_of(rows=rows)))
    assert any(printed in finding.message for finding in result.findings) or result.document.status == "set_aside"


def lossy(edit):
    """The extractor, with something done to the blocks of what it found."""
    whole = document.extract

    def extract(snapshot, each_page=None):
        raw = whole(snapshot)
        return replace(raw, blocks=tuple(edit(list(raw.blocks))))

    return extract


def without_last_row(blocks):
    at = max(n for n, block in enumerate(blocks) if isinstance(block, RawTable))
    blocks[at] = replace(blocks[at], rows=blocks[at].rows[:-1])
    return blocks


def without_first_amount(blocks):
    at = next(n for n, block in enumerate(blocks) if isinstance(block, RawTable))
    rows = list(blocks[at].rows)
    rows.pop(next(n for n, row in enumerate(rows) if row[-1].text == "1.000"))
    blocks[at] = replace(blocks[at], rows=tuple(rows))
    return blocks


def without_a_table(blocks):
    at = next(n for n, block in enumerate(blocks) if isinstance(block, RawTable))
    return blocks[:at] + blocks[at + 1 :]


def with_a_row_twice(blocks):
    at = next(n for n, block in enumerate(blocks) if isinstance(block, RawTable))
    blocks[at] = replace(blocks[at], rows=(*blocks[at].rows, blocks[at].rows[-1]))
    return blocks


def without_prose(blocks):
    return [block for block in blocks if not (isinstance(block, RawText) and "12.345" in block.text)]


@pytest.mark.parametrize(
    "edit", [without_last_row, without_first_amount, without_a_table, with_a_row_twice, without_prose]
)
def test_a_document_of_which_something_was_lost_in_reading_publishes_nothing(tmp_path, monkeypatch, edit):
    content = text_of() + "\n\n" + PROSE + text_of("Programma 2 Zorg")
    source = source_of(tmp_path, content=content)
    assert process(source).document.status == "published"
    monkeypatch.setattr(document, "extract", lossy(edit))
    result = process(source)
    assert (result.document.status, result.document.reason) == ("failed", "ledger")
    assert (result.lines, result.tables) == ((), ())
    assert [finding.rule for finding in result.findings] == ["document_ledger"]


def test_a_line_lost_between_the_judge_and_the_release_leaves_the_ledger_open(tmp_path):
    source = source_of(tmp_path, content=text_of())
    judged = judged_tables(source, read_snapshot(source))
    assert ledger_of(judged).closes
    (one,) = judged.tables
    fewer = replace(one, shown=replace(one.shown, lines=one.lines[:-1]))
    assert not ledger_of(replace(judged, tables=(fewer,))).closes


def test_counts_of_a_table_are_those_of_its_lines(tmp_path):
    rows = [ROWS[0], ROWS[1], ["Saldo", "-600", "-655", "-999"]]
    result = process(source_of(tmp_path, content=text_of(rows=rows)))
    (table,) = result.tables
    proofs = Counter(line.proof for line in result.lines)
    assert (table.proved_count, table.contradicted_count) == (proofs["proved"], proofs["contradicted"]) == (6, 3)
    assert (table.row_count, table.column_count, table.line_count) == (3, 3, 9)
    assert (table.equations_found, table.equations_held) == (3, 2)


def test_headings_and_labels_stay_as_printed(tmp_path):
    result = process(source_of(tmp_path, content=text_of()))
    assert {line.column_label for line in result.lines} == set(HEADINGS[1:])
    assert {line.line_label for line in result.lines} == {row[0] for row in ROWS}
