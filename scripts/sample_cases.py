"""The sample PDFs, one for each case that is hard to read. The first line of a case says what is hard about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scripts.pdf_writer import Page
from scripts.sample_layouts import Look, draw_heads, draw_prose, draw_rows, draw_table, draw_title
from scripts.sample_tables import Column, Table, by_measure, by_programme, by_side

STAGES = (
    Column(("Rekening", "2024"), 2024, "rekening"),
    Column(("Begroting", "2025"), 2025, "begroting"),
    Column(("Begroting", "2026"), 2026, "begroting"),
    Column(("Meerjarenraming", "2027"), 2027, "meerjarenraming"),
    Column(("Meerjarenraming", "2028"), 2028, "meerjarenraming"),
)
YEARS = tuple(
    Column((f"Begroting {year}",), year, "begroting" if year == 2026 else "meerjarenraming")
    for year in range(2026, 2030)
)
MEASURES = tuple(
    Column((stage, str(year), measure.capitalize()), year, stage.lower(), measure)
    for stage, year in (("Rekening", 2024), ("Begroting", 2025), ("Begroting", 2026))
    for measure in ("lasten", "baten", "saldo")
)
PROGRAMMES = (
    ("Programma 1 Dienstverlening en bestuur", 8_412, 1_377),
    ("Programma 2 Veilige leefomgeving", 4_963, 212),
    ("Programma 3 Wegen, water en groen", 12_658, 3_904),
)
LASTEN = (
    ("Salarissen en sociale lasten", 21_874),
    ("Kapitaallasten", 6_139),
    ("Subsidies", 3_308),
    ("Bijdragen aan gemeenschappelijke regelingen", 7_951),
)
BATEN = (("Algemene uitkering", 31_462), ("Onroerendezaakbelasting", 5_287), ("Leges", 1_746))
LONG_LASTEN = (
    ("Salarissen van de ambtelijke organisatie en van ingehuurde medewerkers", 21_874),
    ("Kapitaallasten van schoolgebouwen en sporthallen", 6_139),
    ("Subsidies", 3_308),
    ("Bijdragen aan de veiligheidsregio, de omgevingsdienst en de gezondheidsdienst", 7_951),
)
TAAKVELDEN = (
    ("2.1 Verkeer en vervoer", 5_216, 334),
    ("2.2 Parkeren", 871, 1_205),
    ("5.6 Media", 1_093, 42),
    ("7.2 Riolering", 3_377, 4_418),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn document: its pages, and per table the page of each of its lines."""

    pages: Sequence[Page]
    tables: Sequence[tuple[Table, Sequence[int]]] = ()


def _alone(table: Table, look: Look, *, turned: bool = False) -> Drawn:
    page = Page(turned=turned)
    draw_table(page, table, look, 80)
    return Drawn([page], [(table, [1] * len(table.lines))])


# --------------------------------------------------------------------------------------------------------- the cases


def ruled_spans() -> Drawn:
    """A full grid with a stage over its years; a programme's name spans the row. All rules are drawn."""
    return _alone(Table("Overzicht van baten en lasten", "Programma", STAGES, by_programme(PROGRAMMES, 5)), Look())


def borderless_wrapped() -> Drawn:
    """No rules at all; labels over two lines with their amounts on the first."""
    table = Table("Exploitatie naar kostensoort", "Kostensoort", YEARS, by_side(LONG_LASTEN, BATEN, 4))
    return _alone(table, Look(rules="none", column_width=74))


def half_ruled() -> Drawn:
    """A frame and rules between columns, none between rows."""
    table = Table("Exploitatie naar kostensoort", "Kostensoort", YEARS, by_side(LASTEN, BATEN, 4))
    return _alone(table, Look(rules="frame", label_width=190, column_width=74))


def three_heading_lines() -> Drawn:
    """Stage over year over lasten, baten and saldo; the rows are taakvelden with their codes."""
    table = Table("Overzicht per taakveld", "Taakveld", MEASURES, by_measure(TAAKVELDEN, 3, coded=True))
    return _alone(table, Look(rules="heads", label_width=115, column_width=42, size=7))


