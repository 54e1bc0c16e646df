"""Writes schemas/codelists/*.csv from the official registers: make_codelists.py ../shared/standards."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).parent.parent / "schemas" / "codelists"
REGISTERS = (("municipalities.csv", "gemeente"), ("provinces.csv", "provincie"), ("water_boards.csv", "waterschap"))
PUBLISHER_FIELDS = ("code", "kind", "name", "official_name", "label", "valid_from", "valid_to", "succeeded_by")
TAAKVELD_FIELDS = ("layer", "code", "name", "parent_code", "is_leaf", "first_year", "last_year", "other_names")


def rows_of(path: Path) -> Iterable[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def publishers(standards: Path) -> list[dict[str, str]]:
    """Every body that the TOOI registers have ever held."""
    out = []
    for name, kind in REGISTERS:
        for row in rows_of(standards / "tooi" / name):
            out.append(
                {
                    "code": row["code"],
                    "kind": kind,
                    "name": row["naam"],
                    "official_name": row.get("officiele_naam") or row["naam"],
                    "label": row["label_tooi"],
                    "valid_from": row.get("begindatum") or "",
                    "valid_to": row.get("einddatum") or "",
                    "succeeded_by": row.get("opgevolgd_door") or "",
                }
            )
    return sorted(out, key=lambda row: row["code"])


def taakvelden(standards: Path) -> list[dict[str, str]]:
    """The taakvelden of each layer of government with the years in which they are used."""
    return [
        {
            "layer": row["overheidslaag"].lower(),
            "code": row["code"],
            "name": row["naam"],
            "parent_code": row["bovenliggende_code"],
            "is_leaf": "true" if row["is_blad"] == "ja" else "false",
            "first_year": row["eerste_jaar"],
            "last_year": row["laatste_jaar"],
            "other_names": row["naamvarianten"],
        }
        for row in rows_of(standards / "iv3" / "taakvelden.csv")
    ]


def write(path: Path, fields: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write both codelists."""
    standards = Path(sys.argv[1])
    write(OUT / "publishers.csv", PUBLISHER_FIELDS, publishers(standards))
    write(OUT / "taakvelden.csv", TAAKVELD_FIELDS, taakvelden(standards))


if __name__ == "__main__":
    main()
