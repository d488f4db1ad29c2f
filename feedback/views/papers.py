"""What a sender takes away from the pages of a case: the receipt on paper, the deadline in their own calendar."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from icalendar import Calendar, Event

from cms.core.models import LedgerEvent
from feedback.models import Case
from feedback.services.receipts import receipt_paper


def receipt_file(
    *, case: Case, code: str, sent_at: Any, steps: Iterable[dict[str, Any]], event: LedgerEvent | None
) -> HttpResponse:
    """Return the receipt as PDF. It carries the secret code, so it goes to the session that may see the code only."""
    content = receipt_paper(case=case, code=code, received_at=sent_at, steps=steps, event=event)
    return _download(content, "application/pdf", f"bien-nhan-{case.reference}.pdf")


def deadline_file(case: Case) -> HttpResponse:
    """Return the day of the answer as an iCalendar file: the reference and nothing of what was sent."""
    event = Event()
    # One day a case, whatever moves it: a calendar that has it already replaces it by a later version.
    event.add("uid", f"{case.reference}@{settings.SITE_URL.rsplit('/', 1)[-1]}")
    event.add("sequence", case.version)
    event.add("dtstamp", case.accepted_at)
    event.add("dtstart", case.due_on)
    event.add("dtend", case.due_on + timedelta(days=1))
    event.add("summary", _("Hạn trả lời phản ánh %(reference)s") % {"reference": case.reference})
    event.add("url", f"{settings.SITE_URL}{reverse('feedback:follow')}")
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Cong thong tin giao duc//Phan anh//VI")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return _download(calendar.to_ical(), "text/calendar; charset=utf-8", f"han-tra-loi-{case.reference}.ics")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