def _over_two_pages(*, headed: bool) -> Drawn:
    table = Table("Overzicht van baten en lasten", "Programma", STAGES, by_programme(PROGRAMMES, 5))
    look, cut = Look(rules="heads"), 6
    first, second = Page(), Page()
    prose = "De raad stelt de begroting vast. Het college licht hieronder toe wat de programma's kosten en opbrengen. "
    draw_prose(first, prose * 3, 50, 480, 80)
    top = draw_heads(first, table, look, draw_title(first, table, look, 690))
    draw_rows(first, table, table.lines[:cut], look, top)
    top = draw_heads(second, table, look, 60) if headed else 60
    bottom = draw_rows(second, table, table.lines[cut:], look, top)
    draw_prose(second, prose, 50, 480, bottom + 30)
    return Drawn([first, second], [(table, [1] * cut + [2] * (len(table.lines) - cut))])


def page_break_headed() -> Drawn:
    """A table over two pages whose headings are repeated: one table, each row once."""
    return _over_two_pages(headed=True)


def page_break_bare() -> Drawn:
    """A table over two pages that runs on without headings, in the middle of a programme."""
    return _over_two_pages(headed=False)


def landscape_turned() -> Drawn:
    """A page that is stored upright and turned by its /Rotate entry; nine columns under three lines of headings."""
    table = Table("Overzicht per taakveld", "Taakveld", MEASURES, by_measure(TAAKVELDEN, 3, coded=True))
    return _alone(table, Look(label_width=150, column_width=62), turned=True)


def fake_bold() -> Drawn:
    """Headings and totals are bold by printing each text twice, a hair apart."""
    table = Table("Exploitatie naar kostensoort", "Kostensoort", YEARS, by_side(LASTEN, BATEN, 4))
    return _alone(table, Look(rules="heads", label_width=190, column_width=74, doubled=True))


def white_on_dark() -> Drawn:
    """White headings on a dark ground, shaded rows, and rules that are there but white."""
    table = Table("Overzicht van baten en lasten", "Programma", STAGES, by_programme(PROGRAMMES, 5))
    return _alone(table, Look(rule_gray=1, dark_heads=True, zebra=True))


def side_by_side() -> Drawn:
    """Two tables beside each other with rows at the same height."""
    columns = YEARS[:2]
    lasten = Table("Exploitatie dienstverlening", "Kostensoort", columns, by_side(LASTEN[:2], BATEN[1:], 2))
    other = (("Groenonderhoud", 2_648), ("Gladheidsbestrijding", 417))
    baten = Table(
        "Exploitatie beheer", "Kostensoort", columns, by_side(other, (("Rioolheffing", 4_215), ("Reclame", 96)), 2)
    )
    page = Page()
    draw_table(page, lasten, Look(rules="heads", label_width=120, column_width=58, left=45, size=7), 80)
    draw_table(page, baten, Look(rules="heads", label_width=120, column_width=58, left=310, size=7), 80)
    return Drawn([page], [(table, [1] * len(table.lines)) for table in (lasten, baten)])


def under_each_other() -> Drawn:
    """Two tables close under each other with other columns, ruled by pairs of hairlines."""
    first = Table("Exploitatie dienstverlening", "Kostensoort", YEARS[:3], by_side(LASTEN[:2], BATEN[1:], 3))
    second = Table("Overzicht per taakveld", "Taakveld", MEASURES[3:], by_measure(TAAKVELDEN, 2, coded=True))
    page = Page()
    look = Look(rules="heads", label_width=120, column_width=66, double_rules=True)
    draw_table(page, second, look, draw_table(page, first, look, 80) + 20)
    return Drawn([page], [(table, [1] * len(table.lines)) for table in (first, second)])


def rotated_text() -> Drawn:
    """A text up the margin beside the table and a pale word across it."""
    table = Table("Overzicht van baten en lasten", "Programma", STAGES, by_programme(PROGRAMMES, 5))
    page = Page()
    page.slanted_text(130, 330, "CONCEPT", 90, 35, gray=0.9)
    draw_table(page, table, Look(rules="heads"), 80)
    page.slanted_text(30, 420, "Programmabegroting 2026, versie 3 van 15-09-2025", 8, 90)
    return Drawn([page], [(table, [1] * len(table.lines))])


