"""The amount-like tokens of a web page, counted by a parser of its own, which knows no tables."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from extractors.markup import INLINE, SKIPPED, is_raised, is_unseen, joint, shown
from schemas.notation import count_tokens


class _Counter(HTMLParser):
    """Counts amount-like tokens in a page's text with a parser of its own, without any notion of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping: list[str] = []
        self._open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        unseen = tag in INLINE and tag != "wbr" and is_unseen(has.get)
        if tag in SKIPPED or unseen or (self._skipping and tag == self._skipping[-1]):
            self._skipping.append(tag)
        elif tag == "body":
            self._skipping.clear()
        self._open[tag] += 1
        self.parts.append(" " if is_raised(tag, has.get) else joint(tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.parts.append(joint(tag))

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag == self._skipping[-1]:
            self._skipping.pop()
        if tag not in INLINE:
            self.parts.append("\n")
        elif self._open[tag]:  # one that closes nothing parts nothing
            self._open[tag] -= 1
            self.parts.append(joint(tag))

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)


def count_shown(text: str) -> int:
    """How many amount-like tokens the markup of a page shows."""
    counter = _Counter()
    counter.feed(text)
    counter.close()
    return count_tokens(shown("".join(counter.parts)))
