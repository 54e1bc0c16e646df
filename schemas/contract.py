"""The contract, version 1: every published column, defined once. All renderings are made from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schemas.records import (
    AmountKind,
    DocumentStatus,
    DocumentType,
    Duration,
    LineType,
    Measure,
    Proof,
    SecondVerdict,
    Severity,
    Stage,
)

VERSION = "1.4.0"


class Type(StrEnum):
    """The types of columns."""

    STRING = "string"
    INTEGER = "integer"
    YEAR = "year"
    AMOUNT = "amount"  # decimal(18, 2)
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"  # in UTC, to the second


@dataclass(frozen=True, slots=True)
class Field:
    """One published column."""

    name: str
    type: Type
    description: str
    nullable: bool = False
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. `refers` maps a column of it to a table and the key there."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()


class DocumentState(StrEnum):
    """What became of a document."""

    PUBLISHED = "published"
    SET_ASIDE = "set_aside"
    NO_TABLES = "no_tables"
    DUPLICATE = "duplicate"
    FAILED = "failed"


class Freshness(StrEnum):
    """Whether what is published of a document is what stands at its address now."""

    CURRENT = "current"
    VANISHED = "vanished"
    STALE = "stale"


class TableState(StrEnum):
    """What became of a table."""

    PUBLISHED = "published"
    SET_ASIDE = "set_aside"
    NOT_EUROS = "not_euros"
    HIDDEN_COPY = "hidden_copy"


class Breakdown(StrEnum):
    """What the lines of a budget are broken down by: the same money stands in each of them."""

    PROGRAMME = "programme"
    TAAKVELD = "taakveld"
    OTHER = "other"


class CurrentState(StrEnum):
    """Whether `budget_current` gives a figure."""

    CURRENT = "current"
    CONFLICTING = "conflicting"
    OLDER_ONLY = "older_only"


class Change(StrEnum):
    """What a statement does to the one before it."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    RESTATED = "restated"
    OTHER_STAGE = "other_stage"
    CONFLICTING = "conflicting"


class MatchMethod(StrEnum):
    """How the lines of several documents were found to be one."""

    TAAKVELD = "taakveld"
    CODE_AND_LABEL = "code_and_label"
    LABEL = "label"
    ORDER = "order"
    NONE = "none"


class Confidence(StrEnum):
    """How sure a match is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ChangeKind(StrEnum):
    """How a line differs from the release before."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTATED = "restated"


class ChangeReason(StrEnum):
    """Why a line differs from the release before."""

    DOCUMENT_ADDED = "document_added"
    DOCUMENT_REMOVED = "document_removed"
    DOCUMENT_MOVED = "document_moved"
    DOCUMENT_FAILED = "document_failed"
    NEW_VERSION = "new_version"
    CORRECTION = "correction"
    NEW_CODE = "new_code"


