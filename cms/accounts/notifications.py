"""Mails about accounts, made when they leave: neither address nor token is ever kept in the outbox."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.core.letters import letter_mail
from cms.core.ports import Letter, MailKind, Place, RenderedMail, register_letter, register_mail_kind

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
_URL = "https://cong.example.vn/quan-tri/"
_RESET_PLACES = (
    Place("username", _("tên đăng nhập"), _("Tên đăng nhập của người xin."), "canbo", private=True),
    Place("hours", _("số giờ"), _("Địa chỉ dùng được trong bao lâu."), "4"),
    Place("url", _("địa chỉ"), _("Nơi đặt mật khẩu mới."), _URL, link=True, private=True, needed=True),
)
_PLACES = (
    Place("actor", _("người làm"), _("Ai làm việc này."), _("Nguyễn Văn Mẫu"), private=True),
    Place("about", _("tài khoản"), _("Việc này về tài khoản của ai."), _("Trần Thị Mẫu"), private=True),
)
_ROLES = Place("roles", _("vai trò"), _("Các vai trò, cách nhau bằng dấu phẩy."), _("Xử lý"), private=True)
_REQUESTS = Place("url", _("địa chỉ"), _("Nơi xác nhận vai trò."), _URL, link=True, needed=True)
# What may be said beside who did it and about whom.
_MORE: dict[str, tuple[Place, ...]] = {
    "asked": (_ROLES, _REQUESTS),
    "granted": (_ROLES,),
    "removed": (_ROLES,),
}


def register_account_mails() -> None:
    """Hand the kinds to the outbox; called once, at start."""
    label = _("Đặt lại mật khẩu")
    register_mail_kind(MailKind(PASSWORD_RESET, str(label), _render_password_reset))
    template, reader = "emails/accounts/password_reset.txt", _("Người xin đặt lại mật khẩu")
    register_letter(Letter(PASSWORD_RESET, label, reader, template, label, _RESET_PLACES))
    register_mail_kind(MailKind(NOTICE, str(_("Thay đổi tài khoản")), _render_notice))
    for what, subject in _SUBJECTS.items():
        places = (*_PLACES, *_MORE.get(what, ()))
        letter = Letter(_name(what), subject, _("Quản trị"), "emails/accounts/notice.txt", subject, places)
        register_letter(letter)


def _name(what: str) -> str:
    return f"{NOTICE}_{what}"


def _render_password_reset(reference: Mapping[str, str]) -> RenderedMail | None:
    user = User.objects.filter(pk=reference["user"], is_active=True).first()
    if user is None or not user.email or not user.has_usable_password():
        return None
    where = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    values = {
        "username": user.get_username(),
        "hours": str(settings.PASSWORD_RESET_TIMEOUT // 3600),
        "url": f"{settings.SITE_URL}{reverse('wagtailadmin_password_reset_confirm', kwargs=where)}",
    }
    return letter_mail(PASSWORD_RESET, to=user.email, values=values)


def _render_notice(reference: Mapping[str, str]) -> RenderedMail | None:
    people = User.objects.in_bulk([int(reference[name]) for name in ("to", "about", "actor")])
    to, about, actor = (people.get(int(reference[name])) for name in ("to", "about", "actor"))
    if to is None or not to.email or about is None or actor is None:
        return None
    # Who was to hear of a change hears of it though their account was closed with it or since; to decide, they may not.
    if reference["what"] == "asked" and not to.is_active:
        return None
    groups = Group.objects.filter(pk__in=filter(None, reference["groups"].split(",")))
    values = {
        "about": str(about),
        "actor": str(actor),
        "roles": ", ".join(groups.values_list("name", flat=True)),
        "url": f"{settings.SITE_URL}{reverse('role_requests')}",
    }
    return letter_mail(_name(reference["what"]), to=to.email, values=values)
