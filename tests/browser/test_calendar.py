"""A reader puts an event into their own calendar, by keyboard and without JavaScript; a week on one sheet of paper."""

import re
from datetime import time, timedelta
from pathlib import Path

from django.utils import timezone

import pytest
from icalendar import Calendar

from cms.events.factories import event, week
from cms.events.models import EventIndexPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def calendar(site_tree):
    """An exam next week, and this week with as many things as an office can have."""
    index, today = EventIndexPage.objects.get(), timezone.localdate()
    hours = {"starts_at": time(7, 30), "ends_at": time(11)}
    exam = event(index, "Kỳ thi chọn học sinh giỏi", kind="exam", place="Trường Một", **hours)
    words = "Làm việc với các trường về chuẩn bị kỳ thi và cơ sở vật chất của các lớp đầu cấp"
    rows = [{"weekday": place % 5, "content": words, "leaders": "Phó Giám đốc phụ trách"} for place in range(36)]
    return exam, week(index, today, rows)


def saved(download) -> list:
    content = Path(download.path()).read_bytes()
    return Calendar.from_ical(content).walk("VEVENT")


def test_without_javascript_an_event_goes_into_ones_own_calendar(calendar, open_page):
    page = open_page(javascript=False, width=360)
    page.goto("/lich/")
    page.locator(".facets summary").click()
    page.get_by_role("link", name=re.compile("^Kỳ thi")).first.click()
    page.get_by_role("link", name="Kỳ thi chọn học sinh giỏi").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Thêm vào lịch của tôi").click()
    (item,) = saved(download.value)
    assert item["summary"] == "Kỳ thi chọn học sinh giỏi"
    assert timezone.localtime(item["dtstart"].dt).strftime("%H:%M") == "07:30"
    assert item["dtend"].dt - item["dtstart"].dt == timedelta(hours=3, minutes=30)
    assert item["location"] == "Trường Một"


def test_by_keyboard_alone_an_event_goes_into_ones_own_calendar(calendar, open_page):
    page = open_page()
    page.goto("/lich/")
    tab_to(page, "Kỳ thi chọn học sinh giỏi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lich/ky-thi-chon-hoc-sinh-gioi/")
    tab_to(page, "Thêm vào lịch của tôi")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "ky-thi-chon-hoc-sinh-gioi.ics"
    assert len(saved(download.value)) == 1


def tab_to(page, words: str) -> None:
    """Press Tab until what says ``words`` has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"no way to {words!r} by Tab")


def test_a_full_week_is_one_sheet_of_a4_on_its_side(calendar, open_page):
    page = open_page()
    page.goto(calendar[1].url)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (842, 595)


def test_an_event_is_one_sheet_of_a4(calendar, open_page):
    page = open_page()
    page.goto(calendar[0].url)
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))) == 1
