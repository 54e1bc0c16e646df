"""Small PDFs with one table, proved by its own sums or not."""

from tests.extractors.pdf.paper import Sheet, pdf


def sheet(*rows, title="Programma 1 Bestuur", years=("2024", "2025", "2026")):
    """A page with a title, a unit, headings and rows."""
    page = Sheet()
    page.text(60, 60, title, 11, bold=True)
    page.text(60, 80, "Bedragen x € 1.000")
    page.row(100, "Omschrijving", *years, bold=True)
    for at, row in enumerate(rows):
        page.row(114 + 14 * at, *row)
    return page


PROVED = (
    ("Lasten", "1.000", "1.107", "1.213"),
    ("Baten", "400", "452", "479"),
    ("Saldo", "-600", "-655", "-734"),
)
UNPROVED = (
    ("Wegen en pleinen", "1.000", "1.107", "1.213"),
    ("Groen", "477", "452", "-"),
    ("Water", "95", "655", "734"),
)


def proved():
    """A PDF whose table adds up."""
    return pdf(sheet(*PROVED))


def unproved():
    """A PDF whose table has no sums."""
    return pdf(sheet(*UNPROVED))


def marked(heading, marks, apart):
    """A PDF whose last amounts have marks in a column of their own, so far behind them."""
    page = Sheet()
    page.text(60, 60, "Overzicht", 11, bold=True)
    page.text(60, 80, "Bedragen x € 1.000")
    page.row(100, "Omschrijving", "2025", "2026", bold=True)
    page.text(370 + apart, 100, heading, bold=True)
    rows = (("Wegen en pleinen", "1.107", "1.000"), ("Groen", "477", "452"), ("Water", "95", "655"))
    for at, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        page.row(114 + 14 * at, *row)
        page.text(370 + apart, 114 + 14 * at, mark)
    return pdf(page)
