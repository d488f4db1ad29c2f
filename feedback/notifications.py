"""The mails of feedback: who gets which, and how each is made at the moment it leaves.

An outbox row keeps the reference of a case and, for officers, the key of the reader; address and words are
read when the mail leaves, so that an erased person gets nothing. No mail carries a tracking code, and no
subject says more than the reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from cms.core.models import AgencySettings
from cms.core.ports import MailKind, RenderedMail, register_mail_kind
from feedback.enums import ConsentPurpose
from feedback.models import Case
from feedback.permissions import case_can, officers_able

SENDER, OFFICER, LEADERS, AUTHOR, TRIAGE = "sender", "officer", "leaders", "author", "triage"
_CAPABILITY = {LEADERS: "case_approve", TRIAGE: "case_triage"}


@dataclass(frozen=True)
class Notice:
    """One kind of mail.

    Args:
        name: its kind in the outbox and the name of its template.
        label: what the outbox's list calls it.
        subject: with ``%(reference)s``; never a name or a word of the case.
        to: who reads it.
        essential: sent to every sender who gave an address; others only to those who asked for news.

    """

    name: str
    label: Any
    subject: Any
    to: str
    essential: bool = False


NOTICES: dict[str, Notice] = {
    notice.name: notice
    for notice in (
        Notice("case_receipt", _("Đã nhận phản ánh"), _("Đã nhận phản ánh %(reference)s"), SENDER, essential=True),
        Notice("case_accepted", _("Đã tiếp nhận"), _("Phản ánh %(reference)s đã được tiếp nhận"), SENDER),
        Notice("case_declined", _("Không tiếp nhận"), _("Về phản ánh %(reference)s"), SENDER, essential=True),
        Notice("case_transferred", _("Đã chuyển"), _("Phản ánh %(reference)s đã được chuyển"), SENDER, essential=True),
        Notice("case_question", _("Hỏi thêm"), _("Cần bạn bổ sung cho phản ánh %(reference)s"), SENDER, essential=True),
        Notice("case_question_reminder", _("Nhắc bổ sung"), _("Nhắc bổ sung cho phản ánh %(reference)s"), SENDER, True),
        Notice("case_lapsed", _("Kết thúc vì thiếu bổ sung"), _("Phản ánh %(reference)s đã kết thúc"), SENDER, True),
        Notice("case_answer", _("Câu trả lời"), _("Trả lời phản ánh %(reference)s"), SENDER, essential=True),
        Notice("case_reviewed", _("Xem xét lại"), _("Phản ánh %(reference)s được xem xét lại"), SENDER),
        Notice("case_joined", _("Đã gộp"), _("Về phản ánh %(reference)s"), SENDER),
        Notice("case_withdrawn", _("Đã rút"), _("Phản ánh %(reference)s đã được rút"), SENDER, essential=True),
        Notice("task_assigned", _("Được giao việc"), _("Bạn được giao phản ánh %(reference)s"), OFFICER),
        Notice("task_replied", _("Người gửi đã bổ sung"), _("Phản ánh %(reference)s đã được bổ sung"), OFFICER),
        Notice("task_approve", _("Chờ duyệt"), _("Câu trả lời %(reference)s chờ duyệt"), LEADERS),
        Notice("task_returned", _("Trả lại để sửa"), _("Câu trả lời %(reference)s được trả lại"), AUTHOR),
        Notice("task_reopened", _("Đề nghị xem xét lại"), _("Phản ánh %(reference)s cần xem xét lại"), LEADERS),
        Notice("task_due_soon", _("Sắp đến hạn"), _("Phản ánh %(reference)s sắp đến hạn"), OFFICER),
        Notice("task_late", _("Quá hạn"), _("Phản ánh %(reference)s đã quá hạn"), OFFICER),
        Notice("task_late_leader", _("Quá hạn, báo lãnh đạo"), _("Phản ánh %(reference)s đã quá hạn"), LEADERS),
        Notice("task_unreceived", _("Quá hạn tiếp nhận"), _("Phản ánh %(reference)s chưa được tiếp nhận"), TRIAGE),
    )
}


def register_notices() -> None:
    """Hand every kind of mail to the outbox; called once, at start."""
    for notice in NOTICES.values():
        register_mail_kind(MailKind(notice.name, str(notice.label), _renderer(notice)))


def readers(notice: Notice, case: Case) -> list[dict[str, str]]:
    """Return, for each reader that ``notice`` has now, what the outbox must remember of them."""
    reference = {"case": case.reference}
    if notice.to == SENDER:
        return [reference] if _sender_address(notice, case) else []
    return [{**reference, "user": str(user.pk)} for user in _officers(notice, case) if user.email]


def _officers(notice: Notice, case: Case) -> list[Any]:
    if notice.to == OFFICER:
        return [case.officer] if case.officer else []
    if notice.to == AUTHOR:
        answer = case.answers.newest().first()
        return [answer.author] if answer else []
    people = officers_able(_CAPABILITY[notice.to], case.unit)
    return [user for user in people if case_can(user, _CAPABILITY[notice.to], case)]


def _sender_address(notice: Notice, case: Case) -> str:
    sender = getattr(case, "sender", None)
    wanted = sender is not None and (notice.essential or sender.agreed_to(ConsentPurpose.CONTACT))
    return sender.email if sender and wanted else ""


def _renderer(notice: Notice) -> Any:
    def render(reference: Mapping[str, str]) -> RenderedMail | None:
        case = Case.objects.select_related("category", "unit", "officer", "sender").get(reference=reference["case"])
        address = _address(notice, case, reference)
        if not address:
            return None
        text = render_to_string(f"emails/feedback/{notice.name}.txt", mail_context(case))
        return RenderedMail(
            to=address, subject=str(notice.subject) % {"reference": case.reference}, text=text.strip() + "\n"
        )

    return render


def _address(notice: Notice, case: Case, reference: Mapping[str, str]) -> str:
    """Return where the mail goes now, or an empty string when its reader lost the right or the reason."""
    if notice.to == SENDER:
        return _sender_address(notice, case)
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    return user.email if user and case_can(user, "case_view", case) else ""


def mail_context(case: Case) -> dict[str, Any]:
    """Return what the texts of the mails may speak of."""
    answer = case.answers.approved().newest().first()
    last = case.answers.newest().first()
    return {
        "agency": AgencySettings.load(),
        "case": case,
        "salutation": _salutation(case),
        "question": case.messages.filter(from_office=True).last(),
        "answer": answer,
        "returned": last,
        "follow_url": _absolute("feedback:follow"),
        "desk_url": _absolute("case:open", case.pk),
    }


def _salutation(case: Case) -> str:
    """Greet without a name: a mail may be read by whoever shares the account."""
    return translate("Kính gửi ông/bà,") if getattr(case, "sender", None) else ""


def _absolute(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
