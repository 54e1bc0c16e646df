"""The amount-like tokens of a web page, counted by a parser of its own, which knows no tables."""

from __future__ import annotations

from html.parser import HTMLParser

from extractors.markup import INLINE, SKIPPED, is_unseen
from schemas.notation import count_tokens


class _Counter(HTMLParser):
    """Counts amount-like tokens in a page's text with a parser of its own, without any notion of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = {name: value or "" for name, value in attrs}
        unseen = tag in INLINE and tag != "wbr" and is_unseen(shown.get)
        if tag in SKIPPED or unseen or (self._skipping and tag == self._skipping[-1]):
            self._skipping.append(tag)
        elif tag == "body":
            self._skipping.clear()
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag == self._skipping[-1]:
            self._skipping.pop()
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)


def count_shown(text: str) -> int:
    """How many amount-like tokens the markup of a page shows."""
    counter = _Counter()
    counter.feed(text)
    counter.close()
    return count_tokens("".join(counter.parts))
