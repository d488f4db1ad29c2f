"""The mail to a unit that has not confirmed a notice in time. It names the number and the day, never the words."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from cms.core.letters import letter_mail
from cms.core.models import Unit
from cms.core.permissions import capabilities
from cms.core.ports import Letter, MailKind, Place, RenderedMail, register_letter, register_mail_kind
from cms.internal.models import InternalNoticePage, addressed_units
from cms.internal.permissions import user_can_confirm

LATE = "internal_notice_late"
_PLACES = (
    Place("unit", _("tên đơn vị"), _("Đơn vị chưa xác nhận."), _("Trường Tiểu học Mẫu")),
    Place("number", _("số thông báo"), _("Số của thông báo; có thể trống."), "15/TB-SGDĐT"),
    Place("day", _("hạn đọc"), _("Ngày cuối phải đọc."), "10/06/2026"),
    Place("url", _("địa chỉ"), _("Thông báo ấy; phải đăng nhập."), "https://cong.example.vn/", link=True, needed=True),
)


def register_internal_mails() -> None:
    """Hand the kind to the outbox; called once, at start."""
    label = _("Nhắc đọc thông báo nội bộ")
    register_mail_kind(MailKind(LATE, str(label), _render))
    subject = _("Nhắc xác nhận đã đọc thông báo nội bộ {số thông báo}")
    register_letter(Letter(LATE, label, _("Đơn vị chưa đọc"), "emails/internal/late.txt", subject, _PLACES))


def officers_of(unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return (unit, officer) for everybody with an address who works in one of the units and may confirm for it."""
    names = [str(role.label) for role in capabilities()["internal_confirm"]]
    people = get_user_model().objects.filter(is_active=True, groups__name__in=names).exclude(email="")
    rows = people.filter(memberships__unit__in=list(unit_ids)).order_by("pk")
    return list(rows.values_list("memberships__unit_id", "pk").distinct())


def _render(reference: Mapping[str, str]) -> RenderedMail | None:
    """Make the mail; None when the unit has confirmed meanwhile, or it is no longer this reader's business."""
    page = InternalNoticePage.objects.asking().filter(pk=reference["page"]).first()
    unit = Unit.objects.active().filter(pk=reference["unit"]).first()
    if page is None or unit is None or not page.is_overdue or page.receipts.filter(unit=unit).exists():
        return None
    if not addressed_units(page).filter(pk=unit.pk).exists():
        return None
    to = _address(page, unit, reference["user"])
    if not to:
        return None
    values = {
        "unit": unit.name,
        "number": page.number or str(_("không số")),
        "day": f"{page.read_by:%d/%m/%Y}",
        "url": f"{settings.SITE_URL}{page.url}",
    }
    return letter_mail(LATE, to=to, values=values)


def _address(page: InternalNoticePage, unit: Unit, user_key: str) -> str:
    if not user_key:
        return unit.email
    user = get_user_model().objects.filter(pk=user_key, is_active=True).first()
    return user.email if user is not None and user_can_confirm(user, page, unit.pk) else ""
