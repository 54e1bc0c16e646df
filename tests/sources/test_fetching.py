"""What a user gets of hosts that are hostile, and what these hosts are asked."""

import time
from dataclasses import replace
from socket import socket

import pytest

from schemas.captures import Validators
from schemas.errors import DocumentError
from sources.addresses import _is_public, public_addresses
from sources.fetching import Fetcher
from tests.sources.hostile_faults import FAULTS, INWARD, LASTING, ODD, PAGE, PASSING
from tests.sources.hostile_server import hosting
from tests.sources.places import HASTY, hurried

PUBLIC = replace(HASTY, private_addresses=False)
DOUBTFUL = {  # a document, as far as HTTP can tell; what is read in it decides, and the bounds of its source
    "a Content-Length too short", "a login page", "a login page in place of a PDF", "200 that says it is not there",
    "a picture", "a picture called HTML", "an empty answer", "spaces only", "404", "410", "304 unasked",
    "a redirect that never ends its body",
}  # fmt: skip
REASONS = {
    "connection": ("cut", "reset", "chunk", "Content-Length too long", "Content-Length of", "two Content", "gzip that",
                   "gzip cut", "broken gzip", "header of 200", "no HTTP", "junk in the headers"),
    "redirects": ("a redirect", "a chain"),
    "too_large": ("bomb", "gzip without end", "without end", "40 GB", "2,000 headers"),
    "too_slow": ("silence", "slow headers", "a byte now"),
    "status_": ("429", "503", "204", "206", "300", "4", "5", "9"),
    "unknown_encoding": ("an unknown encoding",),
}  # fmt: skip


@pytest.fixture
def fetcher():
    with Fetcher(HASTY, sleep=hurried) as one:
        yield one


def reason_of(fetcher, address):
    with pytest.raises(DocumentError) as caught:
        fetcher.get(address)
    return caught.value.reason


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_passes_is_waited_for(site, fetcher, name):
    PASSING[name](site, "/p")
    assert fetcher.get(site.url("/p")).content == PAGE.encode()
    assert len(site.asked("/p")) == 2


@pytest.mark.parametrize("name", sorted(LASTING.keys() - DOUBTFUL))
def test_a_fault_that_lasts_is_named_soon_and_not_hammered(site, fetcher, name):
    LASTING[name](site, "/p")
    start = time.monotonic()
    reason = reason_of(fetcher, site.url("/p"))
    expected = [word for word, names in REASONS.items() if any(name.startswith(n) or n in name for n in names)]
    assert any(reason.startswith(word) for word in expected), (reason, expected)
    assert time.monotonic() - start < 8
    assert len(site.asked()) <= 12  # ten redirects and robots.txt; else three tries
    assert not site.errors


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_had_all_the_same(site, fetcher, name):
    ODD[name](site, "/p")
    assert fetcher.get(site.url("/p")).content
    assert len(site.asked("/p")) == 1


@pytest.mark.parametrize("name", INWARD)
def test_a_redirect_to_a_private_address_is_not_followed(name, monkeypatch):
    monkeypatch.setattr("sources.addresses._is_public", lambda address: address == "127.0.0.3")
    with hosting("127.0.0.3") as site, Fetcher(PUBLIC, sleep=hurried) as fetcher:
        INWARD[name](site, "/p")
        assert reason_of(fetcher, site.url("/p")) in ("private_address", "unknown_host")


def test_a_private_address_is_refused_with_the_setting_that_allows_it():
    with pytest.raises(DocumentError, match=r"^127\.0\.0\.1 is an address of this machine .*private_addresses: true"):
        public_addresses("127.0.0.1", 80)


def test_a_private_address_is_not_asked():
    with hosting() as site, Fetcher(PUBLIC, sleep=hurried) as fetcher:
        assert reason_of(fetcher, site.url("/p")) == "private_address"
        assert site.asked() == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1"],
)  # fmt: skip
def test_addresses_inside_networks_are_not_public(address):
    assert not _is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2a02:58::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_addresses_of_the_internet_are_public(address):
    assert _is_public(address)


