"""A dossier is keyed, goes late, the office apologises, and the parent reads when it will be ready now.

Three people in three browsers: the clerk, the leader who approves what another wrote, the parent on a phone. Time is
moved by the dates that are stored.
"""

import io
from datetime import date, timedelta

from django.core import mail
from django.db.models import F
from django.utils import timezone

import pytest
import time_machine
from playwright.sync_api import expect
from pypdf import PdfReader

from cms.core.enums import Role
from cms.core.models import CalendarDay
from cms.core.services.outbox import mails_send_due
from procedures.factories import procedure, way
from procedures.models import Dossier, ProcedureIndexPage
from tests.browser.pages.one_stop import Entry, Letter, Letters
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
NAME, PHONE, MAIL = "Lương Thị Chim Yến", "0934567890", "chimyen@thu.example.vn"
REASON = "Trường nơi chuyển đến chưa trả lời."
# Each by itself tells whose dossier it is; nobody reads it without being asked for more than the code.
TRACES = ("Chim Yến", PHONE, "0934 567 890", MAIL)


@pytest.fixture
def desk(site_tree, officer, unit):
    """A counter with its clerk and its leader, and one procedure of three days."""
    procedure(ProcedureIndexPage.objects.get(), title="Chuyển trường trung học cơ sở", ways=[way(quantity=3)])
    officer(Role.ONE_STOP, unit=unit, username="motcua")
    officer(Role.LEADER, unit=unit, username="lanhdao")


def test_a_dossier_goes_late_and_the_parent_reads_the_new_day(desk, log_in, open_page, axe, faults):
    faults.allow("422")
    clerk, parent = log_in("motcua", PASSWORD), open_page(width=360, height=800)
    code = taken_in(clerk, axe)
    look_up(parent, code, axe)
    expect(parent.get_by_role("heading", level=1)).to_have_text("Được tiếp nhận")
    weeks_go_by(code)
    is_late(clerk, code, axe)
    new_day = working_day_after(timezone.localdate(), 3)
    written(clerk, code, new_day, axe)
    approved(log_in("lanhdao", PASSWORD), code, axe)
    sent(clerk, code, axe)
    told_by_mail(new_day)
    read_in_the_list(parent, code, new_day, axe)
    look_up(parent, code, axe)
    expect(parent.get_by_role("heading", name="Cơ quan xin lỗi và hẹn lại")).to_be_visible()
    said = parent.get_by_role("main").inner_text()
    assert f"Hẹn trả kết quả ngày {new_day:%d/%m/%Y}, ngày đã hẹn lại." in said
    assert REASON in said
    assert names_nobody(parent)


def taken_in(clerk, axe) -> str:
    """The clerk keys it in and prints the receipt, on which the code stands that the parent will type."""
    receipt = Entry.open(clerk, axe=axe).take("chuyen truong", name=NAME, phone=PHONE, email=MAIL)
    axe(clerk)
    printed = PdfReader(io.BytesIO(receipt.paper())).pages[0].extract_text()
    assert receipt.code in printed
    assert NAME in printed
    return receipt.code


def look_up(parent, code: str, axe) -> None:
    """The parent types the code; it is in no address."""
    go(parent, "/tra-cuu-ho-so/")
    axe(parent)
    parent.get_by_role("textbox", name="Mã hồ sơ").fill(code.lower())
    parent.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(parent.get_by_text(code).first).to_be_visible()
    assert code not in parent.url
    axe(parent)


def weeks_go_by(code: str) -> None:
    """Put every stored date of the dossier back by whole weeks, until its day is over."""
    made = Dossier.objects.get(code=code)
    passed = timedelta(days=7 * (1 + max(0, (made.due_on - timezone.localdate()).days) // 7))
    moments = ("filed_at", "received_at", "clock_started_at", "due_on")
    Dossier.objects.filter(pk=made.pk).update(**{name: F(name) - passed for name in moments})


def working_day_after(day: date, count: int) -> date:
    calendar = CalendarDay.objects.work_calendar()
    for _step in range(count):
        day = calendar.next_working_day(day)
    return day


def is_late(clerk, code: str, axe) -> None:
    """The desk shows it among the late ones, with the way to the letter."""
    go(clerk, "/quan-tri/ho-so-mot-cua/")
    clerk.get_by_role("navigation", name="Hàng việc").get_by_role("link", name="Quá hạn").click()
    row = clerk.get_by_role("row").filter(has_text=code)
    expect(row.locator(".due--late")).to_contain_text("quá hạn")
    axe(clerk)
    row.get_by_role("link", name=code).click()
    expect(clerk.get_by_role("link", name="Viết thư xin lỗi")).to_be_visible()
    axe(clerk)


def written(clerk, code: str, new_day: date, axe) -> None:
    """Words that name the parent are refused beside the field; what was typed stays; then it is handed over."""
    form = Letters.open(clerk, "Cần thư xin lỗi", axe=axe).write(code)
    axe(clerk)
    form.fill("Chờ cơ quan phối hợp", f"Chưa gọi được cho {NAME}.", f"{new_day:%d/%m/%Y}")
    form.save()
    expect(clerk.get_by_text("hãy bỏ chỗ giống thông tin riêng")).to_be_visible()
    expect(clerk.get_by_label("Ngày hẹn lại", exact=True)).to_have_value(f"{new_day:%d/%m/%Y}")
    axe(clerk)
    form.fill("Chờ cơ quan phối hợp", REASON, f"{new_day:%d/%m/%Y}")
    form.save()
    letter = Letter(clerk, axe=axe)
    letter.take("submit")
    assert letter.steps == ["take-back"], "whoever wrote it does not approve it"


def approved(leader, code: str, axe) -> None:
    letter = Letters.open(leader, "Chờ duyệt", axe=axe).letter(code)
    axe(leader)
    letter.take("approve", signer_title="PHÓ GIÁM ĐỐC", signer_name="Lê Văn Mẫu")
    expect(leader.locator(".case-state")).to_contain_text("chờ gửi")


def sent(clerk, code: str, axe) -> None:
    """Nothing is public before it goes out; the clerk sends it."""
    assert clerk.request.get("/thu-xin-loi/du-lieu.json").json()["items"] == []
    letter = Letters.open(clerk, "Chờ gửi", axe=axe).letter(code)
    letter.take("deliver")
    axe(clerk)


def told_by_mail(new_day: date) -> None:
    """The mail leaves after the minutes in which it can still be withdrawn."""
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        mails_send_due()
    (told,) = [each for each in mail.outbox if each.to == [MAIL] and "xin lỗi" in each.subject.lower()]
    assert f"{new_day:%d/%m/%Y}" in told.body


def read_in_the_list(parent, code: str, new_day: date, axe) -> None:
    """From the home page by the menu, with a phone."""
    go(parent, "/")
    menu = parent.get_by_role("navigation", name="Danh mục chính")
    menu.get_by_text("Danh mục", exact=True).click()
    menu.get_by_text("Thủ tục hành chính", exact=True).click()
    menu.get_by_role("link", name="Thư xin lỗi").click()
    entry = parent.get_by_role("article").filter(has_text=code)
    expect(entry).to_contain_text(REASON)
    expect(entry).to_contain_text(f"Hẹn lại: {new_day:%d/%m/%Y}")
    assert names_nobody(parent)
    axe(parent)


def names_nobody(page) -> bool:
    """Whether nothing of what stands on ``page``, seen or not, tells who handed the dossier in."""
    content = page.content()
    return not [trace for trace in TRACES if trace in content]
