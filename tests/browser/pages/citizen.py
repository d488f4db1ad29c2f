"""The form of a phản ánh, its receipt and the page that follows it: filled in by the labels people read."""

from datetime import timedelta

from django.utils import timezone

from captcha.models import CaptchaStore
from playwright.sync_api import expect

from feedback.models import CaseDraft
from tests.browser.pages.screen import Screen, go

FORM = "/phan-anh-kien-nghi/gui/"
FOLLOW = "/phan-anh-kien-nghi/tra-cuu/"


class Step(Screen):
    """A page of the form."""

    def fill(self, **_answers) -> None:
        """Answer what this page asks."""

    def go_on(self) -> None:
        """To the next page, whichever that is."""
        self.press("Tiếp tục")


class Wrong(Screen):
    """A page that came back with what is to be corrected; the summary has the focus."""

    title = "Lỗi:"

    def __init__(self, page, *, axe=None):
        super().__init__(page, axe=axe)
        expect(page.get_by_role("alert")).to_be_focused()


class Start(Screen):
    title = "Gửi phản ánh, kiến nghị"

    @classmethod
    def open(cls, page, **options):
        go(page, FORM)
        return cls(page, **options)

    def begin(self) -> None:
        self.main.get_by_role("link", name="Bắt đầu").click()


class Subject(Step):
    title = "Bạn muốn nói về việc gì?"

    def fill(self, *, category: str, unit: str = "", **_rest) -> None:
        self.page.get_by_label("Lĩnh vực").select_option(label=category)
        if unit:
            self.page.get_by_label("Đơn vị liên quan").select_option(label=unit)


class Content(Step):
    title = "Nội dung phản ánh, kiến nghị"

    def fill(self, *, title: str, body: str, **_rest) -> None:
        self.page.get_by_label("Tiêu đề", exact=True).fill(title)
        self.page.get_by_label("Nội dung", exact=True).fill(body)


class Files(Step):
    title = "Ảnh và tài liệu kèm theo"

    def fill(self, *, files=(), **_rest) -> None:
        self.page.get_by_label("Tệp đính kèm").set_input_files(list(files))


class Sender(Step):
    title = "Người gửi"

    def fill(self, *, name="", phone="", email="", address="", **_rest) -> None:
        for label, value in {
            "Họ và tên": name,
            "Số điện thoại": phone,
            "Thư điện tử": email,
            "Địa chỉ": address,
        }.items():
            self.page.get_by_label(label).fill(value)
        for box in self.page.get_by_label("Tôi đồng ý").all():
            box.check()


class Review(Step):
    title = "Xem lại rồi gửi"

    def captcha(self) -> str:
        """The answer to the picture on this page, as a person who can read it would know it."""
        key = self.page.locator("input[name=captcha_0]").input_value()
        return CaptchaStore.objects.get(hashkey=key).response

    def fill(self, **_rest) -> None:
        self.page.get_by_label("Mã xác nhận").fill(self.captcha())
        take_time()

    def go_on(self) -> None:
        self.press("Gửi phản ánh")


class Receipt(Screen):
    title = "Đã nhận phản ánh"

    @property
    def reference(self) -> str:
        return self.page.get_by_test_id("case-reference").inner_text().strip()

    @property
    def code(self) -> str:
        return self.page.get_by_test_id("tracking-code").inner_text().strip()


STEPS = (Subject, Content, Files, Sender, Review)


def take_time() -> None:
    """Let every open form be begun two minutes ago: what is faster than a hand goes to quarantine."""
    CaseDraft.objects.update(started_at=timezone.now() - timedelta(minutes=2))


def send_case(page, *, axe=None, **answers) -> Receipt:
    """Go through the whole form, page by page."""
    Start.open(page, axe=axe).begin()
    for step in STEPS:
        here = step(page, axe=axe)
        here.fill(**answers)
        here.go_on()
    return Receipt(page, axe=axe)


class Follow(Screen):
    title = "Theo dõi phản ánh bằng mã"

    @classmethod
    def open(cls, page, **options):
        go(page, FOLLOW)
        return cls(page, **options)

    def ask(self, code: str, second: str = "") -> None:
        self.page.get_by_label("Mã theo dõi").fill(code)
        self.page.get_by_label("4 số cuối điện thoại").fill(second)
        self.press("Xem", exact=True)


class Followed(Screen):
    """Where a case stands, for whoever has its code."""

    title = "Theo dõi phản ánh"

    @property
    def state(self) -> str:
        return self.main.locator("h1").inner_text().strip()
