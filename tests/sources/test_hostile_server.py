"""The hostile server does what its declarations say, and measures what it sees."""

import gzip
import socket
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.sources import hostile_pages as pages
from tests.sources.hostile_faults import FAULTS, INWARD, LASTING, PASSING
from tests.sources.hostile_measures import Request, measured
from tests.sources.hostile_reply import PDF, Repeated, later, zipped_zeros
from tests.sources.hostile_server import EVERY, hosting, refusing


@pytest.fixture
def client():
    with httpx.Client(timeout=2, trust_env=False) as one:
        yield one


def raw(site, request):
    """All bytes of an answer until the server ends the connection."""
    with socket.create_connection((site.host, site.port), timeout=2) as line:
        line.sendall(request)
        return b"".join(iter(lambda: line.recv(65536), b""))


def request_at(at, ended=None, connection=1):
    return Request(at, "GET", "/", (), connection, 200, 10, ended)


# what is measured


def test_a_request_is_kept_with_what_it_said_and_what_was_answered(site, client):
    site.page("/p", "begroting")
    client.get(site.url("/p?jaar=2026"), headers={"User-Agent": "begroting/1", "If-None-Match": '"1"', "Cookie": "a=1"})
    site.settle()
    (one,) = site.asked("/p")
    assert (one.method, one.target, one.path, one.status, one.sent, one.how) == (
        "GET",
        "/p?jaar=2026",
        "/p",
        200,
        9,
        "",
    )
    assert [one.header(name) for name in ("user-agent", "if-none-match", "cookie", "authorization")] == [
        *("begroting/1", '"1"', "a=1", "")
    ]
    assert one.at <= one.ended <= time.monotonic()


def test_credentials_of_an_address_are_seen(site, client):
    client.get(site.url("/", user="griffie:geheim"))
    assert site.asked()[0].header("authorization").startswith("Basic ")


def test_the_measures_are_of_the_busiest_second_the_smallest_gap_and_what_went_on_at_once():
    seen = measured([request_at(0, 0.4), request_at(0.3, 0.5, 2), request_at(0.9, 1.0), request_at(1.2, 5.0)])
    assert (seen.requests, seen.most_in_a_second, seen.most_at_once, seen.connections, seen.sent) == (4, 3, 2, 2, 40)
    assert seen.smallest_gap == pytest.approx(0.3)


def test_a_second_is_open_at_its_end_and_one_request_has_no_gap():
    assert measured([request_at(0, 0), request_at(1, 1)]).most_in_a_second == 1
    assert measured([request_at(0, 0)]).smallest_gap == float("inf")
    assert measured([]).most_in_a_second == 0


def test_an_answer_that_has_not_ended_goes_on():
    assert measured([request_at(0), request_at(50, 51)]).most_at_once == 2


def test_requests_on_one_connection_are_never_at_once(site, client):
    site.page("/p", "x" * 1000)
    for _ in range(50):
        client.get(site.url("/p"))
    assert site.measured().connections == 1
    site.settle()
    assert site.measured().most_at_once == 1


def test_requests_at_once_are_seen_to_be_so(site, client):
    site.page("/p", "x", wait=0.2)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: client.get(site.url("/p")), range(4)))
    site.settle()
    assert site.measured().most_at_once == 4
    site.forget()
    assert site.measured().requests == 0


# what is answered


@pytest.mark.parametrize(
    ("etag", "condition", "status"),
    [
        ('"1"', '"1"', 304),
        ('"1"', 'W/"1"', 304),
        ('W/"1"', '"1"', 304),
        ('"1"', '"0", "1"', 304),
        ('"1"', "*", 304),
        ('"2"', '"1"', 200),
        (None, '"1"', 200),
    ],
)
def test_an_etag_is_compared_weakly(site, client, etag, condition, status):
    site.page("/p", "begroting", etag=etag)
    answer = client.get(site.url("/p"), headers={"If-None-Match": condition})
    assert (answer.status_code, answer.content) == (status, b"" if status == 304 else b"begroting")


