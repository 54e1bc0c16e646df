"""Web pages: tables by markup or by ARIA roles, with every cell in the columns that its spans cover.

Tables that only lay out the page are walked through; hidden tabs and accordions are read like the rest. A table that
the markup holds twice, once for small screens, is one table. In a page without any table, its texts are read as
flattened text is, one cell a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from extractors.between import with_tables_between
from extractors.charsets import by_its_bytes, has_mark
from extractors.copies import without_copies
from extractors.grid_cells import heading_rows, with_lines_as_rows, with_signs
from extractors.headed_cells import without_headings_inside
from extractors.html_ledger import count_shown
from extractors.markup import (
    HEADINGS,
    INLINE,
    JOINT,
    SKIPPED,
    captions,
    cell_nodes,
    indent,
    is_copy,
    is_for_some,
    is_raised,
    is_table,
    is_unseen,
    joint,
    lead_of,
    put_into_rows,
    row_nodes,
    shown,
    span,
    text_of,
)
from extractors.panels import Panels
from extractors.text import tables_in_texts
from schemas.errors import DocumentError
from schemas.notation import count_tokens, parse_amount, parse_year
from schemas.records import Form, RawCell, RawDocument, RawTable, RawText

MOST_COLUMNS = 200
MOST_ROWS = 50_000
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|ul|section|article|main|span)\b", re.I)
_SOFT_BREAK = re.compile(r"</?wbr\s*/?>", re.I)  # libxml2 takes what follows one to be inside it


def looks_like_html(content: bytes) -> bool:
    """Whether the first kilobytes hold the tags of a web page."""
    head = content[:20_000]
    if has_mark(head):
        head = (by_its_bytes(head) or "").encode()
    return b"<" in head and bool(_MARKUP.search(head))


def decoded(content: bytes) -> str:
    """The page's text: in the charset that its bytes show, else in the one that it declares, else in Windows-1252."""
    text = by_its_bytes(content)
    if text is not None:
        return text
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
    text = _SOFT_BREAK.sub("", decoded(content).replace("\x00", ""))
    if not text.strip():
        raise DocumentError("empty", "the document is empty")
    root = _parsed(text)
    walker = _Walker(Panels(root))
    walker.walk(root)
    texts = [block for block in walker.blocks if isinstance(block, RawText)]
    if len(texts) == len(walker.blocks):
        return RawDocument(tuple(tables_in_texts(texts)), count_shown(text))
    blocks = with_tables_between(walker.blocks, walker.copies)
    return RawDocument(tuple(without_copies(blocks, walker.copies)), count_shown(text))


def _parsed(text: str) -> etree._Element:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DocumentError("damaged", f"no table can be read from the markup: {error}") from error
    put_into_rows(root)
    return root