def test_a_name_that_leads_to_a_private_address_is_not_asked(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with Fetcher(PUBLIC, sleep=hurried) as fetcher:
        assert reason_of(fetcher, "http://begroting.oldambt.nl/") == "private_address"


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(site, monkeypatch):
    site.page("/p", PAGE)
    monkeypatch.setattr("sources.fetching.public_addresses", lambda *_, **__: ["127.0.0.1"])
    with Fetcher(replace(HASTY, attempts=1), sleep=hurried) as fetcher:
        assert fetcher.get(f"http://begroting.oldambt.invalid:{site.port}/p").status == 200
    assert site.asked()[0].header("host") == f"begroting.oldambt.invalid:{site.port}"


def test_without_a_contact_nothing_is_asked(site):
    with Fetcher(replace(HASTY, contact=None)) as fetcher:
        assert reason_of(fetcher, site.url("/p")) == "no_contact"
    assert site.asked() == []


def test_the_user_agent_is_honest_and_no_cookies_are_sent():
    with hosting(cookies=True) as site, Fetcher(HASTY, sleep=hurried) as fetcher:
        for path in ("/a", "/b"):
            site.page(path, PAGE)
            fetcher.get(site.url(path))
        for request in site.asked():
            assert "begroting" in request.header("user-agent")
            assert "mailto:data@example.org" in request.header("user-agent")
            assert not request.header("cookie")
            assert not request.header("authorization")


# --------------------------------------------------------------------------------------------------------- politeness


def test_requests_to_a_host_keep_their_distance(site):
    with Fetcher(replace(HASTY, delay=0.1)) as fetcher:
        for n in range(5):
            site.page(f"/{n}", PAGE)
            fetcher.get(site.url(f"/{n}"))
    measured = site.measured()
    assert measured.smallest_gap >= 0.095
    assert measured.most_at_once == 1


def test_a_longer_crawl_delay_goes_first(site):
    waited = []
    site.robots("User-agent: *\nCrawl-delay: 7")
    site.page("/a", PAGE)
    with Fetcher(replace(HASTY, delay=1), clock=lambda: 0.0, sleep=waited.append) as fetcher:
        fetcher.get(site.url("/a"))
        fetcher.get(site.url("/a"))
    assert waited == [1, 7]


def test_several_threads_wait_for_each_other_at_one_host(site):
    from concurrent.futures import ThreadPoolExecutor

    for n in range(6):
        site.page(f"/{n}", PAGE)
    with Fetcher(replace(HASTY, delay=0.05)) as fetcher, ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: fetcher.get(site.url(f"/{n}")), range(6)))
    assert site.measured().most_at_once == 1
    assert site.measured().smallest_gap >= 0.045


def test_a_host_that_keeps_failing_is_left_alone(site):
    site.fail("*", 500)
    site.robots("")
    site.heal("/robots.txt")
    site.fail("/a", 500)
    site.heal("*")
    with Fetcher(HASTY, sleep=hurried) as fetcher:
        reasons = [reason_of(fetcher, site.url("/a")) for _ in range(5)]
    assert reasons == ["status_500"] * 3 + ["host_left_alone"] * 2
    assert len(site.asked("/a")) == 9


# ------------------------------------------------------------------------------------------------------ robots.txt


def test_what_robots_txt_forbids_is_never_asked(site, fetcher):
    site.robots("User-agent: *\nDisallow: /geheim")
    assert reason_of(fetcher, site.url("/geheim/p")) == "robots_forbidden"
    assert [request.path for request in site.asked()] == ["/robots.txt"]


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(site, fetcher):
    site.robots("User-agent: *\nDisallow: /geheim")
    site.redirect("/p", "/geheim/p")
    assert reason_of(fetcher, site.url("/p")) == "robots_forbidden"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_a_robots_txt_all_is_allowed(site, fetcher, status):
    site.robots("weg", status)
    site.page("/p", PAGE)
    assert fetcher.get(site.url("/p")).status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_can_not_be_had_forbids_all(site, fetcher, status):
    site.robots("weg", status)
    site.page("/p", PAGE)
    assert reason_of(fetcher, site.url("/p")) == "robots_unreachable"
    assert not site.asked("/p")


def test_a_host_that_is_down_is_said_to_be_unreachable_and_not_to_forbid(fetcher):
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{one.getsockname()[1]}/p"
    with pytest.raises(DocumentError, match="refused") as caught:
        fetcher.get(nobody)
    assert caught.value.reason == "robots_unreachable"


@pytest.mark.parametrize(
    "text",
    [bytes(range(256)) * 4, "<!DOCTYPE html><title>Niet gevonden</title>", "Disallow: /", "User-agent: *\n" * 50_000],
    ids=["junk", "html", "no agent", "huge"],
)
def test_a_broken_robots_txt_forbids_nothing(site, fetcher, text):
    site.robots(text)
    site.page("/p", PAGE)
    assert fetcher.get(site.url("/p")).status == 200


def test_robots_txt_is_asked_for_once(site, fetcher):
    site.page("/p", PAGE)
    for _ in range(3):
        fetcher.get(site.url("/p"))
    assert len(site.asked("/robots.txt")) == 1


# ------------------------------------------------------------------------------------------------------ conditional


def test_unchanged_bytes_are_not_sent_again(site, fetcher):
    site.page("/p", PAGE, etag='"1"')
    first = fetcher.get(site.url("/p"))
    again = fetcher.get(site.url("/p"), Validators(first.final_url, first.header("etag")))
    assert (again.status, again.content) == (304, None)


def test_the_last_modified_of_before_is_sent_where_there_is_no_etag(site, fetcher):
    site.page("/p", PAGE, modified="Mon, 05 Jan 2026 09:00:00 GMT")
    known = Validators(site.url("/p"), "", fetcher.get(site.url("/p")).header("last-modified"))
    assert fetcher.get(site.url("/p"), known).status == 304


def test_validators_go_to_the_address_they_came_from(site, fetcher):
    site.redirect("/p", "/q")
    site.page("/q", PAGE, etag='"1"')
    assert fetcher.get(site.url("/p"), Validators(site.url("/q"), '"1"')).status == 304
    assert not site.asked("/p")[0].header("if-none-match")


def test_every_fault_has_been_tried():
    assert FAULTS.keys() == PASSING.keys() | LASTING.keys() | ODD.keys()
