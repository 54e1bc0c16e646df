"""From cells to readings of budget tables: headings, units, labels. Knows the language of Dutch budgets, no files."""
