"""A document by its number without marks, and a plan from its contents to a task: no mouse, and no scripts either."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from cms.core.models import Unit
from cms.official_documents.factories import document, many_documents
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.plans.factories import give, plan
from cms.plans.models import PlanIndexPage
from tests.browser.pages.screen import go
from tests.browser.test_form import tab_to

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, TYPED = "702/QĐ-SGDĐT", "702/qd-sgddt"
TITLE = "Quy định tiếp công dân của Sở"
with_and_without_scripts = pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 360)])


@pytest.fixture
def papers(site_tree):
    """The document that is looked for, among others that are newer."""
    index = OfficialDocumentIndexPage.objects.get()
    many_documents(index, 30)
    for number, title in ((NUMBER, TITLE), ("703/QĐ-SGDĐT", "Quy định khác"), ("702/KH-SGDĐT", "Kế hoạch khác")):
        document(index, number, title=title, issued_on=date(2005, 3, 1))


def enter(page, link) -> None:
    """Go to ``link`` by Tab and follow it."""
    tab_to(page, link)
    page.keyboard.press("Enter")


def choose(page, label, words) -> None:
    """Go to the list called ``label`` by Tab and press the arrow until it says ``words``."""
    choice = page.get_by_label(label, exact=True)
    tab_to(page, choice)
    for _press in range(choice.locator("option").count()):
        if words in choice.locator("option:checked").inner_text():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label} never says {words!r}")


@with_and_without_scripts
def test_a_document_is_found_by_its_number_without_marks(papers, open_page, javascript, width):
    page = open_page(javascript=javascript, width=width)
    go(page, "/")
    tab_to(page, page.locator("#tim"))  # by its place: entering it makes the box of a search one that suggests
    page.keyboard.type(TYPED)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?**")
    first = page.locator("main .entry__title a").first
    expect(first).to_have_text(TITLE)
    enter(page, first)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.get_by_role("main")).to_contain_text(NUMBER)


@with_and_without_scripts
def test_the_register_finds_it_too(papers, open_page, javascript, width):
    page = open_page(javascript=javascript, width=width)
    go(page, "/van-ban/")
    asked = page.get_by_label("Từ trong trích yếu, hoặc số ký hiệu")
    if not asked.is_visible():  # on a phone the filters are folded
        enter(page, page.get_by_text("Tìm và lọc"))
    tab_to(page, asked)
    page.keyboard.type(TYPED)
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua")).to_have_text("1 văn bản")
    enter(page, page.get_by_role("link", name=TITLE))
    expect(page.locator("h1")).to_have_text(TITLE)


@pytest.fixture
def reform(site_tree):
    """A plan with two parts of text and four tasks of two units."""
    agency = Unit.objects.get(parent=None)
    rooms = [
        Unit.objects.create(code=code, name=name, slug=code.lower(), kind="room", parent=agency)
        for code, name in (("P-MOT", "Phòng Một"), ("P-HAI", "Phòng Hai"))
    ]
    body = [
        ("heading", {"text": "Mục đích", "size": "h2", "anchor": "muc-dich"}),
        ("prose", "<p>Bớt giấy tờ cho người dân.</p>"),
        ("heading", {"text": "Tổ chức thực hiện", "size": "h2", "anchor": "to-chuc"}),
        ("prose", "<p>Mỗi phòng báo cáo hằng quý.</p>"),
    ]
    page = plan(PlanIndexPage.objects.get(), "8/KH-SGDĐT", title="Cải cách hành chính năm 2024", tasks=4, body=body)
    for place, task in enumerate(page.tasks.all()):
        give(task, rooms[place % 2])
    return page


@with_and_without_scripts
def test_a_plan_is_read_from_its_contents_to_a_task(reform, open_page, javascript, width):
    page = open_page(javascript=javascript, width=width)
    go(page, "/cai-cach-hanh-chinh/")
    enter(page, page.get_by_role("link", name="Cải cách hành chính năm 2024"))
    expect(page.locator("h1")).to_have_text("Cải cách hành chính năm 2024")
    contents = page.get_by_role("navigation", name="Trong trang này")
    expect(contents.get_by_role("link")).to_have_text(["Mục đích", "Tổ chức thực hiện", "Nhiệm vụ và tiến độ"])
    enter(page, contents.get_by_role("link", name="Tổ chức thực hiện"))
    expect(page.get_by_role("heading", name="Tổ chức thực hiện")).to_be_in_viewport()
    enter(page, contents.get_by_role("link", name="Nhiệm vụ và tiến độ"))
    expect(page.get_by_role("heading", name="Nhiệm vụ và tiến độ")).to_be_in_viewport()
    choose(page, "Đơn vị", "Phòng Hai")
    enter(page, page.get_by_role("button", name="Lọc"))
    page.wait_for_url(re.compile(r"don-vi=p-hai.*#nhiem-vu"))
    expect(page.get_by_text("Đang xem 2 trên 4 nhiệm vụ.")).to_be_visible()
    tasks = page.locator(".table--tasks tbody tr")
    expect(tasks.filter(has_text="Việc 2")).to_be_visible()
    expect(tasks.filter(has_text="Việc 1")).to_have_count(0)
    enter(page, page.get_by_role("link", name="Xem mọi nhiệm vụ"))
    expect(tasks.filter(has_text="Việc 1")).to_be_visible()
