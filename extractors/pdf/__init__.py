"""Budgets in PDF: words with their places, tables from the right edges of numbers, pages that can't be read."""

from extractors.pdf.reader import extract_pdf

__all__ = ["extract_pdf"]