@pytest.mark.parametrize(
    ("since", "status"), [("Tue, 04 Nov 2025 08:00:00 GMT", 304), ("Sun, 02 Nov 2025 08:00:00 GMT", 200), ("junk", 200)]
)
def test_last_modified_is_compared_by_its_date_and_after_the_etag(site, client, since, status):
    site.page("/p", "begroting", modified="Mon, 03 Nov 2025 08:00:00 GMT", etag='"1"')
    condition = {"If-Modified-Since": since}
    assert client.get(site.url("/p"), headers=condition).status_code == status
    assert client.get(site.url("/p"), headers=condition | {"If-None-Match": '"0"'}).status_code == 200


def test_a_page_changes_when_it_is_declared_anew_or_by_how_often_it_was_asked_for(site, client):
    site.page("/p", lambda n: f"versie {n}", etag='"1"', conditional="never")
    answers = [client.get(site.url("/p"), headers={"If-None-Match": '"1"'}).text for _ in range(2)]
    site.page("/p", "nieuw")
    assert [*answers, client.get(site.url("/p")).text] == ["versie 0", "versie 1", "nieuw"]


def test_a_fault_lasts_as_many_requests_as_it_says(site, client):
    site.page("/p", "begroting", etag='"1"')
    site.fail("/p", 503, times=2, retry_after=1)
    answers = [client.get(site.url("/p")) for _ in range(3)]
    assert [one.status_code for one in answers] == [503, 503, 200]
    assert [one.headers.get("retry-after") for one in answers] == ["1", "1", None]


def test_faults_of_a_path_come_one_after_another_and_can_be_healed(site, client):
    site.page("/p", "begroting")
    site.fail("/p", 429, times=1)
    site.fail(EVERY, 500)
    assert [client.get(site.url(path)).status_code for path in ("/p", "/p", "/robots.txt")] == [429, 500, 500]
    site.heal()
    assert client.get(site.url("/p")).status_code == 200


def test_a_date_of_retry_after_counts_from_the_answer(site, client):
    site.fail("/p", 503, retry_after=later(100))
    date = parsedate_to_datetime(client.get(site.url("/p")).headers["retry-after"])
    assert timedelta(95) / 86400 < date - datetime.now(UTC) < timedelta(101) / 86400


def test_chains_end_and_loops_do_not(site, client):
    site.chain("/a", "/eind", 5)
    site.page("/eind", "begroting")
    site.loop("/x", "/y")
    answer = client.get(site.url("/a"), follow_redirects=True)
    assert (answer.text, len(answer.history)) == ("begroting", 5)
    with pytest.raises(httpx.TooManyRedirects):
        client.get(site.url("/x"), follow_redirects=True)


def test_a_cut_in_the_body_sends_so_many_bytes_and_no_more(site):
    site.page("/p", "x" * 1000, cut=100)
    head, _, body = raw(site, b"GET /p HTTP/1.1\r\nHost: x\r\n\r\n").partition(b"\r\n\r\n")
    assert (b"Content-Length: 1000" in head, body) == (True, b"x" * 100)
    site.settle()
    assert (site.asked()[0].how, site.asked()[0].sent) == ("cut", 100)


def test_a_connection_may_end_before_the_headers_or_by_reset(site):
    site.page("/p", "x" * 1000)
    site.fail("/p", cut=-1, times=1)
    site.fail("/p", cut=100, reset=True, times=1)
    assert raw(site, b"GET /p HTTP/1.1\r\nHost: x\r\n\r\n") == b""
    with pytest.raises(ConnectionResetError):
        raw(site, b"GET /p HTTP/1.1\r\nHost: x\r\n\r\n")


def test_a_fault_without_a_body_changes_how_the_page_is_sent(site, client):
    site.page("/p", b"%PDF", type=PDF)
    site.fail("/p", times=1, wait=0.1)
    answer = client.get(site.url("/p"))
    assert (answer.content, answer.headers["content-type"], answer.elapsed.total_seconds() > 0.1) == (
        b"%PDF",
        PDF,
        True,
    )


def test_chunks_can_be_whole_and_torn(site, client):
    site.page("/heel", "x" * 1000, framing="chunked", piece=300)
    site.page("/stuk", "x" * 1000, framing="torn")
    assert client.get(site.url("/heel")).text == "x" * 1000
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(site.url("/stuk"))


