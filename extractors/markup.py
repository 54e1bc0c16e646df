"""The elements of a web page: which are tables, rows and cells, what text each shows, and for whom it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from extractors.aids import is_aid
from schemas.notation import without_unseen

SKIPPED = frozenset(("script", "style", "head", "del", "s", "strike"))
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q samp small span strong time"
    " tt u var wbr".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "figcaption"))
_CELL_ROLES = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_COPY = re.compile(
    r"(?:^|[\s_-])(?:mobile|mobiel|visible-xs|hidden-(?:xs|sm|md|lg)|d-none|d-\w\w-none|only-mobile|desktop-only|small-only"
    r"|show-for-small|hide-for-\w+|print-only|screen-reader|sr-only|visually-hidden|responsive-copy)(?:$|[\s_-])",
    re.I,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_OTHERS = re.compile(  # for ears, or for small screens only
    r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader(?:-text)?|tablesaw-cell-label"
    r"|(?:mobile|responsive|rwd)-label|d-(?:sm|md|lg|xl)-none(?!.*\bd-\w\w-(?:inline|block)))(?:$|\s)",
    re.I,
)
_FEWEST_CELLS = 3  # in rows of data around tables of one row
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.I)
JOINT = "\ufdd0"  # where an element inside a line begins or ends; no character of any text
_FIGURES = re.compile(rf"[\d.,{JOINT}]+")
_BETWEEN_DIGITS = re.compile(rf"(?<=\d){JOINT}+(?=\d)")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_LONE_DASH = re.compile(rf"(?<=[^\W\d]){JOINT}+(?=[-–−](?:[\s{JOINT}]|$))")
_HALVES_OF_YEAR = re.compile(rf"{JOINT}*(?:19|20){JOINT}+\d\d{JOINT}*")
_PADDING = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d+)", re.I)


def is_table(node: etree._Element) -> bool:
    """Whether an element is a table of data: rows and cells, no other inside, and not said to be layout."""
    role = node.get("role", "")
    if role in ("table", "grid", "treegrid"):
        return True
    if node.tag != "table" or role in ("presentation", "none"):
        return False
    if node.find(".//*[@role='table']") is not None:
        return False
    inside = [inner for inner in node.iter("table") if inner is not node]
    return not inside or (all(_is_in_a_cell(inner) for inner in inside) and _has_own_rows(node))


def _is_in_a_cell(node: etree._Element) -> bool:
    """Whether a table is of one row: it lays out what one cell of another holds."""
    return sum(1 for _ in node.iter("tr")) <= 1


def _has_own_rows(node: etree._Element) -> bool:
    return sum(sum(1 for _ in cell_nodes(row)) >= _FEWEST_CELLS for row in row_nodes(node)) > 1


def row_nodes(node: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table as they are shown: in the order of its markup, a tfoot last."""
    if node.tag == "table":
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table"), None) is node]
        yield from sorted(rows, key=lambda row: (above := row.getparent()) is not None and above.tag == "tfoot")
    else:
        yield from (row for row in node.iter() if row.get("role") == "row")


def put_into_rows(root: etree._Element) -> None:
    """Give cells that stand in no row of their table the row that browsers make for them."""
    made: etree._Element | None = None
    for cell in list(root.iter("td", "th")):
        parent = cell.getparent()
        if parent is None or parent.tag not in ("table", "thead", "tbody", "tfoot"):
            continue
        if made is None or cell.getprevious() is not made:
            made = parent.makeelement("tr", None, None)
            parent.insert(parent.index(cell), made)
        made.append(cell)


