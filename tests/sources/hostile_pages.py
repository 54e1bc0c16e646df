"""What stands on the hostile server: pages with links, budgets by number, sitemaps, robots.txt, lists without end."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Sequence
from html import escape

from tests.extractors.pdf.paper import pdf
from tests.flows.papers import sheet
from tests.sources.hostile_reply import HTML, PDF, TEXT, XML, Reply
from tests.sources.hostile_server import Site

UNIT = "Bedragen x € 1.000"
ROBOTS_JUNK = bytes(range(256)) * 40
ROBOTS_PAGE = "<!DOCTYPE html><html><body><p>User-agent: *</p><p>Disallow: /</p></body></html>"
ROBOTS_HUGE = b"# niets\n" * 250_000 + b"User-agent: *\nDisallow: /\n"


def html(title: str, body: str = "", links: Iterable[str] = (), *, head: str = "", charset: str = "utf-8") -> str:
    """A page with a heading, a body of markup, and a list of links whose addresses stand there as given."""
    items = "".join(f'<li><a href="{escape(one)}">{escape(one)}</a></li>' for one in links)
    nav = f"<nav><ul>{items}</ul></nav>" if items else ""
    meta = f'<meta charset="{charset}"><title>{escape(title)}</title>{head}'
    main = f"<main><h1>{escape(title)}</h1>\n{body}</main>"
    return f'<!DOCTYPE html>\n<html lang="nl"><head>{meta}</head>\n<body>{nav}{main}</body></html>\n'


def rows_of(number: int) -> list[list[str]]:
    """Lasten, baten and saldo of a programme over three years, which add up, others for each number below 2,000,000."""
    lasten = [1000 + 7 * number + 107 * year for year in range(3)]
    baten = [400 + 3 * number + 31 * year for year in range(3)]
    saldo = [b - a for a, b in zip(lasten, baten, strict=True)]
    amounts = ("Lasten", lasten), ("Baten", baten), ("Saldo", saldo)
    return [[label, *(f"{one:,}".replace(",", ".") for one in row)] for label, row in amounts]


def headings_of(year: int) -> list[str]:
    """The headings over the columns of a budget for a year."""
    return ["Omschrijving", f"Rekening {year - 2}", f"Begroting {year - 1}", f"Begroting {year}"]


def title_of(number: int) -> str:
    """The title of the programme of a number."""
    return f"Programma {number} Bestuur en ondersteuning"


def budget_table(number: int, year: int = 2026) -> str:
    """The table of a programme as HTML."""
    head = "".join(f"<th>{one}</th>" for one in headings_of(year))
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows_of(number))
    return f"<table><caption>{UNIT}</caption><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n"


def budget_cells(number: int, year: int = 2026) -> str:
    """The table of a programme flattened: each cell a paragraph."""
    cells = [UNIT, *headings_of(year), *(cell for row in rows_of(number) for cell in row)]
    return "".join(f"<p>{one}</p>\n" for one in cells)


def budget_page(number: int, year: int = 2026, links: Iterable[str] = ()) -> str:
    """A page with the table of a programme; every third is flattened."""
    table = budget_cells if number % 3 == 0 else budget_table
    return html(title_of(number), table(number, year), links)


def budget_text(number: int, year: int = 2026) -> str:
    """The table of a programme as plain text, one cell a line."""
    return "\n".join([title_of(number), UNIT, *headings_of(year), *(c for row in rows_of(number) for c in row)]) + "\n"


def budget_pdf(number: int, year: int = 2026) -> bytes:
    """The table of a programme as a PDF of one page."""
    years = tuple(str(one) for one in range(year - 2, year + 1))
    return pdf(sheet(*rows_of(number), title=title_of(number), years=years))


def budget_site(
    site: Site, pages: int = 500, *, root: str = "/begroting", year: int = 2026, chapter: int = 50
) -> list[str]:
    """A site of so many pages with a budget table each, and the paths of those pages in the order of its navigation.

    The root leads to chapters, a chapter to its pages, a page to its neighbours, its chapter and the root: beside the
    pages there are the root and `pages / chapter` chapters, rounded up. All have an ETag that goes by the content.
    """
    paths = [f"{root}/hoofdstuk-{n // chapter + 1}/programma-{n + 1}" for n in range(pages)]
    chapters = list(dict.fromkeys(one.rpartition("/")[0] + "/" for one in paths))
    tagged(site, f"{root}/", html(f"Begroting {year}", "<p>De gemeente werkt aan haar begroting.</p>", chapters))
    for n, one in enumerate(chapters):
        tagged(site, one, html(f"Hoofdstuk {n + 1}", "", [f"{root}/", *(p for p in paths if p.startswith(one))]))
    for n, path in enumerate(paths):
        around = [f"{root}/", "./", *paths[max(n - 1, 0) : n], *paths[n + 1 : n + 2]]
        tagged(site, path, budget_page(n + 1, year, around))
    return paths


def tagged(site: Site, path: str, body: str | bytes, **how: object) -> None:
    """A page with an ETag that goes by its content."""
    content = body.encode() if isinstance(body, str) else body
    site.page(path, content, **{"etag": f'"{zlib.crc32(content):08x}"'} | how)


def calendar(site: Site, root: str = "/kalender") -> None:
    """A calendar without end: each page leads to two new ones by its path, two by its query, one by a session."""

    def day(target: str) -> Reply:
        path, _, query = target.partition("?")
        number = int(query.partition("dag=")[2].partition("&")[0] or 1)
        links = [f"{path}/1", f"{path}/2", f"{path}?dag={2 * number}", f"{path}?dag={2 * number + 1}"]
        return Reply(
            html("Agenda", "<p>Er is niets te doen.</p>", [*links, f"{path}?dag={number}&sessie={len(site.requests)}"])
        )

    site.pages_below(root, day)


def deeper(site: Site, root: str = "/diep/") -> None:
    """Pages whose relative link leads ever deeper: /diep/map/map/map/..."""
    site.pages_below(root, lambda _: Reply(html("Map", "", ["map/"])))


def spellings(site: Site, path: str = "/programma/zorg") -> list[str]:
    """Links that all are one address, for a client that knows the rules (RFC 3986, 6.2.2) and what only tracks."""
    whole, (folder, _, last) = site.url(path), path.rpartition("/")
    coded = "".join(f"%{ord(one):02x}" for one in last)
    return [
        *(path, whole, whole.replace("http://", "HTTP://"), f"{path}#lasten", f"{path}#", f" {path}\n"),
        *(f"/x/..{path}", f"/.{path}", f"{folder}/./{last}"),
        *(f"{folder}/{coded}", f"{folder}/{coded.upper().replace('%7A', '%7a')}"),
        *(f"{path}?utm_source=nieuwsbrief&utm_medium=mail", f"{path}?fbclid=abc", f"{path}?"),
    ]


def useless_links() -> list[str]:
    """Links that lead to no document of the web, and some that break parsers."""
    return [
        *("javascript:void(0)", "mailto:griffie@example.org", "tel:+31201234567", "#boven", "", "about:blank"),
        *("data:text/html,x", "file:///etc/passwd", "ftp://127.0.0.1/begroting.pdf", "\x00"),
        *("http://", "http://[::1", "//", "http:///p", "http://127.0.0.1:99999/", "http://127.0.0.1:x/"),
        *("http://" + "a" * 300 + ".nl/", "/" + "lang" * 20_000),
    ]


def quiet_links(path: str) -> str:
    """Markup in which an address stands that no one is invited to: nofollow, script, comment, template, a form."""
    return (
        f'<a rel="nofollow" href="{path}?nofollow">x</a><!-- <a href="{path}?commentaar">x</a> -->'
        f"<script>document.write('<a href=\"{path}?script\">x</a>')</script>"
        f'<button onclick="location=\'{path}?knop\'">x</button><form action="{path}?formulier"><input></form>'
        f'<template><a href="{path}?sjabloon">x</a></template><link rel="prefetch" href="{path}?vooraf">'
    )


def sitemap(addresses: Iterable[str], *, index: bool = False, doctype: str = "") -> bytes:
    """A sitemap of pages, or of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    found = "".join(f"<{inner}><loc>{escape(one)}</loc></{inner}>\n" for one in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<{outer} xmlns="{space}">\n{found}</{outer}>\n'.encode()


def sitemap_with_entities(levels: int = 12) -> bytes:
    """A sitemap whose only address is an entity that grows tenfold with each level."""
    tenfold = [10 * f"&e{n};" for n in range(levels - 1)]
    steps = "".join(f'<!ENTITY e{n} "{one}">' for n, one in enumerate(tenfold, 1))
    doctype = f'<!DOCTYPE urlset [<!ENTITY e0 "lol">{steps}]>\n'
    return sitemap(["X"], doctype=doctype).replace(b"X<", f"&e{levels - 1};<".encode())


def sitemap_from_outside(address: str) -> bytes:
    """A sitemap with an outside DTD, and an entity whose text is at an address: whoever asks for it is fooled."""
    doctype = f'<!DOCTYPE urlset SYSTEM "{address}dtd" [<!ENTITY outside SYSTEM "{address}entity">]>\n'
    return sitemap(["X"], doctype=doctype).replace(b"X<", b"&outside;<")


def put_sitemaps(site: Site, addresses: Sequence[str], root: str = "/sitemap.xml") -> None:
    """An index of two sitemaps, plain and gz, each with half of the addresses."""
    half = len(addresses) // 2
    site.page(root, sitemap([site.url("/sitemap-1.xml"), site.url("/sitemap-2.xml.gz")], index=True), type=XML)
    site.page("/sitemap-1.xml", sitemap(addresses[:half]), type=XML)
    site.page("/sitemap-2.xml.gz", gzip.compress(sitemap(addresses[half:]), mtime=0), type="application/gzip")


def documents(site: Site) -> dict[str, str]:
    """One budget as page, text and PDF, and the paths of these."""
    site.page("/zorg", budget_page(1), type=HTML, etag='"h1"')
    site.page("/zorg.txt", budget_text(2), type=TEXT, etag='"t1"')
    site.page("/zorg.pdf", budget_pdf(4), type=PDF, etag='"p1"', modified="Mon, 03 Nov 2025 08:00:00 GMT")
    return {"page": "/zorg", "text": "/zorg.txt", "pdf": "/zorg.pdf"}
