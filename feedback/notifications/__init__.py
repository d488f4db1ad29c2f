"""The mails of feedback: who gets which, and how each is made at the moment it leaves.

An outbox row keeps the reference of a case and, for officers, the key of the reader; address and words are
read when the mail leaves, so that an erased person gets nothing. Only the mail that its sender
asked for carries a tracking code, a new one that is made when the mail leaves; no subject says more than the reference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.mail_words import Value
from cms.core.permissions import can
from cms.core.ports import MailKind, RenderedMail, register_mail_kind
from feedback.codes import code_digest, code_for, grouped, rating_token
from feedback.enums import WORKING_STATES, CaseState, CommentRefusal, CommentState
from feedback.models import Answer, AnswerLetter, Case, CaseConsult, ReaderComment
from feedback.notifications.due import register_due_mails
from feedback.notifications.places import register_words
from feedback.notifications.values import absolute, news_address, plain_values
from feedback.permissions import case_can, officers_able
from surveys.services.invitations import invitation_of
from surveys.services.plan import plan_of

SENDER, OFFICER, LEADERS, AUTHOR, TRIAGE = "sender", "officer", "leaders", "author", "triage"
_CAPABILITY = {LEADERS: "case_approve", TRIAGE: "case_triage"}


def _always(case: Case) -> bool:
    return True


def _is_late(case: Case) -> bool:
    return case.state in WORKING_STATES and case.due_on is not None and case.due_on < timezone.localdate()


def _is_ahead(case: Case) -> bool:
    return case.state in WORKING_STATES and case.due_on is not None and case.due_on >= timezone.localdate()


def _is_new(case: Case) -> bool:
    return case.state == CaseState.SUBMITTED


@dataclass(frozen=True)
class Notice:
    """One kind of mail.

    Args:
        name: its kind in the outbox and the name of its template.
        label: what the outbox's list calls it.
        subject: the default one; never a name or a word of the case.
        to: who reads it.
        essential: sent to every sender who gave an address; others only to those who asked for news.
        holds: asked when the mail leaves; what is no longer so is not told.

    """

    name: str
    label: Any
    subject: Any
    to: str
    essential: bool = False
    holds: Callable[[Case], bool] = _always


NOTICES: dict[str, Notice] = {
    notice.name: notice
    for notice in (
        Notice("case_receipt", _("Đã nhận phản ánh"), _("Đã nhận phản ánh {số phản ánh}"), SENDER, essential=True),
        Notice("case_accepted", _("Đã tiếp nhận"), _("Phản ánh {số phản ánh} đã được tiếp nhận"), SENDER),
        Notice("case_declined", _("Không tiếp nhận"), _("Về phản ánh {số phản ánh}"), SENDER, essential=True),
        Notice("case_transferred", _("Đã chuyển"), _("Phản ánh {số phản ánh} đã được chuyển"), SENDER, essential=True),
        Notice("case_question", _("Hỏi thêm"), _("Cần bạn bổ sung cho phản ánh {số phản ánh}"), SENDER, essential=True),
        Notice("case_question_reminder", _("Nhắc bổ sung"), _("Nhắc bổ sung cho phản ánh {số phản ánh}"), SENDER, True),
        Notice("case_lapsed", _("Kết thúc vì thiếu bổ sung"), _("Phản ánh {số phản ánh} đã kết thúc"), SENDER, True),
        Notice("case_answer", _("Câu trả lời"), _("Trả lời phản ánh {số phản ánh}"), SENDER, essential=True),
        Notice(
            "case_reopened", _("Đã nhận đề nghị xem xét lại"), _("Xem xét lại phản ánh {số phản ánh}"), SENDER, True
        ),
        Notice("case_reviewed", _("Xem xét lại"), _("Phản ánh {số phản ánh} được xem xét lại"), SENDER),
        Notice("case_joined", _("Đã gộp"), _("Về phản ánh {số phản ánh}"), SENDER),
        Notice("case_withdrawn", _("Đã rút"), _("Phản ánh {số phản ánh} đã được rút"), SENDER, essential=True),
        Notice("task_assigned", _("Được giao việc"), _("Bạn được giao phản ánh {số phản ánh}"), OFFICER),
        Notice("task_replied", _("Người gửi đã bổ sung"), _("Phản ánh {số phản ánh} đã được bổ sung"), OFFICER),
        Notice("case_extended", _("Gia hạn trả lời"), _("Phản ánh {số phản ánh} được gia hạn"), SENDER, essential=True),
        Notice(
            "case_letter", _("Văn bản trả lời"), _("Văn bản trả lời phản ánh {số phản ánh}"), SENDER, essential=True
        ),
        Notice("task_added", _("Người gửi viết thêm"), _("Phản ánh {số phản ánh} có thông tin mới"), OFFICER),
        Notice("task_approve", _("Chờ duyệt"), _("Câu trả lời {số phản ánh} chờ duyệt"), LEADERS),
        Notice("task_returned", _("Trả lại để sửa"), _("Câu trả lời {số phản ánh} được trả lại"), AUTHOR),
        Notice("task_reopened", _("Đề nghị xem xét lại"), _("Phản ánh {số phản ánh} cần xem xét lại"), LEADERS),
        Notice("task_due_soon", _("Sắp đến hạn"), _("Phản ánh {số phản ánh} sắp đến hạn"), OFFICER, holds=_is_ahead),
        Notice("task_due_today", _("Hạn hôm nay"), _("Phản ánh {số phản ánh}: hạn hôm nay"), OFFICER, holds=_is_ahead),
        Notice("task_late", _("Quá hạn"), _("Phản ánh {số phản ánh} đã quá hạn"), OFFICER, holds=_is_late),
        Notice(
            "task_late_leader",
            _("Quá hạn, báo lãnh đạo"),
            _("Phản ánh {số phản ánh} đã quá hạn"),
            LEADERS,
            holds=_is_late,
        ),
        Notice(
            "task_unreceived",
            _("Quá hạn tiếp nhận"),
            _("Phản ánh {số phản ánh} chưa được tiếp nhận"),
            TRIAGE,
            holds=_is_new,
        ),
    )
}


def register_mails() -> None:
    """Hand every kind of mail of the app to the outbox; called once, at start."""
    _register_notices()
    _register_personal_mails()
    _register_code_mail()
    _register_comment_mails()
    register_due_mails()


def _register_notices() -> None:
    """Hand every kind of mail to the outbox."""
    for notice in NOTICES.values():
        register_mail_kind(MailKind(notice.name, str(notice.label), _renderer(notice)))
        register_words(notice.name, notice.label, notice.subject)


def readers(notice: Notice, case: Case) -> list[dict[str, str]]:
    """Return, for each reader that ``notice`` has now, what the outbox must remember of them."""
    reference = {"case": case.reference}
    if notice.to == SENDER:
        return [reference] if _sender_address(notice, case) else []
    return [{**reference, "user": str(user.pk)} for user in _officers(notice, case) if user.email]


def _officers(notice: Notice, case: Case) -> list[Any]:
    if notice.to == OFFICER and case.officer:
        return [case.officer]
    if notice.to == AUTHOR:
        answer = case.answers.newest().first()
        return [answer.author] if answer else []
    # A case that nobody has in hand is its leaders' concern.
    capability = _CAPABILITY[LEADERS if notice.to == OFFICER else notice.to]
    return [user for user in officers_able(capability, case.unit) if case_can(user, capability, case)]


def _sender_address(notice: Notice, case: Case) -> str:
    if not notice.essential:
        return news_address(case)
    sender = getattr(case, "sender", None)
    return sender.email if sender else ""


def _renderer(notice: Notice) -> Any:
    def render(reference: Mapping[str, str]) -> RenderedMail | None:
        case = Case.objects.select_related("category", "unit", "officer", "sender").get(reference=reference["case"])
        address = _address(notice, case, reference) if notice.holds(case) else ""
        if not address:
            return None
        return letter_mail(notice.name, to=address, values=case_values(case))

    return render


def _address(notice: Notice, case: Case, reference: Mapping[str, str]) -> str:
    """Return where the mail goes now, or an empty string when its reader lost the right or the reason."""
    if notice.to == SENDER:
        return _sender_address(notice, case)
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    return user.email if user and case_can(user, "case_view", case) else ""


def case_values(case: Case) -> dict[str, Value]:
    """Return what the words of mails may say of ``case``; they greet without a name, for others may read the mail."""
    answer, profile = case.answers.approved().newest().first(), case.category.profile
    question = case.messages.filter(from_office=True).last()
    # Not the newest: its author may have begun the next version before the mail leaves.
    returned = case.answers.returned().newest().first()
    reason = case.decline_reason
    return {
        **plain_values(case),
        "triage_time": f"{profile.triage_days} {profile.day_word}",
        "reply_time": f"{profile.reply_days} {profile.day_word}",
        "reopen_time": "" if case.reopen_count else f"{profile.reopen_days} {profile.day_word}",
        "outcome": answer.get_outcome_display() if answer else "",
        "answer": answer.body if answer else "",
        "rating": rating_links(answer),
        "question": question.body if question else "",
        "reason": reason.text if reason else "",
        "guidance": reason.guidance if reason else "",
        "note": case.decline_note,
        "body": case.transferred_to,
        "number": case.transfer_number,
        "officer": case.officer.called if case.officer else "",
        "comment": returned.decision_comment if returned else "",
        **_more_values(case, answer),
    }


def _more_values(case: Case, answer: Answer | None) -> dict[str, Value]:
    """Return what stands beside the case: why it got more days, and the signed document of its answer."""
    extension = case.extensions.last()
    letter = AnswerLetter.objects.filter(answer=answer).first() if answer else None
    return {
        "extension_reason": extension.reason if extension else "",
        "letter_number": letter.number if letter else "",
        "letter_date": f"{letter.signed_on:%d/%m/%Y}" if letter else "",
    }


def rating_links(answer: Answer | None) -> list[tuple[str, str]]:
    """Return a link a level of satisfaction with ``answer``; none when it was rated, or nobody asks.

    A link opens the page with the level chosen; only the button there stores anything.
    """
    token = rating_token(answer.pk) if answer else ""
    invitation = invitation_of(token) if token else None
    lead = plan_of(invitation.survey.current).lead if invitation and invitation.survey.current else None
    if invitation is None or lead is None:
        return []
    url = absolute("surveys:answer", invitation.survey.slug, token)
    return [(f"{level} – {words}", f"{url}?diem={level}") for level, words in reversed(lead.options)]


def _may_view(user: Any, case: Case, about: CaseConsult | None) -> bool:
    return case_can(user, "case_view", case)


def _in_the_unit(user: Any, case: Case, about: CaseConsult | None) -> bool:
    """A leader hears that a glass was broken without being named; the mail says nothing of the case."""
    return can(user, "case_view", case) or can(user, "ledger_view", case)


def _is_asked(user: Any, case: Case, about: CaseConsult | None) -> bool:
    waits = about is not None and about.given_at is None and about.withdrawn_at is None
    return waits and not case.confidential and can(user, "case_opinion", about)


# Mails to people who are named one by one: words, subject, and who may still have it when it leaves.
PERSONAL: dict[str, tuple[Any, Any, Callable[[Any, Case, CaseConsult | None], bool]]] = {
    "task_named": (_("Được ghi tên"), _("Bạn được xem phản ánh kín {số phản ánh}"), _may_view),
    "task_glass": (_("Phản ánh kín bị mở"), _("Phản ánh kín {số phản ánh} vừa được tự mở"), _in_the_unit),
    "task_consult": (_("Xin ý kiến"), _("Xin ý kiến về phản ánh {số phản ánh}"), _is_asked),
    "task_consult_due": (_("Đến hạn cho ý kiến"), _("Đến hạn cho ý kiến về phản ánh {số phản ánh}"), _is_asked),
    "task_opinion": (_("Đã có ý kiến"), _("Đã có ý kiến về phản ánh {số phản ánh}"), _may_view),
}


def _register_personal_mails() -> None:
    """Hand the mails to named people to the outbox."""
    for name, (label, subject, _may) in PERSONAL.items():
        register_mail_kind(MailKind(name, str(label), partial(_personal_mail, name)))
        register_words(name, label, subject)


def _personal_mail(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail, unless its reader lost the right or the question was answered meanwhile."""
    _label, _subject, may = PERSONAL[kind]
    case = Case.objects.select_related("category", "unit").get(reference=reference["case"])
    about = CaseConsult.objects.select_related("unit").filter(pk=reference.get("about") or None).first()
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    if user is None or not user.email or not may(user, case, about):
        return None
    values = {
        **plain_values(case),
        "consult_due": f"{about.due_on:%d/%m/%Y}" if about else "",
        "consult": absolute("opinion:open", about.pk) if about else "",
    }
    return letter_mail(kind, to=user.email, values=values)


