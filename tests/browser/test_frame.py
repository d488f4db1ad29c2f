"""Menus, notices and the ways to show a page: by keyboard alone, without script, and remembered without a cookie."""

from datetime import timedelta

from django.utils import timezone

import pytest
from playwright.sync_api import expect

from cms.home.models import SiteNotice
from tests.browser.pages.screen import go
from tests.browser.test_form import tab_to

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def notice(site_tree):
    now = timezone.now()
    row = SiteNotice(heading="Nghỉ học vì bão", starts_at=now, ends_at=now + timedelta(hours=1), live=False)
    row.save()
    row.save_revision().publish()
    return row


def test_a_list_opens_leads_and_closes_by_keyboard(site_tree, open_page):
    page = open_page(**WIDE)
    go(page, "/tin-tuc/")
    title = page.locator(".menu__sub > summary").first
    tab_to(page, title)
    page.keyboard.press("Enter")
    link = page.locator(".menu__sub[open] .menu__panel a").first
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(title).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gioi-thieu/")


def test_an_open_list_gives_way_where_it_lies_over_the_page(site_tree, open_page):
    page = open_page(**WIDE)
    go(page, "/tin-tuc/")
    first, last = page.locator(".menu__sub").first, page.locator(".menu__sub").last
    first.locator("summary").click()
    last.locator("summary").click()
    expect(first.locator(".menu__panel")).to_be_hidden()
    expect(last.locator(".menu__panel")).to_be_visible()
    page.locator(".footer__end").click()
    expect(last.locator(".menu__panel")).to_be_hidden()


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_menus_work_without_script(site_tree, open_page, viewport):
    page = open_page(**viewport, javascript=False)
    go(page, "/tin-tuc/")
    if viewport is PHONE:
        page.locator(".menu__button").click()
    page.locator(".menu__item--wide summary").click()
    page.get_by_role("link", name="Theo dõi bằng mã").locator("visible=true").first.click()
    page.wait_for_url("**/phan-anh-kien-nghi/tra-cuu/")
    assert page.locator(".display, .tools button, .alert__close").locator("visible=true").count() == 0


def test_on_a_phone_nothing_moves_under_the_finger(site_tree, open_page):
    page = open_page(**PHONE)
    go(page, "/tin-tuc/")
    page.locator(".menu__button").click()
    page.locator(".menu__sub > summary").first.click()
    page.locator(".menu__item--wide summary").click()
    expect(page.locator(".menu__item--wide .menu__panel")).to_be_visible()


def test_letters_and_contrast_are_remembered_here_and_nowhere_else(site_tree, open_page):
    page = open_page(**WIDE)
    go(page, "/")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Cỡ chữ rất lớn").locator("visible=true").click()
    page.get_by_role("button", name="Tương phản cao").locator("visible=true").click()
    go(page, "/tin-tuc/")
    assert page.evaluate(size) == pytest.approx(before * 1.4)
    chosen = page.get_by_role("button", name="Tương phản cao").locator("visible=true")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    assert page.context.cookies() == []
    chosen.click()
    page.get_by_role("button", name="Cỡ chữ thường").locator("visible=true").click()
    go(page, "/")
    assert page.evaluate(size) == before
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_closed_notice_stays_closed_until_it_is_published_anew(notice, open_page):
    page = open_page(**PHONE)
    go(page, "/")
    alert = page.get_by_role("region", name="Thông báo 1")
    expect(alert).to_be_visible()
    alert.get_by_role("button", name="Đóng").click()
    go(page, "/tin-tuc/")
    expect(page.locator(".alert")).to_be_hidden()
    assert page.context.cookies() == []
    SiteNotice.objects.update(last_published_at=timezone.now() + timedelta(minutes=1))
    go(page, "/")
    expect(alert).to_be_visible()


def test_paper_has_the_words_and_not_the_tools(notice, open_page):
    page = open_page(**WIDE)
    go(page, "/gioi-thieu/")
    page.emulate_media(media="print")
    for part in (".menu", ".utility", ".tools", ".alert__close", ".footer__links"):
        assert page.locator(part).locator("visible=true").count() == 0, part
    expect(page.locator(".alert__title")).to_be_visible()
    expect(page.locator(".masthead__org")).to_be_visible()