class _Walker:
    """Walks a page once, gathering texts between tables and the tables themselves."""

    def __init__(self, panels: Panels) -> None:
        self.blocks: list[RawTable | RawText] = []
        self._panels = panels
        self._apart = False  # whether a text names a part of the page that stands elsewhere
        self.copies: set[int] = set()  # ids of the blocks that only some screens show
        self._text: list[str] = []
        self._tables = 0
        self._line = 0
        self._heading = False
        self._aids: list[str] = []  # what cells of a table hold beside their text
        self._hidden: list[str] = []  # what cells of a table hold but do not show
        self._nodes: dict[int, etree._Element] = {}  # of the cells of a table, by the cell's id
        self._set = False  # whether lines stand as they are written: in a `pre`
        self._for_some = 0  # how many elements around a text are for some screens only

    def walk(self, root: etree._Element) -> None:
        """Gather the blocks below an element."""
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else ""
            if done:
                self._leave(tag)
                self._for_some -= tag not in INLINE and is_for_some(node)
                self._add(JOINT if tag in INLINE else "")
                self._add(node.tail)
                continue
            if not tag or tag in SKIPPED or (tag in INLINE and is_unseen(node.get)):
                self._add(JOINT)
                self._add(node.tail)
                continue
            if is_table(node):
                self._flush()
                self._table(node)
                self._add(node.tail)
                continue
            self._enter(tag, node.get("role", ""))
            self._for_some += tag not in INLINE and is_for_some(node)
            self._add(" " if is_raised(tag, node.get) else joint(tag))
            self._apart |= node in self._panels.apart
            self._add(node.text)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
        self._flush()

    def _enter(self, tag: str, role: str) -> None:
        if tag not in INLINE:
            self._flush()
            self._heading, self._set = tag in HEADINGS or (tag == "button" and role != "tab"), tag == "pre"

    def _leave(self, tag: str) -> None:
        if tag not in INLINE:
            self._flush()
            self._heading = self._set = False

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def _flush(self) -> None:
        whole = shown("".join(self._text)).strip()
        self._text = []
        for text in filter(str.strip, whole.splitlines() if self._set else [whole]):
            self._line += 1
            where = f"text={self._line}"
            self.blocks.append(RawText(text, self._line, where, self._heading, is_apart=self._apart))
            if self._for_some:
                self.copies.add(id(self.blocks[-1]))
        self._apart = False

    def _table(self, node: etree._Element) -> None:
        self._tables += 1
        for caption in captions(node):
            self._line += 1
            self.blocks.append(RawText(caption, self._line, f"table={self._tables};caption", is_heading=True))
        rows, repeated = without_headings_inside(list(self._rows(node)), self._lead)
        rows = with_signs(with_lines_as_rows(rows))
        if rows:
            within = self._panels.around(node)
            heads = heading_rows(rows)
            self.blocks.append(RawTable(Form.GRID, tuple(rows), heading_rows=heads, exact=True, within=within))
            if is_copy(node):
                self.copies.add(id(self.blocks[-1]))
        for text in filter(str.strip, self._hidden):
            self._line += 1
            self.blocks.append(RawText(text.strip(), self._line, f"table={self._tables};hidden"))
            self.copies.add(id(self.blocks[-1]))
        aids = [text.strip() for text in self._aids if count_tokens(text)]
        for place, texts in (("headings", repeated), ("aids", aids)):
            if texts:
                self._line += 1
                where = f"table={self._tables};{place}"
                self.blocks.append(RawText("\n".join(texts), self._line, where, is_apart=True))
        self._hidden, self._aids, self._nodes = [], [], {}

    def _rows(self, node: etree._Element) -> Iterator[tuple[RawCell, ...]]:
        """The rows with spanned cells in each place that they cover."""
        spanned: dict[int, tuple[RawCell, int]] = {}
        group: etree._Element | None = None
        for number, row in enumerate(row_nodes(node), start=1):
            if number > MOST_ROWS:
                raise DocumentError("too_large", f"a table has more than {MOST_ROWS} rows")
            self._line += 1
            if row.getparent() is not group:
                spanned, group = {}, row.getparent()  # a span ends with its thead, tbody or tfoot
            cells: list[RawCell] = []
            for at, cell_node in enumerate(cell_nodes(row), start=1):
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
            cells.append(cell._replace(text="") if at and _is_amount(cell) else cell)

    def _cell(self, node: etree._Element, locator: str) -> RawCell:
        hidden: list[str] = []
        aids: list[str] = []
        raw = text_of(node, hidden, aids)
        if not raw.strip():
            hidden, aids = [], []
            raw = text_of(node)  # a row that is folded up, or a button that names it
        self._hidden += hidden
        self._aids += aids
        text = raw.strip(" \n\t\r\u00a0\u2007\u2009\u202f")
        role = node.get("role", "")
        heading = (node.tag == "th" and node.get("scope") != "row") or role == "columnheader"
        spans = span(node, "rowspan"), span(node, "colspan")
        cell = RawCell(text, self._line, locator, heading, indent(node, raw), *spans)
        self._nodes[id(cell)] = node
        return cell

    def _lead(self, cell: RawCell) -> str:
        node = self._nodes.get(id(cell))
        return "" if node is None else lead_of(node)


def _is_amount(cell: RawCell) -> bool:
    """Whether a cell that covers rows holds an amount, which is counted in the first of them."""
    return not cell.is_heading and parse_amount(cell.text) is not None and parse_year(cell.text) is None
