"""Pages that anybody reads."""

from urllib.parse import urlencode

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
