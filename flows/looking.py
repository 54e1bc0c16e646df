"""A first look at an address: what stands there, and what it is believed to be. Nothing is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from extractors.glimpse import Glimpse, glimpse
from schemas.captures import Answer
from schemas.records import Follow
from sources.addresses import host_of, may_be_document
from sources.fetching import Fetcher
from sources.site import links_of
from transformers.belief import Belief, kind_believed, publisher_believed, year_believed

_FEWEST_PAGES = 5  # links below a page's folder from which on it is taken for the root of a site


@dataclass(frozen=True, slots=True)
class Look:
    """What stands at an address. `follow` is what is proposed to be followed."""

    answer: Answer
    what: str
    pages: int
    pdfs: int
    follow: tuple[Follow, ...]
    title: str
    publisher: tuple[str, str] | None  # code, and why
    kind: Belief | None
    year: Belief | None


def look_at(address: str, fetcher: Fetcher) -> Look:
    """Ask for an address once and say what it looks like.

    Raises:
        DocumentError: where it can't be had.
    """
    answer = fetcher.get(address)
    content = answer.content or b""
    seen = glimpse(content)
    if seen.pages is not None:
        return _believed(answer, f"a PDF of {seen.pages} pages", seen.pages, 0, (), seen)
    links = links_of(content, answer.final_url)
    folder = urlsplit(answer.final_url).path.rpartition("/")[0] + "/"
    below = [
        link
        for link in links
        if host_of(link) == host_of(answer.final_url)
        and urlsplit(link).path.startswith(folder)
        and may_be_document(link)
        and not link.lower().endswith(".pdf")
        and link != answer.final_url
    ]
    pdfs = [link for link in links if urlsplit(link).path.lower().endswith(".pdf")]
    is_site = len(below) >= _FEWEST_PAGES
    what = f"a site: a page with {len(below)} links to pages below it" if is_site else "one page"
    follow = (Follow.PAGES,) if is_site else ((Follow.PDFS,) if pdfs else ())
    return _believed(answer, what, len(below) + 1, len(pdfs), follow, seen)


def _believed(answer: Answer, what: str, pages: int, pdfs: int, follow: tuple[Follow, ...], seen: Glimpse) -> Look:
    address = answer.final_url
    title, texts = seen.title, seen.texts
    said = [title, re.sub(r"[-_/.%]+", " ", urlsplit(address).path), urlsplit(address).netloc, *texts]
    host = urlsplit(address).hostname or ""
    body = publisher_believed(host, [title, *texts])
    publisher = None if body is None else (body[0].code, f"{body[0].label}, from {' '.join(body[1].split())[:80]!r}")
    return Look(answer, what, pages, pdfs, follow, title, publisher, kind_believed(said), year_believed(said))
