"""Writes docs/data-dictionary.md from the contract."""

from pathlib import Path

from schemas.renderings import data_dictionary

if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
