"""Facts of the official registers: every publisher that ever existed, and the taakvelden of each year.

publishers.csv and taakvelden.csv are written by scripts/make_codelists.py from the TOOI registers and the Iv3
definitions of CBS; portal_terms.csv is kept by hand, each row with its source.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.records import Publisher


@dataclass(frozen=True, slots=True)
class Entry:
    """One body of the registers. Dates are ISO 8601; empty where the register has none."""

    publisher: Publisher
    official_name: str
    valid_from: str
    valid_to: str
    succeeded_by: str

    def exists_in(self, year: int) -> bool:
        """Whether the body existed at some time in a year, as far as the register says."""
        return (not self.valid_from or int(self.valid_from[:4]) <= year) and (
            not self.valid_to or int(self.valid_to[:4]) >= year
        )


@dataclass(frozen=True, slots=True)
class Taakveld:
    """One taakveld of one layer of government. Codes are text: 0.1 is not 0.10."""

    layer: str
    code: str
    name: str
    first_year: int
    last_year: int
    other_names: str


def folded(text: str) -> str:
    """A name for comparison: without case, accents and the marks around its words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines())


@cache
def publishers() -> tuple[Entry, ...]:
    """All bodies, by code."""
    return tuple(
        Entry(
            Publisher(row["code"], row["name"], row["label"], row["kind"]),
            row["official_name"],
            row["valid_from"],
            row["valid_to"],
            row["succeeded_by"],
        )
        for row in _rows("publishers.csv")
    )


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a list that portals or the Woo-index read. `kind` is the class of its address in RDF, if it has one."""

    uri: str
    label: str
    kind: str


@cache
def terms(of: str) -> dict[str, tuple[Term, ...]]:
    """The terms of one of the lists in portal_terms.csv, by our word for them; several where one word has several."""
    out: dict[str, tuple[Term, ...]] = {}
    for row in _rows("portal_terms.csv"):
        if row["list"] == of:
            out[row["key"]] = (*out.get(row["key"], ()), Term(row["uri"], row["label"], row["kind"]))
    return out


def term(of: str, key: str) -> Term:
    """The first term of a word in one of the lists in portal_terms.csv."""
    return terms(of)[key][0]


def tooi_uri(code: str) -> str:
    """The identifier of a government body in the TOOI registers, by its code."""
    return f"https://identifier.overheid.nl/tooi/id/{kind_of(code)}/{code}"


@cache
def _kinds() -> dict[str, str]:
    return {entry.publisher.code: entry.publisher.kind for entry in publishers()}


def kind_of(code: str) -> str:
    """Whether the body of a TOOI code is a gemeente, provincie or waterschap."""
    return _kinds()[code]


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    out: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in publishers():
        body = entry.publisher
        for name in (body.code, body.name, entry.official_name, body.label, f"{body.kind} {entry.official_name}"):
            out[folded(name)][body.code] = entry
    return {name: tuple(entries.values()) for name, entries in out.items()}


def find_publishers(name: str, year: int) -> tuple[Entry, ...]:
    """The bodies that a code or a name may mean, those that existed in the year before others.

    A bare name of several bodies is the gemeente, else the provincie.
    """
    found = _by_name().get(folded(name), ())
    existing = tuple(entry for entry in found if entry.exists_in(year)) or found
    for kind in ("gemeente", "provincie", "waterschap"):
        of_kind = tuple(entry for entry in existing if entry.publisher.kind == kind)
        if of_kind:
            return of_kind
    return ()


def similar_names(name: str) -> list[str]:
    """Names of the registers that look like one that is not in them."""
    from difflib import get_close_matches

    known = {folded(e.publisher.name): e.publisher.name for e in publishers()}
    return [known[match] for match in get_close_matches(folded(name), known, n=3, cutoff=0.75)]


@cache
def taakvelden(layer: str, year: int) -> dict[str, Taakveld]:
    """The taakvelden of a layer (gemeente, provincie, gr) in a year, by code; those of the nearest years known."""
    rows = [
        Taakveld(r["layer"], r["code"], r["name"], int(r["first_year"]), int(r["last_year"]), r["other_names"])
        for r in _rows("taakvelden.csv")
        if r["layer"] == layer
    ]
    if not rows:
        return {}
    known = min(max(year, min(r.first_year for r in rows)), max(r.last_year for r in rows))
    return {row.code: row for row in rows if row.first_year <= known <= row.last_year}
