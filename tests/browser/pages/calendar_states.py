"""The calendar in every state: events, weeks, lists; its screens in the admin."""

from django.urls import reverse
from django.utils import timezone

from cms.events.models import EventPage, WorkSchedulePage
from tests.browser.pages.screen import go


def reading_the_calendar(page):
    """What readers see: every sample event and week, lists narrowed and empty."""
    today = timezone.localdate()
    for query in (
        *("", "?xem=da-qua", "?xem=tuan", "?loai=tuyen-sinh", f"?thang={today:%Y-%m}", "?thang=1999-01"),
        *("?xem=tuan&thang=1999", "?xem=tuan&don-vi=truong-tieu-hoc-cau-xanh"),
    ):
        go(page, f"/lich/{query}")
        yield f"lịch {query}"
    for event in EventPage.objects.live().order_by("pk"):
        go(page, event.url)
        yield f"sự kiện {event.pk} {event.kind} {event.standing}"
    weeks = WorkSchedulePage.objects.live()
    for week in (*weeks.of_unit(None).newest()[:4], weeks.exclude(unit=None).first()):
        go(page, week.url)
        yield f"lịch công tác {week.slug}"


def keeping_the_calendar(page):
    """bientap: both lists, both editors, the copy of a week, refused."""
    for name in ("event_pages", "week_pages"):
        go(page, reverse(f"{name}:index"))
        yield name
    for model in (EventPage, WorkSchedulePage):
        go(page, reverse("wagtailadmin_pages:edit", args=[model.objects.live().first().pk]))
        page.locator("[data-edit-form]").wait_for()
        yield f"sửa {model._meta.verbose_name}"
    week = WorkSchedulePage.objects.live().first()
    go(page, reverse("week_copy", args=[week.pk]))
    yield "sao chép tuần"
    page.get_by_label("Sao chép sang tuần").fill(f"{week.week_start:%d/%m/%Y}")
    days = page.locator(".xdsoft_datetimepicker:visible")
    days.wait_for()  # they come a tenth of a second after the field was entered, and lie over the button
    page.keyboard.press("Tab")
    days.wait_for(state="hidden")
    page.get_by_role("button", name="Tạo bản nháp").click()
    page.locator("main .error-message").first.wait_for()
    yield "sao chép tuần, đã có"