def test_lengths_can_lie(site, client):
    site.page("/lang", "x" * 100, claims=5)
    site.page("/kort", "x" * 100, claims=-5)
    assert len(client.get(site.url("/kort")).content) == 95
    client.close()
    with pytest.raises(httpx.RemoteProtocolError), httpx.Client() as another:
        another.get(site.url("/lang"))


def test_a_page_is_zipped_only_for_who_can_unzip(site, client):
    site.page("/p", "x" * 1000, zipped=True)
    assert client.get(site.url("/p")).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get(site.url("/p"), headers={"Accept-Encoding": "identity"}).headers


@pytest.mark.parametrize(("kind", "bits"), [("gzip", 31), ("deflate", 15)])
def test_a_bomb_is_small_and_unpacks_to_much(kind, bits):
    bomb = zipped_zeros(20, kind=kind)
    assert len(bomb) < 30_000
    assert zlib.decompress(bomb, bits) == b"<html><body>" + bytes(20_000_000)


def test_gzip_without_end_goes_on_as_long_as_it_is_read(site, client):
    FAULTS["gzip without end"](site, "/p")
    size = 0
    with client.stream("GET", site.url("/p")) as answer:
        for part in answer.iter_bytes():
            size += len(part)
            if size > 30_000_000:
                break
    assert size > 30_000_000


def test_a_body_without_end_has_a_cap(site, client):
    site.page("/p", Repeated(b"abc", most=100_000, start=b"<"), framing="chunked", piece=1000)
    answer = client.get(site.url("/p")).content
    assert (len(answer), answer[:5]) == (100_000, b"<abca")


