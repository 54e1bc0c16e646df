"""The parts of a web page that have a name elsewhere: tabs, accordions, sections named by their heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from schemas.notation import without_unseen

_LONGEST = 80
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OUTLINE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Panels:
    """The names of a page's parts: by a link or a button to them, by the element that they say names them (WAI-ARIA
    `aria-controls`, `aria-labelledby`), or by their summary.

    `apart` holds the names that do not stand at their part: another name, or the part of another, stands between.
    """

    def __init__(self, root: etree._Element) -> None:
        self._names = dict(_names(root))
        self._places: dict[etree._Element, int] = {}
        self._dated: dict[int, etree._Element] = {}  # the headings that name a year, by their place
        if self._names:
            self._look_through(root)
        self._dated_places = list(self._dated)
        self.apart = frozenset(self._apart())

    def around(self, table: etree._Element) -> tuple[str, ...]:
        """The names of the parts that a table stands in, the innermost last, up to one with a heading of its own above
        the table that names a year.
        """
        names: list[str] = []
        for part in table.iterancestors() if self._names else ():
            name = self._names.get(part)
            if name is None:
                continue
            start = bisect_right(self._dated_places, self._places[part])
            end = bisect_left(self._dated_places, self._places[table])
            if any(self._dated[at] is not name for at in self._dated_places[start : min(end, start + 2)]):
                break
            if text := _text(name):
                names.insert(0, text)
        return tuple(names)

    def _look_through(self, root: etree._Element) -> None:
        wanted = {*self._names, *self._names.values()}
        for at, node in enumerate(root.iter(etree.Element)):
            if node in wanted or node.tag == "table" or node.get("role"):
                self._places[node] = at
            if node.tag in _OUTLINE and _YEAR.search(_text(node)):
                self._dated[at] = node

    def _apart(self) -> Iterator[etree._Element]:
        between = sorted({self._places[node] for node in chain.from_iterable(self._names.items())})
        for part, name in self._names.items():
            if bisect_left(between, self._places[part]) > bisect_right(between, self._places[name]):
                yield name


def _names(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Each part that has one name, and the element that holds it."""
    by_id: dict[str, etree._Element] = {}
    targets: dict[str, list[etree._Element]] = {}
    labelled: list[etree._Element] = []
    for node in root.iter(etree.Element):
        if own := node.get("id"):
            by_id.setdefault(own, node)
        link = node.get("href", "") if node.tag == "a" else ""
        if target := node.get("aria-controls") or (link[1:] if link.startswith("#") else ""):
            targets.setdefault(target, []).append(node)
        if node.tag == "details" or node.get("aria-labelledby"):
            labelled.append(node)
    for target, found in targets.items():
        part = by_id.get(target)
        if part is not None and len({_text(one) for one in found}) == 1:
            yield part, found[0]
    for part in labelled:
        name = part.find("summary") if part.tag == "details" else by_id.get(part.get("aria-labelledby", ""))
        if name is not None:
            yield part, name


def _text(node: etree._Element) -> str:
    """The text of an element; empty where it is too long for a name."""
    parts: list[str] = []
    size = 0
    for part in node.itertext("*"):
        parts.append(str(part))
        size += len(part)
        if size > _LONGEST * 4:
            return ""
    text = " ".join(without_unseen("".join(parts)).split())
    return text if len(text) <= _LONGEST else ""
