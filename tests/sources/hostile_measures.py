"""What the hostile server saw of its clients: each request, and how a host was treated."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Request:
    """One request as it came in, and what became of it. Times are monotonic seconds.

    `ended` is when its last bytes were handed over, `sent` counts bytes of the body as sent. `how` is empty where the
    answer was whole, "cut" where the server broke it off, "left" where the client did, "stopped".
    """

    at: float
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    connection: int
    status: int | None = None
    sent: int = 0
    ended: float | None = None
    how: str = ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """The values of a header, with commas between; empty text where it is not there."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


@dataclass(frozen=True)
class Measured:
    """How a host was treated. Seconds; `smallest_gap` is between the starts of two requests, infinite below two."""

    requests: int
    most_in_a_second: int
    smallest_gap: float
    most_at_once: int
    connections: int
    sent: int


def measured(requests: list[Request]) -> Measured:
    """The measures of some requests to one host."""
    times = sorted(one.at for one in requests)
    first, window = 0, []
    for n, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        window.append(n - first + 1)
    edges = [(one.at, 1) for one in requests] + [
        (float("inf") if one.ended is None else one.ended, -1) for one in requests
    ]
    busy, most = 0, 0
    for _, step in sorted(edges):
        busy += step
        most = max(most, busy)
    return Measured(
        len(requests),
        max(window, default=0),
        min((b - a for a, b in pairwise(times)), default=float("inf")),
        most,
        len({one.connection for one in requests}),
        sum(one.sent for one in requests),
    )