def test_a_client_that_leaves_is_noticed_at_once(site):
    site.page("/p", "x", wait=60)
    with socket.create_connection((site.host, site.port)) as line:
        line.sendall(b"GET /p HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.1)
    site.settle(1)
    assert site.asked()[0].how == "left"


def test_head_has_no_body_and_what_is_not_declared_is_404(site, client):
    site.page("/p", "begroting", etag='"1"')
    answer = client.head(site.url("/p"))
    assert (answer.content, answer.headers["content-length"], answer.headers["etag"]) == (b"", "9", '"1"')
    assert [client.get(site.url("/q")).status_code, client.post(site.url("/p")).status_code] == [404, 501]


def test_vanished_pages_say_so_by_status_or_only_in_words(site, client):
    site.page("/p", "begroting")
    seen = []
    for status in (404, 410, 200):
        site.vanish("/p", status)
        answer = client.get(site.url("/p"))
        seen.append((answer.status_code, "Niet gevonden" in answer.text))
    assert seen == [(404, True), (410, True), (200, True)]


def test_cookies_stand_on_everything_and_robots_txt_is_a_page(client):
    with hosting(cookies=True) as site:
        site.robots("User-agent: *\nDisallow: /\n")
        answer = client.get(site.url("/robots.txt"))
        assert answer.text.endswith("Disallow: /\n")
        assert "sessie=1" in answer.headers["set-cookie"]
        client.get(site.url("/p"))
        assert site.asked("/p")[0].header("cookie") == "sessie=1"


def test_hosts_are_measured_apart(client):
    with hosting() as one, hosting("127.0.0.2") as other:
        client.get(other.url())
        assert (one.measured().requests, other.measured().requests) == (0, 1)


def test_a_refusing_host_refuses(client):
    with refusing() as address, pytest.raises(httpx.ConnectError):
        client.get(address)


# what stands there


def test_amounts_of_each_page_add_up_and_differ():
    seen = set()
    for number in range(1, 501):
        lasten, baten, saldo = ([int(one.replace(".", "")) for one in row[1:]] for row in pages.rows_of(number))
        assert [b - a for a, b in zip(lasten, baten, strict=True)] == saldo
        seen.add(tuple(lasten))
    assert len(seen) == 500


def test_a_site_of_pages_can_be_walked_by_its_links_each_page_once(site, client):
    found = pages.budget_site(site, 120, pdfs=True)
    seen, queue = set(), ["/begroting/"]
    while queue:
        path = queue.pop()
        if path not in seen:
            seen.add(path)
            links = [] if path.endswith(".pdf") else client.get(site.url(path)).text.split('href="')[1:]
            queue += [str(httpx.URL(site.url(path)).join(one.partition('"')[0]).path) for one in links]
    assert set(found) <= seen
    assert len(seen) == 120 + 1 + 3 + 3
    assert site.measured().requests == 120 + 1 + 3
    assert client.get(site.url("/begroting/hoofdstuk-3.pdf")).content.startswith(b"%PDF-")


def test_a_calendar_leads_to_two_new_pages_by_path_and_by_query(site, client):
    pages.calendar(site)
    text = client.get(site.url("/kalender/1?dag=3")).text
    for link in ("/kalender/1/1", "/kalender/1/2", "/kalender/1?dag=6", "/kalender/1?dag=7"):
        assert f'"{link}"' in text
        assert client.get(site.url(link)).status_code == 200
    pages.deeper(site)
    assert client.get(site.url("/diep/map/map/")).status_code == 200


def test_spellings_of_one_address_all_answer(site, client):
    site.page("/programma/zorg", "begroting")
    for one in pages.spellings(site):
        assert client.get(httpx.URL(site.url("/")).join(one.strip())).text == "begroting"


def test_sitemaps_hold_their_addresses(site, client):
    pages.put_sitemaps(site, [site.url(f"/p{n}") for n in range(5)])
    assert client.get(site.url("/sitemap.xml")).text.count("<sitemap>") == 2
    assert b"/p4</loc>" in gzip.decompress(client.get(site.url("/sitemap-2.xml.gz")).content)
    assert pages.sitemap_with_entities(3).count(b"&e1;") == 10
    assert b'SYSTEM "http://127.0.0.1:1/entity"' in pages.sitemap_from_outside("http://127.0.0.1:1/")


# all faults


@pytest.fixture(scope="module")
def hasty():
    with httpx.Client(timeout=0.3, trust_env=False) as one:
        yield one


def look(client, address):
    """The status of an answer of which at most 300 kB are read, or the name of the error."""
    try:
        with client.stream("GET", address) as answer:
            size, begun = 0, time.monotonic()
            for part in answer.iter_bytes():
                size += len(part)
                if size > 300_000 or time.monotonic() - begun > 0.3:
                    return "endless"
            return answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return type(error).__name__


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_what_its_name_says_and_leaves_no_thread_behind(hasty, name):
    with hosting() as site:
        FAULTS[name](site, "/p")
        seen = [look(hasty, site.url("/p")) for _ in range(2)]
        if name in PASSING:
            assert seen[0] != 200
            assert seen[1] == 200
        elif name not in LASTING:
            assert seen[0] == 200 or name == "an ETag that is not ASCII"
        elif name[:3].isdigit():
            assert seen == [int(name[:3])] * 2
        begun = time.monotonic()
    assert time.monotonic() - begun < 1
    assert not [one for one in threading.enumerate() if "process_request" in one.name]


def test_redirects_to_other_machines_are_no_part_of_the_faults(site, hasty):
    assert not INWARD.keys() & FAULTS.keys()
    for declare in INWARD.values():
        declare(site, "/p")
        look(hasty, site.url("/p"))
        assert [one.status for one in site.asked()] == [302]
        site.forget()


def test_everything_stops_at_once_when_the_server_stops():
    with hosting() as site:
        site.page("/traag", "x" * 1000, piece=1, gap=1)
        site.page("/stil", "x", wait=60)
        site.page("/veel", Repeated(b"x", 500_000_000))
        lines = [socket.create_connection((site.host, site.port), timeout=2) for _ in range(4)]
        for line, path in zip(lines, (b"/traag", b"/stil", b"/veel", b""), strict=True):
            line.sendall(b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % path if path else b"GET ")
        time.sleep(0.2)
        begun = time.monotonic()
    assert time.monotonic() - begun < 0.5
    assert {one.how for one in site.asked()} == {"stopped"}
    for line in lines:
        with suppress(ConnectionResetError):
            while line.recv(1_000_000):
                pass
        line.close()


def ask_a_page_that_breaks(client):
    with hosting() as site:
        site.page("/p", lambda n: 1 // n)
        with suppress(httpx.RemoteProtocolError):
            client.get(site.url("/p"))


def test_a_fault_of_the_server_itself_is_no_silent_one(client):
    with pytest.raises(ExceptionGroup):
        ask_a_page_that_breaks(client)
