"""Every amount-like token of a document ends somewhere: published, set aside, no euros, or outside any table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of tokens. `counted` was taken on the raw text, by an expression that knows no tables."""

    counted: int
    published: int = 0
    set_aside: int = 0
    not_euros: int = 0
    outside: int = 0

    @property
    def difference(self) -> int:
        """Tokens counted that nothing accounts for; zero when the ledger closes."""
        return self.counted - self.published - self.set_aside - self.not_euros - self.outside

    @property
    def closes(self) -> bool:
        """Whether every token is accounted for."""
        return self.difference == 0
