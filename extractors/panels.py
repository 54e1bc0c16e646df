"""The parts of a web page that have a name elsewhere: tabs, accordions, sections named by their heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from lxml import etree

from schemas.notation import without_unseen

_LONGEST = 80
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OUTLINE = ("h1", "h2", "h3", "h4", "h5", "h6")


class Panels:
    """The names of a page's parts: by a link or a button to them, by the element that they say names them (WAI-ARIA
    `aria-controls`, `aria-labelledby`), or by their summary.
    """

    def __init__(self, root: etree._Element) -> None:
        self._names: dict[str, list[etree._Element]] = {}
        self._by_id: dict[str, etree._Element] = {}
        for node in root.iter(etree.Element):
            if own := node.get("id"):
                self._by_id.setdefault(own, node)
            link = node.get("href", "") if node.tag == "a" else ""
            if target := node.get("aria-controls") or (link[1:] if link.startswith("#") else ""):
                self._names.setdefault(target, []).append(node)
        self.apart = frozenset(self._apart(root))

    def _apart(self, root: etree._Element) -> Iterator[etree._Element]:
        """The names that do not stand at their part: another name, or the part of another, stands between the two."""
        pairs = [
            (name, part)
            for target, names in self._names.items()
            if (part := self._by_id.get(target)) is not None
            for name in names
        ]
        wanted = {node for pair in pairs for node in pair}
        places = {node: at for at, node in enumerate(root.iter(etree.Element)) if node in wanted} if pairs else {}
        between = sorted(places.values())
        for name, part in pairs:
            if bisect_left(between, places[part]) > bisect_right(between, places[name]):
                yield name

    def around(self, table: etree._Element) -> tuple[str, ...]:
        """The names of the parts that a table stands in, the innermost last, up to one with a heading of its own above
        the table that names a year.
        """
        names: list[str] = []
        for part in table.iterancestors():
            named = self._name_of(part)
            if named is None:
                continue
            if any(_YEAR.search(_text(head)) for head in _headings_before(part, table) if head is not named):
                break
            if text := _text(named):
                names.insert(0, text)
        return tuple(names)

    def _name_of(self, part: etree._Element) -> etree._Element | None:
        if part.tag == "details":
            return part.find("summary")
        own = self._by_id.get(part.get("aria-labelledby", ""))
        if own is not None:
            return own
        found = self._names.get(part.get("id", ""), [])
        return found[0] if len({_text(one) for one in found}) == 1 else None


def _headings_before(part: etree._Element, table: etree._Element) -> Iterator[etree._Element]:
    """The headings in a part of the page that stand before a table in it."""
    for node in part.iter(*_OUTLINE, table.tag):
        if node is table:
            return
        if node.tag in _OUTLINE:
            yield node


def _text(node: etree._Element) -> str:
    text = " ".join(without_unseen("".join(map(str, node.itertext("*")))).split())
    return text if len(text) <= _LONGEST else ""