def cell_nodes(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row."""
    if row.tag == "tr":
        yield from (cell for cell in row if cell.tag in ("td", "th"))
    else:
        yield from (cell for cell in row.iter() if cell.get("role") in _CELL_ROLES)


def captions(node: etree._Element) -> Iterator[str]:
    """The captions of a table that say something."""
    for caption in node.iter("caption"):
        text = " ".join(text_of(caption).split())
        if text:
            yield text


def text_of(node: etree._Element, hidden: list[str] | None = None, aids: list[str] | None = None) -> str:
    """The text below an element; blocks, breaks and raised notes stand apart.

    Blocks not shown go into `hidden`, what only helps to use the page into `aids`, where these are given.
    """
    out: list[str] = [node.text or ""]
    stack: list[tuple[etree._Element, bool]] = [(child, False) for child in reversed(node)]
    while stack:
        child, done = stack.pop()
        tag = child.tag if isinstance(child.tag, str) else ""
        raised = is_raised(tag, child.get)
        apart = " " if raised else joint(tag)
        if done:
            mark = ")" if raised and "".join(map(str, child.itertext())).strip().isdigit() else ""
            out += [mark, "" if tag == "br" else apart, child.tail or ""]
        elif not tag or tag in SKIPPED or (tag in INLINE and is_unseen(child.get)):
            out += [JOINT if tag else "", child.tail or ""]
        elif aids is not None and is_aid(child):
            aids.append(text_of(child))
            out += [apart, child.tail or ""]
        elif hidden is not None and tag not in INLINE and is_unseen(child.get):
            hidden.append(text_of(child))
            out += [apart, child.tail or ""]
        else:
            out += [apart, child.text or ""]
            stack.append((child, True))
            stack.extend((inner, False) for inner in reversed(child))
    return shown("".join(out))


def lead_of(node: etree._Element) -> str:
    """The text of the first element inside another, where no text stands before it and more behind."""
    whole = text_of(node).strip()
    inner = next(iter(node), None)
    while inner is not None and not (node.text or "").strip() and isinstance(inner.tag, str):
        text = text_of(inner).strip()
        if text != whole:
            return text
        node, inner = inner, next(iter(inner), None)
    return ""


def joint(tag: str) -> str:
    """What stands between the texts in and before an element."""
    if tag == "wbr":
        return ""
    return JOINT if tag in INLINE else ("\n" if tag in ("br", "p", "div", "li") else " ")


def is_raised(tag: str, attribute: Callable[[str], str | None]) -> bool:
    """Whether words stand above the line: a figure there is the mark of a note, and never a digit of the amount."""
    return tag == "sup" or (tag in INLINE and _RAISED.search(attribute("style") or "") is not None)


def shown(text: str) -> str:
    """The text with what elements inside a line hold put together, except digits that are not plainly one number.

    A dash that is all of its element is no part of the word before it.
    """
    if JOINT in text:
        text = _LONE_DASH.sub(" ", text)
        text = _FIGURES.sub(_one_number_or_more, text).replace(JOINT, "")
    return without_unseen(text)


def _one_number_or_more(found: re.Match[str]) -> str:
    whole = found.group().replace(JOINT, "")
    if _BETWEEN_DIGITS.search(found.group()) is None or _POINTED.fullmatch(whole.rstrip(".,")):
        return whole
    return whole if _HALVES_OF_YEAR.fullmatch(found.group()) else _BETWEEN_DIGITS.sub(" ", found.group())


def is_unseen(attribute: Callable[[str], str | None]) -> bool:
    """Whether words inside a line are not shown on the screen: digits among them are no digits of an amount."""
    style, names = attribute("style") or "", attribute("class") or ""
    return bool(_NOT_SHOWN.search(style)) or attribute("hidden") is not None or bool(_FOR_OTHERS.search(names))


def span(node: etree._Element, name: str) -> int:
    """How many rows or columns a cell covers, at most 1000."""
    value = (node.get(name) or node.get(f"aria-{name}") or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdigit() and len(value) < 5 else 1


def indent(node: etree._Element, raw: str) -> int:
    """How far a label is set in: by hard spaces before it, or by padding."""
    hard = len(raw) - len(raw.lstrip("\u00a0 \n\t\r")) if raw.lstrip(" \n\t\r")[:1] == "\u00a0" else 0
    padding = _PADDING.search(node.get("style") or "")
    return hard + (int(padding[1]) // 5 if padding else 0)


def is_copy(node: etree._Element) -> bool:
    """Whether a table stands in a part of the page that only some screens show."""
    element: etree._Element | None = node
    while element is not None:
        if is_for_some(element):
            return True
        element = element.getparent()
    return False


def is_for_some(element: etree._Element) -> bool:
    """Whether only some screens show what an element holds."""
    if _COPY.search(element.get("class") or "") or _NOT_SHOWN.search(element.get("style") or ""):
        return True
    return element.get("aria-hidden") == "true" or element.get("hidden") is not None
