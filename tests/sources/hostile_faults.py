"""Everything that can be wrong with one address, by name: for tests that go through all of it.

@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_nothing_hangs(site, name):
    FAULTS[name](site, "/p")
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.sources.hostile_pages import budget_page, budget_pdf, html, spellings, useless_links
from tests.sources.hostile_reply import HTML, PDF, PNG, Repeated, Reply, endless_gzip, later, zipped_zeros
from tests.sources.hostile_server import Site

Fault = Callable[[Site, str], None]

PAGE = budget_page(1)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(2000)
LOGIN = html("Inloggen", '<form method="post" action="/login"><input name="naam"><input type="password"></form>')
MISSING = html("Pagina niet gevonden", "<p>De pagina die u zoekt, bestaat niet (meer).</p>")
LATIN = PAGE.replace('<meta charset="utf-8">', "").replace("€", "\u00eb").encode("latin-1")
ENDLESS = Repeated(b"<p>En verder.</p>\n", most=50_000_000, start=b"<!DOCTYPE html><body>")
GZIP = {"Content-Encoding": "gzip"}
MANY_HEADERS = {f"X-Kop-{n}": "x" * 100 for n in range(90)}
PRIVATE = {
    "this network": "http://127.0.0.2/geheim",
    "localhost": "http://localhost/geheim",
    "IPv6": "http://[::1]/geheim",
    "IPv4 inside IPv6": "http://[::ffff:127.0.0.1]/geheim",
    "an unspecified host": "http://0.0.0.0/geheim",
    "a number": "http://2130706433/geheim",
    "octal": "http://0177.0.0.1/geheim",
    "a private network": "http://10.0.0.1/geheim",
    "a home network": "http://192.168.1.1/geheim",
    "a cloud's metadata": "http://169.254.169.254/latest/meta-data/",
}
SCHEMES = {
    "a file": "file:///etc/passwd",
    "FTP": "ftp://127.0.0.1/begroting.pdf",
    "data": "data:text/html,<h1>Begroting</h1>",
    "script": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.1:70/1",
}


def _page(body: object = PAGE, **how: object) -> Fault:
    return lambda site, path: site.page(path, body, **how)


def _fail(status: int, **how: object) -> Fault:
    return lambda site, path: site.fail(path, status, **how)


def _once(status: int, **how: object) -> Fault:
    """A fault that is over after one request, with a page behind it."""

    def declare(site: Site, path: str) -> None:
        site.page(path, PAGE)
        site.fail(path, status, times=1, **how)

    return declare


def _to(address: str, status: int = 302) -> Fault:
    return lambda site, path: site.redirect(path, address, status)


def _to_itself(credentials: str) -> Fault:
    def declare(site: Site, path: str) -> None:
        site.redirect(path, site.url("/achter-de-deur", user=credentials))
        site.page("/achter-de-deur", PAGE)

    return declare


def _chain(length: int) -> Fault:
    def declare(site: Site, path: str) -> None:
        site.chain(path, "/eind", length)
        site.page("/eind", PAGE)

    return declare


def _growing(site: Site, path: str) -> None:
    site.pages_below(path, lambda target: Reply(b"", 302, headers=(("Location", f"{target}/verder"),)))


def _links(site: Site, path: str) -> None:
    site.page(path, html("Begroting", PAGE, [*useless_links(), *spellings(site)]))
    site.page(urlsplit(spellings(site)[0]).path, PAGE)


PASSING: dict[str, Fault] = {
    "503 once, Retry-After in seconds": _once(503, retry_after=1),
    "429 once, Retry-After as a date": _once(429, retry_after=later(1)),
    "503 once, without Retry-After": _once(503),
    "500 once": _once(500),
    "cut once before the headers": _once(200, cut=-1),
    "cut once in the body": _once(200, cut=100),
    "reset once": _once(200, cut=100, reset=True),
    "chunks torn once": _once(200, framing="torn"),
    "too short once": _once(200, claims=50),
}
"""Faults after which the page can be had."""

LASTING: dict[str, Fault] = {
    "429 with Retry-After in a year": _fail(429, retry_after=31_536_000),
    "429 with Retry-After as a date in a year": _fail(429, retry_after=later(31_536_000)),
    "429 with a Retry-After beyond all numbers": _fail(429, retry_after="9" * 400),
    "503 with a Retry-After of words": _fail(503, retry_after="straks"),
    "503 with a negative Retry-After": _fail(503, retry_after=-5),
    "503 with Retry-After nan": _fail(503, retry_after="nan"),
    "503 with Retry-After 0": _fail(503, retry_after=0),
    **{f"{status}": _fail(status) for status in (400, 401, 403, 404, 410, 418, 451, 500, 502, 504, 520, 999)},
    "204": _fail(204, body=b""),
    "206 unasked": _fail(206, body=PAGE[:500], headers={"Content-Range": f"bytes 0-499/{len(PAGE)}"}),
    "300 without an address": _fail(300),
    "304 unasked": _page(conditional="always"),
    "a redirect without an address": _fail(302),
    "a redirect to an empty address": _to(""),
    "a redirect to junk": _to("http://[::1/%zz\u00e9 x"),
    "a redirect to itself": lambda site, path: site.loop(path),
    "a redirect loop of three": lambda site, path: site.loop(path, f"{path}-2", f"{path}-3"),
    "a redirect loop that grows": _growing,
    "a chain of 40 redirects": _chain(40),
    **{f"a redirect to {name}": _to(address) for name, address in (PRIVATE | SCHEMES).items()},
    "a redirect with credentials": _to_itself("griffie:geheim"),
    "a redirect that never ends its body": _fail(302, body=ENDLESS, framing="close", headers={"Location": "/eind"}),
    "cut before the headers": _fail(200, cut=-1),
    "reset before the headers": _fail(200, cut=-1, reset=True),
    "cut in the body": _page(cut=100),
    "reset in the body": _page(cut=100, reset=True),
    "chunks that break off": _page(framing="chunked", piece=64, cut=100),
    "a chunk without a size": _page(framing="torn"),
    "a Content-Length too long": _page(claims=50),
    "a Content-Length too short": _page(claims=-50),
    "a Content-Length of words": _page(framing="close", headers={"Content-Length": "veel"}),
    "two Content-Lengths": _page(headers={"content-length": "7"}),
    "silence": _fail(200, wait=60),
    "slow headers": _page(header_gap=2, headers=MANY_HEADERS),
    "a byte now and then": _page(piece=1, gap=0.5),
    "a byte now and then, without end": _page(ENDLESS, framing="chunked", piece=1, gap=0.05),
    "a body without end": _page(ENDLESS, framing="chunked"),
    "a body of 40 GB, as it says": _page(Repeated(b"x", 50_000_000), claims=40_000_000_000),
    "a gzip bomb": lambda site, path: site.page(path, zipped_zeros(300), headers=GZIP),
    "a deflate bomb": lambda site, path: site.page(
        path, zipped_zeros(300, kind="deflate"), headers={"Content-Encoding": "deflate"}
    ),
    "gzip without end": lambda site, path: site.page(path, endless_gzip(), framing="chunked", headers=GZIP),
    "broken gzip": _page(gzip.compress(PAGE.encode(), mtime=0)[:-40] + bytes(40), headers=GZIP),
    "gzip that is none": _page(headers=GZIP),
    "gzip cut short": _page(gzip.compress(PAGE.encode(), mtime=0)[:-40], headers=GZIP),
    "an unknown encoding": _page(headers={"Content-Encoding": "br"}),
    "a header of 200 kB": _page(headers={"X-Kop": "x" * 200_000}),
    "2,000 headers": _page(headers={f"X-Kop-{n}": "x" for n in range(2000)}),
    "no HTTP at all": _fail(200, raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
    "junk in the headers": _fail(200, raw=b"HTTP/1.1 200 OK\r\n\x00\xff: \x01\r\nno colon\r\n\r\nx"),
    "an empty answer": _page(b""),
    "spaces only": _page(b" \r\n\t" * 100),
    "a login page": _page(LOGIN),
    "a login page in place of a PDF": _page(LOGIN, type=PDF),
    "200 that says it is not there": _page(MISSING),
    "a picture": _page(PICTURE, type=PNG),
    "a picture called HTML": _page(PICTURE, type=HTML),
}
"""Faults that stay: there is no document to be had, or a doubtful one."""

ODD: dict[str, Fault] = {
    "a PDF called HTML": lambda site, path: site.page(path, budget_pdf(1), type=HTML),
    "HTML called PDF": _page(type=PDF),
    "no type": _page(type=None),
    "a type of junk": _page(type=";;; \u00e9"),
    "a wrong charset": _page(type="text/html; charset=utf-16"),
    "an unknown charset": _page(type="text/html; charset=klingon"),
    "latin-1 called UTF-8": _page(LATIN),
    "a weak ETag": _page(etag='W/"1"'),
    "an ETag without quotes": _page(etag="abc"),
    "an empty ETag": _page(etag=""),
    "an ETag of half a quote": _page(etag='"'),
    "an ETag that is not ASCII": _page(etag='"b\u00e9"'),
    "an ETag of 20 kB": _page(etag=f'"{"x" * 20_000}"'),
    "an ETag that is always new": _page(etag=lambda n: f'"{n}"'),
    "a Last-Modified of words": _page(modified="gisteren"),
    "a Last-Modified in the future": _page(modified="Fri, 01 Jan 2100 00:00:00 GMT"),
    "a page that is always new": _page(lambda n: f"{PAGE}<!-- {n} -->"),
    "a page that changes under one ETag": _page(lambda n: budget_page(n + 1), etag='"1"', conditional="never"),
    "never 304": _page(etag='"1"', conditional="never"),
    "zipped": _page(zipped=True, etag='"1"'),
    "chunked": _page(framing="chunked", piece=100),
    "no length": _page(framing="close"),
    "cookies": _page(headers={"Set-Cookie": "sessie=1; Path=/"}),
    "links of all kinds": _links,
}
"""Odd, but a document can be had."""

FAULTS = PASSING | LASTING | ODD
