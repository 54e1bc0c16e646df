"""When documents of the planning-and-control cycle appear, and so when to look: often then, once a week otherwise.

Gemeenten and provincies; water boards follow the same year. docs/operations.md says the same to a steward.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from schemas.records import DocumentStatus, DocumentType, Source

ZONE = "Europe/Amsterdam"
_TIME = "10 6"  # minute and hour: before office hours, and in no hour that summer time takes away or gives twice


@dataclass(frozen=True, slots=True)
class Window:
    """The months in which documents of one type appear. `status` None stands for every status."""

    name: str
    document_type: DocumentType
    status: DocumentStatus | None
    months: tuple[int, ...]
    because: str

    def holds(self, source: Source) -> bool:
        """Whether a source is of this window; one whose status the sources file doesn't say is of every one."""
        return source.document_type is self.document_type and (
            None in (self.status, source.document_status) or self.status is source.document_status
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """One schedule: a cron in the time of Amsterdam, and the windows whose sources it asks (all where it has none)."""

    slug: str
    cron: str
    windows: tuple[str, ...]


WINDOWS = (
    Window(
        "jaarstukken",
        DocumentType.JAARSTUKKEN,
        None,
        (4, 5, 6, 7),
        "the council gets them from April, and they are with the supervisor before 15 July (Gemeentewet art. 200)",
    ),
    Window(
        "kadernota",
        DocumentType.KADERNOTA,
        None,
        (4, 5, 6, 7),
        "no law sets a date; councils talk about it before the summer, so that the begroting can follow it",
    ),
    Window(
        "ontwerpbegroting",
        DocumentType.BEGROTING,
        DocumentStatus.ONTWERP,
        (9, 10),
        "open to all once the council has it, at least two weeks before it is discussed (Gemeentewet art. 190)",
    ),
    Window(
        "vastgestelde-begroting",
        DocumentType.BEGROTING,
        DocumentStatus.VASTGESTELD,
        (11,),
        "decided before 15 November, when it must be with the supervisor (Gemeentewet art. 191)",
    ),
)


def schedules(windows: Collection[Window] = WINDOWS) -> tuple[Planned, ...]:
    """A run on each Monday that asks all sources, and in the months of windows one on the other working days.

    No two begin at the same time. Months alone tell when: cron takes a day of the month and one of the week as *or*.
    """
    planned = [Planned("weekly", f"{_TIME} * * 1", ())]
    open_in = {month: tuple(one.name for one in windows if month in one.months) for month in range(1, 13)}
    for names, group in groupby(range(1, 13), open_in.__getitem__):
        months = list(group)
        if names:
            span = f"{months[0]}-{months[-1]}" if len(months) > 1 else f"{months[0]}"
            planned.append(Planned("-and-".join(names), f"{_TIME} * {span} 2-5", names))
    return tuple(planned)


def is_due(source: Source, windows: Collection[str] | None) -> bool:
    """Whether a run for some windows asks a source; a run for none in particular asks all.

    Raises:
        ValueError: where there is no such window.
    """
    if not windows:
        return True
    known = {one.name: one for one in WINDOWS}
    strange = sorted(set(windows) - known.keys())
    if strange:
        raise ValueError(f"no window is called {', '.join(strange)}; known: {', '.join(known)}")
    return any(known[name].holds(source) for name in windows)
