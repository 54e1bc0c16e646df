"""The Dutch words of the workbooks: sheets, columns, values and the page that explains them."""

from __future__ import annotations

LINES, TABLES, DOCUMENTS, FINDINGS = "Cijfers", "Tabellen", "Documenten", "Bevindingen"

# For each sheet the columns of the contract that it has, with their Dutch headings and widths in characters.
COLUMNS: dict[str, tuple[tuple[str, str, int], ...]] = {
    LINES: (
        ("document_type", "Document", 18),
        ("document_status", "Status", 12),
        ("table_title", "Tabel", 36),
        ("section_path", "Kop in de tabel", 28),
        ("line_label", "Regel", 40),
        ("column_label", "Kolom", 24),
        ("programme", "Programma", 28),
        ("taakveld_code", "Taakveld", 10),
        ("fiscal_year", "Boekjaar", 10),
        ("stage", "Stadium", 22),
        ("measure", "Lasten, baten of saldo", 12),
        ("amount_kind", "Soort bedrag", 14),
        ("duration", "Looptijd", 13),
        ("is_total", "Is een totaal", 12),
        ("amount_eur", "Bedrag in euro", 18),
        ("net_effect_eur", "Effect op het saldo in euro", 18),
        ("amount_printed", "Zoals afgedrukt", 16),
        ("proof", "Bewijs", 16),
        ("page", "Bladzijde", 10),
        ("line_id", "Kenmerk", 26),
        ("locator", "Plaats in het document", 30),
    ),
    TABLES: (
        ("table_title", "Tabel", 48),
        ("page", "Bladzijde", 10),
        ("status", "Stand", 14),
        ("message", "Waarom niet opgenomen", 60),
        ("unit", "Euro per eenheid", 14),
        ("row_count", "Rijen", 8),
        ("column_count", "Kolommen", 10),
        ("line_count", "Cijfers", 10),
        ("proved_count", "Bewezen", 10),
        ("contradicted_count", "Weersproken", 12),
        ("equations_found", "Optellingen bekeken", 12),
        ("equations_held", "Optellingen kloppen", 12),
        ("duplicate_of", "Herhaling van", 26),
        ("table_id", "Kenmerk", 26),
        ("locator", "Plaats in het document", 30),
    ),
    DOCUMENTS: (
        ("title", "Titel", 48),
        ("document_type", "Document", 18),
        ("document_year", "Jaar", 8),
        ("document_status", "Status", 12),
        ("status_date", "Datum besluit", 14),
        ("status", "Stand", 14),
        ("message", "Toelichting", 60),
        ("published_table_count", "Tabellen opgenomen", 12),
        ("set_aside_table_count", "Tabellen terzijde", 12),
        ("line_count", "Cijfers", 10),
        ("source_url", "Bron", 60),
        ("snapshot_id", "SHA-256 van het document", 66),
    ),
    FINDINGS: (
        ("severity", "Ernst", 12),
        ("rule", "Regel", 28),
        ("message", "Bevinding", 90),
        ("values", "Waarden", 60),
        ("page", "Bladzijde", 10),
        ("table_id", "Tabel", 26),
        ("locator", "Plaats in het document", 30),
    ),
}

# Values of closed lists that a reader should not have to look up; others stand as they are.
VALUES = {
    "stage": {
        "begroting_na_wijziging": "begroting na wijziging",
    },
    "proof": {
        "proved": "bewezen door de optelling",
        "contradicted": "klopt niet zoals afgedrukt",
        "not_covered": "geen optelling",
    },
    "status": {
        "published": "opgenomen",
        "set_aside": "terzijde gelegd",
        "not_euros": "geen euro's",
        "hidden_copy": "verborgen herhaling",
        "no_tables": "geen tabellen",
        "duplicate": "dubbel",
        "failed": "niet gelezen",
    },
    "severity": {"info": "ter informatie", "warning": "let op", "error": "fout"},
}

READING = (
    (
        "Wat is dit?",
        "Alle bedragen uit de tabellen van de begrotingsdocumenten hieronder, één regel per afgedrukt bedrag.",
    ),
    ("Bedrag in euro", "Het afgedrukte bedrag, omgerekend naar euro, met het teken zoals het is afgedrukt."),
    (
        "Effect op het saldo",
        "Vergelijkbaar tussen documenten: positief verbetert het saldo. Leeg waar de tabel niet laat zien welk teken "
        "zij gebruikt.",
    ),
    (
        "Optellen",
        "Een document drukt hetzelfde geld in meer tabellen af, en het saldo naast lasten en baten. Tel daarom alleen "
        "regels op van één tabel, boekjaar en stadium, van één soort (lasten, baten of saldo), met soort bedrag "
        "exploitatie, zonder looptijd, en zonder de regels die zelf een totaal zijn. Staat er een saldo voor en een "
        "saldo na mutaties van reserves, dan is dat erna een totaal.",
    ),
    (
        "Stadium",
        "rekening: gerealiseerd. begroting: zoals vastgesteld of voorgesteld. begroting na wijziging: later "
        "bijgesteld. meerjarenraming: een jaar na dat van het document. overig: verschillen, mutaties en prognoses.",
    ),
    (
        "Bewijs",
        "Of een optelling in de tabel laat zien dat het bedrag goed is overgenomen. Wat niet zeker te lezen was, is "
        "niet geraden maar terzijde gelegd; zie Tabellen en Bevindingen.",
    ),
    (
        "Plaats in het document",
        "line: de regel van de tekst. table, row en cell: de tabel op de webpagina met haar rij en cel. box: een rechthoek "
        "op de bladzijde van een pdf (links, boven, rechts, onder), in punten vanaf de linkerbovenhoek.",
    ),
    ("Codes", "Taakveld 0.1 is een ander dan 0.10: codes zijn tekst, geen getal."),
    (
        "Elk jaar één cijfer",
        "Wie over documenten heen wil vergelijken, kan beter budget_current en restatements gebruiken, één map hoger.",
    ),
)
