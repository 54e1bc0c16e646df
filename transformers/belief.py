"""What a page's address, title and first words say of the document: whose it is, of which kind, about which year.

A belief for a person to confirm, never used in a run. Each comes with what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.codelists import folded, publishers
from schemas.records import DocumentType, Publisher

_KINDS = (
    (DocumentType.BEGROTINGSWIJZIGING, r"begrotings?wijziging"),
    (DocumentType.JAARSTUKKEN, r"jaarstuk\w*|jaarrekening\w*|jaarverslag\w*|programmarekening|rekening"),
    (DocumentType.TUSSENRAPPORTAGE, r"tussen\w*rapportage|bestuurs\w*rapportage|najaars(?:nota|bericht)|[bmt]u?e?rap"),
    (DocumentType.KADERNOTA, r"kader(?:nota|brief)|voorjaars(?:nota|bericht)|perspectief(?:nota|brief)"),
    (DocumentType.BEGROTING, r"\w*begroting\w*"),
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORTEST = 5  # letters of a name that is looked for inside a word of a host; shorter ones must be the whole word


@dataclass(frozen=True, slots=True)
class Belief:
    """One thing believed, and the words it rests on."""

    value: str
    because: str


def publisher_believed(host: str, texts: Iterable[str]) -> tuple[Publisher, str] | None:
    """The body whose name stands in a text, else in a host; the longest name goes first."""
    bodies = [entry.publisher for entry in publishers() if not entry.valid_to]
    bodies.sort(key=lambda body: (-len(body.name), body.kind != "gemeente"))
    for text in texts:
        words = f" {folded(text)} "
        for body in bodies:
            if f" {folded(body.label)} " in words:
                return body, text
    parts = [part for part in re.split(r"[.-]", host.lower()) if part not in ("www", "nl", "begroting")]
    for body in bodies:
        name = folded(body.name).replace(" ", "")
        for part in parts:
            if part == name or (len(name) >= _SHORTEST and name in part):
                return body, host
    for text in texts:
        words = f" {folded(text)} "
        for body in bodies:
            if len(body.name) >= _SHORTEST and f" {folded(body.name)} " in words:
                return body, text
    return None


def kind_believed(texts: Iterable[str]) -> Belief | None:
    """The kind of document that the first text with a word for one says."""
    for text in texts:
        for kind, words in _KINDS:
            found = re.search(rf"\b(?:{words})\b", text, re.I)
            if found:
                return Belief(kind.value, f"{found.group()!r} in {_shown(text)}")
    return None


def year_believed(texts: Iterable[str]) -> Belief | None:
    """The first year of the first text that has one: a begroting 2026-2029 is about 2026."""
    for text in texts:
        found = _YEAR.search(text)
        if found:
            return Belief(found.group(), f"{found.group()!r} in {_shown(text)}")
    return None


def _shown(text: str) -> str:
    short = " ".join(text.split())
    return repr(short if len(short) < 80 else short[:77] + "...")
