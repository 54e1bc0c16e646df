"""The words of CHANGES.md, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schemas.contract import ChangeKind, ChangeReason


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `points` turns the notation of 1,234.50."""

    title: str
    first: str
    compared: str
    nothing: str
    same: str
    where: str
    publisher: str
    more: str
    largest: str
    columns: tuple[str, ...]
    lines: str
    kinds: Mapping[ChangeKind, str]
    documents: Mapping[ChangeReason, str]
    reasons: Mapping[ChangeReason, str]
    points: Callable[[str], str]


DUTCH = Words(
    "Wijzigingen",
    "Dit is de eerste release: er is nog niets om mee te vergelijken.",
    "Vergeleken met de release waarvan de naam eindigt op `{}`:",
    "Geen enkel bedrag of gegeven van een regel is anders.",
    "Regels die gelijk bleven: {}.",
    "Elke gewijzigde regel staat met oud en nieuw bedrag, document en plaats in `changes.csv`; regels die ooit zijn "
    "gepubliceerd en nu niet meer, staan in `withdrawn.csv`.",
    "overheid",
    "Andere overheden met wijzigingen: {}.",
    "Grootste verschillen in euro's",
    ("overheid", "document", "regel", "was", "is nu", "verschil", "reden"),
    "regels",
    {
        ChangeKind.ADDED: "toegevoegd",
        ChangeKind.CHANGED: "gewijzigd",
        ChangeKind.REMOVED: "vervallen",
        ChangeKind.RESTATED: "herzien",
    },
    {
        ChangeReason.DOCUMENT_ADDED: "documenten erbij",
        ChangeReason.DOCUMENT_REMOVED: "documenten eruit",
        ChangeReason.DOCUMENT_MOVED: "documenten vervangen op een ander adres",
        ChangeReason.DOCUMENT_FAILED: "documenten niet leesbaar, nu of eerder",
        ChangeReason.NEW_VERSION: "documenten met een nieuwe versie",
        ChangeReason.CORRECTION: "documenten met verbeterde gegevens",
    },
    {
        ChangeReason.DOCUMENT_MOVED: "ander adres",
        ChangeReason.NEW_VERSION: "nieuwe versie",
        ChangeReason.CORRECTION: "verbetering",
        ChangeReason.NEW_CODE: "anders gelezen",
    },
    lambda text: text.translate(str.maketrans(",.", ".,")),
)
ENGLISH = Words(
    "Changes",
    "This is the first release: there is nothing to compare it with.",
    "Compared with the release whose name ends in `{}`:",
    "No amount and no other fact of a line differs.",
    "Lines that say the same: {}.",
    "Every line that changed stands in `changes.csv`, with amounts, documents and places before and now; lines once "
    "published and no longer stand in `withdrawn.csv`.",
    "publisher",
    "Other publishers with changes: {}.",
    "Largest differences in euros",
    ("publisher", "document", "line", "was", "is now", "difference", "reason"),
    "lines",
    {
        ChangeKind.ADDED: "added",
        ChangeKind.CHANGED: "changed",
        ChangeKind.REMOVED: "removed",
        ChangeKind.RESTATED: "restated",
    },
    {
        ChangeReason.DOCUMENT_ADDED: "documents added",
        ChangeReason.DOCUMENT_REMOVED: "documents removed",
        ChangeReason.DOCUMENT_MOVED: "documents replaced at another address",
        ChangeReason.DOCUMENT_FAILED: "documents not readable, now or before",
        ChangeReason.NEW_VERSION: "documents in a new version",
        ChangeReason.CORRECTION: "documents with corrected facts",
    },
    {
        ChangeReason.DOCUMENT_MOVED: "another address",
        ChangeReason.NEW_VERSION: "new version",
        ChangeReason.CORRECTION: "correction",
        ChangeReason.NEW_CODE: "read otherwise",
    },
    lambda text: text,
)
