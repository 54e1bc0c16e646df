"""Writes the data dictionary in English and Dutch from the contract, and adds to its promises what is new."""

import json
import sys
from pathlib import Path

from schemas.promises import broken, extended, file_name, promise_of, rendered
from schemas.renderings import data_dictionary, gegevenswoordenboek

DOCS = Path(__file__).parent.parent / "docs"


def add_promises(path: Path) -> None:
    """Add to the promises of a version what the contract says now.

    Raises:
        SystemExit: where the contract breaks one of them: its major version must be raised.
    """
    promised = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    problems = list(broken(promised, promise_of()))
    if problems:
        sys.exit(f"{path.name}: {'; '.join(problems)}: raise the major version of the contract")
    path.write_text(rendered(extended(promised, promise_of())), encoding="utf-8")


if __name__ == "__main__":
    add_promises(DOCS / file_name())
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8")
    (DOCS / "gegevenswoordenboek.md").write_text(gegevenswoordenboek(), encoding="utf-8")
