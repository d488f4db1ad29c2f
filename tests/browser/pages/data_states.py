"""Figures, open data and the roots of the ledger as readers meet them, in every state of the sample portal."""

from datetime import timedelta

from django.utils import timezone

from cms.core.models import LedgerEvent
from cms.core.services.ledger_days import ledger_days_close
from tests.browser.pages.screen import go


def figures(page):
    """The figures of phản ánh with data and with a bad period, and what its open data means."""
    base = "/phan-anh-kien-nghi/"
    for query in ("", "?ky=2026-Q1", "?tu=2026-02-03&den=2026-10-20"):
        go(page, f"{base}thong-ke/{query}")
        yield f"số liệu {query}"
    go(page, f"{base}thong-ke/?ky=2026-Q9", 400)
    page.locator("#ky-loi").wait_for()
    yield "số liệu, kỳ không đọc được"
    go(page, f"{base}du-lieu/")
    yield "mô tả dữ liệu"
    yield from open_data(page)


def open_data(page):
    """What open data there is; the roots of the ledger, and a receipt that fits, does not fit, waits, is half typed."""
    go(page, "/du-lieu-mo/")
    yield "dữ liệu mở"
    event = LedgerEvent.objects.latest("seq")
    go(page, f"/so-nhat-ky/doi-chieu/?so={event.seq}&dau={event.hash}")
    yield "đối chiếu biên nhận, chờ chốt ngày"
    ledger_days_close(now=timezone.now() + timedelta(days=2))
    go(page, "/so-nhat-ky/")
    yield "dấu nhật ký"
    go(page, f"/so-nhat-ky/doi-chieu/?so={event.seq}&dau={event.hash}")
    page.locator("main details > summary").first.click()
    yield "đối chiếu biên nhận, còn nguyên"
    go(page, f"/so-nhat-ky/doi-chieu/?so={event.seq}&dau={'0' * 64}")
    yield "đối chiếu biên nhận, không khớp"
    go(page, "/so-nhat-ky/doi-chieu/?so=&dau=x", 400)
    yield "đối chiếu biên nhận, ghi thiếu"
