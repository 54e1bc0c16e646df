"""What stands beside the text of a cell for those who use the page, and is no part of it: buttons, tooltips, icons."""

from __future__ import annotations

import re

from lxml import etree

from schemas.notation import parse_amount

_BUTTON = re.compile(  # a sign, or a word for what it opens; the name of a row may be a button too
    r"[^\w(]{0,2}|i|(?:meer |lees )?(?:info(?:rmatie)?|uitleg|toelichting|meer)|toon|open|sluit|(?:uit|in)klappen", re.I
)
_ICON = re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u24d8\u25a0-\u25ff\u2700-\u27bf\ue000-\uf8ff\ufe0f‹›«»\s]+|i")
_ANCHOR = re.compile(r"[#¶§]")
_TOOLTIP = re.compile(r"(?:^|\s)tooltip-?(?:text|content|inner|body)(?:$|\s)", re.I)


def is_aid(node: etree._Element) -> bool:
    """Whether an element inside a cell only helps to use the page. What is an amount never does."""
    text = "".join(map(str, node.itertext())).strip()
    role = node.get("role")
    if node.tag == "button" or role == "button":
        return _BUTTON.fullmatch(text) is not None
    if node.tag == "a" and (node.get("href") or "").startswith("#"):
        return _ANCHOR.fullmatch(text) is not None
    if role == "tooltip" or _TOOLTIP.search(node.get("class") or ""):
        return parse_amount(text) is None
    return node.get("aria-hidden") == "true" and _ICON.fullmatch(text) is not None
