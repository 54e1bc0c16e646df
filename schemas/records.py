"""The records that the rooms hand to each other. Frozen, without behaviour of their own beyond simple views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from schemas.notation import Amount

# ------------------------------------------------------------------------------------------------- what is published


class DocumentType(StrEnum):
    """The documents of the planning-and-control cycle."""

    BEGROTING = "begroting"
    BEGROTINGSWIJZIGING = "begrotingswijziging"
    JAARSTUKKEN = "jaarstukken"
    KADERNOTA = "kadernota"
    TUSSENRAPPORTAGE = "tussenrapportage"


class DocumentStatus(StrEnum):
    """Whether the council has decided."""

    ONTWERP = "ontwerp"
    VASTGESTELD = "vastgesteld"


class Stage(StrEnum):
    """What an amount is in the life of a budget."""

    REKENING = "rekening"
    BEGROTING = "begroting"
    BEGROTING_NA_WIJZIGING = "begroting_na_wijziging"
    MEERJARENRAMING = "meerjarenraming"
    OVERIG = "overig"


class Measure(StrEnum):
    """Cost, income, or income minus cost."""

    LASTEN = "lasten"
    BATEN = "baten"
    SALDO = "saldo"


class LineType(StrEnum):
    """What a row says of itself (BBV art. 17)."""

    LASTEN = "lasten"
    BATEN = "baten"
    SALDO = "saldo"
    TOEVOEGING_RESERVES = "toevoeging_reserves"
    ONTTREKKING_RESERVES = "onttrekking_reserves"
    MUTATIE_RESERVES = "mutatie_reserves"
    SALDO_VAN_BATEN_EN_LASTEN = "saldo_van_baten_en_lasten"
    RESULTAAT = "resultaat"


class AmountKind(StrEnum):
    """What may be added to what."""

    EXPLOITATIE = "exploitatie"
    STAND = "stand"
    MUTATIE = "mutatie"
    VERSCHIL = "verschil"
    KREDIET = "krediet"
    PROGNOSE = "prognose"
    OVERIG = "overig"


class Duration(StrEnum):
    """How long an amount lasts, where a column or row splits it so."""

    INCIDENTEEL = "incidenteel"
    STRUCTUREEL = "structureel"


class Proof(StrEnum):
    """What the arithmetic of the table says of one amount."""

    PROVED = "proved"
    CONTRADICTED = "contradicted"
    NOT_COVERED = "not_covered"


class SecondVerdict(StrEnum):
    """What the second reader of a PDF says of a table that arithmetic did not prove."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    NOT_READ = "not_read"


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


# -------------------------------------------------------------------------------------------------- what comes in


@dataclass(frozen=True, slots=True)
class Publisher:
    """A government body of the TOOI registers."""

    code: str
    name: str
    label: str
    kind: str  # gemeente, provincie, waterschap


