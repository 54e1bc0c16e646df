"""Lines that may say something of one person: pay, pension or wachtgeld, or a name in a label or heading.

Budgets may be used again, what they say of persons may not be spread without need (AVG; Wet hergebruik van
overheidsinformatie, art. 2). Amounts of a whole organisation under such a word are held back too: the words decide,
not a guess at how many people stand behind them. Not seen: names in other forms than checks/person_names.py lists,
and words broken by a hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checks.person_names import find_names, without_names
from schemas.records import BudgetLine, BudgetTable, Finding, Severity

RULE = "personal_data"
NAME = "name"
_WORDS = (
    ("wachtgeld", re.compile(r"wachtgeld", re.I)),
    # lenders, a heading of every balance sheet (BBV art. 46), are no persons
    ("pensioen", re.compile(r"pensioen(?!fondsen)|\bappa\b", re.I)),
    ("bezoldiging", re.compile(r"bezoldiging", re.I)),
    ("WNT", re.compile(r"\bWNT\b|\bwet normering topinkomens\b|\btopfunctionaris", re.I)),
)
# Whoever answers for a programme is no subject of its amounts: the name goes, the lines stay.
_ANSWERS_FOR = re.compile(r"portefeuillehouder|verantwoordelijke? (?:wethouder|bestuurder|directeur)", re.I)


@dataclass(frozen=True, slots=True)
class Split:
    """The lines of a table that may be published, those that are withheld, and how many of these for which reason."""

    published: tuple[BudgetLine, ...]
    withheld: tuple[BudgetLine, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()


def reason_of(text: str) -> str | None:
    """Why a text may be about a person: the word that it holds, or that it holds a name; None where it does not."""
    for word, pattern in _WORDS:
        if pattern.search(text):
            return word
    return NAME if find_names(text) else None


def split_lines(lines: Iterable[BudgetLine]) -> Split:
    """The lines of one table without and with what may be about a person, in their order.

    A line is what its label says, the headings above and over it, and the title of its table, but for a title that
    only names who answers for it: that loses the name.
    """
    published, withheld = [], []
    reasons: Counter[str] = Counter()
    known: dict[str, str | None] = {}
    for line in lines:
        texts = (line.line_label, line.section_path, line.column_label, _subject(line.table_title))
        reason = next(filter(None, (_looked_up(known, text) for text in texts)), None)
        if reason is None:
            published.append(_without_names(line))
        else:
            withheld.append(line)
            reasons[reason] += 1
    return Split(tuple(published), tuple(withheld), tuple(sorted(reasons.items())))


def _without_names(line: BudgetLine) -> BudgetLine:
    if not _ANSWERS_FOR.search(line.table_title):
        return line
    programme = line.programme and without_names(line.programme)
    return replace(line, table_title=without_names(line.table_title), programme=programme)


def _looked_up(known: dict[str, str | None], text: str) -> str | None:
    if text not in known:
        known[text] = reason_of(text)
    return known[text]


def _subject(title: str) -> str:
    return without_names(title) if _ANSWERS_FOR.search(title) else title


def finding_of(split: Split, title: str, place: str, *, allowed: bool) -> Finding:
    """What a person should know of the lines of a table that may be about persons."""
    count = len(split.withheld)
    lines = f"{count} line of" if count == 1 else f"{count} lines of"
    what = f"{lines} the table {without_names(title)!r} may be about a person"
    end = "published, as the source's entry allows" if allowed else "withheld; `personal_data: true` publishes them"
    values = "; ".join(f"{reason}: {number}" for reason, number in split.reasons)
    return Finding(RULE, Severity.INFO if allowed else Severity.WARNING, f"{what}: {end}", place, values=values)


def without_persons(finding: Finding) -> Finding:
    """A finding without what it shows of a person: its figures go where they stand beside such a word or name."""
    if reason_of(finding.message) is None and reason_of(finding.values) is None:
        return finding
    return replace(finding, message=message_without_persons(finding.message), values="")


def message_without_persons(message: str) -> str:
    """A message, or in place of one that quotes what may be about a person, that it does."""
    reason = reason_of(message)
    return f"about lines that may be about a person ({reason}): what it says is withheld" if reason else message


def without_rows_of_persons(table: BudgetTable) -> BudgetTable | None:
    """A reading of a table as it may be shown; None where its title or its columns are about persons."""
    if any(reason_of(text) for text in (_subject(table.title), *(column.label for column in table.columns))):
        return None
    rows = [row for row in table.rows if not any(reason_of(text) for text in (row.label, *row.path))]
    return replace(table, rows=tuple(rows))
