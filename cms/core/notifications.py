"""Mails of the kernel, made when they leave: who lost the right or the reason meanwhile gets none."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from cms.core.models import AgencySettings
from cms.core.ports import MailKind, RenderedMail, register_mail_kind

WAITING, APPROVED, RETURNED = "moderation_waiting", "moderation_approved", "moderation_returned"
MANY_WAIT, LEDGER_HEAD = "moderation_waiting_many", "ledger_head"
# Kind: its name in the outbox's list, the subject, the right without which nobody reads it.
_KINDS: dict[str, tuple[Any, Any, str]] = {
    WAITING: (_("Chờ duyệt đăng"), _("Chờ duyệt: %(title)s"), "publish"),
    APPROVED: (_("Đã duyệt đăng"), _("Đã duyệt: %(title)s"), "change"),
    RETURNED: (_("Trả lại bản soạn"), _("Trả lại để sửa: %(title)s"), "change"),
}


def register_moderation_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    for kind, (label, _subject, _right) in _KINDS.items():
        register_mail_kind(MailKind(kind, str(label), partial(_render, kind)))
    register_mail_kind(MailKind(MANY_WAIT, str(_("Nhiều bản chờ duyệt đăng")), _render_many))


def register_ledger_mail() -> None:
    """Hand the daily mail about the ledger's end to the outbox; called once, at start."""
    register_mail_kind(MailKind(LEDGER_HEAD, str(_("Dấu cuối nhật ký sự kiện")), _render_ledger_head))


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
    context = {
        "agency": AgencySettings.load(),
        "kind": kind,
        "title": title,
        "comment": state.comment if kind == RETURNED else "",
        "url": f"{settings.SITE_URL}{path}" if path else "",
    }
    text = render_to_string("emails/core/moderation.txt", context)
    return RenderedMail(to=user.email, subject=str(_KINDS[kind][1]) % {"title": title}, text=text.strip() + "\n")


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
    context = {
        "agency": AgencySettings.load(),
        "count": count,
        "url": f"{settings.SITE_URL}{reverse('wagtailadmin_home')}",
    }
    text = render_to_string("emails/core/moderation_many.txt", context)
    subject = str(_("%(count)d trang chờ duyệt đăng")) % {"count": count}
    return RenderedMail(to=user.email, subject=subject, text=text.strip() + "\n")


def _render_ledger_head(reference: Mapping[str, str]) -> RenderedMail | None:
    """To the operator whose place in ADMINS the reference names: a line to keep outside this machine."""
    operators = [address for _name, address in settings.ADMINS]
    place = int(reference["operator"])
    if place >= len(operators):
        return None
    text = render_to_string("emails/core/ledger_head.txt", {"agency": AgencySettings.load(), "head": reference["head"]})
    return RenderedMail(to=operators[place], subject=str(_("Dấu cuối nhật ký sự kiện")), text=text.strip() + "\n")
