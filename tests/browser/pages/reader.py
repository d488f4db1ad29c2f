"""Pages that anybody reads."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen, go


class Listing(Screen):
    """A page with entries."""

    address = ""

    @classmethod
    def open(cls, page, *, axe=None, **query):
        go(page, f"{cls.address}?{urlencode(query)}" if query else cls.address)
        return cls(page, axe=axe)

    @property
    def entries(self) -> list[str]:
        """The titles of the entries shown."""
        return [each.strip() for each in self.main.locator(".entry__title").all_inner_texts()]

    def open_entry(self) -> None:
        """Open the first entry."""
        with self.page.expect_navigation():  # what is read next belongs to the entry, not to the list
            self.main.locator(".entry__title a").first.click()

    def follow(self, title: str) -> None:
        """Open the entry whose title holds ``title``."""
        self.main.get_by_role("link", name=title).first.click()


class Search(Listing):
    title = "tìm kiếm"
    address = "/tim-kiem/"


class Register(Listing):
    title = "Văn bản"
    address = "/van-ban/"


class News(Listing):
    address = "/tin-tuc/"


class Album(Screen):
    """A piece of news with photographs. Which one is large is said by the address, with and without scripts."""

    @property
    def large(self):
        """The photograph that is shown large."""
        return self.page.locator("dialog:visible")

    @property
    def focused(self) -> str:
        """The address of the link that has the focus."""
        return self.page.evaluate("document.activeElement.getAttribute('href') || ''")

    def open_photo(self, number: int) -> None:
        """Choose a small photograph with the keyboard."""
        small = self.page.locator(f"#anh-{number}-nho")
        small.focus()
        small.press("Enter")

    def expect_large(self, number: int | None) -> None:
        """Wait until this photograph is large and loaded, or none is."""
        expect(self.large).to_have_count(0 if number is None else 1)
        if number is not None:
            expect(self.large).to_have_id(f"anh-{number}")
            expect(self.large.locator("img")).to_have_js_property("complete", True)
            assert self.large.locator("img").evaluate("picture => picture.naturalWidth") > 300


class Plans(Listing):
    title = "Cải cách hành chính"
    address = "/cai-cach-hanh-chinh/"


class PublishedCases(Listing):
    title = "Phản ánh, kiến nghị"
    address = "/phan-anh-kien-nghi/"


class Plan(Screen):
    """A plan with its tasks."""

    @property
    def printed_numbers(self) -> list[str]:
        """The numbers of the tasks as the page prints them."""
        return [each.strip() for each in self.main.locator(".table--tasks .table__order").all_inner_texts()]
