"""The mails about a date that moved with the calendar or the catalogue: old date, new date, and why.

An outbox row keeps the date from which the first move went away and the number of its event. The mail is made some
minutes later, of what holds then: several moves in a row are one mail, and a date that is back where it was is none.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.models import CalendarDay, LedgerEvent
from cms.core.ports import MailKind, RenderedMail, register_mail_kind
from feedback.enums import WORKING_STATES
from feedback.models import Case
from feedback.notifications.places import register_words
from feedback.notifications.values import news_address, plain_values
from feedback.permissions import case_can

SENDER_DUE, OFFICER_DUE = "case_due_moved", "task_due_moved"
MOVED = "case.deadline_moved"
MOST_DAYS = 3
_KINDS = {
    SENDER_DUE: (_("Đổi hạn, báo người gửi"), _("Hạn trả lời phản ánh {số phản ánh} thay đổi")),
    OFFICER_DUE: (_("Đổi hạn, báo người xử lý"), _("Phản ánh {số phản ánh}: hạn trả lời thay đổi")),
}


def register_due_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    for name, (label, subject) in _KINDS.items():
        register_mail_kind(MailKind(name, str(label), partial(_render, name)))
        register_words(name, label, subject)


def _render(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail, unless the date is back, the case no longer runs or the reader is gone."""
    rows = Case.objects.select_related("category", "unit", "sender")
    case = rows.filter(reference=reference["case"]).first()
    old = date.fromisoformat(reference["from"])
    if case is None or case.state not in WORKING_STATES or case.due_on in (None, old):
        return None
    to = _address(case, reference.get("user", ""))
    if not to:
        return None
    values = {
        **plain_values(case),
        "old_due": f"{old:%d/%m/%Y}",
        "new_due": f"{case.due_on:%d/%m/%Y}",
        "move_reason": _reason(case, int(reference["event"])),
    }
    return letter_mail(kind, to=to, values=values)


def _address(case: Case, officer: str) -> str:
    if not officer:
        return news_address(case)
    # Whoever had the case from them meanwhile has read the new date there.
    user = get_user_model().objects.filter(pk=officer, is_active=True).first()
    return user.email if user and case.officer_id == user.pk and case_can(user, "case_view", case) else ""


def _reason(case: Case, first_event: int) -> str:
    """Say which days of the calendar, or whose number of days, moved the date since the first of its moves."""
    events = LedgerEvent.objects.about("case", case.reference).filter(verb=MOVED, seq__gte=first_event)
    causes, days = set(), set()
    for data in events.values_list("data", flat=True):
        causes.add(data.get("because"))
        days.update(data.get("days", ()))
    reasons = []
    if "calendar" in causes:
        named = _named_days(date.fromisoformat(day) for day in sorted(days)[:MOST_DAYS])
        reasons.append(translate("lịch ngày làm việc thay đổi") + (f" ({named})" if named else ""))
    if causes - {"calendar"}:
        reasons.append(translate("thời hạn xử lý của lĩnh vực được sửa"))
    return "; ".join(reasons)


def _named_days(days: Iterable[date]) -> str:
    days = list(days)
    labels = dict(CalendarDay.objects.current().filter(date__in=days).values_list("date", "label"))
    plain = translate("ngày bình thường")
    return ", ".join(f"{day:%d/%m/%Y}: {labels.get(day, plain)}" for day in days)