class Follow(StrEnum):
    """Which links of a page are followed."""

    PAGES = "pages"
    PDFS = "pdfs"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a source may change between two runs before its last good lines are kept.

    `lines_fall` is the share of its lines that it may lose, `set_aside_growth` how many more tables may be set aside,
    `totals_jump` the factor by which its sum of one fiscal year, stage and measure may grow or shrink.
    """

    lines_fall: float = 0.3
    set_aside_growth: int = 0
    totals_jump: float = 2.0


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the sources file, checked."""

    source_id: str
    publisher: Publisher
    document_type: DocumentType
    document_year: int
    document_status: DocumentStatus | None = None
    title: str | None = None
    status_date: date | None = None
    url: str | None = None
    path: str | None = None
    unit: int | None = None
    follow: tuple[Follow, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    most_pages: int = 1000
    bounds: Bounds = Bounds()
    licence_note: str | None = None  # what the document itself says of its use
    personal_data: bool = False  # whether lines that may be about persons are published


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of one document. `snapshot_id` is their sha256; `url` is where the document is published."""

    snapshot_id: str
    content: bytes
    file_name: str
    url: str | None = None

    @property
    def address(self) -> str:
        """What tells the documents of one source apart, and may be published."""
        return self.url or self.file_name


# ------------------------------------------------------------------------------------------- what extractors find


class RawCell(NamedTuple):
    """A cell's text and its place in the document. `line` orders cells; `locator` is where a person can see it."""

    text: str
    line: int
    locator: str
    is_heading: bool = False
    indent: int = 0
    row_span: int = 1
    column_span: int = 1
    page: int | None = None


class Form(StrEnum):
    """How much of a table's shape survived."""

    GRID = "grid"  # rows and columns are known
    ROWS = "rows"  # a row's cells are known, not their columns
    STREAM = "stream"  # one cell after another


@dataclass(frozen=True, slots=True)
class RawTable:
    """A region of a document with amounts. In a grid, spanned cells are repeated in each place they cover."""

    form: Form
    rows: tuple[tuple[RawCell, ...], ...]
    page: int | None = None
    heading_rows: int = 0  # rows that the markup itself calls headings
    duplicate_of: int | None = None  # the index of the same table earlier in the document
    exact: bool = False  # the document itself says which columns each cell covers
    hidden_copy: bool = False  # the same table again, for another size of screen
    within: tuple[str, ...] = ()  # the names of the tabs and other parts of the page that it stands in, outermost first


@dataclass(frozen=True, slots=True)
class RawText:
    """A piece of text outside tables: a title, a paragraph, a note."""

    text: str
    line: int
    locator: str
    is_heading: bool = False
    page: int | None = None
    is_apart: bool = False  # it is about no table next to it: a footer, the name of a tab, repeated headings


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page of which no figure is read. `reason` is a word of the contract."""

    page: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document's tables and texts in reading order, and its amount-like tokens counted on the raw text."""

    blocks: tuple[RawTable | RawText, ...]
    token_count: int
    unreadable: tuple[UnreadablePage, ...] = ()


# ----------------------------------------------------------------------------------- what a second reader finds


Box = tuple[float, float, float, float]  # left, top, right and bottom in points, from the top left of the page as shown


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and its box."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SecondCell:
    """Something like an amount, and the column of the second reader that it stands in."""

    text: str
    box: Box
    column: int


@dataclass(frozen=True, slots=True)
class SecondRow:
    """One line of a page: what is like an amount, and all other words."""

    page: int
    cells: tuple[SecondCell, ...]
    words: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What stands in the place of a table by another reader; `message` says why it could make no rows of it."""

    rows: tuple[SecondRow, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A band of a page, over its whole width, in which a table or a part of one stands."""

    page: int
    top: float
    bottom: float


# ------------------------------------------------------------------------------------------ what transformers make


class ColumnRole(StrEnum):
    """What the numbers of a column are."""

    AMOUNT = "amount"
    NOT_EUROS = "not_euros"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of numbers and what its headings say."""

    label: str
    role: ColumnRole = ColumnRole.AMOUNT
    year: int | None = None
    stage: Stage = Stage.OVERIG
    measure: Measure | None = None
    kind: AmountKind = AmountKind.EXPLOITATIE
    duration: Duration | None = None
    balance_date: date | None = None
    movement: int = 0  # in a run of balances: +1 what is added, -1 what is taken, 2 the end, -2 the begin


@dataclass(frozen=True, slots=True)
class AmountCell:
    """One amount and its place."""

    amount: Amount
    locator: str
    line: int
    page: int | None = None


Cells = tuple[AmountCell | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of amounts. `options` holds the other places where the amounts of a short row may belong."""

    number: int
    label: str
    path: tuple[str, ...]
    cells: Cells
    line_type: LineType | None = None
    measure: Measure | None = None
    is_total: bool = False
    stand: bool = False
    movement: int = 0
    duration: Duration | None = None
    balance_date: date | None = None
    code: str = ""
    options: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The amount-like tokens of a table that become no line: in words, in numbers that are no euros, and unread."""

    words: int = 0
    not_euros: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """One reading of one table."""

    title: str
    unit: int | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    place: str  # the locator of the first cell
    cost: float = 0.0  # how far the reading is from what one expects; the lower the better
    page: int | None = None
    changes: bool = False  # a table of differences or changes, by its title
    tally: Tally = Tally()
    notes: tuple[tuple[str, str, str], ...] = ()  # rule, message, locator
    counts: int = 0  # rows that show no euros
    programme: str | None = None  # that the line above its title names


@dataclass(frozen=True, slots=True)
class TableReadings:
    """All readings that stay possible before the sums have spoken, the likeliest first; or why there are none."""

    readings: tuple[BudgetTable, ...]
    tokens: int  # amount-like tokens in the table's cells, by the ledger's expression
    place: str
    title: str = ""
    reason: str = ""  # why there is no reading: a word of the contract
    message: str = ""
    page: int | None = None
    duplicate_of: int | None = None
    raw_index: int = 0


@dataclass(frozen=True, slots=True)
class DocumentReadings:
    """The tables of a document with their readings, and the amount-like tokens that stand in none of them."""

    tables: tuple[TableReadings, ...]
    outside_tokens: int


# --------------------------------------------------------------------------------------------------- what checks say


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should know, with its place."""

    rule: str
    severity: Severity
    message: str
    locator: str = ""
    table_index: int | None = None
    values: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """A relation between cells. `terms` are (row, column, sign); their sum is zero within `tolerance` when it holds."""

    rule: str
    terms: tuple[tuple[int, int, int], ...]
    difference: int
    tolerance: int

    @property
    def holds(self) -> bool:
        """Whether the sum is zero within what rounding explains."""
        return abs(self.difference) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a table: the reading chosen, its proofs, and the signs that make its amounts comparable.

    `orientation` holds per cell +1, -1 or 0 (not known): times the amount as printed it is `net_effect_eur`.
    """

    table: BudgetTable | None
    reason: str = ""
    message: str = ""
    proofs: dict[tuple[int, int], Proof] = field(default_factory=dict)
    orientation: dict[tuple[int, int], int] = field(default_factory=dict)
    equations: tuple[Equation, ...] = ()
    totals: frozenset[int] = frozenset()
    sign_convention: str = ""
    findings: tuple[Finding, ...] = ()
    alternatives: tuple[BudgetTable, ...] = ()
    unplaced: tuple[Row, ...] = ()  # short rows that no sum placed
    second_reading: SecondVerdict | None = None  # null where none was needed or possible


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One published amount; the columns of the contract, in their order."""

    line_id: str
    line_key: str
    source_id: str
    snapshot_id: str
    table_id: str
    publisher_id: str
    publisher_name: str
    document_type: str
    document_year: int
    document_status: str | None
    table_title: str
    section_path: str
    line_number: int
    column_number: int
    line_label: str
    column_label: str
    line_type: str | None
    is_total: bool
    programme: str | None
    taakveld_code: str | None
    fiscal_year: int | None
    stage: str
    measure: str | None
    amount_kind: str
    balance_date: date | None
    duration: str | None
    amount_printed: str
    unit: int
    amount_eur: Decimal | None
    net_effect_eur: Decimal | None
    proof: str
    source_url: str | None
    page: int | None
    locator: str
