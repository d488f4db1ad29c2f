"""The desk, the import screens and the editor, as officers use them."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from wagtail.models import Page

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen, go

HOME = "/quan-tri/"
MANY_PAGES = 60_000  # milliseconds that letting out fifty pages may take on a busy machine
# Words of Wagtail's own are asked for by what the button does, never by its translation.
SUBMIT = "[name=action-submit]"
PUBLISH_ALL = '.bulk-actions-buttons a[href*="/bulk/wagtailcore/page/publish/"]'


class Upload(Screen):
    """The first screen of an import."""

    title = "Nhập "

    @classmethod
    def open(cls, page, menu: str, entry: str, *, axe=None):
        """Through the menu, as people do: ``menu`` holds the entry called ``entry``."""
        go(page, HOME)
        page.get_by_role("button", name=menu, exact=True).click()
        page.get_by_role("list", name=menu, exact=True).get_by_role("link", name=entry).click()
        return cls(page, axe=axe)

    def send(self, path) -> "Run":
        self.page.get_by_label("Tệp", exact=False).first.set_input_files(path)
        self.press_on("Đọc tệp và xem trước")
        return Run(self.page)


class Run(Screen):
    """The preview of a file, then how far its writing is, then what came of it."""

    title = "Nhập "

    @property
    def is_reading(self) -> bool:
        """Whether the worker reads the file first, because it is long."""
        return self.main.get_by_role("progressbar").count() > 0

    def wait_for(self, worker, button: str) -> None:
        """Let the worker read, until the page offers ``button``."""
        worker()
        expect(self.main.get_by_role("button", name=button)).to_be_visible()

    @property
    def counts(self) -> list[int]:
        """New, changed, unchanged, refused, to be looked at."""
        cells = self.main.locator("table.listing").first.locator("tbody td")
        return [int(each) for each in cells.all_inner_texts()]

    @property
    def remarks(self) -> list[str]:
        return self.main.locator("h2:has-text('Cần xem lại') + ul > li").all_inner_texts()

    def confirm(self, worker) -> None:
        """Confirm and wait, as the page does, for the worker."""
        self.press_on("Xác nhận nhập")
        expect(self.main.get_by_role("progressbar")).to_be_visible()
        worker()
        expect(self.main.get_by_text("Đã ghi xong")).to_be_visible()

    def to_the_list(self) -> None:
        self.main.get_by_role("link", name="Xem danh sách").click()


class Explorer(Screen):
    """Wagtail's list of the pages below one page."""

    @classmethod
    def open(cls, page, title: str, *, axe=None):
        """Show what lies below the page called ``title``."""
        parent = Page.objects.live().get(title=title, depth=3)
        go(page, f"{HOME}pages/{parent.pk}/")
        return cls(page, axe=axe)

    def publish_all(self) -> None:
        """Mark every page of the list, those on further leaves too, and let them out."""
        self.page.locator("[data-bulk-action-select-all-checkbox]").first.check()
        further = self.page.locator("[data-bulk-action-num-objects-in-listing]")
        if further.is_visible():
            further.click()
        self.page.locator(PUBLISH_ALL).click()
        with self.page.expect_navigation(timeout=MANY_PAGES):
            self.main.locator("form button[type=submit], form input[type=submit]").first.click(no_wait_after=True)
        expect(self.page.locator(".messages .success")).to_be_visible()


class Listed(Screen):
    """A flat list of pages of one kind."""

    def edit(self, words: str) -> "PageEditor":
        """Open the page in whose row ``words`` stand."""
        self.main.get_by_role("row").filter(has_text=words).get_by_role("link").first.click()
        self.page.wait_for_url("**/edit/")
        return PageEditor(self.page)


class PageEditor(Screen):
    """Wagtail's editor of a page or of a public copy."""

    @property
    def address(self) -> str:
        """Where this editor is, without the origin."""
        return urlsplit(self.page.url).path

    def submit(self) -> None:
        """Hand it to the workflow."""
        self._more(SUBMIT)

    def approve(self) -> None:
        """Agree to what waits in the workflow; the last to agree publishes."""
        self._more("[data-workflow-action-name=approve]")

    def _more(self, selector: str) -> None:
        button = self.page.locator(f"footer {selector}").first
        expect(button).to_be_attached()
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        # A message of an earlier step may still stand here: the new page is what tells.
        with self.page.expect_navigation():
            button.click()
        expect(self.page.locator(".messages .success").first).to_be_visible()


class Desk(Screen):
    """The list of cases."""

    title = "Phản ánh, kiến nghị"

    @classmethod
    def open(cls, page, *, axe=None, queue: str = ""):
        go(page, f"/quan-tri/phan-anh/?queue={queue}" if queue else "/quan-tri/phan-anh/")
        return cls(page, axe=axe)

    def case(self, title: str, *, axe=None) -> "CaseScreen":
        self.main.get_by_role("link", name=title).click()
        return CaseScreen(self.page, axe=axe)


class CaseScreen(Screen):
    """One case with its steps."""

    title = "PA-"

    def step(self, verb: str, button: str, answers: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take one step: open it, fill in what it asks (by label) and press its button."""
        box = self.page.locator(f"#step-{verb}")
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        for label, value in answers.items():
            control = box.get_by_label(label)
            if control.evaluate("element => element.tagName") == "SELECT":
                control.select_option(control.locator("option", has_text=value).get_attribute("value"))
            else:
                control.fill(value)
        with self.page.expect_navigation():
            box.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator(".messages")).to_contain_text("Đã ghi")

    def write_answer(self, text: str, outcome: str) -> None:
        """Write the answer and lay it before the leader."""
        self.page.get_by_role("textbox", name="Câu trả lời").fill(text)
        self.page.get_by_label("Kết quả xử lý").select_option(label=outcome)
        self.press_on("Lưu và trình duyệt")
        expect(self.page.locator(".messages")).to_contain_text("Đã ghi")

    @property
    def state(self) -> str:
        return self.page.locator(".case-state").first.inner_text().strip()

    @property
    def steps(self) -> set[str]:
        """The verbs that are offered to this person."""
        ids = self.page.locator("details.case-step[id]").evaluate_all("all => all.map(each => each.id)")
        return {re.sub("^step-", "", each) for each in ids}
