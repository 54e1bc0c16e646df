"""Questions to copy: the same one in DuckDB, pandas and R. They add up nothing that must not be added up."""

from __future__ import annotations

from dataclasses import dataclass

_FILE = "budget_lines.parquet"
_SHOWN = (
    "fiscal_year", "stage", "programme", "line_label", "measure", "amount_eur", "net_effect_eur", "proof",
    "source_url", "page",
)  # fmt: skip
_ORDER = ("fiscal_year", "stage", "programme", "line_label")


@dataclass(frozen=True, slots=True)
class Query:
    """A question in one language."""

    name: str
    code: str


def queries_for(publisher_id: str, base_url: str | None, file: str = _FILE) -> tuple[Query, ...]:
    """Amounts of a publisher that may stand beside each other: of kind exploitatie, not split by duration, no totals.

    `base_url` is where the release can be reached; without one the file is read from the folder of the release.
    """
    address = f"{base_url.rstrip('/')}/{file}" if base_url else file
    return (
        Query("DuckDB", _duckdb(address, publisher_id)),
        Query("pandas", _pandas(address, publisher_id)),
        Query("R", _r(address, publisher_id)),
    )


def _duckdb(address: str, publisher_id: str) -> str:
    quoted = address.replace("'", "''")
    return (
        f"SELECT {', '.join(_SHOWN[:5])},\n       {', '.join(_SHOWN[5:])}\n"
        f"FROM read_parquet('{quoted}')\n"
        f"WHERE publisher_id = '{publisher_id}' AND amount_kind = 'exploitatie'\n"
        f"  AND duration IS NULL AND NOT is_total AND stage <> 'overig'\n"
        f"ORDER BY {', '.join(_ORDER)};"
    )


def _pandas(address: str, publisher_id: str) -> str:
    return (
        "import pandas as pd\n\n"
        f"lines = pd.read_parquet({_quoted(address)})\n"
        f'safe = lines[(lines.publisher_id == "{publisher_id}") & (lines.amount_kind == "exploitatie")\n'
        '             & lines.duration.isna() & ~lines.is_total & (lines.stage != "overig")]\n'
        f"safe = safe[[{_listed(_SHOWN[:5])},\n             {_listed(_SHOWN[5:])}]]\n"
        f"safe.sort_values([{_listed(_ORDER)}])"
    )


def _r(address: str, publisher_id: str) -> str:
    return (
        "library(arrow)\nlibrary(dplyr)\n\n"
        f"read_parquet({_quoted(address)}) |>\n"
        f'  filter(publisher_id == "{publisher_id}", amount_kind == "exploitatie",\n'
        '         is.na(duration), !is_total, stage != "overig") |>\n'
        f"  select({', '.join(_SHOWN[:5])},\n         {', '.join(_SHOWN[5:])}) |>\n"
        f"  arrange({', '.join(_ORDER)})"
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
