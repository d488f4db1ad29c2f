"""The one-stop desk as its people use it: a dossier keyed, what is late, a letter of apology step by step."""

import re

from django.urls import reverse

from playwright.sync_api import Page, expect

from tests.browser.pages.screen import Screen, go


class Entry(Screen):
    """The form for one dossier."""

    title = "Nhận hồ sơ"

    @classmethod
    def open(cls, page: Page, *, axe=None):
        go(page, reverse("dossier:entry"))
        return cls(page, axe=axe)

    def take(self, words: str, *, name: str, phone: str, email: str) -> "Receipt":
        """Key a dossier by the keyboard: some words of the procedure, the first that is offered, the person, Enter."""
        self.page.get_by_role("combobox", name="Thủ tục").press_sequentially(words)
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label("Người nộp")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.get_by_label("Điện thoại").fill(phone)
        self.page.get_by_label("Thư điện tử").fill(email)
        self.press_on("Lưu và xem giấy tiếp nhận")
        return Receipt(self.page)


class Receipt(Screen):
    title = "Giấy tiếp nhận"

    @property
    def code(self) -> str:
        return self.main.locator(".dossier-code--large").inner_text()

    def paper(self) -> bytes:
        """Return the sheet that the applicant takes home."""
        address = self.main.get_by_role("link", name="In giấy tiếp nhận").get_attribute("href")
        return self.page.request.get(address).body()


class Letters(Screen):
    """The desk's list of letters, one queue of it."""

    title = "Thư xin lỗi"

    @classmethod
    def open(cls, page: Page, queue: str, *, axe=None):
        """Open the list and go to ``queue`` by its tab."""
        go(page, reverse("apology:index"))
        page.get_by_role("navigation", name="Hàng việc").get_by_role("link", name=queue).click()
        page.wait_for_url(re.compile("hang="))
        return cls(page, axe=axe)

    def write(self, code: str) -> "LetterForm":
        self.main.get_by_role("link", name=f"Viết thư {code}").click()
        return LetterForm(self.page)

    def letter(self, code: str) -> "Letter":
        self.main.get_by_role("link", name=code).click()
        return Letter(self.page)


class LetterForm(Screen):
    title = "Viết thư xin lỗi"

    def fill(self, reason: str, words: str, day: str) -> None:
        self.page.get_by_label("Loại lý do").select_option(label=reason)
        self.page.get_by_label("Lý do, viết cho mọi người đọc").fill(words)
        self.page.get_by_label("Ngày hẹn lại", exact=True).fill(day)

    def save(self) -> None:
        self.press_on("Lưu và xem thư")


class Letter(Screen):
    """One letter with its steps."""

    title = "Thư xin lỗi"

    @property
    def steps(self) -> list[str]:
        """The verbs that are offered to this person."""
        ids = self.page.locator("details.case-step[id]").evaluate_all("all => all.map(each => each.id)")
        return [each.removeprefix("step-") for each in ids]

    def take(self, verb: str, **answers: str) -> None:
        """Take one step: open it, fill in what it asks (by the names of its fields), press its button."""
        box = self.page.locator(f"#step-{verb}")
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        for name, value in answers.items():
            box.locator(f"[name={name}]").fill(value)
        with self.page.expect_navigation():
            box.get_by_role("button").click()
        expect(self.page.locator(".messages")).to_contain_text("Đã ghi")