CODE_AGAIN = "case_code_again"


def _register_code_mail() -> None:
    """Hand the one mail that carries a code, at its sender's own wish, to the outbox."""
    label = _("Gửi lại mã theo dõi")
    register_mail_kind(MailKind(CODE_AGAIN, str(label), _code_mail))
    register_words(CODE_AGAIN, label, _("Mã theo dõi mới của phản ánh {số phản ánh}"))


def _code_mail(reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail, unless a later one made this code worthless or the sender was erased."""
    case = Case.objects.select_related("unit", "sender").get(reference=reference["case"])
    code, sender = code_for(reference["token"]), getattr(case, "sender", None)
    if code_digest(code) not in {case.next_code_digest, case.code_digest} or sender is None or not sender.email:
        return None
    return letter_mail(CODE_AGAIN, to=sender.email, values={**plain_values(case), "code": grouped(code)})


COMMENT_PUBLISHED, COMMENT_REFUSED = "comment_published", "comment_refused"
# The same kind in the outbox, other words: what stood on the page is taken down.
COMMENT_WITHDRAWN = "comment_withdrawn"
_COMMENT_MAILS: dict[str, tuple[Any, Any, frozenset[CommentState]]] = {
    COMMENT_PUBLISHED: (_("Ý kiến đã đăng"), _("Ý kiến của bạn đã được đăng"), frozenset({CommentState.PUBLISHED})),
    COMMENT_REFUSED: (
        _("Ý kiến không đăng"),
        _("Về ý kiến bạn đã gửi"),
        frozenset({CommentState.REFUSED, CommentState.WITHDRAWN}),
    ),
}


def _register_comment_mails() -> None:
    """Hand the mails to authors of comments to the outbox."""
    for name, (label, subject, _states) in _COMMENT_MAILS.items():
        register_mail_kind(MailKind(name, str(label), partial(_comment_mail, name)))
        register_words(name, label, subject)
    subject = _COMMENT_MAILS[COMMENT_REFUSED][1]
    register_words(COMMENT_WITHDRAWN, _("Ý kiến được gỡ"), subject, COMMENT_REFUSED)


def _comment_mail(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail, unless the decision was taken back or the address erased meanwhile."""
    _label, _subject, states = _COMMENT_MAILS[kind]
    comment = ReaderComment.objects.select_related("page").filter(pk=reference["comment"]).first()
    stands = comment is not None and comment.state in states and comment.decided_at is not None
    if comment is None or not stands or not comment.email:
        return None
    if comment.decided_at.isoformat() != reference["decided_at"]:
        return None
    url = comment.page.full_url or ""
    values = {
        "title": comment.page.title,
        "reason": str(CommentRefusal(comment.reason).label) if comment.reason else "",
        "note": comment.note,
        "page_url": f"{url}#y-kien" if url else "",
        "form_url": absolute("feedback:form_start") if comment.reason == CommentRefusal.CASE else "",
    }
    name = COMMENT_WITHDRAWN if comment.state == CommentState.WITHDRAWN else kind
    return letter_mail(name, to=comment.email, values=values)
