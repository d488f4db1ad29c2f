"""Mails about difficulties. The subject and the text name the plan, never the words of the report."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.permissions.people import officers_able
from cms.core.ports import Letter, MailKind, Place, RenderedMail, register_letter, register_mail_kind
from cms.plans.enums import DifficultyState
from cms.plans.models import PlanTask, TaskDifficulty
from cms.plans.permissions import user_can_answer_difficulty, user_can_withdraw_difficulty

REPORTED, ANSWERED = "plan_difficulty_reported", "plan_difficulty_answered"
_KINDS: dict[str, tuple[Any, Any]] = {
    REPORTED: (_("Khó khăn chờ trả lời"), _("Có khó khăn chờ trả lời: kế hoạch {số kế hoạch}")),
    ANSWERED: (_("Khó khăn đã được trả lời"), _("Khó khăn đã được trả lời: kế hoạch {số kế hoạch}")),
}
_PLACES = (
    Place("number", _("số kế hoạch"), _("Số ký hiệu của kế hoạch."), "8/KH-SGDĐT"),
    Place("unit", _("tên đơn vị"), _("Đơn vị báo khó khăn."), _("Trường Tiểu học Mẫu"), private=True),
    Place("url", _("địa chỉ"), _("Nhiệm vụ ấy; phải đăng nhập."), "https://cong.example.vn/quan-tri/", link=True),
)
_READERS: dict[str, Any] = {REPORTED: _("Lãnh đạo"), ANSWERED: _("Đơn vị báo khó khăn")}


def register_plan_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    for kind, (label, subject) in _KINDS.items():
        register_mail_kind(MailKind(kind, str(label), partial(_render, kind)))
        register_letter(Letter(kind, label, _READERS[kind], "emails/plans/difficulty.txt", subject, _PLACES))


def leaders_for(difficulty: TaskDifficulty) -> list[Any]:
    """Return the leaders with an address who may answer ``difficulty``."""
    people = list(officers_able("plan_difficulty_answer", difficulty.unit))
    if difficulty.page.owner_unit:
        people += officers_able("plan_difficulty_answer", difficulty.page.owner_unit)
    able = {user.pk: user for user in people if user.email and user_can_answer_difficulty(user, difficulty)}
    return list(able.values())


def _render(kind: str, reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail; None when its reader lost the right, or the matter went on meanwhile."""
    rows = TaskDifficulty.objects.select_related("page", "unit")
    difficulty = rows.filter(pk=reference["difficulty"]).first()
    user = get_user_model().objects.filter(pk=reference["user"], is_active=True).first()
    if difficulty is None or user is None or not user.email or not _is_business_of(user, kind, difficulty):
        return None
    task = PlanTask.objects.of_pages([difficulty.page_id]).filter(key=difficulty.task_key).first()
    address = reverse("plan_task:open", args=[task.pk]) if task else reverse("wagtailadmin_home")
    values = {
        "number": difficulty.page.number,
        "unit": difficulty.unit.name,
        "url": f"{settings.SITE_URL}{address}",
    }
    return letter_mail(kind, to=user.email, values=values)


def _is_business_of(user: Any, kind: str, difficulty: TaskDifficulty) -> bool:
    if kind == REPORTED:
        return difficulty.state == DifficultyState.WAITING and user_can_answer_difficulty(user, difficulty)
    return difficulty.state == DifficultyState.ANSWERED and user_can_withdraw_difficulty(user, difficulty)
