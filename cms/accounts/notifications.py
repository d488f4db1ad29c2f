"""Mails about accounts, made when they leave: neither address nor token is ever kept in the outbox."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.core.models import AgencySettings
from cms.core.ports import MailKind, RenderedMail, register_mail_kind

PASSWORD_RESET, NOTICE = "password_reset", "account_notice"
_SUBJECTS: dict[str, Any] = {
    "asked": _("Vai trò chờ xác nhận"),
    "granted": _("Giao thêm vai trò được xem phản ánh"),
    "units": _("Giao thêm đơn vị cho người được xem phản ánh"),
    "password": _("Mật khẩu của một tài khoản đã được đặt lại"),
    "removed": _("Vai trò của một tài khoản đã bị thu hồi"),
    "closed": _("Một tài khoản đã bị đóng"),
    "opened": _("Một tài khoản đã được mở lại"),
    "email": _("Thư điện tử của một tài khoản đã được đổi"),
}


def register_account_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    register_mail_kind(MailKind(PASSWORD_RESET, str(_("Đặt lại mật khẩu")), _render_password_reset))
    register_mail_kind(MailKind(NOTICE, str(_("Thay đổi tài khoản")), _render_notice))


def _render_password_reset(reference: Mapping[str, str]) -> RenderedMail | None:
    user = User.objects.filter(pk=reference["user"], is_active=True).first()
    if user is None or not user.email or not user.has_usable_password():
        return None
    where = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    context = {
        "agency": AgencySettings.load(),
        "username": user.get_username(),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "url": f"{settings.SITE_URL}{reverse('wagtailadmin_password_reset_confirm', kwargs=where)}",
    }
    text = render_to_string("emails/accounts/password_reset.txt", context)
    return RenderedMail(to=user.email, subject=str(_("Đặt lại mật khẩu")), text=text.strip() + "\n")


def _render_notice(reference: Mapping[str, str]) -> RenderedMail | None:
    people = User.objects.in_bulk([int(reference[name]) for name in ("to", "about", "actor")])
    to, about, actor = (people.get(int(reference[name])) for name in ("to", "about", "actor"))
    if to is None or not to.email or about is None or actor is None:
        return None
    # Who was to hear of a change hears of it though their account was closed with it or since; to decide, they may not.
    if reference["what"] == "asked" and not to.is_active:
        return None
    context = {
        "agency": AgencySettings.load(),
        "what": reference["what"],
        "about": about,
        "actor": actor,
        "roles": list(
            Group.objects.filter(pk__in=filter(None, reference["groups"].split(","))).values_list("name", flat=True)
        ),
        "url": f"{settings.SITE_URL}{reverse('role_requests')}",
    }
    text = render_to_string("emails/accounts/notice.txt", context)
    return RenderedMail(to=to.email, subject=str(_SUBJECTS[reference["what"]]), text=text.strip() + "\n")
