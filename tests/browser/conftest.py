"""A real Chromium before the real site: pages that report their own faults, and axe."""

import os
import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cms.demo.services import seed
from tests.conftest import PASSWORD, chromium
from tests.snapshots import build_once

KNOWN = tomllib.loads((Path(__file__).parent / "axe_known.toml").read_text()).get("known", [])
WIDTHS = (360, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLLECT = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}`);
  console.error(`CSP: ${event.violatedDirective}: ${event.blockedURI}`);
});
"""
# Half-faded words have no contrast yet. Nothing is waited for: what turns for ever never ends, and a page without
# scripts never tells.
SETTLED = """() => document.getAnimations().forEach(each => {
  try { each.finish(); } catch { each.cancel(); }
})"""
# Nodes of Wagtail's own that are listed as known; asked in the page, where selectors have their meaning.
IS_KNOWN = """([target, selector]) => {
  const element = document.querySelector(target);
  return Boolean(element && element.closest(selector));
}"""


# One of so many journeys of axe is walked. On a second database the same screens are drawn by the same code.
JOURNEYS = int(os.environ.get("AXE_JOURNEYS", "1"))


def pytest_collection_modifyitems(config, items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not chromium():
                item.add_marker(pytest.mark.skip(reason="không tìm thấy Chromium"))
    left = [item for item in items if item.path.name.startswith("test_axe_") and not _is_drawn(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _is_drawn(item):
    return random.Random(f"{os.environ.get('AXE_SEED', '1')} {item.name}").randrange(JOURNEYS) == 0


@dataclass
class Faults:
    """What pages complained about. A test that provokes a fault says so with ``allow``."""

    found: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect complaints that match ``pattern``."""
        self.allowed.append(pattern)

    def watch(self, page) -> None:
        """Write down the page's console errors, exceptions and refused policies."""
        page.on("console", lambda message: message.type == "error" and self.found.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))

    def left(self) -> list[str]:
        """Return the complaints that nobody expected."""
        return [each for each in self.found if not any(re.search(pattern, each) for pattern in self.allowed)]


@pytest.fixture(scope="session")
def chromium_browser():
    """One headless Chromium for the session."""
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright runs its loop in this thread, and Django would refuse the database beside it.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    flags = [
        *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    ]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield browser
        browser.close()
    patch.undo()


@pytest.fixture
def faults():
    """Complaints of all pages of this test; what is left at its end fails it."""
    collected = Faults()
    yield collected
    assert collected.left() == []


@pytest.fixture
def open_page(chromium_browser, live_server, faults):
    """Return a function that opens a page for one more person: own cookies, own window."""
    contexts = []

    def open_one(*, width=1280, height=900, dark=False, javascript=True):
        context = chromium_browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.route(lambda url: not url.startswith((live_server.url, "data:", "blob:")), lambda route: route.abort())
        context.add_init_script(COLLECT)
        page = context.new_page()
        faults.watch(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(open_page):
    """A page for one anonymous person; addresses may be given from the root: ``goto("/tin-tuc/")``."""
    return open_page()


@pytest.fixture
def log_in(open_page):
    """Return a function that signs a user in through the real form and returns their page."""

    def log_in_as(username, password, **options):
        page = open_page(**options)
        page.goto("/quan-tri/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    return log_in_as


@pytest.fixture
def axe():
    """Return a function that asserts that axe finds nothing at phone and desk width."""
    runner = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def assert_accessible(page, *, widths=WIDTHS):
        before = page.viewport_size
        found = []
        for width in widths:
            page.set_viewport_size({"width": width, "height": before["height"]})
            page.evaluate(SETTLED)
            found += [f"{width} px {each}" for each in violations(runner, page)]
        page.set_viewport_size(before)
        assert found == [], f"{page.url}\n" + "\n".join(found)

    return assert_accessible


def violations(runner, page) -> list[str]:
    """Return axe's findings on ``page`` that are not Wagtail's own known ones."""
    response = runner.run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response
    return [
        f"{violation['id']} ({violation['impact']}): {node['target'][0]} – {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
        if not any(is_known(page, violation["id"], node["target"][0], known) for known in KNOWN)
    ]


def is_known(page, rule: str, target, known: dict) -> bool:
    """Whether the finding is listed: same rule, inside the listed selector, on the listed part of the site."""
    if rule != known["rule"] or known["under"] not in page.url or not isinstance(target, str):
        return False
    return page.evaluate(IS_KNOWN, [target, known["selector"]])


@pytest.fixture
def portal(site_tree):
    """The sample portal."""
    build_once("portal", lambda: seed.demo_seed(password=PASSWORD))


@pytest.fixture
def visit(live_server):
    """The address of the running site, for checks beside the browser."""
    return live_server.url


os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", "0")  # nothing is ever downloaded
