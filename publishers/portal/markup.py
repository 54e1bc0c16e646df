"""Texts of documents as HTML, a whole column at once: everything in them is hostile."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
from markupsafe import Markup, escape

from publishers.portal.words import Words

_UNSAFE = "[&<>\"']"
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))


def escaped(texts: pa.Array) -> pa.Array:
    """The texts as they may stand in an element or between quotes; as markupsafe escapes them."""
    if not pc.any(pc.match_substring_regex(texts, _UNSAFE)).as_py():
        return texts
    for character, entity in _ENTITIES:
        texts = pc.replace_substring(texts, character, entity)
    return texts


def joined(*parts: object) -> pa.Array:
    """Columns and fixed texts one after another; a null is empty text."""
    scalars = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*scalars, "", null_handling="replace", null_replacement="")


def gathered(texts: pa.Array, starts: Sequence[int]) -> pa.Array:
    """Runs of texts each made one; `starts` are where the runs begin, and the end of the last."""
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(starts, pa.int32()), texts), "")


def safe_url(url: str | None) -> str | None:
    """An address that a link may lead to, escaped and without its fragment; None for anything but http and https."""
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    return str(escape("".join(map(_in_address, url.partition("#")[0]))))


def _in_address(character: str) -> str:
    return character if character.isprintable() and character != " " else quote(character)


def bilingual(words: Words) -> Markup:
    """A text of ours in both languages, as HTML."""
    nl, en = escape(words.nl), escape(words.en)
    return Markup(nl if nl == en else f'<span class="nl">{nl}</span><span class="en" lang="en">{en}</span>')  # noqa: S704