def ligatures_and_hyphens() -> Drawn:
    """Ligatures and words broken by a soft hyphen in labels, and the minus of mathematics before amounts."""
    lasten = (
        ("Identificatie van ingezetenen", 1_874),
        ("Aflossing van leningen", 6_139),
        ("Gemeenschappelijke regelingen", 951),
    )
    baten = (("Onroerendezaakbelasting", 4_287), ("Leges", 1_746))
    lines = tuple(replace(line, minus="−") for line in by_side(lasten, baten, 4))
    table = Table("Exploitatie naar kostensoort", "Kostensoort", YEARS, lines)
    hyphens = (
        ("Onroerendezaakbelasting", "Onroerende\u00adzaakbelasting"),
        ("Gemeenschappelijke", "Gemeenschap\u00adpelijke"),
    )
    shapes = (("fi", "ﬁ"), ("fl", "ﬂ"), *hyphens)
    return _alone(table, Look(rules="heads", label_width=82, column_width=84, shapes=shapes))


def minus_and_notes() -> Drawn:
    """A minus on the line above its number, marks of footnotes behind amounts, and a header and footer with numbers."""
    lines = list(by_programme(PROGRAMMES[:2], 5))
    lines[2] = replace(lines[2], notes=((2, "1)"),))
    lines[5] = replace(lines[5], notes=((1, "2)"),))
    table = Table("Overzicht van baten en lasten", "Programma", STAGES, tuple(lines))
    drawn = _alone(table, Look(rules="heads", minus_apart=True))
    page = drawn.pages[0]
    page.text(50, 40, "Programmabegroting 2026-2029", 7)
    page.text(545, 40, "Vastgesteld op 12-11-2025", 7, align="right")
    page.text(50, 700, "1) Inclusief een bijdrage van het Rijk van 1.250 voor dienstverlening.", 7)
    page.text(50, 712, "2) De veiligheidsregio indexeert met 2,4%.", 7)
    page.text(545, 810, "pagina 47 van 212", 7, align="right")
    return drawn


def prose_columns() -> Drawn:
    """Prose in two columns with amounts in its sentences: no table."""
    page = Page()
    texts = (
        "In 2026 ontvangt de gemeente ruim € 31.462.000 uit het gemeentefonds, 1.204 duizend meer dan vorig jaar. "
        "Daarvan gaat een derde naar de scholen en de sport. Voor het zwembad is € 2.350.000 gereserveerd.",
        "Het college stelt voor de parkeertarieven met 3,5% te verhogen. Dat levert in 2027 naar verwachting ruim "
        "€ 145.000 op. Bewoners met een vergunning betalen 12,50 per maand, net als in 2025.",
    )
    for left, order in ((50, texts), (310, texts[::-1])):
        top = 80.0
        for text in order * 3:
            top = draw_prose(page, text, left, 235, top)
    return Drawn([page])


def unusable_font() -> Drawn:
    """A table whose font has no usable mapping to text: nothing of it may be published."""
    page = Page(unmapped=True)
    draw_table(
        page, Table("Overzicht van baten en lasten", "Programma", STAGES, by_programme(PROGRAMMES, 5)), Look(), 80
    )
    return Drawn([page])


def picture_only() -> Drawn:
    """A page that is a picture, as a scanner makes it."""
    page, width, height = Page(), 60, 84
    rows = ((0 if y % 4 == 1 and x % 12 < 8 and 8 < x < 52 else 255) for y in range(height) for x in range(width))
    page.picture(width, height, bytes(rows))
    return Drawn([page])


CASES: tuple[Callable[[], Drawn], ...] = (
    ruled_spans, borderless_wrapped, half_ruled, three_heading_lines, page_break_headed, page_break_bare,
    landscape_turned, fake_bold, white_on_dark, side_by_side, under_each_other, rotated_text,
    ligatures_and_hyphens, minus_and_notes, prose_columns, unusable_font, picture_only,
)  # fmt: skip
