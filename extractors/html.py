"""Web pages: tables by markup or by ARIA roles, with every cell in the columns that its spans cover.

Tables that only lay out the page are walked through; hidden tabs and accordions are read like the rest. A table that
the markup holds twice, once for small screens, is one table. In a page without any table, its texts are read as
flattened text is, one cell a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from lxml import etree, html

from extractors.text import tables_in_texts
from schemas.errors import DocumentError
from schemas.notation import count_tokens
from schemas.records import Form, RawCell, RawDocument, RawTable, RawText

MOST_COLUMNS = 200
MOST_ROWS = 50_000
_SKIPPED = frozenset(("script", "style", "head", "del", "s", "strike"))
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q samp small span strong time"
    " tt u var wbr".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "figcaption"))
_CELL_ROLES = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_COPY = re.compile(
    r"(?:^|[\s_-])(?:mobile|mobiel|visible-xs|hidden-(?:xs|sm|md|lg)|d-none|d-\w\w-none|only-mobile|desktop-only|small-only"
    r"|show-for-small|hide-for-\w+|print-only|screen-reader|sr-only|visually-hidden|responsive-copy)(?:$|[\s_-])",
    re.I,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_EARS = re.compile(r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader(?:-text)?)(?:$|\s)", re.I)
_PADDING = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*(\d+)", re.I)
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|ul|section|article|main|span)\b", re.I)


def looks_like_html(content: bytes) -> bool:
    """Whether the first kilobytes hold the tags of a web page."""
    return b"<" in content[:20_000] and bool(_MARKUP.search(content[:20_000]))


def decoded(content: bytes) -> str:
    """The page's text: in UTF-8 where it is valid UTF-8, else in the charset that it declares, else in Windows-1252."""
    for mark, charset in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(charset, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from bs4.dammit import EncodingDetector

        declared = EncodingDetector.find_declared_encoding(content, is_html=True) or "cp1252"
        charset = "cp1252" if declared.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "utf-8") else declared
        try:
            return content.decode(charset, errors="replace")
        except LookupError:
            return content.decode("cp1252", errors="replace")


def extract_html(content: bytes) -> RawDocument:
    """The tables and texts of a web page, in the order of its markup.

    Raises:
        DocumentError: `empty` where the page holds no text, `damaged` where no parser makes anything of it.
    """
    text = decoded(content).replace("\x00", "")
    if not text.strip():
        raise DocumentError("empty", "the document is empty")
    root = _parsed(text)
    walker = _Walker()
    walker.walk(root)
    texts = [block for block in walker.blocks if isinstance(block, RawText)]
    if len(texts) == len(walker.blocks):
        return RawDocument(tuple(tables_in_texts(texts)), _count(text))
    return RawDocument(tuple(_without_copies(walker.blocks, walker.copies)), _count(text))


def _parsed(text: str) -> etree._Element:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DocumentError("damaged", f"no table can be read from the markup: {error}") from error
    return root


class _Walker:
    """Walks a page once, gathering texts between tables and the tables themselves."""

    def __init__(self) -> None:
        self.blocks: list[RawTable | RawText] = []
        self.copies: dict[int, bool] = {}  # place of a table in blocks: whether it is a copy for another screen
        self._text: list[str] = []
        self._tables = 0
        self._line = 0
        self._heading = False

    def walk(self, root: etree._Element) -> None:
        """Gather the blocks below an element."""
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else ""
            if done:
                self._leave(tag)
                self._add(node.tail)
                continue
            if not tag or tag in _SKIPPED or (tag in _INLINE and _is_unseen(node.get)):
                self._add(node.tail)
                continue
            if _is_table(node):
                self._flush()
                self._table(node)
                self._add(node.tail)
                continue
            self._enter(tag)
            self._add(node.text)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
        self._flush()

    def _enter(self, tag: str) -> None:
        if tag not in _INLINE:
            self._flush()
            self._heading = tag in _HEADINGS or tag == "button"

    def _leave(self, tag: str) -> None:
        if tag not in _INLINE:
            self._flush()
            self._heading = False

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def _flush(self) -> None:
        text = "".join(self._text).strip()
        self._text = []
        if text:
            self._line += 1
            self.blocks.append(RawText(text, self._line, f"text={self._line}", self._heading))

    def _table(self, node: etree._Element) -> None:
        self._tables += 1
        for caption in _captions(node):
            self._line += 1
            self.blocks.append(RawText(caption, self._line, f"table={self._tables};caption", is_heading=True))
        rows = list(self._rows(node))
        if rows:
            self.copies[len(self.blocks)] = _is_copy(node)
            self.blocks.append(RawTable(Form.GRID, tuple(rows), heading_rows=_heading_rows(rows), exact=True))

    def _rows(self, node: etree._Element) -> Iterator[tuple[RawCell, ...]]:
        """The rows with spanned cells in each place that they cover."""
        spanned: dict[int, tuple[RawCell, int]] = {}
        for number, row in enumerate(_row_nodes(node), start=1):
            if number > MOST_ROWS:
                raise DocumentError("too_large", f"a table has more than {MOST_ROWS} rows")
            self._line += 1
            cells: list[RawCell] = []
            for at, cell_node in enumerate(_cell_nodes(row), start=1):
                self._fill(cells, spanned)
                cell = self._cell(cell_node, f"table={self._tables};row={number};cell={at}")
                for _ in range(min(cell.column_span, MOST_COLUMNS - len(cells))):
                    if cell.row_span > 1:
                        spanned[len(cells)] = (cell, cell.row_span - 1)
                    cells.append(cell)
            self._fill(cells, spanned)
            if cells:
                yield tuple(cells)

    @staticmethod
    def _fill(cells: list[RawCell], spanned: dict[int, tuple[RawCell, int]]) -> None:
        while len(cells) in spanned:
            at = len(cells)
            cell, left = spanned.pop(at)
            if left > 1:
                spanned[at] = (cell, left - 1)
            cells.append(cell)
            if left > 1:
                continue

    def _cell(self, node: etree._Element, locator: str) -> RawCell:
        raw = _text_of(node)
        text = raw.strip(" \n\t\r\u00a0\u2007\u2009\u202f")
        role = node.get("role", "")
        heading = (node.tag == "th" and node.get("scope") != "row") or role == "columnheader"
        return RawCell(
            text,
            self._line,
            locator,
            heading,
            _indent(node, raw),
            _span(node, "rowspan"),
            _span(node, "colspan"),
        )


