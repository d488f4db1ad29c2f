"""What every page object is: a page that has been reached, and says so by its title."""

import re
from typing import ClassVar

from playwright.sync_api import Page, Response, expect

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


class Screen:
    """One page of the site. Reaching another page is said by making its object.

    Args:
        page: the browser's page, already sent there.
        axe: the fixture of that name, when this page is to be looked at by it.

    """

    title: ClassVar[str] = ""

    def __init__(self, page: Page, *, axe=None):
        self.page = page
        expect(page).to_have_title(re.compile(re.escape(self.title) or "."))
        page.wait_for_load_state()  # the title is there before the body is
        if axe is not None:
            axe(page)

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def text(self) -> str:
        """What a reader sees of the page's own content."""
        return self.main.inner_text()

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the button called ``name`` in the content."""
        self.main.get_by_role("button", name=name, exact=exact).click()

    def press_on(self, name: str) -> None:
        """Press a button that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.press(name)


def go(page: Page, address: str, status: int = 200) -> Response:
    """Open ``address``; AssertionError unless it answers with ``status``."""
    response = page.goto(address)
    assert response is not None
    assert response.status == status, f"{address}: {response.status}"
    return response
