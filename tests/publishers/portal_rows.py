"""A made-up release of several years: pages are tried with it. The bodies exist, their figures don't."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.publishers.release_rows import DOCUMENT, FINDING, LINE, TABLE

BODIES = (
    ("gm1895", "gemeente Oldambt"),
    ("gm1900", "gemeente Súdwest-Fryslân"),
    ("gm0820", "gemeente Nuenen, Gerwen en Nederwetten"),
    ("pv26", "provincie Utrecht"),
    ("ws0152", "waterschap Rijn en IJssel"),
)
PROGRAMMES = (
    ("Programma 1 Bestuur en dienstverlening", 14_200, 2_900, ("0.1", "Bestuur"), ("0.2", "Burgerzaken")),
    ("Programma 2 Openbare orde en veiligheid", 6_800, 310, ("1.1", "Crisisbeheersing"), ("1.2", "Orde en veiligheid")),
    (
        "Programma 3 Sociaal domein, jeugd en volksgezondheid",
        61_500,
        21_700,
        ("6.1", "Samenkracht"),
        ("6.3", "Inkomen"),
    ),
    ("Programma 10 Bouwen en wonen", 9_400, 12_100, ("8.2", "Grondexploitatie"), ("8.3", "Wonen en bouwen")),
)
SITE = "https://publicaties.example.org"


def portal_rows(bodies=BODIES, years=(2023, 2024, 2025, 2026), seed=1):
    """Budgets of all years and annual accounts of the first ones; tables set aside, sums that fail, two readings."""
    rows = {"budget_lines": [], "tables": [], "documents": [], "findings": []}
    for code, name in bodies:
        for year in years:
            _add(rows, code, name, "begroting", year, random.Random(f"{seed}{code}{year}"))
        for year in years[:-2]:
            _add(rows, code, name, "jaarstukken", year, random.Random(f"{seed}{code}{year}j"))
    _set_apart(rows, bodies[0])
    _lost(rows)
    return rows


def _columns(kind, year):
    if kind == "begroting":
        ahead = [(f"Raming {y}", y, "meerjarenraming") for y in range(year + 1, year + 4)]
        return [
            (f"Rekening {year - 2}", year - 2, "rekening"), (f"Begroting {year - 1}", year - 1, "begroting"),
            (f"Begroting {year}", year, "begroting"), *ahead,
        ]  # fmt: skip
    return [
        (f"Rekening {year - 1}", year - 1, "rekening"), (f"Begroting {year} primitief", year, "begroting"),
        (f"Begroting {year} na wijziging", year, "begroting_na_wijziging"), (f"Rekening {year}", year, "rekening"),
    ]  # fmt: skip


def _add(rows, code, name, kind, year, chance):
    document_id = f"doc-{code}-{kind}-{year}"
    about = {
        "source_id": f"{code}-{kind}-{year}", "publisher_id": code, "publisher_name": name, "document_type": kind,
        "document_year": year, "document_status": "vastgesteld",
    }  # fmt: skip
    url = None if code == "pv26" else f"{SITE}/{code}/{kind}-{year}.pdf"
    made = []
    for number, programme in enumerate(PROGRAMMES, start=1):
        made += _table(rows, about, document_id, url, number, programme, _columns(kind, year), chance)
    count = len(made)
    rows["budget_lines"] += made
    rows["documents"].append(
        replace(
            DOCUMENT, **about, document_id=document_id, source_url=url, file_name=f"{kind}-{year}.pdf",
            title=f"Programma{kind} {year}" if kind == "begroting" else None, status_date=date(year - 1, 11, 9),
            retrieved_at=datetime(2026, 1, 5, 8, tzinfo=UTC) if url else None, table_count=len(PROGRAMMES),
            published_table_count=len(PROGRAMMES), line_count=count, token_count=count + 40,
            published_token_count=count, not_euros_token_count=28, outside_token_count=12,
        )
    )  # fmt: skip


def _table(rows, about, document_id, url, number, programme, columns, chance):
    title, lasten, baten, *taakvelden = programme
    table_id = f"tab-{document_id[4:]}-{number}"
    page = 12 + 3 * number
    body = _body(taakvelden, lasten, baten, columns, chance)
    wrong = (number, about["document_type"]) == (3, "jaarstukken")
    lines = []
    for row, (section, label, code, line_type, is_total, measure, amounts) in enumerate(body, start=1):
        for column, (heading, year, stage) in enumerate(columns, start=1):
            if code == "8.2" and column == 1:
                continue
            amount = amounts[column - 1] + (90 if wrong and is_total and column == 2 and measure == "lasten" else 0)
            euros = Decimal(amount * 1000).quantize(Decimal("0.01"))
            printed = f"{amount:,}".replace(",", ".").replace("-", "-/- ")
            off = wrong and column == 2 and measure == "lasten"
            lines.append(
                replace(
                    LINE, **about, line_id=f"{table_id}-{row}-{column}", line_key=f"{table_id}-{row}-{column}",
                    table_id=table_id, table_title=title, section_path=section, line_number=row, column_number=column,
                    line_label=label, column_label=heading, line_type=line_type, is_total=is_total, programme=title,
                    taakveld_code=code, fiscal_year=year, stage=stage, measure=measure, amount_printed=printed,
                    amount_eur=euros, net_effect_eur=-euros if measure == "lasten" else euros,
                    proof="contradicted" if off else "proved" if number != 2 else "not_covered", source_url=url,
                    page=page, locator=_box(row, column),
                )
            )  # fmt: skip
    failing = sum(line.proof == "contradicted" for line in lines)
    rows["tables"].append(
        replace(
            TABLE, table_id=table_id, source_id=about["source_id"], document_id=document_id, table_title=title,
            page=page, locator=f"box=60.0,{140}.0,90.0,150.0", row_count=len(body), column_count=len(columns),
            line_count=len(lines), proved_count=sum(line.proof == "proved" for line in lines),
            contradicted_count=failing, sign_convention="saldo = baten - lasten",
            equations_found=0 if number == 2 else 3 * len(columns), second_reading="agreed" if number == 2 else None,
            equations_held=0 if number == 2 else 3 * len(columns) - bool(failing),
        )
    )  # fmt: skip
    if failing:
        rows["findings"].append(
            replace(
                FINDING, finding_id=f"f-{table_id}", source_id=about["source_id"], document_id=document_id,
                table_id=table_id, rule="does_not_add_up", page=page, locator="box=304.0,168.6,329.0,178.6",
                message=f"'Totaal lasten' under {columns[1][0]!r}: total is off by 90 (allowed: 1)",
                values="Totaal lasten 61.590 = 40.113 + 21.387",
            )
        )  # fmt: skip
    return lines


def _box(row, column):
    left, top = 180 + 62 * column, 140 + 14 * row
    return f"box={left}.0,{top}.6,{left + 25}.0,{top + 10}.6"


def _body(taakvelden, lasten, baten, columns, chance):
    parts = {"lasten": [], "baten": []}
    for measure, total in (("lasten", lasten), ("baten", baten)):
        for n, (code, label) in enumerate(taakvelden):
            share = (0.65, 0.35)[n]
            grown = [
                round(total * share * (1.03 ** (year - 2022)) * chance.uniform(0.95, 1.05)) for _, year, _ in columns
            ]
            parts[measure].append((measure.capitalize(), label, code, None, False, measure, grown))
    body, totals = [], {}
    for measure, rows in parts.items():
        totals[measure] = [sum(amounts) for amounts in zip(*(row[-1] for row in rows), strict=True)]
        total = (measure.capitalize(), f"Totaal {measure}", None, measure, True, measure, totals[measure])
        body += [*rows, total]
    saldo = [b - c for b, c in zip(totals["baten"], totals["lasten"], strict=True)]
    return [*body, ("", "Saldo van baten en lasten", None, "saldo", True, "saldo", saldo)]


def _set_apart(rows, body):
    """A table of two readings, set aside, in the newest budget of a body; and one overview that contradicts a total."""
    document = max((one for one in rows["documents"] if one.publisher_id == body[0]), key=lambda one: one.document_year)
    readings = [
        {
            "columns": [
                {"label": "2025", "year": 2025 + n, "stage": "begroting", "measure": m} for m in ("lasten", "baten")
            ],
            "rows": [{"label": "Algemene reserve", "values": ["1.204", None if n else "98"]}],
        }
        for n in (0, 1)
    ]
    rows["tables"].append(
        replace(
            TABLE, table_id="aside-1", source_id=document.source_id, document_id=document.document_id, page=41,
            table_title="Overzicht incidentele baten en lasten", status="set_aside", reason="ambiguous_headings",
            message="two readings of its headings fit its columns", line_count=0, row_count=0, column_count=0,
            proved_count=0, equations_found=0, equations_held=0,
        )
    )  # fmt: skip
    rows["findings"].append(
        replace(
            FINDING, finding_id="f-aside", source_id=document.source_id, document_id=document.document_id,
            table_id="aside-1", rule="table_ambiguous_headings", page=41, values=json.dumps(readings),
            message="the table 'Overzicht incidentele baten en lasten' is set aside: two readings of its headings fit",
        )
    )  # fmt: skip
    at = rows["documents"].index(document)
    rows["documents"][at] = replace(
        document, table_count=document.table_count + 2, published_table_count=document.published_table_count + 1,
        set_aside_table_count=1, line_count=document.line_count + 1, set_aside_token_count=4,
        token_count=document.token_count + 5, published_token_count=document.published_token_count + 1,
    )  # fmt: skip
    title = PROGRAMMES[3][0]
    totals = [
        one for one in rows["budget_lines"] if one.programme == title and one.is_total and one.measure == "lasten"
    ]
    own = [one for one in totals if one.source_id == document.source_id and one.fiscal_year == document.document_year]
    other = own[0]
    rows["tables"].append(
        replace(
            TABLE, table_id="overview", source_id=document.source_id, document_id=document.document_id, page=6,
            table_title="Overzicht van programma's", line_count=1, proved_count=0, equations_found=0, equations_held=0,
        )
    )  # fmt: skip
    rows["budget_lines"].append(
        replace(
            other, line_id="overview-1", line_key="overview-1", table_id="overview",
            table_title="Overzicht van programma's",
            line_label=title, section_path="Lasten",
            is_total=False, line_number=1, column_number=1, page=6,
            amount_eur=other.amount_eur + 400_000, net_effect_eur=-other.amount_eur - 400_000, proof="not_covered",
            amount_printed="10.400",
        )
    )  # fmt: skip


def _lost(rows):
    """A document that could not be read, and one that is out of date."""
    lost = {
        "document_id": "doc-lost", "source_id": "gm0340-begroting-2026", "publisher_id": "gm0340",
        "document_year": 2026,
        "publisher_name": "gemeente Rhenen", "status": "failed", "reason": "picture",
        "file_name": "begroting.pdf",
        "message": "no page can be read: page 1 is a picture without text", "snapshot_id": None,
    }  # fmt: skip
    rows["documents"].append(replace(DOCUMENT, **lost))
    rows["findings"].append(
        replace(
            FINDING, finding_id="f-lost", source_id=lost["source_id"], document_id="doc-lost", table_id=None,
            rule="document_picture", severity="error", locator=None, message=lost["message"], snapshot_id=None,
        )
    )  # fmt: skip
    old = rows["documents"][4]
    rows["documents"][4] = replace(old, freshness="stale", stale_since=datetime(2026, 1, 4, 8, tzinfo=UTC))