def _is_table(node: etree._Element) -> bool:
    """Whether an element is a table of data: rows and cells, no table inside, and not said to be layout."""
    role = node.get("role", "")
    if role in ("table", "grid", "treegrid"):
        return True
    if node.tag != "table" or role in ("presentation", "none"):
        return False
    return not any(inner is not node for inner in node.iter("table")) and node.find(".//*[@role='table']") is None


def _row_nodes(node: etree._Element) -> Iterator[etree._Element]:
    if node.tag == "table":
        yield from node.iter("tr")
    else:
        yield from (row for row in node.iter() if row.get("role") == "row")


def _cell_nodes(row: etree._Element) -> Iterator[etree._Element]:
    if row.tag == "tr":
        yield from (cell for cell in row if cell.tag in ("td", "th"))
    else:
        yield from (cell for cell in row.iter() if cell.get("role") in _CELL_ROLES)


def _captions(node: etree._Element) -> Iterator[str]:
    for caption in node.iter("caption"):
        text = " ".join(_text_of(caption).split())
        if text:
            yield text


def _heading_rows(rows: list[tuple[RawCell, ...]]) -> int:
    count = 0
    for row in rows:
        words = [cell for cell in row if cell.text]
        if not words or not all(cell.is_heading for cell in words):
            break
        count += 1
    return count if count < len(rows) else 0


def _text_of(node: etree._Element) -> str:
    """The text below an element; blocks, breaks and raised notes stand apart."""
    out: list[str] = [node.text or ""]
    stack: list[tuple[etree._Element, bool]] = [(child, False) for child in reversed(node)]
    while stack:
        child, done = stack.pop()
        tag = child.tag if isinstance(child.tag, str) else ""
        apart = "" if tag in _INLINE else ("\n" if tag in ("br", "p", "div", "li") else " ")
        if done:
            out += ["" if tag == "br" else apart, child.tail or ""]
        elif not tag or tag in _SKIPPED or (tag in _INLINE and _is_unseen(child.get)):
            out.append(child.tail or "")
        else:
            out += [apart, child.text or ""]
            if tag == "sup" and (child.text or "").strip().isdigit() and not len(child):
                out.append(")")  # a raised figure is the mark of a note, and never a digit of the amount
            stack.append((child, True))
            stack.extend((inner, False) for inner in reversed(child))
    return "".join(out)


def _is_unseen(attribute: Callable[[str], str | None]) -> bool:
    """Whether words inside a line are not shown on the screen: digits among them are no digits of an amount."""
    style, names = attribute("style") or "", attribute("class") or ""
    return bool(_NOT_SHOWN.search(style)) or attribute("hidden") is not None or bool(_FOR_EARS.search(names))


def _span(node: etree._Element, name: str) -> int:
    value = (node.get(name) or node.get(f"aria-{name}") or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdigit() and len(value) < 5 else 1


def _indent(node: etree._Element, raw: str) -> int:
    """How far a label is set in: by hard spaces before it, or by padding."""
    hard = len(raw) - len(raw.lstrip("\u00a0 \n\t\r")) if raw.lstrip(" \n\t\r")[:1] == "\u00a0" else 0
    padding = _PADDING.search(node.get("style") or "")
    return hard + (int(padding[1]) // 5 if padding else 0)


def _is_copy(node: etree._Element) -> bool:
    """Whether a table stands in a part of the page that only some screens show."""
    element: etree._Element | None = node
    while element is not None:
        if _COPY.search(element.get("class") or "") or _NOT_SHOWN.search(element.get("style") or ""):
            return True
        if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
            return True
        element = element.getparent()
    return False


def _without_copies(blocks: list[RawTable | RawText], copies: dict[int, bool]) -> Iterator[RawTable | RawText]:
    """The blocks, with each later equal of a table marked as such; a copy for other screens is `hidden_copy`."""
    first: dict[tuple[tuple[str, ...], ...], tuple[int, bool]] = {}
    number = -1
    for at, block in enumerate(blocks):
        if isinstance(block, RawText):
            yield block
            continue
        number += 1
        key = tuple(tuple(cell.text for cell in row) for row in block.rows)
        if key not in first:
            first[key] = (number, copies[at])
            yield block
            continue
        earlier, was_copy = first[key]
        hidden = copies[at] or was_copy
        yield RawTable(block.form, block.rows, block.page, block.heading_rows, earlier, exact=True, hidden_copy=hidden)


class _Counter(HTMLParser):
    """Counts amount-like tokens in a page's text with a parser of its own, without any notion of tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = {name: value or "" for name, value in attrs}
        unseen = tag in _INLINE and tag != "wbr" and _is_unseen(shown.get)
        if tag in _SKIPPED or unseen or (self._skipping and tag == self._skipping[-1]):
            self._skipping.append(tag)
        elif tag == "body":
            self._skipping.clear()
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag == self._skipping[-1]:
            self._skipping.pop()
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)


def _count(text: str) -> int:
    counter = _Counter()
    counter.feed(text)
    counter.close()
    return count_tokens("".join(counter.parts))
