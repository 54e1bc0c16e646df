"""The portal in a real browser, under a strict policy, with a mouse, a keyboard and a small screen."""

import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.publishers.portal_rows import SITE, portal_rows
from tests.publishers.release_rows import written

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
PAGES = (
    "index.html",
    "portal/gm1895/index.html",
    "portal/gm1895/2026/index.html",
    "portal/gm1895/2023/cijfers-1.html",
    "portal/gm0340/index.html",
)
LEFT = "net::ERR_ABORTED"  # the page was left before its icon came
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = written(tmp_path_factory.mktemp("portal") / "release", portal_rows())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, address):
    """Open pages in contexts of their own; what a browser complains of fails the test."""
    complaints, contexts = [], []

    def open_page(path, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.route(
            f"{SITE}/**", lambda route: route.fulfill(status=200, content_type="text/plain", body="the source")
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url) if request.failure != LEFT else None)
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def focus_on(page, wanted, most=80):
    """Press Tab until something is in focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", wanted):
            return
    raise AssertionError(f"{wanted} can't be reached by keyboard")


def test_a_search_leads_over_chart_and_figure_to_the_page_of_the_source(opened, address):
    page = opened("index.html")
    page.get_by_label("Naam of code").fill("sudwest fry")
    assert page.locator("#lijst tbody tr:visible").count() == 1
    assert page.locator("#gevonden").inner_text() == "1 overheid gevonden"
    page.get_by_role("link", name="gemeente Súdwest-Fryslân").click()
    expect(page.locator("article.programme svg:visible")).to_have_count(12)
    page.locator("svg a:has(rect.begroting)").first.click()
    figure = page.locator("td:target")
    expect(figure.locator("small")).to_be_visible()
    assert figure.locator("small").inner_text().startswith("p. 15 · box=")
    figure.locator("a").click()
    expect(page).to_have_url(re.compile(rf"{SITE}/gm1900/begroting-\d+\.pdf#page=15"))


def test_everything_can_be_done_with_the_keyboard_alone(opened):
    page = opened("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    focus_on(page, "#q")
    page.keyboard.type("1895")
    page.keyboard.press("Enter")
    page.wait_for_url("**/portal/gm1895/index.html")
    focus_on(page, "summary")
    page.keyboard.press("Enter")
    focus_on(page, "details td a")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(ring.removesuffix("px")) >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/cijfers-1.html#*")
    focus_on(page, "td:target a", most=1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{SITE}/**#page=15")


def test_the_places_of_all_figures_can_be_shown_by_keyboard(opened):
    page = opened("portal/gm1895/2023/cijfers-1.html")
    assert page.locator("td small:visible").count() == 0
    focus_on(page, "#plaatsen", most=20)
    page.keyboard.press("Space")
    assert page.locator("td small:visible").count() == 276


def test_language_and_colours_are_kept_over_pages(opened):
    page = opened("index.html", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#en").check()
    page.locator("#dark").check()
    assert page.locator("h1").inner_text() == "Budgets of Dutch municipalities, provinces and water boards"
    page.get_by_role("link", name="gemeente Oldambt").click()
    expect(page.get_by_role("heading", name="Programmes")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    assert not page.get_by_text("Programma's", exact=True).is_visible()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light


def test_without_script_all_is_there_and_the_language_can_be_chosen(opened):
    page = opened("index.html", java_script_enabled=False)
    assert page.get_by_role("link", name="gemeente Oldambt").is_visible()
    assert not page.locator("#q").is_visible()
    page.locator("#en").check()
    expect(page.get_by_role("heading", name="Download everything")).to_be_visible()
    page.get_by_role("link", name="gemeente Oldambt").click()
    expect(page.locator("article.programme svg:visible")).to_have_count(12)
    assert not page.locator(".copy").first.is_visible()
    page.get_by_role("link", name="2026", exact=True).click()
    expect(page.get_by_text("opzij gelegd", exact=True)).to_be_visible()


def test_a_search_that_finds_nothing_says_so_and_can_be_undone(opened):
    page = opened("index.html")
    page.get_by_label("Naam of code").fill("atlantis")
    assert page.locator("#niets").is_visible()
    assert not page.locator("#lijst").is_visible()
    page.get_by_label("Naam of code").fill("")
    assert page.locator("#lijst tbody tr:visible").count() == 6


def test_a_question_is_copied(opened, address):
    page = opened("portal/gm1895/index.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer").first.click()
    page.wait_for_function("document.getElementById('gekopieerd').textContent === 'Gekopieerd'")
    assert page.evaluate("navigator.clipboard.readText()").startswith("SELECT fiscal_year")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(browser, address, path, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
    finally:
        page.close()
    assert [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_the_screen_and_no_target_is_too_small(opened, path, width):
    page = opened(path, width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate("""() => [...document.querySelectorAll(
      'button, summary, input, :is(.list, .trail, .downloads) a')]
      .filter((one) => one.checkVisibility()).map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
      .filter(([html, box]) => box.height && (box.height < 24 && !html.includes('checkbox')))""")
    assert small == []


def test_a_page_opens_from_a_folder_too(browser, tmp_path):
    folder = written(tmp_path / "release", portal_rows(years=(2025, 2026)))
    page = browser.new_page()
    try:
        page.goto((folder / "index.html").as_uri())
        page.get_by_label("Naam of code").fill("oldambt")
        page.get_by_role("link", name="gemeente Oldambt").click()
        expect(page.locator("article.programme")).to_have_count(4)
        assert page.evaluate("getComputedStyle(document.querySelector('.facts')).display") == "grid"
    finally:
        page.close()
