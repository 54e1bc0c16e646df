"""Writes the data dictionary in English and Dutch from the contract."""

from pathlib import Path

from schemas.renderings import data_dictionary, gegevenswoordenboek

DOCS = Path(__file__).parent.parent / "docs"

if __name__ == "__main__":
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
    (DOCS / "gegevenswoordenboek.md").write_text(gegevenswoordenboek(), encoding="utf-8")