def _values(options: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(option.value for option in options)


_SOURCE = Field("source_id", Type.STRING, "The entry of the sources file.")
_DOCUMENT = Field("document_id", Type.STRING, "The document: hash of its source and its address.")
_SNAPSHOT = Field("snapshot_id", Type.STRING, "The sha256 of the document that was read.")
_PUBLISHER = (
    Field("publisher_id", Type.STRING, "TOOI code of the government body, such as gm1895."),
    Field("publisher_name", Type.STRING, "TOOI label of the government body, such as gemeente Oldambt."),
    Field("document_type", Type.STRING, "The kind of document; a kadernota is also a voorjaarsnota or perspectiefnota, a tussenrapportage also a najaarsnota or berap.", enum=_values(DocumentType)),
    Field("document_year", Type.YEAR, "The fiscal year that the document is about."),
    Field("document_status", Type.STRING, "Whether the council has decided on the document.", True, _values(DocumentStatus)),
)  # fmt: skip
_PAGE = Field("page", Type.INTEGER, "The page from 1 as #page= counts, where the document has pages.", nullable=True)

BUDGET_LINES = Table(
    "budget_lines",
    "Budget lines",
    "One line per printed amount, in euros, with its place in the source and what the arithmetic of its table proves.",
    (
        Field("line_id", Type.STRING, "Key: hash of source, snapshot and the places of the table's first cell and of this cell."),
        Field("line_key", Type.STRING, "Hash of publisher, document, title, path, labels and occurrence among equals: what a comparison of releases joins on, since it survives new bytes."),
        _SOURCE,
        _SNAPSHOT,
        Field("table_id", Type.STRING, "The table the amount stands in."),
        *_PUBLISHER,
        Field("table_title", Type.STRING, "The title above the table."),
        Field("section_path", Type.STRING, "The headings above the line inside the table, outermost first, ' > ' between them."),
        Field("line_number", Type.INTEGER, "The row in the table, from 1."),
        Field("column_number", Type.INTEGER, "The column in the table, from 1."),
        Field("line_label", Type.STRING, "The label of the row as printed."),
        Field("column_label", Type.STRING, "The headings of the column as printed, from top to bottom."),
        Field("line_type", Type.STRING, "What the row says it is (BBV art. 17); null where it only names something. A voorziening is no reserve.", True, _values(LineType)),
        Field("is_total", Type.BOOLEAN, "Whether the row is a sum of other lines of the table, by its label or by arithmetic. The balance of lasten and baten is none, so that saldo adds up too; a balance made of other balances, such as the result after reserves, is one."),
        Field("programme", Type.STRING, "The programme that the label, a heading in the table or its title names; or the line above a title that says het programma. A chapter in which the table stands is not looked at.", nullable=True),
        Field("taakveld_code", Type.STRING, "The Iv3 taakveld, where the document says so. Text: 0.1 is not 0.10.", nullable=True),
        Field("fiscal_year", Type.YEAR, "The fiscal year of the amount; null for credits of no single year.", nullable=True),
        Field("stage", Type.STRING, "The amount's stage. Overig: differences, movements, credits, prognoses.", enum=_values(Stage)),
        Field("measure", Type.STRING, "What the amount is: the column says it, else the section, else the row. At water boards kosten read as lasten and opbrengsten as baten.", True, _values(Measure)),
        Field("amount_kind", Type.STRING, "What may be added to what: only amounts of one kind, and of kind exploitatie only those without a duration; and of one measure, since saldo stands beside its lasten and baten.", enum=_values(AmountKind)),
        Field("balance_date", Type.DATE, "The date of a balance, where it is printed.", nullable=True),
        Field("duration", Type.STRING, "Where a column, row or section splits an amount into what lasts and what does not.", True, _values(Duration)),
        Field("amount_printed", Type.STRING, "The cell's text as printed."),
        Field("unit", Type.INTEGER, "Euros per printed unit: 1, 1000 or 1000000."),
        Field("amount_eur", Type.AMOUNT, "The amount in euros with the sign as printed (N, nadeel, is negative); null for pm and n.v.t.", nullable=True),
        Field("net_effect_eur", Type.AMOUNT, "The comparable amount in euros: positive improves the balance, whatever the convention of the document. Null for stands, credits and prognoses, and where no equation and no V or N shows the convention.", nullable=True),
        Field("proof", Type.STRING, "Whether an equation of the table proves the amount, contradicts it as printed, or does not reach it.", enum=_values(Proof)),
        Field("source_url", Type.STRING, "Where the document is published.", nullable=True),
        _PAGE,
        Field("locator", Type.STRING, "Where in the document the cell stands: line=12, table=2;row=3;cell=4 or box=x0,top,x1,bottom in points."),
    ),
    ("line_id",),
    (("table_id", "tables", "table_id"),),
)  # fmt: skip

TABLES = Table(
    "tables",
    "Tables",
    "One row per table found, published or set aside.",
    (
        Field("table_id", Type.STRING, "Key: hash of source, snapshot and the place of the table's first cell."),
        _SOURCE,
        _DOCUMENT,
        _SNAPSHOT,
        Field("table_title", Type.STRING, "The title above the table."),
        _PAGE,
        Field("locator", Type.STRING, "The place of the table's first cell."),
        Field("status", Type.STRING, "What became of the table.", enum=_values(TableState)),
        Field("reason", Type.STRING, "Why the table was set aside, in one word.", nullable=True),
        Field("message", Type.STRING, "The same in a sentence.", nullable=True),
        Field("unit", Type.INTEGER, "Euros per printed unit.", nullable=True),
        Field("sign_convention", Type.STRING, "How the table relates lasten, baten and saldo, or v_n where V and N show it.", nullable=True),
        Field("row_count", Type.INTEGER, "Rows of amounts published."),
        Field("column_count", Type.INTEGER, "Columns of amounts published."),
        Field("line_count", Type.INTEGER, "Budget lines published."),
        Field("proved_count", Type.INTEGER, "Lines that an equation proves."),
        Field("contradicted_count", Type.INTEGER, "Lines in an equation that fails as printed."),
        Field("equations_found", Type.INTEGER, "Equations looked at."),
        Field("equations_held", Type.INTEGER, "Equations that hold within rounding."),
        Field("second_reading", Type.STRING, "Whether a second, independent reader saw the same in a PDF's table that arithmetic did not prove; null where none was needed or possible.", True, _values(SecondVerdict)),
        Field("duplicate_of", Type.STRING, "The earlier table of the document with the same cells.", nullable=True),
    ),
    ("table_id",),
    (("document_id", "documents", "document_id"),),
)  # fmt: skip

DOCUMENTS = Table(
    "documents",
    "Documents",
    "One row per source and address of a document, also where nothing could be read, with the ledger of its amount-like tokens.",
    (
        Field("document_id", Type.STRING, "Key: hash of source and address."),
        _SOURCE,
        Field("snapshot_id", Type.STRING, "The sha256 of the document; null where there was none to read.", nullable=True),
        *_PUBLISHER,
        Field("title", Type.STRING, "The document's title, from the sources file.", nullable=True),
        Field("status_date", Type.DATE, "The day of the council's decision, from the sources file.", nullable=True),
        Field("file_name", Type.STRING, "The name of the file that was read.", nullable=True),
        Field("source_url", Type.STRING, "Where the document is published.", nullable=True),
        Field("retrieved_at", Type.DATETIME, "When these bytes were first fetched from there; null for local files.", nullable=True),
        Field("freshness", Type.STRING, "Whether these bytes are what stands there now: current; vanished, no longer there, its last version is published; stale, a newer version could not be fetched or was refused, its last good lines are published.", enum=_values(Freshness)),
        Field("stale_since", Type.DATETIME, "Since when it is vanished or stale.", nullable=True),
        Field("status", Type.STRING, "What became of the document.", enum=_values(DocumentState)),
        Field("reason", Type.STRING, "Why nothing or not all was published, in one word.", nullable=True),
        Field("message", Type.STRING, "The same in a sentence.", nullable=True),
        Field("licence_note", Type.STRING, "What the source itself says of the use of the document, from the sources file.", nullable=True),
        Field("byte_count", Type.INTEGER, "Size in bytes."),
        Field("table_count", Type.INTEGER, "Tables found."),
        Field("published_table_count", Type.INTEGER, "Tables published."),
        Field("set_aside_table_count", Type.INTEGER, "Tables set aside."),
        Field("line_count", Type.INTEGER, "Budget lines published."),
        Field("token_count", Type.INTEGER, "Amount-like tokens counted on the raw text, without any notion of tables."),
        Field("published_token_count", Type.INTEGER, "Of these: in published amounts."),
        Field("set_aside_token_count", Type.INTEGER, "Of these: in tables, rows and lines set aside."),
        Field("not_euros_token_count", Type.INTEGER, "Of these: in labels, headings, codes, percentages and tables of something else than euros."),
        Field("outside_token_count", Type.INTEGER, "Of these: outside any table."),
        Field("stated_unit", Type.INTEGER, "Euros per printed unit that the sources file states for pages that print none.", nullable=True),
    ),
    ("document_id",),
)  # fmt: skip

FINDINGS = Table(
    "findings",
    "Findings",
    "What a person should know: tables and rows set aside with their readings, sums that do not hold, unknown headings.",
    (
        Field("finding_id", Type.STRING, "Key: hash of source, address, snapshot, rule, place and message."),
        _SOURCE,
        Field("document_id", Type.STRING, "The document; null where the finding is about the whole source.", nullable=True),
        Field("snapshot_id", Type.STRING, "The sha256 of the document; null where there was none to read.", nullable=True),
        Field("table_id", Type.STRING, "The table, where the finding is about one.", nullable=True),
        Field("rule", Type.STRING, "The rule that found it."),
        Field("severity", Type.STRING, "How much it matters.", enum=_values(Severity)),
        _PAGE,
        Field("locator", Type.STRING, "The place in the document.", nullable=True),
        Field("message", Type.STRING, "What was found, in a sentence."),
        Field("values", Type.STRING, "The figures or readings concerned.", nullable=True),
    ),
    ("finding_id",),
    (("document_id", "documents", "document_id"),),
)  # fmt: skip

ALL_TABLES = (BUDGET_LINES, TABLES, DOCUMENTS, FINDINGS)  # that documents are read into


# ------------------------------------------------------------------------------- what is made of them (publishers/)


def _of(table: Table, *names: str) -> tuple[Field, ...]:
    by_name = {field.name: field for field in table.fields}
    return tuple(by_name[name] for name in names)


_SERIES = Field(
    "series_key",
    Type.STRING,
    "The line over documents and years: hash of publisher, code, programme, label and measure, as far as the match of its lines goes.",
)
_YEAR = Field("fiscal_year", Type.YEAR, "The fiscal year of the amount.")
_DECIDED = Field(
    "status_date", Type.DATE, "The day of the council's decision on the document, from the sources file.", nullable=True
)

BUDGET_CURRENT = Table(
    "budget_current",
    "Current figures",
    "The safe view: one figure for each publisher, fiscal year, stage and line, from the newest document that states it. Only exploitatie without a duration, no stage overig, duplicates once. Add up amounts of one fiscal year, stage, measure and breakdown (other: of one table), without is_total.",
    (
        Field("line_id", Type.STRING, "Key: the line that states the figure; of several in its document the most precise one, then a proved one, then the first."),
        _SERIES,
        *_of(BUDGET_LINES, "publisher_id", "publisher_name"),
        _YEAR,
        *_of(BUDGET_LINES, "stage", "measure"),
        Field("breakdown", Type.STRING, "Whether the line is that of a programme as a whole or of a taakveld as a whole. The same money stands in each breakdown.", enum=_values(Breakdown)),
        *_of(BUDGET_LINES, "programme", "taakveld_code", "table_title", "section_path", "line_label", "line_type"),
        Field("is_total", Type.BOOLEAN, "Whether every statement of the document is a sum of other lines of its table."),
        Field("state", Type.STRING, "Whether there is a figure. conflicting: the newest document states several, further apart than rounding explains; older_only: a newer document states this year and stage at least half as fully, but no such line: it may have been renamed, moved or dropped, and adding it could count money twice.", enum=_values(CurrentState)),
        Field("amount_eur", Type.AMOUNT, "The figure in euros with the sign as printed; null for pm and n.v.t., and in every state but current.", nullable=True),
        Field("net_effect_eur", Type.AMOUNT, "The comparable figure: positive improves the balance. Null where amount_eur is, and where the table does not show its convention.", nullable=True),
        Field("stated_eur", Type.AMOUNT, "What the line says, in every state; with the sign as printed.", nullable=True),
        Field("lowest_eur", Type.AMOUNT, "The lowest that the document states.", nullable=True),
        Field("highest_eur", Type.AMOUNT, "The highest that the document states.", nullable=True),
        Field("statement_count", Type.INTEGER, "How often the document states it."),
        Field("source_count", Type.INTEGER, "How many sources state it."),
        *_of(BUDGET_LINES, "unit", "proof", "source_id", "table_id", "document_type", "document_year", "document_status"),
        _DECIDED,
        *_of(BUDGET_LINES, "source_url", "page", "locator"),
    ),
    ("line_id",),
    (("line_id", "budget_lines", "line_id"), ("table_id", "tables", "table_id")),
)  # fmt: skip

RESTATEMENTS = Table(
    "restatements",
    "Restatements",
    "One fiscal year of a line over the documents that state it, oldest first: every statement of the years that at least two sources of a publisher state, and every conflict inside a document.",
    (
        Field("line_id", Type.STRING, "Key: the line that makes the statement."),
        _SERIES,
        *_of(BUDGET_LINES, "publisher_id", "publisher_name"),
        _YEAR,
        *_of(BUDGET_LINES, "measure", "programme", "taakveld_code", "table_title", "section_path", "line_label"),
        Field("statement_number", Type.INTEGER, "The place in the history of the line and fiscal year, from 1: by document, then by stage. Statements that conflict in one document share it."),
        *_of(BUDGET_LINES, "stage", "source_id", "document_type", "document_year", "document_status"),
        _DECIDED,
        *_of(BUDGET_LINES, "amount_eur", "net_effect_eur"),
        Field("change", Type.STRING, "Against the statement before: of the same stage (unchanged within rounding, or restated), else of another stage. conflicting: another figure for the same stage in the same document.", enum=_values(Change)),
        Field("previous_line_id", Type.STRING, "The statement that it is compared with.", nullable=True),
        Field("difference_eur", Type.AMOUNT, "The amount less the one it is compared with, both in the sign convention of this statement where net effects show it.", nullable=True),
        Field("match_method", Type.STRING, "How the statements of the documents were matched, the weakest for the line. none: no other source has the line, or several of its lines could be it.", enum=_values(MatchMethod)),
        Field("match_confidence", Type.STRING, "high: by taakveld, or by code and label; medium: by label; low: lines of one name, told apart by their order only; null without a match.", True, _values(Confidence)),
    ),
    ("line_id",),
    (("line_id", "budget_lines", "line_id"), ("previous_line_id", "budget_lines", "line_id")),
)  # fmt: skip

DERIVED_TABLES = (BUDGET_CURRENT, RESTATEMENTS)


# --------------------------------------------------- what is said of the releases before (publishers/history/)

_REASONS = (
    "document_added and document_removed: the document was not in the other release; document_moved: it stands at another address or under another entry of the sources file; "
    "document_failed: it could not be read for one of the two releases; new_version: other bytes at the same address; correction: the same bytes, and the sources file says otherwise what they are; "
    "new_code: the same bytes and the same facts, read otherwise."
)
_PLACE_IN_WORDS = (
    Field("table_title", Type.STRING, "The title above the table."),
    Field("section_path", Type.STRING, "The headings above the line inside the table."),
    Field("line_label", Type.STRING, "The label of the row as printed."),
    Field("column_label", Type.STRING, "The headings of the column as printed."),
    Field("fiscal_year", Type.YEAR, "The fiscal year of the amount.", nullable=True),
    Field("stage", Type.STRING, "The amount's stage.", enum=_values(Stage)),
    Field("measure", Type.STRING, "What the amount is.", True, _values(Measure)),
)  # fmt: skip

CHANGES = Table(
    "changes",
    "Changes",
    "One row per line that differs from the release before, found by line_key inside the same document; empty in a first release. What only moved to another place on the page is no change. Removed lines that may be about a person are without their words and amount.",
    (
        Field("change_id", Type.STRING, "Key: the line_id before and the line_id now, with a dash between them; one is missing where a line was added or removed."),
        Field("change", Type.STRING, "added and removed: only one of the releases has the line; restated: another version of the document states another amount; changed: any other difference.", enum=_values(ChangeKind)),
        Field("reason", Type.STRING, "Why: " + _REASONS, enum=_values(ChangeReason)),
        Field("line_key", Type.STRING, "The line_key, now, or where it was removed, before."),
        *_PUBLISHER,
        *_PLACE_IN_WORDS,
        Field("changed_columns", Type.STRING, "The columns of budget_lines that differ, with commas between; null where a line was added or removed.", nullable=True),
        Field("old_values", Type.STRING, "What these columns held before, as a JSON object of texts.", nullable=True),
        Field("new_values", Type.STRING, "What they hold now.", nullable=True),
        Field("old_amount_eur", Type.AMOUNT, "The amount in euros before.", nullable=True),
        Field("new_amount_eur", Type.AMOUNT, "The amount in euros now.", nullable=True),
        Field("difference_eur", Type.AMOUNT, "The amount now minus the amount before; null where one is missing.", nullable=True),
        Field("old_line_id", Type.STRING, "The line in the release before.", nullable=True),
        Field("new_line_id", Type.STRING, "The line in this release.", nullable=True),
        Field("old_document_id", Type.STRING, "The document in the release before.", nullable=True),
        Field("new_document_id", Type.STRING, "The document in this release.", nullable=True),
        Field("old_snapshot_id", Type.STRING, "The sha256 of the bytes that stated the amount before.", nullable=True),
        Field("new_snapshot_id", Type.STRING, "The sha256 of the bytes that state it now.", nullable=True),
        Field("old_source_url", Type.STRING, "Where the document was published before.", nullable=True),
        Field("new_source_url", Type.STRING, "Where it is published now.", nullable=True),
        Field("old_page", Type.INTEGER, "The page before.", nullable=True),
        Field("new_page", Type.INTEGER, "The page now.", nullable=True),
        Field("old_locator", Type.STRING, "The place in the document before.", nullable=True),
        Field("new_locator", Type.STRING, "The place in the document now.", nullable=True),
    ),
    ("change_id",),
    (("new_line_id", "budget_lines", "line_id"),),
)  # fmt: skip

WITHDRAWN = Table(
    "withdrawn",
    "Withdrawn lines",
    "One row per line that a release published once and none does any more, carried from release to release; a line that comes back leaves it. Without its words and amount: what was withdrawn is not published again.",
    (
        Field("withdrawn_id", Type.STRING, "Key: line_id and line_key as last published, with a dash between them."),
        Field("line_id", Type.STRING, "The line_id as last published."),
        Field("line_key", Type.STRING, "The line_key as last published."),
        Field("replaced_by", Type.STRING, "The line_key under which the line goes on, where the sources file says otherwise what its document is.", nullable=True),
        Field("last_release", Type.STRING, "The last release with the line: the digits at the end of the name of its folder."),
        Field("withdrawn_at", Type.DATETIME, "When the bytes that no longer state the line were first fetched; null where that is not known, or not why.", nullable=True),
        Field("reason", Type.STRING, "Why: " + _REASONS, enum=_values(ChangeReason)),
        _DOCUMENT,
        _SOURCE,
        _SNAPSHOT,
        *_PUBLISHER,
        Field("source_url", Type.STRING, "Where the document was published.", nullable=True),
        _PAGE,
        Field("locator", Type.STRING, "Where in the document the cell stood."),
    ),
    ("withdrawn_id",),
)  # fmt: skip

HISTORY_TABLES = (CHANGES, WITHDRAWN)
PUBLISHED_TABLES = (*ALL_TABLES, *DERIVED_TABLES, *HISTORY_TABLES)
