"""Mails of the kernel, made when they leave: who lost the right or the reason meanwhile gets none."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from cms.core.letters import letter_mail
from cms.core.mail_words import SIGNATURE
from cms.core.models import MailText
from cms.core.permissions import can
from cms.core.ports import Letter, MailKind, Place, RenderedMail, register_letter, register_mail_kind

WAITING, APPROVED, RETURNED = "moderation_waiting", "moderation_approved", "moderation_returned"
MANY_WAIT, LEDGER_HEAD = "moderation_waiting_many", "ledger_head"
TEXT_BROKEN = "mail_text_broken"
# Kind: its name in the outbox's list, the subject, the right without which nobody reads it, who that is.
_KINDS: dict[str, tuple[Any, Any, str, Any]] = {
    WAITING: (_("Chờ duyệt đăng"), _("Chờ duyệt: {tên bản}"), "publish", _("Người duyệt đăng")),
    APPROVED: (_("Đã duyệt đăng"), _("Đã duyệt: {tên bản}"), "change", _("Người soạn")),
    RETURNED: (_("Trả lại bản soạn"), _("Trả lại để sửa: {tên bản}"), "change", _("Người soạn")),
}
_TITLE = Place("title", _("tên bản"), _("Tiêu đề trang, hay số của phản ánh."), _("Lịch tuyển sinh năm học mới"))
_URL = Place(
    "url",
    _("địa chỉ"),
    _("Trang trong phần quản trị để mở."),
    "https://cong.example.vn/quan-tri/",
    link=True,
    optional=True,
)
_COMMENT = Place("comment", _("ý kiến"), _("Lời của người duyệt."), _("Xin thêm ngày."), private=True, optional=True)
_COUNT = Place("count", _("số trang"), _("Bao nhiêu trang đang chờ."), "4")
_HEAD = Place("head", _("dấu cuối"), _("Số và dấu của sự kiện cuối cùng."), "1234 9f86d081884c7d65", needed=True)
_TEXT = Place("text", _("tên thư"), _("Thư có lời đã sửa không gửi được."), _("Đã tiếp nhận"))
_OPERATORS = _("Người vận hành máy chủ")


def register_moderation_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    for kind, (label, subject, _right, reader) in _KINDS.items():
        register_mail_kind(MailKind(kind, str(label), partial(_render, kind)))
        places = (_TITLE, _URL, _COMMENT) if kind == RETURNED else (_TITLE, _URL)
        register_letter(Letter(kind, label, reader, "emails/core/moderation.txt", subject, places))
    label = _("Nhiều bản chờ duyệt đăng")
    register_mail_kind(MailKind(MANY_WAIT, str(label), _render_many))
    subject = _("{số trang} trang chờ duyệt đăng")
    template = "emails/core/moderation_many.txt"
    register_letter(Letter(MANY_WAIT, label, _("Người duyệt đăng"), template, subject, (_COUNT, _URL)))


def register_ledger_mail() -> None:
    """Hand the daily mail about the ledger's end to the outbox; called once, at start."""
    label = _("Dấu cuối nhật ký sự kiện")
    register_mail_kind(MailKind(LEDGER_HEAD, str(label), _render_ledger_head))
    register_letter(Letter(LEDGER_HEAD, label, _OPERATORS, "emails/core/ledger_head.txt", label, (_HEAD,)))


def register_text_mails() -> None:
    """Hand over the signature of every mail, and the mail about words that cannot be sent; called once, at start."""
    signature = _("Chữ ký cuối mọi thư")
    register_letter(Letter(SIGNATURE, signature, _("Mọi người nhận"), "emails/signature.txt", signature))
    label = _("Lời của thư không dùng được")
    register_mail_kind(MailKind(TEXT_BROKEN, str(label), _render_text_broken))
    places = (_TEXT, _URL)
    register_letter(Letter(TEXT_BROKEN, label, _("Quản trị"), "emails/core/text_broken.txt", label, places))


def may_read(user: Any, kind: str, subject: Any) -> bool:
    """Say whether a mail of ``kind`` about ``subject`` (a page, a public copy) is this person's business."""
    return bool(user.email) and policy_registry.get(subject).user_has_permission_for_instance(
        user, _KINDS[kind][2], subject
    )


def _render(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    state = TaskState.objects.select_related("workflow_state").filter(pk=reference["task_state"]).first()
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    subject = state.workflow_state.content_object if state else None
    if state is None or user is None or subject is None or not may_read(user, kind, subject):
        return None
    if kind == WAITING and state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    title = get_latest_str(subject)
    path = AdminURLFinder(user).get_edit_url(subject)
    values = {
        "title": title,
        "comment": state.comment if kind == RETURNED else "",
        "url": f"{settings.SITE_URL}{path}" if path else "",
    }
    return letter_mail(kind, to=user.email, values=values)


def _render_many(reference: Mapping[str, str]) -> RenderedMail | None:
    """One mail for a whole file of drafts; it counts what waits when it leaves."""
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    if user is None or not user.email:
        return None
    waiting = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type=get_default_page_content_type()
    )
    count = waiting.count()
    if not count:
        return None
    values = {"count": str(count), "url": f"{settings.SITE_URL}{reverse('wagtailadmin_home')}"}
    return letter_mail(MANY_WAIT, to=user.email, values=values)


def _render_ledger_head(reference: Mapping[str, str]) -> RenderedMail | None:
    """To the operator whose place in ADMINS the reference names: a line to keep outside this machine."""
    operators = [address for _name, address in settings.ADMINS]
    place = int(reference["operator"])
    if place >= len(operators):
        return None
    return letter_mail(LEDGER_HEAD, to=operators[place], values={"head": reference["head"]})


def _render_text_broken(reference: Mapping[str, str]) -> RenderedMail | None:
    """To somebody who edits the words of mails, while the words in question are still there and still broken."""
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    text = MailText.objects.of([reference["text"]]).in_force().first()
    if user is None or not user.email or not can(user, "mail_text_edit"):
        return None
    if text is None or text.letter is None or not text.problem():
        return None
    url = f"{settings.SITE_URL}{reverse('mail_text:edit', args=[text.pk])}"
    return letter_mail(TEXT_BROKEN, to=user.email, values={"text": str(text), "url": url})
