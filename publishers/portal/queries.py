"""Questions to copy: the same one in DuckDB, pandas and R. They add up nothing that must not be added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_FILE = "budget_current.parquet"
_SHOWN = (
    ("fiscal_year", "stage", "breakdown", "programme", "table_title", "line_label"),
    ("measure", "amount_eur", "net_effect_eur", "proof", "source_url", "page"),
    ("table_id", "line_id", "source_id", "locator"),  # which table, and how to find a figure again
)
_ORDER = ("fiscal_year", "stage", "breakdown", "programme", "line_label")


@dataclass(frozen=True, slots=True)
class Query:
    """A question in one language."""

    name: str
    code: str


def queries_for(publisher_id: str, base_url: str | None) -> tuple[Query, ...]:
    """The current figures of a publisher without totals: of one year, stage, measure and breakdown they add up.

    `base_url` is where the release can be reached; without one the file is read from the folder of the release.
    """
    address = f"{base_url.rstrip('/')}/{_FILE}" if base_url else _FILE
    return (
        Query("DuckDB", _duckdb(address, publisher_id)),
        Query("pandas", _pandas(address, publisher_id)),
        Query("R", _r(address, publisher_id)),
    )


def _duckdb(address: str, publisher_id: str) -> str:
    quoted = address.replace("'", "''")
    return (
        f"SELECT {_lines(', '.join(names) for names in _SHOWN)}\n"
        f"FROM read_parquet('{quoted}')\n"
        f"WHERE publisher_id = '{publisher_id}' AND state = 'current' AND NOT is_total\n"
        f"ORDER BY {', '.join(_ORDER)};"
    )


def _pandas(address: str, publisher_id: str) -> str:
    return (
        "import pandas as pd\n\n"
        f"lines = pd.read_parquet({_quoted(address)},\n"
        '                        dtype_backend="pyarrow")  # amounts exact; .astype("float64") for charts\n'
        f'lines = lines[(lines.publisher_id == "{publisher_id}") & (lines.state == "current") & ~lines.is_total]\n'
        f"lines = lines[[{_lines(map(_listed, _SHOWN), 15)}]]\n"
        f"lines.sort_values([{_listed(_ORDER)}])"
    )


def _r(address: str, publisher_id: str) -> str:
    return (
        "library(arrow)\nlibrary(dplyr)\n\n"
        "# amounts become doubles: exact to the cent up to 15 digits\n"
        f"read_parquet({_quoted(address)}) |>\n"
        f'  filter(publisher_id == "{publisher_id}", state == "current", !is_total) |>\n'
        f"  select({_lines((', '.join(names) for names in _SHOWN), 9)}) |>\n"
        f"  arrange({', '.join(_ORDER)})"
    )


def _lines(parts: Iterable[str], indent: int = 7) -> str:
    """The parts below each other."""
    return (",\n" + " " * indent).join(parts)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
