"""The search of the whole site as readers and those who tend it meet it, in every state of the sample portal."""

from django.urls import reverse
from django.utils import timezone

from playwright.sync_api import expect

from cms.core.models import FileText, SearchDemand
from cms.home.models import SearchPromotion
from cms.media.services import file_text_read, file_texts_sweep
from cms.official_documents.models import OfficialDocumentPage
from tests.browser.pages.reader import Search
from tests.browser.pages.screen import go

IN_FILES = "512/HD-SGDĐT"


def read_files() -> None:
    """Do what the worker does, for the files of one sample document; the others are left waiting."""
    file_texts_sweep()
    page = OfficialDocumentPage.objects.get(number=IN_FILES)
    for row in page.attachments.select_related("document"):
        file_text_read(digest=row.document.file_hash)


def box(page):
    """The search box of the page itself, not that of the frame."""
    return page.locator("#tim")


def type_in(page, words: str) -> None:
    """Type as a person does, and wait for the list."""
    box(page).press_sequentially(words)
    expect(page.get_by_role("listbox")).to_be_visible()


def searching(page):
    """A hit inside a file, filters and their chips, what editors promoted, suggestions."""
    read_files()
    Search.open(page, q="kiểm nghiệm giếng khoan")
    expect(page.locator(".entry__file")).to_contain_text("Trong tệp")
    yield "tìm kiếm, trong tệp"
    Search.open(page, q="ke hoach", loai="official_document", nam="2026")
    assert page.locator(".chips--chosen a").count() == 3
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    yield "tìm kiếm, hai bộ lọc"
    Search.open(page, q="gửi phản ánh ở đâu")
    expect(page.get_by_role("heading", name="Gợi ý của cổng")).to_be_visible()
    yield "tìm kiếm, gợi ý của cổng"
    go(page, "/tim-kiem/")
    type_in(page, "ke ho")
    yield "tìm kiếm, gợi ý khi gõ"
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    yield "tìm kiếm, một gợi ý đang chọn"


def tending_search(page):
    """duyetdang: the report with its way to a promotion, the form, a refusal, the list, files that cannot be read."""
    SearchDemand.objects.create(query="be boi", day=timezone.localdate(), asked=4, missed=4)
    file_texts_sweep()
    FileText.objects.filter(digest__in=FileText.objects.values("digest")[:2]).update(state="empty")
    go(page, reverse("search_report"))
    yield "bạn đọc tìm gì"
    page.set_viewport_size({"width": 1280, "height": 900})  # on a phone Wagtail lists titles alone
    page.locator('a[href*="cau-tim=be+boi"]').click()
    expect(page.locator("textarea[name=words]")).to_have_value("be boi")
    yield "gợi ý khi tìm, thêm"
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu").first.click()
    yield "gợi ý khi tìm, chưa đủ"
    go(page, reverse("wagtailsnippets_home_searchpromotion:list"))
    yield "gợi ý khi tìm"
    go(page, reverse("wagtailsnippets_home_searchpromotion:edit", args=[SearchPromotion.objects.first().pk]))
    yield "gợi ý khi tìm, sửa"
    go(page, reverse("file_texts"))
    yield "tệp không đọc được chữ"
    document = OfficialDocumentPage.objects.get(number=IN_FILES)
    go(page, reverse("wagtailadmin_pages:edit", args=[document.pk]))
    yield "văn bản có tệp đang đọc chữ"
